"""Workbooks that leave the office: no stamp, no hidden sheet, nobody's name in their properties."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from dipxl.files import sheets
from dipxl.files.row_height import LINE_HEIGHT, fit_height
from dipxl.files.theme import Looks


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
        self._end(max(self._look(role, **more).font_size * 1.4, LINE_HEIGHT))

    def row(self, cells: Sequence[str], looks: Sequence[Format]) -> None:
        for place, (cell, look) in enumerate(zip(cells, looks, strict=True)):
            sheets.text(self.sheet, self.next, place, cell, look)
        self._end(
            max(fit_height([(c, w)], bold=look.bold) for c, w, look in zip(cells, self._widths, looks, strict=True))
        )

    def across(self, text: str, role: str, **more: Any) -> None:
        """One cell over all columns."""
        look = self._look(role, **more)
        for place in range(1, len(self._widths)):
            self.sheet.write_blank(self.next, place, None, look)
        self.sheet.merge_range(self.next, 0, self.next, len(self._widths) - 1, "", look)
        sheets.text(self.sheet, self.next, 0, text, look)
        self._end(fit_height([(text, sum(self._widths))], bold=look.bold) + 4)

    def headings(self, labels: Sequence[str]) -> None:
        """The table's headings, seen while scrolling and repeated on every printed page."""
        self.sheet.repeat_rows(self.next)
        self.sheet.freeze_panes(self.next + 1, 0)
        self.row(labels, [self._look("heading")] * len(labels))

    def _end(self, height: float) -> None:
        self.sheet.set_row(self.next, height)
        self.next += 1
