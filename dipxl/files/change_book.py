"""The workbook of what changed against the last edition."""

from __future__ import annotations

from collections.abc import Sequence

from dipxl.files.layout import Stamp
from dipxl.files.lines import Listing, write_listing
from dipxl.files.sheets import Book
from dipxl.model.compare import CHANGED, NEW, WITHDRAWN, Change
from dipxl.model.office import Settings

COLUMNS = (("Kode", 12), ("Jenis", 12), ("Kolom", 28), ("Semula", 56), ("Menjadi", 56), ("Alasan", 32))
LOOKS = {NEW: "good", CHANGED: "doubt", WITHDRAWN: "fault"}


def change_book(found: Sequence[Change], settings: Settings) -> bytes:
    """One line for each cell that changed, each new row, each withdrawn one."""
    banner = f"Perubahan terhadap edisi lalu, {settings.edition.title}"
    book = Book(Stamp("perubahan", str(settings.edition)), banner)
    lines = [(c.kode, c.kind, c.column, c.before, c.after, c.reason) for c in found]
    write_listing(book, Listing("Perubahan", COLUMNS, lines, LOOKS, banner), settings.office["kertas"])
    return book.close()
