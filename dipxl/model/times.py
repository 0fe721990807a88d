"""A time as people type it: what it certainly means, or what must be asked."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache

from dipxl.model import time_guesses
from dipxl.model.dates import day_first_or_month_first, from_serial, long_date, spelt_months
from dipxl.model.places import is_place
from dipxl.model.reading import Reading
from dipxl.model.text import one_line
from dipxl.model.time_spellings import NUMERIC, YEAR_FIRST, certain_spelling
from dipxl.model.vocabulary import TIME_IN_WORDS

LONGEST = 120
UNKNOWN = "waktu-tidak-dikenal"
WIDE = "bentuk huruf atau angka disamakan"
PLACE_ONLY = 'Tulis waktunya di sini, dan tempatnya di kolom "Tempat Pembuatan".'
PLACE_TOO = 'Maksudnya waktu "{0}" dan tempat "{1}"? Tulis di kolomnya masing-masing.'
_KNOWN = re.compile(TIME_IN_WORDS)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_SERIAL_YEARS = range(1945, 2100)
_PARTED = re.compile(r"\s*[,;:\n/–—-]\s*|\.\s+")
_NUMBER_OF_YEAR = re.compile(r"(?:1[3-9]|[2-9]\d|0?0) ?[-/.] ?\d{4}|\d{4}[-/.](?:1[3-9]|[2-9]\d|00)")
_DAY_OF_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s+([A-Za-z]+)(?:\s+(\d{4}))?(?!\d)")
_LEAP_YEAR, _ANY_DAY = "2000", "1 Januari 2000"


@lru_cache(maxsize=4096)
def read(typed: str) -> Reading:
    """The time that is certainly meant, spelt as papers do; or what to ask.

    >>> read("TW 2 2O25").text
    'Triwulan II 2025'
    >>> read("03/04/2026").facts["suggestion"]
    '"3 April 2026" atau "4 Maret 2026"'
    """
    reading = _time(one_line(typed))
    if reading.code == UNKNOWN and (suggestion := _place_said(typed, reading.text)):
        return Reading(reading.text, code="tempat-di-kolom-waktu", facts={"suggestion": suggestion})
    return reading


def split_time_and_place(text: str) -> tuple[str, str] | None:
    """The time and the place in "Tanjung Asri, Januari 2026", or None where they do not part with certainty.

    The time is spelt as papers do; one that must itself be asked about stays as typed.
    """
    if len(text) > LONGEST or _time(one_line(text)).code != UNKNOWN:
        return None
    for parting in _PARTED.finditer(text):
        before, after = one_line(text[: parting.start()]), one_line(text[parting.end() :])
        for place, time in ((before, after), (after, before)):
            if is_place(place) and (reading := _time(time)).code != UNKNOWN:
                return reading.text, place
    return None


def _place_said(typed: str, flat: str) -> str:
    """What to do about a text that holds a place, or "" where it holds none."""
    if is_place(flat):
        return PLACE_ONLY
    parted = split_time_and_place(typed) or _parted_by_space(flat)
    return PLACE_TOO.format(*parted) if parted else ""


def _parted_by_space(text: str) -> tuple[str, str] | None:
    """The time and the place in "tanjung asri 2025", which part likely, but not with certainty."""
    if len(text) > LONGEST:
        return None
    for space in re.finditer(r",? ", text):
        place, reading = text[: space.start()].removeprefix("di ").title(), _time(text[space.end() :])
        if is_place(place) and reading.code != UNKNOWN:
            return reading.text, place
    return None


def _time(typed: str) -> Reading:
    """The reading of a text that may hold a time and nothing else."""
    if len(typed) > LONGEST:
        return Reading(typed, code=UNKNOWN)
    text, why = certain_spelling(one_line(unicodedata.normalize("NFKC", typed)))
    if not _KNOWN.fullmatch(text):
        return _asked(typed, text)
    if _impossible(text):
        return Reading(typed, code="tanggal-tidak-ada")
    return Reading(text, why or (WIDE if text != typed else ""))


def _impossible(text: str) -> bool:
    """True where a day is named that its month does not have."""
    for day, word, year in _DAY_OF_MONTH.findall(text):
        month = spelt_months().get(word.casefold())
        if month and not 1 <= int(day) <= monthrange(int(year or _LEAP_YEAR), month)[1]:
            return True
    return False


def _asked(typed: str, text: str) -> Reading:
    """What to ask about a time that is not certain; `text` is `typed` as far as its spelling is."""
    if serial := _SERIAL.fullmatch(text):
        day = from_serial(int(serial[1]))
        if day.year in _SERIAL_YEARS:
            return Reading(typed, code="tanggal-angka", facts={"suggestion": long_date(day)})
    if numeric := NUMERIC.search(text) or YEAR_FIRST.search(text):
        return _asked_in_numbers(typed, text, numeric)
    if _NUMBER_OF_YEAR.fullmatch(text) and not (guessed := _guesses(text)):
        return Reading(typed, code="tanggal-tidak-ada")
    if guessed := _guesses(text):
        return Reading(typed, code="waktu-diragukan", facts={"suggestion": _or(guessed)})
    return Reading(typed, code=UNKNOWN)


def _guesses(text: str) -> tuple[str, ...]:
    return time_guesses.guesses(text, lambda guess: "" if (reading := _certain(guess)).code else reading.text)


def _certain(text: str) -> Reading:
    """The reading of a guess, about which nothing more is guessed."""
    spelt, why = certain_spelling(text)
    return Reading(spelt, why, "" if _KNOWN.fullmatch(spelt) and not _impossible(spelt) else UNKNOWN)


def _asked_in_numbers(typed: str, text: str, numeric: re.Match[str]) -> Reading:
    """What to ask about a date in numbers: which of its two meanings, or that there is no such day."""
    whole = YEAR_FIRST.sub(_ANY_DAY, NUMERIC.sub(_ANY_DAY, text))
    if not _KNOWN.fullmatch(whole):
        return Reading(typed, code=UNKNOWN)
    days = () if numeric.re is YEAR_FIRST else day_first_or_month_first(*(int(numeric[n]) for n in (1, 3, 4)))
    if not days:
        return Reading(typed, code="tanggal-tidak-ada")
    return Reading(typed, code="tanggal-rancu", facts={"suggestion": _or([long_date(day) for day in days])})


def _or(meanings: Iterable[str]) -> str:
    return " atau ".join(f'"{meaning}"' for meaning in meanings)
