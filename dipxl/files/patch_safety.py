"""Takes from a workbook what would run or lead elsewhere when the next person opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from dipxl.files.patch_package import CannotPatch, M, Package, R, finder, forget, is_external, kind_of, relations_of
from dipxl.model.text import excerpt

SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
NOWHERE = "about:blank"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = ("vbaProject", "wordVbaData", "extensibility", "userCustomization", "attachedToolbars")
_OUTSIDE = ("externalLink", "externalLinkPath")
_OF_SHEETS = ("oleObject", "package", "control")
_UNWANTED = {
    **dict.fromkeys(_MACROS, "makro"),
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
}
_ERROR = "#REF!"
_LONGEST_FORMULA = 8192

# A formula that reaches beyond the workbook: [1]Sheet!A1, program|topic!item, or a function that calls out.
_REACHES_OUT = re.compile(
    r"(?<![\w\]])\[[^\]\[]+\][^-,;()+*/&=<> ]*!|'[^']*\[[^']*'!"
    r"|\|[^,;()]*!|\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC)\(",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"[^"]*"')
_ACTIVE = re.compile(r"vba(?:Project|Data)|/(?:activeX|externalLinks|embeddings|macrosheets)/", re.IGNORECASE)
_MACRO_NAMED = re.compile(rb"(<[^<>]*\smacro\s*=\s*)(?:\"[^\"<]+\"|'[^'<]+')")
_HREF = re.compile(rb"(<[^<>]*)\s(?:\w+:)?href\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")
_MACRO_DRAWN = re.compile(rb"<(\w+:)?FmlaMacro>[^<]*</(\w+:)?FmlaMacro>")
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
            if kind in _OF_SHEETS and not owner.startswith("xl/worksheets/"):
                raise CannotPatch("Berkas ini memuat objek di dalam gambar atau diagram.")
            if kind in _UNWANTED:
                yield Removal(_UNWANTED[kind], what=excerpt(relation.get("Target", "")))
                package.unrelate(owner, relation)
            elif is_external(relation) and not _is_of_sheet(package, owner, kind) and not _is_safe(relation):
                yield Removal("tautan", what=excerpt(relation.get("Target", "")))
                package.change(relations_of(owner))
                relation.set("Target", NOWHERE)
    for name in [name for name in package.parts if _ACTIVE.search(name)]:
        package.drop(name)  # nothing leads to it, but a scanner of mail would find it
    yield from _disarm_workbook(package, workbook)
    yield from _disarm_tables(package)
    _disarm_drawings(package)


def disarm_sheet(package: Package, part: str, title: str, root: etree._Element) -> Iterator[Removal]:
    """Take the unsafe links, objects and rules from a sheet."""
    yield from _disarm_links(package, part, title, root)
    known = {relation.get("Id") for relation in package.relations(part)}
    for element in list(root.iter(f"{M}oleObject", f"{M}control")):
        if element.get(f"{R}id") not in known:
            _drop_wrapped(element)
    for control in root.iter(f"{M}controlPr"):
        forget(control, "macro")
    for formula in _RULES(root):
        if reaches_out(formula.text or ""):
            yield Removal("berkas lain", title, what=excerpt(formula.text or ""))
            formula.text = _ERROR


def reaches_out(formula: str) -> bool:
    """True for a formula that leads to another file, program or server."""
    return len(formula) > _LONGEST_FORMULA or bool(_REACHES_OUT.search(_QUOTED.sub('""', formula)))


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
            if relation is not None and is_external(relation) and not _is_safe(relation):
                yield Removal("tautan", title, link.get("ref", ""), excerpt(relation.get("Target", "")))
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
    root = package.tree(workbook)
    for element in root.findall(f"{M}externalReferences"):
        package.change(workbook).remove(element)
    for name in root.findall(f"{M}definedNames/{M}definedName"):
        macro = any(name.get(key) in ("1", "true") for key in ("function", "vbProcedure", "xlm"))
        if macro or reaches_out(name.text or ""):
            yield Removal("makro" if macro else "berkas lain", what=excerpt(f"{name.get('name')} = {name.text}"))
            package.change(workbook)
            forget(name, "function", "vbProcedure", "xlm")
            name.text = _ERROR


def _disarm_tables(package: Package) -> Iterator[Removal]:
    """A table fills its formula into every new row, so none may reach out."""
    for name in [name for name, part in package.parts.items() if b"calculatedColumnFormula" in part]:
        for formula in list(package.tree(name).iter(f"{M}calculatedColumnFormula")):
            if reaches_out(formula.text or "") and (column := formula.getparent()) is not None:
                yield Removal("berkas lain", what=excerpt(formula.text or ""))
                package.change(name)
                column.remove(formula)


def _disarm_drawings(package: Package) -> None:
    """Shapes and buttons that would call a macro, even one in another file, call none; old shapes have no links."""
    for name, part in package.parts.items():
        if name.casefold().endswith((".xml", ".vml")) and (b"acro" in part) and "/drawings/" in name:
            package.parts[name] = _MACRO_DRAWN.sub(b"", _MACRO_NAMED.sub(rb'\1""', part))
        if name.casefold().endswith(".vml"):
            package.parts[name] = _HREF.sub(rb"\1", package.parts[name])
