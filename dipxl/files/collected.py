"""The register replayed from what people sent: the same files give the same entries with the same kode."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dipxl.errors import DipxlError
from dipxl.files.edition import Edition
from dipxl.files.guards import is_ignored
from dipxl.files.intake import NIHIL, CheckedRow, Examined, examine
from dipxl.files.returned import read
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding, Findings, Place, Repair, Verdict, finding
from dipxl.model.identity import assign
from dipxl.model.office import Bidang, Settings
from dipxl.model.register import Entry, Register, Source
from dipxl.model.text import excerpt, fold

LAST_EDITION = "edisi-lalu.json"
EXCLUDED_PREFIX = "X-"
# The kinds of row: their sheet, how their kode begins ("" for the kode of the bidang), and what tells rows apart.
KINDS = (("daftar", "", "ringkasan"), ("dikecualikan", EXCLUDED_PREFIX.strip("-"), "informasi"))


@dataclass(frozen=True)
class Submission:
    """One received file in the order first seen: under what name it came, and whose it is ("" if unknown)."""

    sha256: str
    name: str
    bidang: str
    examined: Examined
    state: str
    kodes: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        return self.state not in ("digantikan", "ditarik")

    @property
    def kode_of(self) -> dict[tuple[str, int], str]:
        """The minted kode by sheet title and Excel row."""
        rows = [*self.examined.rows_of("daftar"), *self.examined.rows_of("dikecualikan")]
        return {(row.sheet, row.number): kode for row, kode in zip(rows, self.kodes, strict=True)}


@dataclass(frozen=True)
class Collected:
    """Everything received so far: all submissions, the state of each bidang, the register."""

    submissions: tuple[Submission, ...]
    states: Mapping[str, str]
    register: Register
    excluded: tuple[Entry, ...]

    @property
    def current(self) -> list[Submission]:
        """The submissions that were neither replaced nor withdrawn."""
        return [s for s in self.submissions if s.counts]

    def of(self, bidang: str) -> Submission | None:
        """The submission that counts for a bidang: its latest."""
        return next((s for s in self.current if s.bidang == bidang), None)

    @property
    def left_over(self) -> list[tuple[str, Finding]]:
        """What people typed outside every table, with the name of its file."""
        return [(s.name, f) for s in self.current for f in s.examined.findings if f.code == "di-luar-tabel"]

    @property
    def verdict(self) -> Verdict:
        return Verdict.worst(s.examined.verdict for s in self.current)


@dataclass(frozen=True)
class LastEdition:
    """What the edition before hands on: its rows by kode, and every kode ever given."""

    rows: Mapping[str, Mapping[str, str]]
    kodes: frozenset[str]

    @property
    def entries(self) -> dict[str, Mapping[str, str]]:
        """The rows of the list itself, without the proposals for exception."""
        return {kode: values for kode, values in self.rows.items() if not kode.startswith(EXCLUDED_PREFIX)}

    @property
    def decided(self) -> dict[str, Mapping[str, str]]:
        """The class and items that each row had, by kode."""
        return {
            kode: {"kelas": values["kelas_putusan"], "butir": values["butir"]}
            for kode, values in self.entries.items()
            if values["kelas_putusan"]
        }

    def of(self, bidang: str, kind: str = "daftar") -> dict[str, Mapping[str, str]]:
        """A bidang's rows of one kind; its proposals for exception have kode such as X-0003."""
        excluded = kind == "dikecualikan"
        return {
            kode: values
            for kode, values in self.rows.items()
            if values["bidang"] == bidang and kode.startswith(EXCLUDED_PREFIX) == excluded
        }


