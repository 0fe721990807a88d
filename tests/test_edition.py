"""The folder of an edition: nothing that a person touched is overwritten, and nothing is written twice."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from desk import ROW, filled, tree
from openpyxl import load_workbook

import dipxl
from dipxl.errors import DipxlError
from dipxl.files.edition import Edition, swap_in
from dipxl.tour import office

LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # a full disk, as the program sees it
from dipxl.errors import DipxlError
from dipxl.files.edition import swap_in
try:
    swap_in(Path(sys.argv[1]), b"baru" * 5000)
except DipxlError as stop:
    print(stop.code)
"""
STEPS = {
    "bagikan": lambda folder: dipxl.bagikan(folder, office.day("bagikan")),
    "himpun": lambda folder: dipxl.himpun(folder, office.day("himpun")),
    "himpun perbaikan": lambda folder: dipxl.himpun(folder, office.day("himpun_perbaikan")),
    "usulkan": dipxl.usulkan,
    "telaah": dipxl.telaah,
    "dokumentasikan": lambda folder: dipxl.dokumentasikan(folder, office.day("dokumentasikan")),
    "tetapkan": lambda folder: dipxl.tetapkan(folder, *office.office()["keputusan"].values()),
    "publikasikan": dipxl.publikasikan,
}


@pytest.fixture
def edition(tmp_path):
    return Edition.create(tmp_path / "dip-2026-2")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_run_twice_changes_no_byte(at, step):
    folder = at(step)
    before = tree(folder)
    STEPS[step](folder)
    assert tree(folder) == before


def test_the_status_and_a_check_change_no_byte(at):
    folder = at("himpun")
    before = tree(folder)
    dipxl.status(folder)
    dipxl.periksa(sorted((folder / "1-himpun" / "masuk").iterdir()))
    assert tree(folder) == before


def test_what_a_person_changed_is_left_and_ours_goes_beside_it(edition):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    path.write_bytes(b"satu, dan catatan saya")
    beside = edition.write("uji", edition.path("daftar.csv"), b"dua")
    assert (path.read_bytes(), beside.name, beside.read_bytes()) == (
        b"satu, dan catatan saya",
        "daftar (2).csv",
        b"dua",
    )


def test_the_file_beside_is_ours_and_is_used_again(edition):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    path.write_bytes(b"catatan")
    for content in (b"dua", b"tiga"):
        assert edition.write("uji", path, content).name == "daftar (2).csv"
    assert sorted(p.name for p in edition.folder.glob("daftar*")) == ["daftar (2).csv", "daftar.csv"]


def test_a_touched_second_file_makes_a_third(edition):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    path.write_bytes(b"catatan")
    edition.write("uji", path, b"dua").write_bytes(b"catatan lain")
    assert edition.write("uji", path, b"tiga").name == "daftar (3).csv"


def test_what_dipxl_wrote_itself_is_replaced(edition):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    assert edition.write("uji", path, b"dua") == path
    assert path.read_bytes() == b"dua"


def test_equal_content_is_neither_written_nor_logged_again(edition):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    before = path.stat().st_mtime_ns, edition.path("riwayat.csv").read_bytes()
    edition.write("uji", path, b"satu")
    assert (path.stat().st_mtime_ns, edition.path("riwayat.csv").read_bytes()) == before


def test_a_folder_in_the_way_is_left_alone(edition):
    edition.path("daftar.csv").mkdir()
    assert edition.write("uji", edition.path("daftar.csv"), b"satu").name == "daftar (2).csv"


def test_a_full_disk_leaves_the_old_file_whole_and_no_remains(tmp_path):
    target = tmp_path / "daftar.csv"
    target.write_bytes(b"lama")
    root = str(Path(dipxl.__file__).parents[1])
    words = [sys.executable, "-c", LIMITED, target]
    done = subprocess.run(words, env=os.environ | {"PYTHONPATH": root}, capture_output=True, text=True, check=True)
    assert done.stdout == "tidak-tertulis\n"
    assert target.read_bytes() == b"lama"
    assert [path.name for path in tmp_path.iterdir()] == ["daftar.csv"]


def test_what_a_killed_run_left_is_taken_away_by_the_next(tmp_path):
    (tmp_path / ".daftar.csv.sementara").write_bytes(b"setenga")
    swap_in(tmp_path / "daftar.csv", b"baru")
    assert tree(tmp_path) == {"daftar.csv": hashlib.sha256(b"baru").hexdigest()}


def test_a_link_in_the_place_of_the_temporary_file_is_not_followed(tmp_path):
    (tmp_path / "penting").write_bytes(b"penting")
    (tmp_path / ".daftar.csv.sementara").symlink_to(tmp_path / "penting")
    swap_in(tmp_path / "daftar.csv", b"baru")
    assert (tmp_path / "penting").read_bytes() == b"penting"


def test_a_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path):
    (tmp_path / "berkas").write_bytes(b"")
    with pytest.raises(DipxlError) as stop:
        swap_in(tmp_path / "berkas" / "daftar.csv", b"baru")
    assert stop.value.code == "tidak-tertulis"


