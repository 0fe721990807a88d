"""Opens the first edition: a folder with the settings to be filled in."""

from __future__ import annotations

from pathlib import Path

from dipxl.files import settings_book
from dipxl.files.edition import Edition
from dipxl.steps.report import Report


def mulai(folder: Path | str) -> Report:
    """Make an edition folder; what must be decided is asked in its pengaturan.xlsx, without a default."""
    edition = Edition.create(folder)
    content = settings_book.write({}, {"dasar_hukum": settings_book.legal_basis()})
    written = edition.write("mulai", edition.settings, content)
    return Report(
        verdict="lolos",
        headline=f'Folder edisi "{folder}" sudah dibuat.',
        next='isi pengaturan.xlsx (semua lembar), lalu jalankan "dipxl bagikan" dari folder itu.',
        written=[written],
    )
