"""pengaturan.xlsx: the office's settings as a workbook, itself a form that is checked like any other."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from xlsxwriter.worksheet import Worksheet

from dipxl.errors import DipxlError
from dipxl.files import layout
from dipxl.files.gathered import read_one
from dipxl.files.intake import CheckedRow, Examined, examine
from dipxl.files.names import slug
from dipxl.files.row_height import fit_height
from dipxl.files.sheets import Book, Table, as_rows, print_setup, set_widths, text, write_table
from dipxl.model.columns import Sheet, sheet
from dipxl.model.dates import parse_date
from dipxl.model.findings import Findings, Place, Severity, Waiver
from dipxl.model.office import Bidang, Official, Settings

TABLES = ("bidang", "pejabat", "dasar_hukum", "ditarik", "dispensasi")
ALL_BIDANG = ("*", "semua")
LABEL_WIDTH, VALUE_WIDTH, HINT_WIDTH = 54, 62, 70
FIRST_HEAD_ROW = 2
KEY_ROW = 1
ROOM = 40  # blank rows under each table

Rows = Sequence[Mapping[str, str]]


def write(office: Mapping[str, str], tables: Mapping[str, Rows]) -> bytes:
    """The settings workbook; what is not given is left blank to be decided by people."""
    book = Book(layout.Stamp("pengaturan", office.get("edisi", "")), "Pengaturan DIP")
    _write_office(book, office)
    for name in TABLES:
        _write_settings_table(book, sheet(name), tables.get(name, ()))
    return book.close()


@cache
def offered_laws() -> list[dict[str, Any]]:
    """The regulations that dipxl offers for Mengingat, as `legal_basis.toml` has them."""
    data = tomllib.loads(files("dipxl.files").joinpath("legal_basis.toml").read_text("utf-8"))
    return list(data["peraturan"])


def legal_basis() -> list[dict[str, str]]:
    """The same as rows of the sheet "Dasar Hukum"."""
    return [
        {"pakai": "Ya" if law["pakai"] else "Tidak", "teks": law["teks"], "catatan_hukum": law.get("catatan", "")}
        for law in offered_laws()
    ]


def examined(path: Path) -> Examined:
    """The settings workbook with its findings."""
    return examine([read_one(path)], "kantor", TABLES)[0]


def settings(path: Path) -> Settings:
    """The settings of an edition; raises with the first gap when something must still be filled or mended."""
    file = examined(path)
    if file.returned.problem:
        raise DipxlError("pengaturan-tidak-terbaca", f"{path.name}: {file.returned.problem}", file.returned.remedy)
    unsound = {row.sheet for row in file.rows_of("dispensasi") if row.faults}  # such a waiver just does not apply
    faults = [found for found in file.findings.of(Severity.WAJIB) if found.sheet not in unsound]
    if faults:
        first, more = faults[0], len(faults) - 1
        others = f' Ada {more} hal lain; lihat dengan "dipxl periksa {path.name}".' if more else ""
        place = first.sheet, first.cells[0] if first.cells else ""
        raise _incomplete(path, *place, first.message, first.remedy + others)
    _refuse_twins(path, file)
    return _settings(file)


def _refuse_twins(path: Path, file: Examined) -> None:
    """There is at least one bidang, and names that would give two bidang the same file are asked about."""
    title, rows = sheet("bidang").title, file.rows_of("bidang")
    if not rows:
        raise _incomplete(path, title, "", "Belum ada bidang.", "Tulis kode, nama, dan jabatan kepala setiap bidang.")
    names: set[str] = set()
    for row in rows:
        if slug(row.values["nama"]) in names:
            table = file.returned.table("bidang.nama")
            cell = table.address("bidang.nama", row.number) if table else ""
            message = f'Nama bidang "{row.values["nama"]}" sudah dipakai.'
            raise _incomplete(path, title, cell, message, "Beri setiap bidang nama yang berbeda.")
        names.add(slug(row.values["nama"]))


def _incomplete(path: Path, title: str, cell: str, message: str, remedy: str) -> DipxlError:
    place = [path.name] + [f'lembar "{title}" sel {cell}' if cell else f'lembar "{title}"'] * bool(title)
    return DipxlError("pengaturan-belum-lengkap", f"{', '.join(place)}: {message}", remedy)


def as_tables(file: Examined) -> dict[str, list[dict[str, str]]]:
    """The rows of every table, to be written into the next edition's settings."""
    return {name: [dict(row.values) for row in file.rows_of(name)] for name in TABLES}


