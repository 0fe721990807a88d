"""Notes on cells: dipxl's lines are put under what a person wrote there, and taken away again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count

from lxml import etree

from dipxl.files import layout
from dipxl.files.patch_cells import Cells, split
from dipxl.files.patch_package import MAIN, CannotPatch, M, Package, R, insert_ordered
from dipxl.files.patch_strings import clean

AUTHOR = "dipxl"
WIDTH, HEIGHT = 320, 110  # pixels that a note takes
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NO_COMMENTS = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
_NAMESPACES = (
    b' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_NO_DRAWING = b"<xml%b></xml>" % _NAMESPACES
_NOTE_TYPE = (
    b'<v:shapetype%b id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
) % _NAMESPACES
_SHAPE = (
    '<v:shape{spaces} id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;width:240pt;height:82.5pt;'
    'z-index:{id};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox '
    'style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)

# Drawings of this kind need not be XML that a parser takes, so they are searched as text.
_DRAWN = re.compile(rb"<[\w.-]+:shape[\s>](?:[^<]++|<(?!/?[\w.-]+:shape[\s>]))*</[\w.-]+:shape>")
_IS_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_ROW = re.compile(rb"<[\w.-]+:Row>\s*(\d+)\s*</")
_COLUMN = re.compile(rb"<[\w.-]+:Column>\s*(\d+)\s*</")
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")


def update(package: Package, sheet: str, cells: Cells, notes: Mapping[str, str]) -> list[str]:
    """Take dipxl's earlier lines from the notes of a sheet and add new ones; the cells that can have none."""
    part = package.related(sheet, "comments")
    if part is None and not notes:
        return []
    threads = _in_threads(package, sheet)
    wanted = {address: text for address, text in notes.items() if address not in threads}
    if part is None and wanted:
        part = package.free_name("xl/comments{}.xml")
        package.add(part, _NO_COMMENTS, _COMMENTS_TYPE)
        package.relate(sheet, "comments", part)
    if part is not None and (wanted or _holds_ours(package.tree(part))):
        _rewrite(package.change(part), wanted, threads)
        _draw(package, sheet, cells, {split(one.get("ref", "")) for one in _comments(package.tree(part))})
        if next(_comments(package.tree(part)), None) is None:
            package.unrelate(sheet, _must(package.relation(sheet, "comments")))
    return [address for address in notes if address in threads]


def _must(element: etree._Element | None) -> etree._Element:
    if element is None:
        raise CannotPatch("Catatan sel di berkas ini tidak lengkap.")
    return element


def _comments(root: etree._Element) -> Iterator[etree._Element]:
    return root.iterfind(f"{M}commentList/{M}comment")


def _in_threads(package: Package, sheet: str) -> set[str]:
    """The cells with a conversation, which newer programs show instead of the note."""
    part = package.related(sheet, "threadedComment")
    return {element.get("ref", "") for element in package.tree(part)} if part else set()


def _texts(comment: etree._Element) -> list[etree._Element]:
    return [*comment.iterfind(f"{M}text/{M}t"), *comment.iterfind(f"{M}text/{M}r/{M}t")]


def _holds_ours(root: etree._Element) -> bool:
    return any(_our_spans("".join(t.text or "" for t in _texts(comment))) for comment in _comments(root))


def _our_spans(text: str) -> list[tuple[int, int]]:
    """Where dipxl's lines stand in a note, each with the line break after it."""
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.startswith(layout.CHANGED_NOTE):
            spans.append((start, start + len(line)))
        start += len(line)
    return spans


def _rewrite(root: etree._Element, notes: Mapping[str, str], threads: set[str]) -> None:
    listed = _must(root.find(f"{M}commentList"))
    found = {}
    for comment in list(_comments(root)):
        address = comment.get("ref", "")
        if address not in threads and not _without_ours(comment) and address not in notes:
            listed.remove(comment)
        found[address] = comment
    for address, text in notes.items():
        if address not in found:
            found[address] = etree.SubElement(listed, f"{M}comment", {"ref": address, "authorId": _author(root)})
        _append(found[address], text)


def _without_ours(comment: etree._Element) -> bool:
    """Take dipxl's lines from a note; False when nothing else was in it."""
    texts = _texts(comment)
    whole = "".join(t.text or "" for t in texts)
    spans = _our_spans(whole)
    if not spans:
        return True
    kept = [place for place in range(len(whole)) if not any(first <= place < last for first, last in spans)]
    while kept and whole[kept[-1]] == "\n":
        kept.pop()
    start = 0
    for t in texts:
        end = start + len(t.text or "")
        t.text = "".join(whole[place] for place in kept if start <= place < end)
        start = end
        if not t.text:
            _drop_run(t)
    return bool(kept)


