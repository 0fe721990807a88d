"""Reads a workbook that came back: every cell as people see it, each with its address, nothing lost."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dipxl.files import guards, layout
from dipxl.files.entries import Cell, MappedHeading, ReadTable, Row
from dipxl.files.grids import Book, book
from dipxl.files.guards import Refusal
from dipxl.files.layout import Stamp
from dipxl.files.reading import read_sheet
from dipxl.model.findings import Finding, Place, Repair, finding
from dipxl.model.text import excerpt

__all__ = ["Cell", "ReadTable", "Returned", "Row", "read"]

MOST_ROWS = 50_000  # of entries in one file, ten times what the form has room for
MOST_LEFT = 50_000  # cells outside every table
UNCHECKED = ("xls", "xlsb")  # kinds with neither checksums nor XML to look through


@dataclass(frozen=True)
class Returned:
    """A workbook as it came back.

    `head` holds the head cells by column name, `blank_head` where the blank ones stand, `leftovers` every typed cell
    that feeds no value. `typed` cells were typed, `fed` of them stand in the head or in an entry. `findings` and
    `repairs` are what showed while reading, `mapping` how the headings of a list that is not dipxl's form were
    understood. `problem` says in one sentence, and `remedy` how to help, when the file
    could not be read at all.
    """

    path: Path
    sha256: str = ""
    stamp: Stamp | None = None
    tables: tuple[ReadTable, ...] = ()
    head: Mapping[str, Cell] = field(default_factory=dict)
    blank_head: Mapping[str, Cell] = field(default_factory=dict)
    leftovers: tuple[Cell, ...] = ()
    typed: int = 0
    fed: int = 0
    findings: tuple[Finding, ...] = ()
    repairs: tuple[Repair, ...] = ()
    mapping: tuple[MappedHeading, ...] = ()
    problem: str = ""
    remedy: str = ""
    ignored: bool = False

    @property
    def name(self) -> str:
        return self.path.name

    def table(self, key: str) -> ReadTable | None:
        """The first table that holds a column key."""
        return next((table for table in self.tables if key in table.letters), None)

    def table_at(self, key: str, sheet: str, number: int) -> ReadTable | None:
        """The table that holds a column key and the entry in a row of a sheet."""
        return next((t for t in self.tables if t.sheet == sheet and key in t.letters and number in t.numbers), None)


def read(path: Path, told: Mapping[str, str] | None = None) -> Returned:
    """Read one file in this process; what is wrong with the file is said in the result, never raised.

    `told` are headings that people have explained: their keys by squeezed text. Only a process of its own can outlive
    every file; see `gathered`.
    """
    if refused := guards.of_path(path):
        return unread(path, refused)
    try:
        data = path.read_bytes()
    except OSError:
        return unread(path, guards.UNREACHABLE)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        found = book(data, path.stem)
    except BaseException as error:  # calamine's PanicException derives from BaseException
        if isinstance(error, KeyboardInterrupt):
            raise
        found = guards.TOO_BIG if isinstance(error, MemoryError) else guards.BROKEN
    if isinstance(found, Refusal):
        return unread(path, found, sha256)
    return _interpreted(path, sha256, found, told or {})


def unread(path: Path, refused: Refusal, sha256: str = "") -> Returned:
    """What is said of a file that was not read."""
    return Returned(path, sha256, problem=refused.problem, remedy=refused.remedy, ignored=refused.ignored)


def _interpreted(path: Path, sha256: str, found: Book, told: Mapping[str, str]) -> Returned:
    stamp = _stamp(found)
    if stamp and stamp.version > layout.FORM_VERSION:
        return unread(path, guards.NEWER, sha256)
    doubts = tuple(_doubts(found, stamp))  # before blanks are cleared
    sheets = [read_sheet(grid, told, ours=stamp is not None) for grid in found.grids]
    if sum(len(t.numbers) for s in sheets for t in s.tables) > MOST_ROWS:
        return unread(path, guards.TOO_BIG, sha256)
    if sum(len(sheet.tally.left) for sheet in sheets) > MOST_LEFT:
        return unread(path, guards.TOO_BIG, sha256)
    head, others = _heads(sheet.head.cells for sheet in sheets)
    twice = (finding("di-luar-tabel", Place(c.sheet, c.address), value=excerpt(c.text)) for c in others)
    return Returned(
        path,
        sha256,
        stamp,
        tables=tuple(table for sheet in sheets for table in sheet.tables),
        head=head,
        blank_head=_heads(sheet.head.blanks for sheet in sheets)[0],
        leftovers=(*others, *(cell for sheet in sheets for cell in sheet.tally.left)),
        typed=sum(sheet.tally.typed for sheet in sheets),
        fed=sum(sheet.tally.fed for sheet in sheets) - len(others),
        findings=(*doubts, *twice, *(one for sheet in sheets for one in sheet.findings)),
        repairs=tuple(repair for sheet in sheets for repair in sheet.repairs),
        mapping=tuple(line for sheet in sheets for line in sheet.mapping),
    )


def _heads(found: Iterable[Mapping[str, Cell]]) -> tuple[dict[str, Cell], list[Cell]]:
    """The head cells of all sheets, the first of each name, and those that say something else a second time."""
    together: dict[str, Cell] = {}
    others: list[Cell] = []
    for cells in found:
        others += [cell for name, cell in cells.items() if name in together and together[name].text != cell.text]
        together = {**cells, **together}
    return together, others


def _doubts(found: Book, stamp: Stamp | None) -> Iterable[Finding]:
    """What is doubtful about the file as such."""
    if stamp and stamp.version < layout.FORM_VERSION:
        facts = {"value": str(stamp.version), "expected": str(layout.FORM_VERSION)}
        yield finding("formulir-lama", Place("", ""), **facts)
    if found.kind in UNCHECKED:
        yield finding("tanpa-pemeriksaan-keutuhan", Place("", ""), value=f".{found.kind}")
    for grid in found.grids:
        if grid.disagrees:
            yield finding("hitungan-berbeda", Place(grid.title, ""))


def _stamp(found: Book) -> Stamp | None:
    """The stamp that most of the places agree on; a re-save may lose some of them."""
    texts = [text for grid in found.grids if grid.title == layout.STAMP_SHEET for line in grid.cells for text in line]
    votes = Counter(stamp for text in [*texts, found.keywords] if (stamp := Stamp.parse(text)))
    return votes.most_common(1)[0][0] if votes else None
