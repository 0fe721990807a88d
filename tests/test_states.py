"""The state of every bidang and of every file, told anew on each run from what people sent and decided."""

from __future__ import annotations

import shutil

import pytest
from desk import ADA, FIRST_ROW, HEAD, JUNK, LIST, NIHIL, ROW, Desk, found_at, only, tree, typed
from openpyxl import load_workbook

import dipxl
from dipxl.files import settings_book
from dipxl.files.collected import collect
from dipxl.files.control_book import FILES, UNITS
from dipxl.files.edition import Edition
from dipxl.tour import office
from dipxl.tour.people import add_rows, opened, type_head

DAY = office.day("himpun")
NAME = "formulir-sekretariat.xlsx"
FAULTY = ROW | {"retensi": "Tahun 2025"}
DOUBTFUL = ROW | {"waktu": "kapan-kapan"}


@pytest.fixture
def folder(at):
    return at("bagikan")


def _send(folder, *rows, name=NAME, pernyataan=ADA):
    """The Sekretariat fills its form and sends it under a name; then all that came is taken in."""
    inbox = folder / "1-himpun" / "masuk"
    with opened(folder / "1-himpun" / "keluar" / NAME, inbox / name) as book:
        type_head(book[LIST], HEAD | {"pernyataan": pernyataan})
        add_rows(book[LIST], "daftar", rows)
    dipxl.himpun(folder, DAY)
    return inbox / name


def _collected(folder):
    edition = Edition(folder)
    return collect(edition, settings_book.settings(edition.settings))


def _states(folder):
    """The state of the Sekretariat, and of each file of any bidang in the order first seen."""
    collected = _collected(folder)
    return collected.states["SEK"], [s.state for s in collected.submissions]


def _withdraw(folder, *words):
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        for place, text in enumerate(words, start=1):
            book["Berkas Ditarik"].cell(4, place).value = text


def _listed(folder, title):
    """A sheet of Buku Kendali as dictionaries by its headings."""
    columns = {"Bidang": UNITS, "Berkas": FILES}[title]
    rows = load_workbook(folder / "Buku Kendali.xlsx")[title].iter_rows(values_only=True)
    lines = [[cell or "" for cell in row[: len(columns)]] for row in rows]
    start = lines.index([heading for heading, _ in columns])
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def _unit(folder):
    return next(line for line in _listed(folder, "Bidang") if line["Kode"] == "SEK")


@pytest.mark.parametrize(
    ("rows", "pernyataan", "state", "attention"),
    [
        ([ROW], ADA, "lolos", False),
        ([DOUBTFUL], ADA, "lolos", True),
        ([FAULTY], ADA, "perlu perbaikan", True),
        ([ROW, FAULTY], ADA, "perlu perbaikan", True),
        ([], NIHIL, "nihil", False),
        ([ROW], NIHIL, "perlu perbaikan", True),
        ([], ADA, "perlu perbaikan", True),
    ],
    ids=["bersih", "meragukan", "keliru", "sebagian keliru", "nihil", "nihil berisi", "ada tetapi kosong"],
)
def test_the_latest_form_of_a_bidang_gives_its_state(folder, rows, pernyataan, state, attention):
    _send(folder, *rows, pernyataan=pernyataan)
    assert _states(folder) == (state, [state])
    assert only(_collected(folder).submissions).examined.attention is attention


def test_who_sent_nothing_has_not_sent(folder):
    assert _states(folder) == ("belum kirim", [])


@pytest.mark.parametrize("junk", ["teks", "foto", "terkunci"])
def test_a_file_that_cannot_be_read_is_nobodys_and_takes_nothing_away(folder, junk):
    _send(folder, ROW)
    (folder / "1-himpun" / "masuk" / "zz.xlsx").write_bytes(JUNK[junk])
    dipxl.himpun(folder, DAY)
    assert _states(folder) == ("lolos", ["lolos", "tidak terbaca"])
    assert _listed(folder, "Berkas")[1]["Keterangan"] == _collected(folder).submissions[1].examined.returned.problem


def test_the_later_seen_replaces_the_earlier_whatever_its_name_and_both_stay_in_the_archive(folder):
    first = _send(folder, FAULTY, name="z.xlsx")
    second = _send(folder, ROW, name="a.xlsx")
    assert _states(folder) == ("lolos", ["digantikan", "lolos"])
    kept = list(Edition(folder).archived().values())
    assert [path.read_bytes() for path in kept] == [first.read_bytes(), second.read_bytes()]
    assert [path.name[:5] for path in kept] == ["0001-", "0002-"]
    assert [(line["Berkas"], line["Keterangan"]) for line in _listed(folder, "Berkas")] == [
        ("z.xlsx", "digantikan oleh a.xlsx"),
        ("a.xlsx", ""),
    ]


def test_a_fault_that_came_back_makes_the_state_worse_again(folder):
    for row, state in [(FAULTY, "perlu perbaikan"), (ROW, "lolos"), (FAULTY | {"waktu": "2025"}, "perlu perbaikan")]:
        _send(folder, row)
        assert _states(folder)[0] == state


