"""Decisions read back from the workbooks of the PPID Pelaksana and the PPID, by kode whatever the sorting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dipxl.files.edition import Edition
from dipxl.files.intake import CheckedRow, Examined, examine
from dipxl.files.returned import ReadTable, Returned, Row, read
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding, Findings, Place, finding
from dipxl.model.register import Entry, Register
from dipxl.model.text import excerpt, visible

UNDECIDED = "kosong"  # a blank decision is counted as open, it is no fault
UNUSABLE = {"bukan-pilihan", "butir-tidak-dikenal", "kosong-bersyarat"}
WATCHED = ("ringkasan", "waktu", "bentuk", "retensi")  # context that must come back as it went out


@dataclass(frozen=True)
class Decisions:
    """What was decided by kode, what is wrong in the workbooks that say so, and every kode that stands in them."""

    by_kode: Mapping[str, Mapping[str, str]]
    files: tuple[Examined, ...]
    kodes: frozenset[str]

    @property
    def findings(self) -> list[Finding]:
        return [found for file in self.files for found in file.all_findings]


def proposals(edition: Edition, register: Register) -> Decisions:
    """The PPID Pelaksana's classes and items."""
    return _decisions(edition.edited("2-usulan"), "usulan", register)


def reviews(edition: Edition, register: Register) -> Decisions:
    """The PPID's rulings; what is filled in straight in keluar/ counts too, masuk/ after it."""
    paths = [*edition.edited("3-telaah", "keluar"), *edition.edited("3-telaah", "masuk")]
    return _decisions(paths, "telaah", register)


def decided(edition: Edition, register: Register) -> Register:
    """The register with all that was proposed and ruled so far."""
    proposed, reviewed = proposals(edition, register).by_kode, reviews(edition, register).by_kode
    entries = {e.kode: replace(e, proposal=proposed.get(e.kode, {}), review=reviewed.get(e.kode, {})) for e in register}
    return register.replaced(entries)


def _decisions(paths: Iterable[Path], kind: str, register: Register) -> Decisions:
    returned = [file for file in map(read, paths) if _speaks_of(file, kind)]
    by_kode: dict[str, dict[str, str]] = {}
    kodes: set[str] = set()
    known = {entry.kode: entry for entry in register}
    files = []
    for one in examine(returned, "", (kind,)):
        found: list[Finding] = []
        rows = one.rows_of(kind)
        if one.stamp and one.stamp.edition != register.edition:
            facts = {"value": one.stamp.edition, "expected": register.edition}
            found, rows = [finding("edisi-lain", Place("", ""), **facts)], []
        raw = {(table.sheet, row.number): (table, row) for table in one.returned.tables for row in table.rows}
        twins = _contradicted(rows, kind)
        for row in rows:
            kodes.add(row.values["kode"])
            found += _altered(*raw[row.sheet, row.number], known.get(row.values["kode"]))
            if row.values["kode"] in twins:
                found.append(_contradiction(*raw[row.sheet, row.number]))
            else:
                _take(row, kind, by_kode, known)
        found += [f for f in one.findings if f.code != UNDECIDED]
        files.append(replace(one, findings=Findings(tuple(found)).grouped()))
    return Decisions(by_kode, tuple(files), frozenset(kodes))


def _speaks_of(file: Returned, kind: str) -> bool:
    """True for a workbook of this kind, also when its stamp was lost, and for one that cannot be read."""
    if file.problem or file.stamp is None:
        return not file.ignored and (bool(file.problem) or any(_has(table, kind) for table in file.tables))
    return file.stamp.kind == kind


def _has(table: ReadTable, kind: str) -> bool:
    return any(key.startswith(f"{kind}.") for key in table.letters)


def _decision(row: CheckedRow, kind: str) -> dict[str, str]:
    return {column.name: row.values[column.name] for column in sheet(kind)}


def _contradicted(rows: Iterable[CheckedRow], kind: str) -> set[str]:
    """The kode that stand on several rows of one workbook which decide differently."""
    first: dict[str, dict[str, str]] = {}
    return {
        kode
        for row in rows
        if (kode := row.values["kode"]) and first.setdefault(kode, _decision(row, kind)) != _decision(row, kind)
    }


def _contradiction(table: ReadTable, row: Row) -> Finding:
    kode = row.cells.get("daftar.kode", "")
    return finding("putusan-ganda", Place(table.sheet, table.address("daftar.kode", row.number)), kode=kode)


def _take(row: CheckedRow, kind: str, by_kode: dict[str, dict[str, str]], known: Mapping[str, Entry]) -> None:
    """Take a row's sound decision cells over whatever an earlier workbook said."""
    values = _decision(row, kind)
    decides = any(text for name, text in values.items() if name != "penelaah")
    if row.values["kode"] in known and decides and not set(row.faults) & UNUSABLE:
        by_kode[row.values["kode"]] = values


def _altered(table: ReadTable, row: Row, entry: Entry | None) -> list[Finding]:
    """Foreign rows, and locked context that someone changed."""
    if entry is None:
        cell = table.address("daftar.kode", row.number) if "daftar.kode" in table.letters else ""
        return [finding("kode-asing", Place(table.sheet, cell), value=row.cells.get("daftar.kode", ""))]
    found = []
    for name in WATCHED:
        key = f"daftar.{name}"
        if key in table.letters and visible(row.cells.get(key, "")) != visible(entry.values.get(name, "")):
            place = Place(table.sheet, table.address(key, row.number))
            label, seen = sheet("daftar")[name].label, excerpt(row.cells.get(key, ""))
            found.append(finding("perubahan-terkunci", place, column=label, value=seen, kode=entry.kode))
    return found
