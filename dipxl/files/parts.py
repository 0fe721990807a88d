"""Finds the parts of an Excel package by their relationships, under whatever name, prefix or encoding they come."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}


@dataclass(frozen=True)
class Relation:
    """Where a part points: `kind` is the last word of its type, such as "worksheet" or "hyperlink"."""

    kind: str
    target: str


@dataclass(frozen=True)
class SheetPart:
    """A worksheet of a package: its title, whether people see it, its XML, the targets of its links, its notes."""

    title: str
    hidden: bool
    data: bytes
    links: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[bytes, ...] = ()
    threads: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class BookParts:
    """What a workbook is made of; `usual` is False where a reader that guesses names would miss some of it."""

    sheets: tuple[SheetPart, ...]
    styles: bytes
    strings: bytes
    from_1904: bool
    usual: bool


class Package:
    """The parts of a package by name; case, backslashes and a leading slash make no difference."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = {_key(name): data for name, data in parts.items()}

    def part(self, name: str) -> bytes:
        """The bytes of a part, b"" where it is missing."""
        return self._parts.get(_key(name), b"")

    def relations(self, name: str) -> dict[str, Relation]:
        """Where a part points, by relationship id; targets inside the package are full names."""
        folder, base = posixpath.split(_key(name))
        data = self.part(f"{folder}/_rels/{base}.rels")
        return {row.get("Id", ""): _relation(row, folder) for row in elements(data, "Relationship")} if data else {}


def elements(data: bytes, *names: str) -> Iterator[etree._Element]:
    """The elements of a part with these names, whatever their namespace."""
    if data:
        root = etree.fromstring(data, etree.XMLParser(**PARSER_OPTIONS))  # type: ignore[arg-type] # the stubs want each option by itself
        yield from root.iter(*(f"{{*}}{name}" for name in names))


def workbook(parts: Mapping[str, bytes]) -> BookParts | None:
    """The workbook in a package, or None where it holds none."""
    package = Package(parts)
    name = next((r.target for r in package.relations("").values() if r.kind == "officeDocument"), "xl/workbook.xml")
    data = package.part(name)
    if not data:
        return None
    relations = package.relations(name)
    sheets = tuple(_sheets(package, data, relations))
    found = {r.kind: r.target for r in relations.values()}
    styles, strings = (package.part(found.get(kind, "")) for kind in ("styles", "sharedStrings"))
    usual = name == "xl/workbook.xml" and found.get("sharedStrings", "xl/sharedstrings.xml") == "xl/sharedstrings.xml"
    usual = usual and found.get("styles", "xl/styles.xml") == "xl/styles.xml"
    usual = usual and not any(_is_wide(part) for part in (data, styles, strings, *(sheet.data for sheet in sheets)))
    from_1904 = any(row.get("date1904") in ("1", "true") for row in elements(data, "workbookPr"))
    return BookParts(sheets, styles, strings, from_1904, usual)


def _sheets(package: Package, book: bytes, relations: Mapping[str, Relation]) -> Iterator[SheetPart]:
    """The worksheets in the order of their tabs; sheets of charts and macros hold no cells."""
    for row in elements(book, "sheet"):
        relation = relations.get(_relation_id(row))
        if relation is None or not package.part(relation.target):
            raise ValueError(f"no part for sheet {row.get('name')}")
        if relation.kind == "worksheet":
            yield _sheet(package, row, relation.target)


def _sheet(package: Package, row: etree._Element, name: str) -> SheetPart:
    relations = package.relations(name).items()
    return SheetPart(
        row.get("name", ""),
        row.get("state", "visible") != "visible",
        package.part(name),
        {key: relation.target for key, relation in relations if relation.kind == "hyperlink"},
        tuple(package.part(relation.target) for _, relation in relations if relation.kind == "comments"),
        tuple(package.part(relation.target) for _, relation in relations if relation.kind == "threadedComment"),
    )


def _relation_id(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def _relation(row: etree._Element, folder: str) -> Relation:
    kind = row.get("Type", "").rsplit("/", 1)[-1]
    target = row.get("Target", "")
    if row.get("TargetMode") == "External" or kind == "hyperlink":
        return Relation(kind, target)
    return Relation(kind, _key(posixpath.normpath(posixpath.join("/", folder, target))))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _is_wide(data: bytes) -> bool:
    """True for a part in UTF-16 or UTF-32, which readers of bytes take for empty."""
    return b"\0" in data[:200]
