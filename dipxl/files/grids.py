"""Reads every sheet of a workbook of any kind as people see it: text by true address, with what else stands there."""

from __future__ import annotations

import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dipxl.files import layout
from dipxl.files.csv_grid import csv_grid
from dipxl.files.guards import (
    BROKEN,
    HOSTILE,
    LOCKED,
    MOST_CELLS,
    STRANGE,
    UNREACHABLE,
    Refusal,
    checked,
    of_path,
)
from dipxl.files.number_formats import plain
from dipxl.files.parts import BookParts, elements, workbook
from dipxl.files.regular import inline_text, packed, squeezed
from dipxl.files.scan import Area, Facts, is_vast, place_of, regular_sheet, scan, used
from dipxl.files.scan_ods import scan_ods
from dipxl.files.scan_styles import read_styles
from dipxl.model.dates import of_serial
from dipxl.model.vocabulary import UNVALUED

OUTLOOK = Refusal("Ini pesan Outlook, bukan berkas Excel.", "Simpan lampirannya, lalu kirim lampiran itu.")
UNREADABLE = (
    CalamineError, zipfile.BadZipFile, etree.XMLSyntaxError, zlib.error, struct.error,
    ValueError, LookupError, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0"
_MAIL = "__substg1.0_".encode("utf-16-le")
_KEYWORDS = re.compile(rb"<(?:cp:keywords|meta:keyword)>([^<]*)</")

_date_text = lru_cache(maxsize=4096)(of_serial)  # names of months are slow to find, and dates repeat
_TEXTS: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "Ya" if value else "Tidak",
    int: str,
    float: plain,
    date: _date_text,
    datetime: _date_text,
}

Lines = list[list[str]]


class _Laid(NamedTuple):
    """Lines of text with the numbers of their rows and columns."""

    lines: Lines
    rows: Sequence[int]
    columns: Sequence[int]


@dataclass(frozen=True)
class Grid:
    """A sheet as rows of text; `rows` and `columns` say where each line and place stands, counted from 1.

    They run without a gap from 1, except where a stray cell lies so far away that blanks between are left out.
    `second_look` is False for kinds whose errors, formats, notes and hidden rows cannot be told.
    """

    title: str
    cells: Lines
    rows: Sequence[int]
    columns: Sequence[int]
    hidden: bool = False
    facts: Facts = field(default_factory=Facts)
    second_look: bool = True

    def address(self, line: int, place: int) -> str:
        """The A1 address of a cell of `cells`."""
        return layout.address(self.rows[line] - 1, self.columns[place] - 1)

    @cached_property
    def line_of(self) -> Mapping[int, int]:
        """The line of `cells` by the number of its row."""
        return {number: line for line, number in enumerate(self.rows)}

    @cached_property
    def place_of(self) -> Mapping[int, int]:
        """The place in a line by the number of its column."""
        return {number: place for place, number in enumerate(self.columns)}

    @property
    def typed(self) -> int:
        """The cells that hold something."""
        return sum(len(line) - line.count("") for line in self.cells)

    @property
    def disagrees(self) -> bool:
        """True where two ways of reading found a different number of cells; what has no value is seen by one alone."""
        unvalued = sum(line.count(UNVALUED) for line in self.cells) if self.facts.unvalued else 0
        return self.facts.counted not in (None, self.typed - unvalued)


@dataclass(frozen=True)
class Book:
    """A workbook as it was read: its sheets in the order of their tabs, its keywords, and what kind of file it is."""

    grids: list[Grid]
    kind: str
    keywords: str = ""


def grids(path: Path) -> list[Grid] | Refusal:
    """Every sheet of a workbook in the order of its tabs, or why it cannot be read.

    Raises what only a process of its own can catch: a panic, MemoryError, RecursionError.
    """
    if refused := of_path(path):
        return refused
    try:
        found = book(path.read_bytes(), path.stem)
    except OSError:
        return UNREACHABLE
    return found if isinstance(found, Refusal) else found.grids


def book(data: bytes, name: str) -> Book | Refusal:
    """The workbook in a file's bytes, or why it cannot be read; raises as `grids` does."""
    parts = checked(data)
    if isinstance(parts, Refusal):
        return parts
    try:
        return _read(data, name, parts)
    except PasswordError:
        return LOCKED
    except UNREADABLE:
        return BROKEN


def _read(data: bytes, name: str, parts: Mapping[str, bytes]) -> Book | Refusal:
    if data.startswith(b"PK"):
        return _zipped(data, parts)
    if data.startswith(_OLE):
        return OUTLOOK if _MAIL in data else Book(list(_unscanned(data)), "xls")
    lines = csv_grid(data)
    return lines if isinstance(lines, Refusal) else Book([_grid(name, _dense(lines), Facts())], "csv")


def _zipped(data: bytes, parts: Mapping[str, bytes]) -> Book | Refusal:
    if "xl/workbook.bin" in parts:
        return Book(list(_unscanned(data)), "xlsb", _keywords(parts))
    if "content.xml" in parts:
        return Book(_open_document(data, parts["content.xml"]), "ods", _keywords(parts))
    found = workbook(parts)
    if found is None:
        return STRANGE
    read = _excel(data, found)
    return read if isinstance(read, Refusal) else Book(read, "xlsx", _keywords(parts))


