"""How fast is a returned form marked: patched in place, against loaded, marked and saved by openpyxl."""

# ruff: noqa: INP001  # run as a script, never imported

from __future__ import annotations

import io
import random
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Sequence

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink

from dipxl.files import layout
from dipxl.files.forms import KEY_ROW, FormFacts, form, form_columns
from dipxl.files.patch import SheetPatch, patch
from dipxl.files.patch_form import FormSheet
from dipxl.files.patch_front import FrontCell, FrontRow, FrontSheet, place_of
from dipxl.files.theme import colour
from dipxl.model.columns import sheet

SEED, ROWS, MARKS, PAIRS = 20260101, 200, 40, 15
SHOWN = form_columns(FormFacts("", "", "", "", "", {}, "", "", carried=[{}]))
KEYS = {layout.letters(place): column.key for place, column in enumerate(SHOWN)}
WORDS = ("laporan", "keuangan", "realisasi", "anggaran", "program", "kegiatan", "pelayanan", "data", "aset", "rencana")
LINKED = 3  # the place of the column that leads to the cell
WIDTHS = (5, 16, 20, 14, 24, 28, 44, 50, 22)
NOTE = "Isian ini belum sesuai pilihan. Pilih salah satu dari daftar."


def made_form() -> bytes:
    """A form with 200 rows of text in 14 columns; equal in every run."""
    chance = random.Random(SEED)  # noqa: S311  # made-up rows, not secrets
    names = [column.name for column in sheet("daftar")]
    rows = [{name: " ".join(chance.choices(WORDS, k=6)) + f" {n}" for name in names} for n in range(ROWS)]
    return form(FormFacts("Dinas Contoh", "2026-1", "2026", "b1", "Bidang Satu", {}, "", "", carried=rows))


def marked_cells() -> list[str]:
    """The cells to mark, spread over rows and columns; equal in every run."""
    chance = random.Random(SEED + 1)  # noqa: S311  # likewise
    first = KEY_ROW + 3
    return [layout.address(first + n, chance.randrange(2, len(SHOWN))) for n in chance.sample(range(ROWS), MARKS)]


def by_patch(data: bytes, cells: Sequence[str]) -> bytes:
    title = sheet("daftar").title
    heading = FrontRow([FrontCell("Kepala", "heading")] * len(WIDTHS))
    said, more = [FrontCell(NOTE)] * LINKED, [FrontCell(NOTE)] * (len(WIDTHS) - LINKED - 1)
    lines = [FrontRow([*said, FrontCell(NOTE, "link", place_of(title, cell)), *more]) for cell in cells]
    marks = SheetPatch(looks=dict.fromkeys(cells, "fault"), notes=dict.fromkeys(cells, NOTE), form=FormSheet(KEYS))
    return patch(data, {title: marks}, lambda _: FrontSheet(WIDTHS, [heading, *lines], 1)).data


def by_openpyxl(data: bytes, cells: Sequence[str]) -> bytes:
    """The same marks the usual way."""
    book = load_workbook(io.BytesIO(data))
    marked = book[sheet("daftar").title]
    for address in cells:
        marked[address].fill = PatternFill("solid", fgColor=colour("fault")[1:])
        marked[address].comment = Comment(NOTE, "dipxl", height=110, width=320)
    front = book.create_sheet(layout.REPAIR_SHEET, 0)
    line = Side(style="thin", color=colour("line")[1:])
    for row, address in enumerate(cells, start=2):
        for column in range(1, len(WIDTHS) + 1):
            cell = front.cell(row, column, NOTE)
            cell.font = Font(name="Calibri", size=11)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(left=line, right=line, top=line, bottom=line)
        front.cell(row, LINKED + 1).hyperlink = Hyperlink(
            ref=layout.address(row - 1, LINKED), location=place_of(marked.title, address)
        )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def seconds(work: Callable[[bytes, Sequence[str]], bytes], data: bytes, cells: Sequence[str]) -> float:
    start = time.perf_counter()
    work(data, cells)
    return time.perf_counter() - start


def lost_parts(before: bytes, after: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        return sorted(set(old.namelist()) - set(new.namelist()))


def main() -> None:
    data, cells = made_form(), marked_cells()
    pairs = [(seconds(by_openpyxl, data, cells), seconds(by_patch, data, cells)) for _ in range(PAIRS + 1)][1:]
    ratio = statistics.median(slow / fast for slow, fast in pairs)
    slow, fast = (1000 * statistics.median(times) for times in zip(*pairs, strict=True))
    lost = lost_parts(data, by_patch(data, cells))
    sys.stdout.write(
        f"{ratio:.1f} x faster than openpyxl (patch {fast:.1f} ms, openpyxl {slow:.1f} ms; median of {PAIRS} pairs; "
        f"form {ROWS} rows, {MARKS} marks)\nparts lost: {', '.join(lost) or 'none'}\n"
    )


if __name__ == "__main__":
    main()
