"""Whatever people do to a form, each cell is read with its true address, and nothing that was typed is lost."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from desk import (
    FACTS,
    FIRST_ROW,
    HEAD,
    LIST,
    NIHIL,
    ROW,
    checked,
    codes,
    filled,
    found_at,
    typed,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from dipxl.files.blank import BLANK
from dipxl.files.forms import form
from dipxl.files.returned import read
from dipxl.model.columns import sheet
from dipxl.tour.people import keys, opened, type_head

BAD = ROW | {"retensi": "Tahun 2025"}
OTHER = ROW | {"ringkasan": "Rencana Kerja Sekretariat Tahun 2026"}


def _value(path, place):
    title, cell = place.split("!")
    return load_workbook(path)[title][cell].value


def _moved(path, order, above, left):
    """The list copied cell by cell as people do who rebuild a sheet: columns in another order, blanks around it."""
    book = load_workbook(path)
    old = book[LIST]
    new = book.create_sheet("Salinan")
    for row in old.iter_rows():
        for cell in row:
            if cell.value is not None:
                place = order[cell.column - 1] if cell.row > 7 and cell.column <= len(order) else cell.column - 1
                new.cell(cell.row + above, place + 1 + left).value = cell.value
    del book[LIST]
    new.title = LIST
    book.save(path)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 20), st.integers(0, 4), st.randoms(use_true_random=False))
def test_a_fault_names_the_cell_that_holds_the_value(tmp_path, above, left, chance):
    path = filled(tmp_path, ROW, BAD, OTHER)
    order = list(range(13))
    chance.shuffle(order)
    _moved(path, order, above, left)
    one = checked(path)
    (place,) = found_at(one, "tahun-sebagai-retensi")
    assert _value(path, place) == "Tahun 2025"
    assert len(one.rows) == 3


@pytest.mark.parametrize("seed", range(5))
def test_rows_inserted_anywhere_move_the_address_along(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311

    def insert(worksheet):
        for _ in range(chance.randint(1, 4)):
            worksheet.insert_rows(chance.randint(FIRST_ROW, FIRST_ROW + 3), chance.randint(1, 5))

    path = filled(tmp_path, ROW, BAD, OTHER, edit=insert)
    (place,) = found_at(checked(path), "tahun-sebagai-retensi")
    assert _value(path, place) == "Tahun 2025"


def test_a_column_inserted_by_a_bidang_is_listed_cell_by_cell(tmp_path):
    def insert(worksheet):
        worksheet.insert_cols(5)
        worksheet["E9"], worksheet["E11"] = "Catatan kami", "penting"

    one = checked(filled(tmp_path, BAD, edit=insert))
    assert found_at(one, "kolom-tidak-dikenal") == [f"{LIST}!E9", f"{LIST}!E11"]
    assert found_at(one, "tahun-sebagai-retensi") == [f"{LIST}!G11"]


def test_of_a_column_that_was_copied_the_first_counts_and_the_other_is_listed(tmp_path):
    def copy(worksheet):
        for row in (8, 9, 11):
            worksheet.cell(row, 20).value = worksheet.cell(row, 3).value
        worksheet["T11"] = "Salinan lain"

    one = checked(filled(tmp_path, ROW, edit=copy))
    assert one.rows[0].values["ringkasan"] == ROW["ringkasan"]
    assert found_at(one, "kolom-kembar") == [f"{LIST}!T9", f"{LIST}!T11"]
    assert one.balance.reported == 2


def test_without_the_key_row_the_headings_are_enough(tmp_path):
    one = checked(filled(tmp_path, ROW, BAD, edit=lambda worksheet: worksheet.delete_rows(8)))
    assert found_at(one, "tahun-sebagai-retensi") == [f"{LIST}!F11"]
    assert [row.values["ringkasan"] for row in one.rows] == [ROW["ringkasan"], BAD["ringkasan"]]


@pytest.mark.parametrize("spelling", ["JANGKA SIMPAN / RETENSI ARSIP", " Retensi  Arsip ", "Jangka Waktu Penyimpanan"])
def test_a_retyped_heading_is_known_by_its_other_spellings(tmp_path, spelling):
    def retype(worksheet):
        worksheet.delete_rows(8)
        worksheet["F8"] = spelling

    assert checked(filled(tmp_path, ROW, edit=retype)).rows[0].values["retensi"] == "5 tahun"


def test_a_deleted_required_column_is_said_once_and_blames_no_cell(tmp_path):
    one = checked(filled(tmp_path, ROW, OTHER, edit=lambda worksheet: worksheet.delete_cols(6)))
    assert codes(one) == ["kolom-hilang"]
    assert (one.findings.all[0].cells, one.findings.all[0].column) == ((), "Jangka Simpan / Retensi Arsip")
    assert [row.faults for row in one.rows] == [("kolom-hilang",)] * 2


def test_a_table_without_the_summary_column_is_still_read(tmp_path):
    one = checked(filled(tmp_path, ROW, edit=lambda worksheet: worksheet.delete_cols(3)))
    assert "Ringkasan Isi Informasi" in [found.column for found in one.findings if found.code == "kolom-hilang"]
    assert [row.values["waktu"] for row in one.rows] == ["Januari 2026"]


def test_the_example_row_is_never_counted(tmp_path):
    one = checked(filled(tmp_path, ROW))
    assert [row.number for row in one.rows] == [FIRST_ROW]


@pytest.mark.parametrize("column", ["ringkasan", "waktu", "retensi"])
def test_an_example_that_was_written_over_is_an_entry(tmp_path, column):
    def overwrite(worksheet):
        typed(worksheet, f"daftar.{column}", FIRST_ROW - 1).value = "Maret 2026"

    one = checked(filled(tmp_path, ROW, edit=overwrite))
    assert [row.number for row in one.rows] == [FIRST_ROW - 1, FIRST_ROW]


def test_a_form_sent_back_empty_is_asked_for_its_table(tmp_path):
    one = checked(filled(tmp_path))
    assert codes(one) == ["ada-tetapi-kosong"]
    assert _value(one.path, found_at(one, "ada-tetapi-kosong")[0]) == HEAD["pernyataan"]


def test_nihil_is_an_answer(tmp_path):
    one = checked(filled(tmp_path, head=HEAD | {"pernyataan": "nihil"}))
    assert codes(one) == []
    assert one.nihil
    assert [(r.before, r.after) for r in one.repairs] == [("nihil", NIHIL)]


def test_nihil_above_a_filled_table_is_a_contradiction(tmp_path):
    one = checked(filled(tmp_path, ROW, OTHER, head=HEAD | {"pernyataan": NIHIL}))
    assert codes(one) == ["nihil-berisi"]
    assert _value(one.path, found_at(one, "nihil-berisi")[0]) == NIHIL
    assert "2 baris" in one.findings.all[0].message


def test_nihil_above_unchanged_rows_of_the_last_edition_is_none(tmp_path):
    carried = [ROW | {"kode": "SEK-0001", "pemutakhiran": "Tetap"}]
    path = tmp_path / "formulir.xlsx"
    path.write_bytes(form(replace(FACTS, carried=carried)))
    with opened(path, path) as book:
        type_head(book[LIST], HEAD | {"pernyataan": NIHIL})
    assert codes(checked(path)) == []
    assert len(checked(path).rows) == 1


@pytest.mark.parametrize("missing", ["pernyataan", "pengisi"])
def test_a_blank_head_cell_is_pointed_at_where_one_types(tmp_path, missing):
    head = {name: text for name, text in HEAD.items() if name != missing}
    one = checked(filled(tmp_path, ROW, head=head))
    assert codes(one) == ["kosong"]
    title, cell = found_at(one, "kosong")[0].split("!")
    assert not load_workbook(one.path)[title][cell].protection.locked
    label = load_workbook(one.path)[title].cell(load_workbook(one.path)[title][cell].row, 3).value
    assert label == sheet("kepala")[missing].heading


def test_what_stands_outside_every_table_is_listed_with_its_cell(tmp_path):
    def scribble(worksheet):
        worksheet["R40"], worksheet["N2"] = "telepon saya ya", "lihat lampiran"
        worksheet.parent.create_sheet("Catatan")["B2"] = "dari kami"

    one = checked(filled(tmp_path, ROW, edit=scribble))
    assert sorted(found_at(one, "di-luar-tabel")) == ["Catatan!B2", f"{LIST}!N2", f"{LIST}!R40"]


def test_a_status_on_an_otherwise_blank_row_is_not_lost(tmp_path):
    path = tmp_path / "formulir.xlsx"
    path.write_bytes(form(replace(FACTS, carried=[ROW | {"kode": "SEK-0001", "pemutakhiran": "Tetap"}])))
    with opened(path, path) as book:
        type_head(book[LIST], HEAD)
        cell = typed(book[LIST], "daftar.pemutakhiran", FIRST_ROW + 3)
        cell.value = "Cabut"
    assert found_at(checked(path), "di-luar-tabel") == [f"{LIST}!{cell.coordinate}"]


def test_the_stamp_survives_the_loss_of_one_of_its_places(tmp_path):
    path = filled(tmp_path, ROW)
    for lost in ("sheet", "keywords"):
        with opened(path, tmp_path / f"{lost}.xlsx") as book:
            if lost == "sheet":
                del book["_dipxl"]
            else:
                book.properties.keywords = None
        assert str(read(tmp_path / f"{lost}.xlsx").stamp) == "dipxl|formulir|1|2026-2|SEK"


def test_numbers_dates_and_truths_become_the_text_that_people_see(tmp_path):
    book = Workbook()
    book.active.append(["Ringkasan Isi Informasi", "Waktu Pembuatan", "Bentuk yang Tersedia", "Retensi Arsip"])
    book.active.append([7, date(2026, 8, 7), True, 2.5])
    book.save(tmp_path / "daftar.xlsx")
    (row,) = read(tmp_path / "daftar.xlsx").tables[0].rows
    assert list(row.cells.values()) == ["7", "7 Agustus 2026", "Ya", "2,5"]


def test_a_list_that_was_never_our_form_is_read_by_its_headings(tmp_path):
    book = Workbook()
    book.active["B4"] = "DAFTAR INFORMASI PUBLIK 2025"
    for place, text in enumerate(["No.", "Ringkasan Informasi", "Waktu", "Bentuk Informasi yang Tersedia"], start=2):
        book.active.cell(6, place).value = text
        book.active.cell(7, place).value = f"isi {place}"
    book.save(tmp_path / "daftar.xlsx")
    one = checked(tmp_path / "daftar.xlsx")
    assert [(row.number, row.values["ringkasan"]) for row in one.rows] == [(7, "isi 3")]
    assert found_at(one, "bukan-pilihan") == ["Sheet!E7"]
    assert found_at(one, "di-luar-tabel") == ["Sheet!B7"]  # words in the column of numbers
    assert "Sheet!B4" in found_at(one, "bukan-entri")


def test_a_workbook_without_any_table_says_so(tmp_path):
    book = Workbook()
    book.active["A1"] = "halo"
    book.save(tmp_path / "lain.xlsx")
    assert "bukan-formulir" in codes(checked(tmp_path / "lain.xlsx"))


def test_an_entry_beyond_the_drop_downs_counts_like_any_other(tmp_path):
    def far(worksheet):
        for name, text in BAD.items():
            typed(worksheet, f"daftar.{name}", 6000).value = text

    one = checked(filled(tmp_path, ROW, edit=far))
    assert [row.number for row in one.rows] == [FIRST_ROW, 6000]
    assert found_at(one, "tahun-sebagai-retensi") == [f"{LIST}!F6000"]


def test_blank_rows_that_were_only_formatted_are_no_entries(tmp_path):
    def dress(worksheet):
        for row in range(FIRST_ROW + 1, 3000):
            worksheet.cell(row, 3).number_format = "0.00"

    assert len(checked(filled(tmp_path, ROW, edit=dress)).rows) == 1


def test_every_column_key_has_its_letter(tmp_path):
    path = filled(tmp_path, ROW)
    table = read(path).table("daftar.ringkasan")
    _, columns = keys(load_workbook(path)[LIST])
    assert table.letters == {key: get_column_letter(number) for key, number in columns.items()}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("A60", "catatan: lihat map biru"),
        ("B62", "total 12 dokumen"),
        ("A11", "lihat di bawah"),
        ("C1", "Kelengkapan berkas menyusul"),
        ("N4", "Baris lengkap: nanti"),
    ],
)
def test_a_remark_beside_the_table_is_listed_with_its_address(tmp_path, cell, text):
    path = tmp_path / "formulir.xlsx"
    path.write_bytes(form(BLANK))
    book = load_workbook(path)
    book["Daftar Informasi"][cell].value = text
    book["Daftar Informasi"]["C11"].value = "Laporan kinerja tahun 2025"
    book.save(path)
    assert [(left.address, left.text) for left in read(path).leftovers] == [(cell, text)]
