"""Checks single workbooks, by themselves and without an edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from dipxl.errors import DipxlError
from dipxl.files.finding_text import what, where
from dipxl.files.gathered import read_opened
from dipxl.files.intake import Examined, examine
from dipxl.files.judged import judged
from dipxl.files.returned import Returned
from dipxl.files.settings_book import TABLES
from dipxl.model.findings import Finding, Verdict
from dipxl.steps.report import Report

FORM = ("kepala", ("daftar", "dikecualikan"))
SETTINGS = ("kantor", TABLES)
HEADINGS = ("Berkas", "Sifat", "Sel", "Yang tertulis", "Apa yang salah", "Cara memperbaiki")


def periksa(paths: Sequence[Path | str], *, rows: bool = False, today: date | None = None) -> Report:
    """Say of each file what is taken, what was repaired and what is wrong; nothing is written."""
    if not paths:
        raise DipxlError("tanpa-berkas", "Belum ada berkas yang disebut.", "Sebutkan nama berkas yang akan diperiksa.")
    day = today or datetime.now().astimezone().date()  # no edition is at hand that knows the office's time zone
    files = [judged(file, day) for file in _examined(read_opened([Path(path) for path in paths]))]
    verdict = Verdict.worst(file.verdict for file in files)
    if all(file.verdict in (Verdict.TIDAK_TERBACA, Verdict.DIABAIKAN) for file in files):
        first = next((f for f in files if f.verdict is Verdict.TIDAK_TERBACA), files[0])
        raise DipxlError("tidak-terbaca", f"{first.path.name}: {first.returned.problem}", first.returned.remedy)
    several = len(files) > 1
    return Report(
        verdict=str(verdict),
        headline=f"{sum(f.verdict is Verdict.LOLOS for f in files)} dari {len(files)} berkas lolos.",
        next="perbaiki sel yang disebut, lalu periksa lagi." if verdict is not Verdict.LOLOS else "kirim ke PPID.",
        headings=HEADINGS if several else HEADINGS[1:],
        lines=[_line(file.path.name, found)[not several :] for file in files for found in file.all_findings],
        attention=any(file.attention for file in files),
        data={"files": [file.as_json(with_rows=rows) for file in files]},
    )


def _examined(returned: Sequence[Returned]) -> list[Examined]:
    """Each file checked as what it says it is: the office's settings, else a bidang's form."""
    settings = [bool(file.stamp and file.stamp.kind == "pengaturan") for file in returned]
    forms = iter(examine([f for f, is_ours in zip(returned, settings, strict=True) if not is_ours], *FORM))
    return [
        examine([f], *SETTINGS)[0] if is_ours else next(forms) for f, is_ours in zip(returned, settings, strict=True)
    ]


def _line(name: str, found: Finding) -> tuple[str, ...]:
    return (name, found.severity.label, where(found), what(found), found.message, found.remedy)
