"""How high a row must be for its wrapped text; spreadsheet programs fit a row only while a person types."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.utility import CHAR_WIDTHS

LINE_HEIGHT = 15  # points, of Calibri 11
HIGHEST = 409  # points; Excel knows no higher row
_DIGIT = 7  # pixels; a column's width counts digits of Calibri 11
_WIDEST = 9  # pixels; for a character whose width is not known
_AIR = 12  # pixels of a cell that its text cannot use


def fit_height(cells: Sequence[tuple[str, float]], least: int = 1, *, bold: bool = False) -> float:
    """A row height in points that shows every (text, column width) wrapped."""
    lines = (_wrapped(text, (width * _DIGIT - _AIR) * (0.9 if bold else 1)) for text, width in cells)
    return min(LINE_HEIGHT * max([least, *lines]) + 4, HIGHEST)


def _wrapped(text: str, room: float) -> int:
    return sum(_lines(line, room) for line in text.split("\n"))


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
