"""What a paste destroys the marked copy gives back: drop-downs, their lists, the text format, the hidden keys."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import datetime

import pytest
from desk import FACTS, FIRST_ROW, LIST, ROW, checked, filled, sheet_texts, typed
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from sample_returned import cells_of, members, zipped

from dipxl.files import layout
from dipxl.files.forms import FormFacts, form
from dipxl.files.marked import marked_copy
from dipxl.files.patch_form import rules
from dipxl.model.columns import sheet
from dipxl.tour.people import keys

LAST_ROW = FIRST_ROW + layout.ENTRY_ROWS - 1
BAD = ROW | {"retensi": "Tahun 2025"}
EXCLUDED = sheet("dikecualikan").title


def _marked(path):
    copy = path.with_name("kembali.xlsx")
    copy.write_bytes(marked_copy(path, checked(path), {}, lambda: FACTS))
    return copy


def _rules(path, title=LIST):
    """The cells of each validation by its formula and the title of its message."""
    book = load_workbook(path)
    return {
        (v.formula1, v.promptTitle): {str(area) for area in v.sqref.ranges}
        for v in book[title].data_validations.dataValidation
    }


def _covered_once(path, title=LIST):
    """How many validations each cell of a form's column has, at most and at least."""
    areas = [area for found in _rules(path, title).values() for area in found]
    bounds = [re.fullmatch(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?", area).groups() for area in areas]
    counts = {}
    for left, top, right, bottom in bounds:
        assert right in (None, left)
        for row in range(int(top), int(bottom or top) + 1):
            counts[left, row] = counts.get((left, row), 0) + 1
    return set(counts.values())


def _restored(path):
    lines = sheet_texts(path, "Perbaikan")[4:]
    return {(line[2], line[4]) for line in lines if line[1] == "dipulihkan"}


def _same_values(path, copy):
    before, after = (cells_of(one.read_bytes()) for one in (path, copy))
    assert {cell: value for cell, value in after.items() if cell in before} == before


def test_nothing_is_given_back_where_nothing_was_lost(tmp_path):
    path = filled(tmp_path, BAD)
    copy = _marked(path)
    assert _restored(copy) == set()
    assert (_rules(copy), _rules(copy, EXCLUDED)) == (_rules(path), _rules(path, EXCLUDED))


def test_lost_drop_downs_come_back_over_the_whole_range(tmp_path):
    def paste(worksheet):
        worksheet.data_validations.dataValidation = []

    path = filled(tmp_path, BAD, edit=paste)
    assert _rules(path) == {}
    copy = _marked(path)
    whole = _rules(filled(tmp_path, BAD))
    assert _rules(copy) == {name: cells for name, cells in whole.items() if cells != {"D3"}}
    assert {title for title, _ in _restored(copy)} == {LIST}
    _same_values(path, copy)


def test_a_hole_in_a_drop_down_is_filled_and_no_cell_has_two(tmp_path):
    def paste(worksheet):
        for rule in worksheet.data_validations.dataValidation:
            if rule.formula1 == "pilihan_bentuk":
                rule.sqref = type(rule.sqref)(f"E{FIRST_ROW} E{FIRST_ROW + 9}:E{FIRST_ROW + 20}")

    copy = _marked(filled(tmp_path, BAD, edit=paste))
    ((_, areas),) = [(name, cells) for name, cells in _rules(copy).items() if name[0] == "pilihan_bentuk"]
    assert f"E{FIRST_ROW + 21}:E{LAST_ROW}" in areas
    assert f"E{FIRST_ROW + 1}:E{FIRST_ROW + 8}" in areas
    assert _covered_once(copy) == {1}
    assert _restored(copy) == {(LIST, sheet("daftar")["bentuk"].label)}


def test_a_persons_own_drop_down_stays(tmp_path):
    def paste(worksheet):
        for rule in worksheet.data_validations.dataValidation:
            if rule.formula1 == "pilihan_bentuk":
                rule.sqref = type(rule.sqref)(f"E{FIRST_ROW + 5}:E{LAST_ROW}")
        own = DataValidation("list", formula1='"a,b"', showDropDown=None)
        own.add(f"E{FIRST_ROW}:E{FIRST_ROW + 4}")
        worksheet.add_data_validation(own)

    copy = _marked(filled(tmp_path, BAD, edit=paste))
    assert _rules(copy)['"a,b"', None] == {f"E{FIRST_ROW}:E{FIRST_ROW + 4}"}
    assert _covered_once(copy) == {1}
    assert _restored(copy) == set()


def test_drop_downs_follow_columns_that_changed_places(tmp_path):
    def swap(worksheet):
        left, right = (keys(worksheet)[1][f"daftar.{name}"] for name in ("bentuk", "kelas"))
        for row in range(keys(worksheet)[0], FIRST_ROW + 5):
            one, other = worksheet.cell(row, left), worksheet.cell(row, right)
            one.value, other.value = other.value, one.value

    copy = _marked(filled(tmp_path, BAD, edit=swap))
    found = {name[0]: cells for name, cells in _rules(copy).items()}
    assert found["pilihan_kelas"] == {f"E{FIRST_ROW}:E{LAST_ROW}"}
    assert found["pilihan_bentuk"] == {f"J{FIRST_ROW}:J{LAST_ROW}"}
    assert _covered_once(copy) == {1}


def test_lost_lists_and_names_come_back_on_a_hidden_sheet(tmp_path):
    def lose(worksheet):
        del worksheet.parent[layout.LISTS_SHEET]
        for name in [name for name in worksheet.parent.defined_names if name.startswith("pilihan_")]:
            del worksheet.parent.defined_names[name]

    path = filled(tmp_path, BAD, edit=lose)
    copy = _marked(path)
    book = load_workbook(copy)
    assert book.sheetnames[-1] == layout.LISTS_SHEET
    assert book[layout.LISTS_SHEET].sheet_state == "hidden"
    for name, key in (("pilihan_bentuk", "bentuk"), ("pilihan_kelas", "kelas")):
        ((title, area),) = book.defined_names[name].destinations
        assert tuple(cell.value for (cell,) in book[title][area]) == sheet("daftar")[key].choices
    assert (layout.LISTS_SHEET, "") in _restored(copy)
    assert _restored(_marked(copy)) == set()


def test_a_broken_name_is_led_to_its_list_again(tmp_path):
    def damage(worksheet):
        worksheet.parent.defined_names["pilihan_bentuk"].attr_text = "#REF!"

    path = filled(tmp_path, BAD, edit=damage)
    book = load_workbook(_marked(path))
    ((title, area),) = book.defined_names["pilihan_bentuk"].destinations
    assert tuple(cell.value for (cell,) in book[title][area]) == sheet("daftar")["bentuk"].choices
    assert book.sheetnames.count(layout.LISTS_SHEET) == 1


def _pasted(worksheet):
    """Cells pasted from elsewhere: General, locked, yellow; a date and a number with a format of their own."""
    yellow = PatternFill("solid", fgColor="FFFF00")
    for name in ("ringkasan", "waktu", "bentuk", "retensi", "keterangan"):
        cell = typed(worksheet, f"daftar.{name}", FIRST_ROW)
        cell.number_format, cell.protection, cell.fill = "General", Protection(locked=True), yellow
    waktu, retensi = (typed(worksheet, f"daftar.{name}", FIRST_ROW) for name in ("waktu", "retensi"))
    waktu.value, waktu.number_format = datetime(2026, 1, 5), "dd/mm/yyyy"  # noqa: DTZ001  # as a cell holds it
    retensi.value, retensi.number_format = 5, '0 "tahun"'


def test_cells_for_entry_are_text_again_and_open_and_no_value_changes(tmp_path):
    path = filled(tmp_path, ROW, BAD, edit=_pasted)
    copy = _marked(path)
    worksheet = load_workbook(copy)[LIST]
    cells = {name: typed(worksheet, f"daftar.{name}", FIRST_ROW) for name in ("ringkasan", "bentuk", "keterangan")}
    assert {cell.number_format for cell in cells.values()} == {"@"}
    assert {typed(worksheet, f"daftar.{n}", FIRST_ROW).protection.locked for n in ("ringkasan", "waktu")} == {False}
    assert cells["ringkasan"].fill.fgColor.rgb[-6:] == "FFFF00"
    assert typed(worksheet, "daftar.waktu", FIRST_ROW).number_format == "dd/mm/yyyy"
    assert typed(worksheet, "daftar.retensi", FIRST_ROW).number_format == '0 "tahun"'
    _same_values(path, copy)
    assert [row.values["waktu"] for row in checked(copy).rows] == [row.values["waktu"] for row in checked(path).rows]


def test_rows_far_below_are_text_again_by_their_column(tmp_path):
    def clear(worksheet):
        for letter in "CDEFGHIJKLM":
            del worksheet.column_dimensions[letter]

    copy = _marked(filled(tmp_path, BAD, edit=clear))
    part = members(copy.read_bytes())["xl/worksheets/sheet2.xml"]
    styles = dict(re.findall(rb'<col [^>]*min="(\d+)"[^>]*?style="(\d+)"', part))
    assert {b"%d" % column for column in range(3, 14)} <= set(styles)
    assert "format" not in _restored(_marked(copy))
    assert _restored(_marked(copy)) == set()


def test_a_column_in_a_span_of_several_gets_a_style_of_its_own(tmp_path):
    path = filled(tmp_path, BAD)
    parts = members(path.read_bytes())
    name = "xl/worksheets/sheet2.xml"
    cols = b'<cols><col min="1" max="20" width="12" customWidth="1"/></cols>'
    path.write_bytes(zipped(parts | {name: re.sub(rb"<cols>.*</cols>", cols, parts[name])}))
    copy = _marked(path)
    part = members(copy.read_bytes())[name]
    spans = [(int(a), int(b)) for a, b in re.findall(rb'<col [^>]*?min="(\d+)" max="(\d+)"', part)]
    assert spans == [(1, 2), *((n, n) for n in range(3, 14)), (14, 20)]
    assert set(re.findall(rb'<col [^>]*?width="(\d+)"', part)) == {b"12"}


def test_cleared_keys_are_written_again_and_hidden(tmp_path):
    def clear(worksheet):
        row = keys(worksheet)[0]
        for cell in worksheet[row]:
            cell.value = None

    path = filled(tmp_path, BAD, edit=clear)
    copy = _marked(path)
    worksheet = load_workbook(copy)[LIST]
    row, columns = keys(worksheet)
    assert row == FIRST_ROW - 3
    assert columns == keys(load_workbook(filled(tmp_path, BAD))[LIST])[1]
    assert worksheet.row_dimensions[row].hidden
    assert [r.values for r in checked(copy).rows] == [r.values for r in checked(path).rows]


def test_a_key_row_that_was_deleted_stays_away_since_others_would_move(tmp_path):
    path = filled(tmp_path, BAD, edit=lambda worksheet: worksheet.delete_rows(keys(worksheet)[0]))
    copy = _marked(path)
    _same_values(path, copy)
    with pytest.raises(LookupError):
        keys(load_workbook(copy)[LIST])


def test_a_list_that_is_not_the_form_gets_nothing(tmp_path):
    book = Workbook()
    book.active.append(["Ringkasan Isi Informasi", "Waktu Pembuatan", "Bentuk yang Tersedia", "Retensi Arsip"])
    book.active.append(["Laporan Kinerja Tahun 2025", "Januari 2026", "Google Drive", "5 tahun"])
    book.save(tmp_path / "daftar.xlsx")
    copy = _marked(tmp_path / "daftar.xlsx")
    assert load_workbook(copy).sheetnames == ["Perbaikan", "Sheet"]
    assert _rules(copy, "Sheet") == {}
    assert _restored(copy) == set()


def test_a_save_by_libreoffice_keeps_one_rule_for_each_cell(tmp_path, soffice):
    source = filled(tmp_path, BAD)
    words = [*soffice, "--convert-to", "xlsx", "--outdir", tmp_path / "lo", source]
    subprocess.run(words, check=True, capture_output=True)
    copy = _marked(tmp_path / "lo" / "formulir.xlsx")
    named = {name[0] for name in _rules(copy)}
    assert {"pilihan_bentuk", "pilihan_retensi", "pilihan_kelas", "pilihan_pernyataan"} <= named
    assert _covered_once(copy) == {1}
    assert [cells for name, cells in _rules(copy).items() if f"E{LAST_ROW}" in str(cells)]
    assert _restored(copy) == set()


def test_the_rules_are_those_of_every_column_that_a_form_may_show():
    wide = FormFacts("", "", "", "", "", {}, "", "", sop_columns=True, carried=[{}])
    book = load_workbook(io.BytesIO(form(wide)))
    told = sum(len(book[title].data_validations.dataValidation) for title in (LIST, EXCLUDED))
    assert len(rules().by_key) == told
    assert set(rules().lists) == {name for name in book.defined_names if name.startswith("pilihan_")}


def test_a_row_is_made_high_enough_for_its_text_in_the_widths_that_the_sheet_has(tmp_path):
    def narrow(worksheet):
        worksheet.column_dimensions["C"].width = 9
        worksheet.column_dimensions["L"].hidden = True
        worksheet.column_dimensions["L"].width = 0
        worksheet.row_dimensions[FIRST_ROW + 1].height = 300
        for number in (FIRST_ROW, FIRST_ROW + 1):
            worksheet.cell(number, 12).value = "kata " * 50

    rows = load_workbook(_marked(filled(tmp_path, BAD, BAD, edit=narrow)))[LIST].row_dimensions
    assert rows[FIRST_ROW].height == 6 * 15 + 4  # a line for each word, two for Sekretariat
    assert rows[FIRST_ROW + 1].height == 300
