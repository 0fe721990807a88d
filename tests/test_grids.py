import csv
import io
import os
import random
import re
import subprocess
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from dipxl.files.children import Unread, read_in_children
from dipxl.files.csv_grid import WEB_PAGE
from dipxl.files.grids import OUTLOOK, grids
from dipxl.files.guards import BROKEN, EMPTY, HOSTILE, LOCKED, MISSING, NOT_A_FILE, STRANGE, Refusal
from dipxl.files.scan import Area

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path):
    """A workbook with one of everything."""
    path = tmp_path / "buku.xlsx"
    made = xlsxwriter.Workbook(path)
    cells = made.add_worksheet("Daftar")
    cells.write_string("B2", "Laporan keuangan; triwulan")
    cells.write_number("C3", 5, made.add_format({"num_format": '0 "tahun"'}))
    cells.write_number("C4", 7, made.add_format({"num_format": "000"}))
    cells.write_datetime("C5", date(2025, 3, 15), made.add_format({"num_format": "dd/mm/yyyy"}))
    cells.write_datetime("C6", date(2025, 1, 1), made.add_format({"num_format": "mmmm yyyy"}))
    cells.write_boolean("D2", True)  # noqa: FBT003, RUF100 - as a person ticks it
    cells.write_formula("D3", "=1/0", None, "#DIV/0!")
    cells.write_number("D4", 2.5)
    cells.write_string("D5", "007")
    cells.merge_range("B8:B9", "gabung")
    cells.write_url("B10", "https://contoh.go.id/a", string="lihat")
    cells.write_comment("B2", "sudah benar?")
    cells.set_row(4, None, None, {"hidden": True})
    made.add_worksheet("Rahasia").hide()
    made.add_worksheet("Kosong")
    made.close()
    return path


def _texts(grid):
    return {grid.address(n, p): text for n, line in enumerate(grid.cells) for p, text in enumerate(line) if text}


def _repacked(path, change):
    """Change the parts of a package as a dictionary."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts = change(parts) or parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return grids(path)


def _converted(soffice, path, kind):
    command = [*soffice, "--convert-to", kind, "--outdir", str(path.parent / "hasil"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return path.parent / "hasil" / f"{path.stem}.{kind.split(':')[0]}"


EVERYTHING = {
    "B2": "Laporan keuangan; triwulan",
    "C3": "5 tahun",
    "C4": "007",
    "C5": "15 Maret 2025",
    "C6": "Januari 2025",
    "D2": "Ya",
    "D3": "#DIV/0!",
    "D4": "2,5",
    "D5": "007",
    "B8": "gabung",
    "B10": "lihat",
}


def test_every_cell_reads_as_people_see_it_at_its_true_address(book):
    found = grids(book)
    assert [(grid.title, grid.hidden, grid.disagrees) for grid in found] == [
        ("Daftar", False, False),
        ("Rahasia", True, False),
        ("Kosong", False, False),
    ]
    assert _texts(found[0]) == EVERYTHING


def test_an_ods_reads_like_the_workbook_it_came_from(book, soffice):
    first, *rest = grids(_converted(soffice, book, "ods"))
    assert _texts(first) == EVERYTHING
    assert [(grid.title, grid.hidden) for grid in rest] == [("Rahasia", True), ("Kosong", False)]
    assert first.facts.errors == {"D3": "#DIV/0!"}
    assert first.facts.merges == (Area(8, 2, 9, 2),)
    assert first.facts.links == {"B10": "https://contoh.go.id/a"}
    assert first.facts.notes == {"B2": "sudah benar?"}
    assert first.facts.hidden_rows == {5}
    assert not first.disagrees


def test_a_save_by_libreoffice_changes_nothing(book, soffice):
    first, *_ = grids(_converted(soffice, book, "xlsx"))
    before, *_ = grids(book)
    assert _texts(first) == EVERYTHING
    for name in ("errors", "merges", "links", "notes", "hidden_rows", "counted"):
        assert getattr(first.facts, name) == getattr(before.facts, name), name


def test_an_xls_keeps_values_addresses_and_merges_and_admits_the_rest(book, soffice):
    first, hidden, *_ = grids(_converted(soffice, book, "xls"))
    texts = _texts(first)
    assert {place: texts[place] for place in ("B2", "C5", "D2", "D5", "B8", "B10")} == {
        place: EVERYTHING[place] for place in ("B2", "C5", "D2", "D5", "B8", "B10")
    }
    assert first.facts.merges == (Area(8, 2, 9, 2),)
    assert hidden.hidden
    assert not first.second_look


def test_a_csv_of_libreoffice_reads(book, soffice):
    (found,) = grids(_converted(soffice, book, "csv:Text - txt - csv (StarCalc):59,34,76"))
    texts = _texts(found)
    assert (texts["B2"], texts["D5"], found.title) == ("Laporan keuangan; triwulan", "007", "buku")


CSV = [
    (
        b"No;Ringkasan;Nilai\n1;Laporan, tahunan;1,5\n2;b;2\n",
        [["No", "Ringkasan", "Nilai"], ["1", "Laporan, tahunan", "1,5"]],
    ),
    (b"\xef\xbb\xbfNo,Isi\n007,b\n", [["No", "Isi"], ["007", "b"]]),
    ("No;Isi\n1;Médan\n".encode("cp1252"), [["No", "Isi"], ["1", "Médan"]]),
    ("No\tIsi\n1\tMédan\n".encode("utf-16"), [["No", "Isi"], ["1", "Médan"]]),
    (b"\xfe\xff" + "No;Isi\n".encode("utf-16-be"), [["No", "Isi"]]),
    (b"sep=;\nNo;Isi\n", [["No", "Isi"]]),
    (b'No;Isi\n1;"dua\nbaris; ""kutip"""\n', [["No", "Isi"], ["1", 'dua\nbaris; "kutip"']]),
    (b'No;Isi\n1;"tak berpasangan\n2;b\n', [["No", "Isi"], ["1", '"tak berpasangan'], ["2", "b"]]),
    (b"No;Isi\r\n\r\n1;b\r\n", [["No", "Isi"], [], ["1", "b"]]),
]


