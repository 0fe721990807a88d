import csv
import io
import json
import zipfile
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sample_dip import ENACTMENT, PUBLISHED, SECRETS, SETTINGS, published

from dipxl.files.listing import frame_csv, neutralised, restored
from dipxl.files.opendata import csv_bytes, json_bytes, xlsx_bytes
from dipxl.model.columns import public_columns

NAMES = [column.name for column in public_columns()]
EXPECTED = [[str(r.nomor), r.kode, *(r.values[name] for name in NAMES[2:])] for r in PUBLISHED.rows]


def csv_rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_csv_reads_back_as_the_register():
    heading, *rows = csv_rows(csv_bytes(PUBLISHED))
    assert heading == NAMES
    assert [[restored(cell) for cell in row] for row in rows] == EXPECTED


def test_the_csv_tells_excel_its_encoding():
    assert csv_bytes(PUBLISHED).startswith(b"\xef\xbb\xbf")


def test_no_cell_of_the_csv_starts_a_formula():
    cells = [cell for row in csv_rows(csv_bytes(PUBLISHED)) for cell in row]
    assert "'=1+1" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize(
    "text",
    ["=1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\u200b=1", "\ufeff@x", "\xa0-1", "\uff1d1", "'=1"],
)
def test_what_a_spreadsheet_could_evaluate_gets_an_apostrophe(text):
    assert neutralised(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Rapat 1-2", "5 tahun", "'kutipan'", "a=b", "(+62)", "–", "1"])
def test_other_text_stays_as_it_is(text):
    assert neutralised(text) == text


def test_any_table_of_text_becomes_a_csv_by_the_same_rules():
    frame = pd.DataFrame({"kode": ["A-1"], "ringkasan": ["=1+1"]}, dtype=str)
    assert frame_csv(frame) == b"\xef\xbb\xbfkode,ringkasan\r\nA-1,'=1+1\r\n"


@given(st.text() | st.text("'=+-@ \t\r\n\u200b\uff0d1a"))
def test_the_apostrophe_can_always_be_taken_off_again(text):
    assert restored(neutralised(text)) == text


def test_the_json_reads_back_as_the_register():
    document = json.loads(json_bytes(PUBLISHED, SETTINGS, ENACTMENT))
    assert [[str(row[name]) for name in NAMES] for row in document["rows"]] == EXPECTED
    assert document["jumlah"] == {"Berkala": 2, "Serta merta": 0, "Setiap saat": 2}


def test_the_json_explains_each_of_its_fields():
    document = json.loads(json_bytes(PUBLISHED, SETTINGS, ENACTMENT))
    assert [field["name"] for field in document["fields"]] == list(document["rows"][0])
    assert all(field["label"] and field["basis"] for field in document["fields"])


def test_the_json_names_the_decree():
    document = json.loads(json_bytes(PUBLISHED, SETTINGS, ENACTMENT))
    assert document["keputusan"] == "Keputusan Kepala Badan Kepegawaian Nomor 41 Tahun 2026 tanggal 7 September 2026"


def test_the_workbook_reads_back_as_the_register_in_openpyxl_and_calamine():
    data = xlsx_bytes(PUBLISHED, SETTINGS, ENACTMENT)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    read = [[str(cell or "") for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert read == EXPECTED
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    assert [[f"{cell:g}" if isinstance(cell, float) else cell for cell in row] for row in calamine] == EXPECTED


def test_the_workbook_holds_one_table_and_no_formula_or_link():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(PUBLISHED, SETTINGS, ENACTMENT)))
    sheet = book.worksheets[0]
    assert [table.ref for table in sheet.tables.values()] == ["A1:L5"]
    assert sheet.freeze_panes == "D2"
    cells = [cell for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_an_empty_register_still_makes_all_three_files():
    empty = published()
    assert csv_rows(csv_bytes(empty)) == [NAMES]
    assert json.loads(json_bytes(empty, SETTINGS, ENACTMENT))["rows"] == []
    assert openpyxl.load_workbook(io.BytesIO(xlsx_bytes(empty, SETTINGS, ENACTMENT))).worksheets[0]["A1"].value == "No."


@pytest.mark.parametrize("make", [json_bytes, xlsx_bytes])
def test_equal_content_gives_equal_bytes(make):
    assert make(PUBLISHED, SETTINGS, ENACTMENT) == make(PUBLISHED, SETTINGS, ENACTMENT)


def test_the_workbook_carries_no_persons_name_and_no_real_clock():
    properties = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(PUBLISHED, SETTINGS, ENACTMENT))).properties
    assert properties.creator == SETTINGS.office["nama_badan"]
    assert properties.created == properties.modified == datetime(2020, 1, 1)  # noqa: DTZ001 - openpyxl gives no zone


def test_nothing_private_is_in_any_file():
    archive = zipfile.ZipFile(io.BytesIO(xlsx_bytes(PUBLISHED, SETTINGS, ENACTMENT)))
    parts = [archive.read(name) for name in archive.namelist()]
    everything = b"".join([csv_bytes(PUBLISHED), json_bytes(PUBLISHED, SETTINGS, ENACTMENT), *parts]).decode()
    assert "Laporan Kinerja Tahun 2025" in everything
    assert [secret for secret in SECRETS if secret in everything] == []
