"""The facts of a Keputusan: who signs, what is counted, how it is called."""

from dataclasses import replace
from datetime import date

import pytest
from sample_decree import BY_PPID, HEAD, LAW, OLD, SECRETARY, TODAY, register, settings

from dipxl.errors import DipxlError
from dipxl.model import decree as decrees
from dipxl.model.columns import annex_columns
from dipxl.model.decree import DOTS, Numbered, decree, proposal_facts

SIGNED = Numbered("12", date(2026, 9, 14))
OPEN = Numbered()


def facts(own=SIGNED, sheet=OPEN, entries=None, **changed):
    return decree(settings(**changed), entries or register(), TODAY, own, sheet).facts()


def test_in_variant_a_the_atasan_ppid_signs_and_the_ppid_leaves_a_record():
    made = decree(settings(), register(), TODAY)
    assert (made.signatory, made.companion) == (HEAD, SECRETARY)
    assert made.facts()["SELAKU"] == "SELAKU ATASAN PEJABAT PENGELOLA INFORMASI DAN DOKUMENTASI"
    assert made.facts()["ppid_menetapkan"] is False


def test_in_variant_b_the_ppid_signs_and_the_atasan_ppid_approves():
    made = decree(settings(penanda_tangan=BY_PPID), register(), TODAY)
    assert (made.signatory, made.companion) == (SECRETARY, HEAD)
    assert made.facts()["SELAKU"] == "SELAKU PEJABAT PENGELOLA INFORMASI DAN DOKUMENTASI"
    assert made.facts()["ppid_menetapkan"] is True


def test_the_date_of_the_paper_picks_the_official():
    acting = replace(HEAD, nama="Rina Wati, S.H.", sebutan="Plt.", since=date(2026, 9, 10))
    office = settings(officials=(replace(HEAD, until=date(2026, 9, 9)), acting, SECRETARY))
    assert decree(office, register(), TODAY).signatory.nama == HEAD.nama
    assert decree(office, register(), TODAY, SIGNED).signatory.nama == "Rina Wati, S.H."


def test_the_approval_is_signed_by_who_was_in_office_on_its_own_date():
    acting = replace(HEAD, nama="Rina Wati, S.H.", sebutan="Plt.", since=date(2026, 9, 10))
    office = settings(officials=(replace(HEAD, until=date(2026, 9, 9)), acting, SECRETARY), penanda_tangan=BY_PPID)
    assert decree(office, register(), TODAY, SIGNED, Numbered("7", date(2026, 9, 8))).companion.nama == HEAD.nama
    assert decree(office, register(), TODAY, SIGNED, Numbered("7", date(2026, 9, 11))).companion.sebutan == "Plt."


def test_an_acting_official_stands_as_plt_in_the_signature_but_not_in_the_title():
    found = facts(officials=(replace(HEAD, sebutan="Plt."), SECRETARY))
    assert found["penanda_tangan"]["JABATAN"] == "Plt. KEPALA BADAN KEPEGAWAIAN"
    assert found["JABATAN"] == "KEPALA BADAN KEPEGAWAIAN"


def test_a_mandate_stands_above_the_post():
    found = facts(officials=(replace(HEAD, atas_nama="Bupati Tanjung Asri"), SECRETARY))
    assert found["penanda_tangan"]["atas_nama"] == "a.n. BUPATI TANJUNG ASRI,"


def test_a_post_that_already_says_selaku_does_not_say_it_twice():
    found = facts(officials=(replace(HEAD, jabatan="Sekretaris Daerah selaku Atasan PPID"), SECRETARY))
    assert found["JABATAN"] == "SEKRETARIS DAERAH"


def test_a_missing_official_stops_with_role_date_and_remedy():
    with pytest.raises(DipxlError) as stopped:
        decree(settings(officials=(HEAD,)), register(), TODAY, SIGNED)
    assert stopped.value.code == "pejabat-tidak-ada"
    assert "Tidak ada PPID yang menjabat pada 14 September 2026" in str(stopped.value)
    assert 'lembar "Pejabat" pengaturan.xlsx' in stopped.value.remedy


def test_what_is_not_known_yet_is_dots():
    found = facts(own=OPEN, tanggal_rapat="", berita_acara="")
    assert found["nomor"] == f"{DOTS} TAHUN {DOTS}"
    assert found["tanggal"] == found["tanggal_rapat"] == found["lembar"]["tanggal"] == found["lembar"]["hari"] == DOTS
    assert found["berita_acara"] == f"{DOTS} tanggal {DOTS}"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("12", "12 TAHUN 2026"),
        (" Nomor: 12 Tahun 2026 ", "12 TAHUN 2026"),
        ("188.4/45/2026", "188.4/45/2026"),
        ("188.4/hk-45/2026", "188.4/HK-45/2026"),
        ("${nomor_naskah}", "${nomor_naskah}"),
        ("", f"{DOTS} TAHUN 2026"),
    ],
)
def test_a_number_is_printed_as_the_office_numbers(typed, printed):
    assert Numbered(typed, date(2026, 9, 14)).nomor_shown == printed


