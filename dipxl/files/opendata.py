"""The published DIP as data: CSV, JSON and Excel with the same columns, rows and values (Perki 1/2021 Ps 46)."""

from __future__ import annotations

import json
from typing import Any

from dipxl.files import sheets
from dipxl.files.listing import csv_bytes_of
from dipxl.files.publicbook import Page, PublicBook
from dipxl.model.columns import Column, public_columns
from dipxl.model.enactment import Enactment, list_title
from dipxl.model.office import Settings
from dipxl.model.published import PublicRegister, PublicRow

DATA_SHEET, ABOUT_SHEET = "Daftar Informasi Publik", "Keterangan"
CSV_NOTE = (
    "Dalam CSV, teks yang oleh program lembar kerja dapat dibaca sebagai rumus (diawali =, +, -, atau @) diberi satu "
    "tanda petik tunggal (') di depannya; buang tanda itu untuk memperoleh teks aslinya."
)
_ABOUT_LABELS = {
    "badan_publik": "Badan Publik",
    "kabupaten_kota": "Kabupaten/Kota",
    "keputusan": "Ditetapkan dengan",
    "alamat": "Alamat",
    "surel": "Surel",
    "laman": "Laman",
    "lisensi": "Lisensi",
    "kode_naskah": "Kode naskah",
}


def csv_bytes(register: PublicRegister) -> bytes:
    """The rows as CSV, headed by the columns' names."""
    return csv_bytes_of([column.name for column in public_columns()], map(_cells, register.rows))


def json_bytes(register: PublicRegister, settings: Settings, enactment: Enactment) -> bytes:
    """The rows with all that explains them; keys in the order of the columns, rows by nomor."""
    document = _about(register, settings, enactment) | {
        "jumlah": register.counts,
        "fields": [_field(column) for column in public_columns()],
        "rows": [_record(row) for row in register.rows],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def xlsx_bytes(register: PublicRegister, settings: Settings, enactment: Enactment) -> bytes:
    """One sheet that holds the table and nothing else, ready to sort and filter, and one that explains it."""
    book = PublicBook(list_title(settings), settings.office["nama_badan"])
    _write_data(book, register, settings)
    _write_about(book, _about(register, settings, enactment), settings.office["kertas"])
    return book.close()


def _cells(row: PublicRow) -> list[str]:
    cells = {**row.values, "nomor": str(row.nomor), "kode": row.kode}
    return [cells[column.name] for column in public_columns()]


def _record(row: PublicRow) -> dict[str, str | int]:
    record = dict(zip((column.name for column in public_columns()), _cells(row), strict=True))
    return record | {"nomor": row.nomor}


def _field(column: Column) -> dict[str, str]:
    """A column as the public reads it: without the form's advice, its article with the law's name."""
    basis = f"Perki 1/2021 {column.basis}" if column.basis.startswith("Ps") else column.basis
    return {"name": column.name, "label": column.label.split(" (")[0], "basis": basis}


def _about(register: PublicRegister, settings: Settings, enactment: Enactment) -> dict[str, Any]:
    """What stands in the JSON above the rows; of the office's settings only what may be announced."""
    office = settings.office
    return {
        "judul": list_title(settings),
        "badan_publik": office["nama_badan"],
        "kabupaten_kota": office["kabupaten"],
        "edisi": register.edition,
        "keputusan": enactment.sentence,
        "tentang": enactment.title,
        "ditetapkan": enactment.day.isoformat(),
        "alamat": office["alamat"],
        "surel": office["surel"],
        "laman": office.get("laman", ""),
        "lisensi": office.get("lisensi", ""),
        "kode_naskah": register.kode_naskah,
        "catatan": CSV_NOTE,
    }


def _write_data(book: PublicBook, register: PublicRegister, settings: Settings) -> None:
    columns = public_columns()
    page = book.page(DATA_SHEET, _widths(register))
    page.headings([_field(column)["label"] for column in columns])
    for row in register.rows:
        _write_row(book, page, row)
    headings = [{"header": _field(column)["label"], "header_format": book.look("heading")} for column in columns]
    area = (0, 0, max(len(register.rows), 1), len(columns) - 1)
    page.sheet.add_table(*area, {"name": "DIP", "style": None, "columns": headings})
    page.sheet.freeze_panes(1, 3)
    sheets.print_setup(page.sheet, settings.office["kertas"], heading=list_title(settings))


def _widths(register: PublicRegister) -> list[float]:
    """The columns' widths, where it takes no more than 40 wide enough for the longest word."""
    lines = [[_field(column)["label"] for column in public_columns()], *map(_cells, register.rows)]
    words = [max(len(word) for cell in cells for word in cell.split()) for cells in zip(*lines, strict=True)]
    return [max(column.width, min(word * 1.2, 40)) for column, word in zip(public_columns(), words, strict=True)]


def _write_row(book: PublicBook, page: Page, row: PublicRow) -> None:
    """Write all text as text, and only the nomor, which is dipxl's own, as a number, so that it sorts."""
    number, cells = page.next, _cells(row)
    page.row(cells, [book.look("cell")] * len(cells))
    page.sheet.write_number(number, 0, row.nomor, book.look("cell_centre"))


def _write_about(book: PublicBook, about: dict[str, Any], paper: str) -> None:
    """Two small tables: what the list is, and what each of its columns means."""
    page, look = book.page(ABOUT_SHEET, (30, 70, 40)), book.look("text")
    page.line(about["judul"], "title")
    page.skip()
    for name, label in _ABOUT_LABELS.items():
        if about[name]:
            page.row([label, about[name], ""], [book.look("text", bold=True), look, look])
    page.skip()
    page.row(["Kolom", "Nama dalam CSV dan JSON", "Dasar"], [book.look("heading")] * 3)
    for field in map(_field, public_columns()):
        page.row([field["label"], field["name"], field["basis"]], [book.look("cell")] * 3)
    sheets.print_setup(page.sheet, paper, heading=about["judul"])
