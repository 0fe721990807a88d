"""What the heading of a column means: in dipxl's words, in those of other lists, or with a slip of the keyboard."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from dipxl.files.layout import parse_key
from dipxl.model.columns import Column, sheets
from dipxl.model.text import fold

LONGEST = 120
NEAR = 86  # of 100: a slip of the keyboard, not another word
ALIAS = 99.0  # of 100: a heading that other lists use
SHORTEST_NEAR = 5  # letters; shorter words resemble too much


@dataclass(frozen=True)
class Field:
    """What a column of a sheet holds: a column of dipxl, perhaps another one `also`, or ticks for one choice of it."""

    key: str
    also: str = ""
    tick: str = ""

    def __str__(self) -> str:
        return self.key + (f"+{self.also}" if self.also else "") + (f"={self.tick}" if self.tick else "")

    @classmethod
    def parse(cls, text: str) -> Field:
        """The field that was written as text, such as "daftar.waktu+daftar.tempat" or "daftar.bentuk=Softcopy"."""
        rest, _, tick = text.partition("=")
        key, _, also = rest.partition("+")
        return cls(key, also, tick)


class Match(NamedTuple):
    """A heading that was understood; `how` is "own" for dipxl's words, "alias" for known ones, "near" for a slip."""

    field: Field
    how: str
    score: float = 100.0


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """A heading as a key: letters and digits only, without accents, case, spaces and marks."""
    plain = unicodedata.normalize("NFKD", fold(text))
    return re.sub(r"[^0-9a-z]+", "", plain) or plain.strip()


def match_of(text: str, kind: str, told: Mapping[str, str]) -> Match | None:
    explained = told.get(squeezed(text))
    if explained is not None:
        return Match(Field.parse(explained), "told") if explained.startswith(f"{kind}.") else None
    return exact(text, kind) or _near(text, kind)


@lru_cache(maxsize=4096)
def exact(text: str, kind: str) -> Match | None:
    return _spellings(kind).get(squeezed(text)) if len(text) <= LONGEST else None


@lru_cache(maxsize=4096)
def _near(text: str, kind: str) -> Match | None:
    key = squeezed(text)
    if not SHORTEST_NEAR <= len(key) <= LONGEST:
        return None
    found = process.extractOne(key, _spellings(kind).keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return Match(_spellings(kind)[found[0]].field, "near", found[1]) if found else None


def is_key(sheet_name: str, name: str) -> bool:
    return sheet_name in sheets() and any(column.name == name for column in sheets()[sheet_name])


@cache
def kinds() -> tuple[str, ...]:
    return tuple(spec.name for spec in sheets().values() if not spec.head)


@cache
def _spellings(kind: str) -> Mapping[str, Match]:
    """What every known heading of a kind of sheet means, by its squeezed text."""
    known: dict[str, Match] = {}
    for column in sheets()[kind]:
        for text, match in _spelt(column):
            known.setdefault(squeezed(text), match)
    return known


def _spelt(column: Column) -> Iterator[tuple[str, Match]]:
    """The headings of a column, the most usual first; a rarer one gives way where two columns claim the same."""
    for other, texts in column.aliases_with.items():
        for text in texts:
            yield text, Match(Field(column.key, also=f"{column.sheet}.{other}"), "alias", ALIAS)
    for text in (column.label, column.heading):
        yield text, Match(Field(column.key), "own")
    for choice, texts in column.ticks.items():
        for text in texts:
            yield text, Match(Field(column.key, tick=choice), "alias", ALIAS)
    for number, text in enumerate((column.annex, *column.aliases)):
        if text:
            yield text, Match(Field(column.key), "alias", ALIAS - number / 10)


def parse_key_text(text: str) -> bool:
    """True for a cell of the hidden key row."""
    key = parse_key(text)
    return key is not None and is_key(*key)


def is_own(text: str) -> bool:
    """True for a heading in dipxl's own words."""
    found = (exact(text, kind) for kind in kinds())
    return any(match is not None and match.how == "own" for match in found)


def is_known(text: str) -> bool:
    """True for a text that is the heading of some column of the lists."""
    return bool(text) and any(exact(text, kind) for kind in ("daftar", "dikecualikan"))
