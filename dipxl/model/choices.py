"""A typed value against a column's choices: exact, certainly meant, or to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rapidfuzz import fuzz, process

from dipxl.model.columns import Column, sheet
from dipxl.model.text import fold

CLOSE_ENOUGH_TO_ASK = 70


def certain(column: Column, text: str) -> str | None:
    """The choice that the text certainly means: itself, another case or spacing, or an accepted spelling."""
    return _spellings(column.sheet, column.name).get(_key(text))


def candidate(column: Column, text: str) -> str | None:
    """The choice that the text most resembles, to be asked and never to be taken."""
    folded = [fold(choice) for choice in column.choices]
    best = process.extract(fold(text), folded, scorer=fuzz.WRatio, limit=1, score_cutoff=CLOSE_ENOUGH_TO_ASK)
    return column.choices[best[0][2]] if best else None


def _key(text: str) -> str:
    return fold(text).replace("-", " ").replace("  ", " ")


@cache
def _spellings(sheet_name: str, name: str) -> Mapping[str, str]:
    column = sheet(sheet_name)[name]
    spellings = {_key(choice): choice for choice in column.choices}
    for choice, others in column.accepts.items():
        spellings |= {_key(other): choice for other in others}
    return spellings
