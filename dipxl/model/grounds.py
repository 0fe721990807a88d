"""The grounds of exception of UU 14/2008 Ps 17, read from `grounds.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from dipxl.model.data import load


@dataclass(frozen=True)
class Ground:
    """One ground: when it is used, and how long an exception on it may last."""

    letter: str
    label: str
    meaning: str
    when: str
    period: str
    never_permanent: bool
    basis: str
    since: date
    longest_years: int | None = None
    until: date | None = None


@cache
def grounds() -> Mapping[str, Ground]:
    """All grounds by their letter, in the law's order."""
    return {letter: Ground(letter=letter, **table) for letter, table in load("grounds").items()}


def choices() -> tuple[str, ...]:
    return tuple(ground.label for ground in grounds().values())


def accepts() -> Mapping[str, tuple[str, ...]]:
    """Other spellings of each choice: its letter in Ps 17."""
    return {g.label: (g.letter, f"huruf {g.letter}", f"Pasal 17 huruf {g.letter}") for g in grounds().values()}
