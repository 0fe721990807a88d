"""Tells the rows of a table apart: entries, headings of parts, totals, signatures, dipxl's own example."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property

from dipxl.files import layout, rowkinds
from dipxl.files.grids import Grid
from dipxl.files.headings import Heading
from dipxl.files.spellings import squeezed
from dipxl.model.columns import column_of, sheet
from dipxl.model.text import fold, is_dash, visible

LISTS = frozenset(("daftar", "dikecualikan"))
NOT_AN_ENTRY = ("nomor", "kode", "pemutakhiran")  # a row that holds only these was not filled by anyone
ENOUGH = 3  # cells that make a row an entry without a closer look
LONGER_THAN_DASHES = 6  # letters
MOST_BAND_CELLS = 2
MOST_SIGNED_CELLS = 3
TAIL = 15  # rows at the end of a table that may be totals and signatures
WIDE = 3  # columns that a merged heading of a part spans at least


class Kind(StrEnum):
    """What a row is; the words are said to people."""

    ENTRY = "entri"
    EXAMPLE = "contoh"
    NUMBERING = "nomor kolom"
    CLASS = "judul kelas"
    GROUP = "judul kelompok"
    TOTAL = "jumlah"
    SIGNED = "tempat tanda tangan"
    DASHES = "baris kosong"
    STRAY = "isian lepas"
    HEADING = "ulangan judul kolom"


@dataclass(frozen=True)
class Span:
    """The lines of a table below its heading, up to the next one."""

    grid: Grid
    heading: Heading
    stop: int

    @cached_property
    def is_list(self) -> bool:
        """True for a list of entries that people fill, not a workbook to decide in nor the settings."""
        return len(self.heading.kinds) == 1 and self.heading.kinds <= LISTS

    @cached_property
    def content(self) -> tuple[int, ...]:
        """The places whose text makes a row an entry, the summary first."""
        names = {place: f.key.split(".")[1] for place, f in self.heading.fields.items()}
        places = [place for place, name in names.items() if name not in NOT_AN_ENTRY]
        return tuple(sorted(places, key=lambda place: names[place] not in ("ringkasan", "informasi")))

    @cached_property
    def asked(self) -> tuple[int, ...]:
        """The places that every entry must fill; without any of them a row says too little to be one."""
        fields = self.heading.fields
        required = [place for place in self.content if column_of(fields[place].key).required]
        required += [place for place, key in self.heading.twins.items() if column_of(key).required]
        return tuple(required) or self.content

    @cached_property
    def number_place(self) -> int:
        return next((p for p, f in self.heading.fields.items() if f.key.endswith(".nomor")), -1)

    @cached_property
    def merged_lines(self) -> Mapping[int, int]:
        """How many columns of the table the widest merged cell of a line spans, for cells of one row."""
        line_of = self.grid.line_of
        wide: dict[int, int] = {}
        for area in self.grid.facts.merges:
            if area.top == area.bottom and area.top in line_of:
                columns = self.grid.columns[: max(self.heading.fields, default=0) + 1]
                count = sum(area.left <= column <= area.right for column in columns)
                wide[line_of[area.top]] = max(wide.get(line_of[area.top], 0), count)
        return wide


def sorted_rows(span: Span) -> Iterator[tuple[int, Kind]]:
    """Every line that holds something, with what it is."""
    cells, signed_from = span.grid.cells, _signed_from(span) if span.is_list else span.stop
    tail = span.stop - TAIL
    first = True
    for number in range(span.heading.last + 1, span.stop):
        line = cells[number]
        count = len(line) - line.count("")
        if not count:
            continue
        if not span.is_list:
            yield number, Kind.ENTRY if any(map(line.__getitem__, span.content)) else Kind.STRAY
            continue
        if number >= signed_from:
            yield number, Kind.SIGNED
        elif not first and count >= ENOUGH and number < tail and _is_plain(line, span):
            yield number, Kind.ENTRY
        else:
            yield number, _closer(span, number, line)
        first = False


def _is_plain(line: Sequence[str], span: Span) -> bool:
    """True for a row that is an entry at first sight."""
    return bool(span.content) and len(line[span.content[0]]) > LONGER_THAN_DASHES and layout.EXAMPLE_MARK not in line


def _closer(span: Span, number: int, line: Sequence[str]) -> Kind:
    """What a row is that is not plainly an entry."""
    texts = [text for text in line if text]
    signs: dict[Kind, Callable[[], bool]] = {
        Kind.EXAMPLE: lambda: is_example(span, line, first=number == span.heading.last + 1),
        Kind.NUMBERING: lambda: _below_heading(span, number) and rowkinds.is_numbering(texts),
        Kind.HEADING: lambda: _is_heading(span, line),
        Kind.TOTAL: lambda: rowkinds.is_total(texts),
    }
    found = next((kind for kind, sign in signs.items() if sign()), None)
    if found is None and len(texts) <= MOST_BAND_CELLS:
        found = _band(span, number, texts)
    return found or _filled(span, line)


def _below_heading(span: Span, number: int) -> bool:
    """True just below the heading, or below the same heading printed once more."""
    return number <= span.heading.last + 2 or _is_heading(span, span.grid.cells[number - 1])


def _filled(span: Span, line: Sequence[str]) -> Kind:
    filled = [line[place] for place in span.asked if line[place]]
    if not filled:
        return Kind.STRAY
    return Kind.DASHES if all(map(is_dash, filled)) else Kind.ENTRY


def is_example(span: Span, line: Sequence[str], *, first: bool) -> bool:
    """True for the form's own example row, as long as nobody wrote an entry over it; the first may lack its mark."""
    shown = {f.key: visible(line[place]) for place, f in span.heading.fields.items() if line[place]}
    marked = [place for place, text in enumerate(line) if layout.EXAMPLE_MARK in text and is_mark(text)]
    same = sum(text == example(key) for key, text in shown.items())
    if marked and marked != [span.number_place] and span.number_place >= 0:
        return False
    if marked and {*shown.values()} <= examples(frozenset(span.heading.kinds)):
        return True  # also where its cells were moved under other headings
    rest = [text for key, text in shown.items() if text not in (layout.EXAMPLE_MARK, example(key))]
    return not rest and (bool(marked) or (first and same >= ENOUGH))


