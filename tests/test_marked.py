"""The marked copy is the correction file: what was wrong is marked, what is repaired comes in clean."""

from __future__ import annotations

import io
import subprocess
import warnings
import zipfile

import desk
import pytest
from desk import FACTS, FIRST_ROW, LIST, ROW, checked, codes, every_text, found_at, sheet_texts, typed
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink
from python_calamine import CalamineWorkbook
from sheet_edits import store_value

from dipxl.files.marked import marked_copy
from dipxl.model.findings import Severity
from dipxl.tour.people import opened

BAD = ROW | {"retensi": "Tahun 2025", "waktu": "", "keterangan": "=1+1"}
ODD = ROW | {"ringkasan": "Rencana Kerja Tahun 2026", "tautan": "bit.ly/x"}
KODES = {(LIST, FIRST_ROW): "SEK-0001", (LIST, FIRST_ROW + 1): "SEK-0002"}
WRONG = {f"{LIST}!F{FIRST_ROW}", f"{LIST}!D{FIRST_ROW}"}


def filled(folder, *rows, **kept):
    """A form as a spreadsheet program saves it, the value of its formula beside it."""
    path = desk.filled(folder, *rows, **kept)
    return store_value(path, LIST, f"L{FIRST_ROW}", "2") if BAD in rows[:1] else path


