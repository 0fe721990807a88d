"""The columns against the paper that ordered them, and against what Excel and the law allow."""

import re

import pytest

from dipxl.model.columns import annex_columns, public_columns, sheet, sheets
from dipxl.model.data import load
from dipxl.model.rules import ACROSS, CHECKS
from dipxl.model.text import fold

FREE = ()  # any text
RETENTION = (
    "1 tahun", "2 tahun", "5 tahun", "10 tahun", "Permanen", "Selama berlaku", "Sesuai JRA", "Belum tahu",
)  # fmt: skip
WITHDRAWALS = (
    "Masa simpan habis dan sudah dimusnahkan", "Digabung dengan baris lain", "Tercatat dua kali",
    "Pindah ke unit lain", "Tidak pernah ada",
)  # fmt: skip
GROUNDS = (
    "a. penegakan hukum pidana", "b. kekayaan intelektual / persaingan usaha", "c. pertahanan dan keamanan negara",
    "d. kekayaan alam", "e. ketahanan ekonomi nasional", "f. hubungan luar negeri", "g. akta otentik pribadi / wasiat",
    "h. rahasia pribadi", "i. surat internal yang dirahasiakan", "j. dilarang oleh Undang-Undang lain",
)  # fmt: skip

# Name, heading as people see it (a star where it must be filled), choices, example.
KEPALA = [
    ("unit", "Bidang/Unit Kerja", FREE, "Bidang Mutasi dan Promosi"),
    (
        "pernyataan", "Pernyataan *", ("Ada informasi, lihat tabel", "Nihil, tidak ada informasi baru"),
        "Ada informasi, lihat tabel",
    ),
    ("pengisi", "Nama dan jabatan pengisi *", FREE, "(nama), Pengelola Data"),
    ("mengetahui", "Mengetahui (jabatan)", FREE, "Kepala Bidang Mutasi dan Promosi"),
    ("bawaan_menguasai", "Pejabat/unit yang menguasai informasi", FREE, "Bidang Mutasi dan Promosi"),
    ("bawaan_pj", "Penanggung jawab", FREE, "Kepala Bidang Mutasi dan Promosi"),
    ("bawaan_tempat", "Tempat pembuatan", FREE, "Tanjung Asri"),
]  # fmt: skip
DAFTAR = [
    ("nomor", "No.", FREE, "1"),
    ("kode", "Kode (jangan diubah)", FREE, "MUT-0007"),
    (
        "ringkasan", "Ringkasan Isi Informasi *", FREE,
        "Rekapitulasi layanan kenaikan pangkat dan pensiun menurut golongan, tahun 2025",
    ),
    ("waktu", "Waktu Pembuatan *", FREE, "Januari 2026"),
    ("bentuk", "Bentuk yang Tersedia *", ("Softcopy", "Hardcopy", "Softcopy dan hardcopy"), "Softcopy dan hardcopy"),
    ("retensi", "Jangka Simpan / Retensi Arsip *", RETENTION, "5 tahun"),
    ("tempat", "Tempat Pembuatan", FREE, "Samarinda"),
    ("menguasai", "Pejabat/Unit yang Menguasai", FREE, "UPT Penilaian Kompetensi"),
    ("penanggung_jawab", "Penanggung Jawab Pembuatan/Penerbitan", FREE, "Sekretaris Badan"),
    ("kelas", "Usulan Kelas (boleh kosong)", ("Berkala", "Setiap saat", "Serta merta", "Belum tahu"), "Setiap saat"),
    ("tautan", "Tautan (bila sudah tayang)", FREE, "https://bkpsdm.example/statistik-2025.pdf"),
    ("keterangan", "Keterangan", FREE, "Diperbarui setiap Januari"),
    ("lokasi_berkas", "Lokasi Berkas (tidak diumumkan)", FREE, "Lemari 2, boks 14 / folder MUTASI-2025"),
    ("pemutakhiran", "Status Baris", ("Tetap", "Ubah", "Cabut", "Baru"), "Tetap"),
    ("alasan_cabut", "Alasan Cabut", WITHDRAWALS, "Digabung dengan baris lain"),
    (
        "asal", "Asal Informasi",
        ("Diproduksi sendiri", "Dikembangkan", "Dikirim ke pihak lain", "Diterima dari pihak lain"),
        "Diproduksi sendiri",
    ),
    ("jenis_arsip", "Jenis Arsip", ("Dinamis aktif", "Dinamis inaktif", "Vital", "Statis"), "Dinamis aktif"),
]  # fmt: skip
DIKECUALIKAN = [
    ("kode", "Kode (jangan diubah)", FREE, "X-0003"),
    ("informasi", "Informasi yang Diusulkan Ditutup *", FREE, "Identitas pelapor dalam berkas pengaduan"),
    ("dokumen", "Dokumen yang Memuatnya *", FREE, "Berkas pengaduan masyarakat tahun 2026"),
    (
        "akibat_dibuka", "Apa Akibatnya bila Dibuka? *", FREE,
        "Pelapor dapat diintimidasi dan orang lain takut melapor.",
    ),
    ("bagian", "Bagian yang Ditutup", ("Sebagian dokumen", "Seluruh dokumen"), "Sebagian dokumen"),
    ("pasangan", "Kode Baris DIP yang Tetap Terbuka", FREE, "PKA-0004"),
    ("alasan", "Alasan menurut UU 14/2008 Pasal 17", GROUNDS, "a. penegakan hukum pidana"),
    ("dasar_uu", "Undang-Undang dan Pasalnya", FREE, "UU 14/2008 Pasal 17 huruf a angka 2"),
    ("manfaat_ditutup", "Manfaat bila Ditutup", FREE, "Pelapor terlindungi dan pengaduan dapat ditindaklanjuti."),
    ("jangka_waktu", "Jangka Waktu Pengecualian", FREE, "5 tahun sejak ditetapkan"),
    ("berakhir", "Perkiraan Tanggal Berakhir", FREE, "31-12-2031"),
    ("keterangan", "Keterangan", FREE, ""),
]  # fmt: skip
USULAN = [
    ("kelas", "Klasifikasi *", ("Berkala", "Serta merta", "Setiap saat"), "Berkala"),
    ("butir", "Butir Informasi Wajib", None, "B.d.a; S.c.c"),  # the 131 items; see test_items_and_grounds
    (
        "usul", "Usulan PPID Pelaksana", ("Diusulkan", "Kembalikan ke bidang", "Usulkan dikecualikan"), "Diusulkan",
    ),
    ("catatan_usul", "Catatan", FREE, "Pisahkan rekap dari daftar nama."),
]  # fmt: skip
PAPER = {"kepala": KEPALA, "daftar": DAFTAR, "dikecualikan": DIKECUALIKAN, "usulan": USULAN}

