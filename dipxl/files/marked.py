"""The marked copy: the bidang's own workbook with its faults marked, to be repaired and sent again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from dipxl.files.forms import FormFacts
from dipxl.files.fresh import fresh_form
from dipxl.files.intake import Examined
from dipxl.files.patch import SheetPatch, patch
from dipxl.files.patch_front import FrontSheet
from dipxl.files.patch_package import CannotPatch
from dipxl.files.patch_safety import Removal
from dipxl.files.repair_sheet import ROLES, Note, Told, removals, repair_sheet, told
from dipxl.files.row_height import fit_height
from dipxl.model.columns import sheet
from dipxl.model.rounds import Since

FRESH = Note(
    "disalin",
    message="Berkas ini tidak dapat ditandai di tempat, jadi isinya disalin ke formulir baru ini.",
    remedy="Perbaiki dan kirim formulir ini; yang tidak berkolom ada di lembar Isian Lain.",
)


def marked_copy(
    path: Path,
    examined: Examined,
    kodes: Mapping[tuple[str, int], str],
    facts: Callable[[], FormFacts],
    since: Since | None = None,
) -> bytes:
    """The workbook at `path` with marks, notes and the sheet "Perbaikan" in front.

    `kodes` are the minted kode by sheet title and Excel row; they make rows known even when corrected. What
    cannot be changed with care (.xls, .ods, an odd .xlsx) gives a fresh form, made of `facts`, with all its texts.
    `since` says what became of the faults of the round before.
    """
    lines = told(examined.findings, since)
    wanted = _looks(lines)
    for title, (texts, heights) in _rows(examined, kodes).items():
        wanted[title] = replace(wanted.get(title, SheetPatch()), texts=texts, heights=heights)

    def front(removed: Sequence[Removal]) -> FrontSheet:
        return repair_sheet(lines, since, list(removals(removed)))

    try:
        return patch(path.read_bytes(), wanted, front).data
    except CannotPatch:
        return _fresh_copy(examined, kodes, facts(), since)


def _fresh_copy(
    examined: Examined, kodes: Mapping[tuple[str, int], str], facts: FormFacts, since: Since | None
) -> bytes:
    """A fresh form with all that was typed, marked at the new addresses."""
    fresh = fresh_form(examined, kodes, facts)
    lines = [
        replace(line, found=found)
        for line in told(examined.findings, since)
        for found in fresh.moved.finding(line.found)
    ]
    return patch(fresh.data, _looks(lines), lambda _: repair_sheet(lines, since, [FRESH])).data


def _looks(lines: Sequence[Told]) -> dict[str, SheetPatch]:
    """Marks and notes by sheet."""
    looks: dict[str, dict[str, str]] = {}
    notes: dict[str, dict[str, list[str]]] = {}
    for line in lines:  # the weightiest come first, and their colour stays
        for address in line.found.cells:
            looks.setdefault(line.found.sheet, {}).setdefault(address, ROLES[line.found.severity])
            said = notes.setdefault(line.found.sheet, {}).setdefault(address, [])
            said.append(f"{line.found.message} {line.found.remedy}")
    return {
        title: SheetPatch(looks=marks, notes={cell: "\n".join(said) for cell, said in notes[title].items()})
        for title, marks in looks.items()
    }


def _rows(
    examined: Examined, kodes: Mapping[tuple[str, int], str]
) -> dict[str, tuple[dict[str, str], dict[int, float]]]:
    """For each sheet the kode to write, by cell, and the row heights that show all of an entry's text."""
    found: dict[str, tuple[dict[str, str], dict[int, float]]] = {}
    for row in examined.rows:
        texts, heights = found.setdefault(row.sheet, ({}, {}))
        heights[row.number] = fit_height([(row.values[c.name], c.width) for c in sheet(row.sheet_name)])
        table = examined.returned.table_at(f"{row.sheet_name}.kode", row.sheet, row.number)
        if table and (row.sheet, row.number) in kodes:
            texts[table.address(f"{row.sheet_name}.kode", row.number)] = kodes[row.sheet, row.number]
    return found
