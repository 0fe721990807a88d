"""The patterns in which people write times, periods, links, personal data and signs that stand for a value."""

from __future__ import annotations

import re

from dipxl.model.dates import months

_YEAR = r"(?:19|20)\d{2}"
_YEAR_WORD = (
    r"(?:tahun(?: anggaran| ajaran| pelajaran| akademik| buku)?|thn\.?(?: anggaran)?|th\.?(?: anggaran)?|t\.?a\.?)"
)
_MONTH = "(?:bulan )?(?:" + "|".join(sorted(months(), key=len, reverse=True)) + r")\.?"
TO = r"\s*(?:s\.?/?d\.?|sampai(?: dengan)?|hingga|dan|[-–/,;&])\s*"
_WEEKDAY = r"(?:(?:senin|selasa|rabu|kamis|jum.?at|juma.?t|sabtu|minggu|ahad),?\s+)?"
_WEEK = r"minggu\s+(?:ke-?\s*)?(?:[1-5]|i{1,3}|iv|v)"
_DAY = rf"(?:{_WEEK}|{_WEEKDAY}(?:(?:tanggal|tgl)\.?\s*)?\d{{1,2}}(?:{TO}\d{{1,2}})?)"
_NUMERIC = rf"(?:\d{{1,2}}[-/.])?\d{{1,2}}[-/.]{_YEAR}|{_YEAR}-\d{{2}}-\d{{2}}"
_FOURTHS = r"(?:triwulan|tw|kuartal|q)\.?\s*(?:ke-?\s*)?(?:iv|iii|ii|i|[1-4])"
_HALVES = r"(?:semester|smt)\.?\s*(?:ke-?\s*)?(?:ii|i|[12]|ganjil|genap)"
_THIRDS = r"caturwulan\s*(?:ke-?\s*)?(?:iii|ii|i|[1-3])"
_PART = rf"(?:{_FOURTHS}|{_HALVES}|{_THIRDS})(?:{TO}(?:iv|iii|ii|i|[1-4])\b)*(?:\s*\({_MONTH}{TO}{_MONTH}\))?"
_UNIT = r"(?:hari|minggu|bulan|triwulan|semester|tahun)"
_ROUTINE = (
    rf"(?:setiap|tiap)[- ]?[\w ]{{3,40}}|per[- ]?{_UNIT}"
    rf"|(?:(?:setiap|tiap|per)\s+)?\d{{1,2}}(?: \(\w+\))? {_UNIT} sekali|sekali se{_UNIT}|sewaktu[- ]waktu"
    rf"|(?:awal|pertengahan|akhir)\s+{_UNIT}|{_UNIT} berjalan"
    r"|(?:harian|mingguan|bulanan|triwulanan|semesteran|tahunan|insidental|insidentil|berkala)"
)


def _time(year: str, numeric: str) -> str:
    """Every way to write a time, for a pattern of years, and one of dates in numbers that is followed by "|"."""
    any_year = rf"(?:{_YEAR_WORD}\s*)?{year}"
    point = (
        rf"(?:{numeric}(?:{_DAY}\s+)?{_MONTH}(?:\s*{any_year})?|(?:{any_year}\s+)?{_PART}(?:\s*{any_year})?|{any_year})"
    )
    span = rf"{point}(?:{TO}(?:{point}|sekarang|saat ini))*"
    begins = r"(?:(?:per|sejak|mulai|tmt|pada|s\.d\.|sampai(?: dengan)?|hingga|awal|pertengahan|akhir|rutin)\s+)?"
    return rf"(?i){begins}(?:{span}|{_ROUTINE})\.?"


TIME = _time(_YEAR, f"{_NUMERIC}|")
TIME_IN_WORDS = _time(r"\d{4}", "")  # of any year; what a time is once its numbers were understood
YEAR_AS_PERIOD = rf"(?i)(?:{_YEAR_WORD}\s*)?{_YEAR}(?:{TO}(?:{_YEAR_WORD}\s*)?{_YEAR})?"
WEB_ADDRESS = r"(?i)https?://[^\s/.]+\.[^\s]+"

# A cell that repeats the one above it.
DITTO = re.compile(
    r"""(?ix)
    s[.\s/]*d[.\s/]*a\.? (?:\s+(?:di\s*)?atas)? | idem (?:\s+(?:ditt?o|di\s*atas))? | ditt?o | sama
    | (?:sama|seperti) (?:\s+(?:dengan|dgn|seperti|spt))? (?:\s+(?:yang|yg|baris|isian))? \s+ (?:di\s*)? atas (?:nya)?
    | [-\u2013\u2014\s]* (?: ["\u201c-\u201f\u2033\u3003\u02ba\uff02] | ['\u2019\u00b4`,/]{2} )
      [-\u2013\u2014\s"\u201c-\u201f\u2033\u3003\u02ba\uff02'\u2019\u00b4`,/]{0,8}
    """
)
# What Excel and LibreOffice show where a formula failed.
ERROR_CELL = re.compile(
    r"(?<![\w/])#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|GETTING_DATA)"
    r"|(?<!\w)Err:\d{3}(?!\d)"
)
UNVALUED = "#RUMUS?"  # written by the reader in place of a formula that was never calculated

_MOBILE = r"(?<!\d)(?:\+?62|0)[- ]?8(?:[- ]?\d){8,11}(?!\d)"
PERSONAL = {
    "NIK": r"(?<!\d)\d{16}(?!\d)",
    "NIP": r"(?<!\d)\d{8}\s?\d{6}\s?\d\s?\d{3}(?!\d)",
    "NPWP": r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\d)",
    "nomor telepon": _MOBILE,
    "nomor rekening": r"(?i)\brek(?:ening)?\b\D{0,40}\d{8,}",
    "nama beserta NIP atau NIK": r"(?is)\A(?=.*\bnama\b).*\b(?:NIP|NIK)\b",
}
