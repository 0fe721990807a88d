"""What a time that is not certain may mean, to be asked and never to be taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

from rapidfuzz.distance import OSA

from dipxl.model.dates import month_name, spelt_months
from dipxl.model.time_spellings import LETTER_DIGITS, ROMAN_MONTHS

MOST = 3
_THIS_CENTURY = 50  # "49" is 2049, "50" is 1950
_LATE_YEARS = range(20, 36)  # what comes first in a short date may be one of these years
_LONG_WORD = 6
_OTHER_NAMES = ("Tahun", "Anggaran", "Triwulan", "Semester", "bulan", "setiap", "tanggal")
_WORD = re.compile(r"(?<![^\W_])([A-Za-z]{3,10})(?![^\W_])")
_SHORT_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ]'?(\d{2})")
_SHORT_YEAR = re.compile(r"(.*?[^\W\d_]\.?)\s?[-/., ]?\s?['’]?(\d{2})")
_TWO_YEARS = re.compile(r"(.*\d{4}\s?[-/])\s?(\d{2})")
_NUMBER_OF_YEAR = re.compile(r"0?(\d{1,2})[-/. ](\d{4})|(\d{4})[-/. ]0?(\d{1,2})")
_ROMAN_OF_YEAR = re.compile(r"(?i)([IVX]+)\s?[-/., ]\s?(\d{4})|(\d{4})\s?[-/., ]\s?([IVX]+)")
_LETTER_DAY = re.compile(r"([OoIl|]{1,2})\s+(\D.*)")


def guesses(text: str, certain: Callable[[str], str]) -> tuple[str, ...]:
    """The few times that may be meant; `certain` spells a time that is certain, and gives "" for anything else."""
    meant = dict.fromkeys(time for other in _others(text) if (time := certain(other)))
    return tuple(islice(meant, MOST))


def _others(text: str) -> Iterator[str]:
    """Other ways in which the text could have been typed, likely ones first."""
    if found := _SHORT_DATE.fullmatch(text):
        yield f"{_day(found[1])} {_name(found[2])} {_full(found[3])}"
        yield f"{_day(found[2])} {_name(found[1])} {_full(found[3])}"
        if int(found[1]) in _LATE_YEARS:
            yield f"{_day(found[3])} {_name(found[2])} 20{found[1]}"
    if found := _SHORT_YEAR.fullmatch(text):
        yield f"{found[1]} {_full(found[2])}"
        yield f"{_day(found[2])} {found[1]}"
    if found := _TWO_YEARS.fullmatch(text):
        yield found[1] + _full(found[2])
    yield from _numbers_of_a_year(text)
    if found := _LETTER_DAY.fullmatch(text):
        yield f"{found[1].translate(LETTER_DIGITS)} {found[2]}"
    if "(" in text:
        yield " ".join(text.replace("(", " ").replace(")", " ").split())
    yield from _other_words(text)


def _numbers_of_a_year(text: str) -> Iterator[str]:
    """A month, or a part of the year, that is told by a number alone."""
    if found := _ROMAN_OF_YEAR.fullmatch(text):
        roman, year = (found[1] or found[4]).upper(), found[2] or found[3]
        number = ROMAN_MONTHS.index(roman) + 1 if roman in ROMAN_MONTHS else 0
    elif found := _NUMBER_OF_YEAR.fullmatch(text):
        number, year = int(found[1] or found[4]), found[2] or found[3]
    else:
        return
    yield f"Semester {number} {year}"
    yield f"Triwulan {number} {year}"
    yield f"{_name(str(number))} {year}"


def _other_words(text: str) -> Iterator[str]:
    """The text with the one word that says nothing about time made each word that is near and does."""
    for found in _WORD.finditer(text):
        word = found[1].casefold()
        if word in _names():
            continue
        distances = {name: OSA.distance(word, name) for name in _names()}
        nearest = min(distances.values())
        if nearest <= (2 if len(word) >= _LONG_WORD else 1):
            near = dict.fromkeys(_names()[name] for name, distance in distances.items() if distance == nearest)
            yield from (text[: found.start()] + name + text[found.end() :] for name in near)


@cache
def _names() -> dict[str, str]:
    """The names with which a word is compared, and how to write them; to short forms too many words are near."""
    long = {name: number for name, number in spelt_months().items() if len(name) > len("mar")} | {"mei": 5}
    ordered = sorted(long.items(), key=lambda item: item[1])
    return {name: month_name(number) for name, number in ordered} | {name.casefold(): name for name in _OTHER_NAMES}


def _day(digits: str) -> str:
    return str(int(digits))


def _name(number: str) -> str:
    return month_name(int(number)) if 1 <= int(number) <= len(ROMAN_MONTHS) else "?"


def _full(two_digits: str) -> str:
    return f"{'20' if int(two_digits) < _THIS_CENTURY else '19'}{two_digits}"
