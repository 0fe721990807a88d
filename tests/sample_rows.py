"""Rows as people type them, and what dipxl's checks say about them."""

import tomllib
from functools import cache
from pathlib import Path

import pandas as pd

from dipxl.model.check import check
from dipxl.model.columns import sheet
from dipxl.model.tidy import tidy

RULES = Path(__file__).parent / "rules"
GOOD_ROWS = "baris-baik.toml"


@cache
def _good_rows():
    return tomllib.loads((RULES / GOOD_ROWS).read_text("utf-8"))


def row_of(sheet_name, **cells):
    """A row with which nothing is wrong, but for the cells named; the cells that it does not name are blank."""
    unknown = {name for name in cells if name not in {column.name for column in sheet(sheet_name)}}
    assert not unknown, f"kolom yang tidak ada pada lembar {sheet_name}: {sorted(unknown)}"
    return dict.fromkeys([c.name for c in sheet(sheet_name)], "") | _good_rows()[sheet_name] | cells


def frame_of(sheet_name, *rows, files=None):
    """The rows as they come out of returned workbooks: all of one file unless `files` numbers them."""
    names = [column.name for column in sheet(sheet_name)]
    frame = pd.DataFrame([[row[name] for name in names] for row in rows], columns=names, dtype="str")
    return frame.assign(file=files or 0, row=range(11, 11 + len(rows)))


def faults_of(sheet_name, *rows, files=None, heads=None):
    """Everything that the check says about the rows after they were tidied."""
    frame, _ = tidy(sheet_name, frame_of(sheet_name, *rows, files=files), heads or {})
    return check(sheet_name, frame)


def codes_of(sheet_name, *rows, files=None):
    """The codes of what is wrong with the last of the rows, sorted."""
    return sorted(fault.code for fault in faults_of(sheet_name, *rows, files=files) if fault.row == len(rows) - 1)
