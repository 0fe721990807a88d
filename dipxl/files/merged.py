"""The rows of many files made one frame of text, each row still known by its file, sheet and Excel row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import pandas as pd

from dipxl.files.returned import ReadTable, Returned
from dipxl.model.columns import sheet
from dipxl.model.findings import Place

WHERE = ("file", "row", "sheet")  # columns of a merged frame that say where a row stands


@dataclass(frozen=True)
class Piece:
    """A run of rows of the merged frame that stand in one table of one file, or the head cells of a file."""

    file: int
    sheet: str
    numbers: Sequence[int]
    table: ReadTable | None = None
    prefix: str = ""
    cells: Mapping[str, Place] = field(default_factory=dict)

    def place(self, column: str, number: int) -> Place:
        """The cell of a column; where the sheet has none, the row's first cell, or just the sheet for a head."""
        if self.table is None:
            return self.cells.get(column) or Place(self.sheet, "")
        return Place(self.sheet, self.table.address(self.prefix + column, number))

    def has(self, column: str) -> bool:
        return self.table is None or f"{self.prefix}{column}" in self.table.letters


@dataclass(frozen=True)
class Merged:
    """The rows of one kind of sheet from all files as one frame, and where each of them stands."""

    frame: pd.DataFrame
    pieces: Sequence[Piece]
    starts: Sequence[int]

    def piece(self, row: int) -> tuple[Piece, int]:
        """The piece that a row of the frame belongs to, and its number on the sheet."""
        place = bisect_right(self.starts, row) - 1
        return self.pieces[place], self.pieces[place].numbers[row - self.starts[place]]


def merged_heads(returned: Sequence[Returned], name: str) -> Merged:
    """The head cells of each file that has a table and should have them, a row for each file."""
    pieces, rows = [], []
    asked = {column.name for column in sheet(name) if column.required}
    for number, file in enumerate(returned):
        cells = {**file.blank_head, **file.head}
        if file.tables and (file.stamp or asked & {*cells}):  # an office's own list has no such head
            places = {n: Place(cell.sheet, cell.address) for n, cell in cells.items()}
            pieces.append(Piece(number, sheet(name).title, (0,), cells=places))
            rows.append({c.name: file.head[c.name].text if c.name in file.head else "" for c in sheet(name)})
    names = _names(name)
    return _framed(names, {n: [row.get(n, "") for row in rows] for n in names}, pieces)


def merged_rows(returned: Sequence[Returned], name: str) -> Merged:
    """The rows of every table that has columns of this kind."""
    prefix, names = f"{name}.", _names(name)
    columns: dict[str, list[str]] = {column: [] for column in names}
    pieces = []
    for number, file in enumerate(returned):
        for table in file.tables:
            if not any(key.startswith(prefix) for key in table.columns):
                continue
            pieces.append(Piece(number, table.sheet, table.numbers, table, prefix))
            blank = [""] * len(table.numbers)
            for column in names:
                columns[column] += table.columns.get(f"{prefix}{column}", blank)
            if not any(table.columns.get(f"{prefix}kode", blank)):
                columns["kode"][-len(blank) or len(columns["kode"]) :] = table.columns.get("daftar.kode", blank)
    return _framed(names, columns, pieces)


def _names(name: str) -> list[str]:
    return list(dict.fromkeys([*(column.name for column in sheet(name)), "kode"]))


def _framed(names: Sequence[str], columns: Mapping[str, list[str]], pieces: Sequence[Piece]) -> Merged:
    sizes = [len(piece.numbers) for piece in pieces]
    frame = pd.DataFrame({n: pd.array(columns[n], dtype="str") for n in names})
    frame["file"] = pd.array([piece.file for piece in pieces for _ in piece.numbers], dtype="int32")
    frame["row"] = pd.array([number for piece in pieces for number in piece.numbers], dtype="int32")
    frame["sheet"] = pd.array([piece.sheet for piece in pieces for _ in piece.numbers], dtype="str")
    return Merged(frame, pieces, [0, *accumulate(sizes)][:-1])