def _settings(file: Examined) -> Settings:
    rows = {name: [row.values for row in file.rows_of(name)] for name in TABLES}
    return Settings(
        office=file.head,
        bidang=tuple(_bidang(row) for row in rows["bidang"]),
        officials=tuple(_official(row) for row in rows["pejabat"]),
        legal_basis=tuple(row["teks"] for row in rows["dasar_hukum"] if row["pakai"] == "Ya"),
        withdrawn={row["berkas"]: f"{row['alasan_ditarik']} ({row['ditarik_oleh']})" for row in rows["ditarik"]},
        waivers=tuple(_waiver(file, row) for row in file.rows_of("dispensasi") if not row.faults),
        doubts=Findings(tuple(f for row in file.rows_of("dispensasi") if row.faults for f in row.found)).grouped().all,
    )


def _bidang(row: Mapping[str, str]) -> Bidang:
    return Bidang(row["kode"], row["nama"], row["kepala"], row["surel"], row["dilewati_alasan"], row["dilewati_oleh"])


def _official(row: Mapping[str, str]) -> Official:
    return Official(
        peran=row["peran"],
        jabatan=row["jabatan"],
        nama=row["nama"],
        since=parse_date(row["sejak"]) or date.min,
        until=parse_date(row["sampai"]),
        sebutan=row["sebutan"],
        atas_nama=row["atas_nama"],
        pangkat=row["pangkat"],
        nip=row["nip"],
    )


def _waiver(file: Examined, row: CheckedRow) -> Waiver:
    table, cells = file.returned.table("dispensasi.bidang"), row.values
    return Waiver(
        bidang="" if cells["bidang"].casefold() in ALL_BIDANG else cells["bidang"].upper(),
        rule=cells["aturan"],
        reason=cells["alasan"],
        approver=cells["disetujui_oleh"],
        until=parse_date(cells["sampai"]) or date.min,
        place=Place(row.sheet, table.address("dispensasi.bidang", row.number) if table else ""),
    )


def _write_office(book: Book, office: Mapping[str, str]) -> None:
    spec = sheet("kantor")
    worksheet = book.sheet(spec.title)
    for place, width in enumerate((LABEL_WIDTH, VALUE_WIDTH, HINT_WIDTH)):
        worksheet.set_column(place, place, width)
    worksheet.write_string(0, 0, layout.SETTINGS_TITLE, book.look("title"))
    worksheet.set_row(0, 28)
    worksheet.write_string(1, 0, layout.SETTINGS_NOTE, book.look("subtitle"))
    for row, column in enumerate(spec, start=FIRST_HEAD_ROW):
        required = column.required or bool(column.required_when)
        value = office.get(column.name, "")
        worksheet.write_string(row, 0, column.heading, book.look("label", align="left"))
        text(worksheet, row, 1, value, book.look("entry_required" if required else "entry", valign="vcenter"))
        worksheet.write_string(row, 2, column.hint, book.look("text", font_color="#5F6B7A", valign="vcenter"))
        worksheet.set_row(row, max(21, fit_height([(value, VALUE_WIDTH), (column.hint, HINT_WIDTH)])))
        book.drop_down(worksheet, (row, 1, row, 1), column)
    worksheet.freeze_panes(FIRST_HEAD_ROW, 1)
    _finish(worksheet)


def _write_settings_table(book: Book, spec: Sheet, rows: Rows) -> None:
    worksheet = book.sheet(spec.title)
    filled = frozenset(column.key for column in spec)
    table = Table(spec.columns, KEY_ROW, as_rows(spec, rows), filled, blank_rows=ROOM)
    set_widths(worksheet, book, table)
    worksheet.write_string(0, 0, spec.title, book.look("title"))
    worksheet.set_row(0, 26)
    write_table(book, worksheet, table)
    worksheet.freeze_panes(table.heading_row + 1, 1)
    _finish(worksheet)


def _finish(worksheet: Worksheet) -> None:
    print_setup(worksheet, "A4", heading="Pengaturan DIP")
    worksheet.protect("", dict.fromkeys(("format_columns", "format_rows", "sort", "insert_rows", "delete_rows"), True))
