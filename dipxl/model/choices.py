"""A typed value against a column's choices: exact, certainly meant, or to be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from rapidfuzz import fuzz

from dipxl.model.columns import Column, sheet
from dipxl.model.text import fold

CLOSE_ENOUGH_TO_ASK = 70
_WORD = re.compile(r"[^\W\d_]{3}")
_JOINS = re.compile(r"[-+&/,]|\bdan\b")


def certain(column: Column, text: str) -> str | None:
    """The choice that the text certainly means: itself, another case or spacing, or an accepted spelling."""
    return _spellings(column.sheet, column.name).get(_key(text))


def candidate(column: Column, text: str) -> str | None:
    """The choice that the text most resembles, to be asked and never to be taken; letters without a word give none."""
    folded = fold(text)
    scores = {
        choice: (fuzz.WRatio(folded, fold(choice)), fuzz.ratio(folded, fold(choice))) for choice in column.choices
    }
    best = max(scores, key=scores.__getitem__, default=None)
    alike = best is not None and scores[best][0] >= CLOSE_ENOUGH_TO_ASK
    return best if alike and _WORD.search(folded) else None


def _key(text: str) -> str:
    """The words of a text; how they are joined does not matter ("soft & hard copy", "soft/hard copy")."""
    return " ".join(_JOINS.sub(" ", fold(text)).split())


@cache
def _spellings(sheet_name: str, name: str) -> Mapping[str, str]:
    column = sheet(sheet_name)[name]
    spellings = {_key(choice): choice for choice in column.choices}
    for choice, others in column.accepts.items():
        spellings |= {_key(other): choice for other in others}
    return spellings
