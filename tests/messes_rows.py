"""Messes of rows: bands, numbers, totals, signatures, repeats, merged and hidden rows."""

from __future__ import annotations

from copy import copy
from typing import Any

from messes import LETTERS, NO_ENTRY, STRAY, Expected, mess, moved, unsettling, variants
from openpyxl.styles import PatternFill
from sheet_edits import copy_row, delete_rows, insert_rows
from told import entry

BANDS = {
    "A. INFORMASI BERKALA": "Berkala",
    "A. INFORMASI YANG WAJIB DISEDIAKAN DAN DIUMUMKAN SECARA BERKALA": "Berkala",
    "I. Informasi yang wajib diumumkan secara berkala": "Berkala",
    "B. INFORMASI YANG WAJIB DIUMUMKAN SECARA SERTA MERTA": "Serta merta",
    "INFORMASI SERTA-MERTA": "Serta merta",
    "C. INFORMASI YANG WAJIB TERSEDIA SETIAP SAAT": "Setiap saat",
    "Informasi Setiap Saat": "Setiap saat",
}
TITLE_ROWS = ("PEMERINTAH KABUPATEN TANJUNG ASRI", "Jalan Melati Nomor 1", "DAFTAR INFORMASI SUBBAGIAN UMUM")
DOUBT = "serta-merta-diragukan"  # the entries below are no emergencies


@mess
def title_rows_above(sheet: Any) -> Expected:
    insert_rows(sheet, 1, 4)
    for row, text in enumerate(TITLE_ROWS, start=1):
        sheet.cell(row, 1).value = text
    sheet.merge_cells("A1:M1")
    return Expected(rows=moved(4), at=tuple((STRAY, f"A{row}") for row in (1, 2, 3)))


@variants({text: (text, kelas) for text, kelas in BANDS.items()})
def band_above_two_entries(sheet: Any, band: tuple[str, str]) -> Expected:
    text, kelas = band
    insert_rows(sheet, 12)
    sheet["A12"] = text
    sheet.merge_cells("A12:M12")
    changed = {(row, "kelas"): kelas for row in (13, 14)} | {(11, "kelas"): ""}
    also = frozenset({NO_ENTRY} | ({DOUBT} if kelas == "Serta merta" else set()))
    return Expected(rows=moved(1, 12), changed=changed, repairs=(("A12|J13", text, kelas),), also=also)


@variants({"A": "A", "C": "C"})
def band_that_was_not_merged(sheet: Any, letter: str) -> Expected:
    insert_rows(sheet, 12)
    sheet[f"{letter}12"] = text = "A. INFORMASI YANG WAJIB DIUMUMKAN SECARA BERKALA"
    changed = {(row, "kelas"): "Berkala" for row in (13, 14)}
    repairs = ((f"{letter}12|J13", text, "Berkala"),)
    return Expected(rows=moved(1, 12), changed=changed, repairs=repairs, also=frozenset({NO_ENTRY}))


@mess
def each_band_rules_until_the_next(sheet: Any) -> Expected:
    insert_rows(sheet, 13)
    insert_rows(sheet, 11)
    sheet["A11"], sheet["A14"] = "A. INFORMASI BERKALA", "C. INFORMASI SETIAP SAAT"
    for area in ("A11:M11", "A14:M14"):
        sheet.merge_cells(area)
    kelas = {(12, "kelas"): "Berkala", (13, "kelas"): "Berkala", (15, "kelas"): "Setiap saat"}
    return Expected(
        rows={12: 1, 13: 2, 15: 3},
        changed=kelas,
        repairs=(("A14|J15", "C. INFORMASI SETIAP SAAT", "Setiap saat"),),
        also={NO_ENTRY},
    )


@mess
def band_against_the_kelas_of_a_row(sheet: Any) -> Expected:
    insert_rows(sheet, 12)
    sheet["A12"], sheet["J13"] = "A. INFORMASI BERKALA", "Setiap saat"
    sheet.merge_cells("A12:M12")
    changed = {(13, "kelas"): "Setiap saat", (14, "kelas"): "Berkala"}
    return Expected(rows=moved(1, 12), changed=changed, at=(("kelas-dari-judul-berbeda", "J13"),), also={NO_ENTRY})


