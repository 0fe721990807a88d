"""The notebook is played as an officer plays it: from the first box to the last, in a folder of its own."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

import dipxl

NAME = "notebooks/konsolidasi.ipynb"
PRACTICE = "latihan/dip-2026-2"
# What the answer of each box says when the sample office is played.
ANSWERS = {
    "persiapan": "Edisi 2026-2 sudah ditetapkan; 64 baris.",
    "bagikan": "6 formulir siap dikirim ke bidang.",
    "periksa": "6 dari 8 berkas lolos.",
    "himpun": "6 dari 6 bidang selesai; register berisi 64 baris.",
    "usulkan": "64 dari 64 baris sudah diklasifikasi.",
    "telaah": "64 dari 64 usulan sudah diputus.",
    "dokumentasikan": "63 entri didokumentasikan; 0 baris belum dapat dimuat.",
    "tetapkan": "Edisi 2026-2 sudah ditetapkan; 64 baris.",
    "publikasikan": "63 entri siap diumumkan.",
    "mutakhirkan": "Edisi 2026-2 sudah ditetapkan; 64 baris.",
}


class _Words(HTMLParser):
    """The text that a person reads in an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@dataclass(frozen=True)
class Played:
    """A notebook after all its boxes were run in `folder`."""

    notebook: NotebookNode
    folder: Path

    def box(self, name: str) -> NotebookNode:
        return next(cell for cell in self.notebook.cells if cell.id == f"kotak-{name}")

    def answer(self, name: str) -> str:
        """What a person reads under a box; fails where the box answers otherwise than with one calm table."""
        (output,) = self.box(name).outputs
        parser = _Words()
        parser.feed(output.data["text/html"])
        return " ".join(" ".join(parser.words).split())

    def stopped(self, name: str) -> str:
        """What a box shows that stopped."""
        (output,) = self.box(name).outputs
        return "\n".join(output.traceback)


@pytest.fixture(scope="module")
def committed(repo_root: Path) -> NotebookNode:
    return nbformat.read(repo_root / NAME, as_version=4)


@pytest.fixture(scope="module")
def practice(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    return _play(repo_root, tmp_path_factory.mktemp("latihan"), PRACTICE)


def _play(repo_root: Path, folder: Path, edition: str) -> Played:
    """Run every box in turn, with nothing but the one line changed that names the folder."""
    notebook = nbformat.read(repo_root / NAME, as_version=4)
    choice = notebook.cells[1]
    assert choice.source.count(PRACTICE) == 1
    choice.source = choice.source.replace(PRACTICE, edition)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=300, allow_errors=True, resources=resources).execute()
    return Played(notebook, folder)


def test_every_box_is_short_and_explained_just_above_it(committed):
    kinds = [cell.cell_type for cell in committed.cells]
    for place, cell in enumerate(committed.cells):
        if cell.cell_type == "code":
            assert kinds[place - 1] == "markdown", cell.id
            assert len([line for line in cell.source.splitlines() if line]) <= 3, cell.id
    assert kinds.count("code") == len(ANSWERS) + 1


def test_the_committed_notebook_holds_no_output_and_no_trace_of_a_machine(committed):
    boxes = [cell for cell in committed.cells if cell.cell_type == "code"]
    assert [(box.outputs, box.execution_count) for box in boxes] == [([], None)] * len(boxes)
    assert set(committed.metadata) == {"kernelspec", "language_info"}
    assert committed.metadata.kernelspec.name == "python3"
    assert committed.metadata.language_info == {"name": "python"}


def test_the_committed_notebook_is_written_the_way_nbformat_writes_it(committed, repo_root):
    assert nbformat.writes(committed) + "\n" == (repo_root / NAME).read_text("utf-8")


def test_only_public_names_of_dipxl_are_used(committed):
    source = "\n".join(cell.source for cell in committed.cells if cell.cell_type == "code")
    assert set(re.findall(r"dipxl\.(\w+)", source)) <= set(dipxl.__all__)
    assert re.findall(r"^(?:import|from) (\w+)", source, re.MULTILINE) == ["pathlib", "dipxl"]


def test_in_practice_every_box_gives_its_answer_first(practice):
    assert not practice.box("folder").outputs
    assert {name: practice.answer(name)[: len(answer)] for name, answer in ANSWERS.items()} == ANSWERS


def test_in_practice_every_answer_ends_with_what_comes_next(practice):
    for name in ANSWERS:
        assert re.search(r"Langkah berikut: \S.*\.$", practice.answer(name)), name


def test_the_faults_of_the_first_returns_are_shown_with_their_cells(practice):
    answer = practice.answer("periksa")
    assert re.search(
        r"formulir-\S+\.xlsx wajib diperbaiki Daftar Informasi!F\d+ .{0,120}\"Tahun 2025\" adalah tahun", answer
    )


def test_the_readme_tells_how_many_entries_the_sample_publishes(practice, repo_root):
    told = re.search(r"^LOLOS: Cerita selesai: (\d+) entri", (repo_root / "README.md").read_text("utf-8"), re.MULTILINE)
    published = practice.folder / PRACTICE / "6-publikasi/daftar-informasi-publik.json"
    assert told
    assert int(told[1]) == len(json.loads(published.read_text("utf-8"))["rows"])


def test_the_answers_carry_no_style_sheet_and_no_script(practice):
    for name in ANSWERS:
        html = practice.box(name).outputs[0].data["text/html"]
        assert not re.search(r"<(style|script|link)\b|\bclass=|\bon\w+=", html), name


def test_an_office_folder_that_does_not_exist_is_opened_and_then_asks_for_its_settings(repo_root, tmp_path):
    played = _play(repo_root, tmp_path, "kantor/dip-2026-2")
    assert played.answer("persiapan").startswith('Folder edisi "kantor/dip-2026-2" sudah dibuat.')
    assert "pengaturan.xlsx" in played.stopped("bagikan")
    assert "Traceback" not in "".join(played.stopped(name) for name in ANSWERS if name != "persiapan")
    assert [path.name for path in tmp_path.iterdir()] == ["kantor"]


def test_a_filled_office_folder_gives_the_same_answers_but_is_never_sealed_or_continued_by_itself(
    practice, repo_root, tmp_path
):
    shutil.copytree(practice.folder / PRACTICE, tmp_path / "kantor" / "dip-2026-2")
    seal = tmp_path / "kantor/dip-2026-2/5-penetapan/segel.json"
    seal.unlink()
    played = _play(repo_root, tmp_path, "kantor/dip-2026-2")
    steps = ("bagikan", "periksa", "himpun", "usulkan", "telaah", "dokumentasikan")
    assert [played.answer(name)[: len(ANSWERS[name])] for name in steps] == [ANSWERS[name] for name in steps]
    assert played.answer("tetapkan").startswith("Edisi 2026-2 belum ditetapkan; 64 baris.")
    assert played.stopped("publikasikan").startswith("Edisi ini belum ditetapkan.")
    assert not seal.exists()
    assert [path.name for path in (tmp_path / "kantor").iterdir()] == ["dip-2026-2"]
