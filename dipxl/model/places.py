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
_ROMAN, _VOWEL = re.compile("[IVX]+"), re.compile("[AEIOU]")
_UNITS = ("tahun", "bulan", "triwulan", "semester", "tanggal")
_SHORTEST_ALIKE = 4  # of shorter words nearly every one is like a month


def is_place(text: str) -> bool:
    """True for "Tanjung Asri" or "Kota Samarinda": words with capitals that are no words of papers or times."""
    return len(text) <= _LONGEST and bool(_NAME.fullmatch(text)) and not any(map(_says_otherwise, _WORD.findall(text)))


@cache
def _time_words() -> tuple[str, ...]:
    return (*_UNITS, *(name for name in spelt_months() if len(name) >= _SHORTEST_ALIKE))


@cache
def _other_words() -> frozenset[str]:
    return frozenset(load("places")["other_words"])


def _says_otherwise(word: str) -> bool:
    """True for a word of papers or times, one that is like a month, a Roman number, or letters that nobody can say."""
    if word.isupper() and (_ROMAN.fullmatch(word) or not _VOWEL.search(word)):
        return True
    word = word.casefold()
    if word in _other_words() or word in spelt_months():
        return True
    return any(fuzz.ratio(word, name) >= _MONTH_LIKE for name in _time_words())
