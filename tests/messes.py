"""One mess each: what people do to a filled form, and what must come of it.

A mess is a function that takes the list of a form with the entries 1, 2 and 3 in the rows 11, 12 and 13, and returns
what is expected. The names of the messes are the names of the cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from told import Told, entry

START = {11: 1, 12: 2, 13: 3}  # row: entry
STRAY = "di-luar-tabel|isian-di-luar"
NO_ENTRY = "bukan-entri"
LETTERS = dict(
    zip(
        ("nomor", "kode", "ringkasan", "waktu", "bentuk", "retensi", "tempat", "menguasai", "penanggung_jawab", "kelas",
         "tautan", "keterangan", "lokasi_berkas"),
        "ABCDEFGHIJKLM",
        strict=True,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """The oracle of a mess: records whole and in their rows, findings by code and cell, no other fault or code."""

    at: tuple[tuple[str, str], ...] = ()  # (codes, cell), "a|b" for either code, "H*" and "*12" for any cell there
    rows: Mapping[int, int] = field(default_factory=lambda: START)
    changed: Mapping[tuple[int, str], str | None] = field(default_factory=dict)  # None: whatever it may be
    repairs: tuple[tuple[str, str, str], ...] = ()  # cell, before, after; "A12|J13" for either cell
    faults: frozenset[str] = frozenset()  # the codes that are "wajib"
    also: frozenset[str] = frozenset()  # codes that may be said too
    unclear: frozenset[str] = frozenset()  # cells that may count as typed or as print
    spread: bool = False

    def check(self, told: Told, sheet: str = "Daftar Informasi") -> None:
        told.unclear |= {(sheet, cell) for cell in self.unclear}
        told.spread = self.spread
        told.check()
        self._records(told, sheet)
        self._findings(told, sheet)
        for cell, before, after in self.repairs:
            entries = [entry for one in cell.split("|") for entry in told.repaired(one, sheet)]
            assert any(entry[1] == after and entry[0] in (before, "") for entry in entries), (cell, entries)

    def _records(self, told: Told, sheet: str) -> None:
        assert told.rows(sheet) == list(self.rows)
        for row, number in self.rows.items():
            wanted = entry(number) if number else {}
            for name in {*wanted, *(column for at, column in self.changed if at == row)}:
                text = self.changed.get((row, name), wanted.get(name))
                assert text is None or told.value(name, row, sheet) == text, (row, name)

    def _findings(self, told: Told, sheet: str) -> None:
        for codes, cell in self.at:
            assert any(_fits(cell, found) for found in told.at(*codes.split("|"), sheet=sheet)), (
                codes,
                cell,
                _said(told),
            )
        assert told.faults() == self.faults, _said(told)
        expected = {code for codes, _ in self.at for code in codes.split("|")} | self.faults | self.also
        assert told.codes() <= expected, _said(told)


Mess = Callable[[Any], Expected]
MESSES: dict[str, Mess] = {}
UNSETTLED: set[str] = set()  # messes after which a value may rightly stand in another column or row


def mess(act: Mess) -> Mess:
    """Put a mess on the list."""
    known = MESSES.get(act.__name__, act)  # pytest may load this module twice
    assert known.__code__.co_firstlineno == act.__code__.co_firstlineno, act.__name__
    MESSES[act.__name__] = act
    return act


def unsettling(act: Mess) -> Mess:
    """Mark a mess that changes which column or row a value belongs to."""
    UNSETTLED.add(act.__name__)
    return act


def variants(values: Mapping[str, Any]) -> Callable[[Callable[[Any, Any], Expected]], Callable[[Any, Any], Expected]]:
    """Put a mess on the list once for each value."""

    def register(act: Callable[[Any, Any], Expected]) -> Callable[[Any, Any], Expected]:
        for name, value in values.items():
            MESSES[f"{act.__name__}[{name}]"] = lambda sheet, value=value: act(sheet, value)
        return act

    return register


def moved(by: int, since: int = 0) -> dict[int, int]:
    """The rows of the entries after rows were inserted above, or from row `since` on."""
    return {row + (by if row >= since else 0): number for row, number in START.items()}


def gone(*names: str) -> dict[tuple[int, str], str | None]:
    return {(row, name): "" for row in START for name in names}


def _fits(pattern: str, cell: str) -> bool:
    column, row = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return pattern in (cell, f"{column}*", f"*{row}")


def _said(told: Told) -> list[tuple[str, list[str], str]]:
    return [(found["code"], found["cells"], found["value"]) for found in told.answer["findings"]]
