"""The register replayed from what people sent: the same files give the same entries with the same kode."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dipxl.files import guards
from dipxl.files.archive import is_changed
from dipxl.files.carried import LastEdition, last_edition
from dipxl.files.compared import compared
from dipxl.files.edition import Edition, office_day
from dipxl.files.gathered import opened
from dipxl.files.guards import Refusal
from dipxl.files.intake import examine
from dipxl.files.judged import judged
from dipxl.files.mapping_book import NOTHING_EXPLAINED, Explained, explained
from dipxl.files.names import is_conflict_copy
from dipxl.files.returned import Cell, Returned, unread
from dipxl.files.senders import owner, read_sent
from dipxl.files.submission import KINDS, Submission, with_found
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding, Place, Verdict, finding
from dipxl.model.identity import assign
from dipxl.model.lenience import without_effect
from dipxl.model.office import Bidang, Settings
from dipxl.model.register import Entry, Register, Source

__all__ = ["Collected", "LastEdition", "Submission", "collect", "last_edition", "received"]

_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True)
class Collected:
    """Everything received so far: all submissions, the state of each bidang, the register."""

    submissions: tuple[Submission, ...]
    states: Mapping[str, str]
    register: Register
    excluded: tuple[Entry, ...]
    unclear: tuple[Finding, ...] = ()  # withdrawals that do not name one file
    doubts: tuple[Finding, ...] = ()  # waivers that do not apply
    explained: Explained = NOTHING_EXPLAINED  # what the officer said of lists that are no form of dipxl's

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
    def left_over(self) -> list[tuple[str, Cell]]:
        """The cells that people typed and that feed no value, with the name of their file."""
        return [(s.name, cell) for s in self.current for cell in s.examined.returned.leftovers]

    @property
    def verdict(self) -> Verdict:
        return Verdict.worst(s.examined.verdict for s in self.current)


def collect(edition: Edition, settings: Settings, day: date | None = None) -> Collected:
    """Replay every archived form as it weighs on `day` (today), oldest first; the latest of each bidang counts."""
    day = day or office_day(settings)
    arrivals = edition.arrivals()
    files = edition.archived()
    known = explained(edition, settings)
    examined = examine(read_sent(list(files.values()), known, settings), "kepala", ("daftar", "dikecualikan"))
    before = last_edition(edition)
    submissions: list[Submission] = []
    for sha256, one in zip(files, examined, strict=True):
        bidang, found = owner(one, settings, known)
        names = tuple(arrival.name for arrival in arrivals.get(sha256, ())) or (one.path.name,)
        found += _doubts(files[sha256], sha256, names)
        submissions.append(Submission(sha256, names[0], bidang, with_found(one, found), "", copies=names[1:]))
    withdrawn, unclear = _withdrawn(submissions, settings)
    followed = _followed(_identified(submissions, before), withdrawn)
    skipped = {unit.kode for unit in settings.bidang if unit.skipped}
    against = [compared(submission, before, earlier) for submission, earlier in followed]
    weighed = [replace(s, examined=judged(s.examined, day, s.bidang, settings.waivers)) for s in against]
    linked = [replace(s, earlier=earlier if s.bidang else None) for s, earlier in _followed(weighed, withdrawn)]
    submissions = _states(linked, withdrawn, skipped)
    entries, excluded = (tuple(_entries(submissions, settings, before, kind)) for kind, _, _ in KINDS)
    states = {unit.kode: _state_of(unit, submissions) for unit in settings.bidang}
    doubts = (*settings.doubts, *without_effect(settings.waivers, list(states), day))
    register = Register(str(settings.edition), entries)
    return Collected(tuple(submissions), states, register, excluded, unclear, doubts, known)


def _doubts(kept: Path, sha256: str, names: Sequence[str]) -> Iterator[Finding]:
    """What its name and its place in the archive say against a file."""
    if all(map(is_conflict_copy, names)):
        yield finding("salinan-sinkronisasi", Place("", ""), value=names[0])
    if is_changed(kept, sha256):
        yield finding("arsip-berubah", Place("", ""), value=kept.name)


def _withdrawn(submissions: Sequence[Submission], settings: Settings) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """By hash, why the settings withdraw a file; what names none or several withdraws nothing."""
    reasons: dict[str, str] = {}
    unclear = []
    for named, reason in settings.withdrawn.items():
        print_ = named.lower() if _FINGERPRINT.fullmatch(named.lower()) else ""
        meant = [s.sha256 for s in submissions if s.name == named or (print_ and s.sha256.startswith(print_))]
        if len(meant) == 1:
            reasons[meant[0]] = reason
        else:
            unclear.append(finding("penarikan-tidak-jelas", Place(sheet("ditarik").title, ""), value=named))
    return reasons, tuple(unclear)


def _followed(
    submissions: Sequence[Submission], withdrawn: Collection[str]
) -> Iterator[tuple[Submission, Submission | None]]:
    """Each submission with the one that its bidang sent before and that was not withdrawn."""
    latest: dict[str, Submission] = {}
    for submission in submissions:
        yield submission, latest.get(submission.bidang)
        if submission.sha256 not in withdrawn:
            latest[submission.bidang] = submission


def _states(
    submissions: Sequence[Submission], withdrawn: Mapping[str, str], skipped: Collection[str]
) -> list[Submission]:
    latest = {s.bidang: s.sha256 for s in submissions if s.bidang and s.sha256 not in withdrawn}
    return [
        replace(s, state=_state(s, latest, withdrawn, skipped), withdrawal=withdrawn.get(s.sha256, ""))
        for s in submissions
    ]


def _state(
    submission: Submission, latest: Mapping[str, str], withdrawn: Collection[str], skipped: Collection[str]
) -> str:
    """The state of one submission, told anew on each run from what was sent and what the settings say."""
    if submission.sha256 in withdrawn:
        return "ditarik"
    if not submission.bidang:
        return str(submission.examined.verdict)
    if latest[submission.bidang] != submission.sha256:
        return "digantikan"
    if submission.bidang in skipped:
        return "diterima"
    if submission.examined.verdict is not Verdict.LOLOS:
        return str(submission.examined.verdict)
    return "nihil" if submission.examined.nihil else "lolos"


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
    known = [unit.kode for unit in settings.bidang]
    for bidang in dict.fromkeys([*known, *(row["bidang"] for row in before.rows.values())]):
        submission = standing.get(bidang) if bidang in known else None
        sent = list(_sent(submission, kind)) if submission else []
        yield from sent
        yield from before.entries_without({entry.kode for entry in sent}, bidang, kind)


def _sent(submission: Submission, kind: str) -> Iterator[Entry]:
    for row in submission.examined.rows_of(kind):
        kode = submission.kode_of[row.sheet, row.number]
        source = Source(submission.name, submission.sha256, row.sheet, row.number)
        remarks = tuple(found.message for found in row.found if found.remains)
        yield Entry(kode, submission.bidang, row.values, source, row.faults, remarks=remarks)


def received(edition: Edition) -> list[Returned]:
    """Keep what people put into masuk/, and tell what was left there: not meant, too large, or not to be read."""
    left = []
    inbox = edition.path("1-himpun", "masuk")
    with opened(edition.inbox("1-himpun", "masuk")) as arrived:
        for one in arrived:
            name = Path(one.name).relative_to(inbox)
            refused = one.refusal or guards.of_path(one.path)
            kept = refused or edition.keep(one.path, inbox / name)
            if isinstance(kept, Refusal):
                left.append(unread(name, kept))
    return left
