"""How the text of a column is understood, by the word that `columns.toml` gives for it in `reads`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dipxl.model import kodes, links, retention, times
from dipxl.model.reading import Reading
from dipxl.model.text import one_line
from dipxl.model.vocabulary import DITTO, ERROR_CELL, UNVALUED

LINES = "baris baru di dalam sel diganti spasi"
_LONGEST_DITTO = 40


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
    if ERROR_CELL.search(text):
        return "sel-salah"
    return "tanda-sama-tanpa-rujukan" if len(text) <= _LONGEST_DITTO and DITTO.fullmatch(text) else ""


def may_lack_value(text: str) -> bool:
    """False for most texts of which `no_value` would find nothing to say, at a fraction of its price."""
    return len(text) <= _LONGEST_DITTO or "#" in text or "Err:" in text
