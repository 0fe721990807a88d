"""What a form has lost is given back: its hidden keys, its drop-downs, and the text format of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from dipxl.files import layout
from dipxl.files.forms import FormFacts, excluded_table, form, head_places, list_table
from dipxl.files.patch_cells import Cells, split
from dipxl.files.patch_package import M, Package
from dipxl.files.patch_strings import Strings
from dipxl.files.patch_styles import Styles
from dipxl.files.patch_validations import Target, give_back
from dipxl.model.columns import Column, sheet, sheets
from dipxl.model.text import fold

SEARCHED_ROWS = 60
ENOUGH = 3  # keys or headings that make a row the one
_ALL = FormFacts("", "", "", "", "", {}, "", "", sop_columns=True, carried=[{}])


@dataclass(frozen=True)
class FormSheet:
    """A sheet of the form as it came back: column keys by Excel letters, head cells by address.

    `first` is the row of the first entry, if there is one; a sheet that is not `stamped` is only taken for the
    form's where it still bears its keys.
    """

    keys: Mapping[str, str]
    head: Mapping[str, str] = field(default_factory=dict)
    first: int = 0
    stamped: bool = True


@dataclass(frozen=True)
class Restored:
    """What was given back on a sheet: "pilihan" or "format", and the labels of the columns."""

    kind: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """The form's rules by column key, and the choices behind each defined name."""

    by_key: Mapping[str, etree._Element]
    lists: Mapping[str, tuple[str, ...]]


@cache
def rules() -> Rules:
    """The rules as the form itself has them, with every column that it may show."""
    package = Package(form(_ALL))
    by_key: dict[str, etree._Element] = {}
    parts = {one.get("name"): n for n, one in enumerate(package.tree("xl/workbook.xml").iter(f"{M}sheet"), start=1)}
    for name, table in (("daftar", list_table(_ALL)), ("dikecualikan", excluded_table(_ALL))):
        keys = {place + 1: column.key for place, column in enumerate(table.columns)}
        heads = {(row + 1, place + 1): f"kepala.{name}" for name, (row, place) in head_places().items()}
        root = package.tree(f"xl/worksheets/sheet{parts[sheet(name).title]}.xml")
        for rule in root.iterfind(f"{M}dataValidations/{M}dataValidation"):
            row, column = split(rule.get("sqref", "").partition(":")[0])
            by_key[keys[column] if row > table.first_row else heads[row, column]] = rule
    choices = {rule.findtext(f"{M}formula1", ""): _column(key).choices for key, rule in by_key.items()}
    return Rules(by_key, {name: told for name, told in choices.items() if name})


def restore_sheet(cells: Cells, form_sheet: FormSheet, styles: Styles, strings: Strings) -> Iterator[Restored]:
    """Give a sheet back its keys, rules and formats where they are missing; no value changes."""
    first = _first_row(cells, form_sheet, styles, strings)
    if not first:
        return
    last = first + layout.ENTRY_ROWS - 1
    columns = [Target(key, split(f"{letter}1")[1], first, last) for letter, key in form_sheet.keys.items()]
    places = [(key, *split(address)) for address, key in form_sheet.head.items() if cells.anchor(address) == address]
    columns = [target for target in columns if _is_asked(target.key)]
    head = [Target(key, column, row, row) for key, row, column in places if _is_asked(key)]
    lost = give_back(cells.root, [*columns, *head], rules().by_key)
    seen = [key for key, row in lost.items() if row <= cells.last_row]  # LibreOffice lets go of rows far below
    if seen:
        yield Restored("pilihan", tuple(_column(key).label for key in seen))
    if closed := _open(cells, columns, styles):
        yield Restored("format", tuple(_column(key).label for key in closed))


def _is_asked(key: str) -> bool:
    return _column(key).filled_by == "bidang"


def _column(key: str) -> Column:
    kind, name = key.split(".")
    return sheet(kind)[name]


def is_form_key(key: str) -> bool:
    """True for the key of a column of the form's two tables."""
    kind, _, name = key.partition(".")
    return kind in ("daftar", "dikecualikan") and name in {column.name for column in sheets()[kind]}


def _first_row(cells: Cells, form_sheet: FormSheet, styles: Styles, strings: Strings) -> int:
    """The row where entries begin: below keys, heading and example. Lost keys are written where they stood."""
    key_row = _row_of(cells, form_sheet.keys, strings)
    if not key_row and form_sheet.stamped:
        headings = {letter: _column(key).heading for letter, key in form_sheet.keys.items()}
        heading_row = _row_of(cells, headings, strings)
        if not heading_row:
            return form_sheet.first
        key_row = heading_row - 1
        _write_keys(cells, key_row, form_sheet.keys, styles, strings)
    if not key_row:
        return 0
    example = any(strings.text(cell) == layout.EXAMPLE_MARK for cell in cells.present(key_row + 2)[:1])
    return key_row + (3 if example else 2)


def _row_of(cells: Cells, texts: Mapping[str, str], strings: Strings) -> int:
    """The row, among the first ones, that holds enough of these texts in their columns."""
    wanted = {letter: fold(text) for letter, text in texts.items()}
    for number in cells.first_rows(SEARCHED_ROWS):
        found = 0
        for cell in cells.present(number):
            text = wanted.get(cell.get("r", "").rstrip("0123456789"))
            found += bool(text) and fold(strings.text(cell)) == text
        if found >= min(ENOUGH, len(wanted)) and found:
            return number
    return 0


def _write_keys(cells: Cells, number: int, keys: Mapping[str, str], styles: Styles, strings: Strings) -> None:
    """Write the hidden keys above the headings, unless something else stands there now."""
    if number < 1 or cells.is_merged(number) or any(strings.text(cell) for cell in cells.present(number)):
        return
    for letter, key in keys.items():
        cells.set_text(f"{letter}{number}", key, strings)
        cells.cell(f"{letter}{number}").set("s", styles.role("key"))
    cells.row(number).set("hidden", "1")


def _open(cells: Cells, targets: Sequence[Target], styles: Styles) -> list[str]:
    """Give cells for entry the text format, and open them; the keys of the columns where it was lost."""
    closed = styles.closed(locked=cells.root.find(f"{M}sheetProtection") is not None)
    changed = []
    for target in targets:
        style = cells.column_style(target.column)
        if style in closed:
            cells.set_column_style(target.column, styles.opened(style), _column(target.key).width)
            changed.append(target.key)
    by_column = {target.column: target for target in targets}
    for cell in cells.styled(closed):
        row, column = split(cell.get("r", ""))
        if column not in by_column or not by_column[column].first <= row <= by_column[column].last:
            continue
        old = cell.get("s", "0")
        new = styles.opened(old, as_text=not _is_number(cell))
        if new != old:
            cell.set("s", new)
            changed.append(by_column[column].key)
    return list(dict.fromkeys(changed))


def _is_number(cell: etree._Element) -> bool:
    """True for a value that its format helps to read, such as a date or "5 tahun"."""
    return cell.get("t", "n") not in ("s", "str", "inlineStr") and cell.find(f"{M}v") is not None


def list_names(root: etree._Element) -> set[str]:
    """The names of the form's lists that the drop-downs of a sheet need."""
    used = {rule.findtext(f"{M}formula1", "").strip().lstrip("=") for rule in root.iter(f"{M}dataValidation")}
    return used & set(rules().lists)
