"""The register replayed from what people sent: the same files give the same entries with the same kode."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dipxl.files.archive import is_changed
from dipxl.files.carried import EXCLUDED_PREFIX, LastEdition, last_edition
from dipxl.files.edition import Edition
from dipxl.files.guards import Refusal, is_ignored
from dipxl.files.intake import CheckedRow, Examined, examine
from dipxl.files.names import is_conflict_copy
from dipxl.files.returned import Returned, read
from dipxl.files.submissions import Submission, state_of, with_states, withdrawals
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding, Findings, Place, Repair, Verdict, finding
from dipxl.model.identity import assign
from dipxl.model.office import Settings
from dipxl.model.register import Entry, Register, Source
from dipxl.model.text import excerpt, fold

__all__ = ["Collected", "LastEdition", "Submission", "collect", "last_edition", "received"]

# The kinds of row: their sheet, what stands before the bidang in their kode, and what tells rows apart.
KINDS = (("daftar", "", "ringkasan"), ("dikecualikan", EXCLUDED_PREFIX, "informasi"))


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

    def latest(self, bidang: str) -> Submission | None:
        """What stands for a bidang: the submission that counts, or the one kept of a bidang that takes no part."""
        return next((s for s in self.submissions if s.bidang == bidang and (s.counts or s.state == "diterima")), None)

    @property
    def left_over(self) -> list[tuple[str, Finding]]:
        """What people typed outside every table, with the name of its file."""
        return [(s.name, f) for s in self.current for f in s.examined.findings if f.code == "di-luar-tabel"]

    @property
    def verdict(self) -> Verdict:
        return Verdict.worst(s.examined.verdict for s in self.current)


def collect(edition: Edition, settings: Settings) -> Collected:
    """Replay every archived form, oldest first; the latest of each bidang counts."""
    arrivals = edition.arrivals()
    files = edition.archived()
    examined = examine([read(path) for path in files.values()], "kepala", ("daftar", "dikecualikan"))
    before = last_edition(edition)
    submissions: list[Submission] = []
    for sha256, one in zip(files, examined, strict=True):
        bidang, found = _owner(one, settings)
        names = tuple(arrival.name for arrival in arrivals.get(sha256, ())) or (one.path.name,)
        found += _doubts(files[sha256], sha256, names)
        submissions.append(Submission(sha256, names[0], bidang, _with(one, found), "", copies=names[1:]))
    withdrawn, unclear = withdrawals(submissions, settings)
    followed = _followed(_identified(submissions, before), withdrawn)
    skipped = {unit.kode for unit in settings.bidang if unit.skipped}
    compared = [_compared(submission, before, earlier) for submission, earlier in followed]
    submissions = with_states(compared, withdrawn, skipped)
    entries, excluded = (tuple(_entries(submissions, settings, before, kind)) for kind, _, _ in KINDS)
    states = {unit.kode: state_of(unit, submissions) for unit in settings.bidang}
    return Collected(tuple(submissions), states, Register(str(settings.edition), entries), excluded, unclear)


def _doubts(kept: Path, sha256: str, names: Sequence[str]) -> Iterator[Finding]:
    """What its name and its place in the archive say against a file."""
    if all(map(is_conflict_copy, names)):
        yield finding("salinan-sinkronisasi", Place("", ""), value=names[0])
    if is_changed(kept, sha256):
        yield finding("arsip-berubah", Place("", ""), value=kept.name)


def _followed(
    submissions: Sequence[Submission], withdrawn: Collection[str]
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
    known = [unit.kode for unit in settings.bidang]
    for bidang in dict.fromkeys([*known, *(row["bidang"] for row in before.rows.values())]):
        submission = standing.get(bidang) if bidang in known else None
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


def received(edition: Edition) -> list[Returned]:
    """Keep what people put into masuk/, and tell what was left there: not meant, too large, or not to be read."""
    left = []
    for path in edition.inbox("1-himpun", "masuk"):
        if is_ignored(path):
            left.append(read(path))
        elif isinstance(refused := edition.keep(path), Refusal):
            left.append(Returned(path, problem=refused.problem, remedy=refused.remedy))
    return left
