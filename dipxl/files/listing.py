"""Tables as CSV that opens in Excel and in which no cell is a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

import pandas as pd

from dipxl.model.text import visible

_FORMULA_STARTS = "=+-@\t\r"


def frame_csv(frame: pd.DataFrame) -> bytes:
    """A frame of text as CSV, headed by its columns' names."""
    return csv_bytes_of(list(frame.columns), frame.itertuples(index=False))


def csv_bytes_of(heading: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    """UTF-8 with a byte-order mark, by which Excel knows the encoding, and neutralised cells."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([neutralised(cell) for cell in row] for row in [heading, *rows])
    return out.getvalue().encode("utf-8-sig")


def neutralised(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet could take it for a formula; `restored` undoes it.

    >>> neutralised("=1+1"), neutralised("Rapat 1-2"), restored(neutralised("'=1+1"))
    ("'=1+1", 'Rapat 1-2', "'=1+1")
    """
    return f"'{text}" if _could_be_formula(text) else text


def restored(cell: str) -> str:
    """The text that `neutralised` was given."""
    return cell[1:] if cell.startswith("'") and _could_be_formula(cell) else cell


def _could_be_formula(text: str) -> bool:
    """True when =, +, -, @, TAB or CR comes first, or after what cannot be seen or apostrophes, full-width forms too.

    Apostrophes are looked past so that one typed by a person can be told from one put there by `neutralised`.
    """
    for char in unicodedata.normalize("NFKC", text):
        if char in _FORMULA_STARTS:
            return True
        if char != "'" and visible(char) and unicodedata.category(char) not in ("Cf", "Cc"):
            return False
    return False
