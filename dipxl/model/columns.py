"""The columns of every sheet, read from `columns.toml` and `settings.toml`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from dipxl.model import classes, grounds, items, lenience
from dipxl.model.data import load

LEAVE_OUT = "Abaikan"
IN_FORCE = date(2021, 6, 30)  # Perki 1/2021 was promulgated, and took effect, on this day


@dataclass(frozen=True)
class Column:
    """One column of a sheet, or one cell of a sheet's head.

    `basis` is the article that asks for it; `since` and `until` are the dates between which it does. `aliases` are
    headings that other lists give it, `aliases_with` headings of one column for this and another, by the other's name,
    and `ticks` headings of columns in which people tick a choice, by the choice.
    """

    sheet: str
    name: str
    label: str
    basis: str
    filled_by: str = "bidang"
    shown_in: tuple[str, ...] = ("formulir",)
    required: bool = False
    required_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    accepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    advice: Mapping[str, str] = field(default_factory=dict)
    open_list: bool = False
    several: bool = False
    default_from: str = ""
    hint: str = ""
    example: str = ""
    width: int = 20
    aliases: tuple[str, ...] = ()
    aliases_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ticks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checks: tuple[str, ...] = ()
    reads: str = ""
    allows_names: bool = False
    annex: str = ""
    since: date = IN_FORCE
    until: date | None = None

    @property
    def key(self) -> str:
        """The name that the hidden key row of a workbook carries, e.g. `daftar.ringkasan`."""
        return f"{self.sheet}.{self.name}"

    @property
    def heading(self) -> str:
        """The label as people see it, with a star where the cell must be filled."""
        return f"{self.label} *" if self.required else self.label

    @property
    def public(self) -> bool:
        return "publik" in self.shown_in


@dataclass(frozen=True)
class Sheet:
    """A kind of sheet: its title, and its columns in order; `head` where it is a list of single cells."""

    name: str
    title: str
    columns: tuple[Column, ...]
    head: bool = False

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def shown(self, *places: str) -> tuple[Column, ...]:
        """The columns that stand in any of these places, in order."""
        return tuple(column for column in self.columns if set(places) & set(column.shown_in))


@cache
def sheets() -> Mapping[str, Sheet]:
    """Every sheet that dipxl knows, by its name."""
    tables = load("columns") | load("settings")
    return {name: _sheet(name, table) for name, table in tables.items()}


def field_labels() -> dict[str, str]:
    """What a column of another office's list can hold, by the words for it.

    Such as `daftar.waktu`, `daftar.waktu+daftar.tempat`, `daftar.bentuk=Softcopy`, or nothing for one left out.
    """
    labels: dict[str, str] = {}
    for column in load("columns")["daftar"]["columns"]:
        key = f"daftar.{column['name']}"
        if {"formulir", "pilihan"} & {*column.get("shown_in", ["formulir"])} and column["name"] != "kode":
            labels[column["label"]] = key
        for other in column.get("aliases_with", {}):
            labels[f"{column['label']} dan {sheet_label(other)}"] = f"{key}+daftar.{other}"
        for choice in column.get("ticks", {}):
            labels[f"Centang {choice}"] = f"{key}={choice}"
    return labels | {LEAVE_OUT: ""}


def sheet_label(name: str) -> str:
    return next(str(c["label"]) for c in load("columns")["daftar"]["columns"] if c["name"] == name)


def sheet(name: str) -> Sheet:
    return sheets()[name]


def public_columns() -> tuple[Column, ...]:
    """The columns that may leave the office, in the order of the open data."""
    return tuple(c for name in ("daftar", "usulan") for c in sheet(name) if c.public)


def annex_columns() -> tuple[Column, ...]:
    """The seven columns of Lampiran I Perki 1/2021, in the order of Ps 21(2) a-g."""
    return tuple(sorted((c for c in sheet("daftar") if c.annex), key=lambda c: c.basis))


def _sheet(name: str, table: Mapping[str, Any]) -> Sheet:
    columns = tuple(_column(name, entry) for entry in table["columns"])
    return Sheet(name, table["title"], columns, head=table.get("head", False))


def _offered(source: str) -> tuple[str, ...]:
    lists: Mapping[str, Callable[[], tuple[str, ...]]] = {
        "items": items.choices,
        "grounds": grounds.choices,
        "fields": lambda: tuple(field_labels()),
        "rules": lenience.waivable,
    }
    return lists[source]()


def _column(sheet_name: str, entry: Mapping[str, Any]) -> Column:
    entry = dict(entry)
    source = entry.pop("choices_from", None)
    if source:
        entry["choices"] = _offered(source)
    if spellings := entry.pop("accepts_from", None):
        entry["accepts"] = {"classes": classes.accepts, "grounds": grounds.accepts}[spellings]()
    for name in ("shown_in", "choices", "aliases", "checks"):
        if name in entry:
            entry[name] = tuple(entry[name])
    for name in ("accepts", "required_when", "aliases_with", "ticks"):
        entry[name] = {key: tuple(values) for key, values in entry.get(name, {}).items()}
    return Column(sheet=sheet_name, **entry)


@cache
def column_of(key: str) -> Column:
    """The column with a key such as `daftar.ringkasan`."""
    kind, _, name = key.partition(".")
    return sheet(kind)[name]


def label_of(key: str) -> str:
    """The label of the column with a key such as `daftar.ringkasan`, "" for none."""
    return column_of(key).label if key else ""
