"""Where the stock forms and Word templates lie: inside the wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path

import dipxl

FOLDER = "workbook_templates"


def stock(name: str) -> Path:
    """The path of a stock template such as `keputusan.docx`."""
    package = Path(dipxl.__file__).parent
    installed = package / FOLDER
    return (installed if installed.is_dir() else package.parent / FOLDER) / name
