"""Rows and columns inserted, deleted and moved as Excel does it: merged cells and hidden rows go along."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.worksheet.cell_range import CellRange

Shift = Callable[[int], int | None]


def insert_rows(sheet: Any, at: int, amount: int = 1) -> None:
    _shifted(sheet, lambda: sheet.insert_rows(at, amount), rows=lambda row: row + amount * (row >= at))


def insert_columns(sheet: Any, at: int, amount: int = 1) -> None:
    _shifted(sheet, lambda: sheet.insert_cols(at, amount), columns=lambda column: column + amount * (column >= at))


def delete_rows(sheet: Any, at: int, amount: int = 1) -> None:
    _shifted(sheet, lambda: sheet.delete_rows(at, amount), rows=_without(at, amount))


def delete_columns(sheet: Any, at: int, amount: int = 1) -> None:
    _shifted(sheet, lambda: sheet.delete_cols(at, amount), columns=_without(at, amount))


def reorder_columns(sheet: Any, order: Sequence[int], first_row: int = 8) -> None:
    """Put the columns from `first_row` down into another order: `order[n]` is the old column now in place n + 1.

    Cells merged downwards go along; rows with cells merged across stay as they are.
    """
    areas = [CellRange(area.coord) for area in sheet.merged_cells.ranges if area.max_row >= first_row]
    down = [area for area in areas if area.min_col == area.max_col and area.min_row >= first_row]
    across = {row for area in areas if area not in down for row in range(area.min_row, area.max_row + 1)}
    for area in down:
        sheet.unmerge_cells(area.coord)
    for row in set(range(first_row, sheet.max_row + 1)) - across:
        old = [_content(sheet.cell(row, column)) for column in order]
        for place, (value, kind, style) in enumerate(old, start=1):
            cell = sheet.cell(row, place)
            cell.value, cell.data_type, cell._style = value, kind, style
    for area in down:
        place = order.index(area.min_col) + 1 if area.min_col in order else area.min_col
        sheet.merge_cells(start_row=area.min_row, end_row=area.max_row, start_column=place, end_column=place)


def copy_row(sheet: Any, source: int, target: int) -> None:
    for column in range(1, sheet.max_column + 1):
        if sheet.cell(source, column).value is not None:
            sheet.cell(target, column).value = sheet.cell(source, column).value


def patch_part(path: Path, name: str, *changes: tuple[str, str]) -> Path:
    """Change the XML of one part by regular expressions, each of which must be found."""
    with ZipFile(path) as package:
        parts = {member: package.read(member) for member in package.namelist()}
    for old, new in changes:
        parts[name], found = re.subn(old.encode(), new.encode(), parts[name])
        assert found, old
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for member, data in parts.items():
            package.writestr(member, data)
    return path


def sheet_part(path: Path, title: str) -> str:
    """The name of the part that holds a sheet."""
    with ZipFile(path) as package:
        book, links = (package.read(f"xl/{name}").decode() for name in ("workbook.xml", "_rels/workbook.xml.rels"))
    tag = re.search(rf'<sheet [^>]*name="{re.escape(title)}"[^>]*>', book)
    assert tag
    ident = re.search(r'r:id="([^"]+)"', tag[0])
    assert ident
    link = next(tag for tag in re.findall(r"<Relationship [^>]*>", links) if f'Id="{ident[1]}"' in tag)
    target = re.search(r'Target="/?(?:xl/)?([^"]+)"', link)
    assert target
    return f"xl/{target[1]}"


def store_value(path: Path, title: str, cell: str, value: str) -> Path:
    """Give a formula the text that Excel stores beside it."""
    found = rf'(<c r="{cell}"[^>]*?)(?: t="\w+")?>(<f>.*?</f>)<v ?(?:/>|></v>)'
    return patch_part(path, sheet_part(path, title), (found, rf'\1 t="str">\2<v>{value}</v>'))


def _content(cell: Any) -> tuple[Any, str, Any]:
    return cell.value, cell.data_type, copy(cell._style)


def _without(at: int, amount: int) -> Shift:
    def shift(place: int) -> int | None:
        if place < at:
            return place
        return place - amount if place >= at + amount else None

    return shift


def _same(place: int) -> int | None:
    return place


def _shifted(sheet: Any, act: Callable[[], None], rows: Shift = _same, columns: Shift = _same) -> None:
    """Do it with no cell merged and no row hidden, then merge and hide again where these went."""
    merged = [CellRange(area.coord) for area in sheet.merged_cells.ranges]
    hidden = [row for row, looks in sheet.row_dimensions.items() if looks.hidden]
    for area in merged:
        sheet.unmerge_cells(area.coord)
    for row in hidden:
        sheet.row_dimensions[row].hidden = False
    act()
    for row in hidden:
        if new := rows(row):
            sheet.row_dimensions[new].hidden = True
    for area in merged:
        _merge_again(sheet, area, rows, columns)


def _merge_again(sheet: Any, area: CellRange, rows: Shift, columns: Shift) -> None:
    kept_rows = [new for row in range(area.min_row, area.max_row + 1) if (new := rows(row))]
    kept_columns = [new for column in range(area.min_col, area.max_col + 1) if (new := columns(column))]
    if len(kept_rows) * len(kept_columns) > 1:
        sheet.merge_cells(
            start_row=kept_rows[0], end_row=kept_rows[-1], start_column=kept_columns[0], end_column=kept_columns[-1]
        )