@cache
def examples(kinds: frozenset[str]) -> frozenset[str]:
    """Every text that the example rows of these kinds of sheet may hold."""
    return frozenset((layout.EXAMPLE_MARK, *(column.example for kind in kinds for column in sheet(kind))))


def is_mark(text: str) -> bool:
    """True for the word that marks the example row."""
    return visible(text) == layout.EXAMPLE_MARK


def example(key: str) -> str:
    return column_of(key).example


def _is_heading(span: Span, line: Sequence[str]) -> bool:
    """True for the headings once more, as they are printed after a page break or the heading of a part."""
    same = sum(
        bool(line[place]) and squeezed(line[place]) == squeezed(span.heading.text(place))
        for place in span.heading.fields
    )
    return same >= ENOUGH


def _band(span: Span, number: int, texts: Sequence[str]) -> Kind | None:
    """The heading of a part: it names a class, or spans the table, or bears its own number in front."""
    line = span.grid.cells[number]
    words = band_text(texts)
    beside = [place for place, text in enumerate(line) if text and place not in span.content[:1]]
    if rowkinds.class_of(words) and all(place == span.number_place for place in beside):
        return Kind.CLASS
    wide = span.merged_lines.get(number, 0) >= WIDE
    if rowkinds.class_of(words) and (wide or len(texts) == 1):
        return Kind.CLASS
    if len(texts) == 1 and (wide or (line[span.number_place] and span.number_place >= 0 and rowkinds.is_marked(words))):
        return Kind.GROUP
    return None


def band_text(texts: Sequence[str]) -> str:
    """The words of a heading of a part, its own number in front."""
    return " ".join(" ".join(map(visible, texts)).split())


def _signed_from(span: Span) -> int:
    """The first line of the place for signatures at the end of a table, or its stop where there is none."""
    cells = span.grid.cells
    found = span.stop
    for number in range(span.stop - 1, max(span.heading.last, span.stop - TAIL), -1):
        texts = [text for text in cells[number] if text]
        if len(texts) > MOST_SIGNED_CELLS or _has_number(span, cells[number]):
            break
        if texts and rowkinds.is_signature(texts):
            found = number
    return found


def _has_number(span: Span, line: Sequence[str]) -> bool:
    return span.number_place >= 0 and bool(line[span.number_place]) and fold(line[span.number_place]).isdigit()


@dataclass
class Sorted:
    """The lines of a table by what they are, and for each entry the parts that it stands under."""

    entries: list[int] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)
    others: list[tuple[int, Kind]] = field(default_factory=list)


def sort(span: Span) -> Sorted:
    """Sort the lines of a table; a part is the line of its heading, -1 where there is none."""
    found = Sorted()
    klass = group = -1
    for number, kind in sorted_rows(span):
        if kind is Kind.ENTRY:
            found.entries.append(number)
            found.parts.append((klass, group))
            continue
        found.others.append((number, kind))
        if kind is Kind.CLASS:
            klass, group = number, -1
        elif kind is Kind.GROUP:
            group = number
    return found