# What the paper's column "wajib" says besides yes and no, and its headings of the annex.
CONDITIONS = {
    "daftar.alasan_cabut": {"pemutakhiran": ("Cabut",)},
    "usulan.butir": {"kelas": ("Serta merta",)},
    "usulan.catatan_usul": {"usul": ("Kembalikan ke bidang",)},
}
ANNEX = [
    ("nomor", "No."),
    ("ringkasan", "Ringkasan isi informasi"),
    ("menguasai", "Pejabat/Unit/Satker yang menguasai informasi"),
    ("penanggung_jawab", "Penanggungjawab pembuatan atau penerbitan informasi"),
    ("waktu", "Waktu dan tempat pembuatan informasi"),
    ("bentuk", "Bentuk informasi yang tersedia"),
    ("retensi", "Jangka Waktu Penyimpanan atau Retensi Arsip"),
]
COLUMNS = [column for spec in sheets().values() for column in spec]
LONGEST_HINT, LONGEST_TITLE = 255, 32  # what Excel shows beside a cell


def by_key(column):
    return column.key


@pytest.mark.parametrize("name", PAPER)
def test_a_sheet_has_the_columns_of_the_paper_in_its_order(name):
    assert [(column.name, column.heading) for column in sheet(name)] == [entry[:2] for entry in PAPER[name]]


@pytest.mark.parametrize("name", PAPER)
def test_a_column_offers_the_choices_of_the_paper(name):
    offered = {column.name: column.choices for column in sheet(name)}
    assert {entry[0]: offered[entry[0]] for entry in PAPER[name] if entry[2] is not None} == {
        entry[0]: entry[2] for entry in PAPER[name] if entry[2] is not None
    }


@pytest.mark.parametrize("name", PAPER)
def test_a_column_shows_the_example_of_the_paper(name):
    assert [(column.name, column.example) for column in sheet(name)] == [(e[0], e[3]) for e in PAPER[name]]


def test_a_column_is_required_under_the_conditions_of_the_paper_only():
    papers = [column for name in PAPER for column in sheet(name)]
    assert {column.key: dict(column.required_when) for column in papers if column.required_when} == CONDITIONS


def test_a_bidang_must_fill_four_cells_of_a_row():
    assert [c.name for c in sheet("daftar") if c.required] == ["ringkasan", "waktu", "bentuk", "retensi"]


def test_a_first_edition_shows_thirteen_columns():
    assert len(sheet("daftar").shown("formulir")) == 13


