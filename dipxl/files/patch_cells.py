"""The cells of one worksheet part, found by address and made in order where the file has none."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from functools import cache, cached_property

from lxml import etree

from dipxl.files import layout
from dipxl.files.patch_package import CannotPatch, M, finder, forget, insert_ordered
from dipxl.files.patch_strings import Strings
from dipxl.files.row_height import fit_height

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_TALL = 50
NARROWEST = 3  # characters; in a narrower column nobody reads
_CONSTANTS = ("TRUE()", "FALSE()")  # as LibreOffice writes what was ticked

# The form's own count of complete rows; anything else inside it, and it is a person's formula.
_CELL = r"\$?[A-Z]{1,3}\$?\d*"
_COUNT = rf"SUMPRODUCT\((?:INDEX\({_CELL}:{_CELL},\d+\)|[-()<>\"+*:0])+\)"
OWN_FORMULA = re.compile(rf"=?\"{re.escape(layout.STATUS)}\"&{_COUNT}&\"/\"&{_COUNT}")

_FORMULAS = finder("m:sheetData/m:row/m:c[m:f]")
_UNNAMED = finder("m:sheetData/m:row[not(@r)] | m:sheetData/m:row/m:c[not(@r)]")
_STYLED = finder("m:sheetData/m:row/m:c[@s] | m:sheetData/m:row[@s] | m:cols/m:col[@style]")


@cache
def split(address: str) -> tuple[int, int]:
    """The row and column of an address, both counted from 1: "AB12" is (12, 28)."""
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise CannotPatch(f"{address[:20]} bukan alamat sel.")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if int(match[2]) > MOST_ROWS or column > MOST_COLUMNS:
        raise CannotPatch(f"{address} di luar lembar.")
    return int(match[2]), column


class Cells:
    """The cells of a worksheet; those that are missing are made."""

    def __init__(self, root: etree._Element) -> None:
        data = root.find(f"{M}sheetData")
        if root.tag != f"{M}worksheet" or data is None:
            raise CannotPatch("Sebuah lembar tidak berbentuk lembar kerja biasa.")
        self.root, self._data = root, data
        if _UNNAMED(root):
            self._name_all()
        self._rows = {int(row.get("r", "0")): row for row in data.iterchildren(f"{M}row")}
        self._numbers = list(self._rows)
        if self._numbers != sorted(self._numbers) or len(self._rows) < len(data.findall(f"{M}row")):
            raise CannotPatch("Baris di sebuah lembar tidak berurutan.")
        self._widths: dict[str, float] = {}
        self._cells: dict[int, dict[int, etree._Element]] = {}

    def cell(self, address: str) -> etree._Element:
        """The cell at an address, made where it is missing."""
        number, column = split(address)
        row = self.row(number)
        cells = self._known(number, row)
        if column not in cells:
            before = max((place for place in cells if place < column), default=0)
            made = etree.Element(f"{M}c", {"r": address} | self._inherited(row, column))
            if before:
                cells[before].addnext(made)
            else:
                row.insert(0, made)
            cells[column] = made
            self._widen(number, column)
        return cells[column]

    def row(self, number: int) -> etree._Element:
        """The row of a number, made where it is missing."""
        if number not in self._rows:
            made = etree.Element(f"{M}row", {"r": str(number)})
            place = bisect_left(self._numbers, number)
            if place:
                self._rows[self._numbers[place - 1]].addnext(made)
            else:
                self._data.insert(0, made)
            insort(self._numbers, number)
            self._rows[number] = made
        return self._rows[number]

    def present(self, number: int) -> list[etree._Element]:
        """The cells that a row has in the file, in order."""
        return self._rows[number].findall(f"{M}c") if number in self._rows else []

    @property
    def last_row(self) -> int:
        """The last row that the file has."""
        return self._numbers[-1] if self._numbers else 0

    def first_rows(self, last: int) -> list[int]:
        """The numbers of the rows down to one, hidden ones first: there stand dipxl's keys."""
        numbers = (number for number in self._numbers if number <= last)
        return sorted(numbers, key=lambda number: not self._rows[number].get("hidden"))

    def is_merged(self, number: int) -> bool:
        """True where a merged range touches the row."""
        return bool(self._merged_at(number))

    def styled(self, styles: Collection[str]) -> list[etree._Element]:
        """The cells with one of these styles."""
        return [cell for cell in self._data.iter(f"{M}c") if cell.get("s", "0") in styles]  # faster than any search

    def anchor(self, address: str) -> str:
        """The cell that shows what is put at an address: itself, or the corner of its merged range."""
        row, column = split(address)
        for left, right, corner in self._merged_at(row):
            if left <= column <= right:
                return corner
        return address

    def set_text(self, address: str, text: str, strings: Strings) -> None:
        """Write text as text, whatever it begins with; no text makes the cell blank."""
        cell = self.cell(address)
        _empty(cell)
        if text:
            _point(cell, strings.place(text))

    def fit_row(self, number: int, texts: Mapping[str, str]) -> None:
        """Make a row at least as high as texts need, by Excel letters."""
        shown = [(text, width) for letter, text in texts.items() if (width := self._letter_width(letter)) > NARROWEST]
        points = fit_height(shown)
        if self.height(number) < points:
            self.row(number).attrib.update({"ht": f"{points:g}", "customHeight": "1"})

    def freeze(self, strings: Strings) -> Iterator[tuple[str, str]]:
        """Put its stored value in the place of each formula that is not dipxl's own; yield address and formula."""
        for cell in _FORMULAS(self.root):
            formula = next(cell.iterchildren(f"{M}f"))
            if formula.get("t", "normal") == "normal" and OWN_FORMULA.fullmatch(formula.text or ""):
                continue
            if formula.text not in _CONSTANTS:
                yield cell.get("r", ""), formula.text or ""
            cell.remove(formula)
            forget(cell, "cm")
            value = cell.find(f"{M}v")
            if cell.get("t") == "str":
                said = "" if value is None else value.text or ""
                _empty(cell)
                if said:
                    _point(cell, strings.place_escaped(said))

    def restyle(self, styles: Mapping[str, str]) -> None:
        """Change the style of every cell, row and column that has one of these."""
        for styled in _STYLED(self.root) if styles else ():
            name = "style" if styled.tag == f"{M}col" else "s"
            if new := styles.get(styled.get(name, "")):
                styled.set(name, new)

    def width(self, column: int) -> float:
        """The width of a column in characters."""
        return float(self._column(column).get("width", "8.43"))

    def _letter_width(self, letter: str) -> float:
        if letter not in self._widths:
            column = split(f"{letter}1")[1]
            hidden = self._column(column).get("hidden") in ("1", "true")
            self._widths[letter] = 0 if hidden else self.width(column)
        return self._widths[letter]

    def height(self, number: int) -> float:
        """The height of a row in points."""
        return float(self._rows[number].get("ht", "15")) if number in self._rows else 15.0

    def column_style(self, column: int) -> str:
        """The style of a column's missing cells."""
        return self._column(column).get("style", "0")

    def set_column_style(self, column: int, style: str, width: float) -> None:
        """Give one column a style; what the sheet says of its neighbours in the same breath stays.

        The width is for a column that the sheet says nothing about.
        """
        told = self._column(column)
        listed = told.getparent()
        if listed is None:
            self._add_column(column, style, width)
        else:
            first, last = int(told.get("min", "1")), int(told.get("max", "0"))
            for start, end in ((first, column - 1), (column, column), (column + 1, last)):
                if start <= end:
                    piece = deepcopy(told)
                    piece.attrib.update({"min": str(start), "max": str(end)})
                    told.addprevious(piece)
                    if start == end == column:
                        piece.set("style", style)
            listed.remove(told)
        del self._columns

    def _add_column(self, column: int, style: str, width: float) -> None:
        listed = self.root.find(f"{M}cols")
        if listed is None:
            listed = insert_ordered(self.root, etree.Element(f"{M}cols"))
        one = {"min": str(column), "max": str(column), "width": f"{width:g}", "customWidth": "1", "style": style}
        before = sum(last < column for _, last, _ in self._columns)
        listed.insert(before, etree.Element(f"{M}col", one))

    def _column(self, column: int) -> etree._Element:
        """What the sheet says of a column, if only nothing."""
        return next((told for first, last, told in self._columns if first <= column <= last), etree.Element("col"))

    @cached_property
    def _columns(self) -> list[tuple[int, int, etree._Element]]:
        told = self.root.iterfind(f"{M}cols/{M}col")
        return [(int(one.get("min", "1")), int(one.get("max", "0")), one) for one in told]

    def _inherited(self, row: etree._Element, column: int) -> dict[str, str]:
        """The style that a missing cell shows: its row's, else its column's."""
        if row.get("customFormat") in ("1", "true") and row.get("s"):
            return {"s": row.get("s", "0")}
        style = self._column(column).get("style")
        return {"s": style} if style else {}

    def _known(self, number: int, row: etree._Element) -> dict[int, etree._Element]:
        if number not in self._cells:
            cells = row.findall(f"{M}c")
            places = [split(cell.get("r", "")) for cell in cells]
            if any(place[0] != number for place in places) or places != sorted(set(places)):
                raise CannotPatch(f"Sel pada baris {number} tidak berurutan.")
            self._cells[number] = {place[1]: cell for place, cell in zip(places, cells, strict=True)}
        return self._cells[number]

    def _name_all(self) -> None:
        """Give every row and cell the number or address that its place implies."""
        number = 0
        for row in self._data.iterchildren(f"{M}row"):
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            column = 0
            for cell in row.iterchildren(f"{M}c"):
                column = split(cell.get("r", layout.address(number - 1, column)))[1]
                cell.set("r", layout.address(number - 1, column - 1))

    def _merged_at(self, row: int) -> list[tuple[int, int, str]]:
        """The merged ranges that cover a row: first and last column, and corner."""
        tall = [(left, right, corner) for top, bottom, left, right, corner in self._merged[1] if top <= row <= bottom]
        return self._merged[0].get(row, []) + tall

    @cached_property
    def _merged(self) -> tuple[dict[int, list[tuple[int, int, str]]], list[tuple[int, int, int, int, str]]]:
        """The merged ranges by row, and the few tall ones apart; a sheet may have ten thousand."""
        by_row: dict[int, list[tuple[int, int, str]]] = {}
        tall = []
        for merged in self.root.iterfind(f"{M}mergeCells/{M}mergeCell"):
            corner, _, last = merged.get("ref", "").partition(":")
            (top, left), (bottom, right) = split(corner), split(last or corner)
            if bottom - top >= _TALL:
                tall.append((top, bottom, left, right, corner))
            for row in range(top, bottom + 1) if bottom - top < _TALL else ():
                by_row.setdefault(row, []).append((left, right, corner))
        return by_row, tall

    def _widen(self, number: int, column: int) -> None:
        """Let the sheet's and the row's own word of their extent cover a new cell."""
        forget(self._rows[number], "spans")
        dimension = self.root.find(f"{M}dimension")
        if dimension is None:
            return
        first, _, last = dimension.get("ref", "A1").partition(":")
        (top, left), (bottom, right) = split(first), split(last or first)
        corners = (min(top, number), min(left, column)), (max(bottom, number), max(right, column))
        dimension.set("ref", ":".join(layout.address(row - 1, place - 1) for row, place in corners))


def _empty(cell: etree._Element) -> None:
    del cell[:]
    forget(cell, "t", "cm", "vm")


def _point(cell: etree._Element, place: str) -> None:
    cell.set("t", "s")
    etree.SubElement(cell, f"{M}v").text = place
