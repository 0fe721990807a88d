"""Finds what leads out of a workbook in formulas and drawings: other files, programs, servers, macros."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dipxl.files.patch_package import Package

ERROR = "#REF!"
_LONGEST_FORMULA = 8192

# A formula that reaches beyond the workbook: [1]Sheet!A1, program|topic!item, or a function that calls out.
_CALLS = (
    r"WEBSERVICE|IMAGE|RTD|DDE|CALL|REGISTER(?:\.ID)?|EXEC|SQL\.REQUEST|CUBE[A-Z]+|STOCKHISTORY|GOOGLEFINANCE"
    r"|IMPORT(?:XML|DATA|HTML|FEED|RANGE)"
)
_REACHES_OUT = re.compile(
    r"(?<![\w\]])\[[^\]\[]+\][^-,;()+*/&=<> ]*!|'[^']*\[[^']*'!"
    rf"|\|[^,;()]*!|'\w+:/[^']*'#|\b(?:{_CALLS})\(",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"[^"]*"')
_SCHEME = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|\\\\|//)", re.IGNORECASE)

_DRAWN = re.compile(r".*\.vml|(?:.*/)?(?:drawings|charts|chartex|ctrlProps)/[^/]+\.xml", re.IGNORECASE)
_ATTRIBUTES = re.compile(
    rb"\s(?P<name>macro|textlink|fmlaLink|fmlaRange|fmlaGroup|fmlaTxbx|(?:\w+:)?href|src)"
    rb"\s*=\s*(?:\"(?P<double>[^\"<]*)\"|'(?P<single>[^'<]*)')"
)
_ELEMENTS = re.compile(
    rb"<(?P<tag>(?:\w+:)?(?P<name>FmlaMacro|FmlaLink|FmlaRange|FmlaGroup|FmlaPict|FmlaTxbx|f))(?:\s[^<>]*)?>"
    rb"(?P<text>[^<]*)</(?P=tag)>"
)


def reaches_out(formula: str) -> bool:
    """True for a formula that leads to another file, program or server."""
    return len(formula) > _LONGEST_FORMULA or bool(_REACHES_OUT.search(_QUOTED.sub('""', formula)))


def leads_out(place: str) -> bool:
    """True for the place of a link within the workbook that is not within it."""
    return bool(_SCHEME.match(place)) or reaches_out(f"{place}!" if place.endswith("]") else place)


def disarm_drawings(package: Package) -> Iterator[tuple[str, str]]:
    """Take from shapes, charts and controls the macros they call and the files they show; yield kind and target."""
    for name in [name for name in package.parts if _DRAWN.fullmatch(name)]:
        found: list[tuple[str, str]] = []
        part = _disarmed(package.parts[name], found)
        if part != package.parts[name]:
            package.parts[name] = part
        yield from dict.fromkeys(found)


def _disarmed(part: bytes, found: list[tuple[str, str]]) -> bytes:
    def attribute(match: re.Match[bytes]) -> bytes:
        name, value = match["name"].decode(), match["double"] or match["single"] or b""
        kind = _kind(name.rpartition(":")[2], value.decode("utf-8", "replace"))
        if not kind:
            return match[0]
        found.append((kind, value.decode("utf-8", "replace")))
        return b' macro=""' if name == "macro" else b""

    def element(match: re.Match[bytes]) -> bytes:
        name, value = match["name"].decode(), match["text"].decode("utf-8", "replace")
        kind = _kind("macro" if name == "FmlaMacro" else name, value)
        if not kind:
            return match[0]
        found.append((kind, value))
        return match[0].replace(match["text"], ERROR.encode()) if name == "f" else b""

    return _ELEMENTS.sub(element, _ATTRIBUTES.sub(attribute, part))


def _kind(name: str, value: str) -> str:
    """What a word in a drawing is to the person who reads the list of removals, "" for what may stay."""
    if not value.strip():
        return ""
    if name == "macro":
        return "makro"
    if name in ("href", "src"):
        return "tautan" if name == "href" or _SCHEME.match(value) else ""
    return "berkas lain" if reaches_out(value) else ""
