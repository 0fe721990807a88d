"""Puts every cell of a table to account: printed by dipxl, fed into a value, or left over."""

from __future__ import annotations

from collections.abc import Iterator

from dipxl.files import layout, rowkinds
from dipxl.files.rows import Kind, examples
from dipxl.files.spellings import is_own, parse_key_text
from dipxl.files.tables import Entries
from dipxl.files.tally import Tally
from dipxl.model.columns import label_of
from dipxl.model.text import fold, is_dash

_STRUCTURE = (Kind.NUMBERING, Kind.HEADING, Kind.TOTAL, Kind.SIGNED)


def account_heading(read: Entries, tally: Tally, *, first: bool) -> None:
    """The cells of the heading: dipxl's own words in the first of a sheet are no person's, every other one is named."""
    heading, grid = read.heading, read.grid
    for remark in heading.remarks:
        cell = grid.address(heading.line(remark.place), remark.place)
        tally.name(remark.code, cell, value=remark.text, column=label_of(remark.key))
    remarked = {remark.place for remark in heading.remarks} | {*heading.unknown, *heading.twins, *heading.ignored}
    others = []
    for number in range(heading.first, heading.last + 1):
        for place, text in enumerate(grid.cells[number]):
            told = number == heading.line(place) and place in remarked
            if text and not told and not (first and (parse_key_text(text) or is_own(text))):
                others.append((grid.address(number, place), text))
    if others:
        tally.leave(others, "bukan-entri", kind="judul kolom")


def account(read: Entries, tally: Tally) -> None:
    """The cells below the heading."""
    _account_entries(read, tally)
    _account_outside(read, tally)
    for kind in _STRUCTURE:
        cells = [cell for line, k in read.sorted.others if k is kind for cell in _cells(read, line)]
        if cells:
            tally.leave(cells, "bukan-entri", kind=str(kind))
    numbers: list[tuple[str, str]] = []
    for line, kind in read.sorted.others:
        match kind:
            case Kind.CLASS | Kind.GROUP:
                _account_part(read, line, tally)
            case Kind.DASHES | Kind.STRAY:
                _account_stray(read, line, tally, numbers)
            case Kind.EXAMPLE:
                tally.leave((cell, text) for cell, p, text in _placed(read, line) if _is_beside_example(read, p, text))
            case _:
                pass
    if numbers:
        tally.leave(numbers, "bukan-entri", kind="nomor urut tanpa isi")


def _is_beside_example(read: Entries, place: int, text: str) -> bool:
    """True for what a person wrote beside the example; where its heading is gone the example itself has no column."""
    return place not in read.heading.fields and text not in examples(frozenset(read.heading.kinds))


def _account_stray(read: Entries, line: int, tally: Tally, numbers: list[tuple[str, str]]) -> None:
    """A row without an entry: numbers put there in advance, dashes for blanks, dipxl's own print, and remarks."""
    kode = any(_name(read, p) == "kode" and rowkinds.KODE.fullmatch(text.strip()) for _, p, text in _placed(read, line))
    for cell, place, text in _placed(read, line):
        if _name(read, place) == "nomor" and fold(text).isdigit() and not kode:
            numbers.append((cell, text))
        elif is_dash(text):
            read.repair(cell, text, "", "tanda kosong")
            tally.feed(1)
        elif _is_said(read, place, text):
            tally.leave([(cell, text)])


def _name(read: Entries, place: int) -> str:
    """The name of the list's column at a place, "" where there is none."""
    one = read.heading.fields.get(place)
    return one.key.split(".")[1] if one and read.span.is_list else ""


def _account_entries(read: Entries, tally: Tally) -> None:
    """The cells of entries in known columns, and dipxl's own number and kode among them."""
    for place, one in read.heading.fields.items():
        column = read.typed[place] if read.typed else ()
        name = one.key.split(".")[1]
        if read.span.is_list and name in ("nomor", "kode"):
            _account_own(read, place, name, tally)
        else:
            tally.feed(len(column) - column.count(""))


def _account_own(read: Entries, place: int, name: str, tally: Tally) -> None:
    """A column that dipxl fills itself: its own print counts nothing, a typed number feeds, a remark is left over."""
    key = read.heading.fields[place].key
    kodes = read.columns.get(key.replace(".nomor", ".kode"), [])
    for index, text in enumerate(read.typed[place] if read.typed else ()):
        if not text or text == layout.EXAMPLE_MARK:
            continue
        numbered = name == "nomor" and (text.isdigit() or bool(rowkinds.NUMBERING.fullmatch(fold(text) or text)))
        if name == "kode" and rowkinds.KODE.fullmatch(text.strip()):
            continue
        if numbered and not (read.heading.ours and kodes and rowkinds.KODE.fullmatch(kodes[index].strip())):
            tally.feed(1)
        elif not numbered and is_dash(text):
            read.repair(read.address(index, place), text, "", "tanda kosong")
            tally.feed(1)
        elif not numbered:
            read.columns[key][index] = ""
            tally.leave([(read.address(index, place), text)])


def _account_outside(read: Entries, tally: Tally) -> None:
    """The cells of entries in no known column, by column."""
    by_place: dict[int, list[tuple[int, str]]] = {}
    fields = read.heading.fields
    for place, column in enumerate(read.typed):
        if place not in fields and len(column) > column.count(""):
            by_place[place] = [(index, text) for index, text in enumerate(column) if text]
    named = {*read.heading.unknown, *read.heading.twins, *read.heading.ignored}
    for place in sorted({*by_place, *named}):
        _account_column(read, place, by_place.get(place, []), tally)


def _account_column(read: Entries, place: int, texts: list[tuple[int, str]], tally: Tally) -> None:
    cells = [(read.address(index, place), text) for index, text in texts]
    heading, line = read.heading.text(place), read.heading.line(place)
    named = [(read.grid.address(line, place), heading)] if heading and read.grid.cells[line][place] else []
    if place in read.heading.ignored:
        tally.leave([*named, *cells], "bukan-entri", kind="kolom yang diabaikan")
    elif place in read.heading.unknown:
        tally.leave([*named, *cells], "kolom-tidak-dikenal", value=heading)
    elif key := read.heading.twins.get(place):
        column = read.columns.get(key, [])
        others = [cell for (index, text), cell in zip(texts, cells, strict=True) if column[index] != text]
        tally.feed(len(texts) - len(others))
        if named or others:
            tally.leave([*named, *others], "kolom-kembar", column=label_of(key))
    else:
        tally.leave(cells)


def _account_part(read: Entries, line: int, tally: Tally) -> None:
    cells = _cells(read, line)
    if any(cell in read.fed for cell, _ in cells):
        tally.feed(len(cells))
    else:
        tally.leave(cells)


def _is_said(read: Entries, place: int, text: str) -> bool:
    """True for what a person wrote on a row without an entry: not dipxl's number, kode or first status."""
    match _name(read, place):
        case "nomor":
            return not (fold(text).isdigit() or text == layout.EXAMPLE_MARK)
        case "kode":
            return not rowkinds.KODE.fullmatch(text.strip())
        case "pemutakhiran":
            return fold(text) != "tetap"
        case _:
            return True


def _cells(read: Entries, line: int) -> list[tuple[str, str]]:
    return [(cell, text) for cell, _, text in _placed(read, line)]


def _placed(read: Entries, line: int) -> Iterator[tuple[str, int, str]]:
    for place, text in enumerate(read.grid.cells[line]):
        if text:
            yield read.grid.address(line, place), place, text
