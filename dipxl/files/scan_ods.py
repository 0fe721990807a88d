"""Looks through content.xml of an .ods for what a reader of values does not tell, as `scan` does for Excel."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from dipxl.files.layout import address
from dipxl.files.parts import PARSER_OPTIONS
from dipxl.files.scan import Area, Facts
from dipxl.model.dates import long_date, month, parse_date

MOST_REPEATED = 1000  # equal rows or spaces that are looked at one by one
MOST_BESIDE = 100  # and equal cells in a row

_ERROR = re.compile(r"#(?:REF|N/A|DIV/0|VALUE|NAME|NUM|NULL)[!?]?|Err:\d{3}")
_TRUTH = {"TRUE": "Ya", "FALSE": "Tidak", "BENAR": "Ya", "SALAH": "Tidak"}  # a formula of LibreOffice for a ticked cell
_NUMBERS = ("float", "percentage", "currency", "time")


@dataclass
class _Sheet:
    """What is gathered while walking through one sheet."""

    counted: int = 0
    shown: dict[str, str] = field(default_factory=dict)
    bare: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    unvalued: set[str] = field(default_factory=set)
    merges: list[Area] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    full: Counter[int] = field(default_factory=Counter)
    filled: Counter[int] = field(default_factory=Counter)


def scan_ods(content: bytes) -> list[Facts]:
    """The facts of each sheet in the order of their tabs."""
    root = etree.fromstring(content, etree.XMLParser(**PARSER_OPTIONS))  # type: ignore[arg-type] # as in parts
    struck, filled = set(_styles(root, "text-line-through-style", "none")), set(_styles(root, "background-color"))
    tables = [t for book in root.iter("{*}spreadsheet") for t in book.iterchildren("{*}table")]
    return [_facts(table, struck, filled - {""}) for table in tables]


def _facts(table: etree._Element, struck: set[str], filled: set[str]) -> Facts:
    sheet = _Sheet()
    for number, row in _rows(table, sheet):
        for column, cell in _cells(row):
            _see(sheet, cell, number, column)
            style = _get(cell, "style-name")
            if _is_full(cell):
                sheet.full[number] += 1
                sheet.filled[number] += style in filled
                sheet.struck |= {address(number - 1, column - 1)} if style in struck else set()
    coloured = frozenset(row for row, count in sheet.full.items() if sheet.filled[row] == count)
    return Facts(
        sheet.full.total(),
        sheet.shown,
        sheet.bare,
        errors=sheet.errors,
        unvalued=frozenset(sheet.unvalued),
        merges=tuple(sheet.merges),
        links=sheet.links,
        notes=sheet.notes,
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(_hidden_columns(table)),
        struck=frozenset(sheet.struck),
        coloured_rows=coloured if 2 * len(coloured) < len(sheet.full) else frozenset(),
    )


def _rows(table: etree._Element, sheet: _Sheet) -> Iterator[tuple[int, etree._Element]]:
    """Each row with its number; of a row repeated endlessly only the first ones."""
    number = 0
    for row in table.iter("{*}table-row"):
        repeated = _count(row, "number-rows-repeated")
        seen = range(number + 1, number + min(repeated, MOST_REPEATED) + 1)
        if _get(row, "visibility") in ("collapse", "filter"):
            sheet.hidden_rows |= set(seen)
        if any(_is_full(cell) or len(cell) or _get(cell, "formula") for cell in row):
            for place in seen:
                yield place, row
        number += repeated


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
        repeated = _count(cell, "number-columns-repeated")
        for place in range(column + 1, column + min(repeated, MOST_BESIDE) + 1):
            yield place, cell
        column += repeated


def _see(sheet: _Sheet, cell: etree._Element, row: int, column: int) -> None:
    """Note down what is special about a cell."""
    place = address(row - 1, column - 1)
    text = _paragraphs(cell)
    kind = _get(cell, "value-type")
    if _ERROR.fullmatch(text) and _get(cell, "formula"):
        sheet.errors[place] = text
    elif _get(cell, "formula") and not text and not _get(cell, "value") and kind != "string":
        sheet.unvalued.add(place)
    elif kind in ("date", "boolean") or (kind in _NUMBERS and text):
        sheet.shown[place] = _shown(cell, kind, text)
        sheet.bare[place] = _get(cell, "value").replace(".", ",") or _get(cell, "date-value")
    wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
    if wide * high > 1:
        sheet.merges.append(Area(row, column, row + high - 1, column + wide - 1))
    for link in cell.iter("{*}a"):
        sheet.links.setdefault(place, _get(link, "href"))
    for note in cell.iterchildren("{*}annotation"):
        sheet.notes[place] = _paragraphs(note)


def _is_full(cell: etree._Element) -> bool:
    return bool(_get(cell, "value-type") and (_get(cell, "value-type") != "string" or _paragraphs(cell)))


def _paragraphs(element: etree._Element) -> str:
    """The text of an element as it shows, its paragraphs on lines of their own."""
    return "\n".join("".join(_runs(paragraph)) for paragraph in element.iterchildren("{*}p"))


def _runs(element: etree._Element) -> Iterator[str]:
    match etree.QName(element).localname:
        case "s":
            yield " " * min(_count(element, "c"), MOST_REPEATED)
        case "tab":
            yield "\t"
        case "line-break":
            yield "\n"
    yield element.text or ""
    for inside in element.iterchildren("*"):
        if etree.QName(inside).localname != "annotation":
            yield from _runs(inside)
        yield inside.tail or ""


def _shown(cell: etree._Element, kind: str, text: str) -> str:
    """A value as it shows, its names and decimal comma Indonesian whatever the language of the program."""
    if kind == "boolean":
        return "Ya" if _get(cell, "boolean-value") == "true" else "Tidak"
    if kind == "date":
        return _date_text(_get(cell, "date-value"), text)
    return _TRUTH.get(text) or (text.replace(".", ",") if text == _get(cell, "value") else text)


def _date_text(value: str, text: str) -> str:
    """The date as far as its text shows it: the year, the month and year, or all of it."""
    day = parse_date(value[:10])
    if day is None:
        return text
    shown = re.findall(r"\d+", text)
    named = bool(re.search(r"[^\W\d]", text))
    if len(shown) == 1:
        return f"{month(day)} {day.year}" if named else str(day.year)
    return long_date(day) if named or len(shown) != len("my") else f"{month(day)} {day.year}"


def _hidden_columns(table: etree._Element) -> Iterator[int]:
    number = 0
    for column in table.iter("{*}table-column"):
        repeated = _count(column, "number-columns-repeated")
        if _get(column, "visibility") in ("collapse", "filter"):
            yield from range(number + 1, number + min(repeated, MOST_REPEATED) + 1)
        number += repeated


def _styles(root: etree._Element, name: str, off: str = "transparent") -> Iterator[str]:
    """The names of the cell styles with this property switched on."""
    for style in root.iter("{*}style"):
        values = [_get(part, name) for part in style]
        if any(value not in ("", off, "#ffffff") for value in values):
            yield _get(style, "name")


def _get(element: etree._Element, name: str) -> str:
    """An attribute by its name, whatever its namespace."""
    return next((str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _count(element: etree._Element, name: str) -> int:
    text = _get(element, name)
    return int(text) if text.isdecimal() else 1
