"""Findings: what is wrong in people's data, where, and what to do; one object gives every number shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from dipxl.model.data import load
from dipxl.model.text import excerpt

NAMES_OF_A_ROW = ("ringkasan", "informasi")  # the columns by which people know a row


class Severity(StrEnum):
    """How much a finding weighs; only `WAJIB` stops an entry."""

    WAJIB = "wajib"
    PERIKSA = "periksa"
    SARAN = "saran"

    @property
    def label(self) -> str:
        return {"wajib": "wajib diperbaiki", "periksa": "perlu diperiksa", "saran": "saran"}[self.value]


class Verdict(StrEnum):
    """What is said of one file; the worst of the files is said of all."""

    LOLOS = "lolos"
    PERBAIKI = "perlu perbaikan"
    TIDAK_TERBACA = "tidak terbaca"
    DIABAIKAN = "diabaikan"

    @classmethod
    def worst(cls, verdicts: Iterable[Verdict]) -> Verdict:
        order = [cls.LOLOS, cls.PERBAIKI, cls.TIDAK_TERBACA]
        return max((v for v in verdicts if v in order), key=order.index, default=cls.LOLOS)


@dataclass(frozen=True)
class Place:
    """Where a value stands; sheet and cell are opaque text that `files` gave."""

    sheet: str
    cell: str


@dataclass(frozen=True)
class Waiver:
    """A rule that someone answerable lets rest until a day, for a bidang ("" for all); and where that is written."""

    bidang: str
    rule: str
    reason: str
    approver: str
    until: date
    place: Place = Place("", "")

    def as_json(self) -> dict[str, str]:
        return {"until": self.until.isoformat(), "reason": self.reason, "approver": self.approver}


@dataclass(frozen=True)
class Finding:
    """One fault with all its cells; `value` is what stands there, `column` the heading people see.

    `rows` are the first words of each cell's row, in the order of `cells`, or none at all. Where a `waiver` lets
    the rule rest, the finding is told and blocks nothing.
    """

    code: str
    severity: Severity
    sheet: str
    cells: tuple[str, ...]
    column: str
    value: str
    message: str
    remedy: str
    basis: str
    rows: tuple[str, ...] = ()
    waiver: Waiver | None = None

    @property
    def row_text(self) -> str:
        """The first words of the first cell's row, "" where there is none."""
        return self.rows[0] if self.rows else ""

    @property
    def places(self) -> list[tuple[str, str]]:
        """Each cell with the first words of its row."""
        unnamed = [""] * (len(self.cells) - len(self.rows))
        return list(zip(self.cells, [*self.rows, *unnamed], strict=True))

    @property
    def remains(self) -> bool:
        """True for what those who decide about an entry should read: all but mere suggestions."""
        return self.severity is not Severity.SARAN or self.waiver is not None

    def as_json(self) -> dict[str, Any]:
        """The finding in plain values, for other programs."""
        names = ("code", "severity", "sheet", "cells", "column", "value", "message", "remedy", "basis", "rows")
        plain = {name: getattr(self, name) for name in names}
        plain |= {"severity": self.severity.value, "cells": list(self.cells), "rows": list(self.rows)}
        return plain | {"waiver": self.waiver.as_json() if self.waiver else None}


@dataclass(frozen=True)
class Repair:
    """A value that dipxl changed because the change is certain: old value, new value, why."""

    sheet: str
    cell: str
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class Findings:
    """The findings of one file."""

    all: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.all)

    def __bool__(self) -> bool:
        return bool(self.all)

    def of(self, severity: Severity) -> list[Finding]:
        return [finding for finding in self.all if finding.severity is severity]

    def cells(self, severity: Severity) -> list[tuple[str, str]]:
        """Every (sheet, cell) that a finding of this severity names, once, in order."""
        return list(dict.fromkeys((f.sheet, cell) for f in self.of(severity) for cell in f.cells))

    def count(self, severity: Severity) -> int:
        """How many cells, and faults of a whole sheet or file, weigh so; the number that is shown anywhere."""
        return _count(self.of(severity))

    @property
    def waived(self) -> int:
        """How many cells, and faults of a whole sheet or file, block nothing because a rule is waived."""
        return _count([finding for finding in self.all if finding.waiver])

    @property
    def verdict(self) -> Verdict:
        return Verdict.PERBAIKI if self.of(Severity.WAJIB) else Verdict.LOLOS

    @property
    def needs_person(self) -> bool:
        return any(finding.severity is not Severity.SARAN for finding in self.all)

    def grouped(self) -> Findings:
        """Equal faults as one finding with all their cells, the weightiest first."""
        groups: dict[Finding, dict[str, str]] = {}
        for finding in self.all:
            places = groups.setdefault(replace(finding, cells=(), rows=()), {})
            for cell, row in finding.places:
                places[cell] = places.get(cell) or row
        merged = [_at(finding, places) for finding, places in groups.items()]
        return Findings(tuple(sorted(merged, key=lambda f: list(Severity).index(f.severity))))


def _count(found: list[Finding]) -> int:
    cells = {(f.sheet, cell) for f in found for cell in f.cells}
    return len(cells) + sum(not f.cells for f in found)


def _at(finding: Finding, places: Mapping[str, str]) -> Finding:
    return replace(finding, cells=tuple(places), rows=tuple(places.values()) if any(places.values()) else ())


def first_words(row: Mapping[str, str]) -> str:
    """The words by which people know a row: the beginning of its ringkasan or informasi, or ""."""
    return next((excerpt(row[name]) for name in NAMES_OF_A_ROW if row.get(name)), "")


def finding(code: str, place: Place, *, column: str = "", value: str = "", basis: str = "", **facts: str) -> Finding:
    """The catalogue's finding for a code, at a place; `facts` fill the gaps in its sentences.

    `basis` is the column's article, for codes that have none of their own.
    """
    entry: Mapping[str, str] = load("messages")[code]
    words = {"column": column, "value": value} | facts
    return Finding(
        code=code,
        severity=Severity(entry["severity"]),
        sheet=place.sheet,
        cells=(place.cell,) if place.cell else (),
        column=column,
        value=value,
        message=entry["message"].format_map(words),
        remedy=entry["remedy"].format_map(words),
        basis=entry.get("basis", basis),
    )
