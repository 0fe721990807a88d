"""Messes of columns and headings."""

from __future__ import annotations

from typing import Any

from messes import LETTERS, STRAY, Expected, gone, mess, moved, unsettling, variants
from sheet_edits import delete_columns, delete_rows, insert_columns, insert_rows, reorder_columns

KEYS, TITLES = 8, 9
UNKNOWN = "kolom-tidak-dikenal"
SAME = "judul-disamakan"


@variants(
    {
        "body": [1, 2, 9, 6, 13, 3, 12, 5, 4, 11, 10, 8, 7],
        "last first": [13, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        "reversed": list(range(13, 0, -1)),
    }
)
def columns_moved(sheet: Any, order: list[int]) -> Expected:
    reorder_columns(sheet, order)
    return Expected()


@mess
def columns_moved_and_key_row_deleted(sheet: Any) -> Expected:
    reorder_columns(sheet, [3, 7, 4, 6, 5, 8, 9, 10, 11, 12, 13, 1, 2])
    delete_rows(sheet, KEYS)
    return Expected(rows=moved(-1))


@unsettling
@mess
def what_one_sees_moved_but_not_the_hidden_keys(sheet: Any) -> Expected:
    order = list(range(1, 14))
    order[3], order[6] = order[6], order[3]  # waktu and tempat
    reorder_columns(sheet, order, first_row=TITLES)
    at = (("judul-bertukar", "D9"), ("judul-bertukar", "G9"))
    return Expected(at=at, unclear=frozenset({"D9", "G9"}))


@unsettling
@mess
def what_one_sees_moved_and_a_heading_wiped(sheet: Any) -> Expected:
    what_one_sees_moved_but_not_the_hidden_keys(sheet)
    sheet["D9"] = None  # the place stands below it now; its key says time, as does the heading of another column
    said = frozenset({UNKNOWN, SAME, "kolom-kembar", *STRAY.split("|")})
    place = {(row, "tempat"): None for row in (11, 12, 13)}
    return Expected(at=(("judul-bertukar", "G9"),), changed=place, unclear=frozenset({"G9"}), also=said)


@mess
def blank_column_inserted(sheet: Any) -> Expected:
    insert_columns(sheet, 5)
    return Expected()


@mess
def blank_columns_inserted_at_the_left(sheet: Any) -> Expected:
    insert_columns(sheet, 1, 2)
    return Expected()


@mess
def own_column_inserted(sheet: Any) -> Expected:
    insert_columns(sheet, 5)
    sheet["E9"], sheet["E11"], sheet["E13"] = "Nomor Rak", "Rak 3", 4
    body = f"{UNKNOWN}|{STRAY}"
    return Expected(at=((UNKNOWN, "E9"), (body, "E11"), (body, "E13")))


@mess
def own_column_added_at_the_right(sheet: Any) -> Expected:
    sheet["N9"], sheet["N12"] = "Paraf", "sudah"
    return Expected(at=((UNKNOWN, "N9"), (f"{UNKNOWN}|{STRAY}", "N12")))


@mess
def own_column_without_a_heading(sheet: Any) -> Expected:
    insert_columns(sheet, 8)
    sheet["H12"] = "lihat map biru"
    return Expected(at=((f"{UNKNOWN}|{STRAY}", "H12"),))


@mess
def heading_in_own_words_above_its_key(sheet: Any) -> Expected:
    sheet["F9"] = "Masa simpan berkasnya"
    return Expected(at=((SAME, "F9"),))


@variants({"all": "CDEF", "summary": "C", "place": "G"})
def headings_in_capitals_without_star(sheet: Any, columns: str) -> Expected:
    for column in columns:
        sheet[f"{column}9"] = sheet[f"{column}9"].value.upper().replace(" *", "")
    return Expected(unclear=frozenset(f"{column}9" for column in columns), also=frozenset({SAME}))


MISSPELT = {
    "Ringkasan Isi Infomasi": "ringkasan", "Ringkasn Isi Informasi": "ringkasan", "Waktu Pembutan": "waktu",
    "Bentuk yg Tersedia": "bentuk", "Jangka Simpan/Retensi Arsp": "retensi", "Pejabat/Unit yang Menguasi": "menguasai",
    "Penaggung Jawab Pembuatan/Penerbitan": "penanggung_jawab", "Tempat Pembuattan": "tempat",
    "Ketrangan": "keterangan",
}  # fmt: skip


@variants({text: (text, name) for text, name in MISSPELT.items()})
def heading_misspelt_and_key_row_deleted(sheet: Any, heading: tuple[str, str]) -> Expected:
    delete_rows(sheet, KEYS)
    cell = f"{LETTERS[heading[1]]}8"
    sheet[cell] = heading[0]
    return Expected(rows=moved(-1), at=((SAME, cell),))


@mess
def key_row_deleted(sheet: Any) -> Expected:
    delete_rows(sheet, KEYS)
    return Expected(rows=moved(-1))


@mess
def heading_row_deleted(sheet: Any) -> Expected:
    delete_rows(sheet, TITLES)
    return Expected(rows=moved(-1))


@mess
def heading_wiped_above_its_key(sheet: Any) -> Expected:
    sheet["D9"] = None
    return Expected()


@mess
def heading_wiped_and_key_row_deleted(sheet: Any) -> Expected:
    delete_rows(sheet, KEYS)
    sheet["L8"] = None
    lost = tuple((f"{UNKNOWN}|{STRAY}", f"L{row}") for row in (10, 11, 12))
    return Expected(
        rows=moved(-1), at=lost, changed={(row - 1, name): text for (row, name), text in gone("keterangan").items()}
    )


@variants({"time": "waktu", "retention": "retensi", "form": "bentuk"})
def required_column_deleted(sheet: Any, name: str) -> Expected:
    delete_columns(sheet, "ABCDEFGHIJKLM".index(LETTERS[name]) + 1)
    head = {"kosong"} if name == "waktu" else set()  # two answers of the head stand in its column
    return Expected(faults=frozenset({"kolom-hilang", *head}), changed=gone(name))


@variants({"remark": "keterangan", "file": "lokasi_berkas", "link": "tautan"})
def optional_column_deleted(sheet: Any, name: str) -> Expected:
    delete_columns(sheet, "ABCDEFGHIJKLM".index(LETTERS[name]) + 1)
    return Expected(changed=gone(name))


@mess
def column_with_a_default_in_the_head_deleted(sheet: Any) -> Expected:
    reorder_columns(sheet, [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14])
    return Expected(changed={(row, "tempat"): "Tanjung Asri" for row in (11, 12, 13)})


@variants({"number": 1, "kode": 2})
def locked_column_deleted(sheet: Any, column: int) -> Expected:
    delete_columns(sheet, column)
    return Expected()


@variants({"place": "G", "summary": "C", "remark": "L"})
def filled_column_hidden(sheet: Any, letter: str) -> Expected:
    sheet.column_dimensions[letter].hidden = True
    return Expected(at=(("kolom-tersembunyi", f"{letter}*"),))


@mess
def blank_column_hidden(sheet: Any) -> Expected:
    sheet.column_dimensions["J"].hidden = True
    return Expected()


@mess
def column_copied_with_its_key(sheet: Any) -> Expected:
    for row in (8, 9):
        sheet.cell(row, 20).value = sheet.cell(row, 3).value
    sheet["T11"] = "Salinan ringkasan yang lain"
    body = f"kolom-kembar|{UNKNOWN}|{STRAY}"
    return Expected(
        at=(("kolom-kembar", "T*"), (body, "T11")), unclear=frozenset({"T8"}), also=frozenset(STRAY.split("|"))
    )


@mess
def heading_copied_without_its_key(sheet: Any) -> Expected:
    sheet["O9"], sheet["O12"] = "Keterangan", "Salinan keterangan yang lain"
    body = f"kolom-kembar|{UNKNOWN}|{STRAY}"
    return Expected(at=(("kolom-kembar", "O*"), (body, "O12")), also=frozenset(STRAY.split("|")))


@mess
def group_title_merged_over_the_headings(sheet: Any) -> Expected:
    insert_rows(sheet, TITLES)
    sheet["D9"] = "Rincian pembuatan"
    sheet.merge_cells("D9:G9")
    return Expected(rows=moved(1), at=((f"{SAME}|{UNKNOWN}|bukan-entri|{STRAY}", "D9"),))


@mess
def headings_merged_with_the_row_below(sheet: Any) -> Expected:
    insert_rows(sheet, TITLES + 1)
    for letter in LETTERS.values():
        sheet.merge_cells(f"{letter}9:{letter}10")
    return Expected(rows=moved(1))


@mess
def headings_merged_three_high_and_key_row_deleted(sheet: Any) -> Expected:
    insert_rows(sheet, TITLES + 1, 2)
    for letter in LETTERS.values():
        sheet.merge_cells(f"{letter}9:{letter}11")
    delete_rows(sheet, KEYS)
    return Expected(rows=moved(1))


@mess
def heading_cut_over_two_rows_and_key_row_deleted(sheet: Any) -> Expected:
    insert_rows(sheet, TITLES + 1)
    sheet["F9"], sheet["F10"] = "Jangka Simpan /", "Retensi Arsip"
    delete_rows(sheet, KEYS)
    said = frozenset({SAME, "bukan-entri"})
    return Expected(also=said, unclear=frozenset({"F8", "F9"}))


@mess
def note_beside_the_table(sheet: Any) -> Expected:
    sheet["R40"], sheet["N2"] = "titip salam", "lihat lampiran"
    return Expected(at=((STRAY, "R40"), (STRAY, "N2")))
