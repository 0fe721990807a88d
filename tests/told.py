"""What must hold for whatever comes back: an independent count of what people typed, and no word of it lost."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from desk import ADA, FACTS, LIST, Edit, checked, filled
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from dipxl.files.forms import form

Place = tuple[str, str]  # sheet, address

CANARY = re.compile(r"kenari\d+[a-z]+")  # kenari, the number of the entry, and its column
FREE = ("ringkasan", "tempat", "menguasai", "penanggung_jawab", "keterangan", "lokasi_berkas", "tautan")
VERDICTS = ("lolos", "perlu perbaikan", "tidak terbaca", "diabaikan")
HEAD = {
    "pernyataan": ADA,
    "pengisi": "Wulan Contohsari, Pengelola Data",
    "mengetahui": "Kepala Subbagian Umum",
    "bawaan_menguasai": "Subbagian Umum",
    "bawaan_pj": "Kepala Subbagian Program",
    "bawaan_tempat": "Tanjung Asri",
}
# None of these texts stands on the blank form too, so the count never takes what a person typed for dipxl's own print.
TOPICS = ("kinerja pegawai", "barang milik daerah", "pelatihan dasar", "anggaran kas", "arsip statis", "surat masuk")


def entry(number: int, **cells: str) -> dict[str, str]:
    """An entry with nothing wrong, a canary in each cell that is free text."""
    canary = {name: f"kenari{number}{name.replace('_', '')}" for name in FREE}
    whole = {
        "ringkasan": f"Laporan {TOPICS[number % 6]} bagian {canary['ringkasan']} tahun 2025",
        "waktu": f"{1 + number % 28} Maret 2026",
        "bentuk": "Softcopy",
        "retensi": f"{11 + number} tahun",
        "tempat": f"Kota {canary['tempat']}",
        "menguasai": f"Unit {canary['menguasai']}",
        "penanggung_jawab": f"Kepala {canary['penanggung_jawab']}",
        "keterangan": f"Map {canary['keterangan']}",
        "lokasi_berkas": f"Lemari {canary['lokasi_berkas']}",
        "tautan": f"https://ppid.example/{canary['tautan']}",
    }
    return whole | cells


def is_blank(value: object) -> bool:
    """True where a person sees nothing."""
    return all(unicodedata.category(char)[0] in "ZC" or char in "\u115f\u1160\u3164\uffa0\u2800" for char in str(value))


@cache
def printed() -> dict[Place, str]:
    """What dipxl prints on a blank form: the cells that it locks, for what it only suggests counts as typed."""
    sheets = load_workbook(BytesIO(form(FACTS))).worksheets
    return {(s.title, c.coordinate): str(c.value) for s in sheets for c in _cells(s) if c.protection.locked}


def _cells(sheet: Any) -> Iterator[Cell]:
    cells = [cell for cell in sheet._cells.values() if getattr(cell, "value", None) is not None]
    yield from sorted((cell for cell in cells if not is_blank(cell.value)), key=lambda cell: (cell.row, cell.column))


def typed_cells(book: Workbook) -> dict[Place, str]:
    """What a person typed into a form: all that dipxl did not print, in that cell or moved with rows and columns."""
    known = printed()
    found = {(sheet.title, c.coordinate): str(c.value) for sheet in book.worksheets for c in _cells(sheet)}
    kept = {place for place, text in found.items() if known.get(place) == text}
    moved = Counter((place[0], text) for place, text in known.items() if place not in kept)
    typed = {}
    for place, text in found.items():
        if place in kept:
            continue
        if moved[place[0], text] > 0:
            moved[place[0], text] -= 1
        else:
            typed[place] = text
    return typed


@dataclass
class Told:
    """An answer of `periksa --rows --json` about one workbook, beside what a person typed into it."""

    path: Path
    answer: dict[str, Any]
    typed: dict[Place, str]
    unclear: set[Place] = field(default_factory=set)  # cells for which both counts are defensible
    spread: bool = False  # a value stands for several rows, so rows may share one

    @property
    def records(self) -> dict[Place, dict[str, str]]:
        return {(r["sheet"], r["row"]): r["values"] for r in self.answer["records"]}

    def rows(self, sheet: str = LIST) -> list[int]:
        return [record["row"] for record in self.answer["records"] if record["sheet"] == sheet]

    def value(self, name: str, row: int, sheet: str = LIST) -> str:
        return self.records[sheet, row][name]

    def column(self, name: str, sheet: str = LIST) -> list[str]:
        return [record["values"][name] for record in self.answer["records"] if record["sheet"] == sheet]

    def codes(self) -> set[str]:
        return {found["code"] for found in self.answer["findings"]}

    def faults(self) -> set[str]:
        return {found["code"] for found in self.answer["findings"] if found["severity"] == "wajib"}

    def at(self, *codes: str, sheet: str = LIST) -> list[str]:
        """The cells that findings of these codes name on a sheet."""
        return [
            cell for f in self.answer["findings"] if f["code"] in codes and f["sheet"] == sheet for cell in f["cells"]
        ]

    def named(self, sheet: str = LIST) -> set[str]:
        return {cell for f in self.answer["findings"] if f["sheet"] == sheet for cell in f["cells"]}

    def repaired(self, cell: str, sheet: str = LIST) -> list[tuple[str, str]]:
        return [(r["before"], r["after"]) for r in self.answer["repairs"] if (r["sheet"], r["cell"]) == (sheet, cell)]

    def check(self) -> Told:
        """All that must hold whatever a person did."""
        self.adds_up()
        self.lost_nothing()
        self.stands_where_it_was_typed()
        self.has_a_verdict()
        return self

    def adds_up(self) -> None:
        cells = self.answer["cells"]
        assert cells["typed"] == cells["taken"] + cells["reported"], cells
        most = len(self.typed.keys() | self.unclear)
        least = len(self.typed.keys() - self.unclear)
        assert least <= cells["typed"] <= most, (cells, least, most)

    def lost_nothing(self) -> None:
        taken = " ".join(text for record in self.answer["records"] for text in record["values"].values())
        said = " ".join(f["value"] for f in self.answer["findings"])
        repaired = " ".join(r["before"] for r in self.answer["repairs"])
        named = {(f["sheet"], cell) for f in self.answer["findings"] for cell in f["cells"]}
        lost = {
            place: text
            for place, text in self.typed.items()
            for canary in CANARY.findall(text)
            if place not in named and canary not in taken and canary not in said and canary not in repaired
        }
        assert not lost, lost

    def stands_where_it_was_typed(self) -> None:
        for place, values in (((r["sheet"], r["row"]), r["values"]) for r in self.answer["records"]):
            found = {(name, canary) for name, text in values.items() for canary in CANARY.findall(text)}
            astray = [(name, canary) for name, canary in found if not canary.endswith(name.replace("_", ""))]
            assert not astray, (place, astray)
            entries = {re.sub(r"\D", "", canary) for _, canary in found}
            assert self.spread or len(entries) <= 1, (place, found)

    def has_a_verdict(self) -> None:
        assert self.answer["verdict"] in VERDICTS, self.answer["verdict"]
        if self.answer["verdict"] == "perlu perbaikan":
            assert self.faults()
        else:
            assert not self.faults()
        for found in self.answer["findings"]:
            assert found["message"]
            assert found["remedy"]


def answered(path: Path) -> dict[str, Any]:
    return checked(path).as_json(with_rows=True)


def sent(folder: Path, *rows: dict[str, str], edit: Edit | None = None, head: dict[str, str] | None = None) -> Told:
    """A form filled, messed up by `edit` and read; counted before it is saved, by code that knows no reader."""
    typed: dict[Place, str] = {}
    unclear: set[Place] = set()

    def messed(worksheet: Any) -> None:
        book = worksheet.parent
        if edit:
            edit(worksheet)
        typed.update(typed_cells(book))

        unclear.update(_unit(book))

    path = filled(folder, *rows, head=HEAD | (head or {}), edit=messed)
    return Told(path, answered(path), typed, unclear)


def _unit(book: Workbook) -> set[Place]:
    """The name of the bidang: dipxl's print, but where its label or the keys are gone it looks like any entry."""
    cells = [(sheet.title, cell) for sheet in book.worksheets for cell in _cells(sheet)]
    if {"Bidang/Unit Kerja", "daftar.ringkasan"} <= {str(cell.value) for _, cell in cells}:
        return set()
    return {(title, cell.coordinate) for title, cell in cells if str(cell.value) == FACTS.unit_name}
