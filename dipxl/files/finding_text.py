"""A finding in the words of a table: its cells, what stands there, which row it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from dipxl.files.layout import spans
from dipxl.model.findings import Finding

_ROW = re.compile(r"\d+$")


def named(found: Iterable[Finding], words: Mapping[tuple[str, int], str]) -> tuple[Finding, ...]:
    """The findings with the first words of each row that they speak of, given by sheet and Excel row."""
    return tuple(_named(one, words) for one in found)


def _named(found: Finding, words: Mapping[tuple[str, int], str]) -> Finding:
    numbers = [int(digits[0]) if (digits := _ROW.search(cell)) else 0 for cell in found.cells]
    rows = tuple(words.get((found.sheet, number), "") for number in numbers)
    return replace(found, rows=rows) if any(rows) else found


def where(found: Finding) -> str:
    """The sheet and cells: "Daftar Informasi!D11-D13, D20"."""
    return f"{found.sheet}!{spans(found.cells)}" if found.cells else found.sheet


def what(found: Finding) -> str:
    """The heading, what stands there and the row: `Retensi: "2025"; Laporan Kinerja … dan 2 baris lain`."""
    seen = f'"{found.value}"' if found.value else ""
    cell = ": ".join(part for part in (found.column, seen) if part)
    row = "" if found.value and found.value == found.row_text else rows(found)
    return "; ".join(part for part in (cell, row) if part)


def rows(found: Finding) -> str:
    """The first words of the first row, and how many more there are."""
    more = len(found.cells) - 1
    return f"{found.row_text} dan {more} baris lain" if found.row_text and more else found.row_text
