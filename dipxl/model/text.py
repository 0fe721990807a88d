"""What counts as blank, and when two texts are the same to a reader."""

from __future__ import annotations

import re
import unicodedata

# Characters that a person cannot see: they neither count as data nor make two texts differ.
INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD, 0x180E, 0x3164, 0x2800], "")
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
