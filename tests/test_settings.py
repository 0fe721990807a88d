"""pengaturan.xlsx asks what an office must decide, with the cell to fill, and takes nothing for granted."""

from __future__ import annotations

from datetime import date

import pytest
from desk import tree
from openpyxl import load_workbook

import dipxl
from dipxl.errors import DipxlError
from dipxl.files import settings_book
from dipxl.model.columns import sheet
from dipxl.model.office import BY_ATASAN, PROPOSES
from dipxl.tour import office
from dipxl.tour.people import keys, opened

REQUIRED = [column for column in sheet("kantor") if column.required]


def _head_cell(worksheet, name):
    label = sheet("kantor")[name].heading
    return worksheet.cell(next(cell.row for (cell,) in worksheet["A1:A40"] if cell.value == label), 2)


def _with(folder, title, address, value):
    path = folder / "pengaturan.xlsx"
    with opened(path, path) as book:
        book[title][address] = value


def _stop(folder):
    with pytest.raises(DipxlError) as stop:
        settings_book.settings(folder / "pengaturan.xlsx")
    return stop.value


def _address(folder, name):
    return _head_cell(load_workbook(folder / "pengaturan.xlsx")["Kantor"], name).coordinate


def _table_cell(folder, title, key, row=1):
    worksheet = load_workbook(folder / "pengaturan.xlsx")[title]
    key_row, columns = keys(worksheet)
    return worksheet.cell(key_row + 1 + row, columns[key]).coordinate


@pytest.fixture
def folder(at):
    return at("bagikan")


def test_a_new_edition_asks_for_its_first_blank_cell_and_counts_the_others(tmp_path):
    dipxl.mulai(tmp_path / "dip")
    before = tree(tmp_path)
    with pytest.raises(DipxlError) as stop:
        dipxl.bagikan(tmp_path / "dip")
    assert stop.value.code == "pengaturan-belum-lengkap"
    assert 'lembar "Kantor" sel B3' in stop.value.message
    assert f"Ada {len(REQUIRED) - 1} hal lain" in stop.value.remedy
    assert tree(tmp_path) == before


def test_nothing_that_must_be_decided_has_a_default(tmp_path):
    dipxl.mulai(tmp_path / "dip")
    worksheet = load_workbook(tmp_path / "dip" / "pengaturan.xlsx")["Kantor"]
    assert [c.name for c in sheet("kantor") if _head_cell(worksheet, c.name).value] == []


@pytest.mark.parametrize("name", [column.name for column in REQUIRED])
def test_each_missing_required_cell_is_asked_with_its_address(folder, name):
    address = _address(folder, name)
    _with(folder, "Kantor", address, None)
    stop = _stop(folder)
    assert stop.code == "pengaturan-belum-lengkap"
    assert f'lembar "Kantor" sel {address}: ' in stop.message
    assert sheet("kantor")[name].label in stop.message


def test_who_signs_is_asked_where_a_keputusan_is_made_and_only_there(folder):
    signer = _address(folder, "penanda_tangan")
    _with(folder, "Kantor", signer, None)
    assert f"sel {signer}: " in _stop(folder).message
    _with(folder, "Kantor", _address(folder, "tingkat"), PROPOSES)
    assert settings_book.settings(folder / "pengaturan.xlsx").only_proposes


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("edisi", "2026"), ("edisi", "2026-3"), ("edisi", "Semester II"), ("tingkat", "kabupaten saja"),
        ("batas_kirim", "31 Februari 2026"), ("tanggal_rapat", "besok"), ("zona_waktu", "GMT+8"), ("kertas", "Folio"),
    ],
)  # fmt: skip
def test_a_setting_that_is_not_understood_is_asked_with_its_cell_and_its_text(folder, name, typed):
    address = _address(folder, name)
    _with(folder, "Kantor", address, typed)
    stop = _stop(folder)
    assert f"sel {address}: " in stop.message
    assert typed in stop.message


@pytest.mark.parametrize(
    ("title", "key", "typed"),
    [
        ("Bidang", "bidang.kode", "Mutasi"), ("Bidang", "bidang.nama", None), ("Bidang", "bidang.kepala", "-"),
        ("Pejabat", "pejabat.sejak", "tahun lalu"), ("Pejabat", "pejabat.sampai", "30-02-2026"),
        ("Pejabat", "pejabat.peran", "Bupati"), ("Pejabat", "pejabat.nama", "\u00a0"),
    ],
)  # fmt: skip
def test_a_wrong_cell_of_a_table_is_named(folder, title, key, typed):
    address = _table_cell(folder, title, key)
    _with(folder, title, address, typed)
    assert f'lembar "{title}" sel {address}: ' in _stop(folder).message


