"""The folder of an edition: nothing that a person touched is overwritten, and nothing is written twice."""

from __future__ import annotations

import errno
import re
import tracemalloc
from pathlib import Path

import pytest
from desk import ROW, filled, tree
from openpyxl import load_workbook

import dipxl
from dipxl.errors import DipxlError
from dipxl.files.archive import CHANGING
from dipxl.files.edition import Edition
from dipxl.files.guards import MOST_FILE, TOO_LARGE, UNREACHABLE
from dipxl.tour import office

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


def _refused(monkeypatch, *names):
    """Windows, while Excel has these files open: nothing can be moved over them."""
    move = Path.replace

    def replace(self, target):
        if Path(target).name in names:
            raise PermissionError(errno.EACCES, "sedang dipakai", str(target))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", replace)


def test_a_file_open_in_excel_gets_the_new_one_beside_it_and_the_same_one_again(edition, monkeypatch):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    _refused(monkeypatch, "daftar.csv")
    for content in (b"dua", b"dua", b"tiga"):
        assert edition.write("uji", path, content).name == "daftar (2).csv"
    assert {p.name: p.read_bytes() for p in edition.folder.glob("*daftar*")} == {
        "daftar.csv": b"satu",
        "daftar (2).csv": b"tiga",
    }
    assert edition.history()[-1]["keterangan"] == "daftar.csv sedang terbuka"


def test_once_excel_is_closed_the_file_itself_is_new_and_ours_beside_it_goes(edition, monkeypatch):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    with monkeypatch.context() as patch:
        _refused(patch, "daftar.csv")
        edition.write("uji", path, b"dua")
    assert edition.write("uji", path, b"tiga") == path
    assert [p.name for p in edition.folder.glob("*daftar*")] == ["daftar.csv"]


def test_a_persons_own_file_beside_ours_is_never_taken_away(edition, monkeypatch):
    path = edition.write("uji", edition.path("daftar.csv"), b"satu")
    path.with_stem("daftar (2)").write_bytes(b"catatan")
    with monkeypatch.context() as patch:
        _refused(patch, "daftar.csv")
        assert edition.write("uji", path, b"dua").name == "daftar (3).csv"
    edition.write("uji", path, b"tiga")
    assert path.with_stem("daftar (2)").read_bytes() == b"catatan"


def test_a_refusal_where_nothing_stands_yet_stops_the_step(edition, monkeypatch):
    _refused(monkeypatch, "daftar.csv")
    with pytest.raises(DipxlError) as stop:
        edition.write("uji", edition.path("daftar.csv"), b"satu")
    assert (stop.value.code, list(edition.folder.glob("*daftar*"))) == ("tidak-tertulis", [])


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


@pytest.mark.parametrize("name", ["mulai", "mutakhirkan"])
def test_what_an_interrupted_opening_left_is_gone_on_with(at, tmp_path, name):
    source = at("publikasikan")
    whole, begun = tmp_path / "utuh", tmp_path / "terputus"
    for folder in (whole, begun):
        dipxl.mulai(folder) if name == "mulai" else dipxl.mutakhirkan(source, folder)
    (begun / "pengaturan.xlsx").unlink()
    (begun / "arsip" / ".edisi-lalu.json.sementara").write_bytes(b"setenga")
    (begun / "6-publikasi").rmdir()
    dipxl.mulai(begun) if name == "mulai" else dipxl.mutakhirkan(source, begun)
    dipxl.templat(begun), dipxl.templat(whole)
    assert {**tree(begun), "riwayat.csv": ""} == {**tree(whole), "riwayat.csv": ""}


@pytest.mark.parametrize("name", ["riwayat.csv", "arsip/edisi-lalu.json", "2-usulan/catatan.txt", "catatan/a.txt"])
def test_a_folder_with_anything_of_a_person_is_not_gone_on_with(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"milik orang")
    with pytest.raises(DipxlError) as stop:
        dipxl.mulai(tmp_path)
    assert (stop.value.code, (tmp_path / name).read_bytes()) == ("folder-terisi", b"milik orang")


def test_received_files_are_kept_in_the_order_first_seen(edition, tmp_path):
    hashes = []
    for number, content in enumerate([b"b", b"a", b"b", b"c"]):
        (tmp_path / f"{number}.xlsx").write_bytes(content)
        hashes.append(edition.keep(tmp_path / f"{number}.xlsx"))
    assert list(edition.archived()) == list(dict.fromkeys(hashes))
    assert [path.name[:5] for path in edition.archived().values()] == ["0001-", "0002-", "0003-"]
    names = [[arrival.name for arrival in arrivals] for arrivals in edition.arrivals().values()]
    assert names == [["0.xlsx", "2.xlsx"], ["1.xlsx"], ["3.xlsx"]]


