"""A list that was never a form is read by its headings, whatever they are called and however they are laid out."""

import datetime as dt

import pytest
from messes import NO_ENTRY, STRAY
from own_lists import COLUMNS, HEADINGS, TITLE, listed, table, told_of, workbook
from told import entry

ALIASES = [
    ("ringkasan", "Ringkasan Isi Informasi"),
    ("ringkasan", "RINGKASAN ISI INFORMASI"),
    ("ringkasan", "Ringkasan Informasi"),
    ("ringkasan", "Judul Informasi"),
    ("ringkasan", "Jenis Informasi"),
    ("ringkasan", "Nama Informasi"),
    ("menguasai", "Pejabat/Unit/Satker yang Menguasai Informasi"),
    ("menguasai", "Pejabat/Unit/Satker yang Menguasi Informasi"),
    ("menguasai", "Satker yang Menguasai Informasi"),
    ("menguasai", "Unit Kerja yang Menyediakan"),
    ("penanggung_jawab", "Penanggungjawab Pembuatan atau Penerbitan Informasi"),
    ("penanggung_jawab", "Penanggung Jawab"),
    ("penanggung_jawab", "Penaggungjawab Informasi"),
    ("waktu", "Waktu Pembuatan/Penerbitan Informasi"),
    ("waktu", "Tahun"),
    ("bentuk", "Bentuk Informasi yang Tersedia"),
    ("bentuk", "Format Informasi yang Tersedia"),
    ("retensi", "Jangka Waktu Penyimpanan atau Retensi Arsip"),
    ("retensi", "Jangka Waktu Penyimpanan"),
    ("retensi", "Retensi Arsip"),
    ("keterangan", "Ket."),
]


@pytest.mark.parametrize(("name", "heading"), ALIASES)
def test_a_column_is_known_by_the_names_that_offices_give_it(tmp_path, name, heading):
    told = listed(tmp_path, table(1, 2, headings={name: heading})).check()
    assert told.rows(TITLE) == [2, 3]
    for column in COLUMNS:
        assert told.column(column, TITLE) == [entry(1)[column], entry(2)[column]], column
    missing = {f["column"] for f in told.answer["findings"] if f["code"] in ("kolom-hilang", "kosong", "bukan-pilihan")}
    assert not missing & set(HEADINGS.values())


def test_a_heading_that_a_person_typed_counts_and_is_reported_as_read(tmp_path):
    told = listed(tmp_path, table(1, headings={"retensi": "Retensi Arsp"}))
    told.unclear -= {(TITLE, "G1")}
    told.check()
    assert told.column("retensi", TITLE) == [entry(1)["retensi"]]
    assert told.at("judul-disamakan", sheet=TITLE) == ["G1"]


def test_the_legal_columns_under_their_legal_headings_need_no_form(tmp_path):
    grid = [
        ["No.", "Ringkasan isi informasi", "Pejabat/Unit/Satker yang menguasai informasi",
         "Penanggungjawab pembuatan atau penerbitan informasi", "Waktu dan tempat pembuatan informasi",
         "Bentuk informasi yang tersedia", "Jangka Waktu Penyimpanan atau Retensi Arsip"],
        [1, "Laporan kenari1ringkasan", "Unit kenari1menguasai", "Kepala kenari1penanggungjawab",
         "Tanjung Asri, Januari 2026", "Softcopy", "5 tahun"],
    ]  # fmt: skip
    told = listed(tmp_path, grid).check()
    values = told.records[TITLE, 2]
    assert (values["waktu"], values["tempat"]) == ("Januari 2026", "Tanjung Asri")
    assert (values["ringkasan"], values["bentuk"], values["retensi"]) == (grid[1][1], "Softcopy", "5 tahun")
    assert (values["menguasai"], values["penanggung_jawab"]) == (grid[1][2], grid[1][3])


@pytest.mark.parametrize("heading", ["Waktu dan Tempat Pembuatan Informasi", "Tempat dan Waktu Pembuatan"])
@pytest.mark.parametrize(
    ("typed", "waktu", "tempat"),
    [
        ("Jakarta, 2025", "2025", "Jakarta"),
        ("2024", "2024", ""),
        (2024, "2024", ""),
        ("Tanjung Asri, 12 Januari 2025", "12 Januari 2025", "Tanjung Asri"),
        ("Januari 2026, Samarinda", "Januari 2026", "Samarinda"),
    ],
)
def test_time_and_place_in_one_cell_are_split_where_that_is_certain(tmp_path, heading, typed, waktu, tempat):
    columns = [name for name in COLUMNS if name != "tempat"]
    grid = table(1, headings={"waktu": heading}, columns=columns)
    grid[1][columns.index("waktu")] = typed
    told = listed(tmp_path, grid).check()
    assert (told.value("waktu", 2, TITLE), told.value("tempat", 2, TITLE)) == (waktu, tempat)


