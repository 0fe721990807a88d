"""What any test may ask for: the files beside the tests, and programs that not every machine has."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from dipxl.tour.contoh import contoh

collect_ignore = ["sample_crash.py"]  # a program that tests start, never imported

# A deadline would measure how busy the machine is.
hypothesis.settings.register_profile("dipxl", deadline=None)
hypothesis.settings.load_profile("dipxl")


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """The folder with workbook_templates, notebooks and README.md; in the tests of the wheel it holds no dipxl."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def checkout(repo_root: Path) -> Path:
    """The whole source tree, for tests of the sources themselves; the tests of the wheel have none, and skip."""
    if not (repo_root / "dipxl").is_dir():
        pytest.skip("perlu kode sumber; di sini dipxl yang sudah terpasang yang diuji")
    return repo_root


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The story of `dipxl contoh` as it stood after each step, by the step's name, and its report; to be read only."""
    root = tmp_path_factory.mktemp("cerita")
    told: dict[str, Path] = {}

    def keep(line: str) -> None:
        name = line[:22].strip()
        told[name] = root / name
        shutil.copytree(root / "asli", told[name])

    report = contoh(root / "asli", keep)
    (root / "laporan.json").write_text(json.dumps(report.as_json()), encoding="utf-8")
    return told | {"laporan": root / "laporan.json"}


@pytest.fixture
def at(stages: dict[str, Path], tmp_path: Path) -> Callable[[str], Path]:
    """`at("himpun")` is a copy of the sample office's first edition after that step, to do with as one likes."""

    def copy(step: str) -> Path:
        shutil.copytree(stages[step], tmp_path / "kantor")
        return tmp_path / "kantor" / "dip-2026-2"

    return copy


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The first words of a LibreOffice command, with a profile of its own: tests in parallel must not share one."""
    program = _program("soffice", debian="libreoffice-calc libreoffice-writer")
    profile = tmp_path_factory.mktemp("soffice").as_uri()
    return [program, "--headless", f"-env:UserInstallation={profile}"]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """An installed Chromium or Chrome, for Playwright's executable_path."""
    return _program("chromium", "chromium-browser", "google-chrome", debian="chromium")


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """Poppler's reader of printed pages."""
    return _program("pdftotext", debian="poppler-utils")


def _program(*names: str, debian: str) -> str:
    """Find a program; without it a person's run skips the test, and CI, which installs them all, fails."""
    for name in names:
        if found := shutil.which(name):
            return found
    missing = f"program {names[0]} tidak ada; di Debian atau Ubuntu: sudo apt install {debian}"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)
