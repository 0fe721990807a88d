"""Looks once through the XML of a sheet for what a reader of values does not tell: errors, formats, notes, links."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from dipxl.files.guards import MOST_CELLS
from dipxl.files.layout import address
from dipxl.files.number_formats import GENERAL, plain, shown
from dipxl.files.parts import SheetPart, elements
from dipxl.files.regular import inline_text, is_regular, regular
from dipxl.files.scan_styles import Styles

FIRST_CUT = 1e15  # numbers of more than fifteen digits lose the rest in a cell
MOST_LINKED = 1000  # cells under one link; a longer range is a slip or a trap

_LATE_ROW = re.compile(rb'<row r="(?:\d{5,}|[7-9]\d{3})"')  # rows 7000 and below, with columns to ZZ, are not vast
_HIDDEN_ROW = re.compile(rb'<row r="(\d+)"[^>]* hidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b([^>]* hidden="(?:1|true)"[^>]*)>')
_THREE_LETTERS = re.compile(rb'<c r="[A-Z]{3}')
_FULL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*(?<!/)>')
_BARE_NUMBER = re.compile(rb'<c r="([^"]++)"(?: s="(\d++)")?><v>([^<]++)')
_NUMBER = re.compile(
    rb'<c r="([^"]++)"(?: s="(\d++)")?(?: t="n")?(?: [cpv][mh][^>]*+)?>(?:<f[^>]*+>[^<]*+(?:</f>)?)?<v>([^<]++)'
)
_STYLED = re.compile(rb'<c r="([A-Z]++)(\d++)" s="(\d++)"[^>/]*+>')
_FIRST_OF_ROW = re.compile(rb'<row [^>]*+>(?:<c [^>]*+/>)*<c r="[A-Z]++(\d++)"(?: s="(\d++)")?')
_ERROR = re.compile(rb'<c r="([A-Z]+\d+)"[^>]* t="e"[^>]*>(?:<f[^>]*(?:(?<=/)>|(?<!/)>[^<]*</f>))?<v>([^<]+)</v>')
_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)><f[^>]*(?:(?<=/)>|(?<!/)>([^<]*)</f>)(<v>[^<]*</v>|<v/>)?')
_LINK_FORMULA = re.compile(r'\s*HYPERLINK\(\s*"([^"]+)"\s*[,;)]', re.IGNORECASE)
_MERGE = re.compile(rb'<mergeCell\b[^>]*? ref="([^"]+)"')
_LINK = re.compile(rb'<hyperlink\b((?:[^>"]|"[^"]*")*)>')
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_EMPTY_INLINE = re.compile(rb"<is>(?:<t[^>]*/>|<t[^>]*></t>)?</is>")


class Area(NamedTuple):
    """A rectangle of cells, rows and columns counted from 1 as people count them, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Facts:
    """What stands on a sheet besides values; cells by their A1 address, rows and columns by number from 1.

    `counted` cells hold something by this look, None where a format allows no second look. `shown` is the text
    of numbers that their format changes and `bare` the number under it; `doubtful` are numbers with a format that
    nobody understood or with more digits than a cell keeps; `unvalued` are formulas that were never calculated.
    """

    counted: int | None = None
    shown: Mapping[str, str] = field(default_factory=dict)
    bare: Mapping[str, str] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()
    errors: Mapping[str, str] = field(default_factory=dict)
    unvalued: frozenset[str] = frozenset()
    merges: tuple[Area, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[str] = frozenset()
    coloured_rows: frozenset[int] = frozenset()


def scan(sheet: SheetPart, styles: Styles, *, from_1904: bool, blank_strings: frozenset[int]) -> Facts:
    """The facts of a sheet whose XML is regular."""
    body = sheet.data
    start, end = max(body.find(b"<sheetData"), 0), max(body.rfind(b"</sheetData>"), 0)
    shown, bare, doubtful = _numbers(body, styles, from_1904)
    unvalued, formula_links = _formulas(body)
    return Facts(
        _counted(body, blank_strings),
        shown,
        bare,
        doubtful,
        errors={place.decode(): _text(error) for place, error in _ERROR.findall(body)} if b' t="e"' in body else {},
        unvalued=unvalued,
        merges=tuple(area for ref in _MERGE.findall(body, end) if (area := parse_area(_text(ref)))),
        links=formula_links | _links(body[end:], sheet.links),
        notes=_notes(sheet),
        hidden_rows=frozenset(map(int, _HIDDEN_ROW.findall(body))) if b' hidden="' in body else frozenset(),
        hidden_columns=frozenset(_hidden_columns(body[:start])),
        struck=_struck(body, styles),
        coloured_rows=_coloured_rows(body, styles),
    )


def regular_sheet(xml: bytes) -> bytes:
    """The sheet as the scan expects it: itself, where Excel wrote it."""
    return xml if is_regular(xml) else regular(xml)


def is_vast(xml: bytes) -> bool:
    """True where the rectangle that holds every cell is too large to be laid out."""
    if not _LATE_ROW.search(xml) and not _THREE_LETTERS.search(xml):
        return False
    rows, columns = used(xml)
    return max(rows, default=0) * max(columns, default=0) > MOST_CELLS


def used(xml: bytes) -> tuple[list[int], list[int]]:
    """The rows and the columns that hold something, in order."""
    full = _FULL.findall(xml)
    return sorted({int(row) for _, row in full}), sorted({_column(text) for text in {text for text, _ in full}})


def parse_area(text: str) -> Area | None:
    """The rectangle in "A10:B11" or "$A$10", or None."""
    match = _AREA.fullmatch(text.strip())
    if not match:
        return None
    left, top = _column(match[1].encode()), int(match[2])
    right, bottom = (_column(match[3].encode()), int(match[4])) if match[3] else (left, top)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


@lru_cache(maxsize=65_536)
def place_of(cell: str) -> tuple[int, int]:
    """The row and column of an A1 address, counted from 1; remembered, since forms repeat their addresses."""
    area = parse_area(cell)
    return (area.top, area.left) if area else (0, 0)


def _column(text: bytes) -> int:
    number = 0
    for letter in text:
        number = number * 26 + letter - ord("A") + 1
    return number


def _text(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", "replace"))


def _numbers(body: bytes, styles: Styles, from_1904: bool) -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """The numbers that their format changes as text, what they are without it, and those to be doubted."""
    texts: dict[str, str] = {}
    bare: dict[str, str] = {}
    doubtful: set[str] = set()
    if body.count(b"<v>") == body.count(b' t="s"><v>') + body.count(b' t="str"><f>'):
        return texts, bare, frozenset()  # nothing but texts
    pattern = _NUMBER if any(mark in body for mark in (b"<f", b' t="n"', b'm="')) else _BARE_NUMBER
    for raw, style, digits in pattern.findall(body):
        number = _number(digits)
        code = styles.formats.get(int(style or 0))
        if number is None or (code is None and abs(number) < FIRST_CUT):
            continue
        place = raw.decode()
        seen = shown(number, code or GENERAL, from_1904)
        texts[place], bare[place] = seen.text, digits.decode() if digits.isdigit() else plain(number)
        if not seen.known or abs(number) >= FIRST_CUT:
            doubtful.add(place)
    return texts, bare, frozenset(doubtful)


def _number(digits: bytes) -> float | None:
    try:
        return float(digits)
    except ValueError:
        return None


def _counted(body: bytes, blank_strings: frozenset[int]) -> int:
    """The cells that hold something, told by their XML alone."""
    count = body.count(b"</v>") - body.count(b"<v></v>")
    if b"<is>" in body:
        count += body.count(b"<is>") - len(_EMPTY_INLINE.findall(body))
    return count - sum(body.count(b' t="s"><v>%d</v>' % number) for number in blank_strings)


def _formulas(body: bytes) -> tuple[frozenset[str], dict[str, str]]:
    """The formulas without a stored value, and the targets of HYPERLINK formulas; an empty text is a value."""
    unvalued: set[str] = set()
    links: dict[str, str] = {}
    for place, attributes, formula, value in _formula_cells(body):
        if value in (b"", b"<v/>", b"<v></v>") and not (value and b' t="str"' in attributes):
            unvalued.add(place.decode())
        if match := _LINK_FORMULA.match(_text(formula)):
            links[place.decode()] = match[1]
    return frozenset(unvalued), links


def _formula_cells(body: bytes) -> Iterator[tuple[bytes, ...]]:
    """Each formula with its cell; sheets have few, so they are looked for one by one."""
    at = body.find(b"><f")
    while at >= 0:
        match = _FORMULA.match(body, body.rfind(b"<c ", 0, at))
        if match:
            yield tuple(group or b"" for group in match.groups())
        at = body.find(b"><f", at + 1)


def _links(tail: bytes, targets: Mapping[str, str]) -> dict[str, str]:
    """The target of each linked cell, a place in the same workbook as #Sheet!A1."""
    links: dict[str, str] = {}
    for raw in _LINK.findall(tail):
        attributes = {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(raw.decode("utf-8", "replace"))}
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        inside = attributes.get("location", "")
        target = targets.get(relation, "") + (f"#{inside}" if inside else "")
        for place in _cells(parse_area(attributes.get("ref", ""))) if target else ():
            links[place] = target
    return links


def _cells(area: Area | None) -> Iterator[str]:
    if area and (area.bottom - area.top + 1) * (area.right - area.left + 1) <= MOST_LINKED:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                yield address(row - 1, column - 1)


def _notes(sheet: SheetPart) -> dict[str, str]:
    """The notes by cell; a conversation replaces the note that old programs get in its place."""
    notes: dict[str, str] = {}
    for data in sheet.notes:
        notes |= {row.get("ref", ""): inline_text(row) for row in elements(data, "comment")}
    spoken: dict[str, list[str]] = {}
    for data in sheet.threads:
        for row in elements(data, "threadedComment"):
            said = "".join(part.text or "" for part in row.iter("{*}text"))
            spoken.setdefault(row.get("ref", ""), []).append(said)
    return {place: text for place, text in notes.items() if text} | {p: "\n".join(texts) for p, texts in spoken.items()}


def _hidden_columns(head: bytes) -> Iterator[int]:
    for raw in _HIDDEN_COLUMN.findall(head):
        attributes = dict(_ATTRIBUTE.findall(raw.decode("ascii", "replace")))
        first, last = (int(attributes.get(key, "0")) for key in ("min", "max"))
        yield from range(first, min(last, 16_384) + 1)


def _struck(body: bytes, styles: Styles) -> frozenset[str]:
    """The cells with a line through them."""
    cells = _STYLED.findall(body) if styles.struck else ()
    return frozenset((column + row).decode() for column, row, style in cells if int(style) in styles.struck)


def _coloured_rows(body: bytes, styles: Styles) -> frozenset[int]:
    """The rows that somebody filled with one colour; a look at first cells spares most sheets the rest."""
    if not styles.fills:
        return frozenset()
    first = {row: styles.fills.get(int(style or 0), "") for row, style in _FIRST_OF_ROW.findall(body)}
    usual = Counter(first.values()).most_common(1)
    unusual = {row: fill for row, fill in first.items() if fill and fill != usual[0][0]}
    return frozenset(int(row) for row, fill in unusual.items() if _fills_of(body, row, styles) == {fill})


def _fills_of(body: bytes, row: bytes, styles: Styles) -> set[str]:
    """The fills of the cells of one row that hold something."""
    start = body.find(b'<row r="%b"' % row)
    cells = _STYLED.findall(body, start, max(body.find(b"</row>", start), start))
    return {styles.fills.get(int(style), "") for _, _, style in cells}
