"""A step that is killed or refused at any touch of the disk: old or new, never half, and the same command heals."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from desk import Desk, tree

import dipxl
from dipxl.tour import contoh, office

SCRIPT = Path(__file__).with_name("sample_crash.py")
DECREE = office.office()["keputusan"]
STEPS = {  # what stands before each step of the story, and the command
    "bagikan": ("mulai", ["--hari-ini", str(office.day("bagikan"))]),
    "himpun": ("bagikan", ["--hari-ini", str(office.day("himpun"))]),
    "usulkan": ("himpun perbaikan", []),
    "telaah": ("usulkan", []),
    "dokumentasikan": ("telaah", ["--hari-ini", str(office.day("dokumentasikan"))]),
    "tetapkan": ("dokumentasikan", ["--nomor", DECREE["nomor"], "--tanggal", DECREE["tanggal"]]),
    "publikasikan": ("tetapkan", []),
    "mutakhirkan": ("publikasikan", []),
    "templat": ("bagikan", []),
}
POINTS = 3  # in a step at which each trouble is tried; a killed himpun is tried at every one
TROUBLES = ("mati", "ENOSPC", "EACCES", "EIO")
SHORT = {  # of the normal run: how far into a step, in hundredths, and what happens there
    "himpun": [*((p, "mati") for p in (1, 12, 30, 55, 78, 97)), (20, "ENOSPC"), (60, "EACCES"), (70, "EIO")],
    "mutakhirkan": [(40, "mati"), (85, "mati")],
    "tetapkan": [(50, "mati")],
}
SENT = ("formulir-bidang-mutasi-dan-promosi.xlsx", "formulir-sekretariat.xlsx")


@pytest.fixture
def desk(monkeypatch, capsys):
    return Desk(monkeypatch, capsys)


def _run(folder, name, trouble="mati", number=0):
    """The command's exit code, what it said on stderr, and its touches of the disk."""
    words = [sys.executable, str(SCRIPT), str(folder.parent), trouble, str(number), name, str(folder), *STEPS[name][1]]
    env = os.environ | {"PYTHONPATH": str(Path(dipxl.__file__).parents[1])}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr, done.stdout.partition("\njejak:\n")[2]


@pytest.fixture(scope="module")
def before(stages, tmp_path_factory):
    """`before("himpun")` is a folder as it stood before that step, and how it stands after it undisturbed."""
    root = tmp_path_factory.mktemp("sebelum")

    def prepared(name):
        if not (root / name).exists():
            shutil.copytree(stages[STEPS[name][0]], root / name / "lama")
            folder = root / name / "lama" / "dip-2026-2"
            if name == "bagikan":
                contoh._fill_settings(contoh.Edition(folder))
            if name == "himpun":
                for sent in SENT:
                    shutil.copy(stages["himpun"] / "dip-2026-2/1-himpun/masuk" / sent, folder / "1-himpun/masuk")
            shutil.copytree(root / name / "lama", root / name / "baru")
            code, said, touches = _run(root / name / "baru" / "dip-2026-2", name)
            assert (code in (0, 1), said) == (True, "")
            (root / name / "jejak").write_text(touches)
        return root / name / "lama", root / name / "baru", (root / name / "jejak").read_text().splitlines()

    return prepared


def _files(folder):
    """Every file with its hash, save the log, in which an interrupted run leaves its lines."""
    return {path: sha256 for path, sha256 in tree(folder).items() if not path.endswith("riwayat.csv")}


def _half(path):
    name = path.rpartition("/")[2]
    return name.startswith(".") and name.endswith((".sementara", ".dipxl-kunci"))


def _try(before, root, name, trouble, number):
    """Let a step go wrong in a copy below `root`, and see that all files are whole; gives the copy's edition."""
    old, new, _ = before(name)
    shutil.copytree(old, root)
    folder = root / "dip-2026-2"
    code, said, _ = _run(folder, name, trouble, number)
    assert "Traceback" not in said
    assert code == 9 if trouble == "mati" else code in (0, 1, 2)
    found = {(path, sha256) for path, sha256 in _files(root).items() if not _half(path)}
    beside = {path for path, _ in found - (_files(old).items() | _files(new).items())}
    assert not beside if trouble != "EACCES" else all(" (2)" in path for path in beside)
    assert _files(old).keys() <= {path for path, _ in found}
    return folder


def _heal(before, desk, folder, name):
    """Give the same command again, in this process; afterwards all is as if nothing had gone wrong."""
    code = desk.run(name, folder, *STEPS[name][1])
    opened = name == "mutakhirkan" and code == 2 and "sudah berisi" in desk.err
    assert (code in (0, 1) and not desk.err) or opened
    assert _files(folder.parent) == _files(before(name)[1])


@pytest.mark.parametrize(
    "case", [(name, *case) for name, cases in SHORT.items() for case in cases], ids=lambda c: "-".join(map(str, c))
)
def test_a_step_that_went_wrong_leaves_whole_files_and_the_same_command_heals(before, desk, tmp_path, case):
    name, percent, trouble = case
    folder = _try(before, tmp_path / "kini", name, trouble, 1 + len(before(name)[2]) * percent // 100)
    _heal(before, desk, folder, name)


@pytest.mark.fuzz
@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_went_wrong_at_any_touch_of_the_disk_heals(before, desk, tmp_path, name, trouble):
    touches = len(before(name)[2])
    every = 1 if (name, trouble) == ("himpun", "mati") else max(1, touches // POINTS)
    for number in range(1, touches + 1, every):
        _heal(before, desk, _try(before, tmp_path / str(number), name, trouble, number), name)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_opens_for_writing_nothing_but_its_own_temporary_files_the_lock_and_the_log(before, name):
    touches = [touch.split(" ", 1) for touch in before(name)[2]]
    opened = {path for what, path in touches if what == "open" and not path.endswith(("riwayat.csv", ".dipxl-kunci"))}
    moved = {path for what, path in touches if what in ("os.rename", "os.remove")}
    assert all(_half(path) for path in opened | moved if not path.endswith(".dipxl-kunci"))
    assert not [path for path in opened | moved if "masuk" in path]


def test_the_log_of_a_run_that_was_refused_names_the_file(before, tmp_path):
    shutil.copytree(before("himpun")[0], tmp_path / "kini")
    touches = before("himpun")[2]
    rename = next(i for i, touch in enumerate(touches, 1) if touch.startswith("os.rename") and "daftar.csv" in touch)
    code, said, _ = _run(tmp_path / "kini" / "dip-2026-2", "himpun", "ENOSPC", rename)
    assert (code, said.startswith('Berkas "daftar.csv" tidak dapat ditulis.'), said.count("\n")) == (2, True, 1)
