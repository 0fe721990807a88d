"""Reads one sheet: its head, its tables one after another, and everything else that stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from dipxl.files import layout, remarks
from dipxl.files.accounts import account, account_heading
from dipxl.files.entries import MappedHeading, ReadTable
from dipxl.files.grids import Grid
from dipxl.files.head import Head, read_head
from dipxl.files.headings import ENOUGH_HEADINGS, Heading, find_heading, heading_at
from dipxl.files.others import typed_among
from dipxl.files.printed import is_own_sheet_print
from dipxl.files.rowkinds import class_of
from dipxl.files.rows import Span
from dipxl.files.spellings import is_known
from dipxl.files.tables import Entries, Part, read_entries
from dipxl.files.tally import Tally
from dipxl.model.findings import Finding, Repair
from dipxl.model.text import INVISIBLE, excerpt, fold, visible

_first = itemgetter(slice(1))  # the first letter of a text, if it has any
FEW = 2  # cells on the line above a second table, at most
MOST_COVERED = 400  # cells under one merged heading; more is no heading
_SUSPECTS = frozenset(map(chr, INVISIBLE)) | frozenset(" \t\n\r\f\v\u00a0\u1680\u2028\u2029\u202f\u205f\u3000").union(
    map(chr, range(0x2000, 0x200B))
)


@dataclass
class SheetRead:
    """What a sheet holds; `mapping` tells how the headings of a list that is not dipxl's were understood."""

    tally: Tally
    tables: list[ReadTable] = field(default_factory=list)
    head: Head = field(default_factory=Head)
    repairs: list[Repair] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    mapping: list[MappedHeading] = field(default_factory=list)


def read_sheet(grid: Grid, told: Mapping[str, str], *, ours: bool = False) -> SheetRead:
    """Read a sheet; `told` are headings that people have explained, `ours` is True in a workbook of dipxl's."""
    cleared(grid)
    tally = Tally(grid.title)
    read = SheetRead(tally)
    if grid.title in layout.OWN_SHEETS:
        tally.leave(_typed_on_own_sheet(grid))
    elif grid.hidden and not _bears_keys(grid):
        filled = list(_filled(grid))
        if filled:
            tally.leave(filled, "lembar-tersembunyi", value=str(len(filled)))
    else:
        _read_tables(grid, told, read, ours=ours)
    read.findings += tally.findings()
    return read


def cleared(grid: Grid) -> None:
    """Blank what cannot be seen, and make all lines equally long."""
    width = max(map(len, grid.cells), default=0)
    for number, line in enumerate(grid.cells):
        if not _SUSPECTS.isdisjoint(map(_first, line)):
            line[:] = [text if text and (text[0] not in _SUSPECTS or visible(text)) else "" for text in line]
        if len(line) < width:
            grid.cells[number] = [*line, *[""] * (width - len(line))]


def _filled(grid: Grid) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(grid.cells):
        for place, text in enumerate(line):
            if text:
                yield grid.address(number, place), text


def _bears_keys(grid: Grid) -> bool:
    heading = find_heading(grid.cells, {})
    return heading is not None and heading.ours


def _typed_on_own_sheet(grid: Grid) -> list[tuple[str, str]]:
    """What people wrote on dipxl's guide, its hidden sheets and its list of repairs."""
    if grid.title == layout.REPAIR_SHEET:
        return list(_answers(grid))
    if grid.title == layout.OTHERS_SHEET:
        return [(grid.address(line, place), grid.cells[line][place]) for line, place in typed_among(grid.cells)]
    return [
        (grid.address(number, place), text)
        for number, line in enumerate(grid.cells)
        for place, text in enumerate(line)
        if text and not is_own_sheet_print(grid.title, text, place)
    ]


def _answers(grid: Grid) -> Iterator[tuple[str, str]]:
    """What a bidang wrote on the sheet of repairs: beside our columns, or on lines that bear no number of ours."""
    for number in range(layout.REPAIR_FIRST_ROW, len(grid.cells)):
        line = grid.cells[number]
        for place, text in enumerate(line):
            if text and not (line[0].isdigit() and place < layout.REPAIR_COLUMNS):
                yield grid.address(number, place), text