def test_the_columns_of_carried_rows_and_of_the_sop_appear_only_where_asked_for():
    assert [c.name for c in sheet("daftar").shown("lanjutan")] == ["pemutakhiran", "alasan_cabut"]
    assert [c.name for c in sheet("daftar").shown("pilihan")] == ["asal", "jenis_arsip"]


def test_three_columns_take_what_is_blank_from_the_head_of_the_sheet():
    defaults = {column.name: column.default_from for column in COLUMNS if column.default_from}
    assert defaults == {
        "tempat": "bawaan_tempat",
        "menguasai": "bawaan_menguasai",
        "penanggung_jawab": "bawaan_pj",
    }
    assert set(defaults.values()) <= {column.name for column in sheet("kepala")}


def test_the_annex_has_the_seven_columns_of_lampiran_i_in_their_order():
    assert [(column.name, column.annex) for column in annex_columns()] == ANNEX


def test_what_is_internal_is_never_public():
    public = [column.key for column in public_columns()]
    assert public == [
        "daftar.nomor", "daftar.kode", "daftar.ringkasan", "daftar.waktu", "daftar.bentuk", "daftar.retensi",
        "daftar.tempat", "daftar.menguasai", "daftar.penanggung_jawab", "daftar.tautan", "usulan.kelas", "usulan.butir",
    ]  # fmt: skip
    assert not {"keterangan", "lokasi_berkas", "pengisi"} & {key.split(".")[1] for key in public}


@pytest.mark.parametrize("column", COLUMNS, ids=by_key)
def test_a_column_names_the_article_that_asks_for_it(column):
    assert re.match(r"(Ps|UU|PP|SOP|Permendagri|Keppres|Lampiran)\b", column.basis)


@pytest.mark.parametrize("column", [c for c in COLUMNS if c.filled_by != "dipxl"], ids=by_key)
def test_a_hint_is_one_text_that_excel_can_show(column):
    assert column.hint.endswith(".")
    assert len(column.hint) <= LONGEST_HINT


def test_only_these_labels_are_cut_when_excel_shows_them_as_a_title():
    assert [column.key for column in COLUMNS if len(column.label) > LONGEST_TITLE] == [
        "kepala.bawaan_menguasai", "daftar.penanggung_jawab", "dikecualikan.pasangan", "dikecualikan.alasan",
        "kantor.tingkat", "kantor.berita_acara", "kantor.irah_irah", "kantor.tanda_tangan_lampiran", "kantor.kolom_sop",
    ]  # fmt: skip


def test_an_example_is_one_of_the_choices():
    closed = [c for c in COLUMNS if c.choices and c.example and not c.several]
    assert [column.key for column in closed if column.example not in column.choices] == []


def test_no_choice_is_longer_than_the_cells_of_a_list_can_show():
    assert [(c.key, choice) for c in COLUMNS for choice in c.choices if len(choice) > LONGEST_HINT] == []


def test_a_condition_names_a_column_of_its_sheet_and_what_can_stand_there():
    for column in COLUMNS:
        for because, values in column.required_when.items():
            asked = sheet(column.sheet)[because]
            assert values == ("*",) or set(values) <= set(asked.choices), column.key


def test_every_check_that_a_column_names_exists():
    across = {(name, rule.column, rule.code) for name, rules in ACROSS.items() for rule in rules}
    unknown = [
        (column.key, code)
        for column in COLUMNS
        for code in column.checks
        if code not in CHECKS and (column.sheet, column.name, code) not in across
    ]
    assert unknown == []


def test_every_rule_across_cells_speaks_of_a_column_of_its_sheet():
    for name, rules in ACROSS.items():
        assert {rule.column for rule in rules} <= {column.name for column in sheet(name)}


def test_no_label_stands_twice_on_a_sheet():
    for spec in sheets().values():
        labels = [column.label for column in spec]
        assert len(labels) == len(set(labels)), spec.name


def test_no_alias_leads_to_two_columns_of_a_sheet():
    for spec in sheets().values():
        spellings = [text for c in spec for text in {fold(text) for text in (c.label, c.annex, *c.aliases) if text}]
        assert [text for text in spellings if spellings.count(text) > 1] == [], spec.name


def test_advice_is_given_only_for_what_is_no_choice():
    for column in COLUMNS:
        for typed in column.advice:
            assert typed == typed.casefold()
            assert typed not in {choice.casefold() for choice in column.choices}


def test_only_known_words_stand_in_the_tables():
    known = {"title", "head", "columns"}
    assert {key for table in (load("columns") | load("settings")).values() for key in table} == known
    places = {"formulir", "lanjutan", "pilihan", "lampiran", "publik", "usulan", "telaah"}
    assert {place for column in COLUMNS for place in column.shown_in} == places
    assert {column.filled_by for column in COLUMNS} == {"dipxl", "bidang", "pelaksana", "ppid"}
