"""Which row is which: a row keeps its kode for ever, and a new row is given one once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dipxl.model.register import mint
from dipxl.model.text import fold

Values = Mapping[str, str]


def assign(
    bidang: str, rows: Sequence[Values], known: Mapping[str, Values], taken: set[str], identity: str = "ringkasan"
) -> list[str]:
    """The kode of each row of one submission.

    `known` are the bidang's earlier rows by kode, `taken` every kode ever given; it grows by those minted.
    A row without kode is the earlier row of the same text, and of the same time where several have it.
    """
    given = [row["kode"] if row["kode"] in known else "" for row in rows]
    kodes: list[str] = []
    for number, row in enumerate(rows):
        kode = given[number] if given[number] not in kodes else ""
        kode = kode or _match(row, known, {*kodes, *given}, identity) or mint(bidang, taken)
        taken.add(kode)
        kodes.append(kode)
    return kodes


def _match(row: Values, known: Mapping[str, Values], used: set[str], identity: str) -> str:
    """The one earlier row with the same text; of several the one of the same time; else none."""
    text = fold(row[identity])
    same = [kode for kode, values in known.items() if kode not in used and fold(values[identity]) == text]
    if len(same) > 1:
        same = [kode for kode in same if fold(known[kode].get("waktu", "")) == fold(row.get("waktu", ""))]
    return same[0] if len(same) == 1 else ""
