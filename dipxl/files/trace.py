"""The way back of one row: every file in which it stood, what was typed and repaired there, and what was decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dipxl.errors import DipxlError
from dipxl.files.archive import Arrival
from dipxl.files.carried import LastEdition, Origin, last_edition
from dipxl.files.collected import Collected, Submission
from dipxl.files.decisions import proposals, reviews, with_proposals
from dipxl.files.edition import Edition
from dipxl.files.entries import ReadTable
from dipxl.files.intake import CheckedRow, Examined
from dipxl.files.layout import spans
from dipxl.files.seal import Seal, is_sealed, read_seal
from dipxl.model.columns import sheet
from dipxl.model.enactment import Enactment
from dipxl.model.findings import Finding
from dipxl.model.register import Entry, Register

PUBLISHED = "6-publikasi/daftar-informasi-publik.json"


@dataclass(frozen=True)
class TypedCell:
    """One cell of the row: its column's label, its address, what was typed there, what that became, and why."""

    column: str
    cell: str
    typed: str
    value: str
    why: str = ""


@dataclass(frozen=True)
class Stand:
    """One received file in which the row stood, and where."""

    submission: Submission
    archived: str
    arrivals: tuple[Arrival, ...]
    row: CheckedRow
    cells: tuple[TypedCell, ...]
    findings: tuple[Finding, ...]

    @property
    def place(self) -> str:
        return f"{self.row.sheet} baris {self.row.number}"


@dataclass(frozen=True)
class Decision:
    """One row of a workbook in which somebody decided about the kode, and whether that is in force."""

    step: str
    file: str
    sheet: str
    row: int
    values: Mapping[str, str]
    in_force: bool


@dataclass(frozen=True)
class Trace:
    """All that is known of one kode; `entry` is None where its row stands in no file that counts.

    `number` is its number in the sealed list (0: not in it), `broken` why a seal cannot be read, `published` the file
    of open data that holds it ("": none).
    """

    kode: str
    entry: Entry | None
    origins: tuple[Origin, ...]
    stands: tuple[Stand, ...]
    decisions: tuple[Decision, ...]
    enactment: Enactment | None
    number: int
    broken: str
    published: str

    @property
    def latest(self) -> Stand | None:
        """Where the row stands now: in the last file that counts, else in the last at all."""
        return max(self.stands, key=lambda stand: stand.submission.counts, default=None) if self.entry else None


def known_kodes(collected: Collected, before: LastEdition) -> frozenset[str]:
    """Every kode that this edition or one before it ever gave."""
    return frozenset(k for s in collected.submissions for k in s.kodes) | before.kodes | set(before.origins)


def trace(edition: Edition, collected: Collected, kode: str) -> Trace:
    """Everything about a kode that is known to have been given."""
    entries = {entry.kode: entry for entry in (*collected.register, *collected.excluded)}
    seal, broken = _seal(edition)
    number = next((row.nomor for row in seal.register.rows if row.kode == kode), 0) if seal else 0
    return Trace(
        kode,
        entries.get(kode),
        last_edition(edition).origins.get(kode, ()),
        tuple(_stands(edition, collected, kode)),
        tuple(_decisions(edition, collected.register, kode)),
        seal.enactment if seal else None,
        number,
        broken,
        _published(edition, kode),
    )


def _seal(edition: Edition) -> tuple[Seal | None, str]:
    """The seal; or why it cannot be read, which must not keep the rest from being told."""
    try:
        return (read_seal(edition) if is_sealed(edition) else None), ""
    except DipxlError as broken:
        return None, broken.message


def _stands(edition: Edition, collected: Collected, kode: str) -> Iterator[Stand]:
    """The files in which the row stood, in the order first seen."""
    archived, arrivals = edition.archived(), edition.arrivals()
    for s in collected.submissions:
        place = next((place for place, given in s.kode_of.items() if given == kode), None)
        row = next((row for row in s.examined.rows if (row.sheet, row.number) == place), None)
        if row:
            cells = tuple(_cells(s.examined, row))
            kept = archived[s.sha256].relative_to(edition.folder).as_posix()
            yield Stand(s, kept, arrivals.get(s.sha256, ()), row, cells, _findings(s.examined, row))


def _table(one: Examined, row: CheckedRow) -> ReadTable:
    """The table in which the row stands."""
    keys = {column.key for column in sheet(row.sheet_name)}
    tables = (t for t in one.returned.tables if t.sheet == row.sheet and row.number in t.numbers)
    return next(table for table in tables if keys & table.columns.keys())


def _cells(one: Examined, row: CheckedRow) -> Iterator[TypedCell]:
    """The cells of the row that hold something, as typed and as they are in the register."""
    table, repaired = _table(one, row), dict[str, list[str]]()
    line = table.numbers.index(row.number)
    for repair in (repair for repair in one.repairs if repair.sheet == row.sheet):
        repaired.setdefault(repair.cell, []).append(repair.why)
    for column in sheet(row.sheet_name):
        typed = table.columns[column.key][line] if column.key in table.columns else ""
        value = row.values.get(column.name, "")
        if (typed or value) and column.name not in ("nomor", "kode"):
            cells = table.addresses(column.key, row.number)
            why = dict.fromkeys(why for cell in cells for why in repaired.get(cell, ()))
            yield TypedCell(column.label, spans(cells), typed, value, "; ".join(why))


def _findings(one: Examined, row: CheckedRow) -> tuple[Finding, ...]:
    """What was found in the row, each with the row's own cells only."""
    table, found = _table(one, row), []
    here = {cell for column in sheet(row.sheet_name) for cell in table.addresses(column.key, row.number)}
    for f in (f for f in one.findings if f.sheet == row.sheet):
        own = [(cell, words) for cell, words in f.places if cell in here]
        if own:
            found.append(replace(f, cells=tuple(cell for cell, _ in own), rows=tuple(words for _, words in own)))
    return tuple(found)


def _decisions(edition: Edition, register: Register, kode: str) -> Iterator[Decision]:
    """What the workbooks of the PPID Pelaksana and the PPID say about the row."""
    proposed = with_proposals(edition, register)
    ruled = reviews(edition, proposed)
    proposal = next((entry.proposal for entry in proposed if entry.kode == kode), {})
    for kind, files, standing in (
        ("usulan", proposals(edition, register).files, proposal),
        ("telaah", ruled.files, ruled.by_kode.get(kode, {})),
    ):
        in_force = {name: text for name, text in standing.items() if text}
        for one in files:
            name = one.path.relative_to(edition.folder).as_posix()
            for row in (row for row in one.rows_of(kind) if row.values["kode"] == kode):
                said = {column.name: row.values[column.name] for column in sheet(kind) if row.values[column.name]}
                if said:
                    yield Decision(kind, name, row.sheet, row.number, said, said == in_force)


def _published(edition: Edition, kode: str) -> str:
    try:
        data = json.loads(edition.path(PUBLISHED).read_text("utf-8"))
        return PUBLISHED if any(row["kode"] == kode for row in data["rows"]) else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""
