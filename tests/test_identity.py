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


# --- what people do to a form between one sending and the next -------------------------------------------------------

PLACE = st.integers(0, 50)
STEPS = st.one_of(
    st.tuples(st.just("geser"), PLACE, PLACE),
    st.tuples(st.just("sisip"), PLACE, st.booleans()),
    st.tuples(st.just("hapus"), PLACE, PLACE),
    st.tuples(st.just("ubah isi"), PLACE, TIMES),
    st.tuples(st.just("ubah ringkasan"), PLACE, PLACE),
    st.tuples(st.just("salin beserta kode"), PLACE, PLACE),
)


class Form:
    """A bidang's form as people see it: each row is a thing with a name of its own, whatever is written in it.

    With `marked` the bidang works on in the marked copy, where every row bears its kode; else in the form that it first
    filled, where none does.
    """

    def __init__(self, *, marked):
        self.marked, self.made = marked, 0
        self.rows, self.retyped = [], set()
        self.known, self.taken, self.owner = {}, set(), {}
        for _ in range(4):
            self._insert(0)

    def _insert(self, place):
        self.made += 1
        self.rows.insert(place, (self.made, row(f"Dokumen nomor {self.made}", "2026")))

    def edit(self, step, place, other):
        """Do one thing that people do; a copy of a row with its kode is a thing of its own."""
        size = len(self.rows)
        at, to = (place % size, other % size if isinstance(other, int) else 0) if size else (0, 0)
        if step == "sisip" or not size:
            self._insert(at)
        elif step == "geser":
            self.rows.insert(to, self.rows.pop(at))
        elif step == "hapus":
            self.rows.pop(at)
        elif step == "ubah isi":
            self.rows[at] = (self.rows[at][0], self.rows[at][1] | {"waktu": other, "bentuk": "Hardcopy"})
        elif step == "ubah ringkasan":
            self.made += 1
            self.rows[at] = (self.rows[at][0], self.rows[at][1] | {"ringkasan": f"Judul baru {self.made}"})
            self.retyped.add(self.rows[at][0])
        else:
            self.made += 1
            self.rows.append((self.made, self.rows[at][1] | {"ringkasan": f"Salinan {self.made}"}))

    def send(self):
        """Send it; gives the kode of each row, and what went out with it is known from then on."""
        self._the_first_of_a_kode_is_its_owner()
        kodes = assign("MUT", [cells for _, cells in self.rows], self.known, self.taken)
        self.known |= {kode: cells for kode, (_, cells) in zip(kodes, self.rows, strict=True)}
        if self.marked:
            self.rows = [(name, cells | {"kode": kode}) for (name, cells), kode in zip(self.rows, kodes, strict=True)]
        self.owner |= dict(zip(kodes, (name for name, _ in self.rows), strict=True))
        return {name: kode for (name, _), kode in zip(self.rows, kodes, strict=True)}

    def _the_first_of_a_kode_is_its_owner(self):
        """Where a row was copied with its kode, and perhaps moved above or left alone, that is who bears it now."""
        for kode, owner in self.owner.items():
            names = [name for name, cells in self.rows if cells["kode"] == kode]
            if names and names[0] != owner:
                swap = {names[0]: owner, owner: names[0]}
                self.rows = [(swap.get(name, name), cells) for name, cells in self.rows]


@given(st.booleans(), st.lists(st.lists(STEPS, max_size=5), min_size=1, max_size=5))
def test_through_any_number_of_sendings_a_row_keeps_its_kode_and_no_other_row_ever_gets_it(marked, sendings):
    form = Form(marked=marked)
    given_to = {kode: name for name, kode in form.send().items()}
    kode_of = {name: kode for kode, name in given_to.items()}
    for steps in sendings:
        form.retyped.clear()
        for step in steps:
            form.edit(*step)
        told = form.send()
        assert len(set(told.values())) == len(told)
        for name, kode in told.items():
            assert given_to.setdefault(kode, name) == name
            if name in kode_of and (marked or name not in form.retyped):
                assert kode_of[name] == kode
        kode_of |= told


@given(st.booleans(), st.lists(STEPS, max_size=12))
def test_sending_the_very_same_again_changes_no_kode(marked, steps):
    form = Form(marked=marked)
    form.send()
    for step in steps:
        form.edit(*step)
    assert form.send() == form.send()
