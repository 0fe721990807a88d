"""The DIP on paper: a print-ready workbook for each class, and the Rekap Informasi Wajib (SOP step 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dipxl.files import sheets
from dipxl.files.publicbook import Page, PublicBook
from dipxl.model.classes import classes
from dipxl.model.columns import annex_columns
from dipxl.model.enactment import list_title
from dipxl.model.office import Settings
from dipxl.model.published import PublicRegister
from dipxl.model.recap import Answer, Recap, recap

NIHIL = "NIHIL"
MISSING = "Belum tersedia"
UNMAPPED = "Belum dipetakan ke butir"
PRINTED_WIDTH = 150.0  # characters across a page; with more the print falls below 9 points on A4
_AIR: dict[str, Any] = {"align": "left", "indent": 1}
_RECAP_WIDTHS = (42.0, 72.0, 20.0, 16.0)
_RECAP_HEADINGS = ("Pasal/butir", "Uraian butir", "Nomor entri", "Belum tersedia")


def class_book(register: PublicRegister, settings: Settings, label: str) -> bytes:
    """The entries of one class in the seven columns of Lampiran I Perki 1/2021; an empty class says NIHIL."""
    klass, rows = classes()[label], register.of_class(label)
    book = PublicBook(f"{list_title(settings)} - {label}", settings.office["nama_badan"])
    page = book.page(f"Lampiran {klass.annex} - {label}", _class_widths())
    _head(page, register, settings, klass.heading)
    page.headings([column.annex for column in annex_columns()])
    looks = [book.look("cell_centre"), *[book.look("cell", **_AIR)] * (len(annex_columns()) - 1)]
    for row in rows:
        page.row(row.annex_cells(), looks)
    if not rows:
        page.across(NIHIL, "cell_centre", valign="vcenter")
    return book.close()


def recap_book(register: PublicRegister, settings: Settings) -> bytes:
    """Every item of the law with the numbers of the entries that answer it; the entries are not repeated."""
    summary = recap(register)
    book = PublicBook(f"{list_title(settings)} - Rekap Informasi Wajib", settings.office["nama_badan"])
    page = book.page("Rekap Informasi Wajib", _RECAP_WIDTHS)
    _head(page, register, settings, "Rekap Informasi Wajib menurut Peraturan Komisi Informasi Nomor 1 Tahun 2021")
    page.line(_summary(summary), "subtitle")
    page.headings(_RECAP_HEADINGS)
    for label, klass in classes().items():
        page.across(klass.heading, "band", **_AIR)
        for answer in summary.of_class(label):
            _recap_row(book, page, answer)
    page.across(UNMAPPED, "band", **_AIR)
    _unmapped_row(book, page, summary)
    return book.close()


def _class_widths() -> tuple[float, ...]:
    """The widths of the form's columns, spread over the page."""
    columns = annex_columns()
    factor = PRINTED_WIDTH / sum(column.width for column in columns)
    return tuple(round(column.width * factor, 1) for column in columns)


def _head(page: Page, register: PublicRegister, settings: Settings, heading: str) -> None:
    office, title = settings.office, list_title(settings)
    sheets.print_setup(page.sheet, office["kertas"], heading=f"{title}, kode naskah {register.kode_naskah}")
    page.line("Daftar Informasi Publik", "title")
    page.line(f"{office['nama_badan']}, {office['kabupaten']}", "subtitle")
    page.line(settings.edition.title, "subtitle")
    page.skip()
    page.line(heading, "title", font_size=12)


def _summary(summary: Recap) -> str:
    answered = len(summary.leaves) - len(summary.missing)
    return (
        f"{answered} dari {len(summary.leaves)} butir sudah ada entrinya. "
        "Butir dengan syarat dalam kurung hanya berlaku bila syarat itu terpenuhi."
    )


def _recap_row(book: PublicBook, page: Page, answer: Answer) -> None:
    item, bold = answer.item, not answer.leaf
    scope = "" if item.scope == "semua" else f" ({item.scope})"
    numbers = _numbers(answer.nomor) or (f"lihat {answer.above}" if answer.leaf and answer.above else "")
    article = item.basis.removeprefix("Perki 1/2021 ")
    cells = [f"{item.kode}  {article}", f"{item.name}{scope}", numbers, MISSING if answer.missing else ""]
    left, centre = book.look("cell", bold=bold, **_AIR), book.look("cell_centre", bold=bold)
    page.row(cells, [book.look("cell", bold=bold, align="left", indent=1 + answer.depth), left, centre, centre])


def _unmapped_row(book: PublicBook, page: Page, summary: Recap) -> None:
    note = "Entri ini tetap wajib menurut klasifikasinya (Pasal 13 ayat (1)); hanya butirnya belum dicatat."
    cells = ["", note if summary.unmapped else "Semua entri sudah dipetakan.", _numbers(summary.unmapped), ""]
    page.row(cells, [book.look("cell", **_AIR), book.look("cell", **_AIR), *[book.look("cell_centre")] * 2])


def _numbers(nomor: Sequence[int]) -> str:
    return ", ".join(map(str, nomor))
