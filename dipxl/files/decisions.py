"""Decisions read back from the workbooks of the PPID Pelaksana and the PPID, by kode whatever the sorting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dipxl.files.edition import Edition
from dipxl.files.intake import CheckedRow, Examined, examine
from dipxl.files.returned import ReadTable, Row, read
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
        return [found for file in self.files for found in file.findings]


def proposals(edition: Edition, register: Register) -> Decisions:
    """The PPID Pelaksana's classes and items."""
    return _decisions(edition.inbox("2-usulan"), "usulan", register)


def reviews(edition: Edition, register: Register) -> Decisions:
    """The PPID's rulings; what is filled in straight in keluar/ counts too, masuk/ after it."""
    paths = [*edition.inbox("3-telaah", "keluar"), *edition.inbox("3-telaah", "masuk")]
    return _decisions(paths, "telaah", register)


def decided(edition: Edition, register: Register) -> Register:
    """The register with all that was proposed and ruled so far."""
    proposed, reviewed = proposals(edition, register).by_kode, reviews(edition, register).by_kode
    entries = {e.kode: replace(e, proposal=proposed.get(e.kode, {}), review=reviewed.get(e.kode, {})) for e in register}
    return register.replaced(entries)


def _decisions(paths: Iterable[Path], kind: str, register: Register) -> Decisions:
    returned = [
        read(path) for path in paths if not path.name.startswith((".", "~$")) and path.suffix in (".xlsx", ".xlsm")
    ]
    returned = [file for file in returned if file.problem or (file.stamp and file.stamp.kind == kind)]
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
        for row in rows:
            kodes.add(row.values["kode"])
            found += _altered(*raw[row.sheet, row.number], known.get(row.values["kode"]))
            _take(row, kind, by_kode, known)
        found += [f for f in one.findings if f.code != UNDECIDED]
        files.append(replace(one, findings=Findings(tuple(found)).grouped()))
    return Decisions(by_kode, tuple(files), frozenset(kodes))


def _take(row: CheckedRow, kind: str, by_kode: dict[str, dict[str, str]], known: Mapping[str, Entry]) -> None:
    """Take a row's sound decision cells over whatever an earlier workbook said."""
    values = {column.name: row.values[column.name] for column in sheet(kind)}
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
