"""Messes within a cell: errors, formulas, invisible marks, numbers, dates, links, notes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from messes import Expected, mess, variants
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from told import entry

ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!")
NBSP, ZERO_WIDTH = "\u00a0", "\u200b"
LONG = "rincian kegiatan dan hasilnya "


@variants({error: error for error in ERRORS})
def error_cell_that_may_be_blank(sheet: Any, error: str) -> Expected:
    sheet["L12"] = error
    assert sheet["L12"].data_type == "e"
    return Expected(at=(("sel-salah", "L12"),), changed={(12, "keterangan"): None}, faults=frozenset({"sel-salah"}))


@mess
def error_typed_as_text(sheet: Any) -> Expected:
    sheet["L12"].value, sheet["L12"].data_type = "#REF!", "s"
    return Expected(at=(("sel-salah", "L12"),), changed={(12, "keterangan"): None}, faults=frozenset({"sel-salah"}))


@variants(
    {"time": ("D", "waktu"), "form": ("E", "bentuk"), "retention": ("F", "retensi"), "summary": ("C", "ringkasan")}
)
def error_cell_that_is_required_is_said_once(sheet: Any, column: tuple[str, str]) -> Expected:
    letter, name = column
    sheet[f"{letter}12"] = "#REF!"
    at = (("sel-salah", f"{letter}12"),)
    return Expected(at=at, changed={(12, name): None}, faults=frozenset({"sel-salah"}))


@mess
def error_cell_in_the_head(sheet: Any) -> Expected:
    sheet["D5"] = "#N/A"
    return Expected(at=(("sel-salah", "D5"),), faults=frozenset({"sel-salah"}))


@variants({"time": ("D", "waktu"), "remark": ("L", "keterangan"), "summary": ("C", "ringkasan")})
def formula_without_a_stored_value(sheet: Any, column: tuple[str, str]) -> Expected:
    letter, name = column
    sheet[f"{letter}12"] = '=UPPER("maret")'
    code = "rumus-tanpa-nilai"
    return Expected(at=((code, f"{letter}12"),), changed={(12, name): None}, faults=frozenset({code}))


@variants({"no-break space": NBSP, "zero width": ZERO_WIDTH, "tab": "\t", "soft hyphen": "\u00ad", "bom": "\ufeff"})
def cell_in_which_nobody_sees_anything(sheet: Any, blank: str) -> Expected:
    sheet["J12"] = blank * 3
    return Expected(changed={(12, "kelas"): ""})


@mess
def required_cell_in_which_nobody_sees_anything(sheet: Any) -> Expected:
    sheet["D12"] = NBSP + ZERO_WIDTH
    return Expected(at=(("kosong", "D12"),), changed={(12, "waktu"): ""}, faults=frozenset({"kosong"}))


@mess
def invisible_marks_within_a_text(sheet: Any) -> Expected:
    text = entry(2)["ringkasan"]
    sheet["C12"] = f" {ZERO_WIDTH}{text.replace(' ', NBSP)}{NBSP}"
    return Expected()


@variants({dash: dash for dash in ("-", "–", "—", "--", " - ")})
def dash_for_blank(sheet: Any, dash: str) -> Expected:
    sheet["L12"] = dash
    return Expected(changed={(12, "keterangan"): ""}, repairs=(("L12", dash, ""),))


@mess
def dash_for_a_required_cell(sheet: Any) -> Expected:
    sheet["D12"] = "-"
    return Expected(
        at=(("kosong", "D12"),), changed={(12, "waktu"): ""}, repairs=(("D12", "-", ""),), faults=frozenset({"kosong"})
    )


@mess
def dash_where_the_head_has_a_default(sheet: Any) -> Expected:
    sheet["G12"] = "-"
    return Expected(changed={(12, "tempat"): "Tanjung Asri"})


@variants({"bell": "_x0007_", "escape": "_x001B_", "carriage return": "_x000D_"})
def control_character_within_a_text(sheet: Any, mark: str) -> Expected:
    sheet["C12"] = entry(2)["ringkasan"].replace("tahun", f"{mark}tahun")
    return Expected(changed={(12, "ringkasan"): None if mark == "_x000D_" else entry(2)["ringkasan"]})


@mess
def lines_within_a_cell(sheet: Any) -> Expected:
    sheet["C12"] = text = "a. Laporan kenari2ringkasan\nb. Lampiran laporan"
    return Expected(changed={(12, "ringkasan"): text})


@variants({"summary": ("C", "ringkasan"), "remark": ("L", "keterangan")})
def text_of_32000_characters(sheet: Any, column: tuple[str, str]) -> Expected:
    letter, name = column
    text = (LONG * 1100)[: 32_000 - len(entry(2)[name])] + entry(2)[name]
    sheet[f"{letter}12"] = text
    return Expected(changed={(12, name): text})


@variants(
    {
        "5 shown as 5 tahun": ("F", "retensi", 5, '0" tahun"', "5 tahun"),
        "7 shown as 007": ("M", "lokasi_berkas", 7, "000", "007"),
        "a number in a text cell": ("L", "keterangan", 12, "@", "12"),
        "a year": ("D", "waktu", 2025, "General", "2025"),
        "a decimal": ("L", "keterangan", 2.5, "General", "2,5"),
        "a share": ("L", "keterangan", 0.25, "0%", "25%"),
        "a truth": ("L", "keterangan", True, "General", "Ya"),
        "a date": ("D", "waktu", date(2026, 3, 5), "dd/mm/yyyy", "5 Maret 2026"),
        "a date with a time": ("D", "waktu", datetime(2026, 3, 5), "yyyy-mm-dd", "5 Maret 2026"),  # noqa: DTZ001
        "a month": ("D", "waktu", date(2026, 3, 1), "mmmm yyyy", "Maret 2026"),
    }
)
def number_shown_in_its_format(sheet: Any, case: tuple[str, str, Any, str, str]) -> Expected:
    letter, name, value, number_format, shown = case
    sheet[f"{letter}12"] = value
    sheet[f"{letter}12"].number_format = number_format
    return Expected(changed={(12, name): shown})


@mess
def bare_number_as_retention(sheet: Any) -> Expected:
    sheet["F12"] = 5
    code = "retensi-tanpa-satuan"
    return Expected(at=((code, "F12"),), changed={(12, "retensi"): "5"}, faults=frozenset({code}))


@mess
def number_with_more_digits_than_excel_keeps(sheet: Any) -> Expected:
    sheet["L12"], sheet["L12"].number_format = 123456789012345678, "0"
    also = frozenset({"data-pribadi"})
    return Expected(at=(("angka-diragukan", "L12"),), changed={(12, "keterangan"): None}, also=also)


@mess
def date_left_as_its_serial_number(sheet: Any) -> Expected:
    sheet["D12"] = 46086
    return Expected(at=(("tanggal-angka|angka-diragukan|waktu-tidak-dikenal", "D12"),), changed={(12, "waktu"): None})


@mess
def link_behind_other_words(sheet: Any) -> Expected:
    target = "https://ppid.example/laporan-lain"
    sheet["K12"] = "klik di sini"
    sheet["K12"].hyperlink = target
    return Expected(changed={(12, "tautan"): target}, repairs=(("K12", "klik di sini", target),))


@mess
def link_behind_its_own_address(sheet: Any) -> Expected:
    sheet["K12"].hyperlink = entry(2)["tautan"]
    return Expected()


@mess
def link_behind_the_summary(sheet: Any) -> Expected:
    sheet["C12"].hyperlink = "https://ppid.example/laporan"
    return Expected(also=frozenset({"catatan-sel"}))


@variants({"beside a text": "L", "on a blank cell": "J"})
def note_on_a_cell(sheet: Any, letter: str) -> Expected:
    sheet[f"{letter}12"].comment = Comment("mohon dicek lagi", "Wulan")
    return Expected(at=(("catatan-sel", f"{letter}12"),))


@mess
def note_of_dipxl_itself(sheet: Any) -> Expected:
    sheet["L12"].comment = Comment("dipxl: isi sel ini", "dipxl")
    return Expected()


@mess
def quotes_as_word_makes_them(sheet: Any) -> Expected:
    sheet["C12"] = text = "Buku “Panduan kenari2ringkasan” – edisi ’26"
    return Expected(changed={(12, "ringkasan"): text})


@mess
def text_partly_bold(sheet: Any) -> Expected:
    bold = TextBlock(InlineFont(b=True), "kenari2keterangan")
    sheet["L12"] = CellRichText("Map ", bold)
    return Expected()


@variants({"formula": "=SUM(kenari2keterangan", "plus": "+62 kenari2keterangan", "at": "@kenari2keterangan"})
def text_that_looks_like_a_formula(sheet: Any, text: str) -> Expected:
    sheet["L12"].value, sheet["L12"].data_type = text, "s"
    return Expected(changed={(12, "keterangan"): text})


@mess
def text_under_a_merged_cell(sheet: Any) -> Expected:
    sheet["L14"] = "Map kenari4keterangan"
    sheet.merged_cells.add("L13:L14")
    return Expected(at=(("bukan-entri|di-luar-tabel|isian-di-luar", "L14"),))
