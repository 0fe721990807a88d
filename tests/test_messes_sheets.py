"""Several tables and sheets, hidden sheets, lost sheets, old versions, copied files, and what is behind a formula."""

import re
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from desk import LIST
from messes import LETTERS, NO_ENTRY, START, STRAY, Expected
from own_lists import TITLE, lay, listed, table, told_of, workbook
from sheet_edits import patch_part, sheet_part, store_value
from told import Told, answered, entry, sent

from dipxl.tour.people import add_rows

EXCLUDED = "Usulan Dikecualikan"
PROPOSAL = {
    "informasi": "Identitas pelapor",
    "dokumen": "Berkas aduan",
    "akibat_dibuka": "Pelapor dapat diancam orang.",
}


def _three(folder, edit=None):
    return sent(folder, entry(1), entry(2), entry(3), edit=edit)


def _after(told, change):
    """The same form with its file changed behind the spreadsheet program, read again."""
    change(told.path)
    return Told(told.path, answered(told.path), told.typed, told.unclear)


# --- formulas and what is stored behind cells


@pytest.mark.parametrize(
    ("name", "value"), [("retensi", "10 tahun"), ("keterangan", "Map biru"), ("waktu", "Mei 2025")]
)
def test_a_formula_gives_the_value_that_excel_stored(tmp_path, name, value):
    cell = f"{LETTERS[name]}12"
    told = _three(tmp_path, lambda sheet: sheet.__setitem__(cell, '="a"&"b"'))
    told = _after(told, lambda path: store_value(path, LIST, cell, value))
    Expected(changed={(12, name): value}).check(told)


def test_a_formula_that_came_out_wrong_is_an_error_cell(tmp_path):
    told = _three(tmp_path, lambda sheet: sheet.__setitem__("L12", "=1/0"))
    change = (r'(<c r="L12"[^>]*?)(?: t="\w+")?>(<f>.*?</f>)<v ?(?:/>|></v>)', r'\1 t="e">\2<v>#DIV/0!</v>')
    told = _after(told, lambda path: patch_part(path, sheet_part(path, LIST), change))
    Expected(at=(("sel-salah", "L12"),), changed={(12, "keterangan"): None}, faults=frozenset({"sel-salah"})).check(
        told
    )


def test_the_target_of_a_link_formula_is_the_link(tmp_path):
    target = "https://ppid.example/kenari2tautan"
    told = _three(tmp_path, lambda sheet: sheet.__setitem__("K12", f'=HYPERLINK("{target}","laman kami")'))
    told = _after(told, lambda path: store_value(path, LIST, "K12", "laman kami"))
    Expected(changed={(12, "tautan"): target}).check(told)


# --- several tables on one sheet


def test_a_second_table_below_the_first_is_read_by_its_own_headings(tmp_path):
    second = table(3, 4, columns=("retensi", "bentuk", "ringkasan", "waktu", "menguasai"))
    grid = [*table(1, 2), [None], [None, *second[0]], *([None, *row] for row in second[1:])]
    told = listed(tmp_path, grid, headings=(1, 5)).check()
    assert told.column("ringkasan", TITLE) == [entry(number)["ringkasan"] for number in (1, 2, 3, 4)]
    assert told.column("retensi", TITLE) == [entry(number)["retensi"] for number in (1, 2, 3, 4)]


def test_a_second_table_beside_the_first_is_never_mixed_into_it(tmp_path):
    told = listed(tmp_path, table(1, 2), edit=lambda sheet: lay(sheet, table(3, 4), "K1"))
    told.unclear |= {place for place in told.typed if place[1][1:] == "1"}
    told.spread = True  # two records may share a row of the sheet; their canaries may not share a record
    told.check()
    for values in (record["values"] for record in told.answer["records"]):
        assert len({re.findall(r"kenari(\d+)", text)[0] for text in values.values() if "kenari" in text}) == 1
    assert told.column("ringkasan", TITLE)[:2] == [entry(1)["ringkasan"], entry(2)["ringkasan"]]


@pytest.mark.parametrize("corner", ["O20", "C20"], ids=["beside", "below"])
def test_a_table_of_something_else_is_never_taken_in_silence(tmp_path, corner):
    goods = [["Nama Barang", "Jumlah Unit"], ["Laptop", 4], ["Meja", 12]]
    told = _three(tmp_path, lambda sheet: lay(sheet, goods, corner)).check()
    assert told.rows()[:3] == list(START)
    assert all(told.records[LIST, row].items() >= entry(number).items() for row, number in START.items())
    wajib = {cell for found in told.answer["findings"] if found["severity"] == "wajib" for cell in found["cells"]}
    asked = {int(cell[1:]) for cell in wajib | set(told.at(NO_ENTRY, *STRAY.split("|"), "kolom-tidak-dikenal"))}
    assert {20, 21, 22} <= asked


# --- several sheets


def test_every_filled_sheet_of_a_list_is_read(tmp_path):
    told = told_of(tmp_path, workbook(Berkala=table(1, 2), Setiap_Saat=table(3)))
    told.unclear = {place for place in told.typed if place[1].endswith("1") and len(place[1]) == 2}
    told.check()
    assert list(told.records) == [("Berkala", 2), ("Berkala", 3), ("Setiap Saat", 2)]
    assert told.value("ringkasan", 2, "Setiap Saat") == entry(3)["ringkasan"]


