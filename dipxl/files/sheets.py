"""Writes any table that dipxl asks people to fill or read: headings, hints, drop-downs, rows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dipxl.files import layout
from dipxl.files.layout import Stamp
from dipxl.files.row_height import fit_height
from dipxl.files.theme import Looks
from dipxl.model.columns import Column, Sheet

MADE = datetime(2020, 1, 1, tzinfo=UTC)  # one creation time for all workbooks: equal content, equal bytes
LONGEST_CELL = 32_767
LONGEST_PROMPT, LONGEST_PROMPT_TITLE = 255, 32
CUT_MARK = " … (dipotong)"


class Book:
    """A workbook in the making: its formats, its lists for drop-downs, and its stamp."""

    def __init__(self, stamp: Stamp, title: str) -> None:
        self._bytes = io.BytesIO()
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        }
        self.workbook = xlsxwriter.Workbook(self._bytes, options)
        self.workbook.set_properties({"title": title, "keywords": str(stamp), "created": MADE, "author": "dipxl"})
        self.workbook.set_custom_property("dipxl", str(stamp))
        self.look = Looks(self.workbook)
        self._stamp = stamp
        self._lists: dict[tuple[str, ...], str] = {}
        self._names: list[tuple[str, tuple[str, ...]]] = []

    def sheet(self, title: str) -> Worksheet:
        worksheet = self.workbook.add_worksheet(title)
        worksheet.hide_gridlines(2)
        return worksheet

    def list_name(self, name: str, choices: Sequence[str]) -> str:
        """The defined name of a list of choices; lists are written on a hidden sheet at the end."""
        key = tuple(choices)
        if key not in self._lists:
            self._lists[key] = f"pilihan_{name}"
            self._names.append((self._lists[key], key))
        return self._lists[key]

    def drop_down(self, worksheet: Worksheet, cells: tuple[int, int, int, int], column: Column) -> None:
        """Give the cells their drop-down, input message and error sentence."""
        rule: dict[str, Any] = {"validate": "any"}
        if column.choices:
            rule = {"validate": "list", "source": f"={self.list_name(column.name, column.choices)}"}
            if column.open_list or column.several:
                rule |= {"error_type": "information", "show_error": False}
            rule |= {"error_title": "Pilihan tidak ada", "error_message": "Pilih salah satu dari daftar."}
        if column.hint:
            rule |= {"input_title": column.label[:LONGEST_PROMPT_TITLE], "input_message": _short(column.hint)}
        refused = worksheet.data_validation(*cells, rule)
        if refused:
            raise ValueError(column.key)  # xlsxwriter only warns, and the drop-down would be missing

    def close(self) -> bytes:
        """Write the hidden sheets and return the finished workbook."""
        self._write_lists()
        stamp = self.workbook.add_worksheet(layout.STAMP_SHEET)
        stamp.hide()
        stamp.write_string(0, 0, str(self._stamp))
        self.workbook.define_name(layout.STAMP_NAME, f"={layout.STAMP_SHEET}!$A$1")
        self.workbook.close()
        return self._bytes.getvalue()

    def _write_lists(self) -> None:
        if not self._names:
            return
        worksheet = self.workbook.add_worksheet(layout.LISTS_SHEET)
        worksheet.hide()
        for place, (name, choices) in enumerate(self._names):
            worksheet.write_column(0, place, choices)
            letter = layout.letters(place)
            self.workbook.define_name(name, f"={layout.LISTS_SHEET}!${letter}$1:${letter}${len(choices)}")


@dataclass(frozen=True)
class Table:
    """A table to write: its columns, where its hidden key row stands, its rows, and who may edit what.

    `filled` names the columns that the reader of this workbook fills; the others are locked context.
    `rows` hold text by column key, such as `daftar.ringkasan`.
    """

    columns: tuple[Column, ...]
    key_row: int
    rows: Sequence[Mapping[str, str]] = ()
    filled: frozenset[str] = frozenset()
    example: bool = False
    blank_rows: int = 0

    @property
    def heading_row(self) -> int:
        return self.key_row + 1

    @property
    def first_row(self) -> int:
        return self.key_row + (3 if self.example else 2)

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) + self.blank_rows - 1


def write_table(book: Book, worksheet: Worksheet, table: Table) -> None:
    """Write the hidden key row, headings, example, rows, blank rows and drop-downs of a table."""
    _write_headings(book, worksheet, table)
    if table.example:
        _write_example(book, worksheet, table)
    for offset, row in enumerate(table.rows):
        _write_row(book, worksheet, table, table.first_row + offset, row)
    for number in range(table.first_row + len(table.rows), table.last_row + 1):
        _write_row(book, worksheet, table, number, {})
    worksheet.repeat_rows(table.heading_row)
    last = table.first_row + layout.ENTRY_ROWS - 1 if table.blank_rows else table.last_row
    for place, column in enumerate(table.columns):
        if column.key in table.filled and last >= table.first_row:
            book.drop_down(worksheet, (table.first_row, place, last, place), column)


def text(worksheet: Worksheet, row: int, column: int, value: str, look: Any) -> None:
    """Write a person's text as text, never as a formula, link or error; too long is cut with a mark."""
    if len(value) > LONGEST_CELL:
        value = value[: LONGEST_CELL - len(CUT_MARK)] + CUT_MARK
    if value:
        worksheet.write_string(row, column, value, look)
    else:
        worksheet.write_blank(row, column, None, look)


