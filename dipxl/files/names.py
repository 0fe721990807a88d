"""Names of files and sheets that every system accepts, made from people's text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

SLUG_LENGTH = 80
SHEET_LENGTH = 31
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
# What sync programs add to a name when one file was changed in two places; the English word, for honest Indonesian
# papers speak of "konflik" too.
_CONFLICT = re.compile(
    r"""
      [(\[] [^)\]]* (?: conflicted[ ]copy | salinan[ ](?:yang[ ])?(?:ber)?konflik | konflik[ ]salinan ) [^)\]]* [)\]]
    | [(\[] [^)\]]* (?: case | sync | \bsf ) [ ]? conflict [^)\]]* [)\]]
    | [(\[] [^)\]]* \b (?: conflict(?:ed)? | konflik ) [^)\]a-z]* [)\]]
    | [._\ -] (?: sync- | case )? conflict(?:ed)? [._\ -] \d{6,8} (?!\d)
    | [._-] (?: case )? conflict(?:ed)? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What OneDrive adds is the computer's name; only the names that Windows makes up itself can be told.
_COMPUTER = re.compile(r"-(?:DESKTOP|LAPTOP|WIN)-(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{4,15}(?:-\d+)?$")
_ILLEGAL_IN_SHEET = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def slug(text: str) -> str:
    """The text as a file name without its ending: only a-z, 0-9 and single hyphens, at most 80, never empty.

    >>> slug("Bidang Pengadaan & Informasi ASN")
    'bidang-pengadaan-informasi-asn'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-")
    return f"berkas-{words}".strip("-") if not words or words in _RESERVED else words


def unique(name: str, taken: Iterable[str], limit: int = SLUG_LENGTH) -> str:
    """The name, or the name with "-2", "-3" ... where it is taken; case does not tell names apart.

    >>> unique("mutasi", ["mutasi", "mutasi-2"])
    'mutasi-3'
    """
    used = {other.casefold() for other in taken}
    candidate, number = name, 1
    while candidate.casefold() in used:
        number += 1
        ending = f"-{number}"
        candidate = _cut(name, limit - len(ending)) + ending
    return candidate


def sheet_name(text: str) -> str:
    """The text as a sheet's title that Excel accepts, never empty.

    >>> sheet_name("Mutasi/Promosi: usulan")
    'Mutasi Promosi usulan'
    """
    title = _cut(" ".join(_ILLEGAL_IN_SHEET.sub(" ", text).split()), SHEET_LENGTH).strip("' ")
    return f"Lembar {title}".strip() if title.casefold() in ("", "history") else title


def is_conflict_copy(name: str) -> bool:
    """True for the copy that a sync program made of a file changed in two places; "form (1).xlsx" is none.

    >>> is_conflict_copy("formulir (Budi's conflicted copy 2026-08-12).xlsx"), is_conflict_copy("formulir (1).xlsx")
    (True, False)
    """
    stem = PurePosixPath(name).stem
    return bool(_CONFLICT.search(stem) or _COMPUTER.search(stem))


def _cut(text: str, length: int) -> str:
    """The beginning of the text, counted as Excel counts: a character beyond U+FFFF is two."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * length].decode("utf-16-le", "ignore").rstrip(" -")
