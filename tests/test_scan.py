import io
import re
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from dipxl.files.grids import grids
from dipxl.files.layout import address
from dipxl.files.regular import is_regular, regular
from dipxl.files.scan import Area, parse_area


@pytest.fixture
def sheet(tmp_path):
    """Write one sheet with xlsxwriter and read it back."""

    def made(fill):
        path = tmp_path / "satu.xlsx"
        book = xlsxwriter.Workbook(path)
        fill(book.add_worksheet("Daftar"), book)
        book.close()
        return grids(path)[0]

    return made


def _styled(path, fill):
    book = Workbook()
    fill(book.active)
    book.save(path)
    return grids(path)[0]


def _sheet_xml(path, name="xl/worksheets/sheet1.xml"):
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def _with_xml(path, change, name="xl/worksheets/sheet1.xml"):
    """Replace one part of a package."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = change(parts[name])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    path.write_bytes(target.getvalue())
    return grids(path)


def test_an_error_is_told_from_a_blank(sheet):
    def fill(cells, book):
        cells.write_formula("B2", "=1/0", None, "#DIV/0!")
        cells.write_formula("B3", "=#REF!", None, "#REF!")
        cells.write_blank("B4", None, book.add_format({"bold": True}))

    found = sheet(fill)
    assert found.facts.errors == {"B2": "#DIV/0!", "B3": "#REF!"}
    assert found.cells[1][1] == "#DIV/0!"
    assert not found.disagrees


def test_a_formula_that_was_never_calculated_is_told_from_a_blank(tmp_path):
    def fill(cells):
        cells["A1"], cells["B2"] = "judul", "=A1&A1"

    found = _styled(tmp_path / "a.xlsx", fill)
    assert found.facts.unvalued == {"B2"}


def test_a_formula_that_gave_an_empty_text_has_a_value(sheet, tmp_path):
    sheet(lambda cells, book: cells.write_formula("A1", '=""', None, "x"))
    (found,) = _with_xml(tmp_path / "satu.xlsx", lambda xml: xml.replace(b"<v>x</v>", b"<v></v>"))
    assert found.facts.unvalued == frozenset()
    assert not found.disagrees


def test_hidden_rows_and_columns_are_known(sheet):
    def fill(cells, _):
        for row in range(6):
            cells.write_string(row, 0, "isi")
        cells.set_row(2, None, None, {"hidden": True})
        cells.set_column("C:D", None, None, {"hidden": True})
        cells.autofilter("A1:A6")
        cells.filter_column("A", "x == isi")
        cells.set_row(4, options={"hidden": True})

    facts = sheet(fill).facts
    assert facts.hidden_rows == {3, 5}
    assert facts.hidden_columns == {3, 4}


def test_merged_cells_are_known(sheet):
    assert sheet(lambda cells, book: cells.merge_range("B3:D7", "gabung")).facts.merges == (Area(3, 2, 7, 4),)


def test_a_link_is_read_and_not_only_its_words(sheet):
    def fill(cells, _):
        cells.write_url("A1", "https://contoh.go.id/a?b=1&c=2", string="lihat")
        cells.write_url("A2", "internal:'Lain'!A1", string="pindah")
        cells.write_formula("A3", '=HYPERLINK("https://contoh.go.id/d","unduh")', None, "unduh")
        cells.write_formula("A4", '=HYPERLINK("https://contoh.go.id/"&A1,"unduh")', None, "unduh")

    found = sheet(fill)
    assert found.facts.links == {
        "A1": "https://contoh.go.id/a?b=1&c=2",
        "A2": "#'Lain'!A1",
        "A3": "https://contoh.go.id/d",
    }
    assert [line[0] for line in found.cells] == ["lihat", "pindah", "unduh", "unduh"]


def test_notes_are_read_with_their_place(sheet):
    def fill(cells, _):
        cells.write_comment("C4", "tolong diperiksa\nlagi", {"author": "Sari"})
        cells.write_string("A1", "isi")

    assert sheet(fill).facts.notes == {"C4": "tolong diperiksa\nlagi"}


def test_notes_of_another_program_are_read(tmp_path):
    def fill(cells):
        cells["B2"] = "isi"
        cells["B2"].comment = Comment("catatan", "Budi")

    assert _styled(tmp_path / "a.xlsx", fill).facts.notes == {"B2": "catatan"}


def test_a_conversation_replaces_the_note_that_stands_in_for_it(tmp_path, sheet):
    sheet(lambda cells, book: cells.write_comment("A1", "[Threaded comment] ..."))
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1" id="{1}"><text>mengapa?</text></threadedComment>'
        '<threadedComment ref="A1" id="{2}" parentId="{1}"><text>sudah benar</text></threadedComment>'
        "</ThreadedComments>"
    )
    path = tmp_path / "satu.xlsx"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/threadedComments/threadedComment1.xml", thread)
    relation = (
        b'<Relationship Id="rId9" Target="../threadedComments/threadedComment1.xml" '
        b'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/></Relationships>'
    )
    (found,) = _with_xml(
        path, lambda xml: xml.replace(b"</Relationships>", relation), "xl/worksheets/_rels/sheet1.xml.rels"
    )
    assert found.facts.notes == {"A1": "mengapa?\nsudah benar"}


def test_struck_cells_and_coloured_rows_are_known(tmp_path):
    def fill(cells):
        yellow, red = PatternFill("solid", fgColor="FFFF99"), PatternFill("solid", fgColor="FF0000")
        for row in range(1, 11):
            for column in range(1, 4):
                cells.cell(row, column, "isi").fill = red if row == 4 else yellow if column == 1 else PatternFill()
        cells["B7"].font = Font(strike=True)
        cells["B8"].font = Font(strike=False)

    facts = _styled(tmp_path / "a.xlsx", fill).facts
    assert facts.struck == {"B7"}
    assert facts.coloured_rows == {4}


def test_numbers_keep_their_format_and_the_bare_number(sheet):
    def fill(cells, book):
        for row, (number, code) in enumerate([(5, '0 "tahun"'), (7, "000"), (45000, "mmm-yy"), (0.5, "# ?/?")]):
            cells.write_number(row, 0, number, book.add_format({"num_format": code}))
        cells.write_number(4, 0, 3174012345670001)
        cells.write_number(5, 0, 2024)

    found = sheet(fill)
    assert [line[0] for line in found.cells][:4] == ["5 tahun", "007", "Maret 2023", "0,5"]
    assert found.facts.bare["A1"] == "5"
    assert found.facts.doubtful == {"A4", "A5"}
    assert found.cells[4][0] == "3174012345670000"
    assert found.cells[5][0] == "2024"


def test_formulas_with_numbers_keep_their_format(sheet):
    def fill(cells, book):
        cells.write_formula("A1", "=2+3", book.add_format({"num_format": '0 "tahun"'}), 5)

    assert sheet(fill).cells == [["5 tahun"]]


ODD = [
    lambda xml: xml.replace(b"<c ", b"<c\n "),
    lambda xml: xml.replace(b"><", b">\n  <"),
    lambda xml: xml.replace(b'"', b"'"),
    lambda xml: re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x="),
    lambda xml: xml.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"),
    lambda xml: xml.replace(b"<sheetData>", b'<sheetData><!-- <row r="1"><c r="A1"><v>1</v></c></row> -->'),
    lambda xml: re.sub(rb'<row r="\d+"', b"<row", re.sub(rb'<c r="[A-Z]+\d+"', b"<c", xml)),
]


@pytest.mark.parametrize("change", ODD)
def test_xml_of_any_shape_gives_the_same_facts(sheet, tmp_path, change):
    def fill(cells, book):
        for row in range(4):
            cells.write_string(row, 0, f"teks {row} <&>")
            cells.write_number(row, 1, row + 5, book.add_format({"num_format": '0 "tahun"'}))
            cells.write_formula(row, 2, "=1/0", None, "#DIV/0!")
        cells.set_row(2, None, None, {"hidden": True})
        cells.merge_range("D1:D4", "gabung")
        cells.write_url("A4", "https://contoh.go.id/", string="lihat")

    plain = sheet(fill)
    (found,) = _with_xml(tmp_path / "satu.xlsx", change)
    assert found == plain
    assert not is_regular(_sheet_xml(tmp_path / "satu.xlsx"))


def test_xml_of_excel_is_taken_as_it_is(sheet, tmp_path, repo_root):
    sheet(lambda cells, book: cells.write_string(0, 0, "isi"))
    assert is_regular(_sheet_xml(tmp_path / "satu.xlsx"))
    form = repo_root / "workbook_templates" / "formulir-bidang.xlsx"
    assert is_regular(_sheet_xml(form))


def test_what_was_made_regular_is_regular(repo_root):
    form = repo_root / "workbook_templates" / "formulir-bidang.xlsx"
    assert is_regular(regular(_sheet_xml(form)))


cell_values = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.none(),
)


@settings(max_examples=60)
@given(
    st.lists(st.lists(cell_values, min_size=1, max_size=5), min_size=1, max_size=8),
    st.integers(0, 40),
    st.integers(0, 30),
)
def test_both_looks_count_the_same_cells_at_their_true_places(tmp_path_factory, rows, down, right):
    path = tmp_path_factory.getbasetemp() / "acak.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    cells = book.add_worksheet()
    wanted = {}
    for row, values in enumerate(rows, start=down):
        for column, value in enumerate(values, start=right):
            cells.write(row, column, value)
            if value is not None and value != "":
                wanted[address(row, column)] = (
                    {True: "Ya", False: "Tidak"}[value] if value is True or value is False else str(value)
                )
    book.close()
    (found,) = grids(path)
    read = {found.address(n, p): text for n, line in enumerate(found.cells) for p, text in enumerate(line) if text}
    assert read == wanted
    assert found.facts.counted == found.typed


@given(st.integers(1, 10**6), st.integers(1, 700), st.integers(0, 99), st.integers(0, 99))
def test_an_area_reads_back(top, left, high, wide):
    text = f"{address(top - 1, left - 1)}:{address(top + high - 1, left + wide - 1)}"
    assert parse_area(text) == Area(top, left, top + high, left + wide)
