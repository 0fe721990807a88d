"""Entries as they were typed: columns of text, each cell with its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Cell:
    """A cell's address and its text as typed."""

    sheet: str
    address: str
    text: str


@dataclass(frozen=True)
class MappedHeading:
    """How a heading of another office's list was understood: as which field, how surely from 0 to 100."""

    sheet: str
    cell: str
    text: str
    field: str
    score: float
    sample: str = ""


@dataclass(frozen=True)
class Row:
    """An entry: its Excel row number and its filled cells by column key, such as `daftar.ringkasan`."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class ReadTable:
    """A table found on a sheet.

    `letters` are the Excel letters of its columns by key, `numbers` the Excel rows of its entries, `columns` their
    texts by key ("" for blank), all equally long. `origins` says by row and key where a text stands that is not in
    its own row and column: in a merged cell above, in the heading of a part, under a tick.
    """

    sheet: str
    letters: Mapping[str, str]
    numbers: tuple[int, ...] = ()
    columns: Mapping[str, list[str]] = field(default_factory=dict)
    origins: Mapping[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        keys = list(self.columns)
        lines = zip(*self.columns.values(), strict=True)
        return tuple(
            Row(number, {key: text for key, text in zip(keys, line, strict=True) if text})
            for number, line in zip(self.numbers, lines, strict=True)
        )

    def addresses(self, key: str, number: int) -> tuple[str, ...]:
        """Where the text of a column stands for a row; of a column that the sheet has not, the row's first cell."""
        found = self.origins.get((number, key))
        return found or (f"{self.letters.get(key, 'A')}{number}",)

    def address(self, key: str, number: int) -> str:
        return self.addresses(key, number)[0]
