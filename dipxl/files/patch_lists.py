"""The lists behind a form's drop-downs: a hidden sheet, and the defined names that lead to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lxml import etree

from dipxl.files import layout
from dipxl.files.patch_cells import Cells
from dipxl.files.patch_package import MAIN, M, Package, R, insert_ordered
from dipxl.files.patch_strings import Strings

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_KEPT = (f"{M}sheetPr", f"{M}sheetViews", f"{M}sheetFormatPr")
_NO_CELLS = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
_BROKEN = "#REF!"


def restore_lists(
    package: Package, workbook: str, lists: Mapping[str, Sequence[str]], needed: Collection[str], strings: Strings
) -> bool:
    """Write the lists anew if the sheet or a needed name is gone or leads nowhere; True if one was lost."""
    root = package.tree(workbook)
    names = {name.get("name"): name.text or "" for name in root.iterfind(f"{M}definedNames/{M}definedName")}
    if _listed(root) is not None and all(_BROKEN not in names.get(name, _BROKEN) for name in needed):
        return False
    package.change(workbook)
    cells = _emptied(package, workbook, root)
    wanted = [name for name in lists if name in needed or name in names]
    for place, name in enumerate(wanted):
        letter = layout.letters(place)
        for number, choice in enumerate(lists[name], start=1):
            cells.set_text(f"{letter}{number}", choice, strings)
        _set_name(root, name, f"{layout.LISTS_SHEET}!${letter}$1:${letter}${len(lists[name])}")
    return True


def defined_names(root: etree._Element) -> etree._Element:
    """The workbook's list of names, made where there is none."""
    names = root.find(f"{M}definedNames")
    if names is None:
        names = etree.Element(f"{M}definedNames")
        before = root.find(f"{M}functionGroups")
        before = root.find(f"{M}sheets") if before is None else before
        if before is not None:
            before.addnext(names)
    return names


def _set_name(root: etree._Element, name: str, place: str) -> None:
    names = defined_names(root)
    found = next((one for one in names if one.get("name") == name), None)
    if found is None:
        found = etree.SubElement(names, f"{M}definedName", {"name": name})
    found.text = place


def _listed(root: etree._Element) -> etree._Element | None:
    return next((one for one in root.iterfind(f"{M}sheets/{M}sheet") if one.get("name") == layout.LISTS_SHEET), None)


def _emptied(package: Package, workbook: str, root: etree._Element) -> Cells:
    """The sheet of lists without its cells, at the end of the hidden ones where it has to be made."""
    listed = _listed(root)
    if listed is None:
        tree = package.change(_added(package, workbook, root))
    else:
        relations = {one.get("Id"): one for one in package.relations(workbook)}
        tree = package.change(package.target(workbook, relations[listed.get(f"{R}id")]))
    for element in [element for element in tree if element.tag not in _KEPT]:
        tree.remove(element)
    insert_ordered(tree, etree.Element(f"{M}sheetData"))
    return Cells(tree)


def _added(package: Package, workbook: str, root: etree._Element) -> str:
    sheets = root.find(f"{M}sheets")
    part = package.free_name("xl/worksheets/sheet{}.xml")
    package.add(part, _NO_CELLS, SHEET_TYPE)
    ids = [int(one.get("sheetId", "0")) for one in root.iterfind(f"{M}sheets/{M}sheet")]
    told = {"name": layout.LISTS_SHEET, "sheetId": str(max(ids, default=0) + 1), "state": "hidden"}
    if sheets is not None:
        etree.SubElement(sheets, f"{M}sheet", told).set(f"{R}id", package.relate(workbook, "worksheet", part))
    return part
