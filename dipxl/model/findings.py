"""Findings: what is wrong in people's data, where, and what to do; one object gives every number shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from dipxl.model.data import load


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
class Finding:
    """One fault with all its cells; `value` is what stands there, `column` the heading people see."""

    code: str
    severity: Severity
    sheet: str
    cells: tuple[str, ...]
    column: str
    value: str
    message: str
    remedy: str
    basis: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"severity": self.severity.value, "cells": list(self.cells)}


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

    @property
    def verdict(self) -> Verdict:
        return Verdict.PERBAIKI if self.of(Severity.WAJIB) else Verdict.LOLOS

    @property
    def needs_person(self) -> bool:
        return any(finding.severity is not Severity.SARAN for finding in self.all)

    def grouped(self) -> Findings:
        """Equal faults as one finding with all their cells, the weightiest first."""
        groups: dict[Finding, list[str]] = {}
        for finding in self.all:
            groups.setdefault(replace(finding, cells=()), []).extend(finding.cells)
        merged = [replace(finding, cells=tuple(dict.fromkeys(cells))) for finding, cells in groups.items()]
        return Findings(tuple(sorted(merged, key=lambda f: list(Severity).index(f.severity))))


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
