"""Whether a text can be the name of a place."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from dipxl.model.data import load
from dipxl.model.dates import spelt_months

_LONGEST = 60
_MONTH_LIKE = 80
_LETTERS = r"[A-Z](?:[^\W\d_]|['.’-])*"
_NAME = re.compile(rf"(?=(?:.*?[^\W\d_]){{3}}){_LETTERS}(?:,? (?:{_LETTERS}|\({_LETTERS}(?: {_LETTERS})*\))){{0,5}}")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_ALIKE = 4  # of shorter words nearly every one is like a month


def is_place(text: str) -> bool:
    """True for "Tanjung Asri" or "Kota Samarinda": words with capitals that are no words of papers or times."""
    return len(text) <= _LONGEST and bool(_NAME.fullmatch(text)) and not any(map(_says_otherwise, _WORD.findall(text)))


@cache
def _month_words() -> tuple[str, ...]:
    return tuple(name for name in spelt_months() if len(name) >= _SHORTEST_ALIKE)


@cache
def _other_words() -> frozenset[str]:
    return frozenset(load("places")["other_words"])


def _says_otherwise(word: str) -> bool:
    word = word.casefold()
    if word in _other_words() or word in spelt_months():
        return True
    return any(fuzz.ratio(word, name) >= _MONTH_LIKE for name in _month_words())
