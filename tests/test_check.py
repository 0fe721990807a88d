"""The check tells every fault once, at its row and column, in the order in which people read."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_rows import faults_of, frame_of, row_of

from dipxl.model.check import as_finding, check, schema
from dipxl.model.columns import sheet, sheets
from dipxl.model.findings import Place

PLACE = Place("Daftar Informasi", "D9")
BAD = {
    "ringkasan": ["", "Laporan"],
    "waktu": ["", "entah kapan", "03/04/2026", "2099", "sda"],
    "bentuk": ["", "Ada", "Hardcopy"],
    "retensi": ["", "Tahun 2025", "Belum tahu", "5 (enam) tahun", "#REF!"],
    "kelas": ["Serta merta", "Dikecualikan"],
    "tautan": ["bkpsdm.example"],
    "keterangan": ["NIP 198001012005012001"],
    "pemutakhiran": ["Cabut"],
}
ANY = st.text(st.characters(exclude_categories=()), max_size=12)
CELLS = {name: st.sampled_from([row_of("daftar")[name], *values]) for name, values in BAD.items()}
ROWS = st.lists(st.fixed_dictionaries(CELLS).map(lambda cells: row_of("daftar", **cells)), min_size=1, max_size=6)


def first(sheet_name, code, *rows):
    """The first finding of a code, in the words that people read."""
    fault = next(fault for fault in faults_of(sheet_name, *rows) if fault.code == code)
    return as_finding(sheet_name, fault, PLACE)


@pytest.mark.parametrize("name", ["ringkasan", "waktu", "bentuk", "retensi"])
def test_a_blank_required_cell_is_one_finding_in_its_cell(name):
    faults = faults_of("daftar", row_of("daftar"), row_of("daftar", menguasai="UPT", **{name: ""}))
    assert [(f.row, f.column, f.code, f.value) for f in faults] == [(1, name, "kosong", "")]


@pytest.mark.parametrize("name", [name for name in sheets() if name != "konteks"])
def test_a_blank_row_lacks_what_is_required_and_nothing_else(name):
    blank = dict.fromkeys([column.name for column in sheet(name)], "")
    faults = faults_of(name, blank)
    assert [f.column for f in faults] == [column.name for column in sheet(name) if column.required]
    assert [f.code for f in faults] == ["kosong"] * len(faults)


@given(ROWS)
@settings(max_examples=20)
def test_rows_are_judged_together_as_they_are_alone(rows):
    together = [(f.row, f.column, f.code) for f in faults_of("daftar", *rows) if f.code != "baris-ganda"]
    alone = [(n, f.column, f.code) for n, row in enumerate(rows) for f in faults_of("daftar", row)]
    assert together == alone


@given(ROWS)
@settings(max_examples=40)
def test_every_fault_is_told_once_in_the_order_of_rows_and_columns(rows):
    order = [column.name for column in sheet("daftar")]
    told = [(f.row, order.index(f.column), f.code) for f in faults_of("daftar", *rows)]
    assert [fault[:2] for fault in told] == sorted(fault[:2] for fault in told)
    assert len(told) == len(set(told))


@pytest.mark.parametrize("name", sheets())
@given(data=st.data())
@settings(max_examples=15)
def test_no_text_of_any_kind_stops_the_check(name, data):
    names = [column.name for column in sheet(name)]
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(names, ANY)), min_size=1, max_size=3))
    for fault in check(name, frame_of(name, *rows)):
        assert fault.value == rows[fault.row][fault.column]
        found = as_finding(name, fault, PLACE)
        assert "{" not in found.remedy.replace(found.value, "")


def test_every_fault_is_worded_in_whole_sentences():
    rows = [row_of("daftar", **{name: typed}) for name, values in BAD.items() for typed in values]
    faults = faults_of("daftar", *rows)
    assert {fault.row for fault in faults} == {*range(len(rows))}
    for fault in faults:
        found = as_finding("daftar", fault, PLACE)
        assert found.message.endswith(".")
        assert found.remedy.endswith((".", "?"))
        assert "{" not in found.message + found.remedy
        assert found.column == sheet("daftar")[fault.column].label
        assert found.basis


def test_a_twin_is_told_which_excel_row_it_repeats():
    faults = faults_of("daftar", row_of("daftar", waktu="2023"), row_of("daftar"), row_of("daftar"), row_of("daftar"))
    told = [(f.row, f.code, f.facts["other"]) for f in faults]
    assert told == [(2, "baris-ganda", "12 di lembar yang sama"), (3, "baris-ganda", "12 di lembar yang sama")]


def test_a_twin_on_another_sheet_of_the_file_is_told_with_that_sheet():
    frame = frame_of("daftar", row_of("daftar"), row_of("daftar", waktu="2023"), row_of("daftar"))
    faults = check("daftar", frame.assign(sheet=["Mutasi", "Mutasi", "Promosi"]))
    assert [(f.row, f.code, f.facts["other"]) for f in faults] == [(2, "baris-ganda", "11 di lembar Mutasi")]


def test_twins_in_two_files_are_not_this_checks_business():
    assert faults_of("daftar", row_of("daftar", kode="MUT-0001"), row_of("daftar", kode="MUT-0001"), files=[0, 1]) == []


def test_files_are_not_mixed_up_by_their_numbers():
    rows = [row_of("bidang", kode="1AB"), row_of("bidang", kode="AB")]
    assert [f.code for f in faults_of("bidang", *rows, files=[1, 11])] == ["kode-bidang", "kode-bidang"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("#REF!", "sel-salah"), ("#RUMUS?", "rumus-tanpa-nilai"), ("sda", "tanda-sama-tanpa-rujukan")],
)
@pytest.mark.parametrize("name", [column.name for column in sheet("daftar")])
def test_what_stands_in_place_of_a_value_is_the_only_fault_of_its_cell(name, typed, code):
    faults = faults_of("daftar", row_of("daftar", **{name: typed}))
    assert [(f.column, f.code, f.value) for f in faults if f.column == name] == [(name, code, typed)]


def test_a_faulty_neighbour_is_still_told_of():
    faults = faults_of("daftar", row_of("daftar", waktu="#N/A", retensi="2025", bentuk="idem"))
    assert [(f.column, f.code) for f in faults] == [
        ("waktu", "sel-salah"),
        ("bentuk", "tanda-sama-tanpa-rujukan"),
        ("retensi", "tahun-sebagai-retensi"),
    ]


def test_a_year_is_likely_as_seen_from_the_day_that_is_given():
    frame = frame_of("daftar", row_of("daftar", waktu="2035"), row_of("daftar", waktu="Januari 1944"))
    assert [(f.row, f.code) for f in check("daftar", frame, date(2029, 12, 31))] == [
        (0, "tahun-janggal"),
        (1, "tahun-janggal"),
    ]
    assert [(f.row, f.code) for f in check("daftar", frame, date(2030, 1, 1))] == [(1, "tahun-janggal")]


def test_a_condition_says_which_cell_asks_for_it():
    found = first("daftar", "kosong-bersyarat", row_of("daftar", pemutakhiran="Cabut"))
    assert found.message == 'Kolom "Alasan Cabut" harus diisi karena "Status Baris" berisi "Cabut".'


def test_personal_data_is_named_by_its_kind_and_never_repeated_in_the_message():
    found = first("daftar", "data-pribadi", row_of("daftar", keterangan="Pemohon 6403010101900001"))
    assert found.message == "Sel ini tampaknya menyebut data pribadi (NIK)."
    assert "6403010101900001" not in found.message + found.remedy


@pytest.mark.parametrize(
    ("sheet_name", "cells", "remedy"),
    [
        ("daftar", {"waktu": ""}, 'Isi sel ini, misalnya "Januari 2026".'),
        ("daftar", {"retensi": ""}, 'Isi sel ini, misalnya "5 tahun".'),
        ("daftar", {"bentuk": ""}, "Isi sel ini, pilih dari daftar."),
        ("kantor", {"tingkat": ""}, "Isi sel ini, pilih dari daftar."),
        ("daftar", {"bentuk": "Sofcopi"}, 'Maksudnya "Softcopy"? Pilih dari daftar.'),
        ("daftar", {"kelas": "Berkla"}, 'Maksudnya "Berkala"? Pilih dari daftar.'),
        ("daftar", {"kelas": "setiap sat"}, 'Maksudnya "Setiap saat"? Pilih dari daftar.'),
        ("daftar", {"waktu": "03/04/2026"}, 'Maksudnya "3 April 2026" atau "4 Maret 2026"? Tulis nama bulannya.'),
        ("daftar", {"waktu": "45292"}, 'Maksudnya "1 Januari 2024"? Tulis tanggalnya.'),
        ("daftar", {"waktu": "Jan-25"}, 'Maksudnya "Januari 2025" atau "25 Januari"? Tulis selengkapnya.'),
        ("daftar", {"retensi": "2025"}, 'Maksudnya "1 tahun", atau "Permanen"? Bila ragu, pilih "Belum tahu".'),
        ("daftar", {"retensi": "5 (enam) tahun"}, 'Maksudnya "5 tahun" atau "6 tahun"? Tulis satu saja.'),
        ("daftar", {"retensi": "5"}, 'Maksudnya "5 tahun"? Tulis beserta satuannya.'),
        ("daftar", {"retensi": "Permanem"}, 'Maksudnya "Permanen"?'),
        ("daftar", {"tautan": "a.example/b"}, 'Maksudnya "https://a.example/b"? Salin alamatnya dari peramban.'),
        ("daftar", {"bentuk": "Ada"}, 'Pilih salah satu: "Softcopy", "Hardcopy", "Softcopy dan hardcopy".'),
        ("dikecualikan", {"alasan": "lihat lampiran"}, "Pilih dari daftar pada sel ini."),
        ("usulan", {"butir": "B.d.a; B.z"}, "Pilih dari daftar pada sel ini."),
        ("usulan", {"butir": "B.d.a; Profil badan"}, 'Maksudnya "B.a – Profil Badan Publik"? Pilih dari daftar.'),
        (
            "daftar",
            {"kelas": "Dikecualikan"},
            "Pindahkan baris ini ke lembar Usulan Dikecualikan; informasi yang dikecualikan tidak masuk DIP.",
        ),
    ],
)
def test_the_remedy_says_what_to_type(sheet_name, cells, remedy):
    (fault,) = faults_of(sheet_name, row_of(sheet_name, **cells))
    assert as_finding(sheet_name, fault, PLACE).remedy == remedy


def test_a_finding_stands_where_it_is_put_and_shows_what_was_typed():
    found = first("daftar", "waktu-tidak-dikenal", row_of("daftar", waktu="entah kapan"))
    assert (found.sheet, found.cells, found.column, found.value) == (
        "Daftar Informasi",
        ("D9",),
        "Waktu Pembuatan",
        "entah kapan",
    )
    assert found.basis == "Ps 21(2)e"


def test_a_long_text_is_shown_by_its_first_words():
    found = first("daftar", "waktu-tidak-dikenal", row_of("daftar", waktu="entah kapan " * 40))
    assert found.value.endswith("…")
    assert len(found.value) <= 60


@pytest.mark.parametrize("name", sheets())
def test_the_schema_of_a_sheet_has_its_columns(name):
    assert list(schema(name).columns) == [column.name for column in sheet(name)]


@pytest.mark.parametrize("name", sheets())
def test_no_rows_have_no_faults(name):
    assert check(name, frame_of(name)) == []


def test_checking_leaves_the_rows_as_they_are():
    frame = frame_of("daftar", row_of("daftar", waktu="entah kapan"))
    before = frame.copy()
    check("daftar", frame)
    assert frame.equals(before)
