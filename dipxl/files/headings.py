"""Finds the heading row of a table: by the hidden key row, else by the headings themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from dipxl.files.layout import parse_key
from dipxl.model.columns import sheets
from dipxl.model.text import fold, visible

SEARCHED_ROWS = 60
ENOUGH_HEADINGS = 3


@dataclass(frozen=True)
class Heading:
    """A heading row: rows counted from 0, column keys by place, headings that nobody knows by place.

    `top` is the first row that belongs to the heading, the key row where there is one.
    """

    row: int
    top: int
    keys: Mapping[int, str]
    unknown: Mapping[int, str] = field(default_factory=dict)


def find_heading(grid: list[list[str]]) -> Heading | None:
    """The heading of the first table on a sheet, or None."""
    return _by_keys(grid) or _by_labels(grid)


def _by_keys(grid: list[list[str]]) -> Heading | None:
    for number, line in enumerate(grid[:SEARCHED_ROWS]):
        keys: dict[int, str] = {}
        for place, text in enumerate(line):
            key = parse_key(text)
            if key and _known(*key) and ".".join(key) not in keys.values():  # of a copied column the first counts
                keys[place] = ".".join(key)
        if len(keys) >= ENOUGH_HEADINGS - 1:
            headings = grid[number + 1] if number + 1 < len(grid) else []
            unknown = {p: text for p, text in enumerate(headings) if p not in keys and visible(text)}
            return Heading(number + 1, number, keys, unknown)
    return None


def _by_labels(grid: list[list[str]]) -> Heading | None:
    best: Heading | None = None
    for number, line in enumerate(grid[:SEARCHED_ROWS]):
        for spellings in _spellings().values():
            keys: dict[int, str] = {}
            for place, text in enumerate(line):
                key = spellings.get(fold(text))
                if key and key not in keys.values():
                    keys[place] = key
            if len(keys) >= ENOUGH_HEADINGS and (best is None or len(keys) > len(best.keys)):
                unknown = {p: text for p, text in enumerate(line) if p not in keys and visible(text)}
                best = Heading(number, number, keys, unknown)
    return best


def _known(sheet_name: str, name: str) -> bool:
    return sheet_name in sheets() and any(column.name == name for column in sheets()[sheet_name])


@cache
def _spellings() -> Mapping[str, Mapping[str, str]]:
    """For each kind of sheet, its column keys by every spelling of their heading."""
    return {
        spec.name: {fold(text): c.key for c in spec for text in (c.label, c.heading, c.annex, *c.aliases) if text}
        for spec in sheets().values()
        if not spec.head
    }
