"""Finds the heading of a table: by the hidden key row, else by the headings themselves, whatever was made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from dipxl.files.layout import parse_key
from dipxl.files.spellings import Field, Match, exact, is_key, kinds, match_of, squeezed

SEARCHED_LINES = 60
ENOUGH_HEADINGS = 3
TALLEST = 3  # lines of one heading
MOSTLY = 0.7  # of the cells of a further line have their part in a heading, else it is a row of the table
BELOW_KEYS = 3  # the headings are among the first lines that hold something below their keys

Lines = Sequence[Sequence[str]]
Covered = Mapping[tuple[int, int], str]


class Remark(NamedTuple):
    """What is to be said about a heading: a code of the catalogue, its place, its text and the column it is read as."""

    code: str
    place: int
    text: str
    key: str


@dataclass(frozen=True)
class Heading:
    """The lines of a heading, counted from 0, and what stands below each place.

    `matches` says how each heading was understood, `unknown` are those that nobody knows, `twins` the places that
    repeat a column, `ignored` those that people left out. `texts` are the headings by place, `lines` where they stand.
    `ours` is True where dipxl's hidden key row leads.
    """

    first: int
    last: int
    fields: Mapping[int, Field]
    unknown: Mapping[int, str] = field(default_factory=dict)
    twins: Mapping[int, str] = field(default_factory=dict)
    matches: Mapping[int, Match] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    ignored: frozenset[int] = frozenset()
    texts: Sequence[str] = ()
    lines: Mapping[int, int] = field(default_factory=dict)
    ours: bool = False

    def line(self, place: int) -> int:
        """The line in which the heading of a place stands."""
        return self.lines.get(place, self.last)

    def text(self, place: int) -> str:
        return self.texts[place] if place < len(self.texts) else ""

    @cached_property
    def kinds(self) -> set[str]:
        return {f.key.split(".")[0] for f in self.fields.values()}


def find_heading(
    lines: Lines, covered: Covered, start: int = 0, told: Mapping[str, str] | None = None
) -> Heading | None:
    """The first heading at or below a line; `covered` are the texts that merged cells show beyond their corner.

    `told` are headings that people have explained, by their squeezed text: the field as text, "" to leave it out.
    """
    told = told or {}
    return _by_keys(lines, start, told) or _by_labels(lines, covered, start, told)


def heading_at(lines: Lines, covered: Covered, number: int, told: Mapping[str, str] | None = None) -> Heading | None:
    """The heading that begins just at a line, or None."""
    found = [_window(lines, covered, number, height, told or {}) for height in range(1, TALLEST + 1)]
    return max((one for one in found if one), key=lambda one: (len(one.fields), _weight(one), -one.last), default=None)


def _by_keys(lines: Lines, start: int, told: Mapping[str, str]) -> Heading | None:
    """The heading below the hidden keys; of keys that were copied elsewhere those with headings below count."""
    first: Heading | None = None
    for number in range(start, min(start + SEARCHED_LINES, len(lines))):
        keys = _keys(lines[number])
        if len(keys) >= ENOUGH_HEADINGS - 1:
            found = _below_keys(lines, number, keys, told)
            if found.last > number:
                return found
            first = first or found
    return first


def _keys(line: Sequence[str]) -> dict[int, str]:
    """The keys of a hidden key row by place; of a copied column the first counts."""
    keys: dict[int, str] = {}
    for place, text in enumerate(line):
        key = parse_key(text) if "." in text else None
        if key and is_key(*key) and ".".join(key) not in keys.values():
            keys[place] = ".".join(key)
    return keys


def _below_keys(lines: Lines, number: int, keys: Mapping[int, str], told: Mapping[str, str]) -> Heading:
    filled = (n for n in range(number + 1, min(number + SEARCHED_LINES, len(lines))) if any(lines[n]))
    below = list(islice(filled, BELOW_KEYS))
    agreed = {n: sum(_agrees(text, keys.get(place, "")) for place, text in enumerate(lines[n])) for n in below}
    last = max(agreed, key=lambda n: (agreed[n], -n), default=number)
    last = last if agreed.get(last) else number  # somebody took the headings away; nothing else is taken for them
    texts = lines[last] if last > number else []
    said = {place: m for place, text in enumerate(texts) if text and (m := match_of(text, _kind(keys, place), told))}
    fields, remarks = _agreed(keys, said, texts)
    heading = Heading(number, last, fields, remarks=remarks, texts=texts, ours=True)
    return _finished(heading, texts, said, told)


def _kind(keys: Mapping[int, str], place: int) -> str:
    """The kind of sheet whose headings are expected at a place."""
    return (keys.get(place) or next(iter(keys.values()))).partition(".")[0]


def _agreed(
    keys: Mapping[int, str], said: Mapping[int, Match], texts: Sequence[str]
) -> tuple[dict[int, Field], tuple[Remark, ...]]:
    """The columns by key, except where the heading above plainly names another one: people go by what they see."""
    fields: dict[int, Field] = {}
    remarks: list[Remark] = []
    rightful = {key for place, key in keys.items() if place in said and said[place].field.key == key}
    for place, key in keys.items():
        match = said.get(place)
        if match and match.how != "near" and match.field.key != key and match.field.key not in rightful:
            fields[place] = match.field
            remarks.append(Remark("judul-bertukar", place, texts[place], match.field.key))
            continue
        fields[place] = Field(key)
        if place < len(texts) and texts[place] and not (match and match.field.key == key and match.how == "own"):
            remarks.append(Remark("judul-disamakan", place, texts[place], key))
    return fields, tuple(remarks)


def _finished(heading: Heading, texts: Sequence[str], said: Mapping[int, Match], told: Mapping[str, str]) -> Heading:
    """Each column once, the best of several that claim it, and what is known of the places that bear no key."""
    offered = {place: match for place, match in said.items() if place not in heading.fields}
    ranked = sorted(offered, key=lambda place: (-offered[place].score, place))
    fields, twins = _each_once(heading.fields, said)
    remarks = list(heading.remarks)
    for place in ranked:
        one = offered[place].field
        if any((f.key, f.tick) == (one.key, one.tick) for f in fields.values()):
            twins[place] = one.key
            continue
        fields[place] = one
        if offered[place].how not in ("own", "told"):
            remarks.append(Remark("judul-disamakan", place, texts[place], one.key))
    rest = {p: text for p, text in enumerate(texts) if text and p not in fields and p not in twins}
    ignored = frozenset(place for place, text in rest.items() if told.get(squeezed(text)) == "")
    return replace(
        heading,
        fields=dict(sorted(fields.items())),
        unknown={place: text for place, text in rest.items() if place not in ignored},
        twins=twins,
        matches=said,
        remarks=tuple(remarks),
        ignored=ignored,
    )


def _each_once(keyed: Mapping[int, Field], said: Mapping[int, Match]) -> tuple[dict[int, Field], dict[int, str]]:
    """Of several places under one key the one whose heading says so, and the others as its twins."""
    fields: dict[int, Field] = {}
    twins: dict[int, str] = {}
    for place in sorted(keyed, key=lambda p: (p not in said or said[p].field.key != keyed[p].key, p)):
        if keyed[place] in fields.values():
            twins[place] = keyed[place].key
        else:
            fields[place] = keyed[place]
    return fields, twins


def _agrees(text: str, key: str) -> bool:
    match = exact(text, key.split(".", maxsplit=1)[0]) if text and key else None
    return match is not None and not match.field.tick and match.field.key == key


def _by_labels(lines: Lines, covered: Covered, start: int, told: Mapping[str, str]) -> Heading | None:
    for number in range(start, min(start + SEARCHED_LINES, len(lines))):
        found = heading_at(lines, covered, number, told)
        if found:
            later = [heading_at(lines, covered, n, told) for n in range(number + 1, found.last + 2)]
            return max([found, *filter(None, later)], key=lambda one: (len(one.fields), -one.first))
    return None


def _weight(heading: Heading) -> float:
    """How much of a heading is understood; a slip counts a little less than the right word."""
    places = [place for place in heading.fields if place in heading.matches]
    return sum(heading.matches[place].score for place in places) / 100


def _window(lines: Lines, covered: Covered, first: int, height: int, told: Mapping[str, str]) -> Heading | None:
    """The heading that some lines make together, if enough of it is known and its first line has a part in it."""
    last = first + height - 1
    if last >= len(lines) or not any(lines[first]):
        return None
    width = max(len(lines[n]) for n in range(first, last + 1))
    stacks = [_stacked(lines, covered, range(first, last + 1), place) for place in range(width)]
    texts = [" ".join(stack) for stack in stacks]
    best: Heading | None = None
    for kind in kinds():
        used = {place: found for place, stack in enumerate(stacks) if (found := _understood(stack, kind, told))}
        said = {place: match for place, (_, match) in used.items()}
        heading = _finished(Heading(first, last, {}), texts, said, told)
        parts = [
            sum(bool(text) and text in used.get(p, [""])[0] for p, text in enumerate(lines[n])) for n in (first, last)
        ]
        filled = len(lines[last]) - lines[last].count("")
        enough = len({f.key for f in heading.fields.values()}) >= ENOUGH_HEADINGS and parts[0]
        if (
            enough
            and (height == 1 or parts[1] >= MOSTLY * filled)
            and (best is None or _weight(heading) > _weight(best))
        ):
            best = heading  # the kind of sheet whose words these are
    return replace(best, texts=texts, lines=_lowest(lines, best)) if best else None


def _lowest(lines: Lines, heading: Heading) -> dict[int, int]:
    """The line in which the heading of each place really stands, its lowest where it has several."""
    found: dict[int, int] = {}
    for number in range(heading.first, heading.last + 1):
        found |= {place: number for place, text in enumerate(lines[number]) if text}
    return found


def _stacked(lines: Lines, covered: Covered, numbers: range, place: int) -> list[str]:
    """The texts above each other at a place, merged ones wherever they reach."""
    texts = (lines[n][place] if place < len(lines[n]) else "" for n in numbers)
    shown = (text or covered.get((n, place), "") for n, text in zip(numbers, texts, strict=True))
    return list(dict.fromkeys(text for text in shown if text))


def _understood(stack: Sequence[str], kind: str, told: Mapping[str, str]) -> tuple[str, Match] | None:
    """What the texts of a heading mean together, else the lowest of them alone, else one above; and which did."""
    candidates = dict.fromkeys([" ".join(stack), *reversed(stack)] if stack else [])
    found = [(text, match) for text in candidates if (match := match_of(text, kind, told))]
    return max(found, key=lambda one: one[1].score, default=None)
