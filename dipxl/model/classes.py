"""The three classes of information that a DIP holds (Perki 1/2021 Ps 13(1)), read from `classes.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from dipxl.model.data import load


@dataclass(frozen=True)
class Class:
    """One class: its label in the forms, its annex of the decree and the heading there."""

    name: str
    label: str
    annex: str
    heading: str
    basis: str
    since: date
    signs: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    until: date | None = None


@cache
def classes() -> Mapping[str, Class]:
    """All classes by their label, in the order of the annexes."""
    lists = ("signs", "spellings")
    return {
        table["label"]: Class(name=name, **(table | {key: tuple(table.get(key, ())) for key in lists}))
        for name, table in load("classes").items()
    }


def accepts() -> Mapping[str, tuple[str, ...]]:
    """Other spellings of each class: its heading, and how people shorten it."""
    return {label: (one.heading, *one.spellings) for label, one in classes().items()}
