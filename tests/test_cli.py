"""The command line: Indonesian throughout, one JSON object where asked, the right exit code, and never a traceback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from desk import FIRST_ROW, HEAD, JUNK, LIST, ROW, Desk, filled, tree, typed

import dipxl
from dipxl.cli import dip
from dipxl.tour.people import add_rows, edit_rows, opened, type_head

NEEDS_EDITION = {
    "bagikan": [], "himpun": [], "usulkan": [], "telaah": [], "dokumentasikan": [],
    "tetapkan": ["--nomor", "41 Tahun 2026", "--tanggal", "7 September 2026"],
    "publikasikan": [], "mutakhirkan": [], "status": [], "templat": [],
}  # fmt: skip
COMMANDS = ["contoh", "mulai", "periksa", "telusur", *NEEDS_EDITION]
ENGLISH = (
    r"(?i)\b(usage|options?|commands?|arguments?|show|error|try|help for|this message|and exit|default|required|text"
    r"|file|path|directory|version)\b"
)
HEAVY = {"pandas", "pandera", "openpyxl", "xlsxwriter", "docx", "docxtpl", "jinja2", "rich", "rapidfuzz", "babel"}
BROKEN_SEALS = ("", "[]", '{"daftar": {"edition": "x", "rows": ["a"]}, "keputusan": {}}', '{"daftar": 1}', "null")
FINDING = {"code", "severity", "sheet", "cells", "column", "value", "message", "remedy", "basis", "rows", "waiver"}


@pytest.fixture
def desk(monkeypatch, capsys):
    return Desk(monkeypatch, capsys)


def _python(*words, **environment):
    root = str(Path(dipxl.__file__).parents[1])
    env = os.environ | {"PYTHONPATH": root, "PYTHONUTF8": "1"} | environment
    return subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False)


def _assert_stopped(desk, told):
    """An exit 2 in words: one Indonesian sentence with its remedy on stderr, nothing on stdout."""
    code, error = told
    assert code == 2
    assert set(error) == {"verdict", "error"}
    assert error["verdict"] == "gagal"
    assert set(error["error"]) == {"code", "message", "remedy"}
    assert error["error"]["message"].endswith((".", "?"))
    assert "Traceback" not in desk.err


def test_every_command_of_the_program_is_tested_here():
    assert sorted(dip.commands) == sorted(COMMANDS)


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)], ids=lambda words: " ".join(words) or "dipxl")
def test_help_has_no_english_word(desk, words):
    assert desk.run(*words, "--help") == 0
    told = re.sub(r"--\w[\w-]*", "", desk.out)
    assert told.startswith("Cara pakai: ")
    assert re.findall(ENGLISH, told) == []


def test_help_loads_no_heavy_package():
    code = (
        "import sys; sys.argv = ['dipxl', '--help']\n"
        "from dipxl.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print(sorted({HEAVY} & set(sys.modules)), file=sys.stderr)"
    )
    done = _python("-c", code)
    assert done.stderr.strip() == "[]"
    assert "Perintah:" in done.stdout


def test_the_package_itself_loads_nothing_heavy_either():
    done = _python("-c", "import sys, dipxl; print({'pandas', 'click'} & set(sys.modules), dipxl.__version__)")
    assert done.stdout.split() == ["set()", dipxl.__version__]


def test_the_installed_program_answers(tmp_path):
    done = _python("-m", "dipxl", "status", str(tmp_path), LC_ALL="C", LANGUAGE="de")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "bukan folder edisi" in done.stderr


@pytest.mark.parametrize("name", NEEDS_EDITION)
@pytest.mark.parametrize("where", ["kosong", "tidak-ada", "berkas.txt"])
def test_without_an_edition_a_command_stops_and_changes_nothing(desk, tmp_path, name, where):
    (tmp_path / "kosong").mkdir()
    (tmp_path / "berkas.txt").write_text("halo")
    before = tree(tmp_path)
    _assert_stopped(desk, desk.json(name, tmp_path / where, *NEEDS_EDITION[name]))
    assert tree(tmp_path) == before
    assert desk.run(name, tmp_path / where, *NEEDS_EDITION[name]) == 2
    assert desk.out == ""
    assert desk.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [["tidakada"], ["himpun", "--salah"], ["himpun", "a", "b"], ["periksa"], ["mulai"], ["--salah"],
     ["bagikan", "--hari-ini", "besok"], ["contoh", "a", "b"], ["tetapkan", ".", "--nomor"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_use_is_said_in_indonesian(desk, words):
    _assert_stopped(desk, desk.json(*words))
    assert desk.run(*words) == 2
    assert desk.err.count("\n") == 1
    assert re.findall(ENGLISH, re.sub(r"'[^']*'|\"[^\"]*\"", "", desk.err)) == []


def test_without_a_command_the_help_is_shown(desk):
    assert desk.run() == 2
    assert "Perintah:" in desk.err


@pytest.mark.parametrize("name", ["contoh", "mulai"])
def test_a_folder_that_holds_something_is_not_written_into(desk, tmp_path, name):
    (tmp_path / "surat.txt").write_text("penting")
    _assert_stopped(desk, desk.json(name, tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["surat.txt"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("status", 1),
        *((n, 2) for n in ("himpun", "usulkan", "telaah", "dokumentasikan", "publikasikan", "mutakhirkan")),
    ],
)
def test_a_step_taken_too_early_says_so(desk, at, name, code):
    folder = at("bagikan")
    before = tree(folder)
    told = desk.json(name, folder)
    assert told[0] == code
    if code == 2:
        _assert_stopped(desk, told)
        assert tree(folder) == before


@pytest.mark.parametrize(
    "words",
    [[], ["--nomor", "41"], ["--tanggal", "7 September 2026"], ["--nomor", "41", "--tanggal", "kemarin"],
     ["--nomor", " ", "--tanggal", "7-9-2026"], ["--nomor", "41", "--tanggal", "31-9-2026"]],
)  # fmt: skip
def test_a_keputusan_needs_number_and_date(desk, at, words):
    folder = at("dokumentasikan")
    before = tree(folder)
    _assert_stopped(desk, desk.json("tetapkan", folder, *words))
    assert tree(folder) == before


# --- periksa ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "verdict", "code"),
    [
        ({}, "lolos", 0),
        ({"bentuk": "Hardcopy"}, "lolos", 0),
        ({"waktu": "kapan-kapan"}, "lolos", 1),
        ({"waktu": ""}, "perlu perbaikan", 1),
    ],
    ids=["bersih", "saran", "periksa", "wajib"],
)
def test_the_exit_code_follows_the_weightiest_finding(desk, tmp_path, cells, verdict, code):
    told = desk.json("periksa", filled(tmp_path, ROW | cells))
    assert (told[0], told[1]["verdict"], told[1]["files"][0]["verdict"]) == (code, verdict, verdict)


def test_the_machine_interface_has_every_promised_name(desk, tmp_path):
    path = filled(tmp_path, ROW | {"retensi": "Tahun 2025"})
    _, told = desk.json("periksa", path, "--rows")
    (file,) = told["files"]
    assert {"path", "verdict", "unit", "edition", "rows", "cells", "repairs", "findings", "records"} <= set(file)
    assert (file["path"], file["unit"], file["edition"], file["rows"]) == (str(path), "SEK", "2026-2", 1)
    assert set(file["cells"]) == {"typed", "taken", "reported"}
    assert set(file["findings"][0]) == FINDING
    assert set(file["repairs"][0]) == {"sheet", "cell", "before", "after", "why"}
    assert set(file["records"][0]) == {"sheet", "row", "values"}
    assert (file["records"][0]["row"], file["records"][0]["values"]["retensi"]) == (FIRST_ROW, "Tahun 2025")


def test_records_come_only_when_asked_for(desk, tmp_path):
    _, told = desk.json("periksa", filled(tmp_path, ROW))
    assert "records" not in told["files"][0]


@pytest.mark.parametrize("junk", JUNK)
def test_one_bad_file_has_its_own_verdict_and_the_others_go_on(desk, tmp_path, junk):
    (tmp_path / "buruk.xlsx").write_bytes(JUNK[junk])
    code, told = desk.json("periksa", tmp_path / "buruk.xlsx", filled(tmp_path, ROW))
    assert (code, told["verdict"]) == (1, "tidak terbaca")
    assert [file["verdict"] for file in told["files"]] == ["tidak terbaca", "lolos"]
    assert [f["code"] for f in told["files"][0]["findings"]] == ["tidak-terbaca"]


@pytest.mark.parametrize("name", ["~$formulir.xlsx", ".tersembunyi.xlsx", "map"])
def test_what_is_ignored_does_not_spoil_the_verdict(desk, tmp_path, name):
    if name == "map":
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_bytes(b"x")
    code, told = desk.json("periksa", tmp_path / name, filled(tmp_path, ROW))
    assert (code, told["verdict"], told["files"][0]["verdict"]) == (0, "lolos", "diabaikan")


def test_a_missing_file_among_others_is_said_and_the_others_go_on(desk, tmp_path):
    code, told = desk.json("periksa", filled(tmp_path, ROW), tmp_path / "tidak-ada.xlsx")
    assert (code, [file["verdict"] for file in told["files"]]) == (1, ["lolos", "tidak terbaca"])


@pytest.mark.parametrize("junk", [*JUNK, "tidak ada", "folder"])
def test_nothing_readable_is_a_stop(desk, tmp_path, junk):
    path = tmp_path / "buruk.xlsx"
    if junk == "folder":
        path.mkdir()
    elif junk in JUNK:
        path.write_bytes(JUNK[junk])
    _assert_stopped(desk, desk.json("periksa", path))
    assert "buruk.xlsx" in desk.out


def test_the_worst_file_gives_the_verdict(desk, tmp_path):
    (tmp_path / "a").mkdir()
    bad, good = filled(tmp_path / "a", ROW | {"waktu": ""}), filled(tmp_path, ROW)
    code, told = desk.json("periksa", good, bad)
    assert (code, told["verdict"]) == (1, "perlu perbaikan")


def test_in_words_a_finding_names_its_cell_and_what_to_do(desk, tmp_path):
    assert desk.run("periksa", filled(tmp_path, ROW | {"retensi": "Tahun 2025"})) == 1
    flat = " ".join(desk.out.replace("│", " ").split())
    assert desk.out.startswith("PERLU PERBAIKAN: ")
    assert f"F{FIRST_ROW}" in flat
    assert "Langkah berikut: " in flat


def test_control_characters_in_names_and_values_do_not_reach_the_terminal(desk, tmp_path):
    folder = tmp_path / "jahat\x1b[2J"
    folder.mkdir()
    desk.run("status", folder)
    assert "\x1b" not in desk.out + desk.err
    path = filled(tmp_path, ROW).rename(folder / "a\x1b[31m.xlsx")
    with opened(path, path) as book:
        typed(book[LIST], "daftar.bentuk", FIRST_ROW).value = "merah [bold]tebal[/bold]"
    desk.run("periksa", path)
    assert "\x1b" not in desk.out + desk.err
    assert "[bold]tebal" in " ".join(desk.out.replace("│", " ").split())


# --- himpun ----------------------------------------------------------------------------------------------------------


def test_himpun_tells_each_file_in_the_same_words_as_periksa(desk, at):
    folder = at("himpun")
    code, told = desk.json("himpun", folder)
    assert (code, told["verdict"]) == (1, "perlu perbaikan")
    assert len(told["files"]) == 6
    _, alone = desk.json("periksa", *(folder / file["path"] for file in told["files"]))
    for file, checked in zip(told["files"], alone["files"], strict=True):
        assert set(checked) <= set(file)
        for name in set(checked) - {"path", "edition"}:
            assert checked[name] == file[name]


@pytest.mark.parametrize("junk", JUNK)
def test_himpun_with_nothing_readable_stops_and_changes_nothing(desk, at, junk):
    folder = at("bagikan")
    (folder / "1-himpun" / "masuk" / "buruk.xlsx").write_bytes(JUNK[junk])
    before = tree(folder)
    _assert_stopped(desk, desk.json("himpun", folder))
    assert tree(folder) == before


def test_himpun_goes_on_past_everything_odd_in_masuk(desk, at):
    folder = at("himpun perbaikan")
    inbox = folder / "1-himpun" / "masuk"
    for name, content in JUNK.items():
        (inbox / f"{name}.xlsx").write_bytes(content)
    shutil.copytree(folder / "5-penetapan", inbox / "map")
    (inbox / "pintasan.xlsx").symlink_to(folder / "pengaturan.xlsx")
    (inbox / "~$a.xlsx").write_bytes(b"x")
    shutil.copy(folder / "pengaturan.xlsx", inbox / "pengaturan.xlsx")
    code, told = desk.json("himpun", folder)
    verdicts = {Path(file["path"]).name: file["verdict"] for file in told["files"]}
    assert (code, told["verdict"], told["rows"]) == (1, "tidak terbaca", 64)
    assert {verdicts[f"{name}.xlsx"] for name in JUNK} == {"tidak terbaca"}
    assert {verdicts[name] for name in ("map", "pintasan.xlsx", "~$a.xlsx")} == {"diabaikan"}
    assert verdicts["pengaturan.xlsx"] == "perlu perbaikan"
    assert desk.run("himpun", folder) == 1
    flat = desk.out.replace("│", " ")
    assert all(name in flat for name in ("foto.xlsx", "terkunci.xlsx", "map"))


def test_himpun_is_content_when_every_bidang_is(desk, at):
    folder = at("bagikan")
    for form in (folder / "1-himpun" / "keluar").glob("*.xlsx"):
        with opened(form, folder / "1-himpun" / "masuk" / form.name) as book:
            type_head(book[LIST], HEAD)
            add_rows(book[LIST], "daftar", [ROW])
    code, told = desk.json("himpun", folder)
    assert (code, told["verdict"], told["rows"]) == (0, "lolos", 6)
    assert [file["findings"] for file in told["files"]] == [[]] * 6


@pytest.mark.parametrize(
    "place", ["pengaturan.xlsx", "5-penetapan/segel.json", "riwayat.csv", "Buku Kendali.xlsx", "daftar.csv"]
)
def test_junk_in_the_edition_never_ends_in_a_traceback(desk, at, place):
    folder = at("publikasikan")
    (folder / place).write_bytes(JUNK["zip"])
    for name in ("himpun", "publikasikan", "mutakhirkan"):
        code, told = desk.json(name, folder)
        if place == "pengaturan.xlsx" or (place.endswith("json") and name != "himpun"):
            _assert_stopped(desk, (code, told))
        else:
            assert code in (0, 1)
            assert told["verdict"] in ("lolos", "perlu perbaikan", "tidak terbaca")
        assert (folder / place).read_bytes().startswith(JUNK["zip"])


@pytest.mark.parametrize("name", ["publikasikan", "mutakhirkan", "tetapkan"])
def test_a_broken_seal_stops_what_needs_it(desk, at, name):
    folder = at("publikasikan")
    for seal in BROKEN_SEALS if name == "publikasikan" else BROKEN_SEALS[2:3]:
        (folder / "5-penetapan" / "segel.json").write_text(seal)
        before = tree(folder.parent)
        told = desk.json(name, folder, *NEEDS_EDITION[name])
        _assert_stopped(desk, told)
        assert told[1]["error"]["code"] == "segel-rusak"
        assert tree(folder.parent) == before


def test_one_changed_letter_breaks_the_seal(desk, at):
    folder = at("publikasikan")
    seal = folder / "5-penetapan" / "segel.json"
    seal.write_text(seal.read_text("utf-8").replace("Rencana Strategis", "Rencana strategis", 1), encoding="utf-8")
    told = desk.json("publikasikan", folder)
    _assert_stopped(desk, told)
    assert told[1]["error"]["code"] == "segel-rusak"


def test_a_sealed_list_is_not_sealed_anew_with_other_content(desk, at):
    folder = at("tetapkan")
    book = folder / "3-telaah" / "masuk" / "Telaah DIP.xlsx"
    with opened(book, book) as workbook:
        edit_rows(workbook.active, {"Rencana Strategis": {"telaah.putusan": ""}})
    before = tree(folder)
    told = desk.json("tetapkan", folder, *NEEDS_EDITION["tetapkan"])
    _assert_stopped(desk, told)
    assert told[1]["error"]["code"] == "sudah-disegel"
    assert tree(folder) == before


@pytest.mark.parametrize("name", [n for n in NEEDS_EDITION if n not in ("mutakhirkan", "tetapkan")])
def test_every_command_prints_one_json_object_where_all_is_well(desk, at, name):
    folder = at("publikasikan")
    code, told = desk.json(name, folder)
    assert code in (0, 1)
    assert {"verdict", "headline", "next", "written"} <= set(told)


def test_the_next_edition_is_not_opened_twice(desk, at):
    folder = at("publikasikan")
    assert desk.json("mutakhirkan", folder)[0] == 0
    before = tree(folder.parent)
    _assert_stopped(desk, desk.json("mutakhirkan", folder))
    assert tree(folder.parent) == before


def test_a_folder_of_another_name_can_be_chosen_for_the_next_edition(desk, at, tmp_path):
    code, told = desk.json("mutakhirkan", at("publikasikan"), "--ke", tmp_path / "berikut")
    assert (code, told["edition"]) == (0, "2027-1")
    assert (tmp_path / "berikut" / "pengaturan.xlsx").is_file()


UNPRIVILEGED = """
import ctypes, os, sys
for right in (1, 2):  # root's, to write and to read past all permissions; nobody else has them to lose
    ctypes.CDLL(None).prctl(24, right, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "dipxl", *sys.argv[1:]])