def test_a_sentence_cites_the_number_in_small_letters():
    assert Numbered("12", date(2026, 9, 14)).nomor_in_text == "12 Tahun 2026"
    assert Numbered("7/LP/2026").nomor_in_text == "7/LP/2026"
    assert Numbered().nomor_in_text == DOTS


def test_capitals_leave_the_tokens_of_electronic_signing_alone():
    assert decrees.capitals("nomor ${nomor_naskah} & ${ttd_pengirim}") == "NOMOR ${nomor_naskah} & ${ttd_pengirim}"


def test_the_dictums_are_named_in_the_order_of_the_numbers():
    names = [decrees.dictum(number) for number in (1, 2, 8, 10, 11)]
    assert names == ["KESATU", "KEDUA", "KEDELAPAN", "KESEPULUH", "KESEBELAS"]


def test_classes_are_counted_in_digits_and_words_and_an_empty_one_is_nihil():
    annexes = facts(entries=register(berkala=17, setiap_saat=1))["lampiran"]
    assert [annex["jumlah"] for annex in annexes] == [
        "sebanyak 17 (tujuh belas) butir",
        "nihil",
        "sebanyak 1 (satu) butir",
    ]
    assert [annex["nomor"] for annex in annexes] == ["I", "II", "III"]
    assert [annex["huruf"] + annex["akhir"] for annex in annexes] == ["a;", "b; dan", "c."]
    assert [annex["terakhir"] for annex in annexes] == [False, False, True]


def test_thousands_are_written_with_a_point():
    assert facts(entries=register(berkala=1234))["lampiran"][0]["jumlah"].startswith("sebanyak 1.234 (seribu dua ratus")


def test_each_annex_has_the_seven_cells_of_its_entries_and_one_numbering_runs_through_all():
    entries = register(berkala=2, serta_merta=1, setiap_saat=2)
    rows = [row for annex in facts(entries=entries)["lampiran"] for row in annex["baris"]]
    assert [list(row.values()) for row in rows] == [row.annex_cells() for row in entries.rows]
    assert list(rows[0]) == [column.name for column in annex_columns()]
    assert [row["nomor"] for row in rows] == ["1", "2", "3", "4", "5"]


def test_the_legal_basis_ends_each_line_with_one_semicolon():
    assert facts()["mengingat"] == (LAW[0], LAW[1].rstrip(".") + ";")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("", ""),
        (OLD, f"Keputusan Kepala Badan {OLD}"),
        (OLD.removeprefix("Nomor ") + ";", f"Keputusan Kepala Badan {OLD}"),
        ("Keputusan Bupati Nomor 3 Tahun 2025 tentang DIP", "Keputusan Bupati Nomor 3 Tahun 2025 tentang DIP"),
    ],
)
def test_the_replaced_decree_is_named_in_full_however_it_was_typed(typed, named):
    assert decrees.replaced_decree(typed, "Kepala Badan") == named


def test_the_office_is_named_with_its_region_once():
    assert facts()["BADAN"] == "BADAN KEPEGAWAIAN & PENGEMBANGAN SDM KABUPATEN TANJUNG ASRI"
    whole = facts(nama_badan="Pemerintah Kabupaten Tanjung Asri")
    assert whole["badan"] == "Pemerintah Kabupaten Tanjung Asri"
    assert whole["kop"]["PEMERINTAH"] == ""


@pytest.mark.parametrize(
    ("region", "head"),
    [("Kabupaten Tanjung Asri", "Bupati Tanjung Asri"), ("Kota Bontang", "Wali Kota Bontang")],
)
def test_the_copies_go_to_the_head_of_the_region(region, head):
    assert facts(kabupaten=region)["kepala_daerah"] == head


def test_a_date_is_spoken_as_a_minute_speaks_it():
    sheet = facts(sheet=Numbered("7", date(2026, 9, 10)))["lembar"]
    spoken = [sheet[name] for name in ("hari", "tanggal_terbilang", "bulan", "tahun_terbilang")]
    assert spoken == ["Kamis", "sepuluh", "September", "dua ribu dua puluh enam"]


def test_a_proposal_is_signed_by_the_ppid_pelaksana_and_says_who_answered():
    found = proposal_facts(settings(), register(), TODAY, replies={"UPT": "Nihil"})
    assert found["penanda_tangan"]["nama"] == "Budi Santoso, S.Kom."
    assert found["jawaban"] == [
        {"bidang": "Bidang Mutasi", "jawaban": "3 informasi"},
        {"bidang": "UPT Penilaian", "jawaban": "Nihil"},
    ]


def test_a_bidang_without_entries_and_without_an_answer_is_not_called_nihil():
    assert proposal_facts(settings(), register(), TODAY)["jawaban"][1]["jawaban"] == "Tidak ada entri"
