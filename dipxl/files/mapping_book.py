"""Peta Kolom.xlsx: how the headings of lists that are no form of dipxl's were understood, to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dipxl.files import layout
from dipxl.files.edition import Edition
from dipxl.files.gathered import read_all
from dipxl.files.intake import examine
from dipxl.files.returned import Returned
from dipxl.files.sheets import Book, Table, as_rows, print_setup, set_widths, write_table
from dipxl.files.spellings import squeezed
from dipxl.model.columns import field_labels, sheet
from dipxl.model.office import Bidang, Settings
from dipxl.model.text import fold

KIND = "peta"
NAME = "Peta Kolom.xlsx"
PRINT = 16  # characters of the hash that name a file
KEY_ROW = 3
YES = "Ya"

Line = Mapping[str, str]


@dataclass(frozen=True)
class Explained:
    """What the officer said: who sent a file, by its hash, and what headings mean, by file or bidang and text."""

    senders: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    def sender(self, sha256: str) -> str:
        return self.senders.get(sha256[:PRINT], "")

    def told(self, sha256: str, bidang: str) -> dict[str, str]:
        """The headings that were explained for a file or for its bidang, by squeezed text."""
        owners = [bidang, sha256[:PRINT]] if bidang else [sha256[:PRINT]]
        return {text: said for owner in owners for (whose, text), said in self.headings.items() if whose == owner}

    @property
    def confirmed(self) -> list[Line]:
        """The lines to be remembered, also in the editions to come."""
        return [line for line in self.lines if line["setuju"] == YES]

    def covers(self, one: Returned, bidang: str) -> bool:
        """True when every heading of a list was confirmed."""
        told = self.told(one.sha256, bidang)
        return all(squeezed(heading.text) in told for heading in one.mapping)


NOTHING_EXPLAINED = Explained({}, {})


def is_foreign(one: Returned) -> bool:
    """True for a list that is no form of dipxl's."""
    return bool(one.mapping) and one.stamp is None


def explained(edition: Edition, settings: Settings) -> Explained:
    """What stands in every Peta Kolom of the folder; the latest word on a heading counts."""
    paths = [path for path in edition.inbox("1-himpun") if path.name.startswith("Peta Kolom") and path.is_file()]
    books = [one for one in read_all(paths) if one.table(f"{KIND}.judul")]
    lines = [row.values for one in examine(books, "", (KIND,)) for row in one.rows_of(KIND)]
    senders = {line["sidik"]: unit.kode for line in lines if (unit := unit_named(settings, line["bidang"]))}
    fields = field_labels()
    headings: dict[tuple[str, str], str] = {}
    for line in lines:
        if line["setuju"] == YES and line["dibaca"] in fields:
            said = fields[line["dibaca"]]
            for owner in filter(None, (line["sidik"], senders.get(line["sidik"], ""))):
                headings[owner, squeezed(line["judul"])] = said
    return Explained(senders, headings, tuple(lines))


def unit_named(settings: Settings, text: str) -> Bidang | None:
    """The bidang that a text names, by kode or by name."""
    named = fold(text)
    return next((b for b in settings.bidang if named and named in (fold(b.kode), fold(b.nama))), None)


def mapping_lines(foreign: Iterable[tuple[Returned, str, str]], known: Explained, settings: Settings) -> list[Line]:
    """A line for each heading of the lists, given with name and bidang; what was said before is kept."""
    labels = {said: label for label, said in field_labels().items() if said}
    said_before = {(line["sidik"], line["lembar"], line["sel"], line["judul"]): line for line in known.lines}
    lines: list[Line] = []
    for one, name, bidang in foreign:
        told = known.told(one.sha256, bidang)
        for heading in one.mapping:
            line = {
                "berkas": name,
                "sidik": one.sha256[:PRINT],
                "bidang": settings.unit_name(bidang) if bidang else "",
                "lembar": heading.sheet,
                "sel": heading.cell,
                "judul": heading.text,
                "dibaca": labels.get(heading.field, ""),
                "keyakinan": f"{heading.score:.0f} %" if heading.field else "",
                "contoh_isi": heading.sample,
                "setuju": YES if squeezed(heading.text) in told else "",
            }
            lines.append(said_before.get((line["sidik"], line["lembar"], line["sel"], line["judul"]), line))
    return [*lines, *(line for line in known.confirmed if line not in lines)]


def mapping_book(lines: Sequence[Line], settings: Settings) -> bytes:
    """The workbook in which the officer confirms the columns of other lists."""
    spec = sheet(KIND)
    book = Book(layout.Stamp(KIND, str(settings.edition)), f"Peta Kolom {settings.edition.title}")
    worksheet = book.sheet(spec.title)
    worksheet.write_string(0, 0, layout.MAPPING_TITLE, book.look("title"))
    subtitle = f"{settings.office['nama_badan']}{layout.SUBTITLE_MARK}{settings.edition}"
    worksheet.write_string(1, 0, subtitle, book.look("subtitle"))
    worksheet.write_string(2, 0, layout.MAPPING_NOTE, book.look("subtitle"))
    filled = frozenset(column.key for column in spec if column.filled_by == "bidang")
    table = Table(spec.columns, KEY_ROW, as_rows(spec, lines), filled)
    set_widths(worksheet, book, table)
    write_table(book, worksheet, table)
    worksheet.freeze_panes(table.heading_row + 1, 1)
    print_setup(worksheet, settings.office["kertas"], heading=f"Peta Kolom {settings.edition}")
    worksheet.protect("", dict.fromkeys(("format_columns", "format_rows", "autofilter", "sort"), True))
    return book.close()