@mess
def group_title_between_entries(sheet: Any) -> Expected:
    insert_rows(sheet, 12)
    sheet["A12"] = "1. Informasi tentang kenari9keterangan"
    sheet.merge_cells("A12:M12")
    changed = {(row, "keterangan"): None for row in (13, 14)}  # where the group may be carried to
    return Expected(rows=moved(1, 12), changed=changed, also=frozenset({NO_ENTRY}), spread=True)


@variants({"numbers": "{}", "texts": "{} ", "in brackets": "({})"})
def numbering_row_under_the_heading(sheet: Any, form: str) -> Expected:
    insert_rows(sheet, 10)
    for number, letter in enumerate(LETTERS.values(), start=1):
        sheet[f"{letter}10"] = number if form == "{}" else form.format(number)
    return Expected(rows=moved(1), at=((NO_ENTRY, "C10"), (NO_ENTRY, "M10")), unclear=frozenset({"B10"}))


@mess
def numbers_typed_in_the_first_column(sheet: Any) -> Expected:
    for row, number in ((11, 1), (12, 2), (13, 3)):
        sheet[f"A{row}"] = number
    return Expected(unclear=frozenset({"A11", "A12", "A13"}))


@mess
def blank_rows_between_entries(sheet: Any) -> Expected:
    insert_rows(sheet, 13, 3)
    insert_rows(sheet, 12)
    return Expected(rows={11: 1, 13: 2, 17: 3})


@variants({text: text for text in ("Jumlah", "TOTAL", "Jumlah Keseluruhan :", "Total Dokumen")})
def total_below_the_table(sheet: Any, text: str) -> Expected:
    sheet["C15"], sheet["D15"] = text, 3
    return Expected(at=((NO_ENTRY, "C15"), (NO_ENTRY, "D15")))


@mess
def total_right_below_the_last_entry(sheet: Any) -> Expected:
    sheet["A14"], sheet["F14"] = "Jumlah", "3 dokumen"
    return Expected(at=((NO_ENTRY, "A14"), (NO_ENTRY, "F14")))


SIGNATURE = ("Tanjung Asri, 12 Agustus 2026", "Mengetahui,", "Kepala Subbagian Umum", "Wulan Contohsari, S.Sos.")


@variants({"right": "I", "under the summary": "C"})
def signature_below_the_table(sheet: Any, letter: str) -> Expected:
    cells = [f"{letter}{row}" for row in (16, 17, 18, 22)]
    for cell, text in zip(cells, SIGNATURE, strict=True):
        sheet[cell] = text
    return Expected(at=tuple((f"{NO_ENTRY}|{STRAY}", cell) for cell in cells))


@unsettling
@variants({text: text for text in ("sda", "s.d.a.", "SDA", "idem", "Idem.", '"', "”", '-"-', "〃")})
def ditto_mark(sheet: Any, mark: str) -> Expected:
    sheet["H12"] = mark
    above = entry(1)["menguasai"]
    return Expected(changed={(12, "menguasai"): above}, repairs=(("H12", mark, above),), spread=True)


@mess
def ditto_marks_in_a_chain(sheet: Any) -> Expected:
    sheet["F12"], sheet["F13"] = "sda", "sda"
    above = entry(1)["retensi"]
    changed = {(12, "retensi"): above, (13, "retensi"): above}
    return Expected(changed=changed, repairs=(("F12", "sda", above), ("F13", "sda", above)))


@variants({"first entry": 11, "below a blank": 12})
def ditto_mark_that_points_at_nothing(sheet: Any, row: int) -> Expected:
    sheet[f"L{row}"] = "sda"
    changed: dict[tuple[int, str], str | None] = {(row, "keterangan"): None}
    if row == 12:
        sheet["L11"] = None
        changed[11, "keterangan"] = ""
    code = "tanda-sama-tanpa-rujukan"
    return Expected(at=((code, f"L{row}"),), changed=changed, faults=frozenset({code}))


@mess
def heading_repeated_between_entries(sheet: Any) -> Expected:
    insert_rows(sheet, 12)
    copy_row(sheet, 9, 12)
    at = tuple((NO_ENTRY, f"{letter}12") for letter in "CDEFGM")
    return Expected(rows=moved(1, 12), at=at, unclear=frozenset({"A12", "B12"}))


@variants({"alone": (12,), "all": (11, 12, 13)})
def filled_row_hidden(sheet: Any, rows: tuple[int, ...]) -> Expected:
    for row in rows:
        sheet.row_dimensions[row].hidden = True
    return Expected(at=tuple(("baris-tersembunyi", f"*{row}") for row in rows))


