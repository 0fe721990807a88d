"""Two rounds compared: every fault is fixed, new or still there, and the counts add up."""

from hypothesis import given
from hypothesis import strategies as st

from dipxl.model.rounds import Spot, since

SPOTS = st.lists(st.builds(Spot, *(st.sampled_from("ab"),) * 3), max_size=12)


def test_a_fault_is_the_same_in_the_same_row_and_column_only():
    before = [Spot("kosong", "Bentuk", "MUT-0001"), Spot("kosong", "Bentuk", "MUT-0002")]
    now = [Spot("kosong", "Retensi", "MUT-0001"), Spot("bukan-pilihan", "Bentuk", "MUT-0001"), before[1]]
    found = since(before, now)
    assert found.as_json() == {"fixed": 1, "new": 2, "still": 1}
    assert found.fresh == (True, True, False)


def test_of_equal_faults_as_many_are_still_there_as_there_were():
    one = Spot("di-luar-tabel", "", "Lembar!A1")
    assert since([one], [one, one]).as_json() == {"fixed": 0, "new": 1, "still": 1}


@given(SPOTS, SPOTS)
def test_the_counts_always_add_up(before, now):
    found = since(before, now)
    assert found.new + found.still == len(now) == len(found.fresh)
    assert found.fixed + found.still == len(before)
    back = since(now, before)
    assert (back.fixed, back.new, back.still) == (found.new, found.fixed, found.still)
