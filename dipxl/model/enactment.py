"""The act by which a DIP came into force, as every public paper names it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dipxl.model.dates import long_date
from dipxl.model.office import Settings


@dataclass(frozen=True)
class Enactment:
    """The Keputusan behind a published DIP (Perki 1/2021 Ps 45(5)).

    `official` is the post that decreed it, never a person's name; `title` is what it is about.
    """

    nomor: str
    day: date
    official: str
    title: str

    @property
    def sentence(self) -> str:
        """How papers cite it: "Keputusan Kepala Badan ... Nomor 41 Tahun 2026 tanggal 7 September 2026"."""
        return f"Keputusan {self.official} Nomor {self.nomor} tanggal {long_date(self.day)}"


def list_title(settings: Settings) -> str:
    """What the list is called on every paper: "Daftar Informasi Publik BKPSDM Semester II Tahun 2026"."""
    return f"Daftar Informasi Publik {settings.office['singkatan']} {settings.edition.title}"
