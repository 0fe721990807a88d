"""Returned workbooks made one frame, tidied and checked once, and told again file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from dipxl.files.layout import Stamp
from dipxl.files.returned import Cell, Returned
from dipxl.model.check import Fault, as_finding, check
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding, Findings, Place, Repair, Severity, Verdict, finding
from dipxl.model.text import excerpt
from dipxl.model.tidy import tidy

NIHIL = sheet("kepala")["pernyataan"].choices[-1]
NOT_TYPED = ("nomor", "kode")  # dipxl's own print inside a row


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


@dataclass(frozen=True)
class _Origin:
    """Where a row of the merged frame came from: which file, its Excel row, and where its cells stand."""

    file: int
    number: int
    sheet: str
    cells: Mapping[str, Place]

    def place(self, column: str) -> Place:
        """The cell of a column; where the sheet has none, the row's first cell, or just the sheet for a head."""
        return self.cells.get(column) or Place(self.sheet, f"A{self.number}" if self.number else "")


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
        for values, origin, _ in _checked(head, list(_heads(returned, head)), gathered):
            gathered.heads[origin.file] = values
    for name in tables:
        for values, origin, found in _checked(name, list(_rows(returned, name)), gathered):
            row = CheckedRow(name, origin.sheet, origin.number, values, found)
            gathered.rows[origin.file].append(row)
    examined = [_examined(number, file, gathered) for number, file in enumerate(returned)]
    return [replace(one, findings=Findings((*one.findings, *_statement(one)))) for one in examined]


def _checked(
    name: str, typed: Sequence[tuple[Mapping[str, str], _Origin]], gathered: _Gathered
) -> Iterator[tuple[dict[str, str], _Origin, tuple[Finding, ...]]]:
    """Tidy and check the rows of all files in one frame; yield each with what was found in it."""
    names = list(dict.fromkeys([*(column.name for column in sheet(name)), "kode"]))
    origins = [origin for _, origin in typed]
    records = [dict(cells) | {"file": o.file, "row": o.number} for cells, o in typed]
    frame = pd.DataFrame(records, columns=[*names, "file", "row"])
    frame = frame.astype(dict.fromkeys(names, "str") | {"file": "int32", "row": "int32"})
    frame, changes = tidy(name, frame, gathered.heads)
    for change in changes:
        origin = origins[change.row]
        place = origin.place(change.column)
        gathered.repairs[origin.file].append(Repair(place.sheet, place.cell, change.before, change.after, change.why))
    by_row: dict[int, list[Finding]] = {}
    for fault in check(name, frame):
        found = _finding(name, fault, origins[fault.row])
        gathered.add(origins[fault.row].file, found)
        by_row.setdefault(fault.row, []).append(found)
    columns = {n: frame[n].tolist() for n in names}
    for label, origin in enumerate(origins):
        yield {n: columns[n][label] for n in names}, origin, tuple(by_row.get(label, ()))


def _finding(name: str, fault: Fault, origin: _Origin) -> Finding:
    """The fault at its cell; a column that the sheet does not have at all is one finding for all its rows."""
    if fault.code == "kosong" and fault.column not in origin.cells:
        column = sheet(name)[fault.column]
        return finding("kolom-hilang", Place(origin.sheet, ""), column=column.label, basis=column.basis)
    return as_finding(name, fault, origin.place(fault.column))


def _heads(returned: Sequence[Returned], name: str) -> Iterator[tuple[dict[str, str], _Origin]]:
    """The head cells of each file that has a table."""
    for number, file in enumerate(returned):
        if file.tables:
            cells = {**file.blank_head, **file.head}
            places = {n: Place(cell.sheet, cell.address) for n, cell in cells.items()}
            values = {
                column.name: file.head[column.name].text if column.name in file.head else "" for column in sheet(name)
            }
            yield values | {"kode": ""}, _Origin(number, 0, sheet(name).title, places)


def _rows(returned: Sequence[Returned], name: str) -> Iterator[tuple[dict[str, str], _Origin]]:
    """The rows of every table that has columns of this kind."""
    prefix = f"{name}."
    for number, file in enumerate(returned):
        for table in file.tables:
            if not any(key.startswith(prefix) for key in table.letters):
                continue
            for row in table.rows:
                values = {column.name: row.cells.get(column.key, "") for column in sheet(name)}
                values["kode"] = values.get("kode", "") or row.cells.get("daftar.kode", "")
                places = {
                    key.removeprefix(prefix): Place(table.sheet, table.address(key, row.number))
                    for key in table.letters
                    if key.startswith(prefix)
                }
                yield values, _Origin(number, row.number, table.sheet, places)


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
    found = [*gathered.findings[number], *(_leftover(cell) for cell in file.leftovers)]
    if not file.tables:
        found.append(finding("bukan-formulir", Place("", "")))
    return Examined(
        file,
        Findings(tuple(found)).grouped(),
        tuple(gathered.repairs[number]),
        tuple(gathered.rows[number]),
        gathered.heads.get(number, {}),
        _balance(file, gathered.bad_cells[number]),
    )


def _leftover(cell: Cell) -> Finding:
    return finding("di-luar-tabel", Place(cell.sheet, cell.address), value=excerpt(cell.text))


def _balance(file: Returned, bad: set[tuple[str, str]]) -> Balance:
    typed = {(cell.sheet, cell.address) for name, cell in file.head.items() if name != "unit"}
    typed |= {
        (table.sheet, table.address(key, row.number))
        for table in file.tables
        for row in table.rows
        for key in row.cells
        if key.split(".")[1] not in NOT_TYPED
    }
    reported = len(typed & bad) + len(file.leftovers)
    return Balance(len(typed) + len(file.leftovers), len(typed - bad), reported)
