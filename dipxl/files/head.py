"""Reads what stands above a table: head cells beside their labels, the title, remarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dipxl.files import layout, rowkinds
from dipxl.files.entries import Cell
from dipxl.files.grids import Grid
from dipxl.files.printed import head_labels, hints, is_print
from dipxl.files.tables import Part
from dipxl.files.tally import Tally
from dipxl.model.text import fold
from dipxl.model.vocabulary import UNVALUED

FARTHEST_VALUE = 3  # how many columns right of its label a head cell may stand
OURS_ALONE = ("unit",)  # printed by dipxl and locked


@dataclass
class Head:
    """The head cells of a sheet by name, where the blank ones stand, and the class that its title names."""

    cells: dict[str, Cell] = field(default_factory=dict)
    blanks: dict[str, Cell] = field(default_factory=dict)
    part: Part | None = None


def read_head(grid: Grid, stop: int, tally: Tally, *, ours: bool) -> Head:
    """The head in the lines before `stop`; what is neither head nor dipxl's print is left over."""
    head = Head()
    strays: list[tuple[str, str]] = []
    for number in range(stop):
        strays += _line(grid, number, head, tally, ours=ours)
    head.blanks = {name: cell for name, cell in head.blanks.items() if name not in head.cells}
    head.part = None if ours else _title_part(strays)
    kept = [stray for stray in strays if not head.part or stray[0] not in head.part.cells]
    if ours or stop == len(grid.cells):
        tally.leave(kept)
    elif kept:
        tally.leave(kept, "bukan-entri", kind="judul di atas tabel")
    return head


def _line(grid: Grid, number: int, head: Head, tally: Tally, *, ours: bool) -> Iterator[tuple[str, str]]:
    """Take what a line says of the head; yield the cells that say nothing of it."""
    name, label = "", 0
    for place, text in enumerate(grid.cells[number]):
        if not text or text == grid.title or is_print(text) or _is_beside(grid, number, place, name):
            continue
        address = grid.address(number, place)
        if fold(text) in head_labels():
            name, label = head_labels()[fold(text)], place
            head.blanks.setdefault(name, Cell(grid.title, grid.address(number, place + 1), ""))
        elif name and name not in head.cells and place - label <= FARTHEST_VALUE:
            _take(head, name, Cell(grid.title, address, text), tally, ours=ours)
        elif not ours and not name and (found := _in_one(text)) and found[0] not in head.cells:
            _take(head, found[0], Cell(grid.title, address, found[1]), tally, ours=ours)
        else:
            yield address, text


def _is_beside(grid: Grid, number: int, place: int, name: str) -> bool:
    """True for what dipxl prints beside a label: an explanation, or its own count that no program has calculated."""
    line = grid.cells[number]
    return line[place] == hints().get(name) or (line[place] == UNVALUED and layout.STATUS_LABEL in line[:place])


def _take(head: Head, name: str, cell: Cell, tally: Tally, *, ours: bool) -> None:
    head.cells[name] = cell
    if not (ours and name in OURS_ALONE):
        tally.feed(1)


def _in_one(text: str) -> tuple[str, str] | None:
    """A label and its value in one cell, as in "Unit Kerja : Sekretariat"."""
    label, colon, value = text.partition(":")
    name = head_labels().get(fold(label))
    return (name, value.strip()) if colon and name and value.strip() else None


def _title_part(strays: list[tuple[str, str]]) -> Part | None:
    """The class that a title names for the whole table."""
    parts = [Part(text, (cell,), klass) for cell, text in strays if (klass := rowkinds.class_of(text))]
    return parts[0] if len(parts) == 1 else None
