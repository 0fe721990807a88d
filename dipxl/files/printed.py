"""What dipxl itself prints on its workbooks; a reader does not count it as typed."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from dipxl.files import layout
from dipxl.files.layout import Stamp
from dipxl.model.columns import sheets
from dipxl.model.grounds import grounds
from dipxl.model.text import fold, visible

_TITLES = "|".join((layout.FORM_TITLE, *layout.BOOK_TITLES.values()))
_NOTES = (
    *layout.BOOK_NOTES.values(), layout.SETTINGS_TITLE, layout.SETTINGS_NOTE, layout.STATUS_LABEL, layout.LEGEND,
    layout.EXCLUDED_NOTE, layout.MAPPING_TITLE, layout.MAPPING_NOTE,
)  # fmt: skip
_PRINT = re.compile(
    rf"(?:{_TITLES})(?: SEMESTER I{{1,2}} TAHUN \d{{4}})?"
    rf"|{layout.EXCLUDED_TITLE}{layout.SUBTITLE_MARK[:7]}.*"
    rf"|{layout.STATUS}\d+/\d+"
    rf"|.*{layout.SUBTITLE_MARK}(?:\.\.\.|\d{{4}}-[12])"
)
_GAP = re.compile(r"\\\{\w+\\\}")


def is_print(text: str) -> bool:
    """True for a text that dipxl itself printed above a table."""
    return text in _NOTES or bool(_PRINT.fullmatch(text))


def is_own_sheet_print(title: str, text: str, place: int) -> bool:
    """True for what dipxl printed on its guide and its hidden sheets; what people typed there is another text."""
    match title:
        case layout.GUIDE_SHEET:
            return (place == 0 and text.isdecimal()) or bool(_guide().fullmatch(visible(text)))
        case layout.LISTS_SHEET:
            return visible(text) in _choices()
        case layout.STAMP_SHEET:
            return Stamp.parse(text) is not None
        case _:
            return False


@cache
def head_labels() -> dict[str, str]:
    """The names of the head cells, by every spelling of their labels."""
    labels: dict[str, str] = {}
    for kind in ("kantor", "kepala"):
        for column in sheets()[kind]:
            labels |= {fold(text): column.name for text in (*column.aliases, column.label)}
    return labels


@cache
def hints() -> dict[str, str]:
    """The explanations that a settings sheet prints right of its cells, by the name of the cell."""
    return {column.name: column.hint for kind in ("kepala", "kantor") for column in sheets()[kind]}


@cache
def _guide() -> re.Pattern[str]:
    """Any text of the guide, whatever fills its gaps."""
    words = tomllib.loads(files("dipxl.files").joinpath("guide.toml").read_text(encoding="utf-8"))
    texts = [words["title"], *words["steps"], words["carried"], words["protected"], words["checklist_title"]]
    texts += [f"☐  {item}" for item in words["checklist"]]
    texts += [words["grounds_title"], *words["grounds_heading"]]
    texts += [text for ground in grounds().values() for text in (ground.label, ground.when, ground.period)]
    patterns = [_GAP.sub(".*", re.escape(visible(text.replace("**", "")))) for text in texts]
    return re.compile("|".join(patterns), re.DOTALL)


@cache
def _choices() -> frozenset[str]:
    return frozenset(visible(choice) for spec in sheets().values() for column in spec for choice in column.choices)
