"""What is typed is taken or reported, cell for cell; what is certain is repaired and listed."""

from __future__ import annotations

import pytest
from desk import ADA, FIRST_ROW, HEAD, LIST, ROW, checked, codes, filled, found_at, typed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from dipxl.files.intake import examine
from dipxl.files.returned import read
from dipxl.model.columns import sheet
from dipxl.model.findings import Verdict
from dipxl.model.text import is_dash, visible
from dipxl.tour.people import add_rows, opened

BLANKS = ["\u00a0", "\u200b", " ", "-", "--", "–", "...", "\u2060", "\u3000", "\ufeff"]
WORDS = st.sampled_from(
    ["Tahun 2025", "5 tahun", "Softcopy", "google drive", "Januari 2026", "rapat", "=1+1", "-", " ", "5"]
)
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 20), st.integers(FIRST_ROW, FIRST_ROW + 8)),
    WORDS | st.text("aZ9 -.;\u00a0é", max_size=8),
    max_size=25,
)


KODE, LAST = 2, 13  # dipxl's own columns come first; the list ends with the thirteenth


def _repairs(one):
    return {repair.cell: (repair.before, repair.after, repair.why) for repair in one.repairs if repair.sheet == LIST}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CELLS)
def test_every_typed_cell_is_taken_or_reported(tmp_path, cells):
    def scribble(worksheet):
        for (column, row), text in cells.items():
            worksheet.cell(row, column).value = text
            worksheet.cell(row, column).data_type = "s"

    one = checked(filled(tmp_path, edit=scribble))
    rows = {row.number for row in one.rows}
    left = {f"{found.sheet}!{cell}" for found in one.all_findings for cell in found.cells}
    said = {place for place, text in cells.items() if visible(text) and not is_dash(text) and place[0] > KODE}
    taken = {(c, r) for c, r in said if c <= LAST and r in rows}
    lost = {(c, r) for c, r in said - taken if f"{LIST}!{get_column_letter(c)}{r}" not in left}
    assert lost == set()
    assert one.balance.typed == one.balance.taken + one.balance.reported
    assert one.balance.typed >= len(HEAD) + len(said)


def test_the_balance_counts_head_rows_and_what_is_left_over(tmp_path):
    def scribble(worksheet):
        worksheet["R30"] = "catatan"

    one = checked(filled(tmp_path, ROW | {"retensi": "Tahun 2025"}, edit=scribble))
    head = 2 + 4  # typed by the bidang, and prefilled by dipxl
    assert (one.balance.typed, one.balance.taken, one.balance.reported) == (head + 4 + 1, head + 3, 2)


@pytest.mark.parametrize("blank", BLANKS, ids=[f"U+{ord(text[0]):04X}" for text in BLANKS])
def test_a_blank_that_looks_filled_is_asked_at_its_cell(tmp_path, blank):
    one = checked(filled(tmp_path, ROW | {"waktu": blank}))
    assert found_at(one, "kosong") == [f"{LIST}!D{FIRST_ROW}"]
    assert codes(one) == ["kosong"]


@pytest.mark.parametrize("blank", BLANKS, ids=[f"U+{ord(text[0]):04X}" for text in BLANKS])
def test_a_row_of_nothing_but_blanks_is_no_entry(tmp_path, blank):
    assert len(checked(filled(tmp_path, ROW, dict.fromkeys(ROW, blank))).rows) == 1


def test_a_blank_filled_from_the_head_is_a_repair(tmp_path):
    one = checked(filled(tmp_path, ROW))
    why = "diisi dari kepala lembar"
    assert _repairs(one) == {
        f"G{FIRST_ROW}": ("", "Tanjung Asri", why),
        f"H{FIRST_ROW}": ("", "Sekretariat", why),
        f"I{FIRST_ROW}": ("", "Sekretaris Badan", why),
    }
    assert one.rows[0].values["tempat"] == "Tanjung Asri"


def test_what_a_row_says_itself_is_not_filled_from_the_head(tmp_path):
    one = checked(filled(tmp_path, ROW | {"tempat": "Samarinda"}))
    assert one.rows[0].values["tempat"] == "Samarinda"
    assert f"G{FIRST_ROW}" not in _repairs(one)


def test_a_changed_default_of_the_head_reaches_the_rows(tmp_path):
    one = checked(filled(tmp_path, ROW, head=HEAD | {"bawaan_tempat": "Bontang"}))
    assert one.rows[0].values["tempat"] == "Bontang"


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [
        ("bentuk", "soft copy", "Softcopy"),
        ("bentuk", "HARDCOPY DAN SOFTCOPY", "Softcopy dan hardcopy"),
        ("retensi", "5 (lima) tahun", "5 tahun"),
        ("ringkasan", "  Laporan   Kinerja\u00a0Tahun 2025 ", "Laporan Kinerja Tahun 2025"),
        ("kelas", "setiapsaat", "Setiap saat"),
    ],
)
def test_what_is_certain_is_repaired_and_listed(tmp_path, column, before, after):
    one = checked(filled(tmp_path, ROW | {column: before}))
    assert one.rows[0].values[column] == after
    place = next(
        c for c in "CDEFGHIJKLM" if f"{c}{FIRST_ROW}" in _repairs(one) and _repairs(one)[f"{c}{FIRST_ROW}"][0] == before
    )
    assert _repairs(one)[f"{place}{FIRST_ROW}"][1] == after


