"""The name of an edition: the year, and which of the two half-years that Perki 1/2021 Ps 45(7) asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class EditionId:
    """An edition such as 2026-2."""

    year: int
    half: int

    @classmethod
    def parse(cls, text: str) -> EditionId | None:
        """The edition in "2026-2"; None for anything else."""
        match = re.fullmatch(r"\s*(20\d{2})-([12])\s*", text)
        return cls(int(match[1]), int(match[2])) if match else None

    @property
    def next(self) -> EditionId:
        return EditionId(self.year, 2) if self.half == 1 else EditionId(self.year + 1, 1)

    @property
    def title(self) -> str:
        """The edition in words: "Semester II Tahun 2026"."""
        return f"Semester {'I' * self.half} Tahun {self.year}"

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"
