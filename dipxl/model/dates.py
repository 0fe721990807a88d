"""Indonesian dates: read as people type them, written as papers want them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache

from babel.dates import format_date, get_month_names
from num2words import num2words

_SERIAL_ZERO = date(1899, 12, 30)  # the day before the first day of Excel's calendar, as it counts since 1 March 1900
_EARLIEST_YEAR, _YEARS_AHEAD = 1945, 5
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
_WORDS = re.compile(r"(\d{1,2})\s+([a-z]+)\s+(\d{4})")


@cache
def months() -> dict[str, int]:
    """Month numbers by their Indonesian name and usual short forms, in lower case."""
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        names |= {name.casefold(): number for number, name in get_month_names(width, locale="id").items()}
    return names | {"pebruari": 2, "agust": 8, "agu": 8, "sept": 9, "nopember": 11, "nop": 11}


@cache
def spelt_months() -> dict[str, int]:
    """Month numbers by every name that is certain: the Indonesian ones, and those of an English Excel."""
    names = dict(months())
    for width in ("wide", "abbreviated"):
        names |= {name.casefold(): number for number, name in get_month_names(width, locale="en").items()}
    return names


@cache
def month_name(number: int) -> str:
    return str(get_month_names("wide", locale="id")[number])


def parse_date(text: str) -> date | None:
    """The date in "7 September 2026", "07-09-2026", "7/9/2026" or "2026-09-07"; None for anything else."""
    text = text.strip().casefold()
    if match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _NUMERIC.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif (match := _WORDS.fullmatch(text)) and match[2] in months():
        day, month, year = int(match[1]), months()[match[2]], int(match[3])
    else:
        return None
    return real_date(year, month, day)


def real_date(year: int, month: int, day: int) -> date | None:
    """The day of a calendar, or None where there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_first_or_month_first(first: int, second: int, year: int) -> tuple[date, ...]:
    """Each date that "03/04/2026" may be: 3 April or 4 March; one where they are equal or one is impossible."""
    both = (real_date(year, second, first), real_date(year, first, second))
    return tuple(dict.fromkeys(day for day in both if day))


def from_serial(number: int) -> date:
    """The day that Excel counts with this number."""
    return _SERIAL_ZERO + timedelta(days=number)


def likely_years(today: date | None = None) -> range:
    """The years that a paper of an office may well bear: since the Republic, and until five years from today."""
    return range(_EARLIEST_YEAR, (today or datetime.now(UTC)).year + _YEARS_AHEAD + 1)


def long_date(day: date) -> str:
    """Write a date as papers do: "7 September 2026"."""
    return format_date(day, "d MMMM y", locale="id")


def weekday_date(day: date) -> str:
    """Write a date with its weekday: "Senin, 7 September 2026"."""
    return format_date(day, "EEEE, d MMMM y", locale="id")


def weekday(day: date) -> str:
    return format_date(day, "EEEE", locale="id")


def month(day: date) -> str:
    return format_date(day, "MMMM", locale="id")


def words(number: int) -> str:
    """The number in Indonesian words: 17 is "tujuh belas"."""
    return str(num2words(number, lang="id"))


@cache
def number_words() -> dict[str, int]:
    """Numbers by their Indonesian words, as far as periods are long."""
    return {words(number): number for number in range(1, 401)}


def of_serial(moment: datetime | date) -> str:
    """A date cell as text; the form's cells are text, so only pasted cells arrive as dates."""
    return long_date(moment if type(moment) is date else date(moment.year, moment.month, moment.day))
