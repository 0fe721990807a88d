"""The spellings of a time that are certain, made those of papers: "TW 2 2O25" is "Triwulan II 2025"."""

from __future__ import annotations

import re
from collections.abc import Callable

from rapidfuzz.distance import OSA

from dipxl.model.dates import day_first_or_month_first, long_date, month_name, months, real_date, spelt_months
from dipxl.model.vocabulary import TIME_IN_WORDS, TO

LETTERS = "huruf O, l, atau I dibaca sebagai angka"
DATE = "tanggal ditulis seragam"
MONTH = "nama bulan ditulis seragam"
SLIP = "ejaan nama bulan diperbaiki"
PART = "nama dan nomor periode ditulis seragam"
YEAR = "singkatan tahun dipanjangkan"
UNTIL = '"s.d." ditulis seragam'
MARKS = "spasi atau tanda baca dirapikan"

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SLIP_LENGTH, _OTHERS_DISTANCE = 5, 3
LETTER_DIGITS = str.maketrans("OoIl|", "00111")
_LETTERED = re.compile(r"(?<![^\W_])(?=[OoIl|]*\d)[\dOoIl|]{1,4}(?![^\W_])")
_CLOCK = re.compile(
    r"(?<=\d)(?:\s*T|,?\s+|\s+(?:pukul|jam|pkl\.?)\s+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:Z|\s*WI[BT]A?)?$"
)
YEAR_FIRST = re.compile(r"(?<![\d/.-])(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d/-])")
NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?![\d/-])")
_MONTH_FIRST = re.compile(r"(?<![^\W_])([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_NAMED = re.compile(r"(?<!\d)(?<!\d[-–/])(\d{1,2})\s?[-/. ]?\s?([A-Za-z]{1,9})\.?\s?[-/., ]?\s?(\d{4})(?!\d)")
_WORD = re.compile(r"(?<![^\W_])([A-Za-z]{3,10})(?![^\W_])\.?")
_MONTHS = range(1, 13)
_NAMES = "|".join(month_name(number) for number in _MONTHS)
_MONTH_SHORT = re.compile(r"(?<![^\W_])([Bb])(?:ln|LN|l)\b\.?\s?")
_MONTH_AND_YEAR = re.compile(rf"\b({_NAMES})(?: ?[-/,.] ?(?=\d{{4}})|(?=\d{{4}}))")
_MONTH_OF_YEAR = re.compile(r"(?<![\d/.-])(\d{1,2}) ?([/.-]) ?(\d{4})(?![\d/.-])")
_YEAR_AND_MONTH = re.compile(r"(?<![\d/.-])(\d{4})[-/](0[1-9]|1[0-2])(?![\d/.-])")
_ORDINALS = {
    word: number
    for number, words in enumerate(
        ("1 i l satu pertama", "2 ii ll dua kedua", "3 iii lll tiga ketiga", "4 iv lv empat keempat"), start=1
    )
    for word in words.split()
}
_ORDINAL = r"(?:iv|lv|i{1,3}|l{1,3}|[1-4]|satu|pertama|(?:ke)?(?:dua|tiga|empat))"
_PERIODS = {
    "Triwulan": "triwulan|tri wulan|trwln|trw|tw|q", "Kuartal": "kuartal|kwartal",
    "Semester": "semester|smtr|smt|sem|smstr|sms", "Caturwulan": "caturwulan|catur wulan|cawu|cw",
}  # fmt: skip
_OF_PERIOD = re.compile(
    rf"(?ia)(?<![^\W_])({'|'.join(_PERIODS.values())})\s?[.:-]?\s?(?:ke[- ]\s?)?"
    rf"({_ORDINAL}(?:{TO}{_ORDINAL})*)(?![^\W_])"
)
_EACH_ORDINAL = re.compile(rf"(?ia)(?<![^\W_]){_ORDINAL}(?![^\W_])")
_PERIOD_AND_YEAR = re.compile(r"\b((?:Triwulan|Kuartal|Semester|Caturwulan) [IV]+) ?[-/,.] ?(?=(?:Tahun )?\d{4})")
_BUDGET_YEAR = re.compile(r"(?ia)(?<![^\W_])t\s?\.?\s?a\b\s?\.?\s?:?\s?(?=\d{4}(?!\s?[-/]\s?\d{2}|\d))")
_YEAR_SHORT = re.compile(
    r"(?ia)(?<![^\W_])(?:thn|th|tahun(?=\s?[.:]))\b\s?\.?\s?(?:(anggaran|ajaran|pelajaran)\s)?:?\s?(?=\d{4})"
)
_YEAR_AS_NUMBER = re.compile(r"^\(?(\d{4})(?:[.,]0|\))$")
_UNTIL = re.compile(r"(?ia)\s?(?<![^\W\d_])s\s?[./]?\s?d\b(?:\s?\.)?\s?")
_KNOWN = re.compile(TIME_IN_WORDS)


def certain_spelling(text: str) -> tuple[str, str]:
    """The text with all that is certain spelt as papers do, and the weightiest reason; it may still be no time."""
    spelt, why = _through(_STEPS, text)
    if not _KNOWN.fullmatch(spelt):
        slipped, because = _through(((SLIP, _without_slips), *_STEPS), spelt)
        if slipped != spelt and _KNOWN.fullmatch(slipped):
            return slipped, why or because
    return spelt, why


def _through(steps: tuple[tuple[str, Callable[[str], str]], ...], text: str) -> tuple[str, str]:
    spelt, why = text, ""
    for reason, step in steps:
        after = step(spelt)
        why = why or (reason if after != spelt else "")
        spelt = after
    return spelt, why if spelt != text else ""


def _letters(text: str) -> str:
    return _LETTERED.sub(lambda found: found[0].translate(LETTER_DIGITS), text)


def _dates(text: str) -> str:
    """Whole dates that have one meaning, in words; a time of the day after them is left out."""
    dated = YEAR_FIRST.sub(_year_first, _CLOCK.sub("", text))
    dated = _MONTH_FIRST.sub(lambda f: _in_words(f, f[2], spelt_months().get(f[1].casefold()), f[3]), dated)
    return NUMERIC.sub(_numeric, _NAMED.sub(lambda f: _in_words(f, f[1], _month(f[2]), f[3]), dated))


def _year_first(found: re.Match[str]) -> str:
    return _in_words(found, found[4], int(found[3]), found[1])


def _numeric(found: re.Match[str]) -> str:
    days = day_first_or_month_first(int(found[1]), int(found[3]), int(found[4]))
    return long_date(days[0]) if len(days) == 1 else found[0]


def _in_words(found: re.Match[str], day: str, month: int | None, year: str) -> str:
    meant = real_date(int(year), month, int(day)) if month and year[0] != "0" else None
    return long_date(meant) if meant else found[0]


def _month(word: str) -> int | None:
    """The month that a word names, or a Roman number between day and year."""
    if word.upper() in ROMAN_MONTHS:
        return ROMAN_MONTHS.index(word.upper()) + 1
    return spelt_months().get(word.casefold())


def _month_names(text: str) -> str:
    named = _WORD.sub(lambda f: month_name(m) if (m := spelt_months().get(f[1].casefold())) else f[0], text)
    named = _MONTH_SHORT.sub(lambda found: f"{found[1]}ulan ", named)
    named = _MONTH_AND_YEAR.sub(r"\1 ", named)
    return _YEAR_AND_MONTH.sub(_year_and_month, _MONTH_OF_YEAR.sub(_month_of_year, named))


def _month_of_year(found: re.Match[str]) -> str:
    """Say "Mei 2026" for "05/2026"; "2-2026" may be a semester as well."""
    month, semester = int(found[1]), found[2] == "-" and found[1] in ("1", "2")
    return f"{month_name(month)} {found[3]}" if not semester and month in _MONTHS else found[0]


def _year_and_month(found: re.Match[str]) -> str:
    """Say "Mei 2026" for "2026-05"; "2011-12" may be two years as well."""
    next_year = (int(found[1]) + 1) % 100
    return found[0] if int(found[2]) == next_year else f"{month_name(int(found[2]))} {found[1]}"


def _without_slips(text: str) -> str:
    """Month names with one slip of the finger, where no other month is near and a number stands beside."""
    return _WORD.sub(_without_slip, text) if re.search(r"\d", text) else text


def _without_slip(found: re.Match[str]) -> str:
    word = found[1].casefold()
    if len(word) < _SLIP_LENGTH or word in months():
        return found[0]
    near = sorted((OSA.distance(word, month_name(m).casefold()), m) for m in _MONTHS)
    alone = near[0][0] == 1 and near[1][0] >= _OTHERS_DISTANCE
    return month_name(near[0][1]) if alone else found[0]


def _periods(text: str) -> str:
    """Parts of a year by their whole name and Roman number."""
    return _PERIOD_AND_YEAR.sub(r"\1 ", _OF_PERIOD.sub(_of_period, text))


def _of_period(found: re.Match[str]) -> str:
    name = next(name for name, spellings in _PERIODS.items() if found[1].casefold() in spellings.split("|"))
    return f"{name} {_EACH_ORDINAL.sub(lambda one: ROMAN_MONTHS[_ORDINALS[one[0].casefold()] - 1], found[2])}"


def _years(text: str) -> str:
    text = _BUDGET_YEAR.sub("Tahun Anggaran ", text)
    return _YEAR_SHORT.sub(lambda found: f"Tahun {found[1].capitalize()} " if found[1] else "Tahun ", text)


def _marks(text: str) -> str:
    return _YEAR_AS_NUMBER.sub(r"\1", " ".join(text.split()).strip(" .,;:'\""))


_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    (LETTERS, _letters),
    (DATE, _dates),
    (PART, _periods),
    (YEAR, _years),
    (MONTH, _month_names),
    (UNTIL, lambda text: _UNTIL.sub(" s.d. ", text)),
    (MARKS, _marks),
)
