"""Writes a plain list for reading: a heading row and lines, with words coloured by what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dipxl.files.row_height import fit_height
from dipxl.files.sheets import Book, print_setup, text

Line = Sequence[str]


@dataclass(frozen=True)
class Listing:
    """One sheet: its name, headings with widths, lines, and the role that colours a cell with that word."""

    title: str
    columns: Sequence[tuple[str, int]]
    lines: Sequence[Line]
    looks: Mapping[str, str] = field(default_factory=dict)
    banner: str = ""


def write_listing(book: Book, listing: Listing, paper: str) -> None:
    """Add the sheet, ready to filter and to print."""
    worksheet = book.sheet(listing.title)
    top = 2 if listing.banner else 0
    if listing.banner:
        worksheet.write_string(0, 0, listing.banner, book.look("title"))
    widths = [width for _, width in listing.columns]
    for place, (heading, width) in enumerate(listing.columns):
        worksheet.set_column(place, place, width)
        worksheet.write_string(top, place, heading, book.look("heading"))
    worksheet.set_row(top, fit_height(listing.columns, least=2, bold=True))
    for row, line in enumerate(listing.lines, start=top + 1):
        for place, value in enumerate(line):
            text(worksheet, row, place, value, book.look(listing.looks.get(value, "cell")))
        worksheet.set_row(row, fit_height(list(zip(line, widths, strict=True))))
    worksheet.freeze_panes(top + 1, 1)
    worksheet.autofilter(top, 0, top + max(len(listing.lines), 1), len(widths) - 1)
    worksheet.repeat_rows(top)
    print_setup(worksheet, paper, heading=listing.banner or listing.title)
