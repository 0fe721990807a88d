"""Decisions read back from the workbooks of the PPID Pelaksana and the PPID, by kode whatever the sorting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dipxl.files.carried import last_edition
from dipxl.files.edition import Edition
from dipxl.files.finding_text import named
from dipxl.files.gathered import read_all
from dipxl.files.intake import CheckedRow, Examined, examine
from dipxl.files.layout import decision_keys, fingerprint, locked_keys, parse_key
from dipxl.files.returned import ReadTable, Returned, Row
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding, Findings, Place, finding
from dipxl.model.register import Entry, Register
from dipxl.model.text import excerpt, visible

OPEN = "kosong"  # a blank decision is counted as open, it is no fault
UNUSABLE = {"bukan-pilihan", "butir-tidak-dikenal", "kosong-bersyarat"}
DECISIVE = {"usulan": ("kelas", "butir", "usul"), "telaah": ("putusan", "kelas_putusan")}


@dataclass(frozen=True)
class Decisions:
    """What was decided by kode, what is wrong in the workbooks that say so, and the kode that they show as they are."""

    by_kode: Mapping[str, Mapping[str, str]]
    files: tuple[Examined, ...]
    kodes: frozenset[str]

    @property
    def findings(self) -> list[Finding]:
        return [found for file in self.files for found in file.all_findings]


def proposals(edition: Edition, register: Register) -> Decisions:
    """The PPID Pelaksana's classes and items."""
    return _decisions(edition.inbox("2-usulan"), "usulan", register)


def with_proposals(edition: Edition, register: Register) -> Register:
    """The register with what was proposed, which is what the PPID reviews.

    The class that the last decree gave a row stands until the PPID Pelaksana gives it another.
    """
    found = last_edition(edition).decided | dict(proposals(edition, register).by_kode)
    return register.replaced({e.kode: replace(e, proposal=found.get(e.kode, {})) for e in register})


def reviews(edition: Edition, proposed: Register) -> Decisions:
    """The PPID's rulings on a register with its proposals, from keluar/ where filled in there and from masuk/."""
    return _decisions([*edition.inbox("3-telaah", "keluar"), *edition.inbox("3-telaah", "masuk")], "telaah", proposed)


def ruled(proposed: Register, found: Decisions) -> Register:
    """The register with the rulings too."""
    return proposed.replaced({e.kode: replace(e, review=found.by_kode.get(e.kode, {})) for e in proposed})


def decided(edition: Edition, register: Register) -> Register:
    """The register with all that was proposed and ruled so far."""
    proposed = with_proposals(edition, register)
    return ruled(proposed, reviews(edition, proposed))


@dataclass(frozen=True)
class _Line:
    """One row of a workbook: what it decides, its cells as typed, and the entry that it speaks of."""

    kind: str
    file: str
    table: ReadTable
    raw: Row
    checked: CheckedRow
    entry: Entry | None

    @property
    def kode(self) -> str:
        return self.checked.values["kode"]

    @property
    def decision(self) -> dict[str, str]:
        return {column.name: self.checked.values[column.name] for column in sheet(self.kind)}

    @property
    def decisive(self) -> tuple[str, ...]:
        """The cells in which two workbooks may contradict each other."""
        return tuple(self.checked.values[name] for name in DECISIVE[self.kind])

    @property
    def decides(self) -> bool:
        return any(text for name, text in self.decision.items() if name != "penelaah")

    @property
    def sound(self) -> bool:
        return self.decides and not set(self.checked.faults) & UNUSABLE

    @property
    def changed(self) -> list[str]:
        """The locked cells, by key, that differ from the register."""
        keys = [key for key in locked_keys(self.kind) if key in self.table.letters] if self.entry else []
        return [key for key in keys if visible(self.raw.cells.get(key, "")) != visible(self._expected(key))]

    def _expected(self, key: str) -> str:
        kind, name = parse_key(key) or ("", "")
        cells = {"daftar": self.entry.values, "usulan": self.entry.proposal} if self.entry else {}
        return cells[kind].get(name, "")

    @property
    def outdated(self) -> bool:
        """True when the PPID ruled on other content than the register has now."""
        return self.kind == "telaah" and bool(self.changed)

    def place(self, key: str = "daftar.kode") -> Place:
        return Place(self.table.sheet, self.table.address(key, self.raw.number) if key in self.table.letters else "")


