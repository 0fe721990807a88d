"""What changed from one edition to the next, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dipxl.model.columns import sheet
from dipxl.model.register import Register

NEW, CHANGED, WITHDRAWN = "baru", "berubah", "dicabut"


@dataclass(frozen=True)
class Change:
    """One difference; for a row that is new or withdrawn, `column` is its summary."""

    kode: str
    kind: str
    column: str
    before: str
    after: str
    reason: str = ""


def changes(before: Mapping[str, Mapping[str, str]], register: Register) -> Iterator[Change]:
    """The differences between last edition's rows, by kode, and the register, in the register's order."""
    columns = [c for c in sheet("daftar").shown("formulir") if c.name not in ("nomor", "kode", "kelas")]
    summary = sheet("daftar")["ringkasan"].label
    for entry in register:
        old, now = before.get(entry.kode), entry.values
        if entry.withdrawn:
            if old is not None:  # what came and went within one edition was never public
                yield Change(entry.kode, WITHDRAWN, summary, old["ringkasan"], "", now.get("alasan_cabut", ""))
        elif old is None:
            yield Change(entry.kode, NEW, summary, "", now["ringkasan"])
        else:
            for column in columns:
                was, value = old.get(column.name, ""), now.get(column.name, "")
                if was != value:
                    yield Change(entry.kode, CHANGED, column.label, was, value)
