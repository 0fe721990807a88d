"""What the edition before hands on: its rows with their kode, what was decided, what is still to be repaired."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from dipxl.errors import DipxlError
from dipxl.files.edition import Edition
from dipxl.model.columns import sheet
from dipxl.model.register import UNCONFIRMED, Entry

LAST_EDITION = "edisi-lalu.json"
EXCLUDED_PREFIX = "X-"
HANDED_ON = ("bidang", "kelas_putusan", "butir", "perlu_diperbaiki")  # beside the bidang's own cells


Origin = dict[str, str]  # of edisi, berkas, sha256, arsip, lembar, baris, keputusan, nomor what is known


@dataclass(frozen=True)
class LastEdition:
    """What the edition before hands on: its rows by kode, every kode ever given, and where each was typed."""

    rows: Mapping[str, Mapping[str, str]]
    kodes: frozenset[str]
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)

    @property
    def entries(self) -> dict[str, Mapping[str, str]]:
        """The rows of the list itself, without the proposals for exception."""
        return {kode: values for kode, values in self.rows.items() if not kode.startswith(EXCLUDED_PREFIX)}

    @property
    def decided(self) -> dict[str, Mapping[str, str]]:
        """The class and items that each row had, by kode."""
        return {
            kode: {"kelas": values["kelas_putusan"], "butir": values["butir"]}
            for kode, values in self.entries.items()
            if values["kelas_putusan"]
        }

    def of(self, bidang: str, kind: str = "daftar") -> dict[str, Mapping[str, str]]:
        """A bidang's rows of one kind; its proposals for exception have kode such as X-MUT-0003."""
        excluded = kind == "dikecualikan"
        return {
            kode: values
            for kode, values in self.rows.items()
            if values["bidang"] == bidang and kode.startswith(EXCLUDED_PREFIX) == excluded
        }

    def entries_without(self, kodes: Collection[str], bidang: str, kind: str) -> Iterator[Entry]:
        """A bidang's rows of one kind as they were, save those with these kodes: a row leaves only by "Cabut"."""
        for kode, row in self.of(bidang, kind).items():
            if kode not in kodes:
                values = {name: text for name, text in row.items() if name not in HANDED_ON}
                faults = tuple(row["perlu_diperbaiki"].split("; ")) if row["perlu_diperbaiki"] else ()
                yield Entry(kode, bidang, values | {"kode": kode, "pemutakhiran": ""}, UNCONFIRMED, faults)


def last_edition(edition: Edition) -> LastEdition:
    """What `mutakhirkan` put into the archive; nothing in a first edition."""
    path = edition.path("arsip", LAST_EDITION)
    if not path.is_file():
        return LastEdition({}, frozenset())
    try:
        data = json.loads(path.read_text("utf-8"))
        blank = dict.fromkeys([*HANDED_ON, *(c.name for c in sheet("daftar"))], "")
        rows = {str(kode): blank | values for kode, values in data["rows"].items()}
        origins = {
            kode: tuple({str(k): str(v) for k, v in line.items()} for line in lines)
            for kode, lines in data.get("asal", {}).items()
        }
        return LastEdition(rows, frozenset(data["kodes"]), origins)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f'Berkas "arsip/{LAST_EDITION}" rusak sehingga baris edisi lalu tidak dikenali.'
        remedy = (
            'Hapus folder edisi ini, lalu jalankan lagi "dipxl mutakhirkan" dari edisi lalu; simpan dulu isi masuk.'
        )
        raise DipxlError("edisi-lalu-rusak", message, remedy) from error