def _decisions(paths: Iterable[Path], kind: str, register: Register) -> Decisions:
    returned = [file for file in read_all([path for path in paths if path.is_file()]) if _speaks_of(file, kind)]
    known = {entry.kode: entry for entry in register}
    books = [(one, _lines(one, kind, known)) for one in examine(returned, "", (kind,))]
    books = [(one, [] if _foreign(one, register) else lines) for one, lines in books]
    spoken = [line for one, lines in books if not _untouched(one, kind) for line in lines]
    by_kode, torn = _settled(line for line in spoken if line.entry and not line.outdated)
    files = []
    for one, lines in books:
        found = _foreign(one, register)
        if not found and not _untouched(one, kind):
            altered = _altered(one, kind)
            found = [f for line in lines for f in _found(line, by_kode, torn, altered=altered)]
            found += [f for f in one.findings if f.code != OPEN]
        files.append(replace(one, findings=Findings(named(found, _first_words(lines))).grouped()))
    told = {line.kode for one, lines in books if kind == "usulan" and _altered(one, kind) for line in lines}
    shown = {line.kode for _, lines in books for line in lines if not line.changed}
    return Decisions(by_kode, tuple(files), frozenset(shown | told))


def _speaks_of(file: Returned, kind: str) -> bool:
    """True for a workbook of this kind, also when its stamp was lost, and for one that cannot be read."""
    if file.problem or file.stamp is None:
        return not file.ignored and (bool(file.problem) or any(_has(table, kind) for table in file.tables))
    return file.stamp.kind == kind


def _has(table: ReadTable, kind: str) -> bool:
    return any(key.startswith(f"{kind}.") for key in table.letters)


def _foreign(one: Examined, register: Register) -> list[Finding]:
    """A workbook of another edition decides nothing here."""
    if not one.stamp or one.stamp.edition == register.edition:
        return []
    return [finding("edisi-lain", Place("", ""), value=one.stamp.edition, expected=register.edition)]


def _untouched(one: Examined, kind: str) -> bool:
    """True when nobody decided anything since dipxl wrote the workbook; what it filled in is no person's decision."""
    return one.stamp is not None and _print(one, decision_keys(kind)) == one.stamp.prefilled


def _altered(one: Examined, kind: str) -> bool:
    """True when locked cells are not as dipxl wrote them; where they are, it is the register that went on."""
    return not one.stamp or _print(one, locked_keys(kind)) != one.stamp.shown


def _print(one: Examined, keys: Sequence[str]) -> str:
    return fingerprint([row.cells for table in one.returned.tables for row in table.rows], keys)


def _lines(one: Examined, kind: str, known: Mapping[str, Entry]) -> list[_Line]:
    raw = {(table.sheet, row.number): (table, row) for table in one.returned.tables for row in table.rows}
    name = f"{one.path.parent.name}/{one.path.name}"
    return [
        _Line(kind, name, *raw[row.sheet, row.number], row, known.get(row.values["kode"])) for row in one.rows_of(kind)
    ]


def _settled(lines: Iterable[_Line]) -> tuple[dict[str, Mapping[str, str]], dict[str, str]]:
    """What all workbooks together decide by kode; and where they contradict each other, which ones do."""
    groups: dict[str, list[_Line]] = {}
    for line in lines:
        groups.setdefault(line.kode, []).append(line)
    by_kode: dict[str, Mapping[str, str]] = {}
    torn: dict[str, str] = {}
    for kode, group in groups.items():
        deciding = [line for line in group if any(line.decisive)]
        if len({line.decisive for line in deciding}) > 1:
            torn[kode] = ", ".join(dict.fromkeys(line.file for line in deciding))
        elif sound := [line for line in deciding or group if line.sound]:
            by_kode[kode] = sound[-1].decision
    return by_kode, torn


def _found(
    line: _Line, by_kode: Mapping[str, Mapping[str, str]], torn: Mapping[str, str], *, altered: bool
) -> list[Finding]:
    """What is doubtful about a row: whom it speaks of, what it rests on, what others say."""
    kode = line.kode
    if line.entry is None:
        return [finding("kode-asing", line.place(), value=line.raw.cells.get("daftar.kode", ""))]
    if line.outdated:
        return [_outdated(line)] if line.decides and kode not in by_kode and kode not in torn else []
    found = [_locked(line, key) for key in line.changed] if altered else []
    if kode in torn and any(line.decisive):
        found.append(finding("putusan-ganda", line.place(), kode=kode, value=torn[kode]))
    return found


def _first_words(lines: Iterable[_Line]) -> dict[tuple[str, int], str]:
    return {(line.table.sheet, line.raw.number): excerpt(line.raw.cells.get("daftar.ringkasan", "")) for line in lines}


def _outdated(line: _Line) -> Finding:
    """One finding for all the cells of a ruled row that are not as the register has them now."""
    cells = tuple(line.place(key).cell for key in line.changed)
    labels, value = ", ".join(map(_label, line.changed)), line.raw.cells.get(line.changed[0], "")
    told = finding("berubah-sejak-telaah", line.place(), column=labels, value=excerpt(value), kode=line.kode)
    return replace(told, cells=cells)


def _locked(line: _Line, key: str) -> Finding:
    value = excerpt(line.raw.cells.get(key, ""))
    return finding("perubahan-terkunci", line.place(key), column=_label(key), value=value, kode=line.kode)


def _label(key: str) -> str:
    kind, name = parse_key(key) or ("", "")
    return sheet(kind)[name].label
