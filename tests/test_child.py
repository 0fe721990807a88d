import os
import time
from pathlib import Path

import pytest

from dipxl.errors import DipxlError
from dipxl.files.children import HANGS, KILLS, TOO_BIG, Limits, Unread, read_in_children
from dipxl.files.grids import grids

READER = """
import os, signal, sys, time

def read(path):
    print("suara pustaka", flush=True)
    os.write(1, b"suara pustaka")
    match path.name:
        case "gantung": time.sleep(60)
        case "mati": os._exit(9)
        case "keluar": sys.exit(0)
        case "rakus": bytearray(8 * 1024**3)
        case "dalam": read_deep(0)
        case "panik": raise type("PanicException", (BaseException,), {})("panik")
        case "salah": raise ValueError("isi salah")
        case "jahat": return Evil()
        case "besar": return "x" * (200 * 1024**2)
        case "pid": return os.getpid()
    return path.name

def read_deep(depth):
    return read_deep(depth + 1)

class Evil:
    def __reduce__(self):
        return os.system, ("exit 1",)
"""


@pytest.fixture
def reader(tmp_path, monkeypatch):
    (tmp_path / "pembaca_uji.py").write_text(READER, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "pembaca_uji:read"


def _read(reader, *names, **limits):
    return read_in_children([Path("masuk") / name for name in names], reader, limits=Limits(**limits))


def test_every_file_is_answered_in_its_place(reader):
    names = [f"berkas {number}" for number in range(30)]
    assert _read(reader, *names) == names


def test_no_files_are_no_work(reader):
    assert _read(reader) == []


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("mati", KILLS), ("keluar", KILLS), ("dalam", KILLS), ("panik", KILLS), ("rakus", TOO_BIG), ("besar", TOO_BIG)],
)
def test_a_file_that_breaks_its_reader_takes_no_other_with_it(reader, name, refusal):
    before, broken, after = _read(reader, "sebelum", name, "sesudah")
    assert (before, after) == ("sebelum", "sesudah")
    assert isinstance(broken, Unread)
    assert broken.refusal == refusal


def test_a_file_that_hangs_is_given_up_in_time_and_once(reader):
    start = time.monotonic()
    found = _read(reader, "sebelum", "gantung", "sesudah", seconds=1)
    assert [found[0], found[2]] == ["sebelum", "sesudah"]
    assert found[1] == Unread(HANGS, "hang")
    assert time.monotonic() - start < 30


def test_a_fault_of_the_reader_names_its_cause_for_engineers(reader):
    (found,) = _read(reader, "salah")
    assert found.cause == "ValueError: isi salah"


def test_an_answer_that_would_run_code_is_not_opened(reader):
    (found,) = _read(reader, "jahat")
    assert found.cause.startswith("UnpicklingError")


def test_a_process_is_renewed_after_its_share_of_files(reader):
    found = read_in_children([Path("pid")] * 4, reader, workers=1, limits=Limits(files=2))
    assert found[0] == found[1] != found[2] == found[3]
    assert os.getpid() not in found


def test_a_reader_that_cannot_be_started_stops_the_step():
    with pytest.raises(DipxlError):
        read_in_children([Path("a")], "dipxl.files.tidak_ada:read")


def test_a_workbook_reads_the_same_in_a_child(repo_root):
    form = repo_root / "workbook_templates" / "formulir-bidang.xlsx"
    assert read_in_children([form], "dipxl.files.grids:grids") == [grids(form)]


def test_names_that_are_no_text_reach_the_child(reader):
    name = os.fsdecode(b"berkas \xff.xlsx")
    assert _read(reader, "é ü.xlsx", name, "baris\nbaru") == ["é ü.xlsx", name, "baris\nbaru"]
