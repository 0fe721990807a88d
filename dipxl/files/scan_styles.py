"""What the styles of a workbook do to its cells: number formats, lines through the text, fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dipxl.files.number_formats import BUILT_IN, GENERAL
from dipxl.files.parts import elements

_WHITE = ("FFFFFFFF", "00FFFFFF")


@dataclass(frozen=True)
class Styles:
    """What the styles of a workbook do to a cell, by style number: its number format, a line through it, its fill."""

    formats: Mapping[int, str] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()
    fills: Mapping[int, str] = field(default_factory=dict)


@lru_cache(maxsize=64)
def read_styles(data: bytes) -> Styles:
    """The styles that matter from xl/styles.xml."""
    codes = BUILT_IN | {int(row.get("numFmtId", -1)): row.get("formatCode", "") for row in elements(data, "numFmt")}
    struck = _numbered(data, "fonts", "strike")
    fills = {number: colour for number, colour in enumerate(_fills(data)) if colour and colour not in _WHITE}
    cells = [row for group in elements(data, "cellXfs") for row in group.iterchildren("{*}xf")]
    formats = {number: codes.get(int(row.get("numFmtId", 0)), "?") for number, row in enumerate(cells)}
    return Styles(
        {number: code for number, code in formats.items() if code.casefold() not in (GENERAL.casefold(), "@", "")},
        frozenset(number for number, row in enumerate(cells) if int(row.get("fontId", 0)) in struck),
        {n: fills[fill] for n, row in enumerate(cells) if (fill := int(row.get("fillId", 0))) in fills},
    )


def _numbered(data: bytes, group: str, mark: str) -> set[int]:
    """The numbers of the members of a group that carry a mark which is not switched off."""
    members = [row for outer in elements(data, group) for row in outer]
    return {n for n, row in enumerate(members) for m in row.iter(f"{{*}}{mark}") if m.get("val") not in ("0", "false")}


def _fills(data: bytes) -> Iterator[str]:
    """The colour of each fill, "" where there is none."""
    for group in elements(data, "fills"):
        for fill in group:
            solid = any(pattern.get("patternType") == "solid" for pattern in fill.iter("{*}patternFill"))
            colours = (
                [" ".join(map(str, colour.attrib.values())) for colour in fill.iter("{*}fgColor")] if solid else []
            )
            yield "".join(colours)
