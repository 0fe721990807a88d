"""Whatever is done to a form, one thing after another, each typed cell counts once, and no word of it is lost."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import Counter, defaultdict
from contextlib import suppress

import messes_cells
import messes_columns
import messes_rows
import pytest
import sheet_edits
from desk import LIST
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from messes import MESSES
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from told import CANARY, entry, printed, sent

THEMES = (messes_cells, messes_columns, messes_rows)  # each puts its messes on the list
FAMILIES = defaultdict(list)
for _name in MESSES:
    FAMILIES[_name.split("[")[0]].append(_name)

# --- one mess after another


def _pairs(amount, seed):
    """Pairs of messes of different kinds, each kind as often as the others."""
    chance = random.Random(seed)  # noqa: S311
    kinds = sorted(FAMILIES)
    pairs = []
    while len(pairs) < amount:
        chance.shuffle(kinds)
        pairs += [[chance.choice(FAMILIES[kind]) for kind in pair] for pair in itertools.pairwise(kinds)]
    return pairs[:amount]


def _both(pair):
    """Do two messes, and tell the texts that may count or not by what the messes themselves say."""

    def act(sheet):
        unclear = set()
        for name in pair:
            with suppress(AttributeError):  # a cell that a merged one covers takes no typing, in Excel as in openpyxl
                unclear |= {str(sheet[cell].value) for cell in MESSES[name](sheet).unclear}
        return unclear

    return act


@pytest.mark.parametrize("pair", _pairs(60, seed=1), ids=" then ".join)
def test_the_balance_holds_after_any_two_messes(tmp_path, pair):
    _check(tmp_path, _both(pair))


@pytest.mark.fuzz
def test_the_balance_holds_after_a_great_many_pairs_of_messes(tmp_path):
    wrong = {}
    for pair in _pairs(400, seed=2):
        try:
            _check(tmp_path, _both(pair), settled=False)
        except AssertionError as error:
            wrong[" then ".join(pair)] = str(error)[:300]
    assert not wrong


# --- anything, anywhere

VALUES = (
    "kenari9x", "", " ", "\u00a0", "\u200b", "-", "sda", '"', "Jumlah", "1", "A. INFORMASI BERKALA", "Retensi Arsip",
    "Keterangan", "daftar.waktu", "Contoh", "Softcopy", "x" * 5000, "#REF!", "NULL", "=1+1", "Mengetahui,", "✓",
    "https://ppid.example", "_x0007_", "Tahun 2O25", 7, 2.5, 0, -1, 10**17, True, dt.date(2025, 1, 31),
    dt.time(8, 30),
)  # fmt: skip
ROW, COLUMN = st.integers(1, 24), st.integers(1, 16)
TYPED = st.tuples(st.just("type"), ROW, COLUMN, st.sampled_from(VALUES))
ACTS = st.one_of(
    TYPED,
    TYPED,
    st.tuples(st.sampled_from(["insert row", "delete row", "hide row", "strike row"]), ROW),
    st.tuples(st.sampled_from(["insert column", "delete column", "hide column"]), COLUMN),
    st.tuples(st.just("swap columns"), COLUMN, COLUMN),
    st.tuples(st.just("copy row"), ROW, ROW),
    st.tuples(st.just("merge"), ROW, COLUMN, st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("cut"), ROW, COLUMN, ROW, COLUMN),
)


def _type(sheet, row, column, value):
    if _is_open(sheet, row, column):
        sheet.cell(row, column).value = value


def _cut(sheet, row, column, to_row, to_column):
    dipxls = _bare(str(sheet.cell(row, column).value)) in OWN
    if not dipxls and _is_open(sheet, row, column) and _is_open(sheet, to_row, to_column):
        sheet.cell(to_row, to_column).value = sheet.cell(row, column).value
        sheet.cell(row, column).value = None


def _copy_row(sheet, source, target):
    if not any(target in range(area.min_row, area.max_row + 1) for area in sheet.merged_cells.ranges):
        sheet_edits.copy_row(sheet, source, target)


def _merge(sheet, row, column, down, right):
    area = {"start_row": row, "start_column": column, "end_row": row + down, "end_column": column + right}
    if down + right and all(
        _is_open(sheet, r, c) for r in range(row, row + down + 1) for c in range(column, column + right + 1)
    ):
        sheet.merge_cells(**area)


def _swap_columns(sheet, one, other):
    keys = [cell.row for cell in sheet._cells.values() if str(cell.value).startswith("daftar.")]
    if not keys or any(area.max_row >= min(keys) for area in sheet.merged_cells.ranges):
        return
    order = list(range(1, 17))
    order[one - 1], order[other - 1] = order[other - 1], order[one - 1]
    sheet_edits.reorder_columns(sheet, order, min(keys))


def _strike(sheet, row):
    for column in range(1, 14):
        sheet.cell(row, column).font = Font(strike=True)


def _is_open(sheet, row, column):
    """True where no merged area takes the cell."""
    return not any(
        area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col
        for area in sheet.merged_cells.ranges
    )


DEEDS = {
    "type": _type,
    "cut": _cut,
    "copy row": _copy_row,
    "merge": _merge,
    "swap columns": _swap_columns,
    "strike row": _strike,
    "insert row": sheet_edits.insert_rows,
    "delete row": sheet_edits.delete_rows,
    "insert column": sheet_edits.insert_columns,
    "delete column": sheet_edits.delete_columns,
    "hide row": lambda sheet, row: setattr(sheet.row_dimensions[row], "hidden", True),
    "hide column": lambda sheet, n: setattr(sheet.column_dimensions[get_column_letter(n)], "hidden", True),
}


def _all(deeds):
    def act(sheet):
        for name, *words in deeds:
            DEEDS[name](sheet, *words)
        return set()

    return act


@settings(
    max_examples=40,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(ACTS, min_size=1, max_size=4))
def test_the_balance_holds_whatever_is_done_anywhere(tmp_path, deeds):
    _check(tmp_path, _all(deeds))


@pytest.mark.fuzz
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(ACTS, min_size=1, max_size=8))
def test_the_balance_holds_through_a_long_day_of_deeds(tmp_path, deeds):
    _check(tmp_path, _all(deeds), settled=False)


# --- what must hold


def _check(folder, act, *, settled=True):
    """A form put through `act`, with everything that must hold whatever it was.

    Where so much happened that print and typing can no longer be told apart by looking (`settled` is False), the sum,
    the texts and the verdict must hold; the independent count has no answer then.
    """
    grid, unclear = {}, set()

    def messed(sheet):
        unclear.update(act(sheet))
        cells = [cell for cell in sheet._cells.values() if getattr(cell, "value", None) is not None]
        grid.update({(cell.row, cell.column): str(cell.value) for cell in cells})

    told = sent(folder, entry(1), entry(2), entry(3), edit=messed)
    told.unclear |= {_place(*place) for place, text in grid.items() if text in unclear}
    _set_aside_what_may_count_or_not(grid, told)
    if settled:
        told.adds_up()
        _one_column_goes_to_one(grid, told)
    cells = told.answer["cells"]
    assert cells["typed"] == cells["taken"] + cells["reported"]
    told.lost_nothing()
    told.has_a_verdict()


def _set_aside_what_may_count_or_not(grid, told):
    """What stands in the columns of numbers and kode, which dipxl writes anew, and the cells of a changed example."""
    told.unclear |= {place for place, text in told.typed.items() if _bare(text) in OWN}
    locked = {column for (_, column), text in grid.items() if text in LOCKED}
    told.unclear |= told.typed.keys() & {_place(row, column) for row, column in grid if column in locked}
    for row in {row for (row, _), text in grid.items() if text in EXAMPLE}:
        places = {_place(row, column): text for (at, column), text in grid.items() if at == row}
        if places.keys() & told.typed.keys() or len(places) < len(EXAMPLE):
            told.typed = {place: text for place, text in places.items() if text in EXAMPLE} | told.typed
            told.unclear |= {place for place, text in places.items() if text in EXAMPLE}


def _bare(text):
    return text.casefold().strip(" *")


OWN = {_bare(text) for text in printed().values()}
LOCKED = {"No.", "Kode (jangan diubah)", "daftar.nomor", "daftar.kode"}
EXAMPLE = {text for (sheet, cell), text in printed().items() if sheet == LIST and cell.strip("ABCDEFGHIJKLM") == "10"}


def _place(row, column):
    return LIST, f"{get_column_letter(column)}{row}"


def _one_column_goes_to_one(grid, told):
    """All that is taken from one column of the sheet stands in one column of the register, in its row or below."""
    often = Counter(canary for text in grid.values() for canary in CANARY.findall(text) if "kenari9" not in canary)
    places = {canary: place for place, text in grid.items() for canary in CANARY.findall(text) if often[canary] == 1}
    went = defaultdict(set)
    for record in told.answer["records"]:
        for name, text in record["values"].items():
            for canary in places.keys() & CANARY.findall(text):
                row, column = places[canary]
                assert row <= record["row"], (canary, row, record["row"])
                went[column].add(name)
    assert all(len(names) == 1 for names in went.values()), dict(went)
    taken = [name for names in went.values() for name in names]
    assert len(taken) == len(set(taken)), dict(went)
