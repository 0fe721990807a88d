"""A list that is no form of dipxl's is read by its headings, shown once to the officer, and remembered as he says."""

from __future__ import annotations

import pytest
from desk import codes, found_at
from openpyxl import Workbook, load_workbook

import dipxl
from dipxl.files.collected import collect
from dipxl.files.edition import Edition
from dipxl.files.settings_book import settings
from dipxl.model.columns import LEAVE_OUT, sheet
from dipxl.tour.people import keys, type_head

HEADINGS = [
    "No",
    "Jenis Informasi",
    "Satker yang Menguasai Informasi",
    "PJ",
    "Tempat dan Waktu Pembuatan",
    "Bentuk",
    "Retensi",
]
ENTRY = [
    1,
    "Laporan Kinerja Sekretariat Tahun 2025",
    "Sekretariat",
    "Sekretaris",
    "Tanjung Asri, Januari 2026",
    "Softcopy",
    "5 tahun",
]


def _list(path, *, headings=HEADINGS, unit="Sekretariat"):
    """An office's own list, as it was kept before there was a form."""
    book = Workbook()
    book.active.title = "DIP"
    book.active["A1"] = "DAFTAR INFORMASI PUBLIK"
    if unit:
        book.active["A2"] = f"Unit Kerja : {unit}"
    for place, text in enumerate(headings, start=1):
        book.active.cell(4, place).value = text
    for row, year in enumerate((2024, 2025), start=5):
        for place, text in enumerate(ENTRY, start=1):
            book.active.cell(row, place).value = str(text).replace("2025", str(year))
    book.save(path)


@pytest.fixture
def folder(at):
    edition = at("bagikan")
    for path in (edition / "1-himpun" / "masuk").iterdir():
        path.unlink()
    return edition


def _sent(folder, name="daftar lama.xlsx", **kept):
    _list(folder / "1-himpun" / "masuk" / name, **kept)
    dipxl.himpun(folder)
    return folder / "1-himpun" / "Peta Kolom.xlsx"


def _one(folder, name="daftar lama.xlsx"):
    edition = Edition.open(folder)
    found = collect(edition, settings(edition.settings))
    return next(s for s in found.submissions if s.name == name)


def _answer(path, **said):
    """Fill in the map as the officer does: what each heading is read as, and Ya behind every line."""
    book = load_workbook(path)
    worksheet = book["Peta Kolom"]
    row, columns = keys(worksheet)
    for number in range(row + 2, worksheet.max_row + 1):
        heading = worksheet.cell(number, columns["peta.judul"]).value
        if heading in said:
            worksheet.cell(number, columns["peta.dibaca"]).value = said[heading]
        worksheet.cell(number, columns["peta.setuju"]).value = "Ya"
    book.save(path)
    book.close()


def _put_in(path, **cells):
    book = load_workbook(path)
    type_head(book["Kantor"], cells)
    book.save(path)


def _lines(path):
    worksheet = load_workbook(path)["Peta Kolom"]
    row, columns = keys(worksheet)
    names = ("judul", "dibaca", "sel")
    return [tuple(worksheet.cell(n, columns[f"peta.{name}"]).value for name in names)
            for n in range(row + 2, worksheet.max_row + 1)]  # fmt: skip


def test_a_list_of_the_office_is_read_and_every_heading_is_shown_with_its_reading(folder):
    path = _sent(folder)
    assert _lines(path) == [
        ("No", "No.", "A4"),
        ("Jenis Informasi", "Ringkasan Isi Informasi", "B4"),
        ("Satker yang Menguasai Informasi", "Pejabat/Unit yang Menguasai", "C4"),
        ("PJ", None, "D4"),
        ("Tempat dan Waktu Pembuatan", "Waktu Pembuatan dan Tempat Pembuatan", "E4"),
        ("Bentuk", "Bentuk yang Tersedia", "F4"),
        ("Retensi", "Jangka Simpan / Retensi Arsip", "G4"),
    ]
    one = _one(folder)
    assert one.bidang == "SEK"
    assert [row.values["retensi"] for row in one.examined.rows] == ["5 tahun", "5 tahun"]
    assert "peta-belum-disetujui" in codes(one.examined)


def test_what_the_officer_confirms_is_no_longer_asked_and_what_he_explains_is_read(folder):
    _answer(_sent(folder), PJ="Penanggung Jawab Pembuatan/Penerbitan")
    one = _one(folder).examined
    assert [row.values["penanggung_jawab"] for row in one.rows] == ["Sekretaris", "Sekretaris"]
    assert {"peta-belum-disetujui", "judul-disamakan", "kolom-tidak-dikenal"} & {*codes(one)} == set()
    assert one.balance.typed == one.balance.taken + one.balance.reported


def test_a_column_that_the_officer_leaves_out_is_reported_and_not_read(folder):
    _answer(_sent(folder), PJ=LEAVE_OUT)
    one = _one(folder).examined
    left = {(cell.address, cell.text) for cell in one.returned.leftovers}
    assert {("D5", "Sekretaris"), ("D6", "Sekretaris")} <= left
    assert {"DIP!D5", "DIP!D6"} <= {*found_at(one, "bukan-entri")}


def test_what_was_explained_is_remembered_for_the_next_list_of_that_bidang(folder):
    _answer(_sent(folder), PJ="Penanggung Jawab Pembuatan/Penerbitan")
    _list(folder / "1-himpun" / "masuk" / "daftar baru.xlsx", headings=[*HEADINGS[:3], "PJ", *HEADINGS[4:]])
    book = load_workbook(folder / "1-himpun" / "masuk" / "daftar baru.xlsx")
    book.active["B5"] = "Rencana Kerja Sekretariat Tahun 2026"
    book.save(folder / "1-himpun" / "masuk" / "daftar baru.xlsx")
    dipxl.himpun(folder)
    one = _one(folder, "daftar baru.xlsx").examined
    assert [row.values["penanggung_jawab"] for row in one.rows] == ["Sekretaris", "Sekretaris"]
    assert "peta-belum-disetujui" not in codes(one)


def test_a_list_that_names_no_bidang_is_given_one_by_the_officer(folder):
    path = _sent(folder, unit="")
    assert _one(folder).bidang == ""
    book = load_workbook(path)
    row, columns = keys(book["Peta Kolom"])
    book["Peta Kolom"].cell(row + 2, columns["peta.bidang"]).value = "sek"
    book.save(path)
    assert _one(folder).bidang == "SEK"


def test_a_map_that_the_officer_has_filled_is_not_written_over(folder):
    path = _sent(folder)
    _answer(path)
    before = path.read_bytes()
    dipxl.himpun(folder)
    assert path.read_bytes() == before
    assert not path.with_stem("Peta Kolom (2)").exists()


def test_the_next_edition_remembers_what_was_confirmed(folder, tmp_path):
    _answer(_sent(folder), PJ="Penanggung Jawab Pembuatan/Penerbitan")
    _put_in(folder / "pengaturan.xlsx", tingkat="Perangkat daerah, hanya mengusulkan")
    dipxl.mutakhirkan(folder, tmp_path / "dip-2027-1")
    remembered = _lines(tmp_path / "dip-2027-1" / "1-himpun" / "Peta Kolom.xlsx")
    assert ("PJ", "Penanggung Jawab Pembuatan/Penerbitan", "D4") in remembered


def test_every_reading_that_can_be_chosen_is_one_that_can_be_read():
    choices = sheet("peta")["dibaca"].choices
    assert {column.label for column in sheet("daftar").shown("formulir")} - {*choices} == {"Kode (jangan diubah)"}
