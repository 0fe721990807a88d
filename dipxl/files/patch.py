"""Marks a returned .xlsx in place: a few parts of its package change, every other part keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from dipxl.files import layout, patch_notes
from dipxl.files.patch_cells import Cells
from dipxl.files.patch_form import FormSheet, list_names, restore_sheet, rules
from dipxl.files.patch_front import SHEET_TYPE, FrontSheet, front_part, place_of
from dipxl.files.patch_lists import defined_names, restore_lists
from dipxl.files.patch_package import CannotPatch, M, Package, R, forget, kind_of
from dipxl.files.patch_safety import Removal, disarm_package, disarm_sheet
from dipxl.files.patch_strings import Strings
from dipxl.files.patch_styles import Styles

_ODD = (ArithmeticError, AttributeError, LookupError, RuntimeError, StopIteration, TypeError, ValueError)  # odd markup
_WORTH_PARSING = re.compile(
    rb"<(?:[\w.-]+:)?(?:f|formula[12]?|hyperlinks|oleObjects|controls|legacyDrawing|AlternateContent|cfvo"
    rb"|webPublishItems|dataConsolidate)[\s/>]"
)
_SELECTED = re.compile(rb"(<(?:[\w.-]+:)?sheetView\b[^<>]*?)\stabSelected\s*=\s*(?:\"\w*\"|'\w*')")


@dataclass(frozen=True)
class SheetPatch:
    """What to change on one sheet, by address: texts to write, roles of the theme as marks, notes.

    The rows of `fitted` are made high enough for texts by Excel letters.
    A sheet of dipxl's `form` gets back what it has lost of that.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    looks: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    fitted: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    form: FormSheet | None = None


@dataclass(frozen=True)
class Patched:
    """The changed workbook, always an .xlsx, and what of the old one it does not carry."""

    data: bytes
    removed: tuple[Removal, ...] = ()


Front = Callable[[Sequence[Removal]], FrontSheet]


def patch(data: bytes, sheets: Mapping[str, SheetPatch], front: Front | None = None) -> Patched:
    """Take away what an earlier round left and what leads elsewhere, then mark.

    `sheets` are by title; `front` makes the first sheet out of what was removed. Raises CannotPatch for a
    workbook that is too odd to be changed with care.
    """
    try:
        return _patched(data, sheets, front)
    except (*_ODD, etree.LxmlError) as error:
        raise CannotPatch("Susunan berkas ini tidak lazim.") from error


def _patched(data: bytes, sheets: Mapping[str, SheetPatch], front: Front | None) -> Patched:
    book = _Book(Package(data))
    removed = [*disarm_package(book.package, book.part)]
    for title, part in book.sheets().items():
        removed += book.patch_sheet(title, part, sheets.get(title, SheetPatch()))
    removed += book.restore_lists()
    book.drop_front()
    if front:
        book.insert_front(front(removed))
    return Patched(book.packed(), tuple(removed))


