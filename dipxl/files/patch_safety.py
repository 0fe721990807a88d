"""Takes from a workbook what would run or lead elsewhere when the next person opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from dipxl.files.patch_outward import ERROR, disarm_drawings, leads_out, reaches_out
from dipxl.files.patch_package import (
    CONTENT_TYPES,
    CannotPatch,
    M,
    Package,
    R,
    T,
    finder,
    forget,
    is_external,
    kind_of,
    relations_of,
)
from dipxl.model.text import excerpt

SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
NOWHERE = "about:blank"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PRINTER_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"
_MACROS = ("vbaProject", "wordVbaData", "extensibility", "userCustomization", "attachedToolbars")
_ADD_INS = ("webextensiontaskpanes",)
_OUTSIDE = ("externalLink", "externalLinkPath", "volatileDependencies")
_OF_SHEETS = ("oleObject", "package", "control")
_UNWANTED = {
    **dict.fromkeys((*_MACROS, *_ADD_INS), "makro"),
    **dict.fromkeys(_OUTSIDE, "berkas lain"),
    **dict.fromkeys(_OF_SHEETS, "objek"),
    "origin": "tanda tangan digital",  # of the file as it was, which it is no longer
}
_BEYOND = {
    "xlMacrosheet": "Berkas ini memuat lembar makro.",
    "xlIntlMacrosheet": "Berkas ini memuat lembar makro.",
    "connections": "Berkas ini terhubung ke sumber data lain.",
    "queryTable": "Berkas ini terhubung ke sumber data lain.",
    "powerPivotData": "Berkas ini terhubung ke sumber data lain.",
    "xmlMaps": "Berkas ini terikat pada data XML.",
}
_ACTIVE = {
    "makro": re.compile(r"vba(?:Project|Data)|/macrosheets/", re.IGNORECASE),
    "berkas lain": re.compile(r"/externalLinks/", re.IGNORECASE),
    "objek": re.compile(r"/(?:activeX|embeddings)/", re.IGNORECASE),
}
_MASHUP = re.compile(rb"<(?:\w+:)?DataMashup\b")
_NAMED = " or ".join(f"local-name()='{name}'" for name in ("f", "formula", "formula1", "formula2"))
_RULES = finder(f"*[not(self::m:sheetData)]/descendant::*[{_NAMED}]")


@dataclass(frozen=True)
class Removal:
    """Something that the marked copy does not carry, or not as it was.

    `kind` is one of: rumus (now its stored value), tautan, makro, berkas lain, objek, tanda tangan digital,
    catatan (dipxl's note found no room), isi (dipxl's text found no cell); or of what the form had lost and has again:
    pilihan, format, daftar.
    """

    kind: str
    sheet: str = ""
    cell: str = ""
    what: str = ""


def disarm_package(package: Package, workbook: str) -> Iterator[Removal]:
    """Drop macros, external workbooks and embedded objects; lead every other way out nowhere."""
    for owner in list(package.owners()):
        for relation in package.relations(owner):
            kind = kind_of(relation)
            if kind in _BEYOND:
                raise CannotPatch(_BEYOND[kind])
            _refuse_held(owner, kind)
            if kind in _UNWANTED or _is_mashup(package, owner, relation):
                yield Removal(_UNWANTED.get(kind, "berkas lain"), what=excerpt(relation.get("Target", "")))
                package.unrelate(owner, relation)
            elif is_external(relation) and not _is_of_sheet(package, owner, kind) and not _is_safe(relation):
                yield Removal("tautan", what=excerpt(relation.get("Target", "")))
                package.change(relations_of(owner))
                relation.set("Target", NOWHERE)
    for kind, active in _ACTIVE.items():
        for name in [name for name in package.parts if active.search(name)]:
            yield Removal(kind, what=excerpt(name))
            package.drop(name)  # nothing leads to it, but a scanner of mail would find it
    yield from _disarm_workbook(package, workbook)
    yield from _disarm_tables(package)
    yield from (Removal(kind, what=excerpt(what)) for kind, what in disarm_drawings(package))


def _refuse_held(owner: str, kind: str) -> None:
    """Refuse what could not be taken away without breaking the part that holds it."""
    if kind in _OF_SHEETS and not owner.startswith("xl/worksheets/"):
        raise CannotPatch("Berkas ini memuat objek di dalam gambar atau diagram.")
    if kind == "externalLinkPath" and owner.startswith(("xl/pivotCache/", "xl/charts/")):
        raise CannotPatch("Berkas ini memuat ringkasan atau diagram dari berkas lain.")


def _is_mashup(package: Package, owner: str, relation: etree._Element) -> bool:
    """True for the place where Power Query keeps what it would fetch."""
    if kind_of(relation) != "customXml" or is_external(relation):
        return False
    return bool(_MASHUP.search(package.parts.get(package.target(owner, relation), b"")))


def disarm_sheet(package: Package, part: str, title: str, root: etree._Element) -> Iterator[Removal]:
    """Take the unsafe links, objects and rules from a sheet."""
    yield from _disarm_links(package, part, title, root)
    known = {relation.get("Id") for relation in package.relations(part)}
    for element in list(root.iter(f"{M}oleObject", f"{M}control")):
        if element.get(f"{R}id") not in known:
            _drop_wrapped(element)
    for control in root.iter(f"{M}controlPr"):
        if control.get("macro"):
            yield Removal("makro", title, what=excerpt(control.get("macro", "")))
            forget(control, "macro")
    yield from _disarm_elements(title, root)
    for formula in _RULES(root):
        if reaches_out(formula.text or ""):
            yield Removal("berkas lain", title, what=excerpt(formula.text or ""))
            formula.text = ERROR


def _disarm_elements(title: str, root: etree._Element) -> Iterator[Removal]:
    """Take from a sheet what publishes it or gathers from elsewhere; a limit taken from elsewhere becomes 0."""
    for name in ("webPublishItems", "dataConsolidate"):
        for element in root.findall(f"{M}{name}"):
            told = [one for one in element.iter() if one.get("destinationFile") or one.get(f"{R}id")]
            if told:
                yield Removal("berkas lain", title, what=excerpt(told[0].get("destinationFile", name)))
                root.remove(element)
    for limit in root.iterfind(f"{M}conditionalFormatting//{M}cfvo"):
        if reaches_out(limit.get("val", "")):
            yield Removal("berkas lain", title, what=excerpt(limit.get("val", "")))
            limit.attrib.update({"type": "num", "val": "0"})


def _is_of_sheet(package: Package, owner: str, kind: str) -> bool:
    return kind == "hyperlink" and "worksheet+xml" in (package.content_type(owner) if owner else "")


def _is_safe(relation: etree._Element) -> bool:
    """True for a link that a person follows knowingly; pictures and templates from afar are fetched unasked."""
    return kind_of(relation) == "hyperlink" and bool(SAFE_LINK.match(relation.get("Target", "").strip()))


def _disarm_links(package: Package, part: str, title: str, root: etree._Element) -> Iterator[Removal]:
    relations = {relation.get("Id"): relation for relation in package.relations(part)}
    for links in root.findall(f"{M}hyperlinks"):
        for link in list(links):
            relation = relations.get(link.get(f"{R}id"))
            target = relation.get("Target", "") if relation is not None else link.get("location", "")
            unsafe = leads_out(target) if relation is None else is_external(relation) and not _is_safe(relation)
            if unsafe:
                yield Removal("tautan", title, link.get("ref", ""), excerpt(target))
                links.remove(link)
        if not len(links):
            root.remove(links)
    used = {link.get(f"{R}id") for link in root.iterfind(f"{M}hyperlinks/{M}hyperlink")}
    for name, relation in relations.items():
        if kind_of(relation) == "hyperlink" and name not in used:
            package.change(relations_of(part)).remove(relation)


def _drop_wrapped(element: etree._Element) -> None:
    """Take away an element, and around it what would be left empty."""
    parent = element.getparent()
    while parent is not None and parent.tag != f"{M}worksheet":
        alternative = parent.tag.endswith("}AlternateContent")
        if len(parent) > 1 and not alternative and not parent.tag.endswith("}Choice"):
            break
        element, parent = parent, parent.getparent()
    if parent is not None:
        parent.remove(element)


def _disarm_workbook(package: Package, workbook: str) -> Iterator[Removal]:
    if package.content_type(workbook) != _BOOK_TYPE:
        package.set_type(workbook, _BOOK_TYPE)
    _forget_macro_type(package)
    root = package.tree(workbook)
    for unwanted in ("externalReferences", "webPublishing", "webPublishObjects"):
        for element in root.findall(f"{M}{unwanted}"):
            if unwanted == "webPublishObjects":
                yield Removal("berkas lain", what=unwanted)
            package.change(workbook).remove(element)
    for name in root.findall(f"{M}definedNames/{M}definedName"):
        macro = any(name.get(key) in ("1", "true") for key in ("function", "vbProcedure", "xlm"))
        if macro or reaches_out(name.text or ""):
            yield Removal("makro" if macro else "berkas lain", what=excerpt(f"{name.get('name')} = {name.text}"))
            package.change(workbook)
            forget(name, "function", "vbProcedure", "xlm")
            name.text = ERROR


def _forget_macro_type(package: Package) -> None:
    """Other parts may end in .bin too, but none of them is a macro any more."""
    for one in package.tree(CONTENT_TYPES).iterchildren(f"{T}Default"):
        if "vbaProject" in one.get("ContentType", ""):
            package.change(CONTENT_TYPES)
            one.set("ContentType", _PRINTER_TYPE)


def _disarm_tables(package: Package) -> Iterator[Removal]:
    """A table fills its formula into every new row, so none may reach out."""
    for name in [name for name, part in package.parts.items() if b"calculatedColumnFormula" in part]:
        for formula in list(package.tree(name).iter(f"{M}calculatedColumnFormula")):
            if reaches_out(formula.text or "") and (column := formula.getparent()) is not None:
                yield Removal("berkas lain", what=excerpt(formula.text or ""))
                package.change(name)
                column.remove(formula)
