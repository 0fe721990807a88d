"""The marked copy: the bidang's own workbook with its faults marked, to be repaired and sent again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from dipxl.files.forms import FormFacts
from dipxl.files.fresh import fresh_form
from dipxl.files.intake import Examined
from dipxl.files.patch import SheetPatch, patch
from dipxl.files.patch_form import FormSheet, is_form_key
from dipxl.files.patch_front import FrontSheet
from dipxl.files.patch_package import CannotPatch
from dipxl.files.patch_safety import Removal
from dipxl.files.repair_sheet import ROLES, Note, Told, removals, repair_sheet, told
from dipxl.model.rounds import Since

NOTED = "catatan-sel"  # stands on the cell already; a note about a note would say it twice
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
    texts, fitted, forms = _kodes_to_write(examined, kodes), _shown(examined), _forms(examined)
    for title in [*texts, *fitted, *forms]:
        marks = wanted.get(title, SheetPatch())
        wanted[title] = replace(marks, texts=texts.get(title, {}), fitted=fitted.get(title, {}), form=forms.get(title))

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
            said += [f"{line.found.message} {line.found.remedy}"] if line.found.code != NOTED else []
    return {
        title: SheetPatch(looks=marks, notes={cell: "\n".join(said) for cell, said in notes[title].items() if said})
        for title, marks in looks.items()
    }


def _kodes_to_write(examined: Examined, kodes: Mapping[tuple[str, int], str]) -> dict[str, dict[str, str]]:
    """For each sheet the kode to write, by cell."""
    found: dict[str, dict[str, str]] = {}
    for table in examined.returned.tables:
        for key in sorted(set(table.letters) & {"daftar.kode", "dikecualikan.kode"}):
            given = {row.number: kodes.get((table.sheet, row.number)) for row in table.rows}
            texts = {table.address(key, number): kode for number, kode in given.items() if kode}
            found.setdefault(table.sheet, {}).update(texts)
    return found


def _shown(examined: Examined) -> dict[str, dict[int, dict[str, str]]]:
    """The texts of each row of dipxl's form, by sheet, row and letter; other lists keep the heights they have."""
    found: dict[str, dict[int, dict[str, str]]] = {}
    for table in examined.returned.tables if _is_form(examined) else ():
        for row in table.rows:
            texts = {table.letters[key]: text for key, text in row.cells.items() if key in table.letters}
            found.setdefault(table.sheet, {})[row.number] = texts
    return found


def _is_form(examined: Examined) -> bool:
    stamp = examined.stamp
    return stamp is not None and stamp.kind == "formulir"


def _forms(examined: Examined) -> dict[str, FormSheet]:
    """The sheets of dipxl's own form, as they came back."""
    returned, found = examined.returned, {}
    head = {**returned.blank_head, **returned.head}
    for table in returned.tables:
        keys = {letter: key for key, letter in table.letters.items() if is_form_key(key)}
        if keys and table.sheet not in found:
            places = {cell.address: f"kepala.{name}" for name, cell in head.items() if cell.sheet == table.sheet}
            first = min((row.number for row in table.rows), default=0)
            found[table.sheet] = FormSheet(keys, places, first, _is_form(examined))
    return found
