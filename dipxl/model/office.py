"""The office's settings: who it is, its bidang, its officials and their terms, the law it cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dipxl.model.edition_id import EditionId
from dipxl.model.findings import Finding, Waiver

PROPOSES = "Perangkat daerah, hanya mengusulkan"
BY_ATASAN = "Atasan PPID (menurut SOP)"


@dataclass(frozen=True)
class Bidang:
    """A work unit that is sent a form; `skipped` holds the reason when it takes no part."""

    kode: str
    nama: str
    kepala: str
    surel: str = ""
    skipped: str = ""
    skipped_by: str = ""


@dataclass(frozen=True)
class Official:
    """A person in a role for a time; `until` None means still in office."""

    peran: str
    jabatan: str
    nama: str
    since: date
    until: date | None = None
    sebutan: str = "Definitif"
    atas_nama: str = ""
    pangkat: str = ""
    nip: str = ""

    def in_office(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def title(self) -> str:
        """The post as a paper names it: "Plt. Kepala Badan ..."."""
        return self.jabatan if self.sebutan == "Definitif" else f"{self.sebutan} {self.jabatan}"


@dataclass(frozen=True)
class Settings:
    """Everything in pengaturan.xlsx.

    `office` holds the cells of the sheet "Kantor" by column name, `withdrawn` the reason by the file's name or hash.
    `doubts` are what is wrong with waivers that therefore do not apply.
    """

    office: Mapping[str, str]
    bidang: tuple[Bidang, ...]
    officials: tuple[Official, ...]
    legal_basis: tuple[str, ...]
    withdrawn: Mapping[str, str]
    waivers: tuple[Waiver, ...] = ()
    doubts: tuple[Finding, ...] = ()

    @property
    def edition(self) -> EditionId:
        edition = EditionId.parse(self.office["edisi"])
        if edition is None:
            raise ValueError(self.office["edisi"])  # settings are checked before they are used
        return edition

    @property
    def only_proposes(self) -> bool:
        return self.office["tingkat"] == PROPOSES

    @property
    def signed_by_atasan(self) -> bool:
        """Variant A, the SOP's: the Atasan PPID signs. Else variant B, Perki 1/2021 Ps 45(5)-(6)."""
        return self.office["penanda_tangan"] == BY_ATASAN

    def official(self, peran: str, day: date) -> Official | None:
        """Who holds the role on that day; the latest appointment where several do."""
        holders = [o for o in self.officials if o.peran == peran and o.in_office(day)]
        return max(holders, key=lambda o: o.since, default=None)

    def unit(self, kode: str) -> Bidang | None:
        return next((b for b in self.bidang if b.kode == kode), None)

    def unit_name(self, kode: str) -> str:
        """The full name of a bidang, or the kode itself when the settings no longer know it."""
        unit = self.unit(kode)
        return unit.nama if unit else kode
