"""The sheet that stands in front of a marked workbook, written as a part of its package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from dipxl.files import layout
from dipxl.files.patch_package import MAIN
from dipxl.files.patch_strings import Strings, clean
from dipxl.files.patch_styles import Styles

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PAPER = 14  # 8.5 x 13 inch, the nearest to F4
_END = (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    f'<pageSetup paperSize="{_PAPER}" orientation="landscape" fitToHeight="0"/></worksheet>'
)


@dataclass(frozen=True)
class FrontCell:
    """A text in one of the theme's roles; `link` is a place in the workbook such as "'Daftar Informasi'!F15"."""

    text: str = ""
    role: str = "cell"
    link: str = ""


@dataclass(frozen=True)
class FrontRow:
    """Cells from column A on; the row's height in points, 0 for the usual one."""

    cells: Sequence[FrontCell]
    height: float = 0


@dataclass(frozen=True)
class FrontSheet:
    """The sheet "Perbaikan": column widths, rows from the first on, and the row that stays in sight (0 for none)."""

    widths: Sequence[float]
    rows: Sequence[FrontRow]
    heading_row: int = 0
    title: str = layout.REPAIR_SHEET


def place_of(sheet: str, address: str) -> str:
    """A cell as links name it."""
    return "'{}'!{}".format(sheet.replace("'", "''"), address)


def front_part(front: FrontSheet, strings: Strings, styles: Styles) -> bytes:
    """The XML of the sheet."""
    pieces = [
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">',
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">{_frozen(front.heading_row)}',
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
        *_columns(front.widths),
        "<sheetData>",
        *(_row(number, row, strings, styles) for number, row in enumerate(front.rows, start=1)),
        "</sheetData>",
        *_links(front.rows),
        _END,
    ]
    return "".join(pieces).encode()


def _frozen(rows: int) -> str:
    if not rows:
        return ""
    return f'<pane ySplit="{rows}" topLeftCell="A{rows + 1}" activePane="bottomLeft" state="frozen"/>'


def _columns(widths: Sequence[float]) -> Iterator[str]:
    if widths:
        yield "<cols>"
        for number, width in enumerate(widths, start=1):
            yield f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
        yield "</cols>"


def _row(number: int, row: FrontRow, strings: Strings, styles: Styles) -> str:
    height = f' ht="{row.height:g}" customHeight="1"' if row.height else ""
    cells = [_cell(layout.address(number - 1, n), cell, strings, styles) for n, cell in enumerate(row.cells)]
    return f'<row r="{number}"{height}>{"".join(cells)}</row>'


def _cell(address: str, cell: FrontCell, strings: Strings, styles: Styles) -> str:
    style = styles.role(cell.role)
    if not cell.text:
        return f'<c r="{address}" s="{style}"/>'
    return f'<c r="{address}" s="{style}" t="s"><v>{strings.place(cell.text)}</v></c>'


def _links(rows: Sequence[FrontRow]) -> Iterator[str]:
    linked = [
        (layout.address(row, place), cell)
        for row, line in enumerate(rows)
        for place, cell in enumerate(line.cells)
        if cell.link
    ]
    if linked:
        yield "<hyperlinks>"
        for address, cell in linked:
            yield f'<hyperlink ref="{address}" location={quoteattr(clean(cell.link))}/>'
        yield "</hyperlinks>"
