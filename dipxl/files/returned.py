"""Reads a workbook that came back: every cell as text, each with its address, nothing lost."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

from dipxl.files import guards, layout
from dipxl.files.headings import Heading, find_heading
from dipxl.files.layout import Stamp
from dipxl.model.columns import sheet
from dipxl.model.dates import of_serial
from dipxl.model.text import fold, is_dash, visible

Grid = list[list[str]]
FARTHEST_VALUE = 3  # how many columns right of its label a head cell may stand
NOT_AN_ENTRY = ("nomor", "kode", "pemutakhiran")  # a row that holds only these was not filled by anyone


@dataclass(frozen=True)
class Cell:
    """A cell's address and its text as typed."""

    sheet: str
    address: str
    text: str


@dataclass(frozen=True)
class Row:
    """An entry: its Excel row number and its cells by column key, such as `daftar.ringkasan`."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class ReadTable:
    """A table found on a sheet: the Excel letters of its columns by key, and its entries."""

    sheet: str
    letters: dict[str, str]
    rows: tuple[Row, ...]

    def address(self, key: str, number: int) -> str:
        return f"{self.letters[key]}{number}"


@dataclass(frozen=True)
class Returned:
    """A workbook as it came back.

    `head` holds the head cells by column name, `blank_head` where the blank ones stand, `leftovers` every
    typed cell that belongs to no column; `problem` says in one sentence, and `remedy` how to help, when the
    file could not be read at all.
    """

    path: Path
    sha256: str = ""
    stamp: Stamp | None = None
    tables: tuple[ReadTable, ...] = ()
    head: dict[str, Cell] = field(default_factory=dict)
    blank_head: dict[str, Cell] = field(default_factory=dict)
    leftovers: tuple[Cell, ...] = ()
    problem: str = ""
    remedy: str = ""
    ignored: bool = False

    @property
    def name(self) -> str:
        return self.path.name

    def table(self, key: str) -> ReadTable | None:
        """The table that holds a column key."""
        return next((table for table in self.tables if key in table.letters), None)


def read(path: Path) -> Returned:
    """Read one file; what is wrong with the file is said in the result, never raised."""
    refusal = guards.refusal(path)
    if refusal:
        return Returned(path, problem=refusal.problem, remedy=refusal.remedy, ignored=refusal.ignored)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        sheets = dict(grids(path))
    except BaseException as error:  # calamine's PanicException derives from BaseException
        if isinstance(error, KeyboardInterrupt):
            raise
        return Returned(path, sha256, problem=guards.BROKEN.problem, remedy=guards.BROKEN.remedy)
    return _interpret(path, sha256, sheets)


def grids(path: Path) -> Iterator[tuple[str, Grid]]:
    """The sheets of a workbook by title, each as rows of text from A1 on."""
    book = CalamineWorkbook.from_path(path)
    for title in book.sheet_names:
        rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
        yield title, [[_as_text(value) for value in row] for row in rows]


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    if isinstance(value, datetime | date):
        return of_serial(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def _interpret(path: Path, sha256: str, grids: dict[str, Grid]) -> Returned:
    tables: list[ReadTable] = []
    head: dict[str, Cell] = {}
    blank_head: dict[str, Cell] = {}
    leftovers: list[Cell] = []
    for title, grid in grids.items():
        if title in layout.OWN_SHEETS:
            leftovers += _answers(title, grid) if title == layout.REPAIR_SHEET else []
            continue
        heading = find_heading(grid)
        limit = heading.row if heading else len(grid)
        found, strays = _head_cells(title, grid[: heading.top if heading else limit])
        head |= found
        blank_head |= _blank_head(title, grid[: heading.top if heading else limit], found)
        leftovers += strays
        if heading:
            table, strays = _table(title, grid, heading)
            tables.append(table)
            leftovers += strays
    return Returned(path, sha256, _stamp(path, grids), tuple(tables), head, blank_head, tuple(leftovers))


def _answers(title: str, grid: Grid) -> list[Cell]:
    """What a bidang wrote on the sheet of repairs: beside our columns, or on lines that bear no number of ours."""
    return [
        Cell(title, layout.address(row, place), text)
        for row, line in enumerate(grid[layout.REPAIR_FIRST_ROW :], start=layout.REPAIR_FIRST_ROW)
        for place, text in enumerate(line)
        if visible(text) and not (line[0].isdigit() and place < layout.REPAIR_COLUMNS)
    ]


def _stamp(path: Path, grids: dict[str, Grid]) -> Stamp | None:
    """The stamp that most of the places agree on; a re-save may lose some of them."""
    texts = [text for row in grids.get(layout.STAMP_SHEET, []) for text in row]
    votes = Counter(stamp for text in [*texts, guards.keywords(path)] if (stamp := Stamp.parse(text)))
    return votes.most_common(1)[0][0] if votes else None


def _head_cells(title: str, rows: Grid) -> tuple[dict[str, Cell], list[Cell]]:
    """The head cells, each right of its label, and the cells that are neither head nor dipxl's print."""
    labels = _head_labels()
    found: dict[str, Cell] = {}
    strays: list[Cell] = []
    for row, line in enumerate(rows):
        name, label = "", 0
        for place, text in enumerate(line):
            if not visible(text) or text == title or layout.is_print(text) or _is_hint(name, text):
                continue
            if fold(text) in labels:
                name, label = labels[fold(text)], place
                continue
            cell = Cell(title, layout.address(row, place), text)
            if name and name not in found and place - label <= FARTHEST_VALUE:
                found[name] = cell
            else:
                strays.append(cell)
    return found, strays


