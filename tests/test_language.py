"""Every word that click writes by itself is Indonesian, on any machine."""

from __future__ import annotations

import ast
import gettext
import io
import os
import string
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dipxl import language

CATALOGUE = language.FOLDER / "id" / "LC_MESSAGES"
COMPILE = "pybabel compile -d dipxl/locale -D dipxl"
# Looked up by click through a variable: the mark of an option that must be given.
DYNAMIC = ("required",)
APP = """
import click
from dipxl.language import IndonesianCommand, IndonesianGroup, use_indonesian

use_indonesian()

@click.group(cls=IndonesianGroup)
@click.version_option("1.0", prog_name="dipxl")
def app():
    "Membuat DIP."

@app.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@click.option("--lebar", type=click.IntRange(1, 9), default=3, show_default=True, help="Lebarnya.")
@click.option("--nama", required=True, help="Namanya.")
@click.option("--json", is_flag=True, help="Untuk mesin.")
def himpun(folder, lebar, nama, json):
    "Menghimpun formulir."

app(prog_name="dipxl")
"""


def _messages():
    """Every (msgid, plural or None) that the installed click hands to gettext."""
    found = {(text, None) for text in DYNAMIC}
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant)] if name in ("_", "ngettext") else []
            if texts:
                found.add((texts[0], texts[1] if name == "ngettext" else None))
    return sorted(found, key=str)


def _fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _run(tmp_path, *args, **environment):
    script = tmp_path / "app.py"
    script.write_text(APP, encoding="utf-8")
    root = str(Path(language.__file__).parents[1])
    env = os.environ | {"PYTHONPATH": root, "PYTHONUTF8": "1"} | environment
    done = subprocess.run([sys.executable, script, *args], env=env, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr


@pytest.fixture
def indonesian():
    with (CATALOGUE / "dipxl.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_click_hands_over_its_words_as_expected():
    assert len(_messages()) > 60


@pytest.mark.parametrize(("text", "plural"), _messages(), ids=lambda value: str(value)[:40])
def test_every_word_of_click_has_a_translation(indonesian, text, plural):
    absent = object()
    indonesian.add_fallback(_Absent(absent))
    found = [indonesian.ngettext(text, plural, n) for n in (1, 2)] if plural else [indonesian.gettext(text)]
    assert absent not in found
    assert all(_fields(translation) <= _fields(text) | _fields(plural or "") for translation in found)


class _Absent(gettext.NullTranslations):
    """Gives a mark where the catalogue has nothing."""

    def __init__(self, mark):
        super().__init__()
        self.mark = mark

    def gettext(self, _):
        return self.mark

    def ngettext(self, *_):
        return self.mark


def test_the_compiled_catalogue_is_that_of_the_readable_one(indonesian):
    compiled = io.BytesIO()
    with (CATALOGUE / "dipxl.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale="id"))
    compiled.seek(0)
    fresh = gettext.GNUTranslations(compiled)._catalog
    committed = indonesian._catalog
    assert {k: v for k, v in fresh.items() if k} == {k: v for k, v in committed.items() if k}, f"run: {COMPILE}"


def test_no_translation_is_marked_as_doubtful_or_empty():
    with (CATALOGUE / "dipxl.po").open("rb") as file:
        catalogue = read_po(file, locale="id")
    assert [m.id for m in catalogue if m.id and (m.fuzzy or not m.string or m.string == ("",))] == []
    assert list(catalogue.obsolete) == []


@pytest.mark.parametrize(
    "machine",
    [
        {"LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8", "LANGUAGE": "en"},
        {"LANG": "C", "LC_ALL": "C", "LANGUAGE": ""},
        {"LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": ""},
        {"LANG": "de_DE.UTF-8", "LANGUAGE": "de:fr"},
    ],
    ids=["english", "c", "nothing", "german"],
)
def test_help_is_indonesian_whatever_the_machine_speaks(tmp_path, machine):
    assert _run(tmp_path, "himpun", "--help", **machine) == (
        "Cara pakai: dipxl himpun [OPSI] FOLDER\n\n"
        "  Menghimpun formulir.\n\n"
        "Opsi:\n"
        "  --lebar ANGKA  Lebarnya.  [bawaan: 3; 1<=x<=9]\n"
        "  --nama TEKS    Namanya.  [wajib]\n"
        "  --json         Untuk mesin.\n"
        "  --help         Tampilkan bantuan ini.\n"
    )


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--help"], "Cara pakai: dipxl [OPSI] PERINTAH [ARGUMEN]..."),
        (["--help"], "Tampilkan nomor versi."),
        (["--version"], "dipxl, versi 1.0"),
        (["himpn"], "Kesalahan: Tidak ada perintah 'himpn'. Mungkin maksudnya 'himpun'?"),
        (["himpn"], "Ketik 'dipxl --help' untuk melihat bantuan."),
        (["himpun"], "Kesalahan: Belum ada argumen 'FOLDER'."),
        (["himpun", "."], "Kesalahan: Belum ada opsi '--nama'."),
        (["himpun", "tidak-ada"], "Nilai untuk 'FOLDER' tidak sah: Folder 'tidak-ada' tidak ada."),
        (["himpun", ".", "--nama", "x", "--lebar", "b"], "'b' bukan angka yang sah."),
        (["himpun", ".", "--nama", "x", "--lebar", "20"], "20 di luar batas 1<=x<=9."),
        (["himpun", ".", "--nama"], "Opsi '--nama' memerlukan 1 nilai."),
        (["himpun", ".", "a", "b", "--nama", "x"], "Ada argumen yang tidak dikenal (a b)."),
    ],
)
def test_a_wrong_command_is_answered_in_indonesian(tmp_path, args, expected):
    assert expected in _run(tmp_path, *args)


def test_speaking_indonesian_loads_nothing_but_click():
    code = "import sys, dipxl.language as l; l.use_indonesian(); print('babel' in sys.modules, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_a_metavar_of_ones_own_stays():
    command = language.IndonesianCommand(
        "c", params=[click.Option(["--nama"], metavar="JUDUL"), click.Option(["--isi"])]
    )
    assert [param.metavar for param in command.params] == ["JUDUL", "TEKS"]
