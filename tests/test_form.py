"""The form that a bidang gets: what stands in it, what it asks, and what no text of last year can break."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from desk import ADA, FACTS, FIRST_ROW, HEAD, LIST, ROW, checked, codes, every_text, filled, sheet_texts, typed
from openpyxl import load_workbook

from dipxl.files import layout
from dipxl.files.forms import form
from dipxl.model.columns import sheet
from dipxl.model.text import fold
from dipxl.tour.people import add_rows, keys, opened, type_head

CARRIED = {
    "kode": "SEK-0001",
    "ringkasan": "=1+1",
    "waktu": "http://jahat.example/a",
    "bentuk": "Softcopy",
    "retensi": "@SUM(A1)",
    "keterangan": "-2+3|cmd",
    "lokasi_berkas": "_x0041_",
    "pemutakhiran": "Tetap",
}
SOURCES = {
    "unit_name": '=HYPERLINK("http://jahat.example")',
    "contact": "=1+1",
    "office": "{=1+1}",
    "deadline": "http://jahat.example",
}


def _book(facts=FACTS):
    return load_workbook(io.BytesIO(form(facts)))


def _parts(facts=FACTS):
    with zipfile.ZipFile(io.BytesIO(form(facts))) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def _sheet_xml(title):
    names = _book().sheetnames
    return _parts()[f"xl/worksheets/sheet{names.index(title) + 1}.xml"]


def _validation(worksheet, row, column):
    (one,) = [v for v in worksheet.data_validations.dataValidation if worksheet.cell(row, column).coordinate in v.cells]
    return one


def _examples(kind):
    return {column.name: column.example for column in sheet(kind) if column.filled_by == "bidang" and column.example}


@pytest.fixture
def form_file(tmp_path):
    path = tmp_path / "formulir.xlsx"
    path.write_bytes(form(FACTS))
    return path


def test_a_form_filled_with_its_own_examples_has_no_findings(form_file):
    examples = {"daftar": _examples("daftar"), "dikecualikan": _examples("dikecualikan")}
    with opened(form_file, form_file) as book:
        type_head(book[LIST], _examples("kepala"))
        for kind, title in (("daftar", LIST), ("dikecualikan", "Usulan Dikecualikan")):
            shown = {key.split(".")[1] for key in keys(book[title])[1]}
            add_rows(book[title], kind, [{name: text for name, text in examples[kind].items() if name in shown}])
    one = checked(form_file)
    assert codes(one) == []
    assert [row.sheet_name for row in one.rows] == ["daftar", "dikecualikan"]
    assert one.repairs == ()


def test_the_guide_comes_first_and_both_lists_follow():
    visible = [s.title for s in _book().worksheets if s.sheet_state == "visible"]
    assert visible == ["Petunjuk", "Daftar Informasi", "Usulan Dikecualikan"]
    assert [s.title for s in _book().worksheets if s.sheet_state != "visible"] == ["_pilihan", "_dipxl"]


@pytest.mark.parametrize(("title", "kind"), [(LIST, "daftar"), ("Usulan Dikecualikan", "dikecualikan")])
@pytest.mark.parametrize("row", [0, 5000 - 12])
def test_every_column_with_choices_has_its_drop_down_down_to_row_five_thousand(title, kind, row):
    book = _book()
    worksheet, (key_row, columns) = book[title], keys(book[title])
    with_choices = [c for c in sheet(kind) if c.choices and c.key in columns]
    assert len(with_choices) >= 2
    for column in with_choices:
        rule = _validation(worksheet, key_row + 3 + row, columns[column.key])
        assert rule.type == "list"
        assert rule.formula1 == f"pilihan_{column.name}"
        named = book.defined_names[rule.formula1].attr_text
        title_of_list, cells = named.split("!")
        assert [c.value for (c,) in book[title_of_list][cells.replace("$", "")]] == list(column.choices)


def test_row_five_thousand_still_has_drop_down_and_text_format():
    worksheet = _book()[LIST]
    cell = typed(worksheet, "daftar.bentuk", 5000)
    assert _validation(worksheet, 5000, cell.column).formula1 == "pilihan_bentuk"
    assert "Kelas" not in str(worksheet.column_dimensions[cell.column_letter].number_format)
    assert worksheet.column_dimensions[cell.column_letter].number_format == "@"


def test_a_closed_list_refuses_and_an_open_one_only_suggests():
    worksheet = _book()[LIST]
    closed, open_one = (
        _validation(worksheet, FIRST_ROW, typed(worksheet, key, FIRST_ROW).column)
        for key in ("daftar.bentuk", "daftar.retensi")
    )
    assert closed.showErrorMessage
    assert not open_one.showErrorMessage


@pytest.mark.parametrize(("title", "kind"), [(LIST, "daftar"), ("Usulan Dikecualikan", "dikecualikan")])
def test_every_entry_column_explains_itself_in_an_input_message(title, kind):
    worksheet = _book()[title]
    key_row, columns = keys(worksheet)
    asked = [c for c in sheet(kind) if c.filled_by == "bidang" and c.key in columns]
    for column in asked:
        rule = _validation(worksheet, key_row + 3, columns[column.key])
        assert rule.prompt == column.hint
        assert rule.promptTitle
        assert column.label.startswith(rule.promptTitle)
        assert rule.showInputMessage


def test_the_key_row_is_hidden_and_names_every_column_once():
    worksheet = _book()[LIST]
    key_row, columns = keys(worksheet)
    assert worksheet.row_dimensions[key_row].hidden
    assert list(columns) == [c.key for c in sheet("daftar").shown("formulir")]
    assert [worksheet.cell(key_row + 1, n).value for n in columns.values()] == [
        c.heading for c in sheet("daftar").shown("formulir")
    ]


def test_exactly_four_columns_are_required_and_carry_a_star():
    starred = [cell.value for cell in _book()[LIST][9] if str(cell.value).endswith("*")]
    assert len(starred) == 4
    assert starred == [c.heading for c in sheet("daftar") if c.required]


def test_the_stamp_stands_in_three_places():
    book, stamp = _book(), "dipxl|formulir|1|2026-2|SEK"
    assert book.properties.keywords == stamp
    assert book["_dipxl"]["A1"].value == stamp
    assert book.defined_names["dipxl_tanda"].attr_text == "_dipxl!$A$1"
    assert layout.Stamp.parse(stamp) == layout.Stamp("formulir", "2026-2", "SEK")


def test_headings_and_print_are_locked_and_entry_cells_are_open():
    worksheet = _book()[LIST]
    assert worksheet.protection.sheet
    locked = ["A1", "A2", "C3", "A9", "C9", "C10", f"A{FIRST_ROW}", f"B{FIRST_ROW}"]
    assert [worksheet[cell].protection.locked for cell in locked] == [True] * len(locked)
    for column in sheet("daftar").shown("formulir"):
        if column.filled_by == "bidang":
            cell = typed(worksheet, column.key, FIRST_ROW)
            assert not cell.protection.locked
            assert not worksheet.column_dimensions[cell.column_letter].protection.locked


def test_a_required_cell_is_coloured_otherwise_than_one_that_may_stay_blank():
    worksheet = _book()[LIST]
    yellow, white = (typed(worksheet, f"daftar.{n}", FIRST_ROW).fill.fgColor.rgb for n in ("ringkasan", "tempat"))
    assert yellow != white


@pytest.mark.parametrize(("rows", "stored"), [([], "0/0"), ([ROW], "1/1"), ([ROW, ROW | {"waktu": ""}], "1/2")])
def test_the_live_count_has_the_right_value_before_excel_ever_counts(rows, stored):
    xml = _parts(replace(FACTS, carried=rows))["xl/worksheets/sheet2.xml"]
    assert re.findall(r"<f>[^<]*SUMPRODUCT[^<]*</f><v>([^<]*)</v>", xml) == [f"Baris lengkap: {stored}"]


def test_the_live_count_covers_all_rows_with_drop_downs():
    formula = next(c.value for row in _book()[LIST].iter_rows(max_row=8) for c in row if str(c.value).startswith("="))
    bounds = {tuple(map(int, pair)) for pair in re.findall(r"INDEX\(\w+:\w+,(\d+)\):INDEX\(\w+:\w+,(\d+)\)", formula)}
    ((first, last),) = bounds
    assert (first, last) == (FIRST_ROW, FIRST_ROW + layout.ENTRY_ROWS - 1)


def test_last_editions_rows_are_prefilled_with_kode_and_status():
    worksheet = _book(replace(FACTS, carried=[ROW | {"kode": "SEK-0007", "pemutakhiran": "Tetap"}]))[LIST]
    shown = {key: typed(worksheet, key, FIRST_ROW).value for key in keys(worksheet)[1]}
    assert shown["daftar.kode"] == "SEK-0007"
    assert shown["daftar.ringkasan"] == ROW["ringkasan"]
    assert shown["daftar.pemutakhiran"] == "Tetap"
    assert shown["daftar.nomor"] == "1"
    assert "daftar.alasan_cabut" in shown


def test_the_columns_of_carried_rows_and_of_the_sop_are_absent_unless_wanted():
    plain = keys(_book()[LIST])[1]
    sop = keys(_book(replace(FACTS, sop_columns=True))[LIST])[1]
    assert {"daftar.pemutakhiran", "daftar.alasan_cabut", "daftar.asal", "daftar.jenis_arsip"}.isdisjoint(plain)
    assert set(sop) - set(plain) == {"daftar.asal", "daftar.jenis_arsip"}


def test_a_prefilled_form_sent_back_untouched_has_no_findings(tmp_path):
    path = tmp_path / "formulir.xlsx"
    path.write_bytes(form(replace(FACTS, carried=[ROW | {"kode": "SEK-0007", "pemutakhiran": "Tetap"}])))
    with opened(path, path) as book:
        type_head(book[LIST], HEAD)
    one = checked(path)
    assert codes(one) == []
    assert [row.values["kode"] for row in one.rows] == ["SEK-0007"]


def test_the_same_facts_give_the_same_bytes():
    facts = replace(FACTS, carried=[CARRIED], sop_columns=True)
    assert form(facts) == form(facts)


def test_hostile_text_becomes_neither_formula_nor_link():
    facts = replace(FACTS, carried=[CARRIED], head=dict.fromkeys(FACTS.head, "=1+1"), **SOURCES)
    parts = _parts(facts)
    formulas = [
        text for name in parts if name.startswith("xl/worksheets/") for text in re.findall("<f>[^<]*", parts[name])
    ]
    assert len(formulas) == 1  # the live count
    assert not [name for name, text in parts.items() if "<hyperlink" in text or 'TargetMode="External"' in text]


def test_hostile_text_comes_back_letter_by_letter(tmp_path):
    path = tmp_path / "formulir.xlsx"
    path.write_bytes(form(replace(FACTS, carried=[CARRIED])))
    row = [text for text in sheet_texts(path, LIST)[FIRST_ROW - 1] if text]
    assert set(CARRIED.values()) - {"_x0041_"} <= set(row)


def test_the_form_says_for_whom_by_when_and_to_whom(form_file):
    texts = " ".join(every_text(form_file))
    for told in (FACTS.unit_name, FACTS.office, FACTS.deadline, FACTS.contact, "edisi 2026-2"):
        assert told in texts


def test_the_four_defaults_of_the_head_are_filled_and_the_statement_is_not():
    one_line = {fold(c.label): c.name for c in sheet("kepala")}
    worksheet = _book()[LIST]
    seen = {}
    for row in worksheet.iter_rows(min_row=3, max_row=7):
        name = ""
        for cell in row:
            if fold(str(cell.value or "")) in one_line:
                name = one_line[fold(str(cell.value))]
            elif cell.value and name:
                seen.setdefault(name, cell.value)
    assert {name: seen.get(name) for name in FACTS.head} == dict(FACTS.head)
    assert "pernyataan" not in seen
    assert "pengisi" not in seen


def test_the_statement_offers_both_answers():
    book = _book()
    cell = next(c for row in book[LIST].iter_rows(max_row=8) for c in row if str(c.value).startswith("Pernyataan"))
    rule = _validation(book[LIST], cell.row, cell.column + 1)
    assert rule.formula1 == "pilihan_pernyataan"
    assert ADA in every_choice(book)


def every_choice(book):
    return {cell.value for row in book["_pilihan"].iter_rows() for cell in row if cell.value}


def test_the_form_opens_on_the_guide_and_keeps_its_headings_in_view():
    book = _book()
    assert book.active.title == "Petunjuk"
    assert book[LIST].freeze_panes == f"D{FIRST_ROW - 1}"
    assert book[LIST].print_title_rows == "$9:$9"


def test_the_example_row_is_marked_and_locked():
    worksheet = _book()[LIST]
    assert worksheet["A10"].value == "Contoh"
    assert {cell.protection.locked for cell in worksheet[10] if cell.value} == {True}


def test_a_filled_form_counts_its_row(tmp_path):
    assert [row.number for row in checked(filled(tmp_path, ROW)).rows] == [FIRST_ROW]
