"""What changed from one edition to the next."""

from dataclasses import replace

import pytest
from sample_dip import entry

from dipxl.model.compare import CHANGED, NEW, WITHDRAWN, Change, changes
from dipxl.model.register import Register

OLD = entry("SEK-0001", "Berkala")
BEFORE = {"SEK-0001": dict(OLD.values) | {"bidang": "SEK", "kelas_putusan": "Berkala", "butir": ""}}


def compared(*entries, before=BEFORE):
    return list(changes(before, Register("2027-1", entries)))


def test_equal_rows_have_not_changed():
    assert compared(OLD) == []


def test_a_changed_cell_is_told_with_its_heading_and_both_texts():
    assert compared(entry("SEK-0001", "Berkala", waktu="Maret 2026", retensi="5 tahun")) == [
        Change("SEK-0001", CHANGED, "Waktu Pembuatan", "Februari 2026", "Maret 2026"),
        Change("SEK-0001", CHANGED, "Jangka Simpan / Retensi Arsip", "10 tahun", "5 tahun"),
    ]


def test_a_new_row_is_told_by_its_summary():
    assert compared(OLD, entry("SEK-0009", "Berkala", ringkasan="Renstra 2030-2034")) == [
        Change("SEK-0009", NEW, "Ringkasan Isi Informasi", "", "Renstra 2030-2034")
    ]


def test_a_withdrawn_row_is_told_with_its_reason_and_not_as_changed():
    gone = entry("SEK-0001", "Berkala", pemutakhiran="Cabut", alasan_cabut="Pindah ke unit lain", waktu="Maret 2026")
    assert compared(gone) == [
        Change(
            "SEK-0001", WITHDRAWN, "Ringkasan Isi Informasi", "Laporan Kinerja Tahun 2025", "", "Pindah ke unit lain"
        )
    ]  # fmt: skip


def test_a_row_that_came_and_went_within_the_edition_is_no_change():
    assert compared(OLD, entry("SEK-0009", "Berkala", pemutakhiran="Cabut", alasan_cabut="Tercatat dua kali")) == []


@pytest.mark.parametrize("name", ["nomor", "kode", "kelas", "pemutakhiran"])
def test_what_dipxl_and_the_classes_write_is_no_change_of_the_row(name):
    assert compared(replace(OLD, values=dict(OLD.values) | {name: "lain"})) == []


def test_changes_come_in_the_order_of_the_register():
    entries = [entry("SEK-0003", "Berkala"), entry("SEK-0001", "Berkala", waktu="2024"), entry("SEK-0002", "Berkala")]
    assert [(c.kode, c.kind) for c in compared(*entries)] == [
        ("SEK-0003", NEW), ("SEK-0001", CHANGED), ("SEK-0002", NEW),
    ]  # fmt: skip


def test_against_nothing_all_rows_are_new():
    assert [c.kind for c in compared(OLD, before={})] == [NEW]
