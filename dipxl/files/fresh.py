"""A fresh form for what cannot be marked in place: all that was sent typed into dipxl's own form, at new addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dipxl.files import layout, others
from dipxl.files.forms import FormFacts, excluded_table, form, head_places, list_table
from dipxl.files.intake import Examined
from dipxl.files.others import Other
from dipxl.files.returned import ReadTable, Row
from dipxl.files.sheets import Table
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding
from dipxl.model.text import fold, visible

KINDS = ("daftar", "dikecualikan")
_CELL = re.compile(r"([A-Z]+)(\d+)")
_OTHER_ROW = re.compile(r"\bbaris (\d+)\b")
_NAMES_A_ROW = ("baris-ganda",)  # findings whose sentence names another row of the sheet

Place = tuple[str, str]


@dataclass
class Moved:
    """Where each cell and row of the old file now stands; a text may now stand in several cells."""

    cells: dict[Place, list[Place]] = field(default_factory=dict)
    rows: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)

    def add(self, old: Place, new: Place) -> None:
        self.cells.setdefault(old, []).append(new)

    def of(self, title: str, cell: str) -> list[Place]:
        """The new places of a cell; a finding in a row whose column was missing stands at the row's first cell."""
        match = _CELL.fullmatch(cell)
        row = self.rows.get((title, int(match[2]))) if match and match[1] == "A" else None
        return self.cells.get((title, cell)) or ([(row[0], f"A{row[1]}")] if row else [])

    def finding(self, found: Finding) -> Iterator[Finding]:
        """The finding at its new cells, one for each sheet that they stand on."""
        by_sheet: dict[str, list[str]] = {}
        for cell in found.cells:
            for title, new in self.of(found.sheet, cell):
                by_sheet.setdefault(title, []).append(new)
        message = self._message(found) if found.code in _NAMES_A_ROW else found.message
        for title, cells in (by_sheet or {self._title(found.sheet): []}).items():
            yield replace(found, sheet=title, cells=tuple(dict.fromkeys(cells)), message=message)

    def _title(self, old: str) -> str:
        return next((title for (sheet_of_old, _), (title, _) in self.rows.items() if sheet_of_old == old), "")

    def _message(self, found: Finding) -> str:
        def moved(match: re.Match[str]) -> str:
            row = self.rows.get((found.sheet, int(match[1])))
            return f"baris {row[1]}" if row else match[0]

        return _OTHER_ROW.sub(moved, found.message)


@dataclass(frozen=True)
class Fresh:
    """The fresh form, where the cells of the old file stand in it, and its rows by sheet for their kode."""

    data: bytes
    moved: Moved


@dataclass(frozen=True)
class _Entry:
    table: ReadTable
    row: Row
    kode: str


def fresh_form(examined: Examined, kodes: Mapping[tuple[str, int], str], facts: FormFacts) -> Fresh:
    """The bidang's form with everything typed in; `kodes` are the minted kode by old sheet title and row."""
    entries = {kind: list(_entries(examined, kind, kodes)) for kind in KINDS}
    typed = {kind: [_values(kind, entry) for entry in found] for kind, found in entries.items()}
    left = list(_others(examined, entries, facts))
    facts = replace(
        facts,
        head=_head(examined, facts),
        typed=typed["daftar"],
        typed_excluded=typed["dikecualikan"],
        others=left,
    )
    moved = Moved()
    for kind, table in (("daftar", list_table(facts)), ("dikecualikan", excluded_table(facts))):
        _move_rows(moved, entries[kind], sheet(kind).title, table)
    _move_head(moved, examined)
    for number, other in enumerate(left):
        moved.add((other.sheet, other.cell), (layout.OTHERS_SHEET, others.text_address(number)))
    return Fresh(form(facts), moved)


def _entries(examined: Examined, kind: str, kodes: Mapping[tuple[str, int], str]) -> Iterator[_Entry]:
    """The rows of every table of a kind, in the order in which they were read."""
    for table in examined.returned.tables:
        if any(key.startswith(f"{kind}.") for key in table.letters):
            for row in table.rows:
                given = row.cells.get(f"{kind}.kode", "")
                yield _Entry(table, row, kodes.get((table.sheet, row.number), given))


def _values(kind: str, entry: _Entry) -> dict[str, str]:
    return {column.name: entry.row.cells.get(column.key, "") for column in sheet(kind)} | {"kode": entry.kode}


def _head(examined: Examined, facts: FormFacts) -> dict[str, str]:
    """The head as it was typed; that of a new form for a file that has none."""
    typed = {name: cell.text for name, cell in examined.returned.head.items()}
    return typed or dict(facts.head)


def _move_rows(moved: Moved, entries: Sequence[_Entry], title: str, table: Table) -> None:
    letters = {column.key: layout.letters(place) for place, column in enumerate(table.columns)}
    for number, entry in enumerate(entries, start=table.first_row + 1):
        moved.rows[entry.table.sheet, entry.row.number] = title, number
        for key in entry.table.letters:
            if key in letters:
                old = entry.table.sheet, entry.table.address(key, entry.row.number)
                moved.add(old, (title, f"{letters[key]}{number}"))


def _move_head(moved: Moved, examined: Examined) -> None:
    places = head_places()
    for name, cell in {**examined.returned.blank_head, **examined.returned.head}.items():
        if name in places:
            moved.add((cell.sheet, cell.address), (sheet("daftar").title, layout.address(*places[name])))


def _others(examined: Examined, entries: Mapping[str, Sequence[_Entry]], facts: FormFacts) -> Iterator[Other]:
    """What has no place on the form: loose cells, columns of other sheets, a kode or unit that is not this one."""
    returned = examined.returned
    yield from (Other(cell.sheet, cell.address, cell.text) for cell in returned.leftovers)
    for name, cell in returned.head.items():
        known = name in head_places() and name != "unit"
        if not known and fold(cell.text) != fold(facts.unit_name):
            yield Other(cell.sheet, cell.address, cell.text)
    taken = {(e.table.sheet, e.row.number): (kind, e.kode) for kind, found in entries.items() for e in found}
    for table in returned.tables:
        for row in table.rows:
            kind, kode = taken.get((table.sheet, row.number), ("", ""))
            for key, words in row.cells.items():
                if not _has_place(key, visible(words), kind, kode):
                    yield Other(table.sheet, table.address(key, row.number), words)


def _has_place(key: str, words: str, kind: str, kode: str) -> bool:
    its_kind, name = key.split(".")
    if name == "kode":
        return words in ("", kode)
    return its_kind == kind and (name != "nomor" or words.strip(".").isdigit())
