"""What counts as blank, and when two texts are the same to a reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Characters that a person cannot see, or that no paper may hold: they neither count as data nor make two texts differ.
# Control characters are among them (but for those that end a line or part words), and halves of characters.
_RANGES = (
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0xD800, 0xDFFF), (0xFE00, 0xFE0F), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF), (0xE0000, 0xE0FFF),
)  # fmt: skip
_SINGLE = (0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFEFF, 0xFFA0)
INVISIBLE = dict.fromkeys([*_SINGLE, *(code for first, last in _RANGES for code in range(first, last + 1))], "")
# Letters and digits as wide as a Chinese character, which some keyboards type.
_WIDE = {code + 0xFEE0: code for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
_DASHES = re.compile(r"[-‐-―−_.…]{1,5}")
LONGEST_DASH = 5
_NOTHING = ("null", "n/a", "none")
_ENDS = " .:;*"
_SPACES = re.compile(r"[^\S\n]+")


def visible(text: str) -> str:
    """The text without invisible characters, with plain spaces, stripped at both ends."""
    if is_tidy(text):
        return text
    lines = (_SPACES.sub(" ", line).strip() for line in text.translate(INVISIBLE).splitlines())
    return "\n".join(lines).strip()


def plain(text: str) -> str:
    """The visible text with letters in one piece and of ordinary width; quotes, dashes and signs stay as typed."""
    if is_tidy(text):
        return text
    return visible(unicodedata.normalize("NFC", visible(text).translate(_WIDE)))


def is_tidy(text: str) -> bool:
    """True for a text that is surely plain already, as nearly every one is, so that few go the long way."""
    return text.isascii() and text.isprintable() and "  " not in text and text.strip() == text


def one_line(text: str) -> str:
    """The text with its lines joined by a space."""
    return " ".join(text.split())


def is_dash(text: str) -> bool:
    """True for "-", "...", "NULL" and their like, which people and programs write for an empty cell."""
    seen = visible(text)
    return len(seen) <= LONGEST_DASH and (bool(_DASHES.fullmatch(seen)) or seen.casefold() in _NOTHING)


def fold(text: str) -> str:
    """The text as a key for comparison: case, width, spaces and punctuation at the ends do not matter."""
    seen = visible(text)
    wide = seen if seen.isascii() else unicodedata.normalize("NFKC", seen)
    return " ".join(wide.casefold().split()).strip(_ENDS)


def folds(texts: Iterable[str]) -> dict[str, str]:
    """The key of each text; for many texts this is faster than one by one, since nearly all are tidy already."""
    return {
        text: text.casefold().strip(_ENDS) if text.isascii() and text.isprintable() and "  " not in text else fold(text)
        for text in texts
    }


def excerpt(text: str, length: int = 60) -> str:
    """The first words of a text, for a message."""
    flat = one_line(text)
    return flat if len(flat) <= length else flat[: length - 1].rsplit(" ", 1)[0] + "…"
