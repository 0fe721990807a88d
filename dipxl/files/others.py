"""The sheet "Isian Lain" of a fresh form: what was typed outside every table, each with its old address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dipxl.files import layout
from dipxl.model.text import visible

TITLE = "Isian Lain"
NOTE = "Isian ini tidak berada di kolom formulir. Pindahkan ke kolom yang sesuai bila perlu; selebihnya biarkan saja."
HEADINGS = ("Lembar asal", "Sel asal", "Isi")
WIDTHS = (24, 12, 90)
FIRST_ROW = 3
SIGN_PLACE = len(HEADINGS)  # a hidden column with the fingerprint of its line


@dataclass(frozen=True)
class Other:
    """A text with the place where it stood."""

    sheet: str
    cell: str
    text: str


def text_address(number: int) -> str:
    """Where the text of a line stands on the sheet, lines counted from 0."""
    return layout.address(FIRST_ROW + number, len(HEADINGS) - 1)


def typed_among(lines: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Row and column, from 0, of what people typed on the sheet: all but what dipxl wrote and nobody changed."""
    for number, line in enumerate(lines):
        ours = _is_ours(number, line)
        for place, words in enumerate(line):
            if visible(words) and not (ours and place <= SIGN_PLACE):
                yield number, place


def _is_ours(number: int, line: Sequence[str]) -> bool:
    cells = tuple(visible(words) for words in line[:SIGN_PLACE])
    if number < FIRST_ROW:
        printed = ((TITLE,), (NOTE,), HEADINGS)[number]
        return tuple(filter(None, cells)) == printed
    return len(line) > SIGN_PLACE and visible(line[SIGN_PLACE]) == sign(cells)


def sign(line: Sequence[str]) -> str:
    """The fingerprint of a line, which a change of any of its cells breaks."""
    return hashlib.sha256("\n".join(map(visible, line)).encode()).hexdigest()[:16]
