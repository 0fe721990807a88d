"""The kode that dipxl gave is known again however it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipxl.model.kodes import KODE, read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mut-0007", "MUT-0007"), ("MUT 0007", "MUT-0007"), ("mut – 0007", "MUT-0007"), ("MUT0007", "MUT-0007"),
        ("MUT-OO07", "MUT-0007"), ("x-0003", "X-0003"), ("\uff2d\uff35\uff34-0007", "MUT-0007"),
    ],
)  # fmt: skip
def test_a_kode_is_written_as_dipxl_gave_it(typed, meant):
    assert read(typed) == (meant, KODE, "", {})


@pytest.mark.parametrize("typed", ["MUT-0007", "007", "Mutasi", "MUT-OOOO", "MUT-00070001", "1", "B-000.8.3.3/9306"])
def test_what_is_no_kode_or_right_already_stays(typed):
    assert read(typed) == (typed, "", "", {})


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_is_read_and_reading_again_changes_nothing(typed):
    assert read(read(typed).text).text == read(typed).text
