"""Copies the stock Word templates into an edition, where the office may edit them."""

from __future__ import annotations

from pathlib import Path

from dipxl.files.edition import Edition, one_at_a_time
from dipxl.files.templates import stock
from dipxl.steps.report import Report


@one_at_a_time
def templat(folder: Path | str) -> Report:
    """Put every stock Word template into templat/; an edited one is never overwritten."""
    edition = Edition.open(folder)
    names = sorted(path.name for path in stock("").glob("*.docx"))
    written = [
        edition.write("templat", edition.path("templat", name), stock(name).read_bytes())
        for name in names
        if not edition.touched(edition.path("templat", name))
    ]
    return Report(
        verdict="lolos",
        headline=f"{len(written)} templat Word disalin ke folder templat.",
        next="ubah di Word seperlunya; dipxl memakai templat di folder itu lebih dahulu.",
        written=written,
    )
