"""The register: what of an entry is decided, and what may stand in the decree."""

from dataclasses import replace

import pytest
from sample_dip import ENTRIES, entry

from dipxl.model.register import UNCONFIRMED, Register

SOUND = entry("SEK-0001", "Berkala", "B.c.1")


def changed(values=None, proposal=None, review=None, **fields):
    return replace(
        SOUND,
        values=dict(SOUND.values) | (values or {}),
        proposal=dict(SOUND.proposal) | (proposal or {}),
        review=dict(SOUND.review) | (review or {}),
        **fields,
    )


CASES = {
    "agreed": (SOUND, True, True, False),
    "classed otherwise": (changed(review={"putusan": "Ubah", "kelas_putusan": "Setiap saat"}), True, True, False),
    "not yet ruled on": (changed(review={"putusan": ""}), True, False, True),
    "refused": (changed(review={"putusan": "Tolak"}), True, False, False),
    "excluded by the PPID": (changed(review={"putusan": "Kecualikan"}), True, False, False),
    "without a class": (changed(proposal={"kelas": ""}), True, False, True),
    "with something to repair": (changed(faults=("kosong",)), True, False, True),
    "sent back to the bidang": (changed(proposal={"usul": "Kembalikan ke bidang"}), False, False, False),
    "proposed for exception": (changed(proposal={"usul": "Usulkan dikecualikan"}), False, False, False),
    "withdrawn": (changed(values={"pemutakhiran": "Cabut"}), False, False, False),
}


@pytest.mark.parametrize(("one", "proposed", "admitted", "waiting"), CASES.values(), ids=CASES)
def test_an_entry_is_proposed_admitted_or_waiting(one, proposed, admitted, waiting):
    assert (one.proposed, one.admitted, one.waiting) == (proposed, admitted, waiting)


def test_no_faulty_and_no_undecided_entry_enters_the_decree():
    register = Register("2026-2", tuple(case[0] for case in CASES.values()))
    assert register.admitted() == [case[0] for case in CASES.values() if case[2]]


def test_the_ppids_class_stands_over_the_proposed_one():
    assert SOUND.kelas == "Berkala"
    assert changed(review={"putusan": "Ubah", "kelas_putusan": "Setiap saat"}).kelas == "Setiap saat"


def test_the_bidangs_own_wish_is_never_the_class():
    assert changed(values={"kelas": "Serta merta"}).kelas == "Berkala"
    assert changed(values={"kelas": "Serta merta"}, proposal={"kelas": ""}).kelas == ""


def test_the_decree_goes_by_class_then_bidang_then_row():
    entries = [
        entry("SEK-0002", "Setiap saat"), entry("SEK-0001", "Berkala"), entry("MUT-0001", "Setiap saat"),
        entry("MUT-0003", "Serta merta"), entry("MUT-0002", "Berkala"),
    ]  # fmt: skip
    kodes = [e.kode for e in Register("2026-2", tuple(entries)).admitted()]
    assert kodes == ["SEK-0001", "MUT-0002", "MUT-0003", "SEK-0002", "MUT-0001"]


def test_entries_are_replaced_in_their_place():
    register = Register("2026-2", ENTRIES)
    new = replace(ENTRIES[1], review={"putusan": "Tolak"})
    after = register.replaced({new.kode: new})
    assert [e.kode for e in after] == [e.kode for e in register]
    assert [e for e, old in zip(after, register, strict=True) if e != old] == [new]


def test_people_see_one_line_an_entry_with_where_it_came_from():
    frame = Register("2026-2", ENTRIES).frame()
    assert frame["kode"].tolist() == ["SEK-0001", "SEK-0002", "MUT-0007", "MUT-0008"]
    line = frame.iloc[1]
    assert (line["bidang"], line["kelas_putusan"], line["butir"], line["putusan"]) == (
        "SEK",
        "Berkala",
        "B.d.a; S.c.c",
        "Setuju",
    )
    assert (line["berkas"], line["lembar"], line["baris"]) == ("berkas-rahasia.xlsx", "Daftar Informasi", "8")
    assert not frame.columns.duplicated().any()


def test_a_row_kept_from_the_last_edition_names_that_as_its_source():
    line = Register("2026-2", (replace(SOUND, source=UNCONFIRMED),)).frame().iloc[0]
    assert (line["berkas"], line["lembar"], line["baris"]) == ("edisi lalu", "", "")


def test_an_empty_register_is_a_table_without_lines():
    assert len(Register("2026-2", ()).frame()) == 0
    assert Register("2026-2", ()).admitted() == []
