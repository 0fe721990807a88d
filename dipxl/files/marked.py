"""The marked copy: the bidang's own workbook with its faults marked, to be repaired and sent again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from dipxl.files import layout
from dipxl.files.intake import Examined
from dipxl.files.packages import canonical
from dipxl.files.returned import grids
from dipxl.files.sheets import fit_height
from dipxl.files.theme import colour
from dipxl.model.columns import Column, sheet
from dipxl.model.findings import Finding, Severity

ROLES = {Severity.WAJIB: "fault", Severity.PERIKSA: "doubt", Severity.SARAN: "hint"}
HEADINGS = ("No.", "Sifat", "Lembar", "Sel", "Kolom", "Yang tertulis", "Apa yang salah", "Cara memperbaiki", "Dasar")
WIDTHS = (5, 16, 20, 14, 24, 28, 44, 50, 22)
LINKED_CELLS = 12  # more cells than this are counted in the sheet instead of being linked one by one


def marked_copy(path: Path, examined: Examined, kodes: Mapping[tuple[str, int], str]) -> bytes:
    """The workbook at `path` with marks, notes and the sheet "Perbaikan" in front.

    `kodes` are the minted kode by sheet title and Excel row; they make rows known even when corrected.
    """
    book = _opened(path)
    _remove_marks(book, _looks(examined))
    for found in examined.findings:
        for address in found.cells:
            if found.sheet in book.sheetnames:
                _mark(book[found.sheet], address, found)
    _write_kodes(book, examined, kodes)
    for row in examined.rows:
        fit_row(book[row.sheet], row.number)
    _write_repairs(book, examined)
    saved = io.BytesIO()
    book.save(saved)
    return canonical(saved.getvalue(), day=date(2020, 1, 1))


def _opened(path: Path) -> Workbook:
    """The workbook itself without macros and links elsewhere, or a new one with its texts where that is all we can."""
    try:
        return load_workbook(io.BytesIO(path.read_bytes()), keep_links=False)
    except Exception:  # noqa: BLE001  # openpyxl raises anything at .xls, .ods and odd .xlsx
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, rows in grids(path):
            worksheet = book.create_sheet(title)
            worksheet.sheet_state = "hidden" if title.startswith("_") else "visible"
            for row, line in enumerate(rows):
                for place, text in enumerate(line):
                    _put(worksheet, layout.address(row, place), text)
        return book


def fit_row(worksheet: Worksheet, number: int) -> None:
    """Give a row the height that its wrapped text needs, as a spreadsheet program does while one types."""
    cells = [
        (str(cell.value or ""), worksheet.column_dimensions[cell.column_letter].width)
        for cell in worksheet[number]
        if isinstance(cell, Cell)
    ]
    worksheet.row_dimensions[number].height = fit_height(cells)


def _looks(examined: Examined) -> dict[tuple[str, str], str]:
    """The colour of each column by sheet and letters, and of each head cell by sheet and address, when unmarked."""
    returned, heads = examined.returned, sheet("kepala")
    columns = [(t.sheet, letters, key.split(".")) for t in returned.tables for key, letters in t.letters.items()]
    looks = {(title, letters): _look(sheet(kind)[name]) for title, letters, (kind, name) in columns}
    cells = {**returned.blank_head, **returned.head}
    return looks | {(cells[c.name].sheet, cells[c.name].address): _look(c) for c in heads if c.name in cells}


def _look(column: Column) -> str:
    if column.filled_by == "dipxl":
        return "locked"
    return "entry" if column.required else "white"


def _remove_marks(book: Workbook, looks: Mapping[tuple[str, str], str]) -> None:
    """Take away what an earlier round left: its sheet, its notes, its colours."""
    if layout.REPAIR_SHEET in book.sheetnames:
        del book[layout.REPAIR_SHEET]
    for worksheet in book.worksheets:
        for cell in list(worksheet._cells.values()):  # noqa: SLF001  # iter_rows would make every cell up to the farthest
            if isinstance(cell, Cell) and cell.comment and layout.CHANGED_NOTE in cell.comment.text:
                own = cell.comment.text.partition(layout.CHANGED_NOTE)[0].strip()
                cell.comment = Comment(own, cell.comment.author) if own else None
                title = worksheet.title
                look = looks.get((title, cell.coordinate)) or looks.get((title, cell.column_letter), "white")
                cell.fill = PatternFill("solid", fgColor=colour(look)[1:])


def _mark(worksheet: Worksheet, address: str, found: Finding) -> None:
    cell = worksheet[address]
    if isinstance(cell, MergedCell) or not isinstance(cell, Cell):
        return
    cell.fill = PatternFill("solid", fgColor=colour(ROLES[found.severity])[1:])
    said = f"{cell.comment.text}\n" if cell.comment else ""
    begin = "" if layout.CHANGED_NOTE in said else layout.CHANGED_NOTE
    note = _clean(f"{said}{begin}{found.message} {found.remedy}")
    cell.comment = Comment(note, "dipxl", height=110, width=320)


def _write_kodes(book: Workbook, examined: Examined, kodes: Mapping[tuple[str, int], str]) -> None:
    for row in examined.rows:
        table = examined.returned.table(f"{row.sheet_name}.kode")
        kode = kodes.get((row.sheet, row.number), "")
        if table and kode and row.sheet == table.sheet:
            _put(book[row.sheet], table.address(f"{row.sheet_name}.kode", row.number), kode)


def _put(worksheet: Worksheet, address: str, text: str) -> None:
    """Write text as text, whatever it begins with."""
    cell = worksheet[address]
    if isinstance(cell, Cell) and text:
        cell.value = _clean(text)
        cell.data_type = "s"


def _clean(text: str) -> str:
    """The text without characters that no workbook can hold."""
    return ILLEGAL_CHARACTERS_RE.sub(" ", text)


def _write_repairs(book: Workbook, examined: Examined) -> None:
    worksheet = book.create_sheet(layout.REPAIR_SHEET, 0)
    wajib = len(examined.findings.cells(Severity.WAJIB))
    check = len(examined.findings.cells(Severity.PERIKSA))
    _put(worksheet, "A1", "Perbaikan")
    worksheet["A1"].font = Font(name="Calibri", size=16, bold=True, color=colour("primary")[1:])
    counts = f"{wajib} sel wajib diperbaiki, {check} sel perlu diperiksa."
    _put(
        worksheet, "A2", f"{counts} Perbaiki di lembar aslinya (klik nama sel), simpan, lalu kirim berkas ini kembali."
    )
    for place, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), start=1):
        worksheet.column_dimensions[layout.letters(place - 1)].width = width
        cell = worksheet.cell(4, place)
        cell.value = heading
        cell.font = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=colour("primary")[1:])
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
    row = 5
    for number, found in enumerate(examined.findings, start=1):
        for address in found.cells[:LINKED_CELLS] or ("",):
            _write_line(worksheet, row, number, found, address)
            row += 1
    worksheet.freeze_panes = "A5"
    worksheet.sheet_view.showGridLines = False
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = 14
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.page_setup.fitToHeight = 0
    worksheet.print_title_rows = "4:4"
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is worksheet


def _write_line(worksheet: Worksheet, row: int, number: int, found: Finding, address: str) -> None:
    more = len(found.cells) - LINKED_CELLS
    cell_text = address if more <= 0 or address != found.cells[LINKED_CELLS - 1] else f"{address} dan {more} sel lain"
    values = (
        str(number), found.severity.label, found.sheet, cell_text, found.column, found.value,
        found.message, found.remedy, found.basis,
    )  # fmt: skip
    line = Side(style="thin", color=colour("line")[1:])
    for place, text in enumerate(values, start=1):
        _put(worksheet, f"{layout.letters(place - 1)}{row}", text)
        cell = worksheet.cell(row, place)
        cell.font = Font(name="Calibri", size=11)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(left=line, right=line, top=line, bottom=line)
        cell.protection = Protection(locked=True)
    worksheet.cell(row, 2).fill = PatternFill("solid", fgColor=colour(ROLES[found.severity])[1:])
    if address:
        link = worksheet.cell(row, 4)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{found.sheet}'!{address}")
        link.font = Font(name="Calibri", size=11, underline="single", color="0B57A4")
    longest = max(len(text) / width for text, width in zip(values, WIDTHS, strict=True))
    worksheet.row_dimensions[row].height = 15 * max(1, int(longest * 1.15) + 1) + 3
