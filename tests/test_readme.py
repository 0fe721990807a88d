"""What README and docs say holds: commands exist, pictures are there, generated pages are up to date."""

from __future__ import annotations

import ast
import json
import re
import runpy
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from dipxl.cli import dip
from dipxl.model.columns import sheet

PAGES = ("README.md", "CHANGELOG.md", "docs/antarmuka.md", "docs/rancangan.md", "docs/kolom.md", "docs/pesan.md")


@pytest.fixture(scope="module")
def readme(repo_root: Path) -> str:
    return (repo_root / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def halves(readme: str) -> tuple[str, str]:
    indonesian, english = readme.split("\n# In English\n")
    return indonesian, english


def _commands(text: str) -> set[str]:
    return set(re.findall(r"`dipxl ([a-z]+)", text))


def test_the_first_success_stands_in_the_first_35_lines(readme):
    start = readme.splitlines()[:35]
    for line in ("python3 jalankan.py demo", "python3 jalankan.py test"):
        assert line in start
    assert any(line.startswith("LOLOS: ") for line in start)
    assert "`py jalankan.py demo`" in "\n".join(start)


def test_each_half_of_the_readme_names_every_command_and_no_other(halves):
    for half in halves:
        assert _commands(half) == set(dip.commands)


def test_every_option_that_the_readme_shows_exists(readme):
    for name, rest in re.findall(r"`dipxl ([a-z]+)([^`]*)`", readme):
        known = {option for param in dip.commands[name].params for option in param.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, name


def test_every_job_of_the_starter_that_the_readme_shows_exists(readme, repo_root):
    jobs = set(re.findall(r"jalankan\.py ([a-z]+)", readme))
    assert jobs == {"demo", "test", "notebook", "dipxl"}
    for job in jobs:
        assert f'"{job}": (' in (repo_root / "jalankan.py").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_picture_leads_somewhere(page, repo_root):
    text = (repo_root / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, part = target.partition("#")
        if not path.startswith("https://"):
            goal = (repo_root / page).parent / path if path else repo_root / page
            assert goal.is_file(), target
            assert not part or part in _anchors(goal), target


def _anchors(page: Path) -> set[str]:
    """The places that a link can name: the headings as GitHub spells them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_picture_is_used_and_small(readme, repo_root):
    pictures = sorted((repo_root / "docs/gambar").glob("*.png"))
    assert [path.name for path in pictures] == ["formulir.png", "keputusan.png", "laman.png"]
    for path in pictures:
        assert f"](docs/gambar/{path.name})" in readme
        assert path.read_bytes().startswith(b"\x89PNG")
        assert path.stat().st_size < 150_000


@pytest.mark.parametrize("name", ["kolom.md", "pesan.md"])
def test_the_generated_pages_equal_the_model(name, repo_root):
    script = runpy.run_path(str(repo_root / "docs/buat_tabel.py"))
    assert set(script["pages"]()) == {"kolom.md", "pesan.md"}
    current = (repo_root / "docs" / name).read_text("utf-8") == script["pages"]()[name]
    assert current, f"docs/{name} is out of date; accept the change with: {script['COMMAND']}"


def test_the_page_of_the_interface_names_every_code_with_which_a_step_stops(repo_root):
    page = (repo_root / "docs/antarmuka.md").read_text("utf-8").partition("## Kode penghentian")[2]
    assert set(re.findall(r"`([a-z-]+)`(?=[, ]|$)", page)) - {"code"} == set(_stop_codes())


def _stop_codes() -> set[str]:
    """The codes in the sources, of a DipxlError or of the command line's own stops."""
    sources = [Path(str(path)) for path in Path(str(files("dipxl"))).rglob("*.py")]
    calls = [node for path in sources for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call)]
    stops = [c for c in calls if isinstance(c.func, ast.Name) and c.func.id in ("DipxlError", "_stop")]
    return {c.args[0].value for c in stops if isinstance(c.args[0], ast.Constant)}


def test_the_page_of_the_interface_names_every_key_of_the_answer(repo_root, tmp_path):
    page = (repo_root / "docs/antarmuka.md").read_text("utf-8")
    answer = _checked(_faulty_list(tmp_path), "--rows")
    (file,) = answer["files"]
    (found,) = (found for found in file["findings"] if found["code"] == "tahun-sebagai-retensi")
    objects = (answer, file, file["cells"], file["repairs"][0], found, file["records"][0])
    missing = {key for one in objects for key in one if f"`{key}`" not in page}
    assert not missing
    assert file["cells"]["typed"] == file["cells"]["taken"] + file["cells"]["reported"]


def test_a_stop_is_told_word_for_word_as_the_page_of_the_interface_shows_it(repo_root, tmp_path):
    page = (repo_root / "docs/antarmuka.md").read_text("utf-8")
    (example,) = re.findall(r"```json\n(.*)\n```", page)
    command = [sys.executable, "-m", "dipxl", "periksa", "--json", "a.xlsx"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, encoding="utf-8")
    assert (done.stdout, done.stderr, done.returncode) == (f"{example}\n", "", 2)


def _faulty_list(folder: Path) -> Path:
    """A list in a workbook of somebody's own: the usual headings, a spelling to tidy, a year typed as the period."""
    cells = {name: sheet("daftar")[name].example for name in ("ringkasan", "waktu", "bentuk", "retensi")}
    book = Workbook()
    book.active.append([sheet("daftar")[name].label for name in cells])
    book.active.append(list((cells | {"bentuk": "soft copy", "retensi": "Tahun 2025"}).values()))
    book.save(folder / "daftar.xlsx")
    return folder / "daftar.xlsx"


def _checked(path: Path, *options: str) -> dict:
    """What `dipxl periksa --json` prints about a file."""
    shown = CliRunner().invoke(dip, ["periksa", "--json", *options, str(path)], standalone_mode=False)
    return json.loads(shown.stdout)
