"""What a Keputusan may not be made with."""

from dataclasses import replace
from datetime import date

import pytest
from sample_decree import register, settings

from dipxl.errors import DipxlError
from dipxl.model.lawful import refuse_reversed, refuse_unlawful
from dipxl.model.office import PROPOSES


def code_of(office, public):
    with pytest.raises(DipxlError) as stop:
        refuse_unlawful(office, public)
    return stop.value.code


def with_cell(public, **cells):
    first = replace(public.rows[0], values={**public.rows[0].values, **cells})
    return replace(public, rows=(first, *public.rows[1:]))


def lawful_office(**cells):
    return replace(settings(**cells), legal_basis=("Undang-Undang Nomor 14 Tahun 2008",))


def test_a_list_that_is_ready_may_be_decreed():
    refuse_unlawful(lawful_office(), register())


def test_an_office_that_only_proposes_decrees_nothing():
    assert code_of(lawful_office(tingkat=PROPOSES), register()) == "hanya-mengusulkan"


def test_a_list_without_an_entry_is_not_decreed():
    assert code_of(lawful_office(), register(0, 0, 0)) == "belum-diputus"


def test_an_unknown_retention_stops_the_decree():
    assert code_of(lawful_office(), with_cell(register(), retensi="Belum tahu")) == "retensi-belum-tahu"


@pytest.mark.parametrize("column", ["ringkasan", "tautan", "penanggung_jawab"])
def test_a_nik_in_any_public_cell_stops_the_decree(column):
    public = with_cell(register(), **{column: "Daftar gaji pegawai 6401010101900001"})
    assert code_of(lawful_office(), public) == "data-pribadi-terbuka"


def test_a_regulation_with_a_gap_stops_the_decree():
    office = replace(lawful_office(), legal_basis=("Keputusan Bupati … Nomor … tentang PPID",))
    assert code_of(office, register()) == "dasar-hukum-belum-lengkap"


def test_an_approval_after_the_decree_is_refused():
    with pytest.raises(DipxlError) as stop:
        refuse_reversed(date(2026, 12, 1), date(2026, 12, 20))
    assert stop.value.code == "tanggal-terbalik"


@pytest.mark.parametrize("approved", [None, date(2026, 11, 30), date(2026, 12, 1)])
def test_an_approval_on_or_before_the_day_of_the_decree_is_well(approved):
    refuse_reversed(date(2026, 12, 1), approved)