def _blank_head(title: str, rows: Grid, found: dict[str, Cell]) -> dict[str, Cell]:
    """The cell right of each label that has no value yet: the place where a person should write."""
    labels = _head_labels()
    return {
        labels[fold(text)]: Cell(title, layout.address(row, place + 1), "")
        for row, line in enumerate(rows)
        for place, text in enumerate(line)
        if fold(text) in labels and labels[fold(text)] not in found
    }


def _head_labels() -> dict[str, str]:
    return {fold(c.label): c.name for name in ("kepala", "kantor") for c in sheet(name)}


def _is_hint(name: str, text: str) -> bool:
    """True for the explanation that a settings sheet prints right of a cell."""
    hints = {c.name: c.hint for kind in ("kepala", "kantor") for c in sheet(kind)}
    return bool(name) and text == hints.get(name)


def _table(title: str, grid: Grid, heading: Heading) -> tuple[ReadTable, list[Cell]]:
    letters = {key: layout.letters(place) for place, key in heading.keys.items()}
    rows: list[Row] = []
    strays = [Cell(title, layout.address(heading.row, place), text) for place, text in heading.unknown.items()]
    for number, line in enumerate(grid[heading.row + 1 :], start=heading.row + 1):
        if _is_example(line, heading):
            continue
        cells = {key: line[place] for place, key in heading.keys.items() if place < len(line) and visible(line[place])}
        strays += [
            Cell(title, layout.address(number, place), text)
            for place, text in enumerate(line)
            if visible(text) and (place not in heading.keys or _is_remark(heading.keys[place], text))
        ]
        cells = {key: text for key, text in cells.items() if not _is_remark(key, text)}
        if _is_entry(cells):
            rows.append(Row(number + 1, cells))
        else:
            strays += [
                Cell(title, f"{letters[key]}{number + 1}", text) for key, text in cells.items() if _is_said(key, text)
            ]
    return ReadTable(title, letters, tuple(rows)), strays


def _is_example(line: list[str], heading: Heading) -> bool:
    """True for the form's own example row, as long as nobody wrote an entry over it."""
    if layout.EXAMPLE_MARK not in map(visible, line):
        return False
    cells = {key: visible(line[place]) for place, key in heading.keys.items() if place < len(line)}
    return all(text in ("", layout.EXAMPLE_MARK, _example(key)) for key, text in cells.items())


def _example(key: str) -> str:
    kind, name = key.split(".")
    return sheet(kind)[name].example


def _is_remark(key: str, text: str) -> bool:
    """True for words in a column that dipxl numbers itself, where people like to put a remark."""
    name, typed = key.split(".")[1], visible(text)
    if name == "nomor":
        return not typed.strip(".").isdigit() and typed != layout.EXAMPLE_MARK
    return name == "kode" and " " in typed


def _is_said(key: str, text: str) -> bool:
    """True for a row's status other than the one that dipxl printed itself, on a row that is otherwise blank."""
    return key == "daftar.pemutakhiran" and not is_dash(text) and fold(text) != "tetap"


def _is_entry(cells: dict[str, str]) -> bool:
    return any(key.split(".")[1] not in NOT_AN_ENTRY and not is_dash(text) for key, text in cells.items())
