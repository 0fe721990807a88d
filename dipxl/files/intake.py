"""Returned workbooks made one frame, tidied and checked once, and told again file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from dipxl.files.layout import Stamp
from dipxl.files.merged import WHERE, Merged, Piece, merged_heads, merged_rows
from dipxl.files.returned import Returned
from dipxl.model.check import Fault, as_finding, check
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding, Findings, Place, Repair, Severity, Verdict, finding
from dipxl.model.tidy import tidy

BLANK = ("kosong", "kosong-bersyarat")
NIHIL = sheet("kepala")["pernyataan"].choices[-1]

NOTHING_FOUND = Findings()


@dataclass(frozen=True)
class CheckedRow:
    """An entry after checking: its values by column name, and what was found in it."""

    sheet_name: str
    sheet: str
    number: int
    values: Mapping[str, str]
    found: tuple[Finding, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """The codes of what must be repaired."""
        return tuple(found.code for found in self.found if found.severity is Severity.WAJIB)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What those who decide about the entry should read: all but mere suggestions."""
        return tuple(found.message for found in self.found if found.severity is not Severity.SARAN)


@dataclass(frozen=True)
class Balance:
    """Every typed cell counts once: it is taken, or it is reported."""

    typed: int
    taken: int
    reported: int


@dataclass(frozen=True)
class Examined:
    """All that is known of one returned file."""

    returned: Returned
    findings: Findings = NOTHING_FOUND
    repairs: tuple[Repair, ...] = ()
    rows: tuple[CheckedRow, ...] = ()
    head: Mapping[str, str] = field(default_factory=dict)
    balance: Balance | None = None

    @property
    def path(self) -> Path:
        return self.returned.path

    @property
    def stamp(self) -> Stamp | None:
        return self.returned.stamp

    @property
    def verdict(self) -> Verdict:
        if self.returned.ignored:
            return Verdict.DIABAIKAN
        return Verdict.TIDAK_TERBACA if self.returned.problem else self.findings.verdict

    def rows_of(self, sheet_name: str) -> list[CheckedRow]:
        return [row for row in self.rows if row.sheet_name == sheet_name]

    @property
    def faulty_rows(self) -> int:
        return sum(bool(row.faults) for row in self.rows)

    @property
    def nihil(self) -> bool:
        """True when the bidang states that it has nothing new, which is a valid answer."""
        return self.head.get("pernyataan") == NIHIL

    @property
    def attention(self) -> bool:
        """True when a person has something to do about this file."""
        return not self.returned.ignored and (bool(self.returned.problem) or self.findings.needs_person)

    def as_json(self, path: str = "", *, with_rows: bool = False) -> dict[str, Any]:
        """The file as `--json` tells it."""
        stamp, balance = self.stamp, self.balance
        told: dict[str, Any] = {
            "path": path or str(self.path),
            "verdict": str(self.verdict),
            "unit": (stamp.unit if stamp else "") or self.head.get("unit", "") or None,
            "edition": (stamp.edition if stamp else "") or None,
            "rows": len(self.rows),
            "cells": asdict(balance) if balance else None,
            "repairs": [asdict(repair) for repair in self.repairs],
            "findings": [found.as_json() for found in self.all_findings],
        }
        if with_rows:
            told["records"] = [{"sheet": r.sheet, "row": r.number, "values": dict(r.values)} for r in self.rows]
        return told

    @property
    def all_findings(self) -> Findings:
        """The findings, or for a file that could not be read the one that says so."""
        if not self.returned.problem or self.returned.ignored:
            return self.findings
        facts = {"value": self.returned.problem, "suggestion": self.returned.remedy}
        return Findings((finding("tidak-terbaca", Place("", ""), **facts),))


class _Gathered:
    """What is found out about each file while the merged frames are checked."""

    def __init__(self, count: int) -> None:
        self.findings: list[list[Finding]] = [[] for _ in range(count)]
        self.repairs: list[list[Repair]] = [[] for _ in range(count)]
        self.rows: list[list[CheckedRow]] = [[] for _ in range(count)]
        self.heads: dict[int, dict[str, str]] = {}
        self.bad_cells: list[set[tuple[str, str]]] = [set() for _ in range(count)]

    def add(self, file: int, found: Finding) -> None:
        self.findings[file].append(found)
        if found.severity is Severity.WAJIB and found.value:
            self.bad_cells[file] |= {(found.sheet, cell) for cell in found.cells}


