from sample_dip import PUBLISHED, entry, published

from dipxl.model.items import items, leaves
from dipxl.model.recap import recap


def answers(*butir):
    """The recap of a register with one entry for each text, by the items' kode."""
    summary = recap(published(*(entry(f"SEK-{n:04}", "Berkala", text) for n, text in enumerate(butir, start=1))))
    return summary, {answer.item.kode: answer for answer in summary.answers}


def test_every_item_of_the_law_stands_in_it_once():
    assert sorted(a.item.kode for a in recap(PUBLISHED).answers) == sorted(items())


def test_an_item_is_followed_by_the_items_below_it():
    kodes = [answer.item.kode for answer in recap(PUBLISHED).answers]
    assert kodes[:6] == ["B.a", "B.a.a", "B.a.b", "B.a.c", "B.a.d", "B.b"]
    assert kodes.index("B.i.b.23") < kodes.index("B.i.c")


def test_an_entry_stands_at_every_item_that_it_answers():
    _, by_kode = answers("B.d.a; S.c.c", "B.d.a")
    assert by_kode["B.d.a"].nomor == (1, 2)
    assert by_kode["S.c.c"].nomor == (1,)


def test_only_leaves_can_be_missing():
    summary, _ = answers("B.d.a")
    assert len(summary.leaves) == len(leaves())
    assert len(summary.missing) == len(leaves()) - 1
    assert all(answer.leaf for answer in summary.missing)


def test_an_answer_to_a_whole_group_is_pointed_at_and_leaves_nothing_under_it_missing():
    _, by_kode = answers("B.i")
    assert by_kode["B.i"].nomor == (1,)
    assert by_kode["B.i.b.23"].above == "B.i"
    assert not by_kode["B.i.b.23"].missing
    assert by_kode["B.h.a"].missing


def test_entries_without_a_known_item_are_unmapped():
    summary, _ = answers("", "B.d.a", "Z.9")
    assert summary.unmapped == (1, 3)


def test_an_empty_register_has_every_leaf_missing():
    summary, _ = answers()
    assert len(summary.missing) == len(leaves())
    assert summary.unmapped == ()
