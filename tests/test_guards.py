"""What must not be opened is told by its content, in one plain sentence, and the others go on."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path

import pytest
from desk import ROW, checked, filled, found_at
from openpyxl import Workbook

from dipxl.files import guards
from dipxl.files.csv_grid import WEB_PAGE
from dipxl.files.grids import grids
from dipxl.files.returned import read

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def refusal(path):
    """Why a file is not read, None where it is."""
    found = grids(path)
    return found if isinstance(found, guards.Refusal) else None


def _file(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


def _package(folder, **members):
    path = folder / "paket.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in ({"xl/workbook.xml": TYPES} | members).items():
            package.writestr(name, content)
    return path


def _changed_parts(path, change):
    """The same package with each part put through `change(name, bytes)`."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, change(name, content))
    return path


@pytest.mark.parametrize(
    ("name", "content", "refused"),
    [
        ("IMG-20260812-WA0007.jpg", JPEG, guards.PICTURE),
        ("formulir.xlsx", JPEG, guards.PICTURE),
        ("layar.png", b"\x89PNG\r\n\x1a\n" + bytes(20), guards.PICTURE),
        ("stiker.webp", b"RIFF\x10\x00\x00\x00WEBP", guards.PICTURE),
        ("pindaian.pdf", b"%PDF-1.7\n", guards.PDF),
        ("pindaian.xlsx", b"%PDF-1.7\n", guards.PDF),
        ("kosong.xlsx", b"", guards.EMPTY),
        ("sandi.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), guards.LOCKED),
        ("halo.xlsx", b"halo", guards.STRANGE),
        ("halaman.xls", b"<html><table><tr><td>1</table>", WEB_PAGE),
        ("~$formulir.xlsx", b"\x05Wulan", guards.LEFT_BEHIND),
        (".~lock.formulir.xlsx#", b",wulan", guards.LEFT_BEHIND),
        (".DS_Store", b"\x00\x00", guards.LEFT_BEHIND),
        ("Thumbs.db", OLE, guards.LEFT_BEHIND),
    ],
)
def test_a_file_is_known_by_its_content_and_never_by_its_name(tmp_path, name, content, refused):
    assert refusal(_file(tmp_path, name, content)) == refused


def test_a_form_may_be_read_whatever_its_name(tmp_path):
    path = filled(tmp_path, ROW)
    for name in ("formulir", "formulir.pdf", "formulir.XLSX"):
        assert refusal(path.rename(tmp_path / name)) is None
        path = tmp_path / name
        assert len(checked(path).rows) == 1


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    assert refusal(tmp_path / "tidak-ada.xlsx") == guards.MISSING


def test_a_folder_and_a_link_and_a_pipe_are_ignored(tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "pintasan.xlsx").symlink_to(filled(tmp_path, ROW))
    os.mkfifo(tmp_path / "pipa.xlsx")
    for name in ("folder.xlsx", "pintasan.xlsx", "pipa.xlsx"):
        assert refusal(tmp_path / name) == guards.NOT_A_FILE
        assert read(tmp_path / name).ignored


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_workbook_is_said_to_be_cut(tmp_path, kept):
    content = filled(tmp_path, ROW).read_bytes()
    path = _file(tmp_path, "potong.xlsx", content[: int(len(content) * kept)])
    assert refusal(path) == guards.BROKEN


def test_one_wrong_bit_in_any_part_is_noticed(tmp_path):
    path = filled(tmp_path, ROW)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        members = package.infolist()
    for member in members:
        spot = member.header_offset + 30 + len(member.filename) + member.compress_size // 2
        path.write_bytes(content[:spot] + bytes([content[spot] ^ 4]) + content[spot + 1 :])
        assert refusal(path) == guards.BROKEN, member.filename


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_part_that_defines_entities_is_not_opened(tmp_path, encoding):
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode(encoding)
    assert refusal(_package(tmp_path, **{"xl/sharedStrings.xml": evil})) == guards.HOSTILE


def test_the_doctype_that_old_ods_files_carry_is_no_offence(tmp_path):
    manifest = b'<!DOCTYPE manifest:manifest PUBLIC "a" "Manifest.dtd"><manifest/>'
    path = _package(tmp_path, **{"META-INF/manifest.xml": manifest})
    assert guards.checked(path.read_bytes()) == {"xl/workbook.xml": TYPES, "META-INF/manifest.xml": manifest}


def test_a_package_that_swells_is_not_opened(tmp_path):
    assert refusal(_package(tmp_path, **{"xl/media/a.bin": bytes(4 * 1024 * 1024)})) == guards.HOSTILE


def test_a_package_of_too_many_parts_is_not_opened(tmp_path):
    parts = {f"xl/{number}.bin": b"" for number in range(guards.MOST_MEMBERS + 1)}
    assert refusal(_package(tmp_path, **parts)) == guards.HOSTILE


@pytest.mark.parametrize("name", ["/etc/passwd", "../lari.xml", "xl/../../lari.xml"])
def test_a_package_that_points_outside_is_not_opened(tmp_path, name):
    assert refusal(_package(tmp_path, **{name: b"x"})) == guards.HOSTILE


def test_a_package_with_one_part_twice_is_not_opened(tmp_path):
    path = _package(tmp_path)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/workbook.xml", b"lain")
    assert refusal(path) == guards.HOSTILE


def test_a_lying_size_in_the_header_is_noticed(tmp_path):
    path = _package(tmp_path)
    content = bytearray(path.read_bytes())
    spot = content.rindex(b"PK\x01\x02") + 24
    content[spot : spot + 4] = struct.pack("<I", 7)
    path.write_bytes(content)
    assert refusal(path) == guards.BROKEN


def test_a_cell_as_far_away_as_excel_reaches_is_named_and_nothing_is_laid_out_between(tmp_path):
    book = Workbook()
    book.active["A1"] = book.active["XFD1048576"] = "jauh"
    book.save(tmp_path / "jauh.xlsx")
    assert found_at(checked(tmp_path / "jauh.xlsx"), "di-luar-tabel") == ["Sheet!A1", "Sheet!XFD1048576"]


def test_a_far_cell_that_is_only_formatted_does_no_harm(tmp_path):
    def dress(worksheet):
        worksheet["XFD1048576"].number_format = "0"

    assert len(checked(filled(tmp_path, ROW, edit=dress)).rows) == 1


def test_a_word_document_is_not_called_broken(tmp_path):
    path = tmp_path / "surat.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", TYPES)
    assert refusal(path) == guards.STRANGE


def test_a_package_whose_inside_no_reader_understands_is_unreadable_and_nothing_worse(tmp_path):
    path = _changed_parts(filled(tmp_path, ROW), lambda name, text: b"<" if name == "xl/workbook.xml" else text)
    assert read(path).problem == guards.BROKEN.problem


def test_an_unencrypted_ole_file_that_is_no_workbook_is_unreadable(tmp_path):
    assert read(_file(tmp_path, "surat.doc", OLE + bytes(1000))).problem == guards.BROKEN.problem


@pytest.mark.parametrize("refused", [r for r in vars(guards).values() if isinstance(r, guards.Refusal)])
def test_every_refusal_is_one_sentence_and_one_remedy(refused):
    for sentence in (refused.problem, refused.remedy):
        assert sentence.count(". ") == 0
        assert sentence.endswith(".")
        assert len(sentence.split()) <= 12


def test_a_guard_never_writes(tmp_path):
    path = filled(tmp_path, ROW)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    checked(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [p.name for p in Path(tmp_path).iterdir()] == ["formulir.xlsx"]