@pytest.mark.parametrize(("data", "start"), CSV)
def test_a_csv_reads_as_typed(tmp_path, data, start):
    (tmp_path / "a.csv").write_bytes(data)
    (found,) = grids(tmp_path / "a.csv")
    assert found.cells[: len(start)] == start


plain_texts = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]))


@given(st.lists(st.lists(plain_texts, min_size=2, max_size=4).filter(any), min_size=1, max_size=6))
def test_no_cell_of_a_csv_is_lost(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "acak.csv"
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    path.write_bytes(b"\xef\xbb\xbfsep=;\n" + target.getvalue().encode())
    (found,) = grids(path)
    assert found.cells == rows


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", EMPTY),
        (b"No;Isi\n1;\x00\x01\x02", STRANGE),
        (b"\x7fELF\x02\x01\x01\x00", STRANGE),
        (b"{\\rtf1 isi}", STRANGE),
        (b"<html><table><tr><td>1</td></tr></table></html>", WEB_PAGE),
        (b"PK\x03\x04" + b"x" * 50, BROKEN),
        (b"\xd0\xcf\x11\xe0" + bytes(508), BROKEN),
        (b"\xd0\xcf\x11\xe0" + bytes(508) + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        (b"\xd0\xcf\x11\xe0" + bytes(508) + "__substg1.0_37".encode("utf-16-le"), OUTLOOK),
    ],
)
def test_what_is_no_workbook_is_said_to_be_so(tmp_path, data, refusal):
    (tmp_path / "a.xlsx").write_bytes(data)
    assert grids(tmp_path / "a.xlsx") == refusal


def test_what_is_no_file_is_not_opened(tmp_path):
    assert grids(tmp_path) == NOT_A_FILE
    assert grids(tmp_path / "tidak-ada.xlsx") == MISSING
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipa.xlsx")
        assert grids(tmp_path / "pipa.xlsx") == NOT_A_FILE


def test_an_ods_whose_content_cannot_be_read_is_broken(book, soffice):
    ods = _converted(soffice, book, "ods")
    found = _repacked(ods, lambda parts: {**parts, "content.xml": os.urandom(500)})
    assert found == BROKEN


def _renamed(parts):
    parts["xl/buku.xml"] = parts.pop("xl/workbook.xml")
    parts["xl/_rels/buku.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels").replace(b"sharedStrings.xml", b"kata.xml")
    parts["xl/kata.xml"] = parts.pop("xl/sharedStrings.xml")
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"xl/workbook.xml", b"xl/buku.xml")


def _strict(parts):
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    for name in parts:
        for end in (b"officeDocument/2006/relationships", b"spreadsheetml/2006/main"):
            parts[name] = parts[name].replace(old + end, new + end.replace(b"/2006", b""))


def _absolute(parts):
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = re.sub(rb'Target="(?=[a-z])', b'Target="/xl/', parts[name])


def _wide(parts):
    for name in ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", SHEET):
        parts[name] = parts[name].replace(b"UTF-8", b"UTF-16").decode().encode("utf-16")


def _upper(parts):
    return {name.replace("sheet1.xml", "SHEET1.xml"): data for name, data in parts.items()}