@mess
def filter_left_on(sheet: Any) -> Expected:
    sheet.auto_filter.ref = "A9:M13"
    sheet.auto_filter.add_filter_column(4, ["Hardcopy"])
    for row in (11, 13):
        sheet.row_dimensions[row].hidden = True
    return Expected(at=(("baris-tersembunyi", "*11"), ("baris-tersembunyi", "*13")))


@mess
def blank_row_hidden(sheet: Any) -> Expected:
    sheet.row_dimensions[20].hidden = True
    return Expected()


@mess
def row_struck_through(sheet: Any) -> Expected:
    for letter in "CDEFGHIJKLM":
        font = copy(sheet[f"{letter}12"].font)
        font.strike = True
        sheet[f"{letter}12"].font = font
    return Expected(at=(("baris-dicoret", "*12"),))


@mess
def row_coloured(sheet: Any) -> Expected:
    for letter in "ABCDEFGHIJKLM":
        sheet[f"{letter}12"].fill = PatternFill("solid", fgColor="FFFF0000")
    return Expected(at=(("baris-berwarna", "*12"),))


@mess
def row_copied(sheet: Any) -> Expected:
    copy_row(sheet, 12, 14)
    return Expected(rows={11: 1, 12: 2, 13: 3, 14: 2}, at=(("baris-ganda", "*14"),))


@mess
def entry_far_below_the_prepared_rows(sheet: Any) -> Expected:
    for name, text in entry(4).items():
        sheet[f"{LETTERS[name]}6000"] = text
    return Expected(rows={11: 1, 12: 2, 13: 3, 6000: 4})


@mess
def entry_with_its_summary_alone(sheet: Any) -> Expected:
    sheet["C14"] = "Laporan tahunan kenari4ringkasan"
    asked = tuple(("kosong", f"{letter}14") for letter in "DEF")
    changed = {(14, "ringkasan"): "Laporan tahunan kenari4ringkasan"}
    return Expected(rows={11: 1, 12: 2, 13: 3, 14: 0}, changed=changed, at=asked, faults=frozenset({"kosong"}))


@mess
def stray_word_far_below(sheet: Any) -> Expected:
    sheet["G4000"] = "titip"
    return Expected(at=((f"{NO_ENTRY}|{STRAY}", "G4000"),))


@mess
def example_row_deleted(sheet: Any) -> Expected:
    delete_rows(sheet, 10)
    return Expected(rows=moved(-1))


@mess
def example_row_without_its_mark(sheet: Any) -> Expected:
    sheet["A10"] = None
    return Expected()


@mess
def example_row_copied_down(sheet: Any) -> Expected:
    copy_row(sheet, 10, 14)
    places = frozenset(f"{letter}14" for letter in LETTERS.values())
    return Expected(unclear=places, also=frozenset({NO_ENTRY, *STRAY.split("|")}))


@unsettling
@variants({"3 rows": 3, "18 rows": 18})
def owner_merged_over_rows(sheet: Any, rows: int) -> Expected:
    for number in range(4, rows + 1):
        for name, text in entry(number).items():
            sheet[f"{LETTERS[name]}{10 + number}"] = text
    sheet.merge_cells(f"H11:H{10 + rows}")
    value = entry(1)["menguasai"]
    lower = range(12, 11 + rows)
    return Expected(
        rows={10 + number: number for number in range(1, rows + 1)},
        changed={(row, "menguasai"): value for row in lower},
        repairs=tuple((f"H{row}", "", value) for row in lower),
        spread=True,
    )


@unsettling
@variants({"retention": "retensi", "time": "waktu", "form": "bentuk", "summary": "ringkasan", "remark": "keterangan"})
def column_merged_over_two_rows(sheet: Any, name: str) -> Expected:
    letter, value = LETTERS[name], entry(2)[name]
    sheet.merge_cells(f"{letter}12:{letter}13")
    return Expected(changed={(13, name): value}, repairs=((f"{letter}13", "", value),), spread=True)


@mess
def numbers_merged_over_rows(sheet: Any) -> Expected:
    sheet["A11"] = 1
    sheet.merge_cells("A11:A13")
    return Expected(unclear=frozenset({"A11"}))
