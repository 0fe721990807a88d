"""riwayat.csv: one line for each thing done, for people; and the hashes of what dipxl itself wrote."""

from __future__ import annotations

import csv
from datetime import datetime
from functools import cached_property
from pathlib import Path

from dipxl.errors import DipxlError

WRITE_REMEDY = "Tutup berkas itu bila sedang terbuka, periksa izin folder dan sisa ruang, lalu ulangi."
HEADINGS = ("waktu", "langkah", "berkas", "sha256", "keterangan")


class History:
    """The log of one edition, read once and then only added to."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def lines(self) -> list[dict[str, str]]:
        """The lines so far, also after a spreadsheet program saved the file in its own way."""
        if not self._path.exists():
            return []
        with self._path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            text = file.read()
        separator = max(",;\t", key=text.partition("\n")[0].count)
        read = csv.DictReader(text.splitlines(), delimiter=separator, restval="")
        return [{name: line.get(name, "") for name in HEADINGS} for line in read]

    def add(self, step: str, name: str, sha256: str, note: str) -> None:
        """Add one line, with the time of day where it was done; raises when the file is closed to us."""
        known = self.lines
        new = not self._path.exists()
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        line = dict(zip(HEADINGS, (now, step, name, sha256, note), strict=True))
        try:
            with self._path.open("a", encoding="utf-8-sig" if new else "utf-8", newline="") as file:
                writer = csv.DictWriter(file, HEADINGS)
                if new:
                    writer.writeheader()
                writer.writerow(line)
        except OSError as error:
            message = f'Berkas "{self._path.name}" tidak dapat ditulis.'
            raise DipxlError("tidak-tertulis", message, WRITE_REMEDY) from error
        known.append(line)
