import io
import subprocess

import openpyxl
import pytest
from sample_dip import PUBLISHED, SECRETS, SETTINGS, entry, published

from dipxl.files.classbooks import MISSING, NIHIL, UNMAPPED, class_book, recap_book
from dipxl.model.columns import annex_columns
from dipxl.model.items import items

HEADINGS = [
    "No.",
    "Ringkasan isi informasi",
    "Pejabat/Unit/Satker yang menguasai informasi",
    "Penanggungjawab pembuatan atau penerbitan informasi",
    "Waktu dan tempat pembuatan informasi",
    "Bentuk informasi yang tersedia",
    "Jangka Waktu Penyimpanan atau Retensi Arsip",
]


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def table(sheet):
    """The rows under the heading that is repeated on every page."""
    heading = int(sheet.print_title_rows.rsplit("$", 1)[1])
    return [[cell or "" for cell in row] for row in sheet.iter_rows(min_row=heading, values_only=True)]


def pdf_text(data, folder, soffice, pdftotext):
    (folder / "buku.xlsx").write_bytes(data)
    subprocess.run([*soffice, "--convert-to", "pdf", "--outdir", folder, folder / "buku.xlsx"], check=True, timeout=120)
    read = [pdftotext, "-layout", folder / "buku.pdf", "-"]
    return subprocess.run(read, check=True, capture_output=True, text=True).stdout


def test_a_class_has_exactly_the_seven_columns_of_the_law():
    assert table(opened(class_book(PUBLISHED, SETTINGS, "Berkala")))[0] == HEADINGS
    assert len(annex_columns()) == 7


def test_a_class_holds_its_own_entries_under_their_one_numbering():
    rows = table(opened(class_book(PUBLISHED, SETTINGS, "Setiap saat")))[1:]
    assert [row[0] for row in rows] == ["3", "4"]
    assert rows[0][4] == "Tanjung Asri, Februari 2026"


def test_an_empty_class_says_nihil():
    assert table(opened(class_book(PUBLISHED, SETTINGS, "Serta merta")))[1:] == [[NIHIL, *[""] * 6]]


@pytest.mark.parametrize(("paper", "code"), [("A4", 9), ("F4 (215 x 330 mm)", 14)])
def test_it_prints_landscape_and_one_page_wide_on_the_offices_paper(paper, code):
    settings = type(SETTINGS)(SETTINGS.office | {"kertas": paper}, (), (), (), {})
    sheet = opened(class_book(PUBLISHED, settings, "Berkala"))
    assert sheet.page_setup.paperSize == code
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter.right.text == "Halaman &P dari &N"


def test_a_text_that_looks_like_a_formula_stays_text():
    sheet = opened(class_book(PUBLISHED, SETTINGS, "Setiap saat"))
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"] == ["s"]


def test_a_longer_text_makes_a_higher_row():
    short, long = entry("SEK-0001", "Berkala"), entry("SEK-0002", "Berkala", ringkasan="rekapitulasi layanan " * 40)
    sheet = opened(class_book(published(short, long), SETTINGS, "Berkala"))
    last = sheet.max_row
    assert sheet.row_dimensions[last].height > 5 * sheet.row_dimensions[last - 1].height


def test_the_recap_has_a_row_for_every_item_with_the_numbers_that_answer_it():
    rows = table(opened(recap_book(PUBLISHED, SETTINGS)))
    by_kode = {row[0].split()[0]: row for row in rows if row[0].split(" ")[0] in items()}
    assert set(by_kode) == set(items())
    assert by_kode["B.d.a"] == ["B.d.a  Pasal 15 ayat (4) huruf a", items()["B.d.a"].name, "2", ""]
    assert by_kode["B.d.b"][2:] == ["", MISSING]
    assert by_kode["B.d"][2:] == ["", ""]


def test_the_recap_ends_with_the_entries_that_name_no_item():
    rows = table(opened(recap_book(PUBLISHED, SETTINGS)))
    assert rows[-2][0] == UNMAPPED
    assert rows[-1][2] == "4"


def test_equal_content_gives_equal_bytes():
    assert class_book(PUBLISHED, SETTINGS, "Berkala") == class_book(PUBLISHED, SETTINGS, "Berkala")
    assert recap_book(PUBLISHED, SETTINGS) == recap_book(PUBLISHED, SETTINGS)


def test_printing_cuts_no_text(tmp_path, soffice, pdftotext):
    words = [f"kata{number:03}" for number in range(120)]
    data = class_book(published(entry("SEK-0001", "Berkala", ringkasan=" ".join(words))), SETTINGS, "Berkala")
    printed = pdf_text(data, tmp_path, soffice, pdftotext)
    assert [word for word in words if word not in printed] == []
    assert "Halaman 1 dari 1" in printed


def test_nothing_private_is_printed():
    sheets = [opened(class_book(PUBLISHED, SETTINGS, "Berkala")), opened(recap_book(PUBLISHED, SETTINGS))]
    everything = " ".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    assert "Laporan Kinerja" in everything
    assert [secret for secret in SECRETS if secret in everything] == []
