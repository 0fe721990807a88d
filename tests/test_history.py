"""riwayat.csv survives what spreadsheet programs, full disks and killed runs do to it."""

from __future__ import annotations

import errno
import os

import pytest

from dipxl.errors import DipxlError
from dipxl.files.edition import Edition
from dipxl.files.history import HEADINGS, History

HASH = "ab" * 32


@pytest.fixture
def edition(tmp_path):
    return Edition.create(tmp_path / "dip-2026-2")


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "riwayat.csv"
    for number in range(3):
        History(path).add("himpun", f"berkas {number}, ya.xlsx", HASH, "")
    return path


def _names(path):
    return [line["berkas"] for line in History(path).lines]


NAMES = [f"berkas {number}, ya.xlsx" for number in range(3)]


def test_the_log_opens_in_excel_with_its_headings(log):
    content = log.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf" + ",".join(HEADINGS).encode() + b"\r\n")
    assert (content.count(b"\r\n"), History(log).begun) == (4, True)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_it_is_understood_after_excel_saved_it_its_own_way_and_dipxl_went_on(edition, separator):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    log = edition.path("riwayat.csv")
    log.write_text(log.read_text("utf-8-sig").replace(",", separator), encoding="utf-8")
    again = Edition(edition.folder)
    assert not again.touched(path)
    other = again.write("uji", edition.path("lain.csv"), b"dua")
    assert [Edition(edition.folder).touched(one) for one in (path, other)] == [False, False]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00;;\n\x80", b"halo\n1,2,3,4,5,6,7\n", b'"' * 9, b'"' * 200_001])
def test_a_ruined_log_makes_dipxl_careful_not_blind(edition, content):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    edition.path("riwayat.csv").write_bytes(content)
    again = Edition(edition.folder)
    assert again.touched(path)
    beside = again.write("uji", path, b"dua")
    assert beside.name == "daftar (2).csv"
    assert not Edition(edition.folder).touched(beside)


def test_a_line_torn_at_any_byte_spoils_no_other_and_the_next_stands_by_itself(log):
    whole = log.read_bytes()
    start = whole[:-2].rindex(b"\r\n") + 2
    for cut in range(start, len(whole)):
        log.write_bytes(whole[:cut])
        History(log).add("himpun", "sesudahnya.xlsx", HASH, "")
        names = _names(log)
        assert (names[:2], names[-1]) == (NAMES[:2], "sesudahnya.xlsx"), cut
        assert History(log).lines[-1]["sha256"] == HASH


def test_a_line_torn_inside_its_quotes_does_not_swallow_the_next(log):
    log.write_bytes(log.read_bytes()[:-2].rpartition(b"\r\n")[0] + b'\r\n2026,himpun,"1-himpun/mas')
    History(log).add("himpun", "sesudahnya.xlsx", HASH, "")
    assert _names(log) == [*NAMES[:2], "1-himpun/mas", "sesudahnya.xlsx"]


def test_a_line_that_did_not_get_onto_the_disk_leaves_no_part_of_it(log, monkeypatch):
    before = log.read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, "penuh")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DipxlError) as stop:
        History(log).add("himpun", "baru.xlsx", HASH, "")
    assert (stop.value.code, log.read_bytes()) == ("tidak-tertulis", before)


def test_a_log_that_is_open_in_excel_stops_with_its_name(log, monkeypatch):
    monkeypatch.setattr("dipxl.files.history._append", lambda *_: (_ for _ in ()).throw(PermissionError()))
    with pytest.raises(DipxlError) as stop:
        History(log).add("himpun", "baru.xlsx", HASH, "")
    assert (stop.value.code, "riwayat.csv" in stop.value.message) == ("tidak-tertulis", True)


@pytest.mark.parametrize("name", ["dua\nbaris.xlsx", "dua\r\nbaris.xlsx", "bukan teks \udcff.xlsx"])
def test_an_odd_name_is_one_line(log, name):
    History(log).add("terima", name, HASH, "")
    assert len(_names(log)) == 4
    assert History(log).lines[-1]["sha256"] == HASH
