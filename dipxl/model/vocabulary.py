"""The patterns in which people write times, periods and links."""

from __future__ import annotations

import re

from dipxl.model.dates import months

_YEAR = r"(?:19|20)\d{2}"
_MONTH = "(?:" + "|".join(sorted(months(), key=len, reverse=True)) + r")\.?"
_DAY = r"\d{1,2}"
_NUMERIC = rf"{_DAY}[-/.]{_DAY}[-/.]{_YEAR}|{_YEAR}-\d{{2}}-\d{{2}}"
_PART = r"(?:triwulan|tw|semester|smt|caturwulan|kuartal|q)\.?\s*(?:iv|iii|ii|i|[1-4])"
_POINT = (
    rf"(?:(?:{_DAY}\s+)?(?:{_MONTH}\s+)?(?:tahun|ta|t\.a\.|tahun anggaran)?\s*{_YEAR}"
    rf"|{_NUMERIC}|{_PART}(?:\s*(?:tahun|ta)?\s*{_YEAR})?|(?:{_DAY}\s+)?{_MONTH})"
)
_ROUTINE = r"(?:setiap|tiap|per)[- ]?(?:hari|minggu|bulan|triwulan|semester|tahun|saat|kegiatan|ada perubahan)[\w ]*"
_ADVERB = r"(?:harian|mingguan|bulanan|triwulanan|semesteran|tahunan|insidental|berkala)"
_JOIN = r"\s*(?:s\.?/?d\.?|sampai(?: dengan)?|hingga|dan|[-–/,])\s*"

TIME = rf"(?i)(?:per\s+|sejak\s+|mulai\s+)?(?:{_POINT}(?:{_JOIN}{_POINT})*|{_ROUTINE}|{_ADVERB})(?:\s+sekali)?\.?"
YEAR_AS_PERIOD = rf"(?i)\s*(?:tahun|ta|thn\.?)?\s*{_YEAR}(?:\s*[-–/]\s*{_YEAR})?\s*"
WEB_ADDRESS = r"(?i)https?://[^\s/.]+\.[^\s]+"

PERSONAL = {
    "NIK": r"(?<!\d)\d{16}(?!\d)",
    "NIP": r"(?<!\d)\d{8}\s?\d{6}\s?\d\s?\d{3}(?!\d)",
    "nomor telepon": r"(?<!\d)(?:\+?62|0)8[\d\- ]{8,12}\d(?!\d)",
    "nama beserta NIP atau NIK": r"(?i)\bnama\b.*\b(?:NIP|NIK)\b|\b(?:NIP|NIK)\b.*\bnama\b",
}


def matches(pattern: str, text: str) -> bool:
    return bool(re.fullmatch(pattern, text))