def _keywords(parts: Mapping[str, bytes]) -> str:
    """The keywords property, where dipxl's stamp stands a second time."""
    said = parts.get("docProps/core.xml", b"") + parts.get("meta.xml", b"")
    match = _KEYWORDS.search(said)
    return html.unescape(match[1].decode("utf-8", "replace")) if match else ""


def _excel(data: bytes, book: BookParts) -> list[Grid] | Refusal:
    styles, blank = read_styles(book.styles), _blank_strings(book.strings)
    regular = [regular_sheet(sheet.data) for sheet in book.sheets]
    kept = [used(xml) if is_vast(xml) else None for xml in regular]
    if any(sparse and len(sparse[0]) * len(sparse[1]) > MOST_CELLS for sparse in kept):
        return HOSTILE
    as_sent = book.usual and not any(kept)
    if not as_sent:
        moved = [squeezed(xml, *sparse) if sparse else xml for xml, sparse in zip(regular, kept, strict=True)]
        data = packed(book, moved)
    reader = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = []
    for sheet, xml, sparse, number in zip(book.sheets, regular, kept, _worksheets(reader), strict=True):
        facts = scan(replace(sheet, data=xml), styles, from_1904=book.from_1904, blank_strings=blank)
        lines = _lines(reader.get_sheet_by_index(number).to_python(skip_empty_area=False))
        laid = _Laid(lines, *sparse) if sparse else _dense(lines)
        found.append(_grid(sheet.title, laid, facts, hidden=sheet.hidden))
    return found


def _worksheets(reader: CalamineWorkbook) -> Iterator[int]:
    """The numbers of the sheets that hold cells, not charts, dialogues or macros."""
    for number, sheet in enumerate(reader.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet:
            yield number


def _blank_strings(strings: bytes) -> frozenset[int]:
    """The numbers of the shared texts that are empty, which some programs write for blank cells."""
    if not any(mark in strings for mark in (b"<t/>", b"<t></t>", b"<si/>", b"<si></si>", b"\0")):
        return frozenset()
    return frozenset(number for number, row in enumerate(elements(strings, "si")) if not inline_text(row))


def _open_document(data: bytes, content: bytes) -> list[Grid]:
    reader = CalamineWorkbook.from_filelike(io.BytesIO(data))
    known = scan_ods(content)
    return [
        _grid(title, _laid_out(reader.get_sheet_by_index(number)), known[number], hidden=_is_hidden(reader, number))
        for number, title in enumerate(reader.sheet_names)
    ]


def _unscanned(data: bytes) -> Iterator[Grid]:
    """The sheets of a kind that has no XML to look through: how its numbers are shown cannot be told."""
    reader = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for number in _worksheets(reader):
        sheet = reader.get_sheet_by_index(number)
        merges = tuple(
            Area(top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        )
        facts = Facts(merges=merges, doubtful=frozenset(_bare_numbers(sheet)))
        grid = _grid(sheet.name, _laid_out(sheet), facts, hidden=_is_hidden(reader, number))
        yield replace(grid, second_look=False)


def _bare_numbers(sheet: CalamineSheet) -> Iterator[str]:
    for row, values in enumerate(sheet.iter_rows()):
        for column, value in enumerate(values):
            if type(value) in (int, float):
                yield layout.address(row, column)


def _is_hidden(reader: CalamineWorkbook, number: int) -> bool:
    return reader.sheets_metadata[number].visible != SheetVisibleEnum.Visible


def _laid_out(sheet: CalamineSheet) -> _Laid:
    """The cells of a sheet; of a vast one only the rows and columns that hold something."""
    if (sheet.total_height + 1) * (sheet.total_width + 1) <= MOST_CELLS:
        return _dense(_lines(sheet.to_python(skip_empty_area=False)))
    full = [(number, row) for number, row in enumerate(sheet.iter_rows(), start=1) if any(v != "" for v in row)]
    places = sorted({place for _, row in full for place, value in enumerate(row) if value != ""})
    lines = _lines([row[place] if place < len(row) else "" for place in places] for _, row in full)
    return _Laid(lines, [number for number, _ in full], [place + 1 for place in places])


def _dense(lines: Lines) -> _Laid:
    return _Laid(lines, range(1, len(lines) + 1), range(1, max(map(len, lines), default=0) + 1))


def _lines(rows: Iterable[Sequence[object]]) -> Lines:
    return [[value if type(value) is str else _TEXTS.get(type(value), str)(value) for value in row] for row in rows]


def _grid(title: str, laid: _Laid, facts: Facts, *, hidden: bool = False) -> Grid:
    """The grid with formatted numbers and error cells as they show."""
    row_at = {number: place for place, number in enumerate(laid.rows)}
    column_at = {number: place for place, number in enumerate(laid.columns)}
    unvalued = dict.fromkeys(facts.unvalued, UNVALUED)
    for address, text in (*facts.shown.items(), *facts.errors.items(), *unvalued.items()):
        row, column = place_of(address)
        line, place = row_at.get(row), column_at.get(column)
        if line is not None and place is not None and place < len(laid.lines[line]):
            laid.lines[line][place] = text
    return Grid(title, laid.lines, laid.rows, laid.columns, hidden, facts)
