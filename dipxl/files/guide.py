"""The guide sheet of the form; its words stand in `guide.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from xlsxwriter.worksheet import Worksheet

from dipxl.files import layout
from dipxl.files.row_height import fit_height
from dipxl.files.sheets import Book
from dipxl.model.grounds import grounds

WIDTHS = (4, 30, 46, 34)
_BOLD = re.compile(r"(\*\*.+?\*\*)")


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(files("dipxl.files").joinpath("guide.toml").read_text(encoding="utf-8"))


def write_guide(book: Book, contact: str, deadline: str, *, carried: bool) -> None:
    """Write the guide as the first sheet: steps, checklist of SOP step 1, the grounds of Ps 17."""
    worksheet = book.sheet(layout.GUIDE_SHEET)
    for place, width in enumerate(WIDTHS):
        worksheet.set_column(place, place, width)
    worksheet.write_string(0, 0, words()["title"], book.look("title"))
    worksheet.set_row(0, 30)
    row = _write_steps(book, worksheet, contact, deadline, carried=carried)
    row = _write_checklist(book, worksheet, row + 1)
    _write_grounds(book, worksheet, row + 1)
    worksheet.set_portrait()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 1)
    worksheet.protect("", {"format_rows": True})
    worksheet.activate()


def _write_steps(book: Book, worksheet: Worksheet, contact: str, deadline: str, *, carried: bool) -> int:
    steps = [*words()["steps"], *([words()["carried"]] if carried else []), words()["protected"]]
    for number, step in enumerate(steps, start=1):
        filled = step.replace("{contact}", contact).replace("{deadline}", deadline)
        worksheet.write_number(number, 0, number, book.look("label", align="center", font_color="#14532D"))
        _write_rich(book, worksheet, number, filled)
        worksheet.set_row(number, fit_height([(filled, sum(WIDTHS[1:]))]) + 4)
    return len(steps) + 1


def _write_rich(book: Book, worksheet: Worksheet, row: int, text: str) -> None:
    """One merged cell across the sheet, with the parts between ** in bold."""
    look, bold = book.look("step"), book.look("step", bold=True)
    worksheet.merge_range(row, 1, row, len(WIDTHS) - 1, "", look)
    parts = [part for part in _BOLD.split(text) if part]
    if len(parts) == 1:
        worksheet.write_string(row, 1, parts[0].strip("*"), look)
        return
    pieces: list[Any] = []
    for part in parts:
        pieces += [bold, part.strip("*")] if part.startswith("**") else [part]
    worksheet.write_rich_string(row, 1, *pieces, look)


def _write_checklist(book: Book, worksheet: Worksheet, row: int) -> int:
    worksheet.merge_range(row, 0, row, len(WIDTHS) - 1, words()["checklist_title"], book.look("band"))
    for line, item in enumerate(words()["checklist"], start=row + 1):
        worksheet.write_string(line, 1, f"☐  {item}", book.look("step", text_wrap=False))
    return row + len(words()["checklist"]) + 1


def _write_grounds(book: Book, worksheet: Worksheet, row: int) -> None:
    worksheet.merge_range(row, 0, row, len(WIDTHS) - 1, words()["grounds_title"], book.look("band"))
    for place, heading in enumerate(words()["grounds_heading"], start=1):
        worksheet.write_string(row + 1, place, heading, book.look("heading_optional"))
    for line, ground in enumerate(grounds().values(), start=row + 2):
        cells = (ground.label, ground.when, ground.period)
        for place, text in enumerate(cells, start=1):
            worksheet.write_string(line, place, text, book.look("cell"))
        worksheet.set_row(line, fit_height(list(zip(cells, WIDTHS[1:], strict=True))))
