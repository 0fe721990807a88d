"""Workbooks that leave the office: no stamp, no hidden sheet, nobody's name in their properties."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import CHAR_WIDTHS

from dipxl.files import sheets
from dipxl.files.theme import Looks

_DIGIT = 7  # pixels; a column's width counts digits of Calibri 11
_WIDEST = 9  # pixels; for a character whose width is not known
_AIR = 12  # pixels of a cell that its text cannot use


class PublicBook:
    """A workbook in the making; `close` returns it, equal bytes for equal content."""

    def __init__(self, title: str, office: str) -> None:
        self._bytes = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        self.workbook.set_properties({"title": title, "company": office, "author": office, "created": sheets.MADE})
        self.look = Looks(self.workbook)

    def page(self, name: str, widths: Sequence[float]) -> Page:
        return Page(self, name, widths)

    def close(self) -> bytes:
        self.workbook.close()
        return self._bytes.getvalue()


class Page:
    """A sheet that is filled from the top down, each row as high as its text needs; `next` is the row to come."""

    def __init__(self, book: PublicBook, name: str, widths: Sequence[float]) -> None:
        self.sheet = book.workbook.add_worksheet(name)
        self.sheet.hide_gridlines(2)
        self.next = 0
        self._look = book.look
        self._widths = widths
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)

    def skip(self) -> None:
        self.next += 1

    def line(self, text: str, role: str, **more: Any) -> None:
        """One line of text that runs on over the columns."""
        sheets.text(self.sheet, self.next, 0, text, self._look(role, **more))
        self._end(max(self._look(role, **more).font_size * 1.4, sheets.LINE_HEIGHT))

    def row(self, cells: Sequence[str], looks: Sequence[Format]) -> None:
        for place, (cell, look) in enumerate(zip(cells, looks, strict=True)):
            sheets.text(self.sheet, self.next, place, cell, look)
        self._end(max(map(_height, cells, self._widths, looks)))

    def across(self, text: str, role: str, **more: Any) -> None:
        """One cell over all columns."""
        look = self._look(role, **more)
        for place in range(1, len(self._widths)):
            self.sheet.write_blank(self.next, place, None, look)
        self.sheet.merge_range(self.next, 0, self.next, len(self._widths) - 1, "", look)
        sheets.text(self.sheet, self.next, 0, text, look)
        self._end(_height(text, sum(self._widths), look) + 4)

    def headings(self, labels: Sequence[str]) -> None:
        """The table's headings, seen while scrolling and repeated on every printed page."""
        self.sheet.repeat_rows(self.next)
        self.sheet.freeze_panes(self.next + 1, 0)
        self.row(labels, [self._look("heading")] * len(labels))

    def _end(self, height: float) -> None:
        self.sheet.set_row(self.next, height)
        self.next += 1


def _height(text: str, width: float, look: Format) -> float:
    """The points that a text takes when wrapped in a column of this width, up to Excel's 409."""
    room = (width * _DIGIT - _AIR) * (0.9 if look.bold else 1)
    return min(sum(_lines(line, room) for line in text.split("\n")) * sheets.LINE_HEIGHT + 4, 409)


def _lines(text: str, room: float) -> int:
    """The lines that the words take in so many pixels; a word too long for a line is broken."""
    lines, left = 1, room
    for word in text.split():
        need = sum(CHAR_WIDTHS.get(char, _WIDEST) for char in word)
        if need > left and left < room:
            lines, left = lines + 1, room
        lines += max(math.ceil(need * 1.2 / room), 1) - 1 if need > room else 0
        left -= need % room + CHAR_WIDTHS[" "]
    return lines
