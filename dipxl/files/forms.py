"""The form that a bidang fills: guide, list of information, proposals for exception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from dipxl.files import guide, layout, others
from dipxl.files.others import Other
from dipxl.files.row_height import fit_height
from dipxl.files.sheets import CUT_MARK, LONGEST_CELL, Book, Table, as_rows, print_setup, set_widths, text, write_table
from dipxl.model.columns import Column, Sheet, sheet

HEAD_ROW, HEAD_ROWS = 2, 4
KEY_ROW = 7
EXCLUDED_KEY_ROW = 2
LEFT, RIGHT = (2, 3, 5), (6, 8, 10)  # the columns of a head cell's label, and of its value from - to


@dataclass(frozen=True)
class FormFacts:
    """What one bidang's form needs to know; `carried` are last edition's rows by column name.

    A form that gives back what was sent holds the rows that were `typed` instead, and `others` on a sheet of their own.
    """

    office: str
    edition: str
    edition_title: str
    unit: str
    unit_name: str
    head: Mapping[str, str]
    contact: str
    deadline: str
    paper: str = "F4 (215 x 330 mm)"
    sop_columns: bool = False
    carried: Sequence[Mapping[str, str]] = ()
    carried_excluded: Sequence[Mapping[str, str]] = ()
    typed: Sequence[Mapping[str, str]] | None = None
    typed_excluded: Sequence[Mapping[str, str]] = ()
    others: Sequence[Other] = ()


def form(facts: FormFacts) -> bytes:
    """The workbook for one bidang, ready to send."""
    book = Book(layout.Stamp("formulir", facts.edition, facts.unit), f"Formulir DIP {facts.unit_name}".strip())
    guide.write_guide(book, facts.contact, facts.deadline, carried=bool(facts.carried))
    _write_list(book, facts)
    _write_excluded(book, facts)
    if facts.others:
        _write_others(book, facts)
    return book.close()


def form_columns(facts: FormFacts) -> tuple[Column, ...]:
    """The columns of the list that this form shows; those that hold something always."""
    places = {"formulir", *["lanjutan"] * bool(facts.carried), *["pilihan"] * facts.sop_columns}
    used = {name for row in facts.typed or () for name, words in row.items() if words}
    return tuple(column for column in sheet("daftar") if places & set(column.shown_in) or column.name in used)


def list_table(facts: FormFacts) -> Table:
    """The table of the list."""
    columns = form_columns(facts)
    rows = as_rows(sheet("daftar"), _numbered(facts.carried if facts.typed is None else facts.typed))
    return Table(columns, KEY_ROW, rows, _entry(columns), example=True, blank_rows=layout.READY_ROWS)


def excluded_table(facts: FormFacts) -> Table:
    """The table of the proposals for exception."""
    spec = sheet("dikecualikan")
    rows = as_rows(spec, facts.carried_excluded if facts.typed is None else facts.typed_excluded)
    return Table(spec.columns, EXCLUDED_KEY_ROW, rows, _entry(spec.columns), example=True, blank_rows=12)


def head_places() -> dict[str, tuple[int, int]]:
    """Row and column, counted from 0, of each head cell by its name."""
    places = enumerate(column.name for column in sheet("kepala"))
    return {name: (HEAD_ROW + n % HEAD_ROWS, (LEFT if n < HEAD_ROWS else RIGHT)[1]) for n, name in places}


def _write_list(book: Book, facts: FormFacts) -> None:
    table = list_table(facts)
    worksheet = _entry_sheet(book, sheet("daftar"), table)
    heading = f"{layout.FORM_TITLE} {facts.edition_title.upper()}".strip()
    worksheet.write_string(0, 0, heading, book.look("title"))
    subtitle = (
        f"{facts.office}   ·   {layout.FORM_MARK} {layout.FORM_VERSION}{layout.SUBTITLE_MARK}{facts.edition or '...'}"
    )
    worksheet.write_string(1, 0, subtitle, book.look("subtitle"))
    _write_head(book, worksheet, facts)
    _write_status(book, worksheet, table)
    worksheet.write_string(HEAD_ROW + HEAD_ROWS, 2, layout.LEGEND, book.look("subtitle"))
    _mark_gaps(book, worksheet, table)
    worksheet.freeze_panes(table.heading_row + 1, 3)
    print_setup(worksheet, facts.paper, heading=f"{facts.unit_name}, Formulir DIP {facts.edition}")
    _signature(worksheet, facts)


def _write_excluded(book: Book, facts: FormFacts) -> None:
    table = excluded_table(facts)
    worksheet = _entry_sheet(book, sheet("dikecualikan"), table)
    worksheet.write_string(0, 0, f"{layout.EXCLUDED_TITLE}   ·   {facts.unit_name}", book.look("title"))
    worksheet.write_string(1, 0, layout.EXCLUDED_NOTE, book.look("subtitle"))
    worksheet.freeze_panes(table.heading_row + 1, 2)
    print_setup(worksheet, facts.paper, heading=f"{facts.unit_name}, Usulan Dikecualikan {facts.edition}")


def _entry(columns: Sequence[Column]) -> frozenset[str]:
    return frozenset(column.key for column in columns if column.filled_by == "bidang")


def _numbered(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    return [dict(row) | {"nomor": str(number)} for number, row in enumerate(rows, start=1)]


def _entry_sheet(book: Book, spec: Sheet, table: Table) -> Worksheet:
    worksheet = book.sheet(spec.title)
    set_widths(worksheet, book, table)
    for row in range(table.key_row):  # what stands above the table is locked though the columns are open
        for place in range(len(table.columns)):
            worksheet.write_blank(row, place, None, book.look("plain"))
    worksheet.set_row(0, 26)
    write_table(book, worksheet, table)
    allowed = ("format_columns", "format_rows", "autofilter", "sort", "insert_rows")
    worksheet.protect("", dict.fromkeys(allowed, True))
    return worksheet


def _write_head(book: Book, worksheet: Worksheet, facts: FormFacts) -> None:
    values = dict(facts.head) | {"unit": facts.unit_name}
    for number, column in enumerate(sheet("kepala")):
        row, (label, first, last) = HEAD_ROW + number % HEAD_ROWS, LEFT if number < HEAD_ROWS else RIGHT
        _write_label(book, worksheet, row, label, column.heading)
        locked = column.filled_by == "dipxl" and bool(values.get(column.name))
        asked = column.required or column.name == "unit"
        role = "locked" if locked else "entry_required" if asked else "entry"
        look = book.look(role, valign="vcenter")
        worksheet.merge_range(row, first, row, last, "", look)
        text(worksheet, row, first, values.get(column.name, ""), look)
        if not locked:
            book.drop_down(worksheet, (row, first, row, first), column)
        worksheet.set_row(row, 19)


def _write_label(book: Book, worksheet: Worksheet, row: int, place: int, label: str) -> None:
    look = book.look("label", shrink=True)
    if place == RIGHT[0]:
        worksheet.merge_range(row, place, row, place + 1, label, look)
    else:
        worksheet.write_string(row, place, label, look)


def _write_status(book: Book, worksheet: Worksheet, table: Table) -> None:
    """The live count "Baris lengkap: 12/15"; INDEX keeps the formula whole when people cut and paste."""
    row, (label, first, last) = HEAD_ROW + HEAD_ROWS - 1, RIGHT
    required = [layout.letters(place) for place, c in enumerate(table.columns) if c.required]
    top, bottom = table.first_row + 1, table.first_row + layout.ENTRY_ROWS
    filled = [f'(INDEX({x}:{x},{top}):INDEX({x}:{x},{bottom})<>"")' for x in required]
    whole, begun = "*".join(filled), f"--(({'+'.join(filled)})>0)"
    formula = f'="{layout.STATUS}"&SUMPRODUCT({whole})&"/"&SUMPRODUCT({begun})'
    _write_label(book, worksheet, row, label, layout.STATUS_LABEL)
    look = book.look("status")
    worksheet.merge_range(row, first, row, last, "", look)
    keys = [c.key for c in table.columns if c.required]
    complete = sum(all(r.get(key) for key in keys) for r in table.rows)
    worksheet.write_formula(row, first, formula, look, f"{layout.STATUS}{complete}/{len(table.rows)}")


def _mark_gaps(book: Book, worksheet: Worksheet, table: Table) -> None:
    """A required cell that is blank in a row begun turns orange while people type."""
    last = table.first_row + layout.ENTRY_ROWS - 1
    begin, end = layout.letters(2), layout.letters(len(table.columns) - 1)
    top = table.first_row + 1
    gap = book.workbook.add_format({"bg_color": "#FFC9A9"})
    for place, column in enumerate(table.columns):
        if column.required:
            letter = layout.letters(place)
            criteria = f'=AND({letter}{top}="",COUNTA(${begin}{top}:${end}{top})>0)'
            rule: dict[str, Any] = {"type": "formula", "criteria": criteria, "format": gap}
            worksheet.conditional_format(table.first_row, place, last, place, rule)


def _signature(worksheet: Worksheet, facts: FormFacts) -> None:
    """Room for a signature under each printed page; unsigned is no fault."""
    position = facts.head.get("mengetahui", "").replace("&", "&&")
    signature = f"Mengetahui, {position}: ................................................"
    worksheet.set_footer(f"&L&8Halaman &P dari &N&R&9{signature.replace(', :', ':')}")
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=1.1)


def _write_others(book: Book, facts: FormFacts) -> None:
    worksheet = book.sheet(layout.OTHERS_SHEET)
    for place, width in enumerate(others.WIDTHS):
        worksheet.set_column(place, place, width)
        worksheet.write_string(others.FIRST_ROW - 1, place, others.HEADINGS[place], book.look("heading_optional"))
    worksheet.set_column(others.SIGN_PLACE, others.SIGN_PLACE, None, None, {"hidden": True})
    worksheet.write_string(0, 0, others.TITLE, book.look("title"))
    worksheet.write_string(1, 0, others.NOTE, book.look("subtitle"))
    worksheet.freeze_panes(others.FIRST_ROW, 0)
    print_setup(worksheet, facts.paper, heading=f"{facts.unit_name}, {others.TITLE} {facts.edition}")
    for number, other in enumerate(facts.others, start=others.FIRST_ROW):
        words = other.text
        if len(words) > LONGEST_CELL:
            words = words[: LONGEST_CELL - len(CUT_MARK)] + CUT_MARK
        line = (other.sheet, other.cell, words)
        for place, cell in enumerate(line):
            text(worksheet, number, place, cell, book.look("entry"))
        worksheet.write_string(number, others.SIGN_PLACE, others.sign(line), book.look("key"))
        worksheet.set_row(number, fit_height(list(zip(line, others.WIDTHS, strict=True))))