class _Book:
    """The workbook part of a package, and the tables that its sheets share."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.related("", "officeDocument") or ""
        self.root = package.tree(self.part)
        if self.root.tag != f"{M}workbook":
            raise CannotPatch("Berkas ini memakai ragam .xlsx yang ketat atau bentuk lain.")
        self._listed = self._must("sheets")
        self._styles = Styles(package, self.part)
        self._strings = Strings(package, self.part)
        self._unmarked = self._styles.unmarked()
        self._frozen = False
        self._lists: set[str] = set()

    def sheets(self) -> dict[str, str]:
        """The part of each worksheet by title."""
        parts = {}
        for sheet in self._listed:
            kind, part = kind_of(self._relation_of(sheet)), self._part_of(sheet)
            if kind == "chartsheet" and self.package.tree(part).tag == f"{M}chartsheet":
                continue
            if kind != "worksheet":
                raise CannotPatch("Berkas ini memuat lembar dialog atau lembar lain yang tidak lazim.")
            if not _is_front(sheet):
                parts[sheet.get("name", "")] = part
        return parts

    def patch_sheet(self, title: str, part: str, wanted: SheetPatch) -> Iterator[Removal]:
        """Remove earlier marks and what is unsafe from a sheet, then mark it."""
        asked = wanted != SheetPatch()
        worth = asked or self._unmarked or self.package.relations(part)
        if not (worth or _WORTH_PARSING.search(self.package.parts[part])):
            return
        root = self.package.tree(part)
        before = b"" if asked else etree.tostring(root)
        cells = Cells(root)
        cells.restyle(self._unmarked)
        for address, formula in cells.freeze(self._strings):
            self._frozen = True
            yield Removal("rumus", title, address, formula)
        yield from disarm_sheet(self.package, part, title, root)
        yield from self._restore(title, cells, wanted.form)
        yield from self._mark(title, cells, wanted)
        notes = {cells.anchor(address): text for address, text in wanted.notes.items()}
        for address in patch_notes.update(self.package, part, cells, notes):
            yield Removal("catatan", title, address, notes[address])
        if etree.tostring(root) != before if before else asked:
            self.package.change(part)

    def restore_lists(self) -> Iterator[Removal]:
        """Give the drop-downs of the form's sheets their lists back."""
        if self._lists and restore_lists(self.package, self.part, rules().lists, self._lists, self._strings):
            yield Removal("daftar", layout.LISTS_SHEET)

    def drop_front(self) -> None:
        """Take away the front sheet of an earlier round."""
        for place, sheet in enumerate(self._listed):
            if _is_front(sheet):
                self.package.unrelate(self.part, self._relation_of(sheet))
                self.package.change(self.part)
                self._listed.remove(sheet)
                self._renumber({n: n - 1 if n > place else n for n in range(len(self._listed) + 1) if n != place})
                return

    def insert_front(self, front: FrontSheet) -> None:
        """Put the front sheet before all others and open the workbook at it."""
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        self.package.add(part, front_part(front, self._strings, self._styles), SHEET_TYPE)
        self._deselect()
        numbers = [int(sheet.get("sheetId", "0")) for sheet in self._listed]
        sheet = etree.Element(f"{M}sheet", {"name": front.title, "sheetId": str(max(numbers, default=0) + 1)})
        sheet.set(f"{R}id", self.package.relate(self.part, "worksheet", part))
        self.package.change(self.part)
        self._listed.insert(0, sheet)
        self._renumber({number: number + 1 for number in range(len(self._listed))})
        if front.heading_row:
            self._repeat_heading(front)
        for view in self.root.iterfind(f"{M}bookViews/{M}workbookView"):
            view.attrib.update({"firstSheet": "0", "activeTab": "0"})

    def packed(self) -> bytes:
        self._strings.finish()
        chain = self.package.relation(self.part, "calcChain")
        if self._frozen and chain is not None:
            self.package.unrelate(self.part, chain)
        return self.package.packed()

    def _restore(self, title: str, cells: Cells, form: FormSheet | None) -> Iterator[Removal]:
        for one in restore_sheet(cells, form, self._styles, self._strings) if form else ():
            yield Removal(one.kind, title, what=", ".join(one.labels))
        self._lists |= list_names(cells.root) if form else set()

    def _mark(self, title: str, cells: Cells, wanted: SheetPatch) -> Iterator[Removal]:
        for address, text in wanted.texts.items():
            if cells.anchor(address) == address:
                cells.set_text(address, text, self._strings)
                self._frozen = True
            else:
                yield Removal("isi", title, address, text)
        for address, role in wanted.looks.items():
            cell = cells.cell(cells.anchor(address))
            cell.set("s", self._styles.marked(cell.get("s", "0"), role))
        for number, texts in wanted.fitted.items():
            cells.fit_row(number, texts)

    def _must(self, name: str) -> etree._Element:
        found = self.root.find(f"{M}{name}")
        if found is None:
            raise CannotPatch("Daftar lembar di berkas ini tidak lengkap.")
        return found

    def _relation_of(self, sheet: etree._Element) -> etree._Element:
        relations = self.package.relations(self.part)
        return next(relation for relation in relations if relation.get("Id") == sheet.get(f"{R}id"))

    def _part_of(self, sheet: etree._Element) -> str:
        return self.package.target(self.part, self._relation_of(sheet))

    def _renumber(self, new: Mapping[int, int]) -> None:
        """Names and views count sheets by their place, which has changed."""
        for name in self.root.findall(f"{M}definedNames/{M}definedName[@localSheetId]"):
            place = new.get(int(name.get("localSheetId", "0")))
            if place is None:
                _remove(name)
            else:
                name.set("localSheetId", str(place))
        for view in self.root.iterfind(f"{M}bookViews/{M}workbookView"):
            for key in [key for key in ("activeTab", "firstSheet") if view.get(key)]:
                view.set(key, str(new.get(int(view.get(key, "0")), self._first_visible())))

    def _first_visible(self) -> int:
        seen = [place for place, sheet in enumerate(self._listed) if sheet.get("state", "visible") == "visible"]
        return seen[0] if seen else 0

    def _repeat_heading(self, front: FrontSheet) -> None:
        """Let the rows down to the heading print on every page."""
        names = defined_names(self.root)
        name = etree.SubElement(names, f"{M}definedName", {"name": "_xlnm.Print_Titles", "localSheetId": "0"})
        name.text = place_of(front.title, f"${front.heading_row}:${front.heading_row}")

    def _deselect(self) -> None:
        """No sheet but the front one is selected: what one types would go into all that are."""
        for part in map(self._part_of, self._listed):
            if self.package.is_changed(part):
                for view in self.package.tree(part).iterfind(f"{M}sheetViews/{M}sheetView"):
                    forget(view, "tabSelected")
            else:
                head, sign, rest = self.package.parts[part].partition(b"sheetData")
                self.package.parts[part] = _SELECTED.sub(rb"\1", head) + sign + rest


def _is_front(sheet: etree._Element) -> bool:
    return sheet.get("name", "").casefold() == layout.REPAIR_SHEET.casefold()


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
        if not len(parent):
            _remove(parent)