@pytest.mark.parametrize("change", [_renamed, _strict, _absolute, _wide, _upper])
def test_a_package_of_another_make_is_not_read_as_empty(book, change):
    before = grids(book)
    found = _repacked(book, change)
    assert _texts(found[0]) == _texts(before[0])
    assert found[0].facts == before[0].facts
    assert [grid.title for grid in found] == ["Daftar", "Rahasia", "Kosong"]


def test_a_sheet_without_its_part_is_no_empty_sheet(book):
    def change(parts):
        del parts[SHEET]

    assert _repacked(book, change) == BROKEN


def test_a_stray_cell_far_away_leaves_true_addresses(tmp_path):
    made = Workbook()
    made.active["B2"], made.active["XFD1048576"], made.active["C700000"] = "isi", "nyasar", 5
    made.active["C700000"].number_format = '0 "tahun"'
    made.save(tmp_path / "a.xlsx")
    (found,) = grids(tmp_path / "a.xlsx")
    assert _texts(found) == {"B2": "isi", "C700000": "5 tahun", "XFD1048576": "nyasar"}
    assert len(found.cells) == 3
    assert not found.disagrees


def test_formatted_blanks_far_away_cost_nothing(tmp_path):
    made = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    cells = made.add_worksheet()
    cells.write_string("A1", "isi")
    cells.write_blank("XFD1048576", None, made.add_format({"bold": True}))
    made.close()
    (found,) = grids(tmp_path / "a.xlsx")
    assert found.cells == [["isi"]]


def test_a_diagonal_that_no_memory_holds_is_refused(tmp_path):
    made = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    cells = made.add_worksheet()
    for place in range(2300):
        cells.write_number(place, place, 1)
    made.close()
    assert grids(tmp_path / "a.xlsx") == HOSTILE


def test_a_sheet_of_a_chart_does_not_shift_the_others(tmp_path):
    made = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    made.add_worksheet("Satu").write_number("A1", 1)
    chart = made.add_chart({"type": "line"})
    chart.add_series({"values": "=Satu!$A$1:$A$2"})
    made.add_chartsheet("Grafik").set_chart(chart)
    made.add_worksheet("Dua").write_number("A1", 2)
    made.close()
    assert [(grid.title, grid.cells) for grid in grids(tmp_path / "a.xlsx")] == [("Satu", [["1"]]), ("Dua", [["2"]])]


def test_entities_are_not_expanded(book):
    def change(parts):
        laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
        start = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'.encode()
        parts[SHEET] = re.sub(rb"(<worksheet)", start + rb"\1", parts[SHEET]).replace(b"<v>0</v>", b"<v>&a11;</v>")

    assert isinstance(_repacked(book, change), Refusal | list)


def test_flipped_bits_never_bring_the_run_down(book, tmp_path):
    chance = random.Random(7)  # noqa: S311 - the same flips each time
    data, paths = book.read_bytes(), []
    for number in range(60):
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(flipped)
    found = read_in_children(paths, "dipxl.files.grids:grids")
    assert all(isinstance(answer, list | Refusal | Unread) for answer in found)
    assert any(isinstance(answer, list) and _texts(answer[0]) == EVERYTHING for answer in found)
    for answer in found:
        assert isinstance(answer, Refusal | Unread) or answer[0].disagrees or len(_texts(answer[0])) == len(EVERYTHING)


def test_a_small_old_workbook_that_asks_for_all_memory_is_left_alone(tmp_path, book, soffice):
    data = bytearray(_converted(soffice, book, "xls").read_bytes())
    paths = []
    for start in range(512, len(data) - 4, max(4, len(data) // 60)):
        wrong = bytearray(data)
        wrong[start : start + 4] = b"\xff\xff\xff\x7f"
        paths.append(tmp_path / f"{start}.xls")
        paths[-1].write_bytes(wrong)
    found = read_in_children([*paths, book], "dipxl.files.grids:grids")
    assert all(isinstance(answer, list | Refusal | Unread) for answer in found)
    assert _texts(found[-1][0]) == EVERYTHING


def test_an_ods_that_repeats_a_cell_without_end_costs_one_process(book, soffice):
    ods = _converted(soffice, book, "ods")
    row = (
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
        b'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    )
    with zipfile.ZipFile(ods) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(b"</table:table>", row, 1)
    with zipfile.ZipFile(ods, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    broken, good = read_in_children([ods, book], "dipxl.files.grids:grids")
    assert isinstance(broken, Refusal | Unread)
    assert _texts(good[0]) == EVERYTHING


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "sembarang.xlsx"
    path.write_bytes(data)
    assert isinstance(grids(path), Refusal | list)
