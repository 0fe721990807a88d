"""The parts of an Office package in memory: read once, changed as XML trees, packed again in fixed order."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any, cast

from lxml import etree

from dipxl.files.packages import pack

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
etree.register_namespace("r", DOCUMENT)  # as openpyxl does, or bytes would differ with and without it in the process
M, R, P, T = (f"{{{namespace}}}" for namespace in (MAIN, DOCUMENT, RELATIONS, TYPES))

MOST_BYTES = 128 * 1024 * 1024  # unpacked
MOST_XML = 20 * 1024 * 1024  # of that; as a tree in memory it takes thirty times as much
MOST_PARTS = 2_000
CONTENT_TYPES = "[Content_Types].xml"
_LEVEL = 3  # packs in a fifth of the time of level 6, an eighth larger
_XML_NAME = re.compile(r".*\.(?:xml|rels|vml)", re.IGNORECASE)
_ODD_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\bencoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"'])", re.IGNORECASE
)
_SHEET_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews"),
    *("mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"),
    *("pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches"),
    *("ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_NO_RELATIONS = f'<Relationships xmlns="{RELATIONS}"/>'.encode()


class CannotPatch(Exception):  # noqa: N818  # a plain answer, "this one needs a fresh form", rather than a failure
    """This workbook cannot be changed in place; the reason is in plain Indonesian."""


class Package:
    """The parts of one workbook by name; a part that nobody changes keeps its bytes."""

    def __init__(self, data: bytes) -> None:
        self.parts = _unpacked(data)
        self._spelling = {name.casefold(): name for name in self.parts}
        self._trees: dict[str, etree._Element] = {}
        self._changed: dict[str, None] = {}

    def tree(self, name: str) -> etree._Element:
        """The root of a part, to look at."""
        if name not in self._trees:
            if name not in self.parts:
                raise CannotPatch(f"Bagian {name} tidak ada di dalam berkas.")
            self._trees[name] = parse(self.parts[name])
        return self._trees[name]

    def change(self, name: str) -> etree._Element:
        """The root of a part, to change."""
        self._changed[name] = None
        return self.tree(name)

    def is_changed(self, name: str) -> bool:
        return name in self._changed

    def add(self, name: str, data: bytes, content_type: str) -> None:
        """Add a part that is not there yet; what has lain there unrelated to anything was no part."""
        self.parts[name] = data
        self._spelling[name.casefold()] = name
        self.set_type(name, content_type)

    def drop(self, name: str) -> None:
        """Take away a part, and the parts that only it leads to."""
        if name not in self.parts:
            return
        further = [self.target(name, relation) for relation in self.relations(name) if not is_external(relation)]
        for gone in (name, relations_of(name)):
            self.parts.pop(gone, None)
            self._trees.pop(gone, None)
            self._changed.pop(gone, None)
            self._spelling.pop(gone.casefold(), None)
        if (override := self._override(name)) is not None:
            self.change(CONTENT_TYPES).remove(override)
        for part in further:
            self.drop(part)

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern such as "xl/comments{}.xml" that no part has."""
        names = (pattern.format(number) for number in count(1))
        return next(name for name in names if name.casefold() not in self._spelling)

    def content_type(self, name: str) -> str:
        override = self._override(name)
        return "" if override is None else override.get("ContentType", "")

    def set_type(self, name: str, content_type: str) -> None:
        types, override = self.change(CONTENT_TYPES), self._override(name)
        if override is None:
            override = etree.SubElement(types, f"{T}Override", {"PartName": f"/{name}"})
        override.set("ContentType", content_type)

    def relations(self, owner: str) -> list[etree._Element]:
        """The relations that a part ("" for the package) has."""
        name = relations_of(owner)
        return list(self.tree(name).iterchildren(f"{P}Relationship")) if name in self.parts else []

    def relation(self, owner: str, kind: str) -> etree._Element | None:
        """The first relation of a kind, such as "comments"."""
        return next((relation for relation in self.relations(owner) if kind_of(relation) == kind), None)

    def related(self, owner: str, kind: str) -> str | None:
        """The name of the first part related in this way."""
        relation = self.relation(owner, kind)
        return None if relation is None or is_external(relation) else self.target(owner, relation)

    def relate(self, owner: str, kind: str, target: str) -> str:
        """Relate a part to another; the id of the relation."""
        name = relations_of(owner)
        if name not in self.parts:
            self.parts[name] = _NO_RELATIONS
        used = {relation.get("Id") for relation in self.relations(owner)}
        new = next(f"rId{number}" for number in range(1, len(used) + 2) if f"rId{number}" not in used)
        path = posixpath.relpath(target, posixpath.dirname(owner) or ".")
        attributes = {"Id": new, "Type": f"{DOCUMENT}/{kind}", "Target": path}
        etree.SubElement(self.change(name), f"{P}Relationship", attributes)
        return new

    def unrelate(self, owner: str, relation: etree._Element) -> None:
        """Take away a relation, and the part of this package that it leads to."""
        if not is_external(relation):
            self.drop(self.target(owner, relation))
        self.change(relations_of(owner)).remove(relation)

    def target(self, owner: str, relation: etree._Element) -> str:
        """The name of the part that a relation leads to, as the package spells it."""
        path = relation.get("Target", "")
        name = path[1:] if path.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(owner), path))
        return self._spelling.get(name.casefold(), name)

    def owners(self) -> Iterator[str]:
        """Every part that has relations; "" is the package."""
        for name in [name for name in self.parts if name.endswith(".rels")]:
            folder, _, base = name.removesuffix(".rels").rpartition("_rels/")
            yield folder + base

    def packed(self) -> bytes:
        """The package as a file: fixed times and order, so that equal content gives equal bytes."""
        for name in self._changed:
            self.parts[name] = written(self._trees[name])
        return pack(self.parts, _LEVEL)

    def _override(self, name: str) -> etree._Element | None:
        wanted = f"/{name}".casefold()
        overrides = self.tree(CONTENT_TYPES).iterchildren(f"{T}Override")
        return next((one for one in overrides if one.get("PartName", "").casefold() == wanted), None)