def _entry_role(column: Column, table: Table) -> str:
    if column.key not in table.filled:
        return "locked" if table.filled else "cell"
    return "entry_required" if column.required else "entry"


def print_setup(worksheet: Worksheet, paper: str, *, heading: str = "") -> None:
    """Landscape, one page wide, page numbers in Indonesian; F4 is nearest to Excel's 8.5 x 13 inch."""
    worksheet.set_landscape()
    worksheet.set_paper(9 if paper == "A4" else 14)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.set_footer(f"&L&8 {heading.replace('&', '&&')}&R&8Halaman &P dari &N")


def _write_headings(book: Book, worksheet: Worksheet, table: Table) -> None:
    worksheet.set_row(table.key_row, None, None, {"hidden": True})
    for place, column in enumerate(table.columns):
        role = "heading" if column.required and column.key in table.filled else "heading_optional"
        worksheet.write_string(table.key_row, place, column.key, book.look("key"))
        worksheet.write_string(table.heading_row, place, column.heading, book.look(role))
    headings = [(column.heading, column.width) for column in table.columns]
    worksheet.set_row(table.heading_row, fit_height(headings, least=2, bold=True))


def _write_example(book: Book, worksheet: Worksheet, table: Table) -> None:
    row = table.heading_row + 1
    examples = ["" if column.filled_by == "dipxl" else column.example for column in table.columns]
    cells = list(zip([layout.EXAMPLE_MARK, *examples[1:]], table.columns, strict=True))
    for place, (value, _) in enumerate(cells):
        text(worksheet, row, place, value, book.look("example"))
    worksheet.set_row(row, fit_height([(value, column.width) for value, column in cells]))


def _write_row(book: Book, worksheet: Worksheet, table: Table, number: int, row: Mapping[str, str]) -> None:
    for place, column in enumerate(table.columns):
        text(worksheet, number, place, row.get(column.key, ""), book.look(_entry_role(column, table)))
    if row:
        worksheet.set_row(number, fit_height([(row.get(c.key, ""), c.width) for c in table.columns]))


def set_widths(worksheet: Worksheet, book: Book, table: Table) -> None:
    """Column widths; where rows may be added below, cells there are open for entry as text."""
    for place, column in enumerate(table.columns):
        open_below = table.blank_rows and column.key in table.filled
        look = book.look("entry", border=0, bg_color="#FFFFFF") if open_below else None
        worksheet.set_column(place, place, column.width, look)


def _short(hint: str) -> str:
    return hint if len(hint) <= LONGEST_PROMPT else hint[: LONGEST_PROMPT - 1] + "…"


def as_rows(sheet: Sheet, rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Rows by column name, as rows by column key of one sheet."""
    return [{column.key: row.get(column.name, "") for column in sheet} for row in rows]
