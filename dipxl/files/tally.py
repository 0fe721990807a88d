"""Counts every cell that a person typed, once: fed into a value, or left over and said so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dipxl.files.entries import Cell
from dipxl.model.findings import Finding, Place, finding
from dipxl.model.text import excerpt

MOST_SINGLY = 10  # loose cells on a sheet that are told one by one


@dataclass
class Tally:
    """The cells of one sheet: how many were typed, how many feed a value, and those that do not."""

    sheet: str
    typed: int = 0
    fed: int = 0
    left: list[Cell] = field(default_factory=list)
    loose: list[Cell] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)

    def feed(self, count: int) -> None:
        self.typed += count
        self.fed += count

    def leave(self, cells: Iterable[tuple[str, str]], code: str = "", **facts: str) -> None:
        """Keep cells, by address and text, that feed nothing; under a code of the catalogue, else each by itself."""
        kept = [Cell(self.sheet, address, text) for address, text in cells]
        self.typed += len(kept)
        self.left += kept
        if not code:
            self.loose += kept
            return
        place = Place(self.sheet, "")
        value = facts.pop("value", excerpt(kept[0].text)) if kept else ""
        found = finding(code, place, value=value, **facts)
        self.found.append(_at(found, [cell.address for cell in kept]))

    def name(self, code: str, cell: str, **facts: str) -> None:
        """Name a cell that is understood but holds no value, such as the heading of a column."""
        self.typed += 1
        self.found.append(finding(code, Place(self.sheet, cell), **facts))

    def findings(self) -> list[Finding]:
        """What is to be said about this sheet; many loose cells are one finding."""
        if len(self.loose) <= MOST_SINGLY:
            singly = [finding("di-luar-tabel", Place(c.sheet, c.address), value=excerpt(c.text)) for c in self.loose]
            return [*self.found, *singly]
        count, first = f"{len(self.loose)}", excerpt(self.loose[0].text)
        found = finding("isian-di-luar", Place(self.sheet, ""), value=first, other=count)
        return [*self.found, _at(found, [cell.address for cell in self.loose])]


def _at(found: Finding, cells: list[str]) -> Finding:
    return Finding(**{**vars(found), "cells": tuple(cells)})
