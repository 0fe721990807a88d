"""Where things stand in dipxl's workbooks: the vocabulary that writers and readers share."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dipxl.model.columns import sheet
from dipxl.model.text import visible

FORM_VERSION = 1
GUIDE_SHEET = "Petunjuk"
LISTS_SHEET = "_pilihan"
STAMP_SHEET = "_dipxl"
REPAIR_SHEET = "Perbaikan"
OTHERS_SHEET = "Isian Lain"  # what was typed outside every table of a file that came back as a fresh form
OWN_SHEETS = (GUIDE_SHEET, LISTS_SHEET, STAMP_SHEET, REPAIR_SHEET, OTHERS_SHEET)

STAMP_NAME = "dipxl_tanda"  # the defined name that points at the stamp's cell
EXAMPLE_MARK = "Contoh"  # stands in the first column of the example row
ENTRY_ROWS = 5000  # rows below the heading that carry drop-downs and formats
REPAIR_FIRST_ROW, REPAIR_COLUMNS = 4, 9  # where the lines of the sheet "Perbaikan" begin, and how many columns
READY_ROWS = 40  # blank rows that are drawn and printed
CHANGED_NOTE = "dipxl: "  # begins every note that dipxl puts on a cell


# What dipxl prints on the form besides headings and labels; a reader does not count it as typed.
FORM_TITLE = "FORMULIR DAFTAR INFORMASI PUBLIK"
EXCLUDED_TITLE = "USULAN INFORMASI YANG DIKECUALIKAN"
FORM_MARK = "formulir versi"
SUBTITLE_MARK = "   ·   edisi "  # stands in the line under every title
STATUS_LABEL = "Kelengkapan"
STATUS = "Baris lengkap: "
LEGEND = "Kuning = wajib diisi bila baris dipakai.  Putih = boleh kosong.  Abu-abu = diisi dipxl."
EXCLUDED_NOTE = (
    "Cukup isi tiga kolom kuning dengan kata sendiri; kolom lain boleh kosong dan dilengkapi PPID saat uji "
    "konsekuensi. Jangan menulis isi rahasianya."
)
SETTINGS_TITLE = "PENGATURAN EDISI DAFTAR INFORMASI PUBLIK"
SETTINGS_NOTE = (
    "Isi sel kuning. Pertanyaan tanpa isian awal sengaja dibiarkan kosong karena harus diputuskan oleh kantor."
)
MAPPING_TITLE = "PETA KOLOM DAFTAR YANG BUKAN FORMULIR DIPXL"
MAPPING_NOTE = "Periksa kolom Dibaca sebagai, pilih Ya pada Disetujui, simpan, lalu jalankan himpun kembali."
CONTEXT = ("kode", "ringkasan", "waktu", "tempat", "bentuk", "retensi", "menguasai", "penanggung_jawab", "tautan")
BOOK_TITLES = {
    "usulan": "USULAN DAFTAR INFORMASI PUBLIK",
    "telaah": "TELAAH DAFTAR INFORMASI PUBLIK",
    "draf": "DRAF DAFTAR INFORMASI PUBLIK",
}
BOOK_NOTES = {
    "usulan": "Isi kolom kuning dan putih di sebelah kanan, simpan, lalu jalankan usulkan kembali.",
    "telaah": "Pilih putusan pada setiap baris; yang kosong dihitung belum diputus. Kirim kembali berkas ini.",
    "draf": "Draf untuk dibaca; putusan diisi pada berkas Telaah DIP.",
}
_KEY = re.compile(r"([a-z_]+)\.([a-z_]+)")
_STAMP = re.compile(r"dipxl\|([a-z]+)\|(\d+)\|([^|]*)\|([^|]*)(?:\|([0-9a-f]{16})\|([0-9a-f]{16}))?")


@dataclass(frozen=True)
class Stamp:
    """What a workbook of dipxl is: its kind (formulir, usulan, telaah, pengaturan), edition and bidang.

    A workbook to decide in also bears the fingerprints of its decision cells and its locked cells as dipxl wrote them.
    """

    kind: str
    edition: str = ""
    unit: str = ""
    version: int = FORM_VERSION
    prefilled: str = ""
    shown: str = ""

    def __str__(self) -> str:
        prints = f"|{self.prefilled}|{self.shown}" if self.prefilled else ""
        return f"dipxl|{self.kind}|{self.version}|{self.edition}|{self.unit}{prints}"

    @classmethod
    def parse(cls, text: str) -> Stamp | None:
        """The stamp in a text, or None."""
        match = _STAMP.search(text)
        if match is None:
            return None
        return cls(match[1], match[3], match[4], int(match[2]), match[5] or "", match[6] or "")


def parse_key(text: str) -> tuple[str, str] | None:
    """The sheet and column in a cell of the hidden key row, e.g. ("daftar", "ringkasan")."""
    match = _KEY.fullmatch(text.strip())
    return (match[1], match[2]) if match else None


def decision_keys(kind: str) -> tuple[str, ...]:
    """The columns in which people decide in a workbook of this kind."""
    return tuple(column.key for column in sheet(kind))


def locked_keys(kind: str) -> tuple[str, ...]:
    """The columns that a decision rests on, which must come back as they went out."""
    proposed = ("usulan.kelas", "usulan.butir") if kind == "telaah" else ()
    return (*(f"daftar.{name}" for name in CONTEXT if name != "kode"), *proposed)


def fingerprint(rows: Iterable[Mapping[str, str]], keys: Sequence[str]) -> str:
    """A short hash of what stands in some columns, by kode, whatever the order of the rows."""
    cells = {(visible(row.get("daftar.kode", "")), key, visible(row.get(key, ""))) for row in rows for key in keys}
    content = json.dumps(sorted(cell for cell in cells if cell[2]), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def letters(column: int) -> str:
    """The Excel letters of a column counted from 0: 0 is A, 27 is AB."""
    text = ""
    while column >= 0:
        text = chr(ord("A") + column % 26) + text
        column = column // 26 - 1
    return text


def address(row: int, column: int) -> str:
    """The A1 address of a cell counted from 0."""
    return f"{letters(column)}{row + 1}"


def spans(cells: Sequence[str]) -> str:
    """Cell addresses as people read them: runs down a column are joined, "K6-K69, M3"."""
    runs: list[list[str]] = []
    for cell in cells:
        if runs and _below(runs[-1][-1]) == cell:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def down_columns(cell: str) -> tuple[int, str, int]:
    """A key that sorts addresses column by column, A2 and A10 before B1, so that `spans` can join them."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    return (len(match[1]), match[1], int(match[2])) if match else (0, cell, 0)


def _below(cell: str) -> str:
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    return f"{match[1]}{int(match[2]) + 1}" if match else ""
