"""What is installed and what is published: the locks, the source package, and the wheel built from it."""

import ast
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-notebook.lock"]


@pytest.fixture(scope="module")
def sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source package, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    packed = _build("sdist", checkout, folder)
    with tarfile.open(packed) as package:
        package.extraction_filter = getattr(tarfile, "data_filter", None)  # the first 3.11 did not have it
        package.extractall(folder)  # noqa: S202 - it was packed just now
    return folder / packed.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel built from the source package alone."""
    with zipfile.ZipFile(_build("wheel", sdist, tmp_path_factory.mktemp("wheel"))) as package:
        return set(package.namelist())


def test_the_wheel_holds_all_of_the_package_and_the_templates(checkout: Path, wheel: set[str]):
    sources = {f"dipxl/{name}" for name in _files(checkout / "dipxl")}
    templates = {f"dipxl/workbook_templates/{name}" for name in _files(checkout / "workbook_templates")}
    assert {name for name in wheel if ".dist-info/" not in name} == sources | templates
    assert any(name.endswith(".toml") for name in sources)
    assert templates


def test_the_wheel_has_a_command_and_a_licence(wheel: set[str]):
    information = {name.partition(".dist-info/")[2] for name in wheel if ".dist-info/" in name}
    assert information == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


def test_the_source_package_holds_only_what_is_named(sdist: Path):
    top = {path.name for path in sdist.iterdir()}
    named = tomllib.loads((sdist / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["sdist"]
    # hatchling adds these by itself; .gitignore because it decides what it leaves out.
    assert top <= {*named["only-include"], "PKG-INFO", "pyproject.toml", ".gitignore"}
    assert {"dipxl", "tests", "workbook_templates", "jalankan.py", *LOCKS} <= top


def test_no_file_made_on_the_way_is_published(sdist: Path):
    unwanted = re.compile(r"__pycache__|\.pyc$|\.ipynb_checkpoints|/[.~](?!gitignore$)|/dip-\d{4}")
    names = [f"/{path.relative_to(sdist).as_posix()}" for path in sdist.rglob("*")]
    assert not [name for name in names if unwanted.search(name)]


def test_what_is_imported_is_asked_for_and_nothing_else(checkout: Path):
    asked = _names(tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"])
    trees = [ast.parse(path.read_bytes()) for path in (checkout / "dipxl").rglob("*.py")]
    lines = [node for tree in trees for node in ast.walk(tree)]
    modules = {alias.name for line in lines if isinstance(line, ast.Import) for alias in line.names}
    modules |= {line.module for line in lines if isinstance(line, ast.ImportFrom) and line.module}
    homes = packages_distributions()
    packages = {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - {"dipxl"}
    # tzdata is found by zoneinfo.
    assert {homes[package][0].lower().replace("_", "-") for package in packages} | {"tzdata"} == asked


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_hashes_and_no_address(repo_root: Path, lock: str):
    text = (repo_root / lock).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^(-|\S+ @ |[./])", text, re.MULTILINE)
    assert text.count("==") >= len(_locked(text)) > 0
    for entry in re.split(r"\n(?=[a-z])", text)[1:]:
        assert "--hash=sha256:" in entry


@pytest.mark.parametrize(
    ("lock", "extras"),
    [
        ("requirements.lock", []),
        ("requirements-dev.lock", ["test", "lint"]),
        ("requirements-notebook.lock", ["notebook"]),
    ],
)
def test_a_lock_holds_every_package_asked_for(repo_root: Path, lock: str, extras: list[str]):
    project = tomllib.loads((repo_root / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(name for extra in extras for name in project["optional-dependencies"][extra])]
    assert _names(asked) <= _locked((repo_root / lock).read_text("utf-8"))


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_the_other_locks_agree_with_the_first(repo_root: Path, lock: str):
    first, other = ((repo_root / name).read_text("utf-8").splitlines() for name in (LOCKS[0], lock))
    assert {line for line in first if "==" in line} <= set(other)


def _build(kind: str, source: Path, target: Path) -> Path:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)], cwd=source, check=True)
    return next(target.glob("dipxl-*"))


def _files(folder: Path) -> set[str]:
    """The names of the files below a folder, without what Python, Excel or LibreOffice leave there while at work."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name for name in found if not re.search(r"__pycache__|(^|/)(~\$|\.~lock)", name)}


def _names(requirements: list[str]) -> set[str]:
    return {re.match(r"[a-z0-9-]+", requirement)[0] for requirement in requirements}


def _locked(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
