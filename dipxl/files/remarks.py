"""What stands on a sheet besides its texts and may change their meaning: hidden, struck, coloured, noted, formatted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dipxl.files.grids import Grid
from dipxl.files.layout import CHANGED_NOTE
from dipxl.files.scan import place_of
from dipxl.files.tables import Entries
from dipxl.model.columns import label_of
from dipxl.model.findings import Finding, Place, finding
from dipxl.model.text import excerpt

FORMATTED = "angka dibaca seperti tampilannya"


def about(read: Entries) -> list[Finding]:
    """What is to be asked about the entries of a table; formatted numbers go to the ledger of repairs."""
    facts = read.grid.facts
    rows = read.index_of
    found = [
        *_rows(read, "baris-tersembunyi", [rows[n] for n in sorted(facts.hidden_rows) if n in rows]),
        *_rows(read, "baris-berwarna", [rows[n] for n in sorted(facts.coloured_rows) if n in rows]),
        *_hidden_columns(read),
        *_struck(read, rows),
        *_doubtful(read, rows),
    ]
    _formatted(read, rows)
    return found


def notes(grid: Grid, tables: Sequence[Entries]) -> Iterator[Finding]:
    """The notes that people put on cells; dipxl's own lines in them are left out."""
    for cell, text in grid.facts.notes.items():
        said = "\n".join(line for line in text.splitlines() if not line.startswith(CHANGED_NOTE)).strip()
        key = next((key for read in tables if (key := _field(read, cell))), "")
        if said:
            yield finding("catatan-sel", Place(grid.title, cell), column=label_of(key), value=excerpt(said))


def _rows(read: Entries, code: str, indexes: list[int]) -> Iterator[Finding]:
    place = read.span.content[0] if read.span.content else 0
    if indexes:
        found = finding(code, Place(read.title, ""))
        yield replace(found, cells=tuple(read.address(index, place) for index in indexes))


def _hidden_columns(read: Entries) -> Iterator[Finding]:
    for place, one in read.heading.fields.items():
        if read.grid.columns[place] in read.grid.facts.hidden_columns and any(read.columns.get(one.key, ())):
            cell = read.grid.address(read.heading.last, place)
            yield finding("kolom-tersembunyi", Place(read.title, cell), column=label_of(one.key))


def _struck(read: Entries, rows: Mapping[int, int]) -> Iterator[Finding]:
    cells = [cell for cell in read.grid.facts.struck if place_of(cell)[0] in rows and _field(read, cell)]
    if cells:
        found = finding("baris-dicoret", Place(read.title, ""))
        yield replace(found, cells=tuple(sorted(cells, key=place_of)))


def _doubtful(read: Entries, rows: Mapping[int, int]) -> Iterator[Finding]:
    for cell in sorted(read.grid.facts.doubtful, key=place_of):
        key = _field(read, cell)
        if place_of(cell)[0] in rows and key and not key.endswith((".nomor", ".kode")):
            value = read.columns[key][rows[place_of(cell)[0]]]
            yield finding("angka-diragukan", Place(read.title, cell), column=label_of(key), value=value)


def _formatted(read: Entries, rows: Mapping[int, int]) -> None:
    for cell, text in read.grid.facts.shown.items():
        bare = read.grid.facts.bare.get(cell, text)
        if bare != text and place_of(cell)[0] in rows and _field(read, cell):
            read.repair(cell, bare, text, FORMATTED)


def _field(read: Entries, cell: str) -> str:
    """The key of the column that a cell stands in, "" outside the table."""
    column = place_of(cell)[1]
    one = read.heading.fields.get(read.grid.place_of.get(column, -1))
    return one.key if one else ""