def test_equal_faults_are_one_finding_with_all_their_cells(tmp_path):
    one = checked(filled(tmp_path, *(ROW | {"ringkasan": f"Laporan bulan ke {n}", "retensi": ""} for n in range(30))))
    assert codes(one) == ["kosong"]
    assert one.findings.all[0].cells == tuple(f"F{FIRST_ROW + n}" for n in range(30))


def test_a_blank_silences_what_would_follow_from_it(tmp_path):
    one = checked(filled(tmp_path, ROW | {"ringkasan": "", "retensi": ""}))
    assert sorted(codes(one)) == ["kosong", "kosong"]


def test_the_four_severities_of_outcome(tmp_path):
    def outcome(**cells):
        one = checked(filled(tmp_path, ROW | cells))
        return one.verdict, one.attention

    assert outcome() == (Verdict.LOLOS, False)
    assert outcome(bentuk="Hardcopy") == (Verdict.LOLOS, False)  # saran
    assert outcome(waktu="kapan-kapan") == (Verdict.LOLOS, True)  # periksa
    assert outcome(waktu="") == (Verdict.PERBAIKI, True)  # wajib


def test_files_checked_together_say_the_same_as_each_alone(tmp_path):
    rows = [[ROW], [ROW | {"retensi": "2024"}, ROW], []]
    paths = []
    for number, some in enumerate(rows):
        (tmp_path / str(number)).mkdir()
        paths.append(filled(tmp_path / str(number), *some))
    together = examine([read(path) for path in paths], "kepala", ("daftar", "dikecualikan"))
    assert [one.as_json(with_rows=True) for one in together] == [checked(p).as_json(with_rows=True) for p in paths]


def test_both_sheets_are_checked_each_with_its_own_name(tmp_path):
    path = filled(tmp_path, ROW)
    with opened(path, path) as book:
        add_rows(book["Usulan Dikecualikan"], "dikecualikan", [{"informasi": "Identitas pelapor", "dokumen": "Berkas"}])
    one = checked(path)
    (place,) = found_at(one, "kosong")
    column = sheet("dikecualikan")["akibat_dibuka"].label
    assert place.startswith("Usulan Dikecualikan!D")
    assert next(f.column for f in one.findings) == column


def test_a_form_with_findings_tells_them_as_json(tmp_path):
    told = checked(filled(tmp_path, ROW | {"retensi": "Tahun 2025"})).as_json(with_rows=True)
    assert told["verdict"] == "perlu perbaikan"
    assert (told["unit"], told["edition"], told["rows"]) == ("SEK", "2026-2", 1)
    (found,) = told["findings"]
    assert set(found) == {
        "code", "severity", "sheet", "cells", "column", "value", "message", "remedy", "basis", "rows", "waiver",
    }  # fmt: skip
    assert (found["code"], found["severity"], found["sheet"], found["cells"], found["value"]) == (
        "tahun-sebagai-retensi", "wajib", LIST, [f"F{FIRST_ROW}"], "Tahun 2025",
    )  # fmt: skip
    assert set(told["repairs"][0]) == {"sheet", "cell", "before", "after", "why"}
    assert told["records"][0]["values"]["ringkasan"] == ROW["ringkasan"]
    assert (told["records"][0]["sheet"], told["records"][0]["row"]) == (LIST, FIRST_ROW)


def test_a_statement_in_other_words_is_understood(tmp_path):
    one = checked(filled(tmp_path, ROW, head=HEAD | {"pernyataan": " ADA informasi "}))
    assert one.head["pernyataan"] == ADA
    assert codes(one) == []


def test_a_twin_row_names_the_row_it_repeats(tmp_path):
    one = checked(filled(tmp_path, ROW, ROW))
    assert found_at(one, "baris-ganda") == [f"{LIST}!C{FIRST_ROW + 1}"]
    assert f"baris {FIRST_ROW} " in one.findings.all[0].message


def test_a_typed_kode_on_two_rows_is_a_fault(tmp_path):
    def copy(worksheet):
        for row in (FIRST_ROW, FIRST_ROW + 1):
            typed(worksheet, "daftar.kode", row).value = "SEK-0001"

    one = checked(filled(tmp_path, ROW, ROW | {"ringkasan": "Rencana Kerja Tahun 2026"}, edit=copy))
    assert found_at(one, "kode-ganda") == [f"{LIST}!B{FIRST_ROW + 1}"]
