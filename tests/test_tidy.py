"""What is certain is repaired and listed; nothing else is touched."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_rows import frame_of, row_of

from dipxl.model.check import check
from dipxl.model.columns import sheet, sheets
from dipxl.model.tidy import tidy

HEADS = {0: {"bawaan_tempat": "Tanjung Asri", "bawaan_menguasai": "Sekretariat", "bawaan_pj": "Sekretaris Badan"}}
CHOICE = "ejaan pilihan disamakan"
HEAD = "diisi dari kepala lembar"
SPACE = "spasi atau karakter tak terlihat dirapikan"
BLANK = "tanda kosong"

TYPED = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "-", "NULL", " softcopy ", "HARD COPY", "5 (lima) tahun", "Selamanya", "serta-merta", "\u200b", "a\u00a0b"]
    ),
)


def tidied(heads=HEADS, **cells):
    """The row after tidying, and the changes made in it."""
    frame, changes = tidy("daftar", frame_of("daftar", row_of("daftar", **cells)), heads)
    return frame.iloc[0], [(c.column, c.before, c.after, c.why) for c in changes]


def test_a_sound_row_is_left_alone():
    assert tidied()[1] == []


@pytest.mark.parametrize(
    ("column", "typed", "after", "why"),
    [
        ("bentuk", "Soft Copy", "Softcopy", CHOICE),
        ("bentuk", " Softcopy\u00a0", "Softcopy", SPACE),
        ("retensi", "5 (lima) tahun", "5 tahun", CHOICE),
        ("retensi", " 7 tahun", "7 tahun", SPACE),
        ("ringkasan", "Laporan\u00a0 Kinerja\u200b Tahun 2025 ", "Laporan Kinerja Tahun 2025", SPACE),
        ("waktu", "–", "", BLANK),
        ("keterangan", "NULL", "", BLANK),
        ("tautan", "\u200b", "", BLANK),
        ("tempat", "", "Tanjung Asri", HEAD),
        ("menguasai", "-", "Sekretariat", HEAD),
        ("penanggung_jawab", " ", "Sekretaris Badan", HEAD),
    ],
)
def test_what_is_certain_is_changed_and_told(column, typed, after, why):
    row, changes = tidied(**{column: typed})
    assert row[column] == after
    assert changes == [(column, typed, after, why)]


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("bentuk", "Sofcopi"), ("retensi", "Tahun 2025"), ("waktu", "2O23"), ("ringkasan", "=1+1"), ("kode", "007"),
        ("tempat", "Samarinda"), ("keterangan", "baris satu\nbaris dua"), ("tautan", "HTTPS://BKPSDM.example/A.pdf"),
    ],
)  # fmt: skip
def test_what_is_not_certain_stays_as_typed(column, typed):
    row, changes = tidied(**{column: typed})
    assert row[column] == typed
    assert changes == []


def test_a_blank_stays_blank_where_the_head_says_nothing():
    row, changes = tidied(heads={0: {"bawaan_tempat": ""}}, tempat="", menguasai="")
    assert (row["tempat"], row["menguasai"]) == ("", "")
    assert changes == []


def test_a_file_takes_its_own_head_only():
    rows = [row_of("daftar", tempat="")] * 3
    heads = {4: {"bawaan_tempat": "Samarinda"}, 7: {"bawaan_tempat": "Tenggarong"}}
    frame, changes = tidy("daftar", frame_of("daftar", *rows, files=[7, 4, 5]), heads)
    assert frame["tempat"].tolist() == ["Tenggarong", "Samarinda", ""]
    assert [(c.row, c.after) for c in changes] == [(0, "Tenggarong"), (1, "Samarinda")]


def test_the_rows_that_were_typed_are_kept():
    frame = frame_of("daftar", row_of("daftar", bentuk="soft copy"))
    before = frame.copy()
    tidy("daftar", frame, HEADS)
    pd.testing.assert_frame_equal(frame, before)


def test_several_items_in_a_cell_are_not_taken_for_a_choice():
    frame, changes = tidy("usulan", frame_of("usulan", row_of("usulan", butir="B.d.a; S.c.c")), {})
    assert frame.at[0, "butir"] == "B.d.a; S.c.c"
    assert changes == []


ROWS = st.lists(st.fixed_dictionaries({column.name: TYPED for column in sheet("daftar")}), min_size=1, max_size=4)


@given(ROWS)
def test_tidying_again_changes_nothing(rows):
    once, _ = tidy("daftar", frame_of("daftar", *rows), HEADS)
    again, changes = tidy("daftar", once, HEADS)
    assert changes == []
    pd.testing.assert_frame_equal(again, once)


@given(ROWS)
def test_the_list_of_changes_is_exactly_what_changed(rows):
    typed = frame_of("daftar", *rows)
    after, changes = tidy("daftar", typed, HEADS)
    names = [column.name for column in sheet("daftar")]
    changed = {
        (row, name, typed.at[row, name], after.at[row, name])
        for row in typed.index
        for name in names
        if typed.at[row, name] != after.at[row, name]
    }
    assert {(c.row, c.column, c.before, c.after) for c in changes} == changed
    assert len(changes) == len(changed)
    assert after[["file", "row"]].equals(typed[["file", "row"]])


@given(ROWS)
@settings(max_examples=40)
def test_no_text_is_ever_too_odd_to_check(rows):
    frame, _ = tidy("daftar", frame_of("daftar", *rows), HEADS)
    for fault in check("daftar", frame):
        assert fault.value == frame.at[fault.row, fault.column]


@pytest.mark.parametrize("name", [name for name in sheets() if name != "konteks"])
def test_every_choice_and_every_example_is_left_alone(name):
    for column in sheet(name):
        typed = [*column.choices, *([column.example] if column.example else [])]
        if typed:
            frame, changes = tidy(name, frame_of(name, *[row_of(name, **{column.name: text}) for text in typed]), {})
            assert changes == []
            assert frame[column.name].tolist() == typed