def test_a_copy_of_the_list_with_other_rows_is_read_too(tmp_path):
    def copy(sheet):
        other = sheet.parent.copy_worksheet(sheet)
        other.title = f"{LIST} (2)"
        for name, text in entry(4).items():
            other[f"{LETTERS[name]}11"] = text
        for row in (12, 13):
            for letter in LETTERS.values():
                other[f"{letter}{row}"] = None

    told = _three(tmp_path, copy)
    copied = {place for place in told.typed if place[0] != LIST}
    told.unclear |= {place for place in copied if int(re.sub(r"\D", "", place[1])) < 11}  # a second print of the form
    told.check()
    assert told.rows() == list(START)
    assert told.column("ringkasan", f"{LIST} (2)") == [entry(4)["ringkasan"]]


def test_a_sheet_of_notes_is_reported_with_its_cells(tmp_path):
    def note(sheet):
        lay(sheet.parent.create_sheet("Catatan"), [["dari kami"], [None, "kenari9x"]], "B2")

    told = _three(tmp_path, note)
    Expected(also=frozenset({"isian-di-luar", "di-luar-tabel"})).check(told)
    assert set(told.at(*STRAY.split("|"), sheet="Catatan")) == {"B2", "C3"}


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_named_and_not_taken(tmp_path, state):
    def hide(sheet):
        other = sheet.parent.create_sheet("Lama")
        lay(other, table(7))
        other.sheet_state = state

    told = _three(tmp_path, hide)
    Expected(also=frozenset({"lembar-tersembunyi", "isian-di-luar", "di-luar-tabel"})).check(told)
    assert "lembar-tersembunyi" in told.codes()
    assert told.rows("Lama") == []
    assert {cell for title, cell in told.typed if title == "Lama"} == told.named("Lama")


def test_a_chart_sheet_and_a_blank_sheet_are_nothing(tmp_path):
    def add(sheet):
        sheet.parent.create_chartsheet("Grafik")
        sheet.parent.create_sheet("Sheet1")

    Expected().check(_three(tmp_path, add))


@pytest.mark.parametrize("title", ["Sheet1", "DIP FIX (2)", "'Isian' kami"])
def test_a_renamed_sheet_is_the_same_list(tmp_path, title):
    def rename(sheet):
        sheet.title = title

    told = _three(tmp_path, rename)
    told.typed = {(title, cell): text for (_, cell), text in _three(tmp_path).typed.items()}
    Expected().check(told, sheet=title)


@pytest.mark.parametrize(
    "lost", [("Petunjuk",), ("_dipxl",), ("_pilihan",), ("Petunjuk", "_dipxl", "_pilihan", EXCLUDED)]
)
def test_deleted_sheets_of_dipxl_are_not_missed(tmp_path, lost):
    def delete(sheet):
        for title in lost:
            del sheet.parent[title]

    told = _three(tmp_path, delete)
    Expected(also=frozenset({"tanpa-identitas"})).check(told)
    assert told.answer["unit"] == "SEK"


def test_sheets_in_another_order_are_read_alike(tmp_path):
    told = _three(tmp_path, lambda sheet: sheet.parent.move_sheet(EXCLUDED, offset=-2))
    Expected().check(told)


def test_both_sheets_may_be_in_a_mess(tmp_path):
    def excluded(sheet):
        other = sheet.parent[EXCLUDED]
        add_rows(other, "dikecualikan", [PROPOSAL, PROPOSAL | {"informasi": "Nilai uji perorangan"}])
        other.row_dimensions[7].hidden = True
        other["L6"] = "#REF!"
        other["E6"] = "-"

    told = _three(tmp_path, excluded).check()
    assert told.rows() == list(START)
    assert told.column("informasi", EXCLUDED) == ["Identitas pelapor", "Nilai uji perorangan"]
    assert told.at("sel-salah", sheet=EXCLUDED) == ["L6"]
    assert [cell[1:] for cell in told.at("baris-tersembunyi", sheet=EXCLUDED)] == ["7"]
    assert told.repaired("E6", EXCLUDED) == [("-", "")]


def test_a_word_typed_on_the_guide_sheet_is_not_lost(tmp_path):
    told = _three(tmp_path, lambda sheet: sheet.parent["Petunjuk"].__setitem__("C40", "kenari9x"))
    told.check()
    assert told.named("Petunjuk") == {"C40"}


# --- versions and names


def test_a_form_of_an_older_version_is_read_and_said_to_be_old(tmp_path):
    def age(path):
        with ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        for name, part in parts.items():
            parts[name] = part.replace(b"dipxl|formulir|1|", b"dipxl|formulir|0|").replace(b"versi 1", b"versi 0")
        with ZipFile(path, "w", ZIP_DEFLATED) as package:
            for name, part in parts.items():
                package.writestr(name, part)

    told = _after(_three(tmp_path), age)
    Expected(also=frozenset({"formulir-lama"})).check(told)
    (found,) = (found for found in told.answer["findings"] if found["code"] == "formulir-lama")
    assert "versi 0" in found["message"]


@pytest.mark.parametrize(
    "name", ["DIP FIX REVISI 2 (1).xlsx", "Salinan dari formulir.xlsx", "formulir - Copy", "é 表.XLSX"]
)
def test_a_copied_or_renamed_file_is_still_that_bidangs_form(tmp_path, name):
    told = _three(tmp_path)
    path = told.path.rename(tmp_path / name)
    told = Told(path, answered(path), told.typed, told.unclear)
    Expected(also=frozenset({"salinan-sinkronisasi"})).check(told)
    assert (told.answer["unit"], told.answer["edition"]) == ("SEK", "2026-2")