def test_time_and_place_that_cannot_be_told_apart_are_asked(tmp_path):
    columns = [name for name in COLUMNS if name != "tempat"]
    grid = table(1, headings={"waktu": "Waktu dan Tempat Pembuatan Informasi"}, columns=columns)
    grid[1][3] = "Tegal. Sesuai Tanggal MoU"
    told = listed(tmp_path, grid).check()
    assert "D2" in told.named(TITLE)


TICKS = {"✓": True, "v": True, "V": True, "√": True, "x": True, 1: True, "ada": True, "-": False, None: False}


@pytest.mark.parametrize("two_rows", [False, True], ids=["one row", "two rows"])
@pytest.mark.parametrize(("soft", "hard"), [("✓", "✓"), ("v", None), (None, "x"), ("√", "-"), ("-", 1), ("ada", "V")])
def test_tick_columns_say_the_form(tmp_path, soft, hard, two_rows):
    others = [name for name in COLUMNS if name != "bentuk"]
    heading, row = table(1, columns=others)
    row = [*row, soft, hard]
    if two_rows:
        grid = [[*heading, "Bentuk Informasi yang Tersedia"], [None] * 7 + ["Softcopy", "Hardcopy"], row]
    else:
        grid = [[*heading, "Softcopy", "Hardcopy"], row]

    def merge(worksheet):
        if two_rows:
            worksheet.merge_cells("H1:I1")
            for letter in "ABCDEFG":
                worksheet.merge_cells(f"{letter}1:{letter}2")

    told = listed(tmp_path, grid, headings=(1, 2) if two_rows else (1,), edit=merge).check()
    ticked = [name for name, tick in (("Softcopy", soft), ("Hardcopy", hard)) if TICKS[tick]]
    assert told.column("bentuk", TITLE) == [" dan ".join(ticked).replace("dan H", "dan h")]


def test_an_entry_without_a_tick_is_asked_for_its_form(tmp_path):
    others = [name for name in COLUMNS if name != "bentuk"]
    heading, row = table(1, columns=others)
    told = listed(tmp_path, [[*heading, "Softcopy", "Hardcopy"], row]).check()
    assert "kosong" in told.faults()
    assert not told.column("bentuk", TITLE)[0]


def test_headings_three_rows_high_are_read_together(tmp_path):
    grid = [
        ["No", "Ringkasan Isi Informasi", "Pembuatan Informasi", None, None, "Bentuk yang Tersedia", "Retensi Arsip"],
        [None, None, "Penanggung Jawab", "Pelaksanaan", None, None, None],
        [None, None, None, "Waktu", "Tempat Pembuatan", None, None],
        [1, "Laporan kenari1ringkasan", "Kepala kenari1penanggungjawab", "Januari 2026", "Kota kenari1tempat",
         "Softcopy", "5 tahun"],
    ]  # fmt: skip

    def merge(worksheet):
        for area in ("A1:A3", "B1:B3", "C1:E1", "C2:C3", "D2:E2", "F1:F3", "G1:G3"):
            worksheet.merge_cells(area)

    told = listed(tmp_path, grid, headings=(1, 2, 3), edit=merge).check()
    assert told.rows(TITLE) == [4]
    values = told.records[TITLE, 4]
    assert [values[name] for name in ("ringkasan", "penanggung_jawab", "waktu", "tempat", "bentuk", "retensi")] == [
        *grid[3][1:]
    ]


def test_title_and_address_above_the_table_are_listed(tmp_path):
    title = [["PEMERINTAH KABUPATEN TANJUNG ASRI"], ["Jalan Melati Nomor 1"], [None]]
    told = listed(tmp_path, [*title, *table(1, 2)], headings=(4,)).check()
    assert told.rows(TITLE) == [5, 6]
    assert {"A1", "A2"} <= set(told.at(NO_ENTRY, *STRAY.split("|"), sheet=TITLE))


def test_a_table_that_begins_far_from_the_corner_keeps_its_addresses(tmp_path):
    grid = table(1, 2)
    grid[2][COLUMNS.index("retensi")] = "Tahun 2024"
    told = listed(tmp_path, grid, at="F40").check()
    assert told.rows(TITLE) == [41, 42]
    assert told.at("tahun-sebagai-retensi", sheet=TITLE) == ["L42"]


