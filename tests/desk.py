"""What a test does at an officer's desk: type into workbooks, run commands, look at what lies in a folder."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from dipxl.cli import main
from dipxl.files.forms import FormFacts, form
from dipxl.files.intake import Examined, examine
from dipxl.files.returned import read
from dipxl.model.columns import sheet
from dipxl.tour.people import add_rows, keys, opened, type_head

ADA, NIHIL = sheet("kepala")["pernyataan"].choices
HEAD = {"pernyataan": ADA, "pengisi": "Wulan Contohsari, Pengelola Data"}
ROW = {
    "ringkasan": "Laporan Kinerja Sekretariat Tahun 2025",
    "waktu": "Januari 2026",
    "bentuk": "Softcopy",
    "retensi": "5 tahun",
}
FACTS = FormFacts(
    office="BKPSDM Kabupaten Tanjung Asri",
    edition="2026-2",
    edition_title="Semester II Tahun 2026",
    unit="SEK",
    unit_name="Sekretariat",
    head={
        "mengetahui": "Sekretaris Badan",
        "bawaan_menguasai": "Sekretariat",
        "bawaan_pj": "Sekretaris Badan",
        "bawaan_tempat": "Tanjung Asri",
    },
    contact="PPID Pelaksana, ppid@bkpsdm.example",
    deadline="Jumat, 21 Agustus 2026",
)
JUNK = {
    "teks": b"halo",
    "kosong": b"",
    "foto": b"\xff\xd8\xff\xe0" + bytes(60),
    "zip": b"PK\x03\x04" + bytes(60),
    "terkunci": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
}
LIST = "Daftar Informasi"
FIRST_ROW = 11  # of the list: below the hidden key row, the headings and the example

Edit = Callable[[Worksheet], None]


@cache
def _form() -> bytes:
    return form(FACTS)


def filled(folder: Path, *rows: dict[str, str], head: dict[str, str] | None = None, edit: Edit | None = None) -> Path:
    """A form as a bidang sends it: head and rows typed, then whatever else happened to its list."""
    path = folder / "formulir.xlsx"
    path.write_bytes(_form())
    with opened(path, path) as book:
        type_head(book[LIST], HEAD if head is None else head)
        add_rows(book[LIST], "daftar", rows)
        if edit:
            edit(book[LIST])
    return path


def checked(path: Path) -> Examined:
    return examine([read(path)], "kepala", ("daftar", "dikecualikan"))[0]


def codes(one: Examined) -> list[str]:
    return [found.code for found in one.all_findings]


def found_at(one: Examined, code: str) -> list[str]:
    """The cells that findings of a code name, as "Sheet!A1"."""
    return [f"{f.sheet}!{cell}" for f in one.all_findings if f.code == code for cell in f.cells]


def typed(worksheet: Worksheet, key: str, row: int) -> Any:
    """The cell of a column, by its key, in a row."""
    return worksheet.cell(row, keys(worksheet)[1][key])


def sheet_texts(path: Path, title: str) -> list[list[str]]:
    """A sheet as calamine reads it, every cell as text."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(title).to_python(skip_empty_area=False)
    return [[str(cell) for cell in row] for row in rows]


def every_text(path: Path) -> set[str]:
    """All texts in all cells of a workbook, hidden sheets too."""
    cells = (cell for worksheet in load_workbook(path).worksheets for row in worksheet.iter_rows() for cell in row)
    return {str(cell.value) for cell in cells if cell.value is not None}


def tree(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder, by its path."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Desk:
    """Runs commands in this process and keeps what they print."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.out = self.err = ""

    def run(self, *words: object) -> int:
        self._monkeypatch.setattr(sys, "argv", ["dipxl", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            main()
        self.out, self.err = self._capsys.readouterr()
        return int(stop.value.code or 0)

    def json(self, *words: object) -> tuple[int, dict[str, Any]]:
        """The exit code and the one JSON object that `--json` prints."""
        code = self.run(*words, "--json")
        lines = self.out.splitlines()
        assert len(lines) == 1, self.out
        return code, json.loads(lines[0])


def only(found: Iterable[Any]) -> Any:
    (one,) = found
    return one
