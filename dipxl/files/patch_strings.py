"""The table of texts of a workbook, read and added to; only what XML can hold and a cell can take goes in."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from dipxl.files.patch_package import M, Package, forget
from dipxl.files.sheets import CUT_MARK, LONGEST_CELL

_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LOOKED_BACK = 500
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def clean(text: str) -> str:
    """Text that XML can hold and a cell can take; what is cut off is said."""
    if text.isprintable() and 2 * len(text) <= LONGEST_CELL:
        return text
    text = _NO_CHARACTER.sub("�", _ILLEGAL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - len(CUT_MARK))].decode("utf-16-le", "ignore") + CUT_MARK


class Strings:
    """The table of texts that a workbook's cells point into."""

    def __init__(self, package: Package, workbook: str) -> None:
        self._package, self._workbook = package, workbook
        self._part = package.related(workbook, "sharedStrings")
        self._places: dict[str, int] = {}
        self._asked: dict[str, str] = {}
        self._count = 0

    def place(self, text: str) -> str:
        """The place of a text, which is added if it is not there."""
        if text not in self._asked:
            self._asked[text] = self.place_escaped(_ESCAPE.sub("_x005F_", clean(text)))
        return self._asked[text]

    def place_escaped(self, text: str) -> str:
        """The place of a text as XML holds it, its `_x0041_` already meant as escapes."""
        if self._part is None:
            self._part = self._added()
        if not self._count:
            self._read(self._package.tree(self._part))
        if text not in self._places:
            self._places[text] = self._count
            self._count += 1
            table = self._package.change(self._part)
            item = etree.Element(f"{M}si")
            table.insert(self._count - 1, item)
            held = etree.SubElement(item, f"{M}t")
            held.text = text
            if text != text.strip() or "\n" in text:
                held.set(_SPACE, "preserve")
        return str(self._places[text])

    def text(self, cell: etree._Element) -> str:
        """The text that a cell holds, "" for a number or a blank."""
        kind, value = cell.get("t", "n"), cell.findtext(f"{M}v", "")
        if kind == "str":
            return value
        held = cell.find(f"{M}is") if kind == "inlineStr" else None
        if kind == "s" and self._part is not None:
            held = self._package.tree(self._part)[int(value)]
        if held is not None and len(held) == 1 and held[0].tag == f"{M}t":
            return held[0].text or ""  # nearly always, and far faster
        return "" if held is None else "".join(t.text or "" for t in held.iterfind(".//{*}t"))

    def finish(self) -> None:
        """Bring the table's own count up to date."""
        if self._part is not None and self._places:
            table = self._package.tree(self._part)
            if table.get("uniqueCount") not in (None, str(self._count)):
                table.set("uniqueCount", str(self._count))
                forget(table, "count")  # how often texts are used, which nobody needs

    def _read(self, table: etree._Element) -> None:
        """Count the texts and remember the last ones: there stand those of dipxl's last round, to be used again."""
        self._count = len(table) - len(table.findall(f"{M}extLst"))
        latest = islice(table.iterchildren(f"{M}si", reversed=True), _LOOKED_BACK)
        for place, item in enumerate(latest, start=1):
            if len(item) == 1 and item[0].tag == f"{M}t":
                self._places[item[0].text or ""] = self._count - place

    def _added(self) -> str:
        name = "xl/sharedStrings.xml"  # some readers look for this name alone
        self._package.add(name, f'<sst xmlns="{M[1:-1]}"/>'.encode(), _STRINGS_TYPE)
        self._package.relate(self._workbook, "sharedStrings", name)
        return name
