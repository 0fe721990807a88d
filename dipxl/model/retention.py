"""How long papers are kept, as people type it: what it certainly means, or what must be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from rapidfuzz.distance import OSA

from dipxl.model import choices, times
from dipxl.model.columns import Column, sheet
from dipxl.model.dates import number_words
from dipxl.model.reading import Reading
from dipxl.model.text import fold, one_line
from dipxl.model.vocabulary import YEAR_AS_PERIOD

T = TypeVar("T")
LONGEST = 200
MOST_YEARS = 200
LONG = 8  # a word in which two slips still leave no doubt
PERIOD = "jangka simpan ditulis seragam"
SAMPLES = 'Tulis misalnya "5 tahun", "Permanen", atau "Sesuai JRA".'
_UNIT_OF = {
    "tahun": "tahun", "thn": "tahun", "th": "tahun", "bulan": "bulan", "bln": "bulan", "minggu": "minggu",
    "mgg": "minggu", "hari": "hari",
}  # fmt: skip
_UNIT = "(?P<unit>" + "|".join(sorted(_UNIT_OF, key=len, reverse=True)) + ")"
_NUMBER = r"(?P<number>(?=[oil|]*\d)[\doil|]{1,4})"
_WORDS = r"(?P<words>[a-z]+(?: [a-z]+){0,4})"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NUMBER}[ -]?(?:\( ?{_WORDS} ?\))?[ -]?{_UNIT}\.?",
        rf"{_NUMBER} ?\( ?{_WORDS} {_UNIT} ?\)",
        rf"{_NUMBER} ?{_UNIT}\.? ?\( ?{_WORDS}(?: (?P=unit))? ?\)",
        rf"{_WORDS} (?:\( ?{_NUMBER} ?\) ?)?{_UNIT}\.?",
        r"(?P<one>se)(?P<unit>tahun|bulan|minggu)",
    )
)
_DIGITS = str.maketrans("oil|", "0111")
_NUMBER_IN_WORDS = re.compile(
    r"(?<!\d)(\d{1,3})(?: tahun| bulan)? ?\( ?([a-z]+(?: [a-z]+){0,4}?)(?: tahun| bulan)? ?\) ?(bulan)?"
)
_NUMBER_AND_UNIT = re.compile(
    r"(?P<number>\d{1,3}) ?(?:\([a-z ]*\))? ?(?P<unit>[a-z]{3,7})|tahun (?:ke-? ?)?(?P<after>\d{1,3})"
)
_NEVER_OR_FOR_EVER = re.compile(r"(?:0+|20[1-9]|2[1-9]\d|[3-9]\d\d|\d{4,}) ?(?:tahun|thn|th)")
_WORDS_AND_UNIT = re.compile(rf"{_WORDS} {_UNIT}\.?")
_WITHOUT_UNIT = re.compile(r"(\d{1,3})(?:[.,]0+)?(?: ?\([a-z ]+\))?")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_UNTIL = re.compile(r"sampai|hingga|s\.?d\b")
_YEARS = re.compile(r"(?:19|20)\d{2} ?(?:tahun|thn|th)")
_IN_NUMBERS = ("tanggal-rancu", "tanggal-angka", "tanggal-tidak-ada")
_SAYS_HOW_LONG = re.compile(
    r"tahun|thn|\bth\b|bulan|\bbln|minggu|hari\b|permanen|selama|sampai|hingga|s\.?d\.|sesuai|menurut|mengikuti|menyesuaikan"
    r"|\bjra\b|jadwal|berlaku|musnah|terus|terbatas|setelah|sesudah|sejak|statis|dinilai|apabila|bila|jika|kecuali|ditentukan"
)


@lru_cache(maxsize=4096)
def read(typed: str) -> Reading:
    """The period that is certainly meant, as "n tahun" or "n bulan"; or what to ask. Events stay as they are typed.

    >>> read("5 (lima) thn").text, read("5 (enam) tahun").code
    ('5 tahun', 'retensi-bertentangan')
    """
    text, key = one_line(typed), fold(typed)
    if len(text) > LONGEST or text in _column().choices:
        return Reading(text)
    if meant := _period(key):
        return Reading(meant, PERIOD if meant != text else "")
    code, suggestion = _asked(text, key)
    return Reading(text, code=code, facts={"suggestion": suggestion} if suggestion else {})


def _column() -> Column:
    return sheet("daftar")["retensi"]


def _period(key: str) -> str:
    """The period in "3 (tiga) thn", or "" where it says anything else, or two things."""
    found = next(filter(None, (form.fullmatch(key) for form in _FORMS)), None)
    if not found:
        return ""
    parts = {"number": None, "words": None, "one": None} | found.groupdict()
    said = {1} if parts["one"] else set()
    said |= {int(parts["number"].translate(_DIGITS))} if parts["number"] else set()
    said |= {number_words().get(parts["words"], 0)} if parts["words"] else set()
    unit = _UNIT_OF[found["unit"]]
    likely = len(said) == 1 and min(said) > 0 and (unit != "tahun" or min(said) <= MOST_YEARS)
    return f"{said.pop()} {unit}" if likely else ""


def _asked(text: str, key: str) -> tuple[str, str]:
    """The code of what must be asked, or "", and what its remedy proposes."""
    if _is_year(text, key):
        return "tahun-sebagai-retensi", ""
    if number := _number_without_unit(key):
        return "retensi-tanpa-satuan", f"{number} tahun"
    if two := _two_periods(key):
        return "retensi-bertentangan", two
    if near := _near(key):
        return "retensi-tidak-dikenal", f'Maksudnya "{near}"?'
    unlikely = _NEVER_OR_FOR_EVER.fullmatch(key) or _is_time(text, key) or not _SAYS_HOW_LONG.search(key)
    return ("retensi-tidak-dikenal", SAMPLES) if unlikely else ("", "")


def _is_year(text: str, key: str) -> bool:
    """True where the time of the papers was typed in place of how long they are kept."""
    if re.fullmatch(YEAR_AS_PERIOD, text) or _YEARS.fullmatch(key):
        return True
    if _UNTIL.match(key):
        return False
    time = times.read(text)
    return time.code in _IN_NUMBERS or (not time.code and bool(_YEAR.search(time.text)))


def _is_time(text: str, key: str) -> bool:
    """True for "setiap tahun", which says when and not how long."""
    return not _UNTIL.match(key) and not times.read(text).code


def _number_without_unit(key: str) -> int:
    if found := _WITHOUT_UNIT.fullmatch(key):
        return int(found[1])
    return number_words().get(key, 0)


def _two_periods(key: str) -> str:
    """Both periods where a number and its words disagree, or ""."""
    for number, said, unit in _NUMBER_IN_WORDS.findall(key):
        if number_words().get(said, int(number)) != int(number):
            return f'"{number} {unit or "tahun"}" atau "{number_words()[said]} {unit or "tahun"}"'
    return ""


def _near(key: str) -> str:
    """What a misspelt period is near to, or ""."""
    if (found := _NUMBER_AND_UNIT.fullmatch(key)) and int(found["number"] or found["after"]):
        typed = _UNIT_OF.get(found["unit"], found["unit"] or "tahun")
        unit = _nearest(typed, {"tahun": "tahun", "bulan": "bulan"})
        return f"{int(found['number'] or found['after'])} {unit}" if unit and not _NEVER_OR_FOR_EVER.match(key) else ""
    if found := _WORDS_AND_UNIT.fullmatch(key):
        number = _nearest(found["words"], number_words() | {"l": 1, "i": 1})
        return f"{number} {_UNIT_OF[found['unit']]}" if number else ""
    return (
        _nearest(key, {s: choice for s, choice in choices.spellings(_column()).items() if not _DIGIT.search(s)}) or ""
    )


def _nearest(typed: str, known: Mapping[str, T]) -> T | None:
    """What the known text means that is a slip or two of the finger away, where one meaning is the nearest."""
    allowed = 2 if len(typed) >= LONG else 1
    distances = {text: OSA.distance(typed, text) for text in known}
    nearest = min(distances.values())
    meant = {known[text] for text, distance in distances.items() if distance == nearest <= allowed}
    return meant.pop() if len(meant) == 1 else None
