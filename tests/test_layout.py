"""Addresses, keys and stamps: what the writer and the reader of a workbook share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from dipxl.files.layout import Stamp, address, letters, parse_key
from dipxl.model.columns import sheets

COLUMNS = st.integers(min_value=0, max_value=16_383)
ROWS = st.integers(min_value=0, max_value=1_048_575)
PART = st.text(st.characters(exclude_characters="|"), max_size=20)


@given(COLUMNS)
def test_columns_have_excels_letters(column):
    assert letters(column) == get_column_letter(column + 1)


@given(ROWS, COLUMNS)
def test_an_address_leads_to_its_cell(row, column):
    assert coordinate_to_tuple(address(row, column)) == (row + 1, column + 1)


@pytest.mark.parametrize(
    ("column", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_letters_carry_over_where_the_alphabet_ends(column, expected):
    assert letters(column) == expected


def test_the_key_of_every_column_is_read_back():
    assert [c.key for s in sheets().values() for c in s if parse_key(c.key) != (s.name, c.name)] == []


@pytest.mark.parametrize(
    "text", ["", "No.", "daftar", "daftar.", ".ringkasan", "Daftar.ringkasan", "daftar.ringkasan.x"]
)
def test_a_heading_is_no_key(text):
    assert parse_key(text) is None


@given(st.sampled_from(["formulir", "usulan", "telaah", "pengaturan"]), PART, PART, st.integers(1, 99))
def test_a_stamp_is_read_back_also_from_among_other_words(kind, edition, unit, version):
    stamp = Stamp(kind, edition, unit, version)
    assert Stamp.parse(str(stamp)) == stamp
    assert Stamp.parse(f"kata kunci; {stamp}") == stamp


@pytest.mark.parametrize("text", ["", "dipxl", "dipxl|formulir", "dipxl|formulir|satu|2026-2|MUT"])
def test_other_words_are_no_stamp(text):
    assert Stamp.parse(text) is None
