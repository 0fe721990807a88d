"""Write kolom.md and pesan.md from the model: `python docs/buat_tabel.py`."""
# ruff: noqa: INP001 - a script beside the pages that it writes, not a package

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from dipxl.model.columns import Column, Sheet, sheets
from dipxl.model.data import load
from dipxl.model.dates import long_date
from dipxl.model.findings import Severity
from dipxl.model.lenience import waivable

COMMAND = "python docs/buat_tabel.py"
NOTE = f"<!-- Dibuat dari model dengan `{COMMAND}`; jangan diubah langsung. -->"

FILLED_BY = {"bidang": "Bidang", "pelaksana": "PPID Pelaksana", "ppid": "PPID"}
SHOWN_IN = {
    "lanjutan": "formulir, bila ada baris dari edisi lalu",
    "pilihan": "formulir, bila dinyalakan di pengaturan",
    "usulan": "buku usulan",
    "telaah": "buku telaah",
    "lampiran": "lampiran Keputusan",
    "publik": "laman dan data terbuka",
}
ABOUT = {
    "kepala": "Kepala lembar pada formulir bidang; diisi satu kali.",
    "daftar": "Tabel pada formulir bidang.",
    "dikecualikan": "Lembar kedua pada formulir bidang; isinya tidak pernah diumumkan.",
    "usulan": "Ditambahkan di sebelah isian bidang untuk PPID Pelaksana.",
    "telaah": "Ditambahkan di sebelah isian bidang untuk PPID.",
    "konteks": "Dicetak dipxl sebagai bahan bagi yang memutuskan.",
}
LONG_LIST = 12


def pages() -> dict[str, str]:
    """The generated pages by their file name."""
    return {"kolom.md": _page(_columns()), "pesan.md": _page(_messages())}


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _columns() -> Iterator[str]:
    yield from ("# Kolom", "", NOTE, "")
    yield 'Setiap kolom formulir, buku usulan, buku telaah, dan `pengaturan.xlsx`. "Ps" tanpa nama peraturan berarti'
    yield "Perki 1/2021. Cara menambah kolom ada di [rancangan.md](rancangan.md#adding-a-column)."
    for sheet in sheets().values():
        about = ABOUT.get(sheet.name, "Lembar pada `pengaturan.xlsx`.")
        yield from ("", f"## {sheet.title} (`{sheet.name}`)", "", about, "")
        yield from _table(sheet)


def _table(sheet: Sheet) -> Iterator[str]:
    yield from _heading("Nama", "Judul", "Diisi oleh", "Wajib", "Tampil di", "Pilihan", "Petunjuk", "Dasar")
    settings = sheet.name in load("settings")
    for column in sheet:
        filled_by = "PPID Pelaksana" if settings else FILLED_BY.get(column.filled_by, column.filled_by)
        places = ("pengaturan",) if settings else column.shown_in
        shown = ", ".join(SHOWN_IN.get(place, place) for place in places)
        basis = column.basis + (f" (sampai {column.until})" if column.until else "")
        told = (filled_by, _required(column), shown, _choices(column), column.hint, basis)
        yield _line((f"`{column.name}`", column.label, *told))


def _required(column: Column) -> str:
    if column.required:
        return "ya"
    if column.default_from:
        return f"bila lain dari `{column.default_from}`"
    return "; ".join(f"bila `{name}` {_filled(values)}" for name, values in column.required_when.items())


def _filled(values: tuple[str, ...]) -> str:
    return "diisi" if "*" in values else " atau ".join(f'"{value}"' for value in values)


def _choices(column: Column) -> str:
    if len(column.choices) > LONG_LIST:
        return f"{len(column.choices)} pilihan di `items.toml`"
    return " · ".join(column.choices) + (" (boleh diketik lain)" if column.open_list else "")


def _messages() -> Iterator[str]:
    yield from ("# Pesan", "", NOTE, "")
    yield "Setiap kekeliruan yang dapat ditemukan dipxl; … diganti dengan isi sel atau saran yang sesuai. Hanya"
    yield "**wajib diperbaiki** yang menahan sebuah baris. Kalimatnya boleh berubah dari versi ke versi, kodenya tidak."
    yield "Kolom Dispensasi menyebut apakah kantor boleh membiarkannya untuk sementara lewat lembar Dispensasi"
    yield "Pemeriksaan di `pengaturan.xlsx`."
    yield ""
    yield from _heading("Kode", "Sifat", "Apa yang salah", "Cara memperbaiki", "Dasar", "Dispensasi")
    for code, entry in load("messages").items():
        wrong, remedy = (re.sub(r"\{\w+\}", "…", entry[part]) for part in ("message", "remedy"))
        severity, basis = Severity(entry["severity"]).label, entry.get("basis", "dasar kolomnya")
        until = f" (uji coba sampai {long_date(entry['trial_until'])})" if "trial_until" in entry else ""
        waived = "boleh" if code in waivable() else "-" if severity == "saran" else "tidak boleh"
        yield _line((f"`{code}`", severity + until, wrong, remedy, basis, waived))


def _heading(*titles: str) -> tuple[str, str]:
    return _line(titles), _line("---" for _ in titles)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    for name, text in pages().items():
        Path(__file__).with_name(name).write_text(text, encoding="utf-8")
