"""Two rounds of one bidang compared: which faults were repaired, which are new, which still stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """One fault in one cell, told apart from round to round: its code, its column, and whose row it stands in."""

    code: str
    column: str
    row: str


@dataclass(frozen=True)
class Since:
    """What became of the faults since the round before; `fresh` says of each present one whether it is new."""

    fixed: int
    fresh: tuple[bool, ...]

    @property
    def new(self) -> int:
        return sum(self.fresh)

    @property
    def still(self) -> int:
        return len(self.fresh) - self.new

    def as_json(self) -> dict[str, int]:
        return {"fixed": self.fixed, "new": self.new, "still": self.still}


def since(before: Sequence[Spot], now: Sequence[Spot]) -> Since:
    """Compare two rounds cell by cell: all present ones are new or still there, all earlier ones fixed or still there.

    >>> wrong, blank = Spot("bukan-pilihan", "Bentuk", "MUT-0001"), Spot("kosong", "Retensi", "MUT-0002")
    >>> since([wrong, blank], [blank, Spot("kosong", "Retensi", "MUT-0003")]).as_json()
    {'fixed': 1, 'new': 1, 'still': 1}
    """
    left = Counter(before)
    fresh = []
    for spot in now:
        known = left[spot] > 0
        left[spot] -= known
        fresh.append(not known)
    return Since(left.total(), tuple(fresh))
