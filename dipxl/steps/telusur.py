"""The way back of one entry: from the decree to the cells in which it was typed."""

from __future__ import annotations

from pathlib import Path

from dipxl.errors import DipxlError
from dipxl.files import settings_book, trace_told
from dipxl.files.carried import last_edition
from dipxl.files.collected import collect
from dipxl.files.edition import Edition
from dipxl.files.trace import known_kodes, trace
from dipxl.model.known_kodes import meant, nearest
from dipxl.model.text import excerpt
from dipxl.steps.report import Report


def telusur(kode: str, folder: Path | str = ".") -> Report:
    """Tell where an entry comes from and what became of it; nothing is written."""
    edition = Edition.open(folder)
    collected = collect(edition, settings_book.settings(edition.settings))
    kodes = known_kodes(collected, last_edition(edition))
    found = meant(kode, kodes)
    if found is None:
        near = nearest(kode, kodes)
        remedy = f'Maksudnya "{near}"?' if near else "Salin kodenya dari daftar.csv."
        raise DipxlError("kode-tidak-ada", f'Kode "{excerpt(kode)}" tidak pernah diberikan di edisi ini.', remedy)
    way = trace(edition, collected, found)
    faulty = bool(way.entry and way.entry.faults)
    return Report(
        verdict="perlu perbaikan" if faulty else "lolos",
        headline=f"{found}: {trace_told.title(way)}",
        next="buka berkas di arsip untuk melihat aslinya; isi yang keliru diperbaiki bidang pada formulirnya.",
        facts=trace_told.facts(way),
        headings=trace_told.HEADINGS,
        lines=trace_told.lines(way),
        attention=faulty,
        data=trace_told.as_json(way),
    )