def test_a_withdrawal_says_why_and_who_and_lets_the_earlier_file_count_again(folder):
    _send(folder, ROW, name="a.xlsx")
    _send(folder, FAULTY, name="b.xlsx")
    _withdraw(folder, "b.xlsx", "Salah kirim", "Wulan, PPID Pelaksana")
    dipxl.himpun(folder, DAY)
    assert _states(folder) == ("lolos", ["lolos", "ditarik"])
    assert _listed(folder, "Berkas")[1]["Keterangan"] == "Salah kirim (Wulan, PPID Pelaksana)"
    _withdraw(folder, None, None, None)
    assert _states(folder) == ("perlu perbaikan", ["digantikan", "perlu perbaikan"])


# --- a bidang that takes no part -------------------------------------------------------------------------------------


def _skip(folder, reason="Baru dibentuk", by="PPID"):
    """The officer leaves the Sekretariat out, or takes it in again."""
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        row = next(cell.row for (cell,) in book["Bidang"]["A1:A20"] if cell.value == "SEK")
        book["Bidang"].cell(row, 5).value, book["Bidang"].cell(row, 6).value = reason, by


def test_a_bidang_that_takes_no_part_is_done_and_the_control_book_says_why_and_who(folder):
    _skip(folder)
    form = "formulir-upt-penilaian-kompetensi.xlsx"
    with opened(folder / "1-himpun" / "keluar" / form, folder / "1-himpun" / "masuk" / form) as book:
        type_head(book[LIST], HEAD | {"pernyataan": NIHIL})
    dipxl.himpun(folder, DAY)
    assert _unit(folder) == {
        "Kode": "SEK", "Bidang": "Sekretariat", "Keadaan": "dilewati", "Baris": "", "Wajib diperbaiki": "",
        "Perlu diperiksa": "", "Belum dikonfirmasi": "", "Berkas": "", "Langkah berikut": "-",
        "Keterangan": "Baru dibentuk (PPID)",
    }  # fmt: skip


def test_what_a_bidang_sends_that_takes_no_part_is_received_and_waits_until_it_does(folder):
    _skip(folder)
    _send(folder, FAULTY)
    report = dipxl.himpun(folder, DAY)
    assert _states(folder) == ("dilewati", ["diterima"])
    assert (report.verdict, report.data["rows"], list((folder / "1-himpun/kembali").iterdir())) == ("lolos", 0, [])
    unit, file = _unit(folder), only(_listed(folder, "Berkas"))
    assert (unit["Berkas"], unit["Keterangan"]) == (
        NAME,
        "Baru dibentuk (PPID); kirimannya disimpan dan belum dihitung",
    )
    assert (file["Keadaan"], "dilewati" in file["Keterangan"]) == ("diterima", True)
    _skip(folder, None, None)
    assert dipxl.himpun(folder, DAY).data["rows"] == 1
    assert _states(folder) == ("perlu perbaikan", ["perlu perbaikan"])


def test_of_several_files_of_a_bidang_that_takes_no_part_the_last_is_received(folder):
    _send(folder, FAULTY, name="a.xlsx")
    _send(folder, ROW, name="b.xlsx")
    _skip(folder)
    assert _states(folder) == ("dilewati", ["digantikan", "diterima"])


def test_the_kode_of_rows_is_the_same_whether_their_bidang_was_left_out_for_a_time_or_not(folder):
    _skip(folder)
    _send(folder, ROW)
    _skip(folder, None, None)
    assert [entry.kode for entry in _collected(folder).register] == ["SEK-0001"]


# --- the same again --------------------------------------------------------------------------------------------------


def test_the_very_same_file_under_another_name_is_told_and_not_archived_again(folder):
    path = _send(folder, ROW)
    shutil.copy(path, path.with_name("Formulir Sekretariat (1).xlsx"))
    report = dipxl.himpun(folder, DAY)
    assert ("Kiriman ulang yang sama persis", "1") in report.facts
    assert only(report.data["files"])["copies"] == ["Formulir Sekretariat (1).xlsx"]
    assert len(Edition(folder).archived()) == 1
    again = _listed(folder, "Berkas")[1]
    assert (again["Berkas"], again["Keadaan"]) == ("Formulir Sekretariat (1).xlsx", "kiriman ulang")
    assert again["Keterangan"] == f"sama persis dengan {NAME}"
    assert _unit(folder)["Keterangan"] == "dikirim ulang sama persis: Formulir Sekretariat (1).xlsx"


def test_an_old_file_sent_again_does_not_come_back_to_life_and_that_is_told(folder):
    old = _send(folder, FAULTY, name="a.xlsx")
    _send(folder, ROW, name="b.xlsx")
    shutil.copy(old, old.with_name("c.xlsx"))
    report = dipxl.himpun(folder, DAY)
    assert ("Kiriman ulang yang sama persis", "1, 1 di antaranya sudah digantikan") in report.facts
    assert _states(folder) == ("lolos", ["digantikan", "lolos"])
    told = {line["Berkas"]: line["Keterangan"] for line in _listed(folder, "Berkas")}
    assert told["c.xlsx"] == "sama persis dengan a.xlsx yang sudah digantikan"