def _read_tables(grid: Grid, told: Mapping[str, str], read: SheetRead, *, ours: bool) -> None:
    headings = list(_headings(grid, told))
    first = headings[0].first if headings else len(grid.cells)
    read.head = read_head(grid, first, read.tally, ours=ours or (bool(headings) and headings[0].ours))
    title_part = read.head.part or _sheet_part(grid)
    used = False
    tables = []
    for number, heading in enumerate(headings):
        stop = headings[number + 1].first if number + 1 < len(headings) else len(grid.cells)
        entries = read_entries(Span(grid, heading, stop), None if ours or heading.ours else title_part)
        used = used or bool(title_part and entries.fed.intersection(title_part.cells))
        _take(read, entries)
        tables.append(entries)
    read.findings += remarks.notes(grid, tables)
    _account_title(read, title_part if read.head.part else None, used=used)


def _take(read: SheetRead, entries: Entries) -> None:
    """Count the cells of a table and keep what was read."""
    account_heading(entries, read.tally, first=not read.tables)
    account(entries, read.tally)
    read.tables.append(entries.table())
    read.repairs += entries.repairs
    read.findings += [*entries.findings, *remarks.about(entries)]
    if not entries.heading.ours:
        read.mapping += _mapping(entries)


def _account_title(read: SheetRead, part: Part | None, *, used: bool) -> None:
    if part and used:
        read.tally.feed(len(part.cells))
    elif part:
        read.tally.leave([(part.cells[0], part.text)], "bukan-entri", kind="judul di atas tabel")


def _sheet_part(grid: Grid) -> Part | None:
    """The class that a sheet is called after."""
    klass = class_of(grid.title) if fold(grid.title) else ""
    return Part(grid.title, ("",), klass) if klass else None


def _headings(grid: Grid, told: Mapping[str, str]) -> Iterator[Heading]:
    """The headings of the tables of a sheet, from above; the same heading printed again is no new one."""
    covered = _covered(grid)
    heading = find_heading(grid.cells, covered, 0, told)
    if heading is None:
        return
    yield heading
    number = heading.last + 1
    while number < len(grid.cells):
        found = heading_at(grid.cells, covered, number, told) if _may_be_heading(grid, number) else None
        if found and {p: f.key for p, f in found.fields.items()} != {p: f.key for p, f in heading.fields.items()}:
            yield found
            heading = found
            number = found.last
        number += 1


def _may_be_heading(grid: Grid, number: int) -> bool:
    """True for a line of known headings that stands apart from the table above it."""
    above, line = grid.cells[number - 1], grid.cells[number]
    if len(above) - above.count("") > FEW or len(line) - line.count("") < ENOUGH_HEADINGS:
        return False
    return sum(map(is_known, line)) >= ENOUGH_HEADINGS


def _covered(grid: Grid) -> dict[tuple[int, int], str]:
    """The texts that merged cells show beyond their corner, by line and place."""
    covered: dict[tuple[int, int], str] = {}
    line_of, place_of = grid.line_of, grid.place_of
    for area in grid.facts.merges:
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        corner = line_of.get(area.top), place_of.get(area.left)
        if size > MOST_COVERED or corner[0] is None or corner[1] is None or corner[1] >= len(grid.cells[corner[0]]):
            continue
        text = grid.cells[corner[0]][corner[1]]
        for row in range(area.top, area.bottom + 1) if text else ():
            for column in range(area.left, area.right + 1):
                covered[line_of.get(row, -1), place_of.get(column, -1)] = text
    return covered


def _mapping(entries: Entries) -> Iterator[MappedHeading]:
    """How each heading of a list that is not dipxl's was understood, with the first text below it."""
    grid, heading = entries.grid, entries.heading
    for place, text in enumerate(heading.texts):
        one, match = heading.fields.get(place), heading.matches.get(place)
        if text:
            sample = next((seen for n in entries.sorted.entries if (seen := grid.cells[n][place])), "")
            score = match.score if one and match else 0.0
            address = grid.address(heading.line(place), place)
            yield MappedHeading(grid.title, address, text, str(one or ""), score, excerpt(sample))
