"""Changes that are certain, made before checking and listed one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dipxl.model import choices
from dipxl.model.columns import Column, sheet
from dipxl.model.readers import LINES, READERS, no_value
from dipxl.model.text import LONGEST_DASH, fold, is_dash, is_tidy, one_line, plain, visible
from dipxl.model.times import split_time_and_place

BLANK = "tanda kosong"
SPACES = "spasi atau karakter tak terlihat dirapikan"
WIDE = "bentuk huruf atau angka disamakan"
CHOICE = "ejaan pilihan disamakan"
HEAD = "diisi dari kepala lembar"
PLACE_OUT = 'tempat dipindahkan ke kolom "Tempat Pembuatan"'
PLACE_IN = 'dipindahkan dari kolom "Waktu Pembuatan"'

Done = tuple[str, str]  # a value after tidying, and why


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
    moved = _places_in_times(frame) if sheet_name == "daftar" else {}
    for column in sheet(sheet_name):
        made = list(_column_changes(column, frame, heads, moved.get(column.name, {})))
        if made:
            _apply(frame, column.name, made)
            changes += made
    return frame, changes


def _apply(frame: pd.DataFrame, name: str, made: Sequence[Change]) -> None:
    values = frame[name].tolist()
    for change in made:
        values[change.row] = change.after
    frame[name] = pd.Series(values, index=frame.index, dtype=frame[name].dtype)


def _column_changes(
    column: Column, frame: pd.DataFrame, heads: Mapping[int, Mapping[str, str]], moved: Mapping[int, Done]
) -> Iterator[Change]:
    """One change a cell at most: the first reason that applies, and the value that all of them give.

    Each text is looked at once, however many rows have it; `moved` tells what else was decided about a row.
    """
    typed = frame[column.name].tolist()
    tidied = ((text, _tidied(column, text)) for text in _doubtful(column, typed))
    done = {text: result for text, result in tidied if result[0] != text}
    if not (done or moved or (column.default_from and "" in typed)):
        return
    files = frame["file"].tolist()
    for row, text in enumerate(typed):
        after, why = moved.get(row) or done.get(text) or (text, "")
        if not after and column.default_from:
            default = heads.get(files[row], {}).get(column.default_from, "")
            after, why = (default, HEAD) if default else (after, why)
        if after != text:
            yield Change(row, column.name, text, after, why)


def _doubtful(column: Column, typed: Sequence[str]) -> Iterable[str]:
    """The different texts of a column, where any text goes without those that are surely as they should be."""
    texts = dict.fromkeys(typed)
    if column.choices or column.reads:
        return texts
    return [text for text in texts if len(text) <= LONGEST_DASH or not is_tidy(text)]


def _tidied(column: Column, typed: str) -> Done:
    """What a text of this column certainly means, and why it is written otherwise."""
    clean = plain(typed)
    if not clean or is_dash(clean):
        return "", BLANK
    text, why = (clean, "") if no_value(clean) else _meant(column, clean)
    if not why and text != typed:
        why = LINES if text != clean else WIDE if visible(typed) == typed else SPACES
    return text, why


def _meant(column: Column, clean: str) -> Done:
    if column.choices and not column.several:
        meant = choices.certain(column, clean)
        if meant or not column.open_list:
            return meant or one_line(clean), CHOICE if meant and meant != clean else ""
    if column.reads:
        reading = READERS[column.reads](clean)
        suggested = choices.certain(column, reading.text) if column.choices else None  # "12 (dua belas) bulan"
        return suggested or reading.text, reading.why
    return clean, ""


def _places_in_times(frame: pd.DataFrame) -> dict[str, dict[int, Done]]:
    """The rows whose time holds their place too: what becomes of both cells, by column and row.

    A place that was typed in its own column stays; where it is another one, the time is left to be asked about.
    """
    moved: dict[str, dict[int, Done]] = {"waktu": {}, "tempat": {}}
    times = frame["waktu"].tolist()
    parted = {text: both for text in dict.fromkeys(times) if (both := split_time_and_place(plain(text)))}
    places = frame["tempat"].tolist() if parted else []
    for row, place in enumerate(places):
        if times[row] not in parted:
            continue
        time, named = parted[times[row]]
        blank = not plain(place) or is_dash(place)
        if blank:
            moved["tempat"][row] = (named, PLACE_IN)
        if blank or fold(place) == fold(named):
            moved["waktu"][row] = (time, PLACE_OUT)
    return moved
