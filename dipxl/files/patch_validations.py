"""Drop-downs and input messages given back to cells that lost them; no cell gets a second one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from dipxl.files.layout import letters
from dipxl.files.patch_cells import MOST_COLUMNS, MOST_ROWS, split
from dipxl.files.patch_package import M, insert_ordered

_PART = re.compile(r"\$?([A-Z]{0,3})\$?((?:[1-9]\d{0,6})?)(?::\$?([A-Z]{0,3})\$?((?:[1-9]\d{0,6})?))?")
_BROKEN = "#REF!"
_TAG = f"{M}dataValidation"


class Area(NamedTuple):
    """A rectangle of cells, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = f"{letters(self.left - 1)}{self.top}", f"{letters(self.right - 1)}{self.bottom}"
        return first if first == last else f"{first}:{last}"


@dataclass(frozen=True)
class Target:
    """Cells of one column, by the key of the form's column whose rule they should have."""

    key: str
    column: int
    first: int
    last: int


def give_back(root: etree._Element, targets: Sequence[Target], rules: Mapping[str, etree._Element]) -> dict[str, int]:
    """Give each target the form's rule where it has none; by key the first row of those that had lost it.

    `rules` are validations by column key, whose own cells do not count.
    """
    signs = {key: _sign(rule) for key, rule in rules.items()}
    present = _Present(root, frozenset(signs.values()))
    lost: dict[str, int] = {}
    for target in targets:
        if target.key not in rules:
            continue
        present.take_wrong(target, signs[target.key])
        gaps = list(_gaps(target, present.covered(target.column)))
        if gaps:
            present.add(rules[target.key], gaps)
            lost[target.key] = gaps[0].top
    present.write()
    return lost


class _Present:
    """The validations of a sheet with their areas; `own` tells those of the form."""

    def __init__(self, root: etree._Element, own: frozenset[tuple[str, ...]]) -> None:
        self._root, self._own = root, own
        self._listed = root.find(f"{M}dataValidations")
        self._rules = [] if self._listed is None else [_Rule(one) for one in self._listed.iterchildren(tag=_TAG)]
        extended = [element.text or "" for element in root.iterfind("{*}extLst//{*}dataValidation/{*}sqref")]
        self._extended = [area for text in extended for area in _areas(text)]

    def take_wrong(self, target: Target, sign: tuple[str, ...]) -> None:
        """Take from the target's cells a rule that leads nowhere, and the form's rule for another column."""
        for rule in self._rules:
            if rule.is_broken or (rule.sign in self._own and rule.sign != sign):
                left = [piece for area in rule.areas for piece in _without(area, target)]
                rule.set_areas(left)

    def covered(self, column: int) -> list[tuple[int, int]]:
        """The runs of rows of a column that have a rule, also one that only newer programs read."""
        areas = [*self._extended, *(area for rule in self._rules for area in rule.areas)]
        return sorted((area.top, area.bottom) for area in areas if area.left <= column <= area.right)

    def add(self, wanted: etree._Element, gaps: Sequence[Area]) -> None:
        """Let the sheet's own rule of this kind cover the gaps too, or add the form's."""
        sign = _sign(wanted)
        same = next((rule for rule in self._rules if rule.sign == sign), None)
        if same is None:
            same = _Rule(deepcopy(wanted))
            same.areas = []
            self._rules.append(same)
        same.set_areas([*same.areas, *gaps])

    def write(self) -> None:
        """Put the changes into the sheet."""
        if not any(rule.is_changed for rule in self._rules):
            return
        if self._listed is None:
            self._listed = insert_ordered(self._root, etree.Element(f"{M}dataValidations"))
        for rule in self._rules:
            rule.write(self._listed)
        self._listed.set("count", str(len(self._listed)))
        if not len(self._listed):
            self._root.remove(self._listed)


class _Rule:
    """A validation with its areas."""

    def __init__(self, element: etree._Element) -> None:
        self.element, self.sign = element, _sign(element)
        self.areas = list(_areas(element.get("sqref", "")))
        self.is_broken = any(_BROKEN in (formula.text or "") for formula in element)
        self.is_changed = False

    def set_areas(self, areas: list[Area]) -> None:
        self.is_changed = self.is_changed or areas != self.areas
        self.areas = areas

    def write(self, listed: etree._Element) -> None:
        if not self.is_changed:
            return
        self.element.set("sqref", " ".join(map(str, self.areas)))
        if self.areas and self.element.getparent() is not listed:
            listed.append(self.element)
        elif not self.areas and self.element.getparent() is listed:
            listed.remove(self.element)


def _sign(rule: etree._Element) -> tuple[str, ...]:
    """What tells rules apart, whichever program wrote them; LibreOffice gives a formula to those that allow all."""
    kind = rule.get("type", "none")
    formula = "" if kind == "none" else rule.findtext(f"{M}formula1", "").strip().lstrip("=")
    return kind, formula, rule.get("promptTitle", "")


def _without(area: Area, target: Target) -> Iterator[Area]:
    """The pieces of an area outside the target."""
    top, bottom = max(area.top, target.first), min(area.bottom, target.last)
    if not area.left <= target.column <= area.right or top > bottom:
        yield area
        return
    pieces = (
        Area(area.top, area.left, top - 1, area.right),
        Area(top, area.left, bottom, target.column - 1),
        Area(top, target.column + 1, bottom, area.right),
        Area(bottom + 1, area.left, area.bottom, area.right),
    )
    yield from (piece for piece in pieces if piece.top <= piece.bottom and piece.left <= piece.right)


def _gaps(target: Target, covered: Sequence[tuple[int, int]]) -> Iterator[Area]:
    free = target.first
    for top, bottom in covered:
        if top > free and free <= target.last:
            yield Area(free, target.column, min(top - 1, target.last), target.column)
        free = max(free, bottom + 1)
    if free <= target.last:
        yield Area(free, target.column, target.last, target.column)


def _areas(text: str) -> Iterator[Area]:
    """The areas of a list such as "A1:A5 C3 E:E"; what is not one is passed over."""
    for part in text.split():
        match = _PART.fullmatch(part)
        if match and (match[1] or match[2]):
            first = split(f"{match[1] or 'A'}{match[2] or 1}")
            end = (match[1], match[2]) if match[3] is None else (match[3], match[4])
            last = split(f"{end[0] or letters(MOST_COLUMNS - 1)}{end[1] or MOST_ROWS}")
            yield Area(*first, *last)
