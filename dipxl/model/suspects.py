"""When most bidang fail alike, the form or its instruction is the likely cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dipxl.model.findings import Finding, Findings, Place, Severity, finding

FEWEST = 3  # fewer bidang than these may fail alike by chance


@dataclass(frozen=True)
class Suspect:
    """A column that `bidang` of the `of` bidang that sent something fail with the same code."""

    column: str
    code: str
    bidang: int
    of: int

    @property
    def share(self) -> str:
        return f"{self.bidang} dari {self.of} bidang"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def as_finding(self) -> Finding:
        """The suspicion in the words of the catalogue."""
        return finding("formulir-diduga-keliru", Place("", ""), column=self.column, value=self.share)


def suspects(sent: Mapping[str, Findings]) -> tuple[Suspect, ...]:
    """The columns that more than half of the bidang that sent something fail alike, the most often failed first."""
    failed: dict[tuple[str, str], int] = {}
    for findings in sent.values():
        for key in dict.fromkeys((f.column, f.code) for f in findings if f.column and f.severity is not Severity.SARAN):
            failed[key] = failed.get(key, 0) + 1
    most = [Suspect(*key, number, len(sent)) for key, number in failed.items() if number >= FEWEST]
    return tuple(sorted((s for s in most if 2 * s.bidang > s.of), key=lambda s: (-s.bidang, s.column, s.code)))
