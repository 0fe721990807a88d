"""SOP step 6: the page and the open data, from the sealed register only."""

from __future__ import annotations

from pathlib import Path

from dipxl.files import opendata, settings_book
from dipxl.files.edition import Edition, one_at_a_time
from dipxl.files.seal import read_seal
from dipxl.files.web import page
from dipxl.model.classes import classes
from dipxl.steps.report import Report


@one_at_a_time
def publikasikan(folder: Path | str) -> Report:
    """Write the page, CSV, JSON and XLSX into 6-publikasi/; nothing but the sealed rows can reach it."""
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    seal = read_seal(edition)
    files = {
        "daftar-informasi-publik.csv": opendata.csv_bytes(seal.register),
        "daftar-informasi-publik.json": opendata.json_bytes(seal.register, settings, seal.enactment),
        "daftar-informasi-publik.xlsx": opendata.xlsx_bytes(seal.register, settings, seal.enactment),
        "index.html": page(seal.register, settings, seal.enactment).encode(),  # last: it leads to the others
    }
    written = [edition.write("publikasikan", edition.path("6-publikasi", n), content) for n, content in files.items()]
    return Report(
        verdict="lolos",
        headline=f"{len(seal.register.rows)} entri siap diumumkan.",
        next='unggah isi 6-publikasi ke laman resmi; enam bulan lagi jalankan "dipxl mutakhirkan".',
        facts=[(label, str(seal.register.counts[label])) for label in classes()],
        written=written,
        data={"rows": len(seal.register.rows), "counts": seal.register.counts},
    )
