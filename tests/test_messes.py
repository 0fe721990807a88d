"""Whatever people do to a form: what is certain is taken, the rest is named with its cell, and nothing is lost."""

import messes_cells
import messes_columns
import messes_rows
import pytest
from desk import LIST
from messes import MESSES, START
from told import entry, sent

THEMES = (messes_cells, messes_columns, messes_rows)  # each puts its messes on the list


@pytest.mark.parametrize("name", MESSES)
def test_of_a_form_in_a_mess_nothing_is_lost_and_nothing_made_up(tmp_path, name):
    expected = []
    told = sent(tmp_path, entry(1), entry(2), entry(3), edit=lambda sheet: expected.append(MESSES[name](sheet)))
    expected[0].check(told)


def test_a_form_without_a_mess_passes_with_every_value(tmp_path):
    told = sent(tmp_path, entry(1), entry(2), entry(3)).check()
    assert told.answer["verdict"] == "lolos"
    assert told.codes() == set()
    assert all(told.records[LIST, row].items() >= entry(number).items() for row, number in START.items())
    assert told.answer["cells"]["typed"] == 3 * len(entry(1)) + 6  # and six answers in the head
