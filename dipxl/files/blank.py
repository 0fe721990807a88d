"""The stock forms and Word templates of `workbook_templates/`; `python -m dipxl.files.blank` makes them anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dipxl.files import settings_book, word_templates
from dipxl.files.forms import FormFacts, form
from dipxl.files.templates import stock

BLANK = FormFacts(
    office="(nama badan publik)",
    edition="",
    edition_title="",
    unit="",
    unit_name="",
    head={},
    contact="(nama, nomor WhatsApp, surel)",
    deadline="(hari, tanggal)",
)


def workbooks() -> Mapping[str, bytes]:
    """The blank workbooks by file name: the bidang's form and the settings."""
    return {
        "formulir-bidang.xlsx": form(BLANK),
        "pengaturan.xlsx": settings_book.write({}, {"dasar_hukum": settings_book.legal_basis()}),
    }


def build(folder: Path) -> None:
    """Write every stock template into a folder."""
    for name, content in workbooks().items():
        (folder / name).write_bytes(content)
    word_templates.build(folder)


if __name__ == "__main__":
    build(stock(""))
