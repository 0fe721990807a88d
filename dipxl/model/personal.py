"""Personal data in a text: which kind it seems to be, and a quick look at many texts for those that may hold any."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipxl.model.vocabulary import PERSONAL

_PATTERNS = {kind: re.compile(pattern, re.ASCII) for kind, pattern in PERSONAL.items()}
_DIGITS_AS_ZERO = bytes.maketrans(b"123456789", b"000000000")
_APART = b" -.\t"
# Each pattern has nine digits or more in a row, spaces, dashes and points apart, or one of these words.
_LONG_NUMBER = b"0" * 9
_ANNOUNCING = (re.compile(rb"rek(?:ening)?\b"), re.compile(rb"ni[pk]\b(?<=\bni[pk])"))


def personal_data(text: str) -> str:
    """The kind of personal data that a text seems to hold, or ""."""
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(text)), "")


def with_personal_data(texts: Sequence[str]) -> list[str]:
    """Those of the texts that seem to hold some; most are passed by at a glance, all together."""
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts):
        joined = "\n".join([text.replace("\n", " ") for text in texts])
    told = joined.encode("utf-8", "replace").lower()
    suspects = _lines_with(re.compile(_LONG_NUMBER), told.translate(_DIGITS_AS_ZERO, _APART))
    for word in _ANNOUNCING:
        suspects |= _lines_with(word, told)
    return [texts[place] for place in sorted(suspects) if personal_data(texts[place])]


def _lines_with(sign: re.Pattern[bytes], lines: bytes) -> set[int]:
    """The numbers of the lines with a sign, which most columns do not have at all."""
    if not sign.search(lines):
        return set()
    return {number for number, line in enumerate(lines.split(b"\n")) if sign.search(line)}
