"""The patterns in which people write times, periods, links and personal data."""

from __future__ import annotations

import re

from dipxl.model.dates import months

_YEAR = r"(?:19|20)\d{2}"
_YEAR_WORD = r"(?:tahun(?: anggaran| ajaran)?|thn\.?|th\.?|t\.?a\.?)"
_ANY_YEAR = rf"(?:{_YEAR_WORD}\s*)?{_YEAR}"
_MONTH = "(?:bulan )?(?:" + "|".join(sorted(months(), key=len, reverse=True)) + r")\.?"
_TO = r"\s*(?:s\.?/?d\.?|sampai(?: dengan)?|hingga|dan|[-–/,])\s*"
_WEEKDAY = r"(?:(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu),?\s+)?"
_DAY = rf"{_WEEKDAY}(?:(?:tanggal|tgl)\.?\s*)?\d{{1,2}}(?:{_TO}\d{{1,2}})?"
_NUMERIC = rf"(?:\d{{1,2}}[-/.])?\d{{1,2}}[-/.]{_YEAR}|{_YEAR}-\d{{2}}-\d{{2}}"
_PART = r"(?:triwulan|tw|semester|smt|caturwulan|kuartal|q)\.?\s*(?:ke-?\s*)?(?:iv|iii|ii|i|[1-4])"
_POINT = rf"(?:{_NUMERIC}|(?:{_DAY}\s+)?{_MONTH}(?:\s*{_ANY_YEAR})?|{_PART}(?:\s*{_ANY_YEAR})?|{_ANY_YEAR})"
_SPAN = rf"{_POINT}(?:{_TO}(?:{_POINT}|sekarang|saat ini))*"
_UNIT = r"(?:hari|minggu|bulan|triwulan|semester|tahun)"
_ROUTINE = (
    rf"(?:setiap|tiap)[- ]?[\w ]{{3,40}}|per[- ]?{_UNIT}"
    rf"|(?:(?:setiap|tiap|per)\s+)?\d{{1,2}}(?: \(\w+\))? {_UNIT} sekali|sekali se{_UNIT}"
    r"|(?:harian|mingguan|bulanan|triwulanan|semesteran|tahunan|insidental|berkala)"
)

TIME = rf"(?i)(?:per\s+|sejak\s+|mulai\s+|awal\s+|akhir\s+|rutin\s+)?(?:{_SPAN}|{_ROUTINE})\.?"
YEAR_AS_PERIOD = rf"(?i){_ANY_YEAR}(?:{_TO}{_ANY_YEAR})?"
WEB_ADDRESS = r"(?i)https?://[^\s/.]+\.[^\s]+"

PERSONAL = {
    "NIK": r"(?<!\d)\d{16}(?!\d)",
    "NIP": r"(?<!\d)\d{8}\s?\d{6}\s?\d\s?\d{3}(?!\d)",
    "NPWP": r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\d)",
    "nomor telepon": r"(?<!\d)(?:\+?62|0)[- ]?8[\d\- ]{8,12}\d(?!\d)",
    "nomor rekening": r"(?i)\brek(?:ening)?\b\D{0,40}\d{8,}",
    "nama beserta NIP atau NIK": r"(?is)\A(?=.*\bnama\b).*\b(?:NIP|NIK)\b",
}

UNVALUED = "#RUMUS?"  # stands where a formula was never calculated
DITTO = re.compile(
    r"""(?i)(?:s\.?\s?d\.?\s?a|idem|ibid|sama(?: dengan)?(?: di)? ?atas|[-\s]*(?:["“”„″〃'’]{1,2})[-\s]*)\.?"""
)
