"""The public register: what a decree lists and what the office publishes, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dipxl.model import items
from dipxl.model.classes import classes
from dipxl.model.columns import annex_columns, public_columns
from dipxl.model.office import Settings
from dipxl.model.register import Register


@dataclass(frozen=True)
class PublicRow:
    """One entry as the public sees it; `values` holds the public columns only, by name, all as text."""

    nomor: int
    kode: str
    bidang: str
    kelas: str
    values: Mapping[str, str]

    @property
    def butir(self) -> tuple[str, ...]:
        return items.kodes(self.values.get("butir", ""))

    @property
    def waktu_tempat(self) -> str:
        """Time and place joined as Lampiran I of Perki 1/2021 has them: "Tanjung Asri, Januari 2026"."""
        return ", ".join(part for part in (self.values["tempat"], self.values["waktu"]) if part)

    def annex_cells(self) -> list[str]:
        """The seven cells of Lampiran I Perki 1/2021, in its order."""
        cells = dict(self.values) | {"nomor": str(self.nomor), "waktu": self.waktu_tempat}
        return [cells[column.name] for column in annex_columns()]


@dataclass(frozen=True)
class PublicRegister:
    """The entries of one edition that may be seen, one numbering through all classes."""

    edition: str
    rows: tuple[PublicRow, ...]

    def of_class(self, label: str) -> list[PublicRow]:
        return [row for row in self.rows if row.kelas == label]

    @property
    def counts(self) -> dict[str, int]:
        """The number of entries by class label, all three classes, in the order of the annexes."""
        return {label: len(self.of_class(label)) for label in classes()}

    @property
    def sha256(self) -> str:
        """The fingerprint of the content; number and date of the decree are no part of it."""
        return hashlib.sha256(json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def kode_naskah(self) -> str:
        """A short code of the content for papers, such as 7F3A-91C2."""
        return f"{self.sha256[:4]}-{self.sha256[4:8]}".upper()

    def as_json(self) -> dict[str, Any]:
        rows = [{"nomor": r.nomor, "kode": r.kode, "bidang": r.bidang, **r.values} for r in self.rows]
        return {"edition": self.edition, "rows": rows}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PublicRegister:
        """Read back what `as_json` wrote."""
        rows = []
        for row in data["rows"]:
            values = {k: v for k, v in row.items() if k not in ("nomor", "kode", "bidang")}
            rows.append(PublicRow(row["nomor"], row["kode"], row["bidang"], values["kelas"], values))
        return cls(data["edition"], tuple(rows))


def publishable(register: Register, settings: Settings) -> PublicRegister:
    """The decided entries of a register, cut down to the public columns and numbered."""
    names = [c.name for c in public_columns() if c.name not in ("nomor", "kode")]
    rows = []
    for number, entry in enumerate(register.admitted(), start=1):
        cells = dict(entry.values) | {"kelas": entry.kelas, "butir": "; ".join(entry.butir)}
        values = {name: cells.get(name, "") for name in names}
        rows.append(PublicRow(number, entry.kode, settings.unit_name(entry.bidang), entry.kelas, values))
    return PublicRegister(register.edition, tuple(rows))
