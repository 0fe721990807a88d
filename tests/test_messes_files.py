"""Every kind of file: what can be read is read whole, what cannot gets one sentence, and the run goes on."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from desk import JUNK, LIST, Desk, tree
from messes import START, Expected
from other_kinds import as_csv, binary_workbook, converted, macro_workbook, mail, packed
from own_lists import table
from told import Told, answered, entry, sent

CHECKSUM = "tanpa-pemeriksaan-keutuhan"
CSV_LIST = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,true,false,false,2"  # the second sheet as shown
CANNOT = {
    **JUNK,
    "html": b"<html><table><tr><td>Ringkasan</td></tr></table></html>",
    "pdf": b"%PDF-1.7\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "pintasan windows": b"L\0\0\0\x01\x14\x02\0" + bytes(60),
    "pintasan laman": b"[InternetShortcut]\r\nURL=https://docs.example/spreadsheets/d/1\r\n",
    "pintasan google": b'{"url": "https://docs.example/open?id=1", "doc_id": "1"}',
    "xml": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "rtf": b"{\\rtf1 halo}",
    "utf-16": "halo dunia".encode("utf-16"),
}
VALUES = {(12, "retensi"): "5 tahun", (12, "waktu"): "5 Maret 2026", (13, "lokasi_berkas"): "007"}


class Made(NamedTuple):
    path: Path
    typed: dict[tuple[str, str], str]


@pytest.fixture
def desk(monkeypatch, capsys):
    return Desk(monkeypatch, capsys)


def _numbers(sheet):
    sheet["F12"], sheet["D12"], sheet["M13"] = 5, dt.date(2026, 3, 5), 7
    for cell, number_format in (("F12", '0" tahun"'), ("D12", "dd/mm/yyyy"), ("M13", "000")):
        sheet[cell].number_format = number_format
    sheet["L13"], sheet["L11"] = "-", 2.5
    sheet.row_dimensions[13].hidden = True


VALUES |= {(13, "keterangan"): "", (11, "keterangan"): "2,5"}
HIDDEN = ("baris-tersembunyi", "*13")


@pytest.fixture(scope="session")
def form(tmp_path_factory) -> Made:
    """A form with numbers, a date, a dash and a hidden row in it; to be read only."""
    told = sent(tmp_path_factory.mktemp("jenis"), entry(1), entry(2), entry(3), edit=_numbers)
    return Made(told.path, told.typed)


@pytest.fixture(scope="session")
def ods(form, soffice) -> Path:
    return converted(form.path, "ods", soffice)


@pytest.fixture(scope="session")
def xls(form, soffice) -> Path:
    return converted(form.path, "xls", soffice)


def _periksa(desk, *paths):
    """The answer of the command itself, file by file."""
    code, told = desk.json("periksa", *paths, "--rows")
    return code, told["files"]


def test_a_workbook_of_excel_is_read(form):
    Expected(changed=VALUES, at=(HIDDEN,)).check(Told(form.path, answered(form.path), form.typed))


def test_a_workbook_with_macros_is_read_and_its_macros_left_alone(tmp_path, form):
    path = macro_workbook(Path(shutil.copy(form.path, tmp_path)))
    Expected(changed=VALUES, at=(HIDDEN,)).check(Told(path, answered(path), form.typed))


def test_a_workbook_of_libreoffice_is_read_with_its_formats_and_hidden_rows(form, ods):
    told = Told(ods, answered(ods), form.typed)
    Expected(changed=VALUES, at=(HIDDEN,)).check(told)
    assert told.answer["unit"] == "SEK"


def test_an_old_workbook_is_read_with_a_notice(form, xls):
    told = Told(xls, answered(xls), form.typed)
    told.check()
    assert CHECKSUM in told.codes()
    assert told.answer["unit"] == "SEK"
    assert (told.value("waktu", 12), told.value("keterangan", 11)) == ("5 Maret 2026", "2,5")
    assert told.value("retensi", 12) == "5 tahun" or "F12" in told.named()
    assert told.value("lokasi_berkas", 13) == "007" or "M13" in told.named()


def test_a_binary_workbook_is_read_with_a_notice(tmp_path):
    grid = table(1, 2)
    grid[2][7] = 2.5
    path = binary_workbook(tmp_path / "daftar.xlsb", "DIP", grid)
    told = Told(path, answered(path), {})
    assert CHECKSUM in told.codes()
    assert told.rows("DIP") == [2, 3]
    assert told.column("ringkasan", "DIP") == [entry(1)["ringkasan"], entry(2)["ringkasan"]]
    assert told.column("keterangan", "DIP") == [entry(1)["keterangan"], "2,5"]
    cells = told.answer["cells"]
    assert cells["typed"] == cells["taken"] + cells["reported"]
    assert 16 <= cells["typed"] <= 24


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_of_text_is_read_whatever_its_separator_and_encoding(tmp_path, encoding, separator):
    word = "Laporan café – kenari2ringkasan; bagian “A”, 2025"
    made = sent(tmp_path, entry(1), entry(2, ringkasan=word), entry(3), edit=lambda s: s.__setitem__("L11", 2.5))
    path = as_csv(made.path, LIST, separator=separator, encoding=encoding)
    told = Told(path, answered(path), made.typed)
    assert [record["row"] for record in told.answer["records"]] == list(START)
    sheet = told.answer["records"][0]["sheet"]
    told.typed = {(sheet, cell): text for (_, cell), text in made.typed.items()}
    told.unclear = {(sheet, cell) for _, cell in made.unclear}
    told.check()
    assert told.value("ringkasan", 12, sheet) == word
    assert told.value("keterangan", 11, sheet) == "2,5"
    assert [told.value(name, 13, sheet) for name in entry(3)] == list(entry(3).values())


def test_a_table_of_text_from_libreoffice_is_read(form, soffice):
    path = converted(form.path, "csv", soffice, CSV_LIST)
    records = answered(path)["records"]
    assert [record["row"] for record in records] == list(START)
    assert [records[1]["values"][name] for name in ("retensi", "ringkasan")] == ["5 tahun", entry(2)["ringkasan"]]
    assert records[2]["values"]["lokasi_berkas"] == "007"


def test_more_characters_than_excel_holds_come_whole_out_of_a_table_of_text(tmp_path):
    text = "kenari1ringkasan " + "rincian kegiatan " * 2400
    grid = table(1)
    grid[1][0] = text
    path = tmp_path / "daftar.csv"
    path.write_text("\r\n".join(";".join(row) for row in grid), encoding="utf-8")
    (record,) = answered(path)["records"]
    assert record["values"]["ringkasan"].split() == text.split()


@pytest.mark.parametrize(
    "name", ["formulir.xls", "formulir.csv", "formulir.ods", "formulir.pdf", "formulir", "a.xlsx.xlsx"]
)
def test_a_name_that_lies_hides_no_workbook(tmp_path, form, name):
    path = Path(shutil.copy(form.path, tmp_path / name))
    assert answered(path)["rows"] == 3


def test_an_old_workbook_under_a_new_name_is_read(tmp_path, xls):
    path = Path(shutil.copy(xls, tmp_path / "formulir.xlsx"))
    assert answered(path)["rows"] == 3


# --- inside other files


@pytest.mark.parametrize("kind", ["zip", "eml", "zip in eml"])
def test_forms_inside_other_files_are_each_told_by_their_own_name(tmp_path, desk, form, kind):
    forms = {"formulir.xlsx": form.path.read_bytes(), "map/kedua.xlsx": form.path.read_bytes()}
    if kind == "zip":
        path, inside = packed(tmp_path / "kiriman.zip", forms), "kiriman.zip/"
    elif kind == "eml":
        forms = {Path(name).name: data for name, data in forms.items()}
        path, inside = mail(tmp_path / "kiriman.eml", forms), "kiriman.eml/"
    else:
        attached = packed(tmp_path / "isi.zip", forms).read_bytes()
        path, inside = mail(tmp_path / "kiriman.eml", {"isi.zip": attached}), "kiriman.eml/isi.zip/"
    _, files = _periksa(desk, path)
    assert [file["path"].removeprefix(f"{tmp_path}/") for file in files] == [f"{inside}{name}" for name in forms]
    for file in files:
        Expected(changed=VALUES, at=(HIDDEN,)).check(Told(path, file, form.typed))


@pytest.mark.parametrize("made", [packed, mail])
def test_one_bad_member_does_not_spoil_the_others(tmp_path, desk, form, made):
    members = {"a.xlsx": b"", "b.xlsx": form.path.read_bytes(), "c.jpg": JUNK["foto"], "d.docx": b"halo"}
    code, files = _periksa(desk, made(tmp_path / "kiriman", members))
    told = {Path(file["path"]).name: file for file in files}
    assert code == 1
    assert told["b.xlsx"]["rows"] == 3
    assert {name for name, file in told.items() if file["cells"] is None} == {"a.xlsx", "c.jpg", "d.docx"}


# --- what cannot be read


@pytest.mark.parametrize("kind", CANNOT)
def test_what_cannot_be_read_gets_one_sentence_and_the_run_goes_on(tmp_path, desk, form, kind):
    bad = tmp_path / "buruk.xlsx"
    bad.write_bytes(CANNOT[kind])
    before = tree(tmp_path)
    _, files = _periksa(desk, bad, form.path)
    assert files[1]["rows"] == 3
    _is_refused(files[0])
    assert tree(tmp_path) == before


@pytest.mark.parametrize("kept", [0.05, 0.3, 0.7, 0.95, 0.999])
def test_a_cut_workbook_gets_one_sentence(tmp_path, desk, form, kept):
    data = form.path.read_bytes()
    (tmp_path / "potong.xlsx").write_bytes(data[: int(len(data) * kept)])
    _, files = _periksa(desk, tmp_path / "potong.xlsx", form.path)
    _is_refused(files[0])


@pytest.mark.parametrize(
    "name", ["~$formulir.xlsx", ".~lock.formulir.xlsx#", "Thumbs.db", ".DS_Store", "pintasan.xlsx"]
)
def test_what_nobody_meant_to_send_is_ignored_with_its_name(tmp_path, desk, form, name):
    path = tmp_path / name
    if name == "pintasan.xlsx":
        path.symlink_to(form.path)
    else:
        path.write_bytes(b"\x05Wulan")
    _, files = _periksa(desk, path, form.path)
    assert (files[0]["verdict"], files[0]["cells"], files[0]["records"]) == ("diabaikan", None, [])
    assert files[1]["rows"] == 3


def test_a_cut_old_workbook_gets_one_sentence(tmp_path, desk, form, xls):
    data = xls.read_bytes()
    (tmp_path / "potong.xls").write_bytes(data[: len(data) // 3])
    _, files = _periksa(desk, tmp_path / "potong.xls", form.path)
    _is_refused(files[0])


def _is_refused(file):
    assert (file["verdict"], file["cells"], file["records"]) == ("tidak terbaca", None, [])
    (found,) = file["findings"]
    assert found["code"] == "tidak-terbaca"
    for sentence in (found["message"], found["remedy"]):
        assert sentence.count(". ") == 0
        assert sentence.endswith(".")
        assert len(sentence.split()) <= 25