def test_a_file_taken_out_of_the_archive_does_not_mix_up_the_order(edition, tmp_path):
    for name in "abc":
        (tmp_path / name).write_bytes(name.encode())
    first, second = edition.keep(tmp_path / "a"), edition.keep(tmp_path / "b")
    edition.archived()[first].unlink()
    third = edition.keep(tmp_path / "c")
    assert list(edition.archived()) == [second, third]


def test_the_same_content_is_archived_once_and_each_of_its_names_is_told_once(edition):
    inbox = edition.path("1-himpun", "masuk")
    for _ in range(2):
        for name in ("formulir.xlsx", "lagi.xlsx", "dan lagi.xlsx"):
            (inbox / name).write_bytes(b"isi")
            edition.keep(inbox / name)
    assert len(edition.archived()) == 1
    told = [(line["berkas"], line["keterangan"]) for line in edition.history()]
    again = "sama persis dengan yang sudah diterima"
    assert told == [
        ("1-himpun/masuk/formulir.xlsx", ""),
        ("1-himpun/masuk/lagi.xlsx", again),
        ("1-himpun/masuk/dan lagi.xlsx", again),
    ]


def test_a_monstrous_file_is_not_kept_and_not_even_read(edition, tmp_path):
    with (tmp_path / "film.mp4").open("wb") as file:
        file.truncate(2 * 1024**3)
    assert edition.keep(tmp_path / "film.mp4") == TOO_LARGE
    assert (edition.archived(), edition.history()) == ({}, [])


def test_a_large_file_is_kept_without_holding_it(edition, tmp_path):
    with (tmp_path / "besar.xlsx").open("wb") as file:
        file.truncate(MOST_FILE)
    tracemalloc.start()
    try:
        sha256 = edition.keep(tmp_path / "besar.xlsx")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (edition.archived()[sha256].stat().st_size, peak < 8 * 1024 * 1024) == (MOST_FILE, True)


def test_a_file_that_changes_while_it_is_copied_waits_for_the_next_run(edition, tmp_path, monkeypatch):
    path = tmp_path / "formulir.xlsx"
    path.write_bytes(b"separ")
    monkeypatch.setattr("dipxl.files.edition.hash_to_keep", lambda path: "0" * 64)
    assert edition.keep(path) == CHANGING
    monkeypatch.undo()
    path.write_bytes(b"separuh dan seluruhnya")
    edition.keep(path)
    assert [kept.read_bytes() for kept in edition.archived().values()] == [b"separuh dan seluruhnya"]
    assert tree(edition.path("arsip")).keys() == {kept.name for kept in edition.archived().values()}


@pytest.mark.parametrize("trouble", [PermissionError, FileNotFoundError, OSError])
def test_a_file_that_cannot_be_read_is_no_stop(edition, tmp_path, monkeypatch, trouble):
    def refuse(path):
        raise trouble(path)

    monkeypatch.setattr("dipxl.files.archive.file_hash", refuse)
    (tmp_path / "formulir.xlsx").write_bytes(b"isi")
    assert edition.keep(tmp_path / "formulir.xlsx") == UNREACHABLE


def test_an_archived_copy_that_was_changed_is_put_right_when_the_file_is_there_again(edition, tmp_path):
    (tmp_path / "formulir.xlsx").write_bytes(b"isi")
    sha256 = edition.keep(tmp_path / "formulir.xlsx")
    kept = edition.archived()[sha256]
    kept.write_bytes(b"diubah")
    assert edition.keep(tmp_path / "formulir.xlsx") == sha256
    assert edition.archived() == {sha256: kept}


@pytest.mark.parametrize("name", ["tanpa", "aneh.x y z", "panjang.abcdefghijkl", "titik.", "BESAR.XLSX", "\udcff.xlsx"])
def test_the_name_in_the_archive_is_safe_whatever_the_files_name(edition, tmp_path, name):
    (tmp_path / name).write_bytes(b"isi")
    sha256 = edition.keep(tmp_path / name)
    kept = edition.archived()[sha256]
    assert re.fullmatch(r"0001-[0-9a-f]{16}(\.xlsx)?", kept.name)
    assert edition.keep(tmp_path / name) == sha256
    assert len(edition.history()) == 1


def test_other_things_in_the_archive_are_no_submissions(edition):
    for name in ("edisi-lalu.json", "0001-catatan.txt", "1-abc", "baca saya.md"):
        edition.path("arsip", name).write_bytes(b"x")
    assert edition.archived() == {}


def test_the_inbox_is_sorted_as_people_count(edition):
    names = ["formulir (10).xlsx", "formulir (2).xlsx", "formulir.xlsx", "kembali.xlsx"]
    for name in names:
        edition.path("1-himpun", "masuk", name).write_bytes(b"x")
    assert [path.name for path in edition.inbox("1-himpun", "masuk")] == [names[2], names[1], names[0], names[3]]


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
