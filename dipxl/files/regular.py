"""Writes the XML of a sheet anew in the one shape that the scan expects, and packs such sheets for the reader."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from dipxl.files.layout import letters
from dipxl.files.parts import PARSER_OPTIONS, BookParts, elements

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# What never backtracks: each repetition keeps what it took.
_CELL = (
    rb'<c r="[A-Z]++\d++"(?: s="\d++")?(?: t="[a-zA-Z]++")?(?: [cpv][mh]="\d++")*'
    rb"(?:/>|>(?:<f[^>]*+>[^<]*+(?:</f>)?)?(?:<v>[^<]*+</v>|<v/>|<is><t[^>]*+>[^<]*+</t></is>)?</c>)"
)
_BODY = re.compile(rb'(?:<row r="\d++"[^>]*+>(?:(?<=/>)|(?:' + _CELL + rb")*</row>))*")
_WHOLE_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"((?:[^>]*(?<!/)>).*?</c>)', re.DOTALL)
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def is_regular(xml: bytes) -> bool:
    """True for XML as Excel writes it: UTF-8, no prefix, comment or line break, the address first in each cell."""
    start, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    return 0 < start < end and b"<!" not in xml[:start] and bool(_BODY.fullmatch(xml, start + len("<sheetData>"), end))


def regular(xml: bytes) -> bytes:
    """The cells, rows, columns, merges and links of a sheet, with every address that a program left out."""
    parts: dict[str, list[str]] = {"col": [], "row": [], "mergeCell": [], "hyperlink": []}
    names = [f"{{*}}{name}" for name in parts]
    number = 0
    for _, element in etree.iterparse(io.BytesIO(xml), events=("end",), tag=names, **PARSER_OPTIONS):
        kind = etree.QName(element).localname
        if kind == "row":
            number = int(element.get("r") or number + 1)
        parts[kind].append(_row(element, number) if kind == "row" else _reference(kind, element))
        element.clear()
    columns, rows, merges, links = ("".join(texts) for texts in parts.values())
    start = f'<worksheet xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}">{columns}<sheetData>{rows}</sheetData>'
    return f"{start}{merges}{links}</worksheet>".encode()


def _row(row: etree._Element, number: int) -> str:
    cells: list[str] = []
    column = -1
    for cell in row.iterchildren("{*}c"):
        match = _ADDRESS.fullmatch(cell.get("r", ""))
        column = _column(match[1]) if match else column + 1
        cells.append(_cell(cell, match[0] if match else f"{letters(column)}{number}"))
    return f'<row r="{number}"{_attributes(row, "hidden")}>{"".join(cells)}</row>'


def _cell(cell: etree._Element, address: str) -> str:
    inside: list[str] = []
    for part in cell.iterchildren("{*}f", "{*}v", "{*}is"):
        kind = etree.QName(part).localname
        text = escape(inline_text(part) if kind == "is" else part.text or "")
        inside.append(f'<is><t xml:space="preserve">{text}</t></is>' if kind == "is" else f"<{kind}>{text}</{kind}>")
    return f'<c r="{address}"{_attributes(cell, "s", "t")}>{"".join(inside)}</c>' if inside else ""


def inline_text(element: etree._Element) -> str:
    """The text of a string, its runs joined and reading aids left out."""
    runs = element.iter("{*}t")
    return "".join(run.text or "" for run in runs if etree.QName(run.getparent()).localname != "rPh")


def _reference(kind: str, element: etree._Element) -> str:
    relation = next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")
    link = f" r:id={quoteattr(relation)}" if relation else ""
    return f"<{kind}{_attributes(element, 'ref', 'location', 'min', 'max', 'hidden')}{link}/>"


def _attributes(element: etree._Element, *names: str) -> str:
    return "".join(f" {name}={_quoted(str(element.get(name)))}" for name in names if element.get(name) is not None)


def _quoted(text: str) -> str:
    return quoteattr(text, {'"': "&quot;"})


def _column(text: str) -> int:
    """The number of a column from its letters, counted from 0."""
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def squeezed(xml: bytes, rows: Sequence[int], columns: Sequence[int]) -> bytes:
    """A regular sheet with only these rows and columns, moved together; formulas and merges stay behind."""
    row_at = {number: place for place, number in enumerate(rows)}
    column_at = {number: place for place, number in enumerate(columns)}

    def moved(match: re.Match[bytes]) -> bytes:
        row, column = row_at.get(int(match[2])), column_at.get(_column(match[1].decode()) + 1)
        if row is None or column is None:
            return b""
        return f'<row r="{row + 1}"><c r="{letters(column)}{row + 1}"'.encode() + match[3] + b"</row>"

    body = b"".join(map(moved, _WHOLE_CELL.finditer(xml)))
    return _part("worksheet", f"<sheetData>{body.decode()}</sheetData>")


def packed(book: BookParts, sheets: Sequence[bytes]) -> bytes:
    """A plain package of these sheets in the order of the book, under the names that every reader knows."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in _members(book, sheets):
            package.writestr(name, data)
    return target.getvalue()


def _members(book: BookParts, sheets: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    places = range(1, len(sheets) + 1)
    titles = "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="rId{n}"/>' for n in places)
    base = f'<workbookPr date1904="{int(book.from_1904)}"/>'
    targets = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in places]
    targets += [("rIdStrings", "sharedStrings", "sharedStrings.xml")]
    yield "[Content_Types].xml", _content_types(len(sheets))
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    yield "xl/workbook.xml", _part("workbook", f"{base}<sheets>{titles}</sheets>")
    yield "xl/_rels/workbook.xml.rels", _relations(targets)
    yield "xl/sharedStrings.xml", _part("sst", "".join(map(_string, elements(book.strings, "si"))))
    for number, data in zip(places, sheets, strict=True):
        yield f"xl/worksheets/sheet{number}.xml", data


def _string(element: etree._Element) -> str:
    return f'<si><t xml:space="preserve">{escape(inline_text(element))}</t></si>'


def _part(root: str, inside: str) -> bytes:
    return f'<{root} xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}">{inside}</{root}>'.encode()


def _relations(rows: list[tuple[str, str, str]]) -> bytes:
    inside = "".join(f'<Relationship Id="{key}" Type="{_DOCUMENT}/{kind}" Target="{to}"/>' for key, kind, to in rows)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'.encode()


def _content_types(sheets: int) -> bytes:
    kinds = [("workbook", "sheet.main"), ("sharedStrings", "sharedStrings")]
    kinds += [(f"worksheets/sheet{number}", "worksheet") for number in range(1, sheets + 1)]
    inside = "".join(f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds)
    start = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{start}{inside}</Types>'.encode()
