"""One command at a time in an edition, also where a run was killed and where the drive knows no locks."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest
from desk import Desk, tree

import dipxl
from dipxl.errors import DipxlError
from dipxl.files import run_lock
from dipxl.files.edition import Edition
from dipxl.files.run_lock import ABANDONED, LOCK, UNWRITTEN, alone

WRITING = {
    "bagikan": [], "himpun": [], "usulkan": [], "telaah": [], "dokumentasikan": [],
    "tetapkan": ["--nomor", "41 Tahun 2026", "--tanggal", "7 September 2026"],
    "publikasikan": [], "mutakhirkan": [], "templat": [],
}  # fmt: skip
HOLD = """
import sys
from pathlib import Path
from dipxl.files import run_lock
if sys.argv[2] == "tanpa kunci":
    run_lock._system_lock = lambda handle: None
with run_lock.alone(Path(sys.argv[1])):
    print("siap", flush=True)
    sys.stdin.read()
"""
CONTEND = """
import sys
from pathlib import Path
from dipxl.errors import DipxlError
from dipxl.files import run_lock
folder = Path(sys.argv[1])
if sys.argv[2] == "tanpa kunci":
    run_lock._system_lock = lambda handle: None
held = 0
while held < 15:
    try:
        with run_lock.alone(folder):
            (folder / "di dalam").mkdir()  # fails when another is inside
            (folder / "di dalam").rmdir()
            held += 1
    except DipxlError as stop:
        assert stop.code == "sedang-dikerjakan", stop
