"""The sheet "Perbaikan": what to repair, each line with a link to its cell, what changed since the round before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from dipxl.files import layout
from dipxl.files.patch_front import FrontCell, FrontRow, FrontSheet, place_of
from dipxl.files.patch_safety import Removal
from dipxl.files.row_height import fit_height
from dipxl.model.findings import Finding, Findings, Severity
from dipxl.model.rounds import Since

ROLES = {Severity.WAJIB: "fault", Severity.PERIKSA: "doubt", Severity.SARAN: "hint"}
HEADINGS = ("No.", "Sifat", "Lembar", "Sel", "Kolom", "Yang tertulis", "Apa yang salah", "Cara memperbaiki", "Dasar")
WIDTHS = (5, 16, 20, 20, 22, 28, 44, 46, 22)
LINKED_CELLS = 12  # more cells than this are counted in the sheet instead of being linked one by one
PASTE = "Lain kali tempel dengan Tempel Khusus, Nilai."
RESTORED = ("pilihan", "format", "daftar")
NAMED_COLUMNS = 3
REMOVED = {
    "rumus": ("Rumus diganti dengan hasil terakhirnya.", "Periksa hasil itu; ketik ulang bila keliru."),
    "tautan": ("Tautan ke berkas atau program lain dilepas.", "Tulis alamat lamannya bila masih diperlukan."),
    "makro": ("Makro tidak ikut disalin.", "Tidak ada yang perlu dilakukan."),
    "berkas lain": ("Sambungan ke berkas atau data lain dilepas.", "Ketik isinya langsung bila masih diperlukan."),
    "objek": ("Objek sisipan tidak ikut disalin.", "Kirim dokumennya tersendiri bila masih diperlukan."),
    "tanda tangan digital": ("Tanda tangan digital gugur karena isi berkas berubah.", "Bubuhkan lagi bila diperlukan."),
    "catatan": ("Sel ini berisi percakapan, jadi tidak diberi catatan dipxl.", "Baca temuannya di lembar ini."),
    "pilihan": ("Daftar pilihan atau petunjuk isian di kolom ini hilang dan sudah dipulihkan.", PASTE),
    "format": ("Format teks di kolom ini hilang dan sudah dipulihkan.", PASTE),
    "daftar": ("Isi daftar pilihan hilang dan sudah dipulihkan.", "Tidak ada yang perlu dilakukan."),
    "isi": ("Sel ini tergabung dengan sel lain, jadi kode dipxl tidak ditulis.", "Tidak ada yang perlu dilakukan."),
}
STATES = {None: "", True: "baru", False: "masih ada"}


@dataclass(frozen=True)
class Told:
    """A finding as the sheet tells it: its number, whether its cells are new, and only these cells."""

    number: int
    found: Finding
    fresh: bool | None = None


@dataclass(frozen=True)
class Note:
    """A line that asks for nothing: what dipxl did to the copy, in the columns from "Sifat" to "Cara memperbaiki"."""

    kind: str
    sheet: str = ""
    cells: str = ""
    column: str = ""
    what: str = ""
    message: str = ""
    remedy: str = ""


def told(findings: Findings, since: Since | None) -> list[Told]:
    """The findings, those with new cells and with cells that were wrong before apart."""
    fresh = iter(since.fresh) if since else repeat(None)
    lines = []
    for number, found in enumerate(findings, start=1):
        by_state: dict[bool | None, list[str]] = {}
        for cell in found.cells or ("",):
            by_state.setdefault(next(fresh), []).append(cell)
        for state, cells in by_state.items():
            lines.append(Told(number, replace(found, cells=tuple(filter(None, cells))), state))
    return lines


def repair_sheet(lines: Sequence[Told], since: Since | None, notes: Sequence[Note]) -> FrontSheet:
    """The sheet with a line for each cell that is wrong, up to a number, and for what dipxl did."""
    findings = Findings(tuple(line.found for line in lines))
    wajib, doubtful = (len(findings.cells(severity)) for severity in (Severity.WAJIB, Severity.PERIKSA))
    counts = f"{wajib} sel wajib diperbaiki, {doubtful} sel perlu diperiksa."
    advice = f"{counts} Perbaiki di lembar aslinya (klik nama sel), simpan, lalu kirim berkas ini kembali."
    headings = FrontRow([FrontCell(heading, "heading") for heading in HEADINGS], 32)
    top = [FrontCell("Perbaikan", "title")], [FrontCell(advice, "subtitle")], [FrontCell(_change(since), "subtitle")]
    rows = [FrontRow(cells, height) for cells, height in zip(top, (26, 0, 0), strict=True)]
    last = max((line.number for line in lines), default=0)
    body = [*_finding_rows(lines), *(_note_row(number, note) for number, note in enumerate(notes, start=last + 1))]
    return FrontSheet(WIDTHS, [*rows, headings, *body], heading_row=layout.REPAIR_FIRST_ROW)


def removals(removed: Sequence[Removal]) -> Iterator[Note]:
    """What was taken from the copy; of many alike in one column the first, with all their cells."""
    groups: dict[tuple[str, ...], list[Removal]] = {}
    for one in removed:
        column = one.cell.rstrip("0123456789")
        groups.setdefault((one.kind, one.sheet, column, "" if column else one.what), []).append(one)
    for alike in groups.values():
        first, cells = alike[0], [one.cell for one in alike if one.cell]
        if first.kind in RESTORED:
            yield Note("dipulihkan", first.sheet, "", _named(first.what), "", *REMOVED[first.kind])
        else:
            what = f"={first.what}" if first.kind == "rumus" else first.what
            yield Note(first.kind, first.sheet, layout.spans(cells), "", what[:80], *REMOVED[first.kind])


def _named(labels: str) -> str:
    """The labels of columns, of many only the first few."""
    names = labels.split(", ")
    more = len(names) - NAMED_COLUMNS
    return labels if more <= 1 else f"{', '.join(names[:NAMED_COLUMNS])} dan {more} kolom lain"


def _change(since: Since | None) -> str:
    if since is None:
        return ""
    counts = f"{since.fixed} sudah diperbaiki, {since.new} baru, {since.still} masih ada"
    return f"Dibanding kiriman sebelumnya, dihitung per sel: {counts}."


def _finding_rows(lines: Sequence[Told]) -> Iterator[FrontRow]:
    for line in lines:
        cells = line.found.cells
        for place, address in enumerate(cells[:LINKED_CELLS] or ("",), start=1):
            more = len(cells) - LINKED_CELLS
            shown = f"{address} dan {more} sel lain" if more > 0 and place == LINKED_CELLS else address
            link = place_of(line.found.sheet, address) if address else ""
            yield _finding_row(line, FrontCell(shown, "link" if address else "cell", link))


def _finding_row(line: Told, cell: FrontCell) -> FrontRow:
    found = line.found
    kind = "\n".join(filter(None, (found.severity.label, STATES[line.fresh])))
    first = (FrontCell(str(line.number)), FrontCell(kind, ROLES[found.severity]), FrontCell(found.sheet), cell)
    texts = (found.column, found.value, found.message, found.remedy, found.basis)
    return _fitted([*first, *map(FrontCell, texts)])


def _note_row(number: int, note: Note) -> FrontRow:
    said = (note.kind, note.sheet, note.cells, note.column, note.what, note.message, note.remedy, "")
    return _fitted([FrontCell(text) for text in (str(number), *said)])


def _fitted(cells: Sequence[FrontCell]) -> FrontRow:
    return FrontRow(cells, fit_height([(c.text, width) for c, width in zip(cells, WIDTHS, strict=True)]))
