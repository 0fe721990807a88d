"""The mandatory items of Perki 1/2021 and the grounds of exception of UU 14/2008, against counts taken from the law."""

import hashlib
import re
from collections import Counter
from datetime import date

import pytest

from dipxl.model import grounds, items
from dipxl.model.classes import classes

# The codes of the 131 items in the law's order, one a line, read off the regulation and not off dipxl.
ALL_CODES = "bd29299c1eaa26a8712d4b678bdccec1fc981a36ec5b25b03fa1cfe383fdb8c4"
PER_CLASS = {"Berkala": 87, "Serta merta": 15, "Setiap saat": 29}
PER_ARTICLE = {
    ("Berkala", "14"): 11, ("Berkala", "15"): 76, ("Serta merta", "19"): 6, ("Serta merta", "20"): 9,
    ("Setiap saat", "21"): 28, ("Setiap saat", "56"): 1,
}  # fmt: skip
CHILDREN = {
    "": 11 + 6 + 1 + 18 + 1,  # Ps 14(2) a-k, Ps 19(2) a-f, Ps 20, Ps 21 a-r, Ps 56
    "B.a": 4, "B.b": 9, "B.c": 1, "B.d": 4, "B.e": 4, "B.f": 2, "B.g": 2, "B.h": 2, "B.i": 3, "B.k": 7,
    "B.i.b": 23, "B.i.c": 15, "M.std": 8, "S.b": 6, "S.c": 4,
}  # fmt: skip


def article(item):
    return re.search(r"Pasal (\d+)", item.basis)[1]


def test_the_items_are_those_of_the_regulation_in_its_order():
    assert len(items.items()) == 131
    assert hashlib.sha256("\n".join(items.items()).encode()).hexdigest() == ALL_CODES


def test_each_class_and_each_article_has_its_number_of_items():
    assert Counter(item.klass for item in items.items().values()) == PER_CLASS
    assert Counter((item.klass, article(item)) for item in items.items().values()) == PER_ARTICLE


def test_every_item_says_its_name_whom_it_binds_and_since_when():
    for item in items.items().values():
        assert item.name.strip() == item.name != ""
        assert item.scope
        assert item.basis.startswith("Perki 1/2021 Pasal ")
        assert item.since == date(2021, 6, 30)


def test_every_item_is_of_a_class_that_a_dip_holds():
    assert {item.klass for item in items.items().values()} == {*classes()}


def test_a_parent_is_an_item_of_the_same_class_whose_kode_begins_its_childrens():
    for item in items.items().values():
        if item.parent:
            assert items.items()[item.parent].klass == item.klass
            assert item.kode.startswith(f"{item.parent}.")


def test_a_parent_stands_before_its_children():
    order = list(items.items())
    assert [i.kode for i in items.items().values() if i.parent and order.index(i.parent) > order.index(i.kode)] == []


def test_parents_have_as_many_children_as_the_law_has_letters():
    counted = Counter(item.parent for item in items.items().values())
    assert counted == CHILDREN


def test_leaves_are_the_items_that_group_nothing():
    kodes = [item.kode for item in items.leaves()]
    assert len(kodes) == 131 - len({item.parent for item in items.items().values()} - {""})
    assert {"B.a", "B.i", "B.i.b", "M.std", "S.b", "S.c"}.isdisjoint(kodes)
    assert {"B.g.a", "B.c.1", "B.i.b.2", "M.a", "M.std.h", "S.a", "S.lap"} <= {*kodes}


def test_every_choice_of_an_item_is_read_back_as_its_kode():
    assert [item.kode for item in items.items().values() if items.kodes(item.choice) != (item.kode,)] == []


def test_all_choices_in_one_cell_are_read_back_in_their_order():
    assert items.kodes("; ".join(items.choices())) == tuple(items.items())


@pytest.mark.parametrize(
    ("typed", "kodes"),
    [
        ("", ()),
        ("B.d.a", ("B.d.a",)),
        ("B.d.a; S.c.c", ("B.d.a", "S.c.c")),
        ("B.d.a;S.c.c;", ("B.d.a", "S.c.c")),
        ("B.d.a\nS.c.c", ("B.d.a", "S.c.c")),
        ("B.d.a, S.c.c", ("B.d.a", "S.c.c")),
        ("b.d.a; s.LAP", ("B.d.a", "S.lap")),
        ("B.d.a - Rencana dan laporan realisasi anggaran", ("B.d.a",)),
        ("B.d.a.; B.d.a", ("B.d.a",)),
        ("Z.9; B.d.a", ("Z.9", "B.d.a")),
        ("B.a.a – Kedudukan, alamat; S.a", ("B.a.a", "S.a")),
    ],
)
def test_a_cell_may_name_items_in_many_ways(typed, kodes):
    assert items.kodes(typed) == kodes


def test_the_grounds_are_the_ten_letters_of_pasal_17():
    assert list(grounds.grounds()) == list("abcdefghij")


def test_grounds_a_to_f_never_last_for_ever_and_the_others_may():
    never = {letter: ground.never_permanent for letter, ground in grounds.grounds().items()}
    assert never == dict.fromkeys("abcdef", True) | dict.fromkeys("ghij", False)


def test_only_ground_a_has_a_longest_period_and_it_is_thirty_years():
    longest = {letter: ground.longest_years for letter, ground in grounds.grounds().items() if ground.longest_years}
    assert longest == {"a": 30}


def test_a_ground_is_offered_under_its_own_letter_and_cites_it():
    for letter, ground in grounds.grounds().items():
        assert ground.label.startswith(f"{letter}. ")
        assert re.search(rf"Ps 17{letter}\b", ground.basis)
        assert ground.when
        assert ground.period
        assert ground.since == date(2010, 4, 30)


def test_discipline_is_said_to_be_no_ground_a():
    assert "Pemeriksaan disiplin pegawai bukan alasan a." in grounds.grounds()["a"].when


def test_the_classes_are_the_three_of_pasal_13_in_the_order_of_the_annexes():
    assert [(c.label, c.annex) for c in classes().values()] == [
        ("Berkala", "I"), ("Serta merta", "II"), ("Setiap saat", "III"),
    ]  # fmt: skip
    assert [c.heading for c in classes().values()] == [
        "Informasi yang wajib disediakan dan diumumkan secara berkala",
        "Informasi yang wajib diumumkan secara serta merta",
        "Informasi yang wajib tersedia setiap saat",
    ]
