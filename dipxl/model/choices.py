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
_ENUMERATED = re.compile(r"(?:[a-z]|\d{1,2}|[ivx]{1,4})[.)]\s*")
_APART = re.compile(r"[^a-z0-9]")


def certain(column: Column, text: str) -> str | None:
    """The choice that the text certainly means: itself, another case, spacing or punctuation, or an accepted spelling.

    A number before it does not matter ("A. Berkala") where the choices themselves have none.
    """
    key = _key(text)
    known = spellings(column)
    found = known.get(key) or _tight_spellings(column.sheet, column.name).get(_tight(key))
    if found or any(_ENUMERATED.match(fold(choice)) for choice in column.choices):
        return found
    return known.get(_ENUMERATED.sub("", key, count=1))


def candidate(column: Column, text: str) -> str | None:
    """The choice that the text most resembles, to be asked and never to be taken; letters without a word give none."""
    folded = fold(text)
    scores = {
        choice: (fuzz.WRatio(folded, fold(choice)), fuzz.ratio(folded, fold(choice))) for choice in column.choices
    }
    best = max(scores, key=scores.__getitem__, default=None)
    alike = best is not None and scores[best][0] >= CLOSE_ENOUGH_TO_ASK
    return best if alike and _WORD.search(folded) else None


def spellings(column: Column) -> Mapping[str, str]:
    """Each choice by all its certain spellings, which are keys and not for show."""
    return _spellings(column.sheet, column.name)


def _key(text: str) -> str:
    """The words of a text; how they are joined does not matter ("soft & hard copy", "soft/hard copy")."""
    return " ".join(_JOINS.sub(" ", fold(text)).split())


def _tight(key: str) -> str:
    """The letters and digits of a key: "s o f t c o p y" and "(softcopy)" are one."""
    return _APART.sub("", key)


@cache
def _spellings(sheet_name: str, name: str) -> Mapping[str, str]:
    column = sheet(sheet_name)[name]
    known = {_key(choice): choice for choice in column.choices}
    for choice, others in column.accepts.items():
        known |= {_key(other): choice for other in others}
    return known


@cache
def _tight_spellings(sheet_name: str, name: str) -> Mapping[str, str]:
    return {_tight(key): choice for key, choice in _spellings(sheet_name, name).items() if _tight(key)}
