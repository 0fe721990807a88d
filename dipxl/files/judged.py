"""A checked file as it weighs on a day, each finding with its row: trials only suggest, waived rules block nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dipxl.files.finding_text import named
from dipxl.files.intake import Examined
from dipxl.model.findings import Findings, Waiver, first_words
from dipxl.model.lenience import as_of, waived


def judged(one: Examined, day: date, bidang: str = "", waivers: Sequence[Waiver] = ()) -> Examined:
    """The same file and rows with findings that name their row and weigh what they weigh on that day."""

    def weighed(findings: Findings) -> Findings:
        return waived(as_of(findings, day), bidang, waivers, day)

    rows = tuple(replace(row, found=weighed(Findings(row.found)).all) if row.found else row for row in one.rows)
    words = {(row.sheet, row.number): first_words(row.values) for row in one.rows}
    return replace(one, findings=weighed(Findings(named(one.findings, words))), rows=rows)
