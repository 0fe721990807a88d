"""The register replayed from what people sent: the same files give the same entries with the same kode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dipxl.files.carried import EXCLUDED_PREFIX, LastEdition, last_edition
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

__all__ = ["Collected", "LastEdition", "Submission", "collect", "last_edition", "received"]

# The kinds of row: their sheet, what stands before the bidang in their kode, and what tells rows apart.
KINDS = (("daftar", "", "ringkasan"), ("dikecualikan", EXCLUDED_PREFIX, "informasi"))
_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True)
class Submission:
    """One received file in the order first seen: under what name it came, and whose it is ("" if unknown)."""

    sha256: str
    name: str
    bidang: str
    examined: Examined
    state: str
    kodes: tuple[str, ...] = ()
    earlier: Submission | None = None  # what the same bidang sent before

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
    unclear: tuple[Finding, ...] = ()  # withdrawals that do not name one file

    @property
    def unconfirmed(self) -> list[Entry]:
        """The rows of the last edition that their bidang neither confirmed nor withdrew."""
        return [entry for entry in (*self.register, *self.excluded) if entry.unconfirmed]

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
    withdrawn, unclear = _withdrawn(submissions, settings)
    followed = _followed(_identified(submissions, before), withdrawn)
    compared = [_compared(submission, before, earlier) for submission, earlier in followed]
    linked = [replace(s, earlier=earlier if s.bidang else None) for s, earlier in _followed(compared, withdrawn)]
    submissions = _states(linked, withdrawn)
    entries, excluded = (tuple(_entries(submissions, settings, before, kind)) for kind, _, _ in KINDS)
    states = {unit.kode: _state_of(unit, submissions) for unit in settings.bidang}
    return Collected(tuple(submissions), states, Register(str(settings.edition), entries), excluded, unclear)


def _withdrawn(submissions: Sequence[Submission], settings: Settings) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """The hashes of the files that the settings withdraw; what names none or several withdraws nothing."""
    hashes, unclear = set(), []
    for named in settings.withdrawn:
        print_ = named.lower() if _FINGERPRINT.fullmatch(named.lower()) else ""
        meant = [s.sha256 for s in submissions if s.name == named or (print_ and s.sha256.startswith(print_))]
        if len(meant) == 1:
            hashes.add(meant[0])
        else:
            unclear.append(finding("penarikan-tidak-jelas", Place(sheet("ditarik").title, ""), value=named))
    return frozenset(hashes), tuple(unclear)


def _followed(
    submissions: Sequence[Submission], withdrawn: frozenset[str]
) -> Iterator[tuple[Submission, Submission | None]]:
    """Each submission with the one that its bidang sent before and that was not withdrawn."""
    latest: dict[str, Submission] = {}
    for submission in submissions:
        yield submission, latest.get(submission.bidang)
        if submission.sha256 not in withdrawn:
            latest[submission.bidang] = submission


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


def _compared(submission: Submission, before: LastEdition, earlier: Submission | None) -> Submission:
    """The submission against last edition's rows and against what its bidang sent earlier."""
    if not submission.bidang:
        return submission
    rows, repairs = _changed_rows(submission, before.of(submission.bidang))
    found = [*_unknown_kodes(submission), *_vanished(submission, before), *_lost(submission, before, earlier)]
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
        for kode, values in before.of(submission.bidang, kind).items():
            if kode not in submission.kodes:
                place = _whole_table(submission, f"{kind}.{identity}")
                yield finding("baris-hilang", place, kode=kode, value=excerpt(values[identity]))


def _lost(submission: Submission, before: LastEdition, earlier: Submission | None) -> Iterator[Finding]:
    """A row sent earlier in this edition that is no longer there may have been typed anew, and is asked about."""
    for kind, _, identity in KINDS:
        for row in earlier.examined.rows_of(kind) if earlier else ():
            kode = earlier.kode_of[row.sheet, row.number] if earlier else ""
            if kode not in submission.kodes and kode not in before.rows:
                place = _whole_table(submission, f"{kind}.{identity}")
                yield finding("kode-hilang", place, kode=kode, value=excerpt(row.values[identity]))


def _whole_table(submission: Submission, key: str) -> Place:
    table = submission.examined.returned.table(key)
    return Place(table.sheet if table else "", "")


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


def _states(submissions: Sequence[Submission], withdrawn: frozenset[str]) -> list[Submission]:
    latest = {s.bidang: s.sha256 for s in submissions if s.bidang and s.sha256 not in withdrawn}
    return [replace(s, state=_state(s, latest, withdrawn)) for s in submissions]


def _state(submission: Submission, latest: Mapping[str, str], withdrawn: frozenset[str]) -> str:
    if submission.sha256 in withdrawn:
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
                given = assign(prefix + submission.bidang, rows, earlier, taken, identity)
                earlier |= dict(zip(given, rows, strict=True))
                kodes += given
        numbered.append(replace(submission, kodes=tuple(kodes)))
    return numbered


def _entries(submissions: Sequence[Submission], settings: Settings, before: LastEdition, kind: str) -> Iterator[Entry]:
    """The entries of one kind, in the order of bidang in the settings and of rows in the form.

    A row of the last edition that was not sent stays after its bidang's others as it was, also where the bidang sent
    nothing, takes no part or is no longer in the settings.
    """
    standing = {s.bidang: s for s in submissions if s.counts}
    taking_part = {unit.kode: not unit.skipped for unit in settings.bidang}
    for bidang in dict.fromkeys([*taking_part, *(row["bidang"] for row in before.rows.values())]):
        submission = standing.get(bidang) if taking_part.get(bidang) else None
        sent = list(_sent(submission, kind)) if submission else []
        yield from sent
        yield from before.entries_without({entry.kode for entry in sent}, bidang, kind)


def _sent(submission: Submission, kind: str) -> Iterator[Entry]:
    for row in submission.examined.rows_of(kind):
        source = Source(submission.name, submission.sha256, row.sheet, row.number)
        yield Entry(
            submission.kode_of[row.sheet, row.number],
            submission.bidang,
            row.values,
            source,
            row.faults,
            remarks=row.remarks,
        )


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