def test_bands_with_the_heading_and_numbers_repeated_after_each(tmp_path):
    heading, numbers = table()[0], list(range(1, 9))
    grid = [
        ["A. INFORMASI YANG WAJIB DIUMUMKAN SECARA BERKALA"], heading, numbers, *table(1, 2)[1:],
        ["B. INFORMASI YANG WAJIB TERSEDIA SETIAP SAAT"], heading, numbers, *table(3)[1:],
    ]  # fmt: skip

    def merge(worksheet):
        worksheet.merge_cells("A1:H1")
        worksheet.merge_cells("A6:H6")

    told = listed(tmp_path, grid, headings=(2,), edit=merge).check()
    assert told.rows(TITLE) == [4, 5, 9]
    assert told.column("kelas", TITLE) == ["Berkala", "Berkala", "Setiap saat"]
    assert told.column("ringkasan", TITLE) == [entry(number)["ringkasan"] for number in (1, 2, 3)]
    assert {"A3", "H3", "A8", "H8"} <= set(told.at(NO_ENTRY, sheet=TITLE))


def test_excluded_items_under_a_band_of_the_public_list_are_never_given_a_class(tmp_path):
    grid = [*table(1), ["D. INFORMASI YANG DIKECUALIKAN"], *table(2)[1:]]
    told = listed(tmp_path, grid, edit=lambda worksheet: worksheet.merge_cells("A3:H3")).check()
    assert 3 not in told.rows(TITLE)
    if 4 in told.rows(TITLE):
        assert told.value("kelas", 4, TITLE) not in ("Berkala", "Setiap saat", "Serta merta")
    rows = {cell.lstrip("ABCDEFGHIJKLMN") for cell in told.named(TITLE)}
    assert rows & {"3", "4"}


def test_totals_and_signatures_below_the_table_are_no_entries(tmp_path):
    below = [["Jumlah", None, None, "2 dokumen"], [None], ["Tanjung Asri, 12 Agustus 2026"], ["Kepala Subbagian Umum"]]
    told = listed(tmp_path, [*table(1, 2), *below]).check()
    assert told.rows(TITLE) == [2, 3]
    assert {"A4", "D4", "A6", "A7"} <= set(told.at(NO_ENTRY, *STRAY.split("|"), sheet=TITLE))


def test_owners_merged_over_their_rows_stand_for_each(tmp_path):
    grid = table(1, 2, 3)
    for row in (2, 3):
        grid[row][COLUMNS.index("menguasai")] = None
    told = listed(tmp_path, grid, edit=lambda worksheet: worksheet.merge_cells("B2:B4"))
    told.spread = True
    told.check()
    assert told.column("menguasai", TITLE) == [entry(1)["menguasai"]] * 3


def test_several_owners_in_one_cell_stay_as_typed(tmp_path):
    grid = table(1)
    grid[1][COLUMNS.index("menguasai")] = "Bag. Organisasi, bkpsdm, bakueda"
    told = listed(tmp_path, grid).check()
    assert told.column("menguasai", TITLE) == ["Bag. Organisasi, bkpsdm, bakueda"]


@pytest.mark.parametrize("odd", [2025, dt.date(2025, 1, 31), 3.5, True, "???", "\n", "x" * 3000])
def test_a_heading_may_be_anything_and_breaks_nothing(tmp_path, odd):
    grid = [[*row, value] for row, value in zip(table(1, 2), (odd, "isi kenari1x", None), strict=True)]
    told = listed(tmp_path, grid).check()
    assert told.column("ringkasan", TITLE) == [entry(1)["ringkasan"], entry(2)["ringkasan"]]
    assert "I2" in told.named(TITLE)


def test_a_sheet_of_rows_without_headings_is_no_table_and_all_of_it_is_reported(tmp_path):
    told = listed(tmp_path, table(1, 2)[1:], headings=()).check()
    assert told.records == {}
    assert "bukan-formulir" in told.faults()
    assert told.answer["cells"]["taken"] == 0


def test_every_cell_of_a_foreign_workbook_counts_even_where_no_table_is_known(tmp_path):
    told = told_of(tmp_path, workbook(Anggaran=[["Uraian", "Pagu"], ["Belanja kenari1x", 5]], Lain=[["halo"]])).check()
    assert told.answer["cells"] == {"typed": 5, "taken": 0, "reported": 5}
