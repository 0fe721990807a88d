"""Tells the faults of one submission so that the next round knows them again, wherever their rows were moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dipxl.files.collected import Submission
from dipxl.files.intake import CheckedRow, Examined
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding
from dipxl.model.rounds import Since, Spot, since
from dipxl.model.text import fold

IDENTITY = {"daftar": "ringkasan", "dikecualikan": "informasi"}
_ROW = re.compile(r"[A-Z]+(\d+)")


def since_before(submission: Submission) -> Since | None:
    """What became of the faults of what the bidang sent before; None where this is its first."""
    if submission.earlier is None:
        return None
    return since(*(spots(one.examined, one.kode_of) for one in (submission.earlier, submission)))


def spots(examined: Examined, kodes: Mapping[tuple[str, int], str]) -> list[Spot]:
    """Every fault of every cell, in the order of the findings and their cells; `kodes` by sheet title and row."""
    rows = {(row.sheet, row.number): row for row in examined.rows}
    return [
        Spot(found.code, found.column, whose)
        for found in examined.findings
        for whose in _whose(found, rows, kodes)
    ]  # fmt: skip


def _whose(
    found: Finding, rows: Mapping[tuple[str, int], CheckedRow], kodes: Mapping[tuple[str, int], str]
) -> Iterator[str]:
    """For each cell the row that it belongs to: by kode, else by its text, else by where the cell stands."""
    if not found.cells:
        yield fold(found.value) or found.sheet
    for cell in found.cells:
        match = _ROW.fullmatch(cell)
        place = (found.sheet, int(match[1]) if match else 0)
        yield kodes.get(place) or _text(rows.get(place)) or _elsewhere(found, cell)


def _text(row: CheckedRow | None) -> str:
    return fold(row.values.get(IDENTITY.get(row.sheet_name, ""), "")) if row else ""


def _elsewhere(found: Finding, cell: str) -> str:
    """A head cell is known by its label, which is the finding's column; any other cell by its address."""
    is_head = any(column.label == found.column for column in sheet("kepala"))
    return sheet("kepala").title if is_head else f"{found.sheet}!{cell}"