def insert_ordered(root: etree._Element, element: etree._Element) -> etree._Element:
    """Put an element of a worksheet where the order of such elements asks for it."""
    places = {f"{M}{name}": place for place, name in enumerate(_SHEET_ORDER)}
    last = len(places)
    before = [child for child in root if places.get(child.tag, last) <= places[element.tag]]
    if before:
        before[-1].addnext(element)
    else:
        root.insert(0, element)
    return element


def forget(element: etree._Element, *names: str) -> None:
    """Take attributes away, if they are there."""
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


def finder(path: str) -> Callable[[etree._Element], list[etree._Element]]:
    """A search in spreadsheet markup, m being its prefix; far faster over a whole sheet than a loop."""
    xpath = etree.XPath(path, namespaces={"m": MAIN})

    def find(root: etree._Element) -> list[etree._Element]:
        return list(cast("Iterable[Any]", xpath(root)))

    return find


def kind_of(relation: etree._Element) -> str:
    """The last word of a relation's type, such as "hyperlink"."""
    return relation.get("Type", "").rpartition("/")[2]


def is_external(relation: etree._Element) -> bool:
    return relation.get("TargetMode", "").casefold() == "external"


def relations_of(owner: str) -> str:
    folder, base = posixpath.split(owner)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def parse(data: bytes) -> etree._Element:
    """The root of an XML part; no entity is resolved and nothing is fetched."""
    try:
        return etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CannotPatch("Sebagian isi berkas bukan XML yang utuh.") from error


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            _refuse_excess(members)
            parts = {member.filename: package.read(member) for member in members}
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error) as error:
        raise CannotPatch("Berkas ini bukan paket .xlsx yang utuh.") from error
    for name, part in parts.items():
        if _XML_NAME.fullmatch(name) and not _is_plain(part):
            raise CannotPatch("Sebagian isi berkas bukan UTF-8 atau memuat DOCTYPE.")
    if CONTENT_TYPES not in parts:
        raise CannotPatch("Berkas ini bukan paket .xlsx.")
    return parts


def _refuse_excess(members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename.casefold() for member in members}
    if len(names) < len(members):
        raise CannotPatch("Dua bagian di dalam berkas bernama sama.")
    total = sum(member.file_size for member in members)
    markup = sum(member.file_size for member in members if _XML_NAME.fullmatch(member.filename))
    if len(members) > MOST_PARTS or total > MOST_BYTES or markup > MOST_XML:
        raise CannotPatch("Isi berkas terlalu besar untuk ditandai di tempat.")


def _is_plain(part: bytes) -> bool:
    """True for UTF-8 without a document type; what is searched as bytes must be readable as bytes."""
    return b"\0" not in part and b"<!DOCTYPE" not in part and not _ODD_XML.match(part)
