"""Who is in office on the day of a document, and what the settings say of bidang."""

from dataclasses import replace
from datetime import date

import pytest
from sample_dip import SETTINGS

from dipxl.model.edition_id import EditionId
from dipxl.model.office import Bidang, Official

HEAD = Official("PPID", "Sekretaris Badan", "Sri", date(2025, 1, 1), date(2026, 8, 31))
ACTING = Official("PPID", "Sekretaris Badan", "Budi", date(2026, 9, 1), date(2026, 12, 31), sebutan="Plt.")
STAND_IN = Official("PPID", "Sekretaris Badan", "Ani", date(2026, 10, 5), date(2026, 10, 9), sebutan="Plh.")
LATER = Official("PPID", "Sekretaris Badan", "Agus", date(2027, 2, 1))
SUPERIOR = Official("Atasan PPID", "Kepala Badan", "Made", date(2024, 1, 1))
OFFICE = replace(SETTINGS, officials=(LATER, HEAD, STAND_IN, SUPERIOR, ACTING))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), "Sri"),
        (date(2026, 8, 31), "Sri"),
        (date(2026, 9, 1), "Budi"),
        (date(2026, 10, 4), "Budi"),
        (date(2026, 10, 5), "Ani"),
        (date(2026, 10, 9), "Ani"),
        (date(2026, 10, 10), "Budi"),
        (date(2026, 12, 31), "Budi"),
        (date(2027, 1, 1), None),
        (date(2027, 2, 1), "Agus"),
        (date(2040, 1, 1), "Agus"),
    ],
)
def test_the_day_of_the_document_picks_the_official(day, name):
    official = OFFICE.official("PPID", day)
    assert (official.nama if official else None) == name


def test_nobody_stands_in_for_another_role():
    assert OFFICE.official("Pimpinan Badan Publik", date(2026, 9, 7)) is None
    assert OFFICE.official("Atasan PPID", date(2026, 9, 7)) == SUPERIOR


def test_the_order_in_the_settings_does_not_matter():
    reversed_office = replace(OFFICE, officials=OFFICE.officials[::-1])
    for day in (date(2026, 8, 31), date(2026, 9, 1), date(2026, 10, 7), date(2027, 6, 1)):
        assert reversed_office.official("PPID", day) == OFFICE.official("PPID", day)


@pytest.mark.parametrize(
    ("official", "title"),
    [(HEAD, "Sekretaris Badan"), (ACTING, "Plt. Sekretaris Badan"), (STAND_IN, "Plh. Sekretaris Badan")],
)
def test_an_acting_official_is_named_as_such(official, title):
    assert official.title == title


def test_a_bidang_that_the_settings_no_longer_know_goes_by_its_kode():
    office = replace(OFFICE, bidang=(Bidang("MUT", "Bidang Mutasi", "Kepala Bidang Mutasi"),))
    assert office.unit_name("MUT") == "Bidang Mutasi"
    assert office.unit_name("UPT") == "UPT"
    assert office.unit("UPT") is None


def test_the_level_and_the_signatory_are_as_answered():
    proposes = replace(OFFICE, office={"tingkat": "Perangkat daerah, hanya mengusulkan", "penanda_tangan": ""})
    establishes = replace(
        OFFICE,
        office={"tingkat": "Perangkat daerah, menetapkan sendiri", "penanda_tangan": "Atasan PPID (menurut SOP)"},
    )
    variant_b = "PPID, dengan persetujuan Atasan PPID (Perki Pasal 45 ayat (5)-(6))"
    by_ppid = replace(OFFICE, office={"tingkat": "Pemerintah kabupaten", "penanda_tangan": variant_b})
    assert [o.only_proposes for o in (proposes, establishes, by_ppid)] == [True, False, False]
    assert [o.signed_by_atasan for o in (establishes, by_ppid)] == [True, False]


def test_the_edition_is_the_one_in_the_settings():
    assert OFFICE.edition == EditionId(2026, 2)


def test_unchecked_settings_have_no_edition():
    with pytest.raises(ValueError, match="2026-3"):
        _ = replace(OFFICE, office={"edisi": "2026-3"}).edition
