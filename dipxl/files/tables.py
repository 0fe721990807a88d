"""Reads the entries of one table: merged cells spread, ditto marks resolved, parts carried down, ticks understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dipxl.files import layout, rowkinds
from dipxl.files.entries import ReadTable
from dipxl.files.grids import Grid
from dipxl.files.headings import Heading
from dipxl.files.rows import Kind, Sorted, Span, band_text, sort
from dipxl.files.scan import place_of
from dipxl.files.spellings import Field
from dipxl.model.choices import certain
from dipxl.model.columns import column_of
from dipxl.model.findings import Finding, Place, Repair, finding
from dipxl.model.readers import is_ditto
from dipxl.model.text import excerpt

CLASS_KEY, LINK_KEY, NOTE_KEY = "daftar.kelas", "daftar.tautan", "daftar.keterangan"
GROUP_WORD = "Kelompok"
_WEB = ("http://", "https://")


@dataclass(frozen=True)
class Part:
    """A class that rows take from what stands above them: the words, their cells, and the class."""

    text: str
    cells: tuple[str, ...]
    klass: str


@dataclass
class Entries:
    """A table while it is read.

    `typed` are the entries as they stand, column by column; `fed` the cells outside entries that gave a value.
    """

    span: Span
    sorted: Sorted
    title_part: Part | None = None
    typed: Sequence[Sequence[str]] = ()
    columns: dict[str, list[str]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    origins: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    fed: set[str] = field(default_factory=set)

    @property
    def grid(self) -> Grid:
        return self.span.grid

    @property
    def heading(self) -> Heading:
        return self.span.heading

    @property
    def title(self) -> str:
        return self.grid.title

    def number(self, index: int) -> int:
        return self.grid.rows[self.sorted.entries[index]]

    @cached_property
    def index_of(self) -> Mapping[int, int]:
        """The place of an entry by its Excel row."""
        return {self.number(index): index for index in range(len(self.sorted.entries))}

    def address(self, index: int, place: int) -> str:
        return self.grid.address(self.sorted.entries[index], place)

    def put(self, index: int, key: str, text: str, cells: tuple[str, ...]) -> None:
        """Give an entry a text that stands elsewhere."""
        self.columns.setdefault(key, [""] * len(self.sorted.entries))[index] = text
        self.origins[self.number(index), key] = cells

    def repair(self, cell: str, before: str, after: str, why: str) -> None:
        self.repairs.append(Repair(self.title, cell, before, after, why))

    def table(self) -> ReadTable:
        numbers = tuple(self.grid.rows[line] for line in self.sorted.entries)
        return ReadTable(self.title, self.letters, numbers, self.columns, self.origins)


def read_entries(span: Span, title_part: Part | None = None) -> Entries:
    """The entries of a table, with what was changed in reading them and what is to be asked."""
    read = Entries(span, sort(span), title_part)
    lines = [span.grid.cells[line] for line in read.sorted.entries]
    columns = read.typed = list(zip(*lines, strict=True)) if lines else []
    ticks: dict[str, list[tuple[int, Field]]] = {}
    for place, one in span.heading.fields.items():
        read.letters.setdefault(one.key, layout.letters(span.grid.columns[place] - 1))
        if one.tick:
            ticks.setdefault(one.key, []).append((place, one))
            continue
        read.columns[one.key] = list(columns[place]) if lines else []
    for key, fields in ticks.items():
        _take_ticks(read, key, fields, columns)
    if span.is_list:
        _fill_from_twins(read, columns)
        _spread_merges(read)
        _resolve_dittos(read)
        _take_links(read)
        _copy_pairs(read)
        _carry_parts(read)
    return read


def _take_ticks(read: Entries, key: str, fields: Sequence[tuple[int, Field]], columns: Sequence[Sequence[str]]) -> None:
    """A choice for each ticked column, put together; words where a tick should be are kept as they are."""
    already = read.columns.get(key)
    texts = [""] * len(read.sorted.entries)
    read.columns[key] = already or texts
    for index in range(len(texts)):
        said: list[str] = []
        cells: list[str] = []
        for place, one in fields:
            text = columns[place][index]
            tick = rowkinds.ticked(text)
            if text and tick is not False:
                said.append(one.tick if tick else text)
                cells.append(read.address(index, place))
        if said and not read.columns[key][index]:
            meant = certain(column_of(key), " dan ".join(said)) or "; ".join(said)
            read.put(index, key, meant, tuple(cells))


def _fill_from_twins(read: Entries, columns: Sequence[Sequence[str]]) -> None:
    """Where a column stands twice, the second fills the blanks of the first."""
    for place, key in read.heading.twins.items() if columns else ():
        for index, text in enumerate(columns[place]):
            if text and not read.columns[key][index]:
                read.put(index, key, text, (read.address(index, place),))
                read.repair(read.address(index, place), "", text, "diisi dari kolom kembarnya")


def _spread_merges(read: Entries) -> None:
    """The text of a cell that is merged over several rows holds for each of them."""
    if not read.grid.facts.merges:
        return
    line_of, place_at, index_of = read.grid.line_of, read.grid.place_of, read.index_of
    for area in read.grid.facts.merges:
        place = place_at.get(area.left)
        one = read.heading.fields.get(place) if place is not None else None
        if area.top == area.bottom or one is None or place is None or area.top not in line_of:
            continue
        line = line_of[area.top]
        text = read.grid.cells[line][place]
        covered = [index_of[n] for n in range(area.top + 1, area.bottom + 1) if n in index_of]
        if line <= read.heading.last or not text or not covered:
            continue
        _spread(read, one.key, covered, text, read.grid.address(line, place))


def _spread(read: Entries, key: str, covered: Sequence[int], text: str, cell: str) -> None:
    column = read.columns[key]
    for index in covered:
        if not column[index]:
            read.put(index, key, text, (cell,))
            read.fed.add(cell)
            if not key.endswith((".nomor", ".kode")):
                own = f"{read.letters[key]}{read.number(index)}"
                read.repair(own, "", text, f"isi sel gabungan {cell} berlaku untuk baris ini")


def _resolve_dittos(read: Entries) -> None:
    """Ditto marks ("sda" and its like) become what stands above; with nothing above they stay, to be asked about."""
    for key, column in read.columns.items():
        of_dipxl = key.endswith((".nomor", ".kode"))
        marks = set() if of_dipxl else {text for text in {*column} if text and is_ditto(text)}
        for index, text in enumerate(column) if marks else ():
            above = column[index - 1] if index else ""
            if text in marks and above and above not in marks:
                column[index] = above
                cell = read.origins.get((read.number(index), key), (f"{read.letters[key]}{read.number(index)}",))[0]
                read.repair(cell, text, above, "tanda sama dengan di atas")


def _take_links(read: Entries) -> None:
    """The address behind a linked cell; in another column than that of links it fills the blank one."""
    if read.heading.kinds != {"daftar"} or not read.grid.facts.links:
        return
    index_of, place_at = read.index_of, read.grid.place_of
    for cell, target in read.grid.facts.links.items():
        row, column = place_of(cell)
        index, place = index_of.get(row), place_at.get(column)
        one = read.heading.fields.get(place) if place is not None else None
        if index is not None and one and target.startswith(_WEB):
            _take_link(read, index, one.key, cell, target)


def _take_link(read: Entries, index: int, key: str, cell: str, target: str) -> None:
    shown = read.columns[key][index]
    has = read.columns.get(LINK_KEY, [""] * (index + 1))[index]
    if key == LINK_KEY:
        if shown.strip().rstrip("/") != target.rstrip("/") and not shown.startswith(_WEB):
            read.columns[key][index] = target
            read.repair(cell, shown, target, "alamat di balik tautan")
    elif shown and not has:
        read.put(index, LINK_KEY, target, (cell,))
        read.repair(cell, "", target, "alamat di balik tautan sel ini")


def _copy_pairs(read: Entries) -> None:
    """A column that is headed for two columns feeds both, save where the check takes it apart itself."""
    for place, one in read.heading.fields.items():
        if not one.also:
            continue
        read.letters.setdefault(one.also, layout.letters(read.grid.columns[place] - 1))
        if not one.key.endswith(".waktu") and one.also not in read.columns:
            read.columns[one.also] = list(read.columns[one.key])


def _carry_parts(read: Entries) -> None:
    """The class and the group named by the heading of a part, for the rows below it."""
    if read.heading.kinds != {"daftar"}:
        return
    parts = {line: _part(read, line) for line, kind in read.sorted.others if kind is Kind.CLASS}
    taken: dict[Part, list[int]] = {}
    for index, (klass, group) in enumerate(read.sorted.parts):
        part = parts.get(klass, read.title_part)
        if part:
            _carry_class(read, index, part, taken)
        if group >= 0:
            _carry_group(read, index, group)
    for part, numbers in taken.items():
        rows = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
        read.repair(part.cells[0], part.text, part.klass, f"judul bagian menjadi kelas untuk baris {rows}")


def _carry_class(read: Entries, index: int, part: Part, taken: dict[Part, list[int]]) -> None:
    own = read.columns.get(CLASS_KEY, [""] * len(read.sorted.entries))[index]
    if not own:
        read.put(index, CLASS_KEY, part.klass, part.cells[:1])
        read.fed.update(part.cells)
        taken.setdefault(part, []).append(read.number(index))
        return
    meant = certain(column_of(CLASS_KEY), own)
    if meant and meant != part.klass:
        place = Place(read.title, f"{read.letters[CLASS_KEY]}{read.number(index)}")
        label = column_of(CLASS_KEY).label
        facts = {"column": label, "value": excerpt(own), "expected": part.klass}
        read.findings.append(finding("kelas-dari-judul-berbeda", place, **facts))


def _carry_group(read: Entries, index: int, line: int) -> None:
    """The group is kept beside the row as a remark, since the list has no column for it."""
    text, line_cells = _line_text(read, line)
    cell = line_cells[0]
    column = read.columns.get(NOTE_KEY, [""] * len(read.sorted.entries))
    remark = f"{GROUP_WORD}: {text}"
    own, number = column[index], read.number(index)
    cells = (f"{read.letters[NOTE_KEY]}{number}",) if own and NOTE_KEY in read.letters else (cell,)
    read.put(index, NOTE_KEY, f"{own}; {remark}" if own else remark, cells)
    read.fed.update(line_cells)
    where = f"{read.letters[NOTE_KEY]}{number}" if NOTE_KEY in read.letters else cell
    read.repair(where, own, f"{own}; {remark}" if own else remark, "judul kelompok dicatat pada baris")


def _part(read: Entries, line: int) -> Part:
    text, cells = _line_text(read, line)
    return Part(text, cells, rowkinds.class_of(text))


def _line_text(read: Entries, line: int) -> tuple[str, tuple[str, ...]]:
    """The words of a line with their cells, that of the longest words first."""
    filled = [(text, read.grid.address(line, place)) for place, text in enumerate(read.grid.cells[line]) if text]
    cells = [cell for _, cell in sorted(filled, key=lambda one: -len(one[0]))]
    return band_text([text for text, _ in filled]), tuple(cells)
