"""Names made from any text are legal everywhere."""

from __future__ import annotations

import re

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from dipxl.files.names import is_conflict_copy, sheet_name, slug, unique


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bidang Mutasi dan Promosi", "bidang-mutasi-dan-promosi"),
        ("Pengadaan & Informasi ASN", "pengadaan-informasi-asn"),
        ("  UPT. Penilaian__Kompetensi  ", "upt-penilaian-kompetensi"),
        ("Café Ñandú", "cafe-nandu"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "berkas-con"),
        ("com1", "berkas-com1"),
        ("Lpt9", "berkas-lpt9"),
        ("", "berkas"),
        ("人事", "berkas"),
        ("---", "berkas"),
    ],
)
def test_a_slug_keeps_what_can_be_read(text, expected):
    assert slug(text) == expected


@given(st.text())
def test_every_slug_is_short_plain_and_stable(text):
    made = slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made.encode()) <= 80
    assert slug(made) == made


def test_a_long_name_is_cut_without_a_hyphen_at_its_end():
    assert slug("abcdefg " * 20).endswith("abcdefg")


def test_a_free_name_stays_as_it_is():
    assert unique("mutasi", ["promosi"]) == "mutasi"


def test_a_taken_name_gets_the_next_number_whatever_the_case():
    assert unique("mutasi", ["Mutasi", "mutasi-2"]) == "mutasi-3"


def test_a_long_taken_name_stays_within_its_limit():
    assert unique("a" * 80, ["a" * 80]) == "a" * 78 + "-2"


@given(st.lists(st.text(), max_size=6))
def test_names_made_one_after_another_all_differ(texts):
    taken: list[str] = []
    for text in texts:
        taken.append(unique(sheet_name(text), taken, limit=31))
    assert len({name.casefold() for name in taken}) == len(texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Daftar Informasi", "Daftar Informasi"),
        ("Mutasi/Promosi: [usulan]?", "Mutasi Promosi usulan"),
        ("'Perbaikan'", "Perbaikan"),
        ("History", "Lembar History"),
        ("", "Lembar"),
        ("Bidang Pengembangan Kompetensi Aparatur", "Bidang Pengembangan Kompetensi"),
    ],
)
def test_a_sheet_name_keeps_what_excel_allows(text, expected):
    assert sheet_name(text) == expected


@given(st.text(max_size=60))
def test_a_workbook_takes_every_sheet_name(text):
    assert xlsxwriter.Workbook().add_worksheet(sheet_name(text)).get_name()


@given(st.text(max_size=60))
def test_no_sheet_name_is_longer_than_excel_counts(text):
    assert len(sheet_name(text).encode("utf-16-le")) <= 62


@pytest.mark.parametrize(
    "name",
    [
        "formulir (konflik salinan Budi 2026-08-12).xlsx",
        "formulir (salinan konflik milik Budi 2026-08-12).xlsx",
        "formulir (salinan yang berkonflik 2026-08-12).xlsx",
        "form (Budi's conflicted copy 2026-08-12).xlsx",
        "form (Budi’s conflicted copy 2026-08-12 (1)).xlsx",
        "formulir (conflicted copy 2026-08-12 101010).xlsx",
        "formulir-conflict-20260812.xlsx",
        "formulir_conflict-20260812-101010.xlsx",
        "formulir.sync-conflict-20260812-101010-ABCDEFG.xlsx",
        "formulir (SFConflict budi@kantor.example 2026-08-12-10-10-10).xlsx",
        "formulir_DISKSTATION_Aug-12-101010-2026_Conflict.xlsx",
        "formulir.Conflict.xlsx",
        "formulir [Conflict].xlsx",
        "formulir (Case Conflict 1).xlsx",
        "formulir (conflict 2026-08-12-10-10-10).xlsx",
        "formulir-LAPTOP-AB12.xlsx",
        "formulir-DESKTOP-7K2M9QX-2.xlsx",
        "kiriman.zip/formulir-LAPTOP-AB12.xlsx",
    ],
)
def test_the_copies_that_sync_programs_make_of_a_conflict_are_recognised(name):
    assert is_conflict_copy(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "formulir.xlsx",
        "formulir (1).xlsx",
        "formulir - Salinan.xlsx",
        "Salinan formulir.xlsx",
        "formulir sekretariat (revisi Budi 2026-08-12).xlsx",
        "Laporan Konflik Sosial 2026.xlsx",
        "laporan-konflik-20260812.xlsx",
        "Penanganan benturan (konflik kepentingan).xlsx",
        "conflict of interest.xlsx",
        "INVENTARIS-LAPTOP-2026.xlsx",
        "DAFTAR-LAPTOP-DINAS.xlsx",
        "pengadaan-laptop-ab12.xlsx",
        "~$formulir.xlsx",
    ],
)
def test_an_ordinary_copy_and_an_honest_name_are_not_taken_for_a_conflict(name):
    assert not is_conflict_copy(name)


@given(st.text(max_size=60))
def test_any_name_gets_an_answer(name):
    assert is_conflict_copy(name) in (True, False)
    assert is_conflict_copy(f"{name.replace('.', '')}.sync-conflict-20260812-101010-ABCDEFG.xlsx")
