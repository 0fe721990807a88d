"""What one received file counts for: replaced, withdrawn, left aside with its bidang, or judged."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dipxl.files.intake import Examined
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding, Place, Verdict, finding
from dipxl.model.office import Bidang, Settings

UNCOUNTED = ("digantikan", "ditarik", "diterima")
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
    copies: tuple[str, ...] = ()  # the other names under which the very same file came
    withdrawal: str = ""  # why it does not count, and who decided that, in the words of the settings

    @property
    def counts(self) -> bool:
        return self.state not in UNCOUNTED

    @property
    def kode_of(self) -> dict[tuple[str, int], str]:
        """The minted kode by sheet title and Excel row."""
        rows = [*self.examined.rows_of("daftar"), *self.examined.rows_of("dikecualikan")]
        return {(row.sheet, row.number): kode for row, kode in zip(rows, self.kodes, strict=True)}


def withdrawals(submissions: Sequence[Submission], settings: Settings) -> tuple[dict[str, str], tuple[Finding, ...]]:
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


def with_states(
    submissions: Sequence[Submission], withdrawn: Mapping[str, str], skipped: Collection[str]
) -> list[Submission]:
    """The submissions with their states, told anew on each run; the latest of a bidang by first-seen order counts."""
    latest = {s.bidang: s.sha256 for s in submissions if s.bidang and s.sha256 not in withdrawn}
    return [
        replace(s, state=_state(s, latest, withdrawn, skipped), withdrawal=withdrawn.get(s.sha256, ""))
        for s in submissions
    ]


def _state(
    submission: Submission, latest: Mapping[str, str], withdrawn: Collection[str], skipped: Collection[str]
) -> str:
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


def state_of(unit: Bidang, submissions: Sequence[Submission]) -> str:
    """The state of a bidang: of the submission that counts, unless it is left out or sent none."""
    if unit.skipped:
        return "dilewati"
    return next((s.state for s in submissions if s.bidang == unit.kode and s.counts), "belum kirim")