def last_edition(edition: Edition) -> LastEdition:
    """What `mutakhirkan` put into the archive; nothing in a first edition."""
    path = edition.path("arsip", LAST_EDITION)
    if not path.is_file():
        return LastEdition({}, frozenset())
    try:
        data = json.loads(path.read_text("utf-8"))
        blank = dict.fromkeys(["bidang", "kelas_putusan", *(c.name for c in sheet("daftar"))], "")
        rows = {str(kode): blank | values for kode, values in data["rows"].items()}
        return LastEdition(rows, frozenset(data["kodes"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f'Berkas "arsip/{LAST_EDITION}" rusak sehingga baris edisi lalu tidak dikenali.'
        remedy = (
            'Hapus folder edisi ini, lalu jalankan lagi "dipxl mutakhirkan" dari edisi lalu; simpan dulu isi masuk.'
        )
        raise DipxlError("edisi-lalu-rusak", message, remedy) from error


def collect(edition: Edition, settings: Settings) -> Collected:
    """Replay every archived form, oldest first; the latest of each bidang counts."""
    names = edition.received_names()
    files = edition.archived()
    examined = examine([read(path) for path in files.values()], "kepala", ("daftar", "dikecualikan"))
    before = last_edition(edition)
    submissions: list[Submission] = []
    for sha256, one in zip(files, examined, strict=True):
        bidang, found = _owner(one, settings)
        submissions.append(Submission(sha256, names.get(sha256, one.path.name), bidang, _with(one, found), ""))
    compared = [_compared(submission, before) for submission in _identified(submissions, before)]
    submissions = _states(compared, settings)
    entries = tuple(_entries(submissions, settings, "daftar"))
    excluded = tuple(_entries(submissions, settings, "dikecualikan"))
    states = {unit.kode: _state_of(unit, submissions) for unit in settings.bidang}
    return Collected(tuple(submissions), states, Register(str(settings.edition), entries), excluded)


def _owner(one: Examined, settings: Settings) -> tuple[str, list[Finding]]:
    """The kode of the bidang that sent the file, and what is doubtful about that."""
    if one.returned.problem:
        return "", []
    stamp = one.stamp
    if stamp and stamp.kind == "formulir" and settings.unit(stamp.unit):
        if stamp.edition != str(settings.edition):
            facts = {"value": stamp.edition, "expected": str(settings.edition)}
            return "", [finding("edisi-lain", Place("", ""), **facts)]
        return stamp.unit, []
    named = fold(one.head.get("unit", ""))
    unit = next((b for b in settings.bidang if named and fold(b.nama) == named), None)
    if unit:
        return unit.kode, [finding("tanpa-identitas", Place("", ""), clue="kepala lembar")]
    return "", [finding("bidang-tidak-dikenal", Place("", ""))]


def _with(one: Examined, found: Sequence[Finding], repairs: Sequence[Repair] = ()) -> Examined:
    findings = Findings((*one.findings, *found)).grouped()
    return replace(one, findings=findings, repairs=(*one.repairs, *repairs))


def _compared(submission: Submission, before: LastEdition) -> Submission:
    """The submission against last edition's rows."""
    if not submission.bidang:
        return submission
    rows, repairs = _changed_rows(submission, before.of(submission.bidang))
    found = [*_unknown_kodes(submission), *_vanished(submission, before)]
    return replace(submission, examined=_with(replace(submission.examined, rows=rows), found, repairs))


def _unknown_kodes(submission: Submission) -> Iterator[Finding]:
    """A kode that dipxl never gave this bidang is asked about; the row gets one of its own."""
    for row in submission.examined.rows:
        kode, column = row.values["kode"], sheet(row.sheet_name)["kode"]
        table = submission.examined.returned.table(column.key)
        if kode and kode not in submission.kodes and table:
            place = Place(row.sheet, table.address(column.key, row.number))
            yield finding("kode-tidak-dikenal", place, column=column.label, value=excerpt(kode), basis=column.basis)


def _vanished(submission: Submission, before: LastEdition) -> Iterator[Finding]:
    """A carried row that is no longer there is asked about, never taken as withdrawn."""
    for kind, _, identity in KINDS:
        table = submission.examined.returned.table(f"{kind}.{identity}")
        place = Place(table.sheet if table else "", "")
        for kode, values in before.of(submission.bidang, kind).items():
            if kode not in submission.kodes:
                yield finding("baris-hilang", place, kode=kode, value=excerpt(values[identity]))


def _changed_rows(
    submission: Submission, carried: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[CheckedRow, ...], list[Repair]]:
    """Rows that say "Tetap" though their content changed become "Ubah", and that is listed."""
    repairs = []
    one = submission.examined
    changed: dict[tuple[str, int], CheckedRow] = {}
    table = one.returned.table("daftar.pemutakhiran")
    for row in one.rows_of("daftar"):
        old, said = carried.get(submission.kode_of[row.sheet, row.number]), row.values["pemutakhiran"]
        if table and old and said in ("", "Tetap") and _differs(row.values, old):
            cell = table.address("daftar.pemutakhiran", row.number)
            repairs.append(Repair(row.sheet, cell, said, "Ubah", "isi baris berubah"))
            changed[row.sheet, row.number] = replace(row, values=dict(row.values) | {"pemutakhiran": "Ubah"})
    return tuple(changed.get((row.sheet, row.number), row) for row in one.rows), repairs


def _differs(values: Mapping[str, str], old: Mapping[str, str]) -> bool:
    names = [c.name for c in sheet("daftar").shown("formulir") if c.name not in ("nomor", "kode")]
    return any(values.get(name, "") != old.get(name, "") for name in names)


def _states(submissions: list[Submission], settings: Settings) -> list[Submission]:
    latest = {s.bidang: s.sha256 for s in submissions if s.bidang and s.name not in settings.withdrawn}
    return [replace(s, state=_state(s, latest, settings)) for s in submissions]


def _state(submission: Submission, latest: Mapping[str, str], settings: Settings) -> str:
    if submission.name in settings.withdrawn:
        return "ditarik"
    if not submission.bidang:
        return str(submission.examined.verdict)
    if latest[submission.bidang] != submission.sha256:
        return "digantikan"
    if submission.examined.verdict is not Verdict.LOLOS:
        return str(submission.examined.verdict)
    return "nihil" if submission.examined.head.get("pernyataan") == NIHIL else "lolos"


def _state_of(unit: Bidang, submissions: Sequence[Submission]) -> str:
    if unit.skipped:
        return "dilewati"
    return next((s.state for s in submissions if s.bidang == unit.kode and s.counts), "belum kirim")


def _identified(submissions: list[Submission], before: LastEdition) -> list[Submission]:
    """Give every row of every submission its kode, in the order in which the files came."""
    taken = set(before.kodes)
    known: dict[tuple[str, str], dict[str, Mapping[str, str]]] = {}
    numbered = []
    for submission in submissions:
        kodes: list[str] = []
        if submission.bidang:
            for kind, prefix, identity in KINDS:
                rows = [row.values for row in submission.examined.rows_of(kind)]
                earlier = known.setdefault((submission.bidang, kind), before.of(submission.bidang, kind))
                given = assign(prefix or submission.bidang, rows, earlier, taken, identity)
                earlier |= dict(zip(given, rows, strict=True))
                kodes += given
        numbered.append(replace(submission, kodes=tuple(kodes)))
    return numbered


def _entries(submissions: Sequence[Submission], settings: Settings, kind: str) -> Iterator[Entry]:
    """The entries of one kind, in the order of bidang in the settings and of rows in the form."""
    for unit in settings.bidang:
        for submission in submissions:
            if submission.bidang != unit.kode or not submission.counts or unit.skipped:
                continue
            for row in submission.examined.rows_of(kind):
                kode = submission.kode_of[row.sheet, row.number]
                source = Source(submission.name, submission.sha256, row.sheet, row.number)
                yield Entry(kode, unit.kode, row.values, source, row.faults)


def received(edition: Edition) -> list[Path]:
    """Keep everything that people put into masuk/, and say what was left there: not meant, or not to be opened."""
    left = []
    for path in edition.inbox("1-himpun", "masuk"):
        try:
            if is_ignored(path):
                left.append(path)
            else:
                edition.keep(path)
        except PermissionError:  # open in Excel on Windows, or not ours to read
            left.append(path)
    return left