def _marked(path, target):
    target.write_bytes(marked_copy(path, checked(path), KODES, lambda: FACTS))
    return target


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The marked copy of a form with two wrong cells and a doubtful one; to be read only."""
    folder = tmp_path_factory.mktemp("kembali")
    return _marked(filled(folder, BAD, ODD), folder / "kembali.xlsx")


def _notes(path):
    book = load_workbook(path)
    return {
        f"{s.title}!{c.coordinate}": c.comment.text for s in book for row in s.iter_rows() for c in row if c.comment
    }


def _colour(path, place):
    title, cell = place.split("!")
    return load_workbook(path)[title][cell].fill.fgColor.rgb[-6:]


def _repaired(path, target, **cells):
    with opened(path, target) as book:
        for name, text in cells.items():
            typed(book[LIST], f"daftar.{name}", FIRST_ROW).value = text
    return target


def test_exactly_the_wrong_cells_carry_a_note(copy):
    one = checked(copy)
    wajib = {f"{sheet}!{cell}" for sheet, cell in one.findings.cells(Severity.WAJIB)}
    assert wajib == WRONG
    assert set(_notes(copy)) == WRONG | {f"{LIST}!K{FIRST_ROW + 1}"}


def test_a_note_says_what_is_wrong_and_what_to_do(copy):
    (found,) = [f for f in checked(copy).findings if f.code == "tahun-sebagai-retensi"]
    assert _notes(copy)[f"{LIST}!F{FIRST_ROW}"] == f"dipxl: {found.message} {found.remedy}"


def test_the_weights_have_different_colours(copy):
    clean, wajib, periksa = (_colour(copy, f"{LIST}!{cell}") for cell in ("C11", "F11", "K12"))
    assert len({clean, wajib, periksa}) == 3


def test_the_sheet_perbaikan_comes_first_and_is_the_one_that_opens(copy):
    book = load_workbook(copy)
    assert book.sheetnames[0] == book.active.title == "Perbaikan"
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == ["Perbaikan"]


def test_its_lines_link_to_the_very_cells(copy):
    worksheet = load_workbook(copy)["Perbaikan"]
    links = {cell.value: cell.hyperlink.location for (cell,) in worksheet["D5:D20"] if cell.hyperlink}
    assert links == {address: f"'{LIST}'!{address}" for address in ("D11", "F11", "K12")}
    assert all(cell.hyperlink.target is None for (cell,) in worksheet["D5:D20"] if cell.hyperlink)


def test_its_counts_are_those_of_the_check(copy):
    one = checked(copy)
    wajib, periksa = (len(one.findings.cells(s)) for s in (Severity.WAJIB, Severity.PERIKSA))
    assert sheet_texts(copy, "Perbaikan")[1][0].startswith(f"{wajib} sel wajib diperbaiki, {periksa} sel perlu")


def test_many_equal_faults_stay_one_line_each_cell_linked_up_to_twelve(tmp_path):
    rows = [ROW | {"ringkasan": f"Laporan bulan ke {n} tahun 2025", "retensi": ""} for n in range(40)]
    copy = _marked(filled(tmp_path, *rows), tmp_path / "kembali.xlsx")
    column = [row[3] for row in sheet_texts(copy, "Perbaikan")[4:] if len(row) > 3 and row[3]]
    assert len(column) == 12
    assert column[-1] == f"F{FIRST_ROW + 11} dan 28 sel lain"
    assert len(_notes(copy)) == 40


def test_a_repaired_copy_comes_in_clean(copy, tmp_path):
    mended = _repaired(copy, tmp_path / "b.xlsx", retensi="5 tahun", waktu="Januari 2026", keterangan=None)
    with opened(mended, mended) as book:
        typed(book[LIST], "daftar.tautan", FIRST_ROW + 1).value = "https://bkpsdm.example/x"
    assert codes(checked(mended)) == []


def test_marks_of_the_first_round_are_gone_in_the_second(copy, tmp_path):
    second = _marked(_repaired(copy, tmp_path / "b.xlsx", retensi="5 tahun"), tmp_path / "c.xlsx")
    assert set(_notes(second)) == {f"{LIST}!D{FIRST_ROW}", f"{LIST}!K{FIRST_ROW + 1}"}
    assert load_workbook(second).sheetnames.count("Perbaikan") == 1
    original = filled(tmp_path, BAD)
    for place in (f"{LIST}!F{FIRST_ROW}", f"{LIST}!C{FIRST_ROW}"):
        assert _colour(second, place) == _colour(original, place)


def test_an_unmarked_optional_cell_gets_its_own_colour_back(copy, tmp_path):
    with opened(copy, tmp_path / "b.xlsx") as book:
        typed(book[LIST], "daftar.tautan", FIRST_ROW + 1).value = None
    second = _marked(tmp_path / "b.xlsx", tmp_path / "c.xlsx")
    assert _colour(second, f"{LIST}!K{FIRST_ROW + 1}") == _colour(filled(tmp_path), f"{LIST}!K{FIRST_ROW + 1}")


def test_a_third_round_says_no_more_than_the_second(copy, tmp_path):
    second = _marked(copy, tmp_path / "c.xlsx")
    assert _notes(second) == _notes(copy)
    assert second.read_bytes() == _marked(second, tmp_path / "d.xlsx").read_bytes()


def test_a_persons_own_note_stays_beside_ours_and_without_it(tmp_path):
    def note(worksheet):
        worksheet[f"F{FIRST_ROW}"].comment = Comment("tanya Bu Sari", "Wulan")

    copy = _marked(filled(tmp_path, BAD, edit=note), tmp_path / "kembali.xlsx")
    text = _notes(copy)[f"{LIST}!F{FIRST_ROW}"]
    assert text.startswith("tanya Bu Sari\ndipxl: ")
    assert text == _notes(_marked(copy, tmp_path / "c.xlsx"))[f"{LIST}!F{FIRST_ROW}"]
    mended = _repaired(copy, tmp_path / "b.xlsx", retensi="5 tahun")
    assert _notes(_marked(mended, tmp_path / "d.xlsx"))[f"{LIST}!F{FIRST_ROW}"] == "tanya Bu Sari"


def test_the_kode_is_written_so_that_a_corrected_row_stays_itself(copy):
    one = checked(copy)
    assert [row.values["kode"] for row in one.rows] == ["SEK-0001", "SEK-0002"]


def test_drop_downs_lists_and_locks_survive(copy, tmp_path):
    def rules(path):
        book = load_workbook(path)
        found = {(str(v.sqref), v.formula1, v.prompt) for v in book[LIST].data_validations.dataValidation}
        return found, {name: d.attr_text for name, d in book.defined_names.items()}, book[LIST].protection.sheet

    before, after = rules(filled(tmp_path, BAD, ODD)), rules(copy)
    assert after == before
    assert load_workbook(copy)["_pilihan"].sheet_state == "hidden"
    assert str(load_workbook(copy).properties.keywords) == "dipxl|formulir|1|2026-2|SEK"


def test_what_was_typed_is_still_there(copy, tmp_path):
    typed_before = {text for row in sheet_texts(filled(tmp_path, BAD, ODD), LIST) for text in row if text}
    assert typed_before <= {text for row in sheet_texts(copy, LIST) for text in row}


def test_a_text_like_a_formula_is_shown_as_text(tmp_path):
    def write(worksheet):
        cell = typed(worksheet, "daftar.retensi", FIRST_ROW)
        cell.value, cell.data_type = '=HYPERLINK("http://x.example")', "s"
        cell = typed(worksheet, "daftar.bentuk", FIRST_ROW)
        cell.value, cell.data_type = "=1+1", "s"

    copy = _marked(filled(tmp_path, ROW, edit=write), tmp_path / "kembali.xlsx")
    cells = [cell for row in load_workbook(copy)["Perbaikan"].iter_rows() for cell in row]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_a_control_character_does_not_stop_the_copy(tmp_path):
    path = filled(tmp_path, ROW | {"bentuk": "rusak GANTI"})
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).replace(b"GANTI", b"_x0001_") for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert "bukan-pilihan" in codes(checked(path))
    assert "Perbaikan" in load_workbook(_marked(path, tmp_path / "kembali.xlsx")).sheetnames


def test_links_to_other_workbooks_are_left_behind(tmp_path):
    def link(worksheet):
        outward = ExternalLink(externalBook=ExternalBook(id="rId1"))
        outward.file_link = Relationship(
            type="externalLinkPath", Target="file:///C:/rahasia.xlsx", TargetMode="External"
        )
        worksheet.parent._external_links.append(outward)

    def links(path):
        with zipfile.ZipFile(path) as package:
            return [name for name in package.namelist() if "externalLink" in name]

    path = filled(tmp_path, BAD, edit=link)
    assert links(path)
    assert links(_marked(path, tmp_path / "kembali.xlsx")) == []


def test_where_only_the_texts_can_be_read_a_new_workbook_carries_the_marks(tmp_path, soffice):
    source = filled(tmp_path, BAD, ODD)
    subprocess.run([*soffice, "--convert-to", "ods", "--outdir", tmp_path, source], check=True, capture_output=True)
    path = tmp_path / "formulir.ods"
    assert set(found_at(checked(path), "kosong")) == {f"{LIST}!D{FIRST_ROW}"}
    copy = _marked(path, tmp_path / "kembali.xlsx")
    assert set(_notes(copy)) >= WRONG
    assert "Rencana Kerja Tahun 2026" in every_text(copy)


@pytest.mark.parametrize("reader", ["openpyxl", "calamine"])
def test_a_second_reader_opens_the_copy_without_a_word(copy, reader):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if reader == "openpyxl":
            assert load_workbook(copy)[LIST]["F11"].value == "Tahun 2025"
        else:
            rows = CalamineWorkbook.from_path(copy).get_sheet_by_name(LIST).to_python(skip_empty_area=False)
            assert rows[10][5] == "Tahun 2025"


def test_equal_copies_have_equal_bytes(tmp_path):
    path = filled(tmp_path, BAD, ODD)
    assert marked_copy(path, checked(path), KODES, lambda: FACTS) == marked_copy(
        path, checked(path), KODES, lambda: FACTS
    )


def test_the_file_that_came_in_is_not_touched(tmp_path):
    path = filled(tmp_path, BAD)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    marked_copy(path, checked(path), {}, lambda: FACTS)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_foreign_list_is_marked_too(tmp_path):
    book = Workbook()
    book.active.append(["Ringkasan Isi Informasi", "Waktu Pembuatan", "Bentuk yang Tersedia", "Retensi Arsip"])
    book.active.append(["Laporan Kinerja Tahun 2025", "Januari 2026", "Google Drive", "5 tahun"])
    book.save(tmp_path / "daftar.xlsx")
    copy = _marked(tmp_path / "daftar.xlsx", tmp_path / "kembali.xlsx")
    assert set(_notes(copy)) == {"Sheet!C2", "Sheet!D1"}  # the value at fault, and the heading that is not the form's
    assert load_workbook(io.BytesIO(copy.read_bytes()))["Sheet"]["C2"].value == "Google Drive"
