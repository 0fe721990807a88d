"""What is certain is repaired and listed; nothing else is touched."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_rows import frame_of, row_of

from dipxl.model.check import check
from dipxl.model.columns import sheet, sheets
from dipxl.model.kodes import KODE
from dipxl.model.links import HTTPS
from dipxl.model.readers import LINES
from dipxl.model.retention import PERIOD
from dipxl.model.tidy import PLACE_IN, PLACE_OUT, WIDE, tidy
from dipxl.model.time_spellings import DATE, LETTERS, PART

HEADS = {0: {"bawaan_tempat": "Tanjung Asri", "bawaan_menguasai": "Sekretariat", "bawaan_pj": "Sekretaris Badan"}}
CHOICE = "ejaan pilihan disamakan"
HEAD = "diisi dari kepala lembar"
SPACE = "spasi atau karakter tak terlihat dirapikan"
BLANK = "tanda kosong"

TYPED = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=12),
    st.sampled_from(
        ["", "-", "NULL", " softcopy ", "HARD COPY", "5 (lima) tahun", "Selamanya", "serta-merta", "\u200b", "a\u00a0b",
         "Jakarta, 2O25", "TW 2 2025", "2026-05-22", "sda", "#REF!", "www.a.example", "mut-0007", "Tanjung\nAsri",
         "e\u0301"]
    ),
)  # fmt: skip


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
        ("retensi", "Selama Beralku.", "Selama berlaku", CHOICE),
        ("retensi", "5 (lima) tahun", "5 tahun", PERIOD),
        ("retensi", "12 bulan", "1 tahun", CHOICE),
        ("retensi", "12 (dua belas) bln", "1 tahun", PERIOD),
        ("kelas", "A. INFORMASI WAJIB DIUMUMKAN SECARA BERKALA", "Berkala", CHOICE),
        ("bentuk", "Ada di\nlemari", "Ada di lemari", LINES),
        ("retensi", " 7 tahun", "7 tahun", SPACE),
        ("ringkasan", "Laporan\u00a0 Kinerja\u200b Tahun 2025 ", "Laporan Kinerja Tahun 2025", SPACE),
        ("ringkasan", "Laporan\x07 Kinerja\ud800 Tahun\t2025", "Laporan Kinerja Tahun 2025", SPACE),
        ("ringkasan", "Lap\u00adoran Kinerja Tahun 2025", "Laporan Kinerja Tahun 2025", SPACE),
        ("ringkasan", "Profil Cafe\u0301 Tahun \uff12\uff10\uff12\uff15", "Profil Caf\u00e9 Tahun 2025", WIDE),
        ("waktu", "2O23", "2023", LETTERS),
        ("waktu", "TW 2 2025", "Triwulan II 2025", PART),
        ("waktu", "2026-05-22 00:00:00", "22 Mei 2026", DATE),
        ("waktu", "Januari\n2026", "Januari 2026", LINES),
        ("tempat", "Tanjung\nAsri", "Tanjung Asri", LINES),
        ("tautan", "www.bkpsdm.example/a.pdf", "https://www.bkpsdm.example/a.pdf", HTTPS),
        ("kode", "mut-0007 ", "MUT-0007", KODE),
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
        ("bentuk", "Sofcopi"), ("retensi", "Tahun 2025"), ("waktu", "03/04/2026"), ("ringkasan", "=1+1"),
        ("kode", "007"), ("tempat", "Samarinda"), ("keterangan", "baris satu\nbaris dua"),
        ("tautan", "HTTPS://BKPSDM.example/A.pdf"),
        ("waktu", "45292"), ("waktu", "Jui 2025"), ("waktu", "Tanjung Asri"), ("retensi", "5 (enam) tahun"),
        ("ringkasan", "Laporan “Kinerja” – Tahun 2025’"), ("menguasai", "bkpsdm\nBag. Organisasi"), ("waktu", "sda"),
        ("tempat", "idem"), ("bentuk", "#REF!"), ("retensi", "#RUMUS?"), ("kelas", '"'), ("tautan", "bkpsdm.example/a"),
        ("penanggung_jawab", "kepala badan"), ("kelas", "Berkla"), ("tautan", "https://a.example\nhttps://b.example"),
    ],
)  # fmt: skip
def test_what_is_not_certain_stays_as_typed(column, typed):
    row, changes = tidied(**{column: typed})
    assert row[column] == typed
    assert changes == []


def test_a_place_in_the_time_moves_to_its_own_column_before_the_head_fills_it():
    row, changes = tidied(waktu="Samarinda, TW I 2O25", tempat="-")
    assert (row["waktu"], row["tempat"]) == ("Triwulan I 2025", "Samarinda")
    assert changes == [
        ("waktu", "Samarinda, TW I 2O25", "Triwulan I 2025", PLACE_OUT),
        ("tempat", "-", "Samarinda", PLACE_IN),
    ]


def test_a_place_that_stands_in_its_own_column_too_leaves_the_time():
    row, changes = tidied(waktu="Samarinda, Januari 2026", tempat="SAMARINDA")
    assert (row["waktu"], row["tempat"]) == ("Januari 2026", "SAMARINDA")
    assert changes == [("waktu", "Samarinda, Januari 2026", "Januari 2026", PLACE_OUT)]


def test_another_place_in_the_time_is_left_to_be_asked():
    row, changes = tidied(waktu="Samarinda, Januari 2026", tempat="Tenggarong")
    assert (row["waktu"], row["tempat"]) == ("Samarinda, Januari 2026", "Tenggarong")
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
    assert all(change.why for change in changes)
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