"""


@pytest.mark.parametrize("closed", ["", "arsip", "1-himpun/kembali"])
def test_a_read_only_folder_is_said_in_one_sentence_and_heals_once_it_is_opened(desk, at, closed):
    folder = at("himpun")
    if closed == "arsip":
        filled(folder / "1-himpun" / "masuk", ROW)
    for path in (folder / "1-himpun" / "kembali").iterdir():
        path.unlink()
    (folder / closed).chmod(0o500)
    done = _python("-c", UNPRIVILEGED, "himpun", str(folder))
    (folder / closed).chmod(0o700)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "tidak dapat ditulis" in done.stderr
    assert [path for path in tree(folder) if Path(path).name.startswith(".")] == []
    assert desk.run("himpun", folder) == 1
    assert len(list((folder / "1-himpun" / "kembali").glob("*.xlsx"))) == 2


def test_a_full_disk_is_said_in_one_sentence(at):
    folder = at("bagikan")
    path = filled(folder / "1-himpun" / "masuk", ROW, head=HEAD)
    assert path.is_file()
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))\n"
        f"sys.argv = ['dipxl', 'himpun', {str(folder)!r}, '--json']\n"
        "from dipxl.cli import main; main()"
    )
    done = _python("-c", code, PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 2
    assert '"code": "tidak-tertulis"' in done.stdout
    assert done.stderr == ""
    assert not [p for p in folder.rglob("*") if p.suffix == ".sementara"]


def test_an_interrupt_is_no_traceback():
    code = (
        "import sys, dipxl\n"
        "def stop(folder): raise KeyboardInterrupt\n"
        "dipxl.status = stop\n"
        "sys.argv = ['dipxl', 'status', '--json']\n"
        "from dipxl.cli import main; main()"
    )
    done = _python("-c", code)
    assert done.returncode == 2
    assert '"code": "dihentikan"' in done.stdout
    assert "Traceback" not in done.stderr


def test_the_first_words_of_an_answer_are_its_verdict(desk, at):
    folder = at("himpun")
    assert desk.run("himpun", folder) == 1
    assert desk.out.startswith("PERLU PERBAIKAN: 4 dari 6 bidang selesai")
    assert "Langkah berikut: " in desk.out
