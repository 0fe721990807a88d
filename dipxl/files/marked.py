"""The marked copy: the bidang's own workbook with its faults marked, to be repaired and sent again."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from dipxl.files.grids import grids
from dipxl.files.intake import Examined
from dipxl.files.patch import SheetPatch, patch
from dipxl.files.patch_front import FrontCell, FrontRow, FrontSheet, place_of
from dipxl.files.patch_package import CannotPatch
from dipxl.files.patch_safety import Removal
from dipxl.files.row_height import fit_height
from dipxl.files.sheets import MADE
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding, Findings, Severity

ROLES = {Severity.WAJIB: "fault", Severity.PERIKSA: "doubt", Severity.SARAN: "hint"}
HEADINGS = ("No.", "Sifat", "Lembar", "Sel", "Kolom", "Yang tertulis", "Apa yang salah", "Cara memperbaiki", "Dasar")
WIDTHS = (5, 16, 20, 14, 24, 28, 44, 50, 22)
LINKED_CELLS = 12  # more cells than this are counted in the sheet instead of being linked one by one
REMOVED = "Bagian ini ({}) tidak ikut disalin."
REMOVED_REMEDY = "Ketik isinya langsung bila masih diperlukan."


def marked_copy(path: Path, examined: Examined, kodes: Mapping[tuple[str, int], str]) -> bytes:
    """The workbook at `path` with marks, notes and the sheet "Perbaikan" in front.

    `kodes` are the minted kode by sheet title and Excel row; they make rows known even when corrected. What
    cannot be changed with care (.xls, .ods, an odd .xlsx) gives a plain workbook with all its texts and marks.
    """
    titles = dict.fromkeys(place for place in _places(examined))
    wanted = {title: _sheet_patch(title, examined, kodes) for title in titles}

    def front(removed: Sequence[Removal]) -> FrontSheet:
        return _front(examined.findings, removed)

    try:
        return patch(path.read_bytes(), wanted, front).data
    except CannotPatch:
        return patch(_plain_copy(path), wanted, front).data


def _places(examined: Examined) -> Iterator[str]:
    """The titles of the sheets that are marked or numbered."""
    yield from (found.sheet for found in examined.findings if found.cells)
    yield from (row.sheet for row in examined.rows)


def _sheet_patch(title: str, examined: Examined, kodes: Mapping[tuple[str, int], str]) -> SheetPatch:
    notes: dict[str, list[str]] = {}
    looks: dict[str, str] = {}
    for found in examined.findings:  # the weightiest come first, and their colour stays
        for address in found.cells if found.sheet == title else ():
            looks.setdefault(address, ROLES[found.severity])
            notes.setdefault(address, []).append(f"{found.message} {found.remedy}")
    rows = [row for row in examined.rows if row.sheet == title]
    texts, heights = {}, {}
    for row in rows:
        heights[row.number] = fit_height([(row.values[c.name], c.width) for c in sheet(row.sheet_name)])
        table = examined.returned.table(f"{row.sheet_name}.kode")
        if table and table.sheet == title and (title, row.number) in kodes:
            texts[table.address(f"{row.sheet_name}.kode", row.number)] = kodes[title, row.number]
    return SheetPatch(texts, looks, {address: "\n".join(said) for address, said in notes.items()}, heights)


def _plain_copy(path: Path) -> bytes:
    """A new workbook with the texts of the old one at their addresses."""
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        found = grids(path)
        for grid in found if isinstance(found, list) else ():
            worksheet = book.add_worksheet(grid.title)
            if grid.title.startswith("_"):
                worksheet.hide()
            for number, line in zip(grid.rows, grid.cells, strict=True):
                for column, text in zip(grid.columns, line, strict=False):
                    if text:
                        worksheet.write_string(number - 1, column - 1, text)
    return saved.getvalue()


def _front(findings: Findings, removed: Sequence[Removal]) -> FrontSheet:
    """The sheet "Perbaikan": what to repair, each line with a link to its cell, and what was left out."""
    wajib, doubtful = (len(findings.cells(severity)) for severity in (Severity.WAJIB, Severity.PERIKSA))
    counts = f"{wajib} sel wajib diperbaiki, {doubtful} sel perlu diperiksa."
    advice = f"{counts} Perbaiki di lembar aslinya (klik nama sel), simpan, lalu kirim berkas ini kembali."
    headings = FrontRow([FrontCell(heading, "heading") for heading in HEADINGS], 32)
    rows = [FrontRow([FrontCell("Perbaikan", "title")], 26), FrontRow([FrontCell(advice, "subtitle")]), FrontRow([])]
    lines = [*_finding_rows(findings), *_removal_rows(removed, len(findings.all))]
    return FrontSheet(WIDTHS, [*rows, headings, *lines], heading_row=len(rows) + 1)


def _finding_rows(findings: Findings) -> Iterator[FrontRow]:
    for number, found in enumerate(findings, start=1):
        for place, address in enumerate(found.cells[:LINKED_CELLS] or ("",), start=1):
            more = len(found.cells) - LINKED_CELLS
            shown = f"{address} dan {more} sel lain" if more > 0 and place == LINKED_CELLS else address
            yield _row(number, found, FrontCell(shown, "link" if address else "cell", _link(found.sheet, address)))


def _row(number: int, found: Finding, cell: FrontCell) -> FrontRow:
    texts = (found.column, found.value, found.message, found.remedy, found.basis)
    first = (
        FrontCell(str(number)),
        FrontCell(found.severity.label, ROLES[found.severity]),
        FrontCell(found.sheet),
        cell,
    )
    cells = [*first, *map(FrontCell, texts)]
    return FrontRow(cells, fit_height([(c.text, width) for c, width in zip(cells, WIDTHS, strict=True)]))


def _removal_rows(removed: Sequence[Removal], before: int) -> Iterator[FrontRow]:
    for number, what in enumerate(removed, start=before + 1):
        told = (str(number), "tidak disalin", what.sheet, what.cell, "", what.what[:80], REMOVED.format(what.kind))
        cells = [FrontCell(text) for text in (*told, REMOVED_REMEDY, "")]
        yield FrontRow(cells, fit_height([(c.text, width) for c, width in zip(cells, WIDTHS, strict=True)]))


def _link(title: str, address: str) -> str:
    return place_of(title, address) if address else ""
