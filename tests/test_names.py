"""Names made from any text are legal everywhere."""

from __future__ import annotations

import re

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from dipxl.files.names import sheet_name, slug, unique


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
