"""How the text of a column is understood, by the word that `columns.toml` gives for it in `reads`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dipxl.model import kodes, links, retention, times
from dipxl.model.reading import Reading
from dipxl.model.text import one_line, visible
from dipxl.model.vocabulary import DITTO, ERROR_CELL, UNVALUED

LINES = "baris baru di dalam sel diganti spasi"
_LONGEST_DITTO = 40
_DITTO_BEGINS = frozenset("sid-\u2013\u2014\"\u201c\u201d\u201e\u201f\u2033\u3003\u02ba\uff02'\u2019\u00b4`,/")


def _in_one_line(typed: str) -> Reading:
    flat = one_line(typed)
    return Reading(flat, LINES if flat != typed else "")


READERS: Mapping[str, Callable[[str], Reading]] = {
    "waktu": times.read,
    "retensi": retention.read,
    "tautan": links.read,
    "kode": kodes.read,
    "sebaris": _in_one_line,
}
# The codes of what a reader asks; the first is the name of its check.
ASKS: Mapping[str, tuple[str, ...]] = {
    "waktu": (
        "waktu-tidak-dikenal", "waktu-diragukan", "tempat-di-kolom-waktu", "tanggal-rancu", "tanggal-angka",
        "tanggal-tidak-ada",
    ),
    "retensi": ("retensi-tidak-dikenal", "retensi-tanpa-satuan", "retensi-bertentangan", "tahun-sebagai-retensi"),
    "tautan": ("tautan-tidak-lengkap", "tautan-tanpa-https"),
    "kode": (),
    "sebaris": (),
}  # fmt: skip
NO_VALUE = ("sel-salah", "rumus-tanpa-nilai", "tanda-sama-tanpa-rujukan")


def no_value(text: str) -> str:
    """The code of what stands in a cell in place of a value: a formula that failed, or a sign for the cell above."""
    if text == UNVALUED:
        return "rumus-tanpa-nilai"
    if ("#" in text or "Err:" in text) and ERROR_CELL.search(text):
        return "sel-salah"
    return "tanda-sama-tanpa-rujukan" if is_ditto(text) else ""


def is_ditto(text: str) -> bool:
    """True for a sign that repeats the cell above."""
    seen = text.strip().rstrip(".:;") or text.strip()
    return len(seen) <= _LONGEST_DITTO and seen[:1].casefold() in _DITTO_BEGINS and bool(DITTO.fullmatch(visible(seen)))


def without_value(texts: Iterable[str]) -> list[str]:
    """Those of the texts that stand in place of a value; most are passed by at a glance, since they are many."""
    likely = [
        text
        for text in texts
        if "#" in text or "Err:" in text or (len(text) <= _LONGEST_DITTO and text[:1].casefold() in _DITTO_BEGINS)
    ]
    return [text for text in likely if no_value(text)]
