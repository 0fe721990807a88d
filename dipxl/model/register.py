"""The register: every entry of an edition, with where it came from and what was decided about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from dipxl.model import items
from dipxl.model.classes import classes

EXCLUDE = "Usulkan dikecualikan"
REFUSED = ("Tolak", "Kecualikan")
RETURN = "Kembalikan ke bidang"


@dataclass(frozen=True)
class Source:
    """Where an entry was typed: the received file by name and hash, the sheet and the Excel row."""

    file: str
    sha256: str
    sheet: str
    row: int


UNCONFIRMED = Source("edisi lalu", "", "", 0)


@dataclass(frozen=True)
class Entry:
    """One row of the register.

    `values` are the bidang's cells, `proposal` the PPID Pelaksana's, `review` the PPID's, each by column
    name; `faults` are the codes of its open findings that must be repaired, `remarks` the sentences of all that
    a person should look at.
    """

    kode: str
    bidang: str
    values: Mapping[str, str]
    source: Source
    faults: tuple[str, ...] = ()
    proposal: Mapping[str, str] = field(default_factory=dict)
    review: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def kelas(self) -> str:
        """The class as decided so far: the PPID's where changed, else the PPID Pelaksana's."""
        changed = self.review.get("kelas_putusan", "") if self.putusan == "Ubah" else ""
        return changed or self.proposal.get("kelas", "")

    @property
    def butir(self) -> tuple[str, ...]:
        return items.kodes(self.proposal.get("butir", ""))

    @property
    def putusan(self) -> str:
        return self.review.get("putusan", "")

    @property
    def withdrawn(self) -> bool:
        return self.values.get("pemutakhiran") == "Cabut"

    @property
    def unconfirmed(self) -> bool:
        """True for a row of the last edition that its bidang neither confirmed nor withdrew."""
        return self.source == UNCONFIRMED

    @property
    def proposed(self) -> bool:
        """True when the PPID Pelaksana passes the entry on to the PPID."""
        return not self.withdrawn and self.proposal.get("usul", "") not in (EXCLUDE, RETURN)

    @property
    def waiting(self) -> bool:
        """True when the entry is proposed and not yet ready for the decree, nor refused."""
        return self.proposed and not self.admitted and self.putusan not in REFUSED

    @property
    def admitted(self) -> bool:
        """True when the entry may stand in the decree: decided for, classed, nothing left to repair."""
        return self.proposed and not self.faults and bool(self.kelas) and self.putusan in ("Setuju", "Ubah")


@dataclass(frozen=True)
class Register:
    """The entries of an edition, in the order of bidang and then of the form's rows."""

    edition: str
    entries: tuple[Entry, ...]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def admitted(self) -> list[Entry]:
        """The entries of the decree in its order: class, then bidang, then the form's row."""
        order = list(classes())
        return sorted((e for e in self if e.admitted), key=lambda e: order.index(e.kelas))

    def replaced(self, entries: Mapping[str, Entry]) -> Register:
        """The same register with some entries changed, by kode."""
        return replace(self, entries=tuple(entries.get(e.kode, e) for e in self))

    def frame(self) -> pd.DataFrame:
        """One row an entry, all its cells as text; for people and for daftar.csv."""
        return pd.DataFrame(
            [
                {"kode": e.kode, "bidang": e.bidang}
                | {name: text for name, text in e.values.items() if name not in ("nomor", "kode")}
                | {"kelas_pelaksana": e.proposal.get("kelas", ""), "butir": e.proposal.get("butir", "")}
                | {"putusan": e.putusan, "kelas_putusan": e.kelas, "perlu_diperbaiki": "; ".join(e.faults)}
                | {"berkas": e.source.file, "lembar": e.source.sheet, "baris": str(e.source.row or "")}
                for e in self
            ],
            dtype=str,
        )


def mint(bidang: str, taken: Collection[str], count: int) -> list[str]:
    """The next unused kodes of a bidang, such as MUT-0008; a kode once given is never given again."""
    used = (int(kode.rsplit("-", 1)[1]) for kode in taken if kode.startswith(f"{bidang}-"))
    last = max(used, default=0)
    return [f"{bidang}-{number:04d}" for number in range(last + 1, last + 1 + count)]
