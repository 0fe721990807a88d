"""A received file as one submission of a bidang, with its state and the kode of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dipxl.files.carried import EXCLUDED_PREFIX
from dipxl.files.intake import Examined
from dipxl.model.findings import Finding, Findings, Repair

# The kinds of row: their sheet, what stands before the bidang in their kode, and what tells rows apart.
KINDS = (("daftar", "", "ringkasan"), ("dikecualikan", EXCLUDED_PREFIX, "informasi"))
UNCOUNTED = ("digantikan", "ditarik", "diterima")


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
    earlier: Submission | None = None  # what the same bidang sent before

    @property
    def counts(self) -> bool:
        return self.state not in UNCOUNTED

    @property
    def kode_of(self) -> dict[tuple[str, int], str]:
        """The minted kode by sheet title and Excel row."""
        rows = [*self.examined.rows_of("daftar"), *self.examined.rows_of("dikecualikan")]
        return {(row.sheet, row.number): kode for row, kode in zip(rows, self.kodes, strict=True)}


def with_found(one: Examined, found: Sequence[Finding], repairs: Sequence[Repair] = ()) -> Examined:
    findings = Findings((*one.findings, *found)).grouped()
    return replace(one, findings=findings, repairs=(*one.repairs, *repairs))