def test_a_folder_is_an_edition_by_its_settings_file(tmp_path):
    with pytest.raises(DipxlError) as stop:
        Edition.open(tmp_path)
    assert stop.value.code == "bukan-edisi"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["berkas lain.txt", ".tersembunyi"])
def test_an_edition_is_not_made_where_something_lies(tmp_path, content):
    (tmp_path / content).write_bytes(b"")
    with pytest.raises(DipxlError) as stop:
        dipxl.mulai(tmp_path)
    assert stop.value.code == "folder-terisi"
    assert [path.name for path in tmp_path.iterdir()] == [content]


def test_received_files_are_kept_in_the_order_first_seen(edition, tmp_path):
    hashes = []
    for number, content in enumerate([b"b", b"a", b"b", b"c"]):
        (tmp_path / f"{number}.xlsx").write_bytes(content)
        hashes.append(edition.keep(tmp_path / f"{number}.xlsx"))
    assert list(edition.archived()) == list(dict.fromkeys(hashes))
    assert [path.name[:5] for path in edition.archived().values()] == ["0001-", "0002-", "0003-"]
    assert list(edition.received_names().values()) == ["0.xlsx", "1.xlsx", "3.xlsx"]


def test_a_file_taken_out_of_the_archive_does_not_mix_up_the_order(edition, tmp_path):
    for name in "abc":
        (tmp_path / name).write_bytes(name.encode())
    first, second = edition.keep(tmp_path / "a"), edition.keep(tmp_path / "b")
    edition.archived()[first].unlink()
    third = edition.keep(tmp_path / "c")
    assert list(edition.archived()) == [second, third]


def test_other_things_in_the_archive_are_no_submissions(edition):
    for name in ("edisi-lalu.json", "0001-catatan.txt", "1-abc", "baca saya.md"):
        edition.path("arsip", name).write_bytes(b"x")
    assert edition.archived() == {}


def test_the_inbox_is_sorted_as_people_count(edition):
    names = ["formulir (10).xlsx", "formulir (2).xlsx", "formulir.xlsx", "kembali.xlsx"]
    for name in names:
        edition.path("1-himpun", "masuk", name).write_bytes(b"x")
    assert [path.name for path in edition.inbox("1-himpun", "masuk")] == [names[2], names[1], names[0], names[3]]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_history_is_understood_after_excel_saved_it_its_own_way(edition, separator):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    log = edition.path("riwayat.csv")
    log.write_text(log.read_text("utf-8-sig").replace(",", separator), encoding="utf-8")
    assert not Edition(edition.folder).touched(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00;;\n\x80", b"halo\n1,2,3,4,5,6,7\n", b'"' * 9])
def test_a_ruined_history_makes_dipxl_careful_not_blind(edition, content):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    edition.path("riwayat.csv").write_bytes(content)
    again = Edition(edition.folder)
    assert again.touched(path)
    assert again.write("uji", path, b"dua").name == "daftar (2).csv"


def test_the_history_tells_what_was_done(at):
    history = Edition(at("publikasikan")).history()
    steps = list(dict.fromkeys(line["langkah"] for line in history))
    assert steps == [
        "mulai",
        "bagikan",
        "terima",
        "himpun",
        "usulkan",
        "telaah",
        "dokumentasikan",
        "tetapkan",
        "publikasikan",
    ]
    assert all(len(line["sha256"]) == 64 and line["waktu"][4] == "-" for line in history)


def test_what_came_in_is_kept_byte_by_byte(at):
    folder = at("himpun perbaikan")
    inbox = {path.read_bytes() for path in (folder / "1-himpun" / "masuk").iterdir()}
    assert {path.read_bytes() for path in Edition(folder).archived().values()} == inbox


def test_what_came_in_is_not_touched_by_any_step(at, stages):
    sent = tree(stages["himpun"] / "dip-2026-2" / "1-himpun" / "masuk")
    folder = at("perubahan")
    later = tree(folder / "1-himpun" / "masuk")
    assert sent.items() <= later.items()
    assert len(later) == len(sent) + 2  # the two repaired copies


def test_an_officers_own_word_template_is_not_replaced(at):
    folder = at("himpun")
    dipxl.templat(folder)
    own = folder / "templat" / "keputusan.docx"
    own.write_bytes(own.read_bytes() + b"ubahan")
    before = tree(folder)
    dipxl.templat(folder)
    assert tree(folder) == before


def test_a_filled_proposal_book_is_never_written_over(at, tmp_path):
    folder = at("usulkan")
    book = folder / "2-usulan" / "Usulan DIP.xlsx"
    filled_book = book.read_bytes()
    source = filled(tmp_path, ROW | {"ringkasan": "Laporan yang baru datang Tahun 2026"})
    source.rename(folder / "1-himpun" / "masuk" / "zz-sekretariat.xlsx")
    dipxl.himpun(folder, office.day("himpun_perbaikan"))
    dipxl.usulkan(folder)
    assert book.read_bytes() == filled_book
    texts = {c.value for row in load_workbook(book.with_stem("Usulan DIP (2)")).active.iter_rows() for c in row}
    assert "Laporan yang baru datang Tahun 2026" in texts