"""
ELSEWHERE = {"komputer": "PC-ARSIP", "proses": 1, "sejak": "2026-08-12T10:15:00+07:00"}
DRIVES = ("biasa", "tanpa kunci")


@pytest.fixture
def desk(monkeypatch, capsys):
    return Desk(monkeypatch, capsys)


@pytest.fixture
def lockless(monkeypatch):
    monkeypatch.setattr(run_lock, "_system_lock", lambda handle: None)


def _started(code, *words):
    environment = os.environ | {"PYTHONPATH": str(Path(dipxl.__file__).parents[1])}
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _holding(folder, drive="biasa"):
    """A process that holds the lock until its input ends."""
    process = _started(HOLD, folder, drive)
    assert process.stdout.readline() == "siap\n"
    return process


def _killed(process):
    process.kill()
    process.communicate()
    return process.pid


def _left(folder, words, age=0):
    """A lock as a run left it, so many seconds ago."""
    path = folder / LOCK
    path.write_text(words if isinstance(words, str) else json.dumps(words))
    os.utime(path, (time.time() - age,) * 2)
    return path


def _stop(folder):
    with pytest.raises(DipxlError) as stop, alone(folder):
        pass
    return stop.value


@pytest.mark.parametrize("name", WRITING)
def test_a_command_that_writes_stops_while_another_is_at_work_and_changes_nothing(desk, at, name):
    folder = at("publikasikan")
    before = tree(folder.parent)
    with Edition(folder).alone():
        code, told = desk.json(name, folder, *WRITING[name])
    assert (code, told["error"]["code"]) == (2, "sedang-dikerjakan")
    assert tree(folder.parent) == before


def test_a_command_that_only_looks_does_not_wait(desk, at):
    folder = at("publikasikan")
    with Edition(folder).alone():
        assert desk.json("status", folder)[0] == 0


def test_the_stop_says_which_computer_and_since_when_in_one_line(desk, at):
    folder = at("bagikan")
    with Edition(folder).alone():
        since = json.loads((folder / LOCK).read_text())["sejak"][11:16].replace(":", ".")
        assert desk.run("himpun", folder) == 2
    told = f'Folder "dip-2026-2" sedang dikerjakan perintah dipxl lain (komputer {platform.node()}, sejak {since}).'
    assert desk.err == f"{told} Tunggu sampai selesai, lalu ulangi.\n"


@pytest.mark.parametrize("name", ["templat", "publikasikan", "mutakhirkan"])
def test_no_lock_stays_after_a_command_whether_it_ended_well_or_stopped(desk, at, name):
    folder = at("himpun")
    desk.run(name, folder)
    assert not [path for path in tree(folder.parent) if LOCK in path]


def test_no_lock_stays_after_an_interrupt(tmp_path):
    with pytest.raises(KeyboardInterrupt), alone(tmp_path):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("drive", DRIVES)
def test_a_lock_held_by_a_living_process_is_respected(tmp_path, monkeypatch, drive):
    if drive != "biasa":
        monkeypatch.setattr(run_lock, "_system_lock", lambda handle: None)
    holder = _holding(tmp_path, drive)
    assert _stop(tmp_path).code == "sedang-dikerjakan"
    holder.communicate("")
    with alone(tmp_path):
        assert json.loads((tmp_path / LOCK).read_text())["proses"] == os.getpid()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("drive", DRIVES)
def test_the_lock_of_a_killed_process_is_taken_over_and_taken_away(tmp_path, monkeypatch, drive):
    if drive != "biasa":
        monkeypatch.setattr(run_lock, "_system_lock", lambda handle: None)
    _killed(_holding(tmp_path, drive))
    assert (tmp_path / LOCK).is_file()
    with alone(tmp_path):
        assert json.loads((tmp_path / LOCK).read_text())["proses"] == os.getpid()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("drive", DRIVES)
def test_of_several_processes_at_once_one_alone_is_inside(tmp_path, drive):
    processes = [_started(CONTEND, tmp_path, drive) for _ in range(3)]
    assert [(process.wait(), process.communicate()[0]) for process in processes] == [(0, "")] * 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("drive", DRIVES)
def test_the_lock_of_another_computer_is_respected_until_no_run_could_take_as_long(tmp_path, monkeypatch, drive):
    if drive != "biasa":
        monkeypatch.setattr(run_lock, "_system_lock", lambda handle: None)
    _left(tmp_path, ELSEWHERE, age=ABANDONED - 100)
    stop = _stop(tmp_path)
    assert (stop.code, "komputer PC-ARSIP, sejak 10.15" in stop.message, LOCK in stop.remedy) == (
        "sedang-dikerjakan",
        True,
        True,
    )
    _left(tmp_path, ELSEWHERE, age=ABANDONED + 100)
    with alone(tmp_path):
        assert json.loads((tmp_path / LOCK).read_text())["komputer"] == platform.node()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("lockless")
@pytest.mark.parametrize("words", ["", "{", "[]", "null", '{"proses": "x"}', '{"proses": -1}', '{"proses": 1e99}'])
def test_a_lock_without_sense_holds_nobody_up_for_long(tmp_path, words):
    _left(tmp_path, words, age=max(ABANDONED, UNWRITTEN) + 100)
    with alone(tmp_path):
        assert (tmp_path / LOCK).is_file()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("lockless")
def test_a_lock_that_was_only_just_made_is_respected_before_its_holder_has_signed(tmp_path):
    _left(tmp_path, "")
    assert _stop(tmp_path).code == "sedang-dikerjakan"


def test_a_link_in_the_place_of_the_lock_is_not_written_through(tmp_path):
    (tmp_path / "penting").write_bytes(b"penting")
    (tmp_path / LOCK).symlink_to(tmp_path / "penting")
    assert _stop(tmp_path).code == "tidak-tertulis"
    assert (tmp_path / "penting").read_bytes() == b"penting"


def test_where_no_lock_can_be_made_nothing_is_begun(desk, at):
    folder = at("himpun")
    (folder / LOCK).mkdir()
    before = tree(folder)
    code, told = desk.json("himpun", folder)
    assert (code, told["error"]["code"]) == (2, "tidak-tertulis")
    assert told["error"]["message"] == 'Folder "dip-2026-2" tidak dapat ditulisi.'
    assert tree(folder) == before


def test_what_a_killed_run_left_half_written_is_gone_after_the_next_but_nothing_in_masuk(at):
    folder = at("himpun")
    left = [folder / name / ".x.xlsx.sementara" for name in ("", "arsip", "1-himpun/kembali", "1-himpun/masuk")]
    for path in left:
        path.write_bytes(b"setenga")
    dipxl.templat(folder)
    assert [path.exists() for path in left] == [False, False, False, True]
