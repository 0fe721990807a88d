"""What counts as blank, and when two texts are the same to a reader."""

from __future__ import annotations

import re
import unicodedata

# Characters that a person cannot see: they neither count as data nor make two texts differ.
_RANGES = (
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xE0000, 0xE0FFF),
)  # fmt: skip
_SINGLE = (0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFEFF, 0xFFA0)
INVISIBLE = dict.fromkeys([*_SINGLE, *(code for first, last in _RANGES for code in range(first, last + 1))], "")
_DASHES = re.compile(r"[-‐-―−_.…]{1,5}")
_SPACES = re.compile(r"[^\S\n]+")


def visible(text: str) -> str:
    """The text without invisible characters, with plain spaces, stripped at both ends."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.translate(INVISIBLE).splitlines())
    return "\n".join(lines).strip()


def is_dash(text: str) -> bool:
    """True for "-", "...", "NULL" and their like, which people and programs write for an empty cell."""
    return bool(_DASHES.fullmatch(visible(text))) or visible(text).casefold() in ("null", "n/a", "none")


def fold(text: str) -> str:
    """The text as a key for comparison: case, width, spaces and punctuation at the ends do not matter."""
    return " ".join(unicodedata.normalize("NFKC", visible(text)).casefold().split()).strip(" .:;*")


def excerpt(text: str, length: int = 60) -> str:
    """The first words of a text, for a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rsplit(" ", 1)[0] + "…"
