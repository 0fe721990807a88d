"""Findings lose no cell, keep each row's first words, and count right."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_rows import faults_of, row_of

from dipxl.model.check import as_finding
from dipxl.model.findings import Findings, Place, Severity, Verdict, finding, first_words

CELLS = st.builds(
    Place, st.sampled_from(["Daftar Informasi", "Usulan Dikecualikan"]), st.from_regex(r"[A-H][1-9]", fullmatch=True)
)
FOUND = st.builds(
    lambda code, place, value, row: replace(
        finding(code, place, column="Waktu", value=value, suggestion="", other="9", kind="NIK"),
        rows=(row,) if row else (),
    ),
    st.sampled_from(["kosong", "waktu-tidak-dikenal", "baris-ganda", "data-pribadi", "sediakan-softcopy"]),
    CELLS,
    st.sampled_from(["", "2O23", "kemarin"]),
    st.sampled_from(["", "Laporan Kinerja", "Daftar aset"]),
)


def blank_times(count):
    """The findings of so many rows without a time, each in its own cell."""
    faults = faults_of(
        "daftar", *[row_of("daftar", ringkasan=f"Laporan {n} Tahun 2025", waktu="") for n in range(count)]
    )
    return Findings(tuple(as_finding("daftar", f, Place("Daftar Informasi", f"D{f.row + 11}")) for f in faults))


def told(findings):
    """Everything a finding says except where."""
    return {(f.code, f.severity, f.sheet, f.column, f.value, f.message, f.remedy, f.basis) for f in findings}


@given(st.lists(FOUND, max_size=30))
def test_grouping_keeps_every_cell_and_every_sentence(found):
    grouped = Findings(tuple(found)).grouped()
    assert told(grouped) == told(found)
    where = {(f.code, f.value, f.sheet, cell) for f in found for cell in f.cells}
    assert {(f.code, f.value, f.sheet, cell) for f in grouped for cell in f.cells} == where
    assert sum(len(f.cells) for f in grouped) == len(where)


@given(st.lists(FOUND, max_size=30))
def test_no_two_grouped_findings_say_the_same(found):
    grouped = Findings(tuple(found)).grouped()
    assert len(told(grouped)) == len(grouped.all)


@given(st.lists(FOUND, max_size=30))
def test_grouping_changes_no_number(found):
    plain, grouped = Findings(tuple(found)), Findings(tuple(found)).grouped()
    for severity in Severity:
        assert grouped.count(severity) == plain.count(severity) == len(grouped.cells(severity))
        assert {*grouped.cells(severity)} == {*plain.cells(severity)}
        assert len(grouped.cells(severity)) == len(plain.cells(severity))
    assert grouped.verdict is plain.verdict
    assert grouped.needs_person == plain.needs_person


@given(st.lists(FOUND, max_size=30))
def test_grouping_again_changes_nothing(found):
    once = Findings(tuple(found)).grouped()
    assert once.grouped() == once


@given(st.lists(FOUND, max_size=30))
def test_the_weightiest_findings_come_first(found):
    weights = [list(Severity).index(f.severity) for f in Findings(tuple(found)).grouped()]
    assert weights == sorted(weights)


def test_five_hundred_equal_faults_are_one_finding_with_all_its_cells():
    grouped = blank_times(500).grouped()
    assert [f.code for f in grouped] == ["kosong"]
    assert grouped.all[0].cells == tuple(f"D{row}" for row in range(11, 511))
    assert len(grouped.cells(Severity.WAJIB)) == 500


def test_five_hundred_equal_rows_point_at_the_first_of_them_in_one_finding():
    faults = faults_of("daftar", *[row_of("daftar")] * 501)
    findings = Findings(tuple(as_finding("daftar", f, Place("Daftar Informasi", f"C{f.row + 11}")) for f in faults))
    (grouped,) = findings.grouped()
    assert grouped.code == "baris-ganda"
    assert grouped.message == "Baris ini sama dengan baris 11 di lembar yang sama."
    assert grouped.cells == tuple(f"C{row}" for row in range(12, 512))


@given(st.lists(FOUND, max_size=30))
def test_grouping_keeps_the_first_words_of_every_row(found):
    named = {(f.code, f.value, f.sheet, *place) for f in found for place in f.places if place[1]}
    kept = {(f.code, f.value, f.sheet, *place) for f in Findings(tuple(found)).grouped() for place in f.places}
    assert {place[:4] for place in named} == {place[:4] for place in kept if place[4]}
    assert {place for place in kept if place[4]} <= named


@given(st.lists(FOUND, max_size=30))
def test_a_file_needs_repair_exactly_where_something_must_be_repaired(found):
    findings = Findings(tuple(found))
    assert (findings.verdict is Verdict.PERBAIKI) == (findings.count(Severity.WAJIB) > 0)
    assert findings.verdict in (Verdict.PERBAIKI, Verdict.LOLOS)


def test_a_row_is_known_by_the_beginning_of_its_summary_or_its_information():
    assert first_words({"waktu": "2025", "ringkasan": "Laporan   Kinerja"}) == "Laporan Kinerja"
    assert first_words({"informasi": "Identitas pelapor"}) == "Identitas pelapor"
    assert first_words({"ringkasan": "", "informasi": ""}) == first_words({}) == ""
    assert len(first_words({"ringkasan": "kata " * 40})) <= 60


def test_equal_faults_name_the_row_of_each_cell():
    faults = [replace(f, rows=(f"Laporan {number}",)) for number, f in enumerate(blank_times(3))]
    (grouped,) = Findings(tuple(faults)).grouped()
    assert grouped.places == [("D11", "Laporan 0"), ("D12", "Laporan 1"), ("D13", "Laporan 2")]
    assert grouped.row_text == "Laporan 0"
    assert grouped.as_json()["rows"] == [*grouped.rows]


def test_what_is_wrong_with_a_whole_sheet_counts_as_one():
    lost = [finding("kolom-hilang", Place("S", ""), column=name) for name in ("Waktu", "Retensi")]
    findings = Findings((*lost, finding("kosong", Place("S", "A1"), suggestion="")))
    assert (findings.count(Severity.WAJIB), len(findings.cells(Severity.WAJIB))) == (3, 1)


def test_a_cell_with_two_faults_counts_once():
    place = Place("Daftar Informasi", "D9")
    findings = Findings((finding("kosong", place, suggestion=""), finding("kode-ganda", place, value="MUT-0001")))
    assert findings.cells(Severity.WAJIB) == [("Daftar Informasi", "D9")]


def test_the_same_cell_on_two_sheets_counts_twice():
    findings = Findings(tuple(finding("kosong", Place(sheet, "D9"), suggestion="") for sheet in ("Satu", "Dua")))
    assert findings.cells(Severity.WAJIB) == [("Satu", "D9"), ("Dua", "D9")]
    assert len(findings.grouped().all) == 2


def test_only_what_must_be_repaired_makes_a_file_need_repair():
    must = finding("kosong", Place("S", "A1"), suggestion="")
    doubt = finding("waktu-tidak-dikenal", Place("S", "A1"), value="2O23")
    hint = finding("sediakan-softcopy", Place("S", "A1"))
    assert [f.severity for f in (must, doubt, hint)] == [Severity.WAJIB, Severity.PERIKSA, Severity.SARAN]
    assert [Findings(found).verdict for found in ((), (hint,), (hint, doubt), (hint, doubt, must))] == [
        Verdict.LOLOS, Verdict.LOLOS, Verdict.LOLOS, Verdict.PERBAIKI,
    ]  # fmt: skip
    assert [Findings(found).needs_person for found in ((), (hint,), (doubt,), (must,))] == [False, False, True, True]


@pytest.mark.parametrize(
    ("verdicts", "worst"),
    [
        ([], "lolos"),
        (["lolos", "diabaikan"], "lolos"),
        (["perlu perbaikan", "lolos"], "perlu perbaikan"),
        (["lolos", "tidak terbaca", "perlu perbaikan"], "tidak terbaca"),
    ],
)
def test_the_worst_verdict_is_said_of_all(verdicts, worst):
    assert Verdict.worst(map(Verdict, verdicts)) == worst


def test_a_finding_without_a_cell_names_none():
    assert finding("bukan-formulir", Place("", "")).cells == ()


def test_a_code_has_its_own_basis_or_that_of_the_column():
    assert finding("sediakan-softcopy", Place("S", "A1"), basis="Ps 21(2)f").basis == "Ps 46(1)"
    assert finding("kosong", Place("S", "A1"), basis="Ps 21(2)b", suggestion="").basis == "Ps 21(2)b"


def test_what_people_typed_is_not_read_as_a_gap_in_the_sentence():
    found = finding("waktu-tidak-dikenal", Place("S", "A1"), value="{value} {0} {x!r}")
    assert found.message == 'Waktu pembuatan "{value} {0} {x!r}" tidak dikenali.'


def test_a_finding_is_told_in_plain_values():
    assert finding(
        "sediakan-softcopy", Place("Daftar Informasi", "E9"), column="Bentuk", value="Hardcopy"
    ).as_json() == {
        "code": "sediakan-softcopy",
        "severity": "saran",
        "sheet": "Daftar Informasi",
        "cells": ["E9"],
        "column": "Bentuk",
        "value": "Hardcopy",
        "message": "Dokumen ini baru ada sebagai hardcopy.",
        "remedy": "Sediakan softcopy; informasi dalam DIP disimpan sebagai softcopy dan hardcopy.",
        "basis": "Ps 46(1)",
        "rows": [],
        "waiver": None,
    }
