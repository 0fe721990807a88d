"""Each word that a column may give for how it is read has a reader, and signs that are no value are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipxl.model.columns import sheets
from dipxl.model.data import load
from dipxl.model.readers import ASKS, LINES, NO_VALUE, READERS, no_value, without_value

DITTO = """
sda | SDA | s.d.a. | s.d.a | s d a | idem | Idem | idem ditto | ditto | dito | sama | Sama dengan di atas
sama dengan diatas | sama dgn yang di atas | seperti di atas | " | “ | ” | 〃 | '' | ,, | // | -"- | - // - | " " "
"""
NO_DITTO = """
- | — | s.d. | Sadar | sama dengan tahun lalu | idem lain | "a" | . | / | , | SDA Kabupaten | di atas | Bidang SDA
"""
ERRORS = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "Err:502", "Laporan #REF! Tahun 2025"]
NO_ERRORS = ["#", "# 5", "#1", "#RUMUS", "https://a.example/x#N/A", "Error", "No. #12", "Err: 5", "REF!", "#ref"]


def listed(table):
    return [entry.strip() for line in table.strip().splitlines() for entry in line.split(" | ")]


@pytest.mark.parametrize("typed", listed(DITTO))
def test_a_ditto_mark_is_known(typed):
    assert no_value(typed) == "tanda-sama-tanpa-rujukan"


@pytest.mark.parametrize("typed", listed(NO_DITTO))
def test_what_says_more_than_ditto_is_a_value(typed):
    assert no_value(typed) == ""


@pytest.mark.parametrize("typed", ERRORS)
def test_a_formula_that_failed_is_known(typed):
    assert no_value(typed) == "sel-salah"


@pytest.mark.parametrize("typed", NO_ERRORS)
def test_a_text_with_a_hash_is_a_value(typed):
    assert no_value(typed) == ""


def test_a_formula_that_was_never_calculated_is_known():
    assert no_value("#RUMUS?") == "rumus-tanpa-nilai"


@given(st.one_of(st.sampled_from([*ERRORS, *listed(DITTO), "#RUMUS?"]), st.text(st.characters(exclude_categories=()))))
def test_among_many_texts_no_such_sign_is_passed_by(typed):
    assert no_value(typed) in {"", *NO_VALUE}
    assert without_value([typed, "Laporan Kinerja Tahun 2025"]) == ([typed] if no_value(typed) else [])


def test_every_column_is_read_by_a_reader_that_exists():
    assert {c.reads for spec in sheets().values() for c in spec} - {""} == {*READERS} == {*ASKS}


def test_everything_that_is_asked_stands_in_the_catalogue():
    assert {code for codes in ASKS.values() for code in codes} | {*NO_VALUE} <= {*load("messages")}


def test_a_text_on_several_lines_is_put_on_one():
    assert READERS["sebaris"]("Tanjung\nAsri") == ("Tanjung Asri", LINES, "", {})
    assert READERS["sebaris"]("Tanjung Asri") == ("Tanjung Asri", "", "", {})
