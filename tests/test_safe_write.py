"""Whatever happens while a file is written, its old or its new content stands there whole."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from desk import tree

import dipxl
from dipxl.errors import DipxlError
from dipxl.files import safe_write
from dipxl.files.safe_write import file_hash, swap_in

LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # a full disk, as the program sees it
from dipxl.errors import DipxlError
from dipxl.files.safe_write import swap_in
try:
    swap_in(Path(sys.argv[1]), b"baru" * 5000)
except DipxlError as stop:
    print(stop.code)
"""
RIMS = {"sync": (os, "fsync"), "read back": (safe_write, "file_hash"), "rename": (Path, "replace")}


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_bytes(b"lama")
    return path


@pytest.mark.parametrize("rim", RIMS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS], ids=errno.errorcode.get)
def test_a_refusal_at_any_point_leaves_the_old_file_and_no_remains(target, monkeypatch, rim, number):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*RIMS[rim], refuse)
    with pytest.raises(DipxlError) as stop:
        swap_in(target, b"baru")
    assert (stop.value.code, stop.value.__cause__.errno) == ("tidak-tertulis", number)
    assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("daftar.csv", b"lama")]


@pytest.mark.parametrize("rim", RIMS)
def test_an_interrupt_at_any_point_leaves_the_old_file_and_no_remains(target, monkeypatch, rim):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(*RIMS[rim], interrupt)
    with pytest.raises(KeyboardInterrupt):
        swap_in(target, b"baru")
    assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("daftar.csv", b"lama")]


def test_a_drive_that_keeps_something_else_than_was_written_does_not_get_to_replace_the_file(target, monkeypatch):
    sync = os.fsync

    def lose(handle):
        sync(handle)
        os.ftruncate(handle, 2)

    monkeypatch.setattr(os, "fsync", lose)
    with pytest.raises(DipxlError) as stop:
        swap_in(target, b"baru")
    assert (stop.value.code, tree(target.parent)) == (
        "tidak-tertulis",
        {"daftar.csv": hashlib.sha256(b"lama").hexdigest()},
    )


def test_a_full_disk_leaves_the_old_file_whole_and_no_remains(target):
    root = str(Path(dipxl.__file__).parents[1])
    words = [sys.executable, "-c", LIMITED, target]
    done = subprocess.run(words, env=os.environ | {"PYTHONPATH": root}, capture_output=True, text=True, check=True)
    assert done.stdout == "tidak-tertulis\n"
    assert tree(target.parent) == {"daftar.csv": hashlib.sha256(b"lama").hexdigest()}


def test_what_a_killed_run_left_is_taken_away_by_the_next(target):
    target.with_name(".daftar.csv.sementara").write_bytes(b"setenga")
    swap_in(target, b"baru")
    assert tree(target.parent) == {"daftar.csv": hashlib.sha256(b"baru").hexdigest()}


def test_a_link_in_the_place_of_the_temporary_file_is_not_followed(target):
    other = target.with_name("penting")
    other.write_bytes(b"penting")
    target.with_name(".daftar.csv.sementara").symlink_to(other)
    swap_in(target, b"baru")
    assert (target.read_bytes(), other.read_bytes()) == (b"baru", b"penting")


def test_a_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path):
    (tmp_path / "berkas").write_bytes(b"")
    with pytest.raises(DipxlError) as stop:
        swap_in(tmp_path / "berkas" / "daftar.csv", b"baru")
    assert stop.value.code == "tidak-tertulis"


def test_the_hash_of_a_large_file_is_taken_without_holding_it(tmp_path):
    path = tmp_path / "besar"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    tracemalloc.start()
    try:
        found = file_hash(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (found, peak < 4 * 1024 * 1024) == (hashlib.sha256(bytes(64 * 1024 * 1024)).hexdigest(), True)
