"""The mandatory items of Perki 1/2021 (Ps 14, 15, 19-21, 56), read from `items.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from dipxl.model.data import load

_BETWEEN = re.compile(r"(?i)[;\n]|,(?=\s*[BMS]\.)")  # a comma parts two codes; in the name of an item it parts nothing


@dataclass(frozen=True)
class Item:
    """One item of information that the law demands; `parent` is the item it belongs to, if any."""

    kode: str
    klass: str
    name: str
    scope: str
    basis: str
    since: date
    parent: str = ""
    note: str = ""
    until: date | None = None

    @property
    def choice(self) -> str:
        """How a drop-down offers the item: "B.d.a – Rencana dan laporan realisasi anggaran"."""
        return f"{self.kode} – {self.name}"


@cache
def items() -> Mapping[str, Item]:
    """All items by their kode, in the order of the law's articles."""
    return {
        kode: Item(kode=kode, klass=table["class"], **{k: v for k, v in table.items() if k != "class"})
        for kode, table in load("items").items()
    }


@cache
def leaves() -> tuple[Item, ...]:
    """The items that entries answer; an item with children only groups them."""
    parents = {item.parent for item in items().values()}
    return tuple(item for item in items().values() if item.kode not in parents)


def choices() -> tuple[str, ...]:
    return tuple(item.choice for item in items().values())


def kodes(text: str) -> tuple[str, ...]:
    """The item codes in a cell such as "B.d.a – Rencana ...; s.c.c", known or not, in the order typed."""
    parts = (part.split("–")[0].split(" - ")[0].strip(" .,") for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(_spelt().get(part.casefold(), part) for part in parts if part))


@cache
def _spelt() -> Mapping[str, str]:
    return {kode.casefold(): kode for kode in items()}
