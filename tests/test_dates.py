"""Dates and editions are read as people type them and written as papers want them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipxl.model.dates import long_date, of_serial, parse_date, weekday_date, words
from dipxl.model.edition_id import EditionId

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@given(DAYS)
def test_a_date_in_words_is_read_back(day):
    assert parse_date(long_date(day)) == day


@given(DAYS)
def test_a_date_in_numbers_is_read_day_first(day):
    assert parse_date(day.strftime("%d-%m-%Y")) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("7 September 2026", date(2026, 9, 7)),
        (" 07 SEPTEMBER 2026 ", date(2026, 9, 7)),
        ("7 sept 2026", date(2026, 9, 7)),
        ("1 Pebruari 2026", date(2026, 2, 1)),
        ("30 Nopember 2025", date(2025, 11, 30)),
        ("17 Agu 2026", date(2026, 8, 17)),
        ("29 Februari 2028", date(2028, 2, 29)),
        ("3.4.2026", date(2026, 4, 3)),
        ("2026-09-07 00:00:00", date(2026, 9, 7)),
    ],
)
def test_usual_spellings_of_a_date_are_known(typed, day):
    assert parse_date(typed) == day


@pytest.mark.parametrize(
    "typed", ["", "2026", "September 2026", "29 Februari 2026", "31-04-2026", "13/13/2026", "7 September 26", "besok"]
)
def test_anything_else_is_no_date(typed):
    assert parse_date(typed) is None


@given(st.text())
def test_reading_a_date_never_fails(text):
    assert parse_date(text) is None or isinstance(parse_date(text), date)


def test_a_date_is_written_as_papers_do():
    assert long_date(date(2026, 9, 7)) == "7 September 2026"
    assert weekday_date(date(2026, 8, 21)) == "Jumat, 21 Agustus 2026"


def test_a_cell_with_a_date_is_told_as_a_date_whatever_its_hour():
    assert of_serial(date(2026, 1, 5)) == "5 Januari 2026"
    assert of_serial(datetime(2026, 1, 5, 13, 45)) == "5 Januari 2026"  # noqa: DTZ001 - a cell has no time zone


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "nol"),
        (1, "satu"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (100, "seratus"),
        (2026, "dua ribu dua puluh enam"),
    ],
)
def test_numbers_are_said_in_indonesian(number, said):
    assert words(number) == said


@given(st.integers(min_value=2000, max_value=2099), st.sampled_from([1, 2]))
def test_an_edition_is_read_back_from_its_name(year, half):
    edition = EditionId(year, half)
    assert EditionId.parse(str(edition)) == edition
    assert EditionId.parse(f"  {edition} ") == edition


@given(st.integers(min_value=2000, max_value=2098), st.sampled_from([1, 2]))
def test_the_next_edition_is_half_a_year_later(year, half):
    edition = EditionId(year, half)
    assert edition < edition.next
    assert (edition.next.year - year) * 2 + edition.next.half - half == 1


@pytest.mark.parametrize("typed", ["", "2026", "2026-0", "2026-3", "26-1", "1926-1", "2026-12", "2026/1", "dip-2026-1"])
def test_what_is_no_edition_is_none(typed):
    assert EditionId.parse(typed) is None


def test_an_edition_is_titled_by_its_semester():
    assert EditionId(2026, 1).title == "Semester I Tahun 2026"
    assert EditionId(2026, 2).title == "Semester II Tahun 2026"
