"""Which row is which: a row keeps its kode for ever, and a new row is given one once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from dipxl.model.register import mint
from dipxl.model.text import fold

Values = Mapping[str, str]
Key = Callable[[Values], tuple[str, ...]]
NOT_CONTENT = ("nomor", "kode", "pemutakhiran", "alasan_cabut")


def assign(
    bidang: str, rows: Sequence[Values], known: Mapping[str, Values], taken: set[str], identity: str = "ringkasan"
) -> list[str]:
    """The kode of each row of one submission.

    `known` are the bidang's earlier rows by kode, `taken` every kode ever given; it grows by those minted.
    A row without kode is the earlier row of the same content, else of the same text and time, else of the
    same text; where several rows or several earlier ones could be meant, it is a new row.
    """
    kodes = _given(rows, known)
    content = sorted({name for row in rows for name in row} - {*NOT_CONTENT})
    _match_equal(rows, known, kodes, lambda row: tuple(fold(row.get(name, "")) for name in content))
    _match_only(rows, known, kodes, lambda row: (fold(row[identity]), fold(row.get("waktu", ""))))
    _match_only(rows, known, kodes, lambda row: (fold(row[identity]),))
    new = iter(mint(bidang, taken, kodes.count("")))
    kodes = [kode or next(new) for kode in kodes]
    taken.update(kodes)
    return kodes


def _given(rows: Sequence[Values], known: Mapping[str, Values]) -> list[str]:
    """The kode that each row carries, where it is one of this bidang's and no row before carries it."""
    kodes: list[str] = []
    seen: set[str] = set()
    for row in rows:
        kode = row["kode"] if row["kode"] in known and row["kode"] not in seen else ""
        seen.add(kode)
        kodes.append(kode)
    return kodes


def _free(known: Mapping[str, Values], kodes: Sequence[str], key: Key) -> dict[tuple[str, ...], list[str]]:
    """The earlier rows that no row has yet, by their key."""
    free: dict[tuple[str, ...], list[str]] = {}
    used = set(kodes)
    for kode, values in known.items():
        if kode not in used:
            free.setdefault(key(values), []).append(kode)
    return free


def _match_equal(rows: Sequence[Values], known: Mapping[str, Values], kodes: list[str], key: Key) -> None:
    """Equal rows are interchangeable, so each takes the next equal earlier row."""
    free = _free(known, kodes, key)
    for number, row in enumerate(rows):
        if not kodes[number] and free.get(key(row)):
            kodes[number] = free[key(row)].pop(0)


def _match_only(rows: Sequence[Values], known: Mapping[str, Values], kodes: list[str], key: Key) -> None:
    """A row takes the earlier row of its key where each is the only one."""
    free = _free(known, kodes, key)
    asking = Counter(key(row) for row, kode in zip(rows, kodes, strict=True) if not kode)
    for number, row in enumerate(rows):
        same = free.get(key(row), [])
        if not kodes[number] and len(same) == asking[key(row)] == 1:
            kodes[number] = same[0]
