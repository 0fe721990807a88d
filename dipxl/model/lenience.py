"""What is told but does not block: rules that are still on trial, and rules that are waived for a bidang."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from dipxl.model.data import load
from dipxl.model.dates import long_date
from dipxl.model.findings import Finding, Findings, Severity, Waiver, finding

ON_TRIAL = " (uji coba)."


@cache
def waivable() -> tuple[str, ...]:
    """The codes of the rules that can be waived, in the order of the alphabet; what only suggests needs no waiver."""
    entries = load("messages").items()
    return tuple(sorted(code for code, e in entries if e.get("waivable", True) and e["severity"] != Severity.SARAN))


def trial_until(code: str) -> date | None:
    """The last day on which a new rule only suggests."""
    day: date | None = load("messages")[code].get("trial_until")
    return day


def as_of(findings: Findings, day: date) -> Findings:
    """The findings as they weigh on a day: those of a rule on trial as suggestions that say so."""
    return Findings(tuple(_on_trial(found, day) for found in findings)).grouped()


def waived(findings: Findings, bidang: str, waivers: Sequence[Waiver], day: date) -> Findings:
    """The findings of a bidang's file, where waived on that day as suggestions that say until when and by whom.

    A file of nobody we know ("") has no waivers: it is not known whose they would be.
    """
    valid = [waiver for waiver in waivers if day <= waiver.until and waiver.bidang in ("", bidang)] if bidang else []
    by_rule = {w.rule: w for w in sorted(valid, key=lambda w: w.until) if w.rule in waivable()}
    return Findings(tuple(_waived(found, by_rule.get(found.code)) for found in findings)).grouped()


def without_effect(waivers: Sequence[Waiver], bidang: Collection[str], day: date) -> Iterator[Finding]:
    """What is told about waivers that do not apply: for a bidang that there is not, or over."""
    for waiver in waivers:
        if waiver.bidang and waiver.bidang not in bidang:
            yield finding("dispensasi-bidang-tidak-dikenal", waiver.place, value=waiver.bidang)
        elif waiver.until < day:
            yield finding("dispensasi-berakhir", waiver.place, value=long_date(waiver.until))


def _on_trial(found: Finding, day: date) -> Finding:
    until = trial_until(found.code)
    if until is None or day > until or found.message.endswith(ON_TRIAL):
        return found
    return replace(found, severity=Severity.SARAN, message=found.message.removesuffix(".") + ON_TRIAL)


def _waived(found: Finding, waiver: Waiver | None) -> Finding:
    if waiver is None or found.severity is Severity.SARAN:
        return found
    terms = f"dispensasi sampai {long_date(waiver.until)}: {waiver.reason}; disetujui {waiver.approver}"
    message = f"{found.message.removesuffix('.')} ({terms})."
    return replace(found, severity=Severity.SARAN, message=message, waiver=waiver)
