"""What is told but does not block: rules on trial, and rules waived for a bidang until a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipxl.model import lenience
from dipxl.model.data import load
from dipxl.model.findings import Findings, Place, Severity, Verdict, Waiver, finding
from dipxl.model.lenience import as_of, waivable, waived, without_effect

LAST = date(2026, 12, 31)
AFTER = date(2027, 1, 1)
EARLY = date(2026, 8, 1)
CELL = Place("Daftar Informasi", "F12")
MISSING = replace(finding("kosong", CELL, column="Retensi", suggestion=""), rows=("Laporan Kinerja",))
DOUBT = finding("waktu-tidak-dikenal", Place("Daftar Informasi", "D12"), column="Waktu", value="2O23")
HINT = finding("sediakan-softcopy", Place("Daftar Informasi", "E12"))
WAIVER = Waiver("MUT", "kosong", "Jadwal retensi sedang disusun", "Kepala Badan", LAST, Place("Dispensasi", "A4"))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.fixture
def on_trial(monkeypatch):
    """The rule of blank cells as if it were new."""
    monkeypatch.setitem(load("messages"), "kosong", load("messages")["kosong"] | {"trial_until": LAST})


@pytest.mark.parametrize(
    ("day", "severity", "ending"),
    [(EARLY, "saran", "kosong (uji coba)."), (LAST, "saran", "kosong (uji coba)."), (AFTER, "wajib", "kosong.")],
)
@pytest.mark.usefixtures("on_trial")
def test_a_rule_on_trial_only_suggests_up_to_its_last_day(day, severity, ending):
    (found,) = as_of(Findings((MISSING,)), day)
    assert found.severity == severity
    assert found.message.endswith(ending)
    assert replace(found, severity=MISSING.severity, message=MISSING.message) == MISSING


@pytest.mark.usefixtures("on_trial")
def test_a_trial_blocks_no_file_and_what_weighs_comes_first():
    weighed = as_of(Findings((MISSING, DOUBT)), LAST)
    assert [f.code for f in weighed] == ["waktu-tidak-dikenal", "kosong"]
    assert (weighed.verdict, Findings((MISSING, DOUBT)).verdict) == (Verdict.LOLOS, Verdict.PERBAIKI)


@pytest.mark.usefixtures("on_trial")
def test_telling_of_a_trial_twice_changes_nothing():
    once = as_of(Findings((MISSING, DOUBT)), EARLY)
    assert as_of(once, EARLY) == once


@given(DAYS)
def test_no_rule_of_today_is_on_trial(day):
    assert {code for code in load("messages") if lenience.trial_until(code)} == set()
    assert as_of(Findings((MISSING, DOUBT, HINT)), day).all == (MISSING, DOUBT, HINT)


def test_a_waived_finding_says_until_when_why_and_by_whom():
    (found,) = waived(Findings((MISSING,)), "MUT", [WAIVER], EARLY)
    assert (found.severity, found.waiver, found.rows) == (Severity.SARAN, WAIVER, ("Laporan Kinerja",))
    assert found.message == (
        'Kolom "Retensi" masih kosong '
        "(dispensasi sampai 31 Desember 2026: Jadwal retensi sedang disusun; disetujui Kepala Badan)."
    )
    assert found.as_json()["waiver"] == {
        "until": "2026-12-31", "reason": "Jadwal retensi sedang disusun", "approver": "Kepala Badan",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("bidang", "waiver", "day", "waives"),
    [
        ("MUT", WAIVER, EARLY, True),
        ("MUT", WAIVER, LAST, True),
        ("MUT", WAIVER, AFTER, False),
        ("SEK", WAIVER, EARLY, False),
        ("SEK", replace(WAIVER, bidang=""), EARLY, True),
        ("", replace(WAIVER, bidang=""), EARLY, False),  # a file of nobody we know
        ("MUT", replace(WAIVER, rule="kosong-bersyarat"), EARLY, False),
        ("MUT", replace(WAIVER, rule="tidak-pernah-ada"), EARLY, False),
    ],
)
def test_a_waiver_holds_for_its_bidang_its_rule_and_its_time_only(bidang, waiver, day, waives):
    weighed = waived(Findings((MISSING,)), bidang, [waiver], day)
    assert weighed.verdict is (Verdict.LOLOS if waives else Verdict.PERBAIKI)
    assert weighed.waived == int(waives)
    assert waives or weighed.all == (MISSING,)


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("data-pribadi", {"kind": "NIK"}),
        ("tidak-terbaca", {"value": "Berkas kosong.", "suggestion": "Kirim ulang."}),
        ("sel-salah", {"value": "#REF!"}),
        ("bidang-tidak-dikenal", {}),
    ],
)
def test_privacy_and_what_was_not_read_cannot_be_waived(code, facts):
    found = Findings((finding(code, CELL, **facts),))
    assert waived(found, "MUT", [replace(WAIVER, rule=code), replace(WAIVER, rule=code, bidang="")], EARLY) == found


def test_a_doubt_can_be_waived_too_and_a_suggestion_needs_no_waiver():
    waivers = [replace(WAIVER, rule=f.code) for f in (DOUBT, HINT)]
    weighed = waived(Findings((DOUBT, HINT)), "MUT", waivers, EARLY)
    assert ([f.code for f in weighed if f.waiver], weighed.needs_person) == (["waktu-tidak-dikenal"], False)


def test_of_two_waivers_the_one_that_lasts_longer_is_named():
    longer = replace(WAIVER, bidang="", until=AFTER)
    (found,) = waived(Findings((MISSING,)), "MUT", [longer, WAIVER], EARLY)
    assert found.waiver == longer


@given(st.lists(st.sampled_from([MISSING, DOUBT, HINT])), st.lists(st.sampled_from(waivable()), max_size=4), DAYS)
def test_a_waiver_loses_no_cell_and_takes_away_only_weight(found, rules, day):
    waivers = [replace(WAIVER, rule=rule) for rule in rules]
    before = Findings(tuple(found)).grouped()
    after = waived(before, "MUT", waivers, day)
    assert sorted((f.code, f.cells) for f in after) == sorted((f.code, f.cells) for f in before)
    assert after.count(Severity.WAJIB) + after.count(Severity.PERIKSA) + after.waived == (
        before.count(Severity.WAJIB) + before.count(Severity.PERIKSA)
    )
    assert waived(after, "MUT", waivers, day) == after


@pytest.mark.parametrize(
    ("waiver", "day", "codes"),
    [
        (WAIVER, LAST, []),
        (WAIVER, AFTER, ["dispensasi-berakhir"]),
        (replace(WAIVER, bidang=""), LAST, []),
        (replace(WAIVER, bidang="XYZ"), LAST, ["dispensasi-bidang-tidak-dikenal"]),
        (replace(WAIVER, bidang="XYZ"), AFTER, ["dispensasi-bidang-tidak-dikenal"]),
    ],
)
def test_a_waiver_without_effect_is_told_at_its_cell(waiver, day, codes):
    told = list(without_effect([waiver], ["MUT", "SEK"], day))
    assert [f.code for f in told] == codes
    assert {(f.sheet, f.cells) for f in told} <= {("Dispensasi", ("A4",))}
