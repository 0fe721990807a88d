"""Every row keeps its kode for ever, and no kode is given twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_rows import row_of

from dipxl.model.identity import assign
from dipxl.model.register import mint
from dipxl.model.text import fold

TITLES = st.sampled_from(["Laporan Kinerja", "LAPORAN  KINERJA.", "Renstra", "Statistik pegawai", ""])
TIMES = st.sampled_from(["2025", "2026", "Januari 2026", ""])
UNITS = st.sampled_from(["Sekretariat", "UPT"])


def row(ringkasan, waktu="2026", kode="", **cells):
    return row_of("daftar", ringkasan=ringkasan, waktu=waktu, kode=kode, **cells)


ROWS = st.lists(st.builds(lambda t, w, m: row(t, w, menguasai=m), TITLES, TIMES, UNITS), max_size=8)


def seen(values):
    """A row as a reader tells it from others."""
    return {name: fold(text) for name, text in values.items()}


def first(rows, bidang="MUT"):
    """The kodes of a first submission, with what is known and taken after it."""
    taken = set()
    kodes = assign(bidang, rows, {}, taken)
    return kodes, dict(zip(kodes, rows, strict=True)), taken


def test_new_rows_are_counted_in_their_order():
    kodes, _, taken = first([row("Renstra"), row("Laporan"), row("Statistik")])
    assert kodes == ["MUT-0001", "MUT-0002", "MUT-0003"]
    assert taken == {*kodes}


def test_counting_goes_on_after_the_highest_kode_of_the_bidang():
    taken = {"MUT-0007", "MUT-0002", "SEK-0040"}
    assert assign("MUT", [row("Renstra")], {}, taken) == ["MUT-0008"]
    assert taken == {"MUT-0007", "MUT-0002", "SEK-0040", "MUT-0008"}


def test_a_thousand_rows_get_a_thousand_kodes():
    assert mint("MUT", {"MUT-9998"}, 3) == ["MUT-9999", "MUT-10000", "MUT-10001"]


@given(ROWS)
def test_no_two_rows_have_the_same_kode(rows):
    kodes, _, _ = first(rows)
    assert len(set(kodes)) == len(rows)


@given(ROWS)
def test_the_same_rows_sent_again_keep_their_kodes(rows):
    kodes, known, taken = first(rows)
    assert assign("MUT", rows, known, set(taken)) == kodes


@given(ROWS, st.randoms(use_true_random=False))
def test_rows_that_only_moved_keep_their_kodes(rows, random):
    kodes, known, taken = first(rows)
    order = random.sample(range(len(rows)), len(rows))
    again = assign("MUT", [rows[place] for place in order], known, set(taken))
    assert {*again} == {*kodes}
    assert [seen(known[kode]) for kode in again] == [seen(rows[place]) for place in order]


@given(ROWS, ROWS, ROWS)
def test_a_kode_is_never_given_to_another_row_after_its_row_vanished(before, without, after):
    kodes, known, taken = first(before)
    second = assign("MUT", without, known, taken)
    known |= dict(zip(second, without, strict=True))
    third = assign("MUT", after, known, taken)
    minted = {*third} - {*known}
    assert minted.isdisjoint({*kodes, *second})
    assert {*kodes, *second, *third} <= taken


def test_a_row_that_came_back_has_its_old_kode():
    known = {"MUT-0001": row("Renstra"), "MUT-0002": row("Laporan")}
    taken = {*known}
    assert assign("MUT", [row("Laporan")], known, taken) == ["MUT-0002"]
    assert assign("MUT", [row("Renstra"), row("Laporan")], known, taken) == ["MUT-0001", "MUT-0002"]


def test_a_row_with_its_kode_may_change_altogether():
    known = {"MUT-0001": row("Renstra"), "MUT-0002": row("Laporan")}
    assert assign("MUT", [row("Judul baru", kode="MUT-0002")], known, {*known}) == ["MUT-0002"]


def test_a_kode_of_another_bidang_is_not_taken_over():
    known = {"MUT-0001": row("Renstra")}
    assert assign("MUT", [row("Statistik", kode="SEK-0001")], known, {"MUT-0001", "SEK-0001"}) == ["MUT-0002"]


def test_of_two_rows_with_one_kode_the_first_keeps_it():
    known = {"MUT-0001": row("Renstra")}
    rows = [row("Renstra", kode="MUT-0001"), row("Renstra 2030", kode="MUT-0001")]
    assert assign("MUT", rows, known, {*known}) == ["MUT-0001", "MUT-0002"]


def test_a_row_with_kode_is_served_before_one_of_the_same_text():
    known = {"MUT-0001": row("Renstra")}
    rows = [row("Renstra"), row("Renstra", kode="MUT-0001")]
    assert assign("MUT", rows, known, {*known}) == ["MUT-0002", "MUT-0001"]


def test_a_new_row_above_does_not_take_the_kode_of_one_with_the_same_title():
    known = {"MUT-0001": row("Rekap absensi", "Januari 2026")}
    rows = [row("Rekap absensi", "Februari 2026"), row("Rekap absensi", "Januari 2026")]
    assert assign("MUT", rows, known, {*known}) == ["MUT-0002", "MUT-0001"]


def test_a_corrected_time_does_not_make_a_row_new():
    known = {"MUT-0001": row("Renstra", "2025")}
    assert assign("MUT", [row(" RENSTRA.", "2026")], known, {*known}) == ["MUT-0001"]


def test_of_several_rows_with_one_title_the_time_decides():
    known = {"MUT-0001": row("Rekap", "Januari 2026"), "MUT-0002": row("Rekap", "Februari 2026")}
    assert assign("MUT", [row("Rekap", "Februari 2026")], known, {*known}) == ["MUT-0002"]


def test_of_several_rows_with_one_title_and_time_the_rest_of_the_row_decides():
    known = {"MUT-0001": row("Rekap", menguasai="UPT A"), "MUT-0002": row("Rekap", menguasai="UPT B")}
    assert assign("MUT", [row("Rekap", menguasai="UPT B")], known, {*known}) == ["MUT-0002"]


def test_a_row_that_could_be_several_earlier_ones_is_none_of_them():
    known = {"MUT-0001": row("Rekap", "Januari 2026"), "MUT-0002": row("Rekap", "Februari 2026")}
    assert assign("MUT", [row("Rekap", "Maret 2026")], known, {*known}) == ["MUT-0003"]


def test_two_rows_that_could_be_one_earlier_one_are_both_new():
    known = {"MUT-0001": row("Rekap", "Januari 2026")}
    rows = [row("Rekap", "Maret 2026"), row("Rekap", "April 2026")]
    assert assign("MUT", rows, known, {*known}) == ["MUT-0002", "MUT-0003"]


def test_a_proposal_for_exception_is_known_by_its_information():
    known = {"X-MUT-0003": row_of("dikecualikan", informasi="Identitas pelapor")}
    rows = [row_of("dikecualikan", informasi="identitas pelapor", akibat_dibuka="Lain"), row_of("dikecualikan")]
    assert assign("X-MUT", rows, known, {*known, "X-PEN-0009"}, "informasi") == ["X-MUT-0003", "X-MUT-0004"]


def test_no_rows_need_no_kodes():
    assert assign("MUT", [], {"MUT-0001": row("Renstra")}, {"MUT-0001"}) == []


@pytest.mark.parametrize("count", [2_000])
def test_a_long_list_without_kodes_is_numbered_and_found_again_at_once(count):
    rows = [row(f"Dokumen nomor {number}") for number in range(count)]
    kodes, known, taken = first(rows)
    assert assign("MUT", rows[::-1], known, taken) == kodes[::-1]
