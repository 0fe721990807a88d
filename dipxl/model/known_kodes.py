"""Finds the kode that a person means among those ever given."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz import fuzz, process

CLOSE_ENOUGH_TO_ASK = 60
_PARTS = re.compile(r"(X-)?([A-Z]{3})-?0*(\d+)")


def meant(text: str, kodes: Collection[str]) -> str | None:
    """The kode that a text certainly means, whatever its case, spaces and zeros.

    >>> meant(" mut-7 ", ["MUT-0007", "SEK-0007"])
    'MUT-0007'
    """
    plain = "".join(text.upper().split())
    parts = _PARTS.fullmatch(plain)
    spelt = f"{parts[1] or ''}{parts[2]}-{int(parts[3]):04d}" if parts else plain
    return next((kode for kode in (plain, spelt) if kode in kodes), None)


def nearest(text: str, kodes: Collection[str]) -> str | None:
    """The kode that a text most resembles, to be asked and never to be taken."""
    plain = "".join(text.upper().split())
    found = process.extractOne(plain, sorted(kodes), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH_TO_ASK)
    return found[0] if found else None
