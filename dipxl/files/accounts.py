"""Puts every cell of a table to account: printed by dipxl, fed into a value, or left over."""

from __future__ import annotations

from collections.abc import Iterator

from dipxl.files import layout, rowkinds
from dipxl.files.headings import parse_key_text
from dipxl.files.rows import Kind
from dipxl.files.tables import Entries
from dipxl.files.tally import Tally
from dipxl.model.columns import label_of
from dipxl.model.text import fold, is_dash

_STRUCTURE = (Kind.NUMBERING, Kind.TOTAL, Kind.SIGNED)


def account_heading(read: Entries, tally: Tally) -> None:
    """The cells of the heading: dipxl's own words are no person's, and every other one is named."""
    heading, grid = read.heading, read.grid
    for remark in heading.remarks:
        cell = grid.address(heading.last, remark.place)
        tally.name(remark.code, cell, value=remark.text, column=label_of(remark.key))
    remarked = {remark.place for remark in heading.remarks} | {*heading.unknown} | {*heading.twins}
    others = []
    for number in range(heading.first, heading.last + 1):
        for place, text in enumerate(grid.cells[number]):
            lowest = number == heading.last
            if text and not (lowest and place in remarked) and not _is_ours(read, place, text):
                others.append((grid.address(number, place), text))
    if others:
        tally.leave(others, "bukan-entri", kind="judul kolom")


def _is_ours(read: Entries, place: int, text: str) -> bool:
    """True for a key of dipxl's and for a heading just as dipxl prints it."""
    match = read.heading.matches.get(place)
    return parse_key_text(text) or (match is not None and match.how == "own")


def account(read: Entries, tally: Tally) -> None:
    """The cells below the heading."""
    _account_entries(read, tally)
    _account_outside(read, tally)
    for kind in _STRUCTURE:
        cells = [cell for line, k in read.sorted.others if k is kind for cell in _cells(read, line)]
        if cells:
            tally.leave(cells, "bukan-entri", kind=str(kind))
    for line, kind in read.sorted.others:
        match kind:
            case Kind.CLASS | Kind.GROUP:
                _account_part(read, line, tally)
            case Kind.DASHES:
                _account_dashes(read, line, tally)
            case Kind.STRAY:
                tally.leave((cell, text) for cell, place, text in _placed(read, line) if _is_said(read, place, text))
            case Kind.HEADING:
                _account_repeated(read, line, tally)
            case _:
                pass


def _account_entries(read: Entries, tally: Tally) -> None:
    """The cells of entries in known columns, and dipxl's own number and kode among them."""
    for place, one in read.heading.fields.items():
        column = [read.grid.cells[line][place] for line in read.sorted.entries]
        name = one.key.split(".")[1]
        if read.span.is_list and name in ("nomor", "kode"):
            _account_own(read, place, name, tally)
        else:
            tally.feed(len(column) - column.count(""))


def _account_own(read: Entries, place: int, name: str, tally: Tally) -> None:
    """A column that dipxl fills itself: its own print counts nothing, a typed number feeds, a remark is left over."""
    key = read.heading.fields[place].key
    kodes = read.columns.get(key.replace(".nomor", ".kode"), [])
    for index, line in enumerate(read.sorted.entries):
        text = read.grid.cells[line][place]
        if not text or text == layout.EXAMPLE_MARK:
            continue
        numbered = name == "nomor" and bool(rowkinds.NUMBERING.fullmatch(fold(text) or text))
        if numbered and not (read.heading.ours and kodes and kodes[index]):
            tally.feed(1)
        elif is_dash(text):
            read.repair(read.address(index, place), text, "", "tanda kosong")
            tally.feed(1)
        elif not numbered and not (name == "kode" and rowkinds.KODE.fullmatch(text.strip())):
            read.columns[key][index] = ""
            tally.leave([(read.address(index, place), text)])


def _account_outside(read: Entries, tally: Tally) -> None:
    """The cells of entries in no known column, by column."""
    by_place: dict[int, list[tuple[int, str]]] = {}
    fields = read.heading.fields
    for index, line in enumerate(read.sorted.entries):
        cells = read.grid.cells[line]
        if len(cells) - cells.count("") > sum(1 for place in fields if cells[place]):
            for place, text in enumerate(cells):
                if text and place not in fields:
                    by_place.setdefault(place, []).append((index, text))
    named = {**read.heading.unknown, **dict.fromkeys(read.heading.twins, "")}
    for place in sorted({*by_place, *named}):
        _account_column(read, place, by_place.get(place, []), tally)


def _account_column(read: Entries, place: int, texts: list[tuple[int, str]], tally: Tally) -> None:
    cells = [(read.address(index, place), text) for index, text in texts]
    heading = read.grid.cells[read.heading.last][place]
    named = [(read.grid.address(read.heading.last, place), heading)] if heading else []
    if place in read.heading.unknown:
        tally.leave([*named, *cells], "kolom-tidak-dikenal", value=heading)
    elif key := read.heading.twins.get(place):
        column = read.columns.get(key, [])
        if named and not _is_ours(read, place, heading):
            tally.name("judul-disamakan", named[0][0], value=heading, column=label_of(key))
        if all(column[index] == text for index, text in texts):
            tally.feed(len(texts))
        else:
            tally.leave(cells, "kolom-kembar", column=label_of(key))
    else:
        tally.leave(cells)


def _account_part(read: Entries, line: int, tally: Tally) -> None:
    cells = _cells(read, line)
    if any(cell in read.fed for cell, _ in cells):
        tally.feed(len(cells))
    else:
        tally.leave(cells)


def _account_dashes(read: Entries, line: int, tally: Tally) -> None:
    """A row of dashes says nothing, and each dash is listed as taken for a blank."""
    for cell, place, text in _placed(read, line):
        if is_dash(text):
            read.repair(cell, text, "", "tanda kosong")
            tally.feed(1)
        elif _is_said(read, place, text):
            tally.leave([(cell, text)])


def _is_said(read: Entries, place: int, text: str) -> bool:
    """True for what a person wrote on a row without an entry: not dipxl's number, kode or first status."""
    one = read.heading.fields.get(place)
    name = one.key.split(".")[1] if one and read.span.is_list else ""
    match name:
        case "nomor":
            return not (fold(text).isdigit() or text == layout.EXAMPLE_MARK)
        case "kode":
            return not rowkinds.KODE.fullmatch(text.strip())
        case "pemutakhiran":
            return fold(text) != "tetap"
        case _:
            return True


def _account_repeated(read: Entries, line: int, tally: Tally) -> None:
    """The headings once more: dipxl's own words count nothing."""
    others = [(cell, text) for cell, place, text in _placed(read, line) if not _is_ours(read, place, text)]
    if others:
        tally.leave(others, "bukan-entri", kind=str(Kind.HEADING))


def _cells(read: Entries, line: int) -> list[tuple[str, str]]:
    return [(cell, text) for cell, _, text in _placed(read, line)]


def _placed(read: Entries, line: int) -> Iterator[tuple[str, int, str]]:
    for place, text in enumerate(read.grid.cells[line]):
        if text:
            yield read.grid.address(line, place), place, text
