"""The kode of an entry as people type it after dipxl."""

from __future__ import annotations

import re
import unicodedata

from dipxl.model.reading import Reading
from dipxl.model.text import one_line

KODE = "kode ditulis seperti yang diberikan dipxl"
_TYPED = re.compile(r"([A-Z]{1,3}) ?(?:[-‐-―−] ?)?([\dO]{4,5})")


def read(typed: str) -> Reading:
    """The kode in capitals and in one piece; what looks like none stays as it is.

    >>> read("mut - 0007").text
    'MUT-0007'
    """
    flat = one_line(typed)
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", flat).upper())
    if not found or not re.search(r"\d", found[2]):
        return Reading(flat)
    meant = f"{found[1]}-{found[2].replace('O', '0')}"
    return Reading(meant, KODE if meant != flat else "")