def test_the_same_file_in_masuk_run_after_run_is_no_resubmission(folder):
    _send(folder, ROW)
    dipxl.himpun(folder, DAY)
    assert only(_collected(folder).submissions).copies == ()


@pytest.mark.parametrize("name", ["formulir (salinan konflik Budi 2026-08-12).xlsx", "formulir-LAPTOP-AB12.xlsx"])
def test_the_copy_of_a_sync_conflict_counts_as_the_latest_and_is_asked_about(folder, name):
    _send(folder, ROW)
    _send(folder, ROW | {"waktu": "2025"}, name=name)
    submissions = _collected(folder).submissions
    assert [s.state for s in submissions] == ["digantikan", "lolos"]
    assert [[f.code for f in s.examined.findings] for s in submissions] == [[], ["salinan-sinkronisasi"]]


def test_a_conflict_copy_with_nothing_else_in_it_than_the_form_is_no_conflict(folder):
    path = _send(folder, ROW)
    shutil.copy(path, path.with_name("formulir-LAPTOP-AB12.xlsx"))
    dipxl.himpun(folder, DAY)
    assert list(only(_collected(folder).submissions).examined.findings) == []


# --- the archive -----------------------------------------------------------------------------------------------------


def test_a_file_too_large_to_keep_is_named_and_the_others_count(folder):
    path = _send(folder, ROW)
    with path.with_name("film.xlsx").open("wb") as film:
        film.truncate(2 * 1024**3)
    report = dipxl.himpun(folder, DAY)
    assert (report.exit_code, report.data["rows"], len(Edition(folder).archived())) == (1, 1, 1)
    (line,) = [line for line in report.lines if line[1] == "film.xlsx"]
    assert line[2].startswith("Berkas ini lebih besar dari 100 MB")


def test_an_archived_file_that_somebody_saved_anew_is_asked_about_and_heals_when_sent_again(folder):
    path = _send(folder, ROW)
    sent = path.read_bytes()
    (kept,) = Edition(folder).archived().values()
    with opened(kept, kept) as book:
        typed(book[LIST], "daftar.waktu", FIRST_ROW).value = "1999"
    path.unlink()
    dipxl.himpun(folder, DAY)
    found = only(_collected(folder).submissions).examined.findings
    assert [f.code for f in found] == ["arsip-berubah"]
    path.write_bytes(sent)
    dipxl.himpun(folder, DAY)
    assert only(_collected(folder).submissions).examined.findings.all == ()
    assert kept.read_bytes() == sent


# --- Buku Kendali ----------------------------------------------------------------------------------------------------


def test_equal_repairs_are_one_line_with_all_their_cells_and_their_exact_number(folder):
    rows = [ROW | {"ringkasan": f"Laporan bulan ke-{number} Tahun 2026"} for number in range(1, 31)]
    _send(folder, *rows, ROW | {"tempat": "Gudang", "ringkasan": "Berkas lama Tahun 2025"})
    sheet = load_workbook(folder / "Buku Kendali.xlsx")["Perbaikan Otomatis"]
    lines = [line for line in sheet.iter_rows(min_row=2, values_only=True) if line[6] == "diisi dari kepala lembar"]
    repairs = only(_collected(folder).submissions).examined.repairs
    assert sum(int(line[3]) for line in lines) == len(repairs) == 30 * 3 + 2
    last = FIRST_ROW + 29
    assert {(line[2], line[3], line[5]) for line in lines} == {
        (f"G{FIRST_ROW}-G{last}", "30", "Tanjung Asri"),
        (f"H{FIRST_ROW}-H{last + 1}", "31", "Sekretariat"),
        (f"I{FIRST_ROW}-I{last + 1}", "31", "Sekretaris Badan"),
    }


def test_a_copy_of_the_folder_tells_the_same_states(folder, tmp_path):
    _send(folder, FAULTY, name="a.xlsx")
    _send(folder, ROW, name="b.xlsx")
    shutil.copytree(folder, tmp_path / "salinan")
    assert _states(tmp_path / "salinan") == _states(folder)
    before = tree(tmp_path / "salinan")
    dipxl.himpun(tmp_path / "salinan", DAY)
    assert tree(tmp_path / "salinan") == before


def test_the_states_are_told_as_json(folder, monkeypatch, capsys):
    _send(folder, FAULTY)
    told = Desk(monkeypatch, capsys).json("status", folder)[1]
    assert (told["bidang"]["SEK"], told["bidang"]["UPT"]) == ("perlu perbaikan", "belum kirim")
    assert found_at(only(_collected(folder).submissions).examined, "tahun-sebagai-retensi") == [f"{LIST}!F{FIRST_ROW}"]
