"""Changes that are certain, made before checking and listed one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from dipxl.model import choices
from dipxl.model.columns import Column, sheet
from dipxl.model.text import is_dash, visible


@dataclass(frozen=True)
class Change:
    """One cell that was changed: the row's label in the frame, the column, old value, new value, why."""

    row: int
    column: str
    before: str
    after: str
    why: str


def tidy(
    sheet_name: str, frame: pd.DataFrame, heads: Mapping[int, Mapping[str, str]]
) -> tuple[pd.DataFrame, list[Change]]:
    """The frame with what is certain repaired, and every change made.

    The frame's rows are labelled 0, 1, 2 ...; `heads` gives the head cells of each file, by the number in
    the frame's column `file`.
    """
    frame = frame.copy()
    changes: list[Change] = []
    for column in sheet(sheet_name):
        for change in _column_changes(column, frame, heads):
            frame.at[change.row, column.name] = change.after
            changes.append(change)
    return frame, changes


def _column_changes(column: Column, frame: pd.DataFrame, heads: Mapping[int, Mapping[str, str]]) -> Iterator[Change]:
    """One change a cell at most: the first reason that applies, and the value that all of them give."""
    files = frame["file"].tolist()
    for row, typed in enumerate(frame[column.name].tolist()):
        after, why = _tidied(column, typed)
        if not after and column.default_from:
            default = heads.get(files[row], {}).get(column.default_from, "")
            after, why = (default, "diisi dari kepala lembar") if default else (after, why)
        if after != typed:
            yield Change(row, column.name, typed, after, why)


def _tidied(column: Column, typed: str) -> tuple[str, str]:
    clean = visible(typed)
    if not clean or is_dash(clean):
        return "", "tanda kosong"
    meant = choices.certain(column, clean) if column.choices and not column.several else None
    if meant and meant != clean:
        return meant, "ejaan pilihan disamakan"
    return clean, "spasi atau karakter tak terlihat dirapikan"