def examine(returned: Sequence[Returned], head: str, tables: Iterable[str]) -> list[Examined]:
    """Tidy and check many files at once.

    `head` names the sheet of head cells that the files carry ("" for none), `tables` their kinds of table.
    """
    gathered = _Gathered(len(returned))
    if head:
        heads = merged_heads(returned, head)
        values, _ = _checked(head, heads, gathered)
        plain = {n: {name: cell.text for name, cell in file.head.items()} for n, file in enumerate(returned)}
        gathered.heads = plain | {piece.file: one for piece, one in zip(heads.pieces, values, strict=True)}
    for name in tables:
        merged = merged_rows(returned, name)
        values, found = _checked(name, merged, gathered)
        for row, one in enumerate(values):
            piece, number = merged.piece(row)
            checked = CheckedRow(name, piece.sheet, number, one, tuple(found.get(row, ())))
            gathered.rows[piece.file].append(checked)
    examined = [_examined(number, file, gathered) for number, file in enumerate(returned)]
    return [replace(one, findings=Findings((*one.findings, *_statement(one)))) for one in examined]


def _checked(name: str, merged: Merged, gathered: _Gathered) -> tuple[list[dict[str, str]], dict[int, list[Finding]]]:
    """Tidy and check the rows of all files in one frame: their values, and what was found by row."""
    frame, changes = tidy(name, merged.frame, gathered.heads)
    for change in changes:
        piece, number = merged.piece(change.row)
        place = piece.place(change.column, number)
        gathered.repairs[piece.file].append(Repair(place.sheet, place.cell, change.before, change.after, change.why))
    by_row: dict[int, list[Finding]] = {}
    for fault in check(name, frame):
        piece, number = merged.piece(fault.row)
        found = _finding(name, fault, piece, number)
        gathered.add(piece.file, found)
        by_row.setdefault(fault.row, []).append(found)
    names = [column for column in frame.columns if column not in WHERE]
    columns = [frame[column].tolist() for column in names]
    return [dict(zip(names, line, strict=True)) for line in zip(*columns, strict=True)], by_row


def _finding(name: str, fault: Fault, piece: Piece, number: int) -> Finding:
    """The fault at its cell; a column that the sheet does not have at all is one finding for all its rows."""
    if fault.code in BLANK and not piece.has(fault.column):
        column = sheet(name)[fault.column]
        return finding("kolom-hilang", Place(piece.sheet, ""), column=column.label, basis=column.basis)
    found = as_finding(name, fault, piece.place(fault.column, number))
    if piece.table is None:
        return found
    return replace(found, cells=piece.table.addresses(piece.prefix + fault.column, number))


def _statement(one: Examined) -> Iterator[Finding]:
    """What the head of a form states about its table, against the table."""
    cell = one.returned.head.get("pernyataan")
    if not cell or not one.head.get("pernyataan"):
        return
    place = Place(cell.sheet, cell.address)
    new = [row for row in one.rows if not _carried(row)]
    if one.nihil and new:
        yield finding("nihil-berisi", place, value=str(len(new)))
    if not one.nihil and not one.rows:
        yield finding("ada-tetapi-kosong", place)


def _carried(row: CheckedRow) -> bool:
    """True for a row of the last edition that stays as it is, which "Nihil, tidak ada informasi baru" allows."""
    return bool(row.values["kode"]) and row.values.get("pemutakhiran", "Tetap") == "Tetap"


def _examined(number: int, file: Returned, gathered: _Gathered) -> Examined:
    if file.problem:
        return Examined(file)
    found = [*gathered.findings[number], *file.findings]
    if not file.tables:
        found.append(finding("bukan-formulir", Place("", "")))
    return Examined(
        file,
        Findings(tuple(found)).grouped(),
        (*file.repairs, *gathered.repairs[number]),
        tuple(gathered.rows[number]),
        gathered.heads.get(number, {}),
        _balance(file, gathered.bad_cells[number]),
    )


def _balance(file: Returned, bad: set[tuple[str, str]]) -> Balance:
    """The cells of a file: those that stand in the head or an entry are taken, save where their value is not valid."""
    taken = file.fed - len(bad)
    return Balance(file.typed, taken, file.typed - taken)
