"""The starter, run as a person runs it, in a small checkout whose lock lists one tiny package made here."""

import ast
import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

# The Python below the one that runs the tests: .venv has no pip, and setting up starts from a Python that has.
PYTHON = getattr(sys, "_base_executable", sys.executable)
DIPXL = "import sys, tiny\nprint('dipxl', tiny.VERSION, *sys.argv[1:])\nsys.exit(1)\n"


@dataclass(frozen=True)
class Checkout:
    """A checkout in a folder whose name has a space and an accent."""

    root: Path

    def run(self, *words: str, options: tuple[str, ...] = (), **environ: str) -> subprocess.CompletedProcess[str]:
        # No index is asked: the tiny package lies in a folder.
        wheels = (self.root / "wheels").as_uri()
        settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            [PYTHON, *options, str(self.root / "jalankan.py"), *words],
            capture_output=True,
            check=False,
            cwd=self.root.parent,
            encoding="utf-8",
            env=os.environ | settings | environ,
        )

    def lock(self, version: str, name: str = "requirements.lock") -> None:
        wheel = _tiny_wheel(self.root / "wheels", version)
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        (self.root / name).write_text(f"tiny=={version} --hash=sha256:{digest}\n")

    @property
    def venv(self) -> Path:
        return self.root / ".venv"


@pytest.fixture
def small(tmp_path: Path, repo_root: Path) -> Checkout:
    root = tmp_path / "uji coba é"
    (root / "dipxl").mkdir(parents=True)
    (root / "wheels").mkdir()
    (root / "dipxl/__main__.py").write_text(DIPXL)
    shutil.copy(repo_root / "jalankan.py", root)
    small = Checkout(root)
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-notebook.lock"):
        small.lock("1", lock)
    return small


@pytest.fixture
def ready(small: Checkout) -> Checkout:
    _needs_pip()
    small.run("dipxl")
    return small


def test_without_a_word_it_explains_itself_in_indonesian(small: Checkout):
    done = small.run()
    assert done.returncode == 0
    assert done.stdout.startswith("Pemakaian: python3 jalankan.py")
    assert not re.search(r"usage|options|show|help|error", done.stdout, re.IGNORECASE)
    assert small.run("bantuan").stdout == small.run("--help").stdout == done.stdout


def test_every_word_in_the_help_is_a_word_it_knows(small: Checkout):
    offered = re.findall(r"^  (\w+)", small.run().stdout, re.MULTILINE)
    known = small.run("apa").stderr.split("pilihannya: ")[1].strip(" .\n").split(", ")
    assert sorted(offered) == sorted(known)


def test_an_unknown_word_is_answered_with_one_sentence(small: Checkout):
    done = small.run("hapus\x1b[2J")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr
    assert not small.venv.exists()


def test_an_old_python_can_read_it(repo_root: Path):
    source = (repo_root / "jalankan.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert source.isascii()


def test_an_old_python_is_told_which_one_is_needed(small: Checkout):
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path(sys.argv[1], run_name='__main__')"
    command = [PYTHON, "-c", pretend, str(small.root / "jalankan.py"), "demo"]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert done.stderr == "dipxl memerlukan Python 3.11 atau yang lebih baru, sedangkan ini Python 3.9.\n"


def test_a_python_without_pip_is_told_how_to_get_it(small: Checkout):
    done = small.run("dipxl", options=("-I", "-S"))
    assert done.returncode == 2
    assert "sudo apt install python3-pip" in done.stderr
    assert done.stderr.count("\n") == 1


def test_it_sets_up_once_then_does_the_job_where_the_person_stands(small: Checkout):
    _needs_pip()
    cold = small.run("dipxl", "status", "--json")
    assert (cold.stdout, cold.returncode) == ("dipxl 1 status --json\n", 1), cold.stderr
    assert "Menyiapkan dipxl" in cold.stderr
    warm = small.run("dipxl", "status", "--json", PIP_FIND_LINKS="")
    assert (warm.stdout, warm.stderr) == (cold.stdout, "")


def test_what_was_interrupted_is_made_anew(ready: Checkout):
    (ready.venv / "siap.txt").unlink()
    (ready.venv / "half-made").touch()
    next(ready.venv.rglob("tiny.py")).unlink()
    assert ready.run("dipxl").stdout == "dipxl 1\n"
    assert not (ready.venv / "half-made").exists()


def test_a_changed_lock_is_installed(ready: Checkout):
    ready.lock("2")
    for name in ("requirements-dev.lock", "requirements-notebook.lock"):
        ready.lock("2", name)
    assert ready.run("dipxl").stdout == "dipxl 2\n"


def test_the_next_start_waits_for_a_pip_whose_starter_was_killed(small: Checkout):
    _needs_pip()
    fcntl = pytest.importorskip("fcntl", reason="Windows tidak memerlukannya")
    with (small.root / "jalankan.py").open("rb") as held, ThreadPoolExecutor() as pool:
        fcntl.flock(held, fcntl.LOCK_EX)
        start = pool.submit(small.run, "dipxl")
        time.sleep(1)
        assert not small.venv.exists()
        fcntl.flock(held, fcntl.LOCK_UN)
        assert start.result().stdout == "dipxl 1\n"


def test_a_moved_checkout_still_works(ready: Checkout):
    moved = Checkout(ready.root.rename(ready.root.with_name("pindah")))
    done = moved.run("dipxl", "halo")
    assert (done.stdout, done.stderr) == ("dipxl 1 halo\n", "")


def test_without_a_network_it_says_so_and_goes_on_later(small: Checkout):
    _needs_pip()
    done = small.run("dipxl", PIP_FIND_LINKS="")
    assert (done.returncode, done.stdout) == (2, "")
    assert "periksa internet" in done.stderr
    assert "Traceback" not in done.stderr
    assert "tiny" in (small.venv / "pip.txt").read_text("utf-8")
    assert small.run("dipxl").stdout == "dipxl 1\n"


def test_a_failed_addition_spoils_nothing(ready: Checkout):
    (ready.root / "requirements-notebook.lock").write_text(f"absent==1 --hash=sha256:{'0' * 64}\n")
    assert ready.run("notebook").returncode == 2
    done = ready.run("dipxl")
    assert (done.stdout, done.stderr) == ("dipxl 1\n", "")


def test_a_file_with_another_hash_is_refused(small: Checkout):
    _needs_pip()
    (small.root / "requirements.lock").write_text(f"tiny==1 --hash=sha256:{'0' * 64}\n")
    assert small.run("dipxl").returncode == 2


def test_a_stray_module_in_the_folder_of_the_person_is_not_run(ready: Checkout):
    (ready.root.parent / "tiny.py").write_text("VERSION = 'stray'\n")
    assert ready.run("dipxl").stdout == "dipxl 1\n"


def _needs_pip() -> None:
    """A person may start the tests from an environment whose base has no pip; the set-up cannot be tried there."""
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        pytest.skip("Python dasar tidak punya pip; di Debian atau Ubuntu: sudo apt install python3-pip")


def _tiny_wheel(folder: Path, version: str) -> Path:
    """Write the smallest package that pip accepts."""
    files = {
        "tiny.py": f"VERSION = {version}\n",
        f"tiny-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"tiny-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{name},sha256={_record_hash(text)},{len(text)}" for name, text in files.items()]
    files[f"tiny-{version}.dist-info/RECORD"] = "\n".join([*record, f"tiny-{version}.dist-info/RECORD,,"])
    wheel = folder / f"tiny-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as package:
        for name, text in files.items():
            package.writestr(zipfile.ZipInfo(name), text)
    return wheel


def _record_hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
