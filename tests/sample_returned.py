"""A workbook that came back with all that people put into one, as different programs save it, and ways to read it."""

import io
import re
import subprocess
import zipfile
from functools import cache

import openpyxl
import python_calamine
import xlsxwriter

from dipxl.files import layout
from dipxl.files.patch import SheetPatch, patch
from dipxl.files.patch_front import FrontCell, FrontRow, FrontSheet, place_of

TITLE = "Daftar Informasi"
NOTE = "Retensi kosong.\nIsi lama simpan."


@cache
def workbook():
    """A form of another office: formats, formulas, merged cells, a note, links, a text box, a sparkline, controls."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    book.add_worksheet("Petunjuk").write_string("A1", "Baca dahulu")
    sheet = book.add_worksheet(TITLE)
    sheet.activate()
    yellow = book.add_format({"bg_color": "#FFF8DC", "border": 1, "locked": False, "num_format": "@", "bold": True})
    own = book.add_format({"bg_color": "#12AB34", "num_format": "0.00"})
    sheet.set_column("H:H", 12, book.add_format({"bg_color": "#FFF8DC", "locked": False}))
    sheet.write_string("B2", "Laporan & <rencana>", yellow)
    sheet.write_number("C2", 5, own)
    sheet.write_rich_string("D2", "biasa ", book.add_format({"bold": True}), "tebal")
    sheet.write_formula("E2", "=C2*2", None, 10)
    sheet.write_formula("F2", '="a"&B2', None, "aLaporan & <rencana>")
    sheet.write_formula("A1", own_formula(), None, "Baris lengkap: 1/2")
    sheet.write_string("B5", " spasi di tepi ", yellow)
    sheet.write_boolean("C5", True)
    sheet.merge_range("B8:C9", "gabung")
    sheet.write_comment("B5", "Kata orang", {"author": "Budi"})
    sheet.write_url("B12", "https://ppid.example.go.id", string="laman")
    sheet.write_url("B13", "file:///C:/rahasia.xlsx", string="berkas")
    sheet.write_url("B14", f"internal:{TITLE!r}!A1", string="dalam")
    sheet.data_validation("B2:B50", {"validate": "list", "source": ["a", "b"]})
    sheet.conditional_format("B2:B50", {"type": "formula", "criteria": '=$B2=""', "format": yellow})
    sheet.insert_textbox("K2", "Kotak teks orang")
    sheet.insert_checkbox("J5", boolean=True)
    sheet.insert_button("K12", {"caption": "Tombol"})
    sheet.add_sparkline("J2", {"range": "C2:E2"})
    sheet.repeat_rows(1)
    sheet.autofilter("B1:F2")
    book.define_name("pilihan", f"='{TITLE}'!$B$2:$B$5")
    book.close()
    return target.getvalue()


def own_formula():
    filled = '(INDEX(C:C,10):INDEX(C:C,5009)<>"")'
    return f'="{layout.STATUS}"&SUMPRODUCT({filled})&"/"&SUMPRODUCT(--(({filled})>0))'


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return target.getvalue()


def edited(data, name, old, new):
    parts = members(data)
    assert old in parts[name]
    return zipped(parts | {name: parts[name].replace(old, new)})


def by_openpyxl(data):
    target = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(target)
    return target.getvalue()


def prefixed(data):
    """The same workbook as other writers spell it: prefixed names, absolute targets, no dimension."""
    parts = members(data)
    for name in parts:
        if re.fullmatch(r"xl/(worksheets/sheet\d+|styles|workbook|sharedStrings|comments\d+)\.xml", name):
            part = re.sub(rb"<(/?)(?![\w]+:)(?=[A-Za-z])", rb"<\1x:", parts[name])
            parts[name] = re.sub(rb"<x:dimension[^>]*>", b"", part.replace(b" xmlns=", b" xmlns:x="))
        if name == "xl/_rels/workbook.xml.rels":
            parts[name] = re.sub(rb'Target="(?!/)', b'Target="/xl/', parts[name])
    return zipped(parts)


def bare(data):
    """The same workbook without the addresses that may be left out."""
    parts = members(data)
    name = "xl/worksheets/sheet1.xml"
    parts[name] = re.sub(rb'(<(?:c|row))\s+r="[A-Z0-9]+"', rb"\1", parts[name])
    return zipped(parts)


def by_libreoffice(data, soffice, folder, to="xlsx"):
    source = folder / "masuk.xlsx"
    source.write_bytes(data)
    out = folder / "keluar"
    words = [*soffice, "--convert-to", to, "--outdir", str(out), str(source)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return (out / f"masuk.{to}").read_bytes()


def front(removed):
    cell = FrontCell("B2", "link", place_of(TITLE, "B2"))
    rows = [
        FrontRow([FrontCell("Sel", "heading"), FrontCell("Isi", "heading")]),
        FrontRow([cell, FrontCell("=1+1")], 30),
    ]
    return FrontSheet((10, 40), [*rows, *(FrontRow([FrontCell(one.kind), FrontCell(one.what)]) for one in removed)], 1)


MARKS = SheetPatch(
    texts={"A5": "MUT-0001", "A7": "=1+1", "G30": "baru"},
    looks={"B2": "fault", "C2": "doubt", "B5": "fault", "H40": "hint", "D2": "hint"},
    notes={"B2": NOTE, "B5": NOTE, "H40": NOTE},
    fitted={2: {"B": "kata " * 20}, 40: {"H": "kata"}},
)


def marked(data):
    return patch(data, {TITLE: MARKS}, front).data


def book_of(data):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def told(data):
    """All that a reader sees: values, notes, visible fills by sheet and address, and everything else of a style."""
    seen = {}
    for sheet in book_of(data).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                fill = cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None
                look = (cell.number_format, cell.font.b, cell.border.left.style, cell.protection.locked)
                note = cell.comment.text if cell.comment else None
                if (cell.value, fill, note) != (None, None, None):
                    seen[sheet.title, cell.coordinate] = (cell.value, fill, note, look)
    return seen


def values(data):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    titles = [title for title in book.sheet_names if title != layout.REPAIR_SHEET]
    return {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in titles}


def cells_of(data):
    return {
        (title, layout.address(row, place)): value
        for title, rows in values(data).items()
        for row, line in enumerate(rows)
        for place, value in enumerate(line)
        if value != ""
    }
