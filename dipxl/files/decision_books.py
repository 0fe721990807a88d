"""The workbooks in which people decide: the proposal of the PPID Pelaksana, the draf, the PPID's review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from dipxl.files import layout
from dipxl.files.entries import Cell
from dipxl.files.lines import Listing, write_listing
from dipxl.files.sheets import Book, Table, print_setup, set_widths, write_table
from dipxl.model.columns import Column, sheet
from dipxl.model.office import Settings
from dipxl.model.register import Entry

KEY_ROW = 3
LEFT_OVER = (("Berkas", 40), ("Lembar", 24), ("Sel", 12), ("Isi", 80))

Decided = Mapping[str, Mapping[str, str]]


def proposal_book(entries: Sequence[Entry], settings: Settings, last: Decided) -> bytes:
    """The workbook in which the PPID Pelaksana classifies; what the last edition decided is filled in."""
    columns = (*_context(), *sheet("usulan").columns, *_notes("usulan"))
    return _book("usulan", columns, entries, settings, last)


def review_book(entries: Sequence[Entry], settings: Settings, last: Decided) -> bytes:
    """The workbook in which the PPID decides on every proposed entry."""
    decided = (sheet("usulan")["kelas"], sheet("usulan")["butir"])
    columns = (*_context(), *decided, *_notes("telaah"), *sheet("telaah").columns)
    return _book("telaah", columns, entries, settings, last)


def draft_book(
    entries: Sequence[Entry], excluded: Sequence[Entry], left_over: Sequence[tuple[str, Cell]], settings: Settings
) -> bytes:
    """The draf DIP: entries, proposals for exception, and what stood outside every table (by file name)."""
    columns = (*_context(), *sheet("usulan").columns, *_notes("usulan"))
    book, worksheet = _begin(layout.Stamp("draf", str(settings.edition)), settings)
    _write(book, worksheet, Table(columns, KEY_ROW, [_cells(e, settings, {}) for e in entries]))
    _write_excluded(book, excluded)
    lines = [(name, cell.sheet, cell.address, cell.text) for name, cell in left_over]
    write_listing(book, Listing("Tidak Termuat", LEFT_OVER, lines, banner="Isian di luar tabel"), "A4")
    return book.close()


def _book(kind: str, columns: tuple[Column, ...], entries: Sequence[Entry], settings: Settings, last: Decided) -> bytes:
    filler = {"usulan": "pelaksana", "telaah": "ppid"}[kind]
    filled = frozenset(column.key for column in columns if column.filled_by == filler and column.sheet == kind)
    rows = [_cells(entry, settings, last) for entry in entries]
    prints = (layout.fingerprint(rows, keys(kind)) for keys in (layout.decision_keys, layout.locked_keys))
    book, worksheet = _begin(layout.Stamp(kind, str(settings.edition), "", layout.FORM_VERSION, *prints), settings)
    table = Table(columns, KEY_ROW, rows, filled)
    _write(book, worksheet, table)
    allowed = ("format_columns", "format_rows", "autofilter", "sort")
    worksheet.protect("", dict.fromkeys(allowed, True))
    return book.close()


def _begin(stamp: layout.Stamp, settings: Settings) -> tuple[Book, Worksheet]:
    title = layout.BOOK_TITLES[stamp.kind]
    book = Book(stamp, f"{title.title()} {settings.edition.title}")
    worksheet = book.sheet(f"{stamp.kind.title()} DIP")
    worksheet.write_string(0, 0, f"{title} {settings.edition.title.upper()}", book.look("title"))
    subtitle = f"{settings.office['nama_badan']}{layout.SUBTITLE_MARK}{settings.edition}"
    worksheet.write_string(1, 0, subtitle, book.look("subtitle"))
    worksheet.write_string(2, 0, layout.BOOK_NOTES[stamp.kind], book.look("subtitle"))
    worksheet.set_row(0, 26)
    print_setup(worksheet, settings.office["kertas"], heading=f"{title.title()} {settings.edition}")
    return book, worksheet


def _write(book: Book, worksheet: Worksheet, table: Table) -> None:
    set_widths(worksheet, book, table)
    write_table(book, worksheet, table)
    worksheet.freeze_panes(table.heading_row + 1, 2)
    worksheet.autofilter(table.heading_row, 0, max(table.last_row, table.first_row), len(table.columns) - 1)


def _context() -> tuple[Column, ...]:
    kode, *others = (sheet("daftar")[name] for name in layout.CONTEXT)
    return (kode, sheet("konteks")["bidang"], *others)


def _notes(place: str) -> tuple[Column, ...]:
    """What dipxl remarks on an entry: a suggestion, last edition's class, what is still to be repaired."""
    return tuple(column for column in sheet("konteks").shown(place) if column.name != "bidang")


def _cells(entry: Entry, settings: Settings, last: Decided) -> dict[str, str]:
    cells = {f"daftar.{name}": text for name, text in entry.values.items()} | {"daftar.kode": entry.kode}
    cells |= {f"usulan.{name}": text for name, text in (entry.proposal or last.get(entry.kode, {})).items()}
    cells |= {f"telaah.{name}": text for name, text in entry.review.items()}
    return cells | {
        "konteks.bidang": settings.unit_name(entry.bidang),
        "konteks.saran": _suggestion(entry, last),
        "konteks.kelas_lalu": last.get(entry.kode, {}).get("kelas", ""),
        "konteks.temuan": "\n".join(entry.remarks) or ("Ya, menunggu bidang" if entry.faults else ""),
    }


def _suggestion(entry: Entry, last: Decided) -> str:
    """The class that last edition had, else the one that the bidang proposed."""
    if entry.kode in last:
        return f"{last[entry.kode]['kelas']} (kelas edisi lalu)"
    proposed = entry.values.get("kelas", "")
    return f"{proposed} (usul bidang)" if proposed and proposed != "Belum tahu" else ""


def _write_excluded(book: Book, excluded: Sequence[Entry]) -> None:
    spec = sheet("dikecualikan")
    worksheet = book.sheet(spec.title)
    rows = [{f"dikecualikan.{n}": t for n, t in e.values.items()} | {"dikecualikan.kode": e.kode} for e in excluded]
    table = Table(spec.columns, 1, rows)
    worksheet.write_string(0, 0, "USULAN DIKECUALIKAN (RAHASIA, TIDAK DIUMUMKAN)", book.look("title"))
    set_widths(worksheet, book, table)
    write_table(book, worksheet, table)
    worksheet.freeze_panes(table.heading_row + 1, 2)
    print_setup(worksheet, "A4", heading="Usulan Dikecualikan")
