"""What people do to workbooks in the sample story: open, type, save, as a spreadsheet program would."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from dipxl.files import layout
from dipxl.files.packages import canonical
from dipxl.files.row_height import fit_height
from dipxl.model.columns import sheet
from dipxl.model.text import fold

Cells = Mapping[str, str]


@contextmanager
def opened(source: Path, target: Path) -> Iterator[Workbook]:
    """Open a workbook and save it elsewhere, as a person does who keeps the original."""
    book = load_workbook(source)
    yield book
    target.parent.mkdir(parents=True, exist_ok=True)
    saved = io.BytesIO()
    book.save(saved)
    target.write_bytes(canonical(saved.getvalue()))  # else the story told twice would leave other bytes


def keys(worksheet: Worksheet) -> tuple[int, dict[str, int]]:
    """The hidden key row of a sheet: its row, and the column number of each key."""
    for row in worksheet.iter_rows(max_row=20):
        found = {str(c.value): c.column for c in row if c.value and layout.parse_key(str(c.value))}
        if len(found) > 1 and row[0].row:
            return row[0].row, {key: column for key, column in found.items() if column}
    raise LookupError(worksheet.title)


def type_head(worksheet: Worksheet, cells: Cells) -> None:
    """Type into the cell right of each label."""
    labels = {fold(column.label): column.name for kind in ("kepala", "kantor") for column in sheet(kind)}
    for row in worksheet.iter_rows(max_row=_head_end(worksheet)):
        for cell in row:
            name = labels.get(fold(str(cell.value or "")), "")
            if name in cells and cell.row and cell.column:
                _value_cell(worksheet, cell.row, cell.column).value = cells[name]


def add_rows(worksheet: Worksheet, kind: str, rows: Iterable[Cells]) -> None:
    """Type entries into the first free rows of a table."""
    key_row, columns = keys(worksheet)
    named = {key.split(".")[1]: column for key, column in columns.items() if key.startswith(f"{kind}.")}
    first = key_row + (3 if worksheet.cell(key_row + 2, 1).value == layout.EXAMPLE_MARK else 2)
    identity = next(column for name, column in named.items() if name in ("ringkasan", "informasi", "peran", "nama"))
    free = next(row for row in range(first, first + layout.ENTRY_ROWS) if not worksheet.cell(row, identity).value)
    for number, row in enumerate(rows, start=free):
        for name, text in row.items():
            if text and name in named:
                worksheet.cell(number, named[name]).value = text
        fit_row(worksheet, number)


def edit_rows(worksheet: Worksheet, edits: Mapping[str, Cells], *, by: str = "daftar.ringkasan") -> None:
    """Change cells, given by key, of the rows whose text in column `by` begins as named."""
    key_row, columns = keys(worksheet)
    for number in range(key_row + 2, (worksheet.max_row or 0) + 1):
        text = str(worksheet.cell(number, columns[by]).value or "")
        if worksheet.cell(number, 1).value == layout.EXAMPLE_MARK:
            continue
        for start, cells in edits.items():
            if text and text.startswith(start):
                for key, value in cells.items():
                    worksheet.cell(number, columns[key]).value = value


def _head_end(worksheet: Worksheet) -> int:
    """The last row of a sheet's head: above the table, where there is one."""
    try:
        return keys(worksheet)[0]
    except LookupError:
        return 40


def _value_cell(worksheet: Worksheet, row: int, column: int) -> Cell:
    """The cell that a label speaks of: the next one to the right that is open for typing."""
    for place in range(column + 1, column + 4):
        cell = worksheet.cell(row, place)
        if isinstance(cell, Cell) and not cell.protection.locked:
            return cell
    raise LookupError(f"{worksheet.title}!{row}")


def fit_row(worksheet: Worksheet, number: int) -> None:
    """Give a row the height that its wrapped text needs, as a spreadsheet program does while one types."""
    cells = [
        (str(cell.value or ""), worksheet.column_dimensions[cell.column_letter].width)
        for cell in worksheet[number]
        if isinstance(cell, Cell)
    ]
    worksheet.row_dimensions[number].height = fit_height(cells)
