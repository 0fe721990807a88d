"""Lists that offices keep of their own: no form, no stamp, other headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import range_boundaries
from told import Told, answered, entry, is_blank

from dipxl.model.columns import sheet

TITLE = "DIP 2025"
COLUMNS = ("ringkasan", "menguasai", "penanggung_jawab", "waktu", "tempat", "bentuk", "retensi", "keterangan")
HEADINGS = {name: sheet("daftar")[name].label for name in COLUMNS}
NUMBERS = {"no", "no.", "nomor", "#", "no urut"}

Grid = Sequence[Sequence[Any]]


def table(*numbers: int, headings: dict[str, str] | None = None, columns: Sequence[str] = COLUMNS) -> list[list[Any]]:
    """A heading row and entries under the form's own headings, but for those that are named."""
    titles = HEADINGS | (headings or {})
    return [[titles[name] for name in columns], *([entry(number)[name] for name in columns] for number in numbers)]


def lay(worksheet: Any, grid: Grid, at: str = "A1") -> None:
    """Write a grid of values with its top left cell at an address."""
    left, top, _, _ = range_boundaries(at)
    for row, values in enumerate(grid, start=top):
        for column, value in enumerate(values, start=left):
            if value is not None:
                worksheet.cell(row, column).value = value


def workbook(**sheets: Grid) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for title, grid in sheets.items():
        lay(book.create_sheet(title.replace("_", " ")), grid)
    return book


def listed(
    folder: Path,
    grid: Grid,
    *,
    at: str = "A1",
    headings: Sequence[int] = (1,),
    edit: Callable[[Any], None] | None = None,
) -> Told:
    """An office's own list as one sheet, read; `headings` are the rows of the grid that stand above the entries."""
    book = Workbook()
    worksheet = book.active
    worksheet.title = TITLE
    lay(worksheet, grid, at)
    if edit:
        edit(worksheet)
    told = told_of(folder, book)
    top = range_boundaries(at)[1]
    told.unclear |= {
        (TITLE, cell.coordinate)
        for cell in worksheet._cells.values()
        if cell.row - top + 1 in headings or _counted(cell)
    }
    return told


def told_of(folder: Path, book: Workbook, name: str = "daftar kantor.xlsx") -> Told:
    """A workbook that was never a form, read: every cell in it was typed."""
    cells = [(sheet.title, cell) for sheet in book.worksheets for cell in sheet._cells.values()]
    typed = {
        (title, cell.coordinate): str(cell.value)
        for title, cell in cells
        if cell.value is not None and not is_blank(cell.value)
    }
    path = folder / name
    book.save(path)
    return Told(path, answered(path), typed)


def _counted(cell: Any) -> bool:
    """True for a number in the column of numbers, which dipxl writes anew."""
    column = [other for other in list(cell.parent._cells.values()) if other.column == cell.column]
    above = {str(other.value).casefold() for other in column if other.row < cell.row}
    return str(cell.value).strip(".").isdigit() and bool(above & NUMBERS)