def test_a_skipped_bidang_needs_the_name_of_who_decided_it(folder):
    _with(folder, "Bidang", _table_cell(folder, "Bidang", "bidang.dilewati_alasan"), "Baru dibentuk")
    assert f"sel {_table_cell(folder, 'Bidang', 'bidang.dilewati_oleh')}: " in _stop(folder).message


@pytest.mark.parametrize("name", ["Sekretariat", "sekretariat!", "SEKRETARIAT"])
def test_two_bidang_of_one_name_are_asked_about(folder, name):
    address = _table_cell(folder, "Bidang", "bidang.nama", row=2)
    _with(folder, "Bidang", address, name)
    assert f"sel {address}: " in _stop(folder).message


def test_two_bidang_of_one_kode_are_asked_about(folder):
    address = _table_cell(folder, "Bidang", "bidang.kode", row=2)
    _with(folder, "Bidang", address, "SEK")
    assert f"sel {address}: " in _stop(folder).message


def test_an_office_without_bidang_is_asked_for_one(folder):
    path = folder / "pengaturan.xlsx"
    with opened(path, path) as book:
        book["Bidang"].delete_rows(4, 20)
    assert "Belum ada bidang." in _stop(folder).message


@pytest.mark.parametrize("lost", ["Kantor", "Bidang"])
def test_a_lost_sheet_is_named(folder, lost):
    path = folder / "pengaturan.xlsx"
    with opened(path, path) as book:
        del book[lost]
    assert f'lembar "{lost}"' in _stop(folder).message


def test_a_form_in_place_of_the_settings_is_no_settings(folder):
    form = next((folder / "1-himpun" / "keluar").glob("*.xlsx"))
    (folder / "pengaturan.xlsx").write_bytes(form.read_bytes())
    assert _stop(folder).code == "pengaturan-belum-lengkap"


def test_dates_typed_as_excel_dates_are_dates(folder):
    _with(folder, "Pejabat", _table_cell(folder, "Pejabat", "pejabat.sejak"), date(2026, 1, 5))
    assert settings_book.settings(folder / "pengaturan.xlsx").officials[0].since == date(2026, 1, 5)


def test_the_settings_of_the_sample_office_are_taken_as_typed(folder):
    settings = settings_book.settings(folder / "pengaturan.xlsx")
    assert (str(settings.edition), settings.office["penanda_tangan"]) == ("2026-2", BY_ATASAN)
    assert [unit.kode for unit in settings.bidang] == ["SEK", "MUT", "PKO", "PKA", "INF", "UPT"]
    assert len(settings.legal_basis) >= 7
    assert all("…" not in law for law in settings.legal_basis)


def test_the_next_edition_takes_over_what_lasts_and_asks_anew_what_does_not(at):
    following = at("mutakhirkan").parent / "dip-2027-1"
    settings = settings_book.settings(following / "pengaturan.xlsx")
    assert str(settings.edition) == "2027-1"
    assert [settings.office[name] for name in ("batas_kirim", "tanggal_rapat", "berita_acara")] == ["", "", ""]
    decree = office.office()["keputusan"]
    assert settings.office["keputusan_lama"].startswith(f"Nomor {decree['nomor']} tanggal {decree['tanggal']} tentang ")
    assert len(settings.officials) == 7


def test_the_next_edition_forgets_withdrawn_files_and_skipped_bidang(at):
    folder = at("publikasikan")
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        for place, text in enumerate(("lain.xlsx", "Salah kirim", "PPID"), start=1):
            book["Berkas Ditarik"].cell(4, place).value = text
    dipxl.mutakhirkan(folder)
    settings = settings_book.settings(folder.parent / "dip-2027-1" / "pengaturan.xlsx")
    assert settings.withdrawn == {}
    assert [unit.skipped for unit in settings.bidang] == [""] * 6


def test_the_settings_workbook_checks_what_it_offers():
    choices = {c.name for name in ("kantor", *settings_book.TABLES) for c in sheet(name) if c.choices}
    assert {"tingkat", "penanda_tangan", "kertas", "zona_waktu", "peran", "sebutan", "pakai"} <= choices