def _drop_run(t: etree._Element) -> None:
    run = _must(t.getparent())
    if run.tag == f"{M}r":
        _must(run.getparent()).remove(run)
    else:
        run.remove(t)


def _author(root: etree._Element) -> str:
    authors = _must(root.find(f"{M}authors"))
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{M}author").text = AUTHOR
        names.append(AUTHOR)
    return str(names.index(AUTHOR))


def _append(comment: etree._Element, text: str) -> None:
    """Add dipxl's lines to a note, each with its sign in front: what stands without it is a person's."""
    held = comment.find(f"{M}text")
    if held is None:
        held = etree.Element(f"{M}text")
        comment.insert(0, held)
    said = _texts(comment)
    lines = "\n".join(layout.CHANGED_NOTE + line for line in clean(text).splitlines() if line.strip())
    run = etree.Element(f"{M}r")
    look = etree.SubElement(run, f"{M}rPr")
    for name, value in (("sz", "9"), ("rFont", "Tahoma"), ("family", "2")):
        etree.SubElement(look, f"{M}{name}", {"val": value})
    written = etree.SubElement(run, f"{M}t", {_SPACE: "preserve"})
    written.text = f"\n{lines}" if any(t.text for t in said) else lines
    last = said[-1] if said else None
    place = 0 if last is None else held.index(last if last.getparent() is held else _must(last.getparent())) + 1
    held.insert(place, run)


def _draw(package: Package, sheet: str, cells: Cells, wanted: set[tuple[int, int]]) -> None:
    """Give each note its box, and take away the boxes of notes that are gone."""
    part = package.related(sheet, "vmlDrawing")
    if part is None and not wanted:
        return
    if part is None:
        part = _added_drawing(package, sheet, cells.root)
    drawing = package.parts[part]
    drawn = {place for shape in _DRAWN.finditer(drawing) if (place := _note_place(shape[0]))}
    kept = _DRAWN.sub(lambda shape: b"" if (_note_place(shape[0]) or (0, 0)) in drawn - wanted else shape[0], drawing)
    numbers = count(max([1024, *(int(number) for number in _NUMBER.findall(kept))]) + 1)
    shapes = [_shape(next(numbers), place, cells) for place in sorted(wanted - drawn)]
    if shapes and b'"_x0000_t202"' not in kept:
        shapes.insert(0, _NOTE_TYPE)
    before, closing, after = kept.rpartition(b"</xml>")
    if not closing and shapes:
        raise CannotPatch("Gambar catatan sel di berkas ini tidak lengkap.")
    package.parts[part] = before + b"".join(shapes) + closing + after
    if not _DRAWN.search(package.parts[part]):
        _drop_drawing(package, sheet, cells.root)


def _note_place(shape: bytes) -> tuple[int, int] | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column and _IS_NOTE.search(shape) else None


def _added_drawing(package: Package, sheet: str, root: etree._Element) -> str:
    part = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.add(part, _NO_DRAWING, _DRAWING_TYPE)
    told = {f"{R}id": package.relate(sheet, "vmlDrawing", part)}
    insert_ordered(root, etree.Element(f"{M}legacyDrawing", told))
    return part


def _drop_drawing(package: Package, sheet: str, root: etree._Element) -> None:
    relation = _must(package.relation(sheet, "vmlDrawing"))
    for element in root.findall(f"{M}legacyDrawing"):
        if element.get(f"{R}id") == relation.get("Id"):
            root.remove(element)
    package.unrelate(sheet, relation)


def _shape(number: int, place: tuple[int, int], cells: Cells) -> bytes:
    row, column = place
    left, right = column + 1, _span(column + 1, 15 + WIDTH, lambda one: cells.width(one) * 7 + 5)
    top = max(row - 1, 1)
    bottom = _span(top, 10 + HEIGHT, lambda one: cells.height(one) * 4 / 3)
    anchor = f"{left - 1}, 15, {top - 1}, 10, {right[0] - 1}, {right[1]}, {bottom[0] - 1}, {bottom[1]}"
    return _SHAPE.format(spaces=_NAMESPACES.decode(), id=number, anchor=anchor, row=row - 1, column=column - 1).encode()


def _span(start: int, length: float, size: Callable[[int], float]) -> tuple[int, int]:
    """The column or row in which a length ends, and how far into it; a hidden one takes no room."""
    while length > size(start) and length > 0:
        length -= size(start)
        start += 1
    return start, int(length)
