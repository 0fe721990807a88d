"""SOP step 2: the PPID Pelaksana classifies and proposes; the draf DIP."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dipxl.errors import DipxlError
from dipxl.files import settings_book
from dipxl.files.change_book import change_book
from dipxl.files.collected import Collected, LastEdition, collect, last_edition
from dipxl.files.decision_books import draft_book, proposal_book
from dipxl.files.decisions import Decisions, decided, proposals
from dipxl.files.edition import Edition, one_at_a_time
from dipxl.files.finding_text import what, where
from dipxl.model.compare import Change, changes
from dipxl.model.office import Settings
from dipxl.model.register import Register
from dipxl.steps.report import Report


@one_at_a_time
def usulkan(folder: Path | str, today: date | None = None) -> Report:
    """Read 2-usulan/ back, write the usulan workbook with what is already decided, the draf, the changes."""
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    collected = collect(edition, settings, today)
    if not collected.submissions:
        raise DipxlError("belum-dihimpun", "Belum ada formulir yang dihimpun.", 'Jalankan "dipxl himpun" dahulu.')
    before = last_edition(edition)
    found = proposals(edition, collected.register)
    register = decided(edition, collected.register)
    changed = list(changes(before.entries, register)) if before.entries else []
    written = [
        *_usulan(edition, settings, register, before, found),
        *_draft(edition, settings, register, collected, changed),
    ]
    entries = [e for e in register if not e.withdrawn]
    unclassified = [e for e in entries if not e.kelas and not e.proposal.get("usul")]
    return Report(
        verdict="perlu perbaikan" if unclassified or found.findings else "lolos",
        headline=f"{len(entries) - len(unclassified)} dari {len(entries)} baris sudah diklasifikasi.",
        next='isi kolom Klasifikasi di 2-usulan/Usulan DIP.xlsx, simpan, lalu "dipxl usulkan" kembali.'
        if unclassified
        else 'jalankan "dipxl telaah".',
        facts=[
            ("Usulan dikecualikan", str(len(collected.excluded))),
            ("Dikembalikan atau diusulkan dikecualikan", str(sum(not e.proposed for e in entries))),
            ("Perubahan terhadap edisi lalu", str(len(changed)) if before.entries else "edisi pertama"),
        ],
        headings=("Sel", "Yang tertulis", "Apa yang salah", "Cara memperbaiki"),
        lines=[(where(f), what(f), f.message, f.remedy) for f in found.findings],
        written=written,
        attention=bool(unclassified or found.findings),
        data={
            "rows": len(entries),
            "unclassified": len(unclassified),
            "changes": len(changed),
            "findings": [f.as_json() for f in found.findings],
        },
    )


def _usulan(
    edition: Edition, settings: Settings, register: Register, before: LastEdition, found: Decisions
) -> list[Path]:
    """The workbook to fill; left alone where a person has filled it and no entry is missing in it."""
    target = edition.path("2-usulan", "Usulan DIP.xlsx")
    entries = [e for e in register if not e.withdrawn]
    if edition.touched(target) and {e.kode for e in entries} <= found.kodes:
        return []
    return [edition.write("usulkan", target, proposal_book(entries, settings, before.decided))]


def _draft(
    edition: Edition, settings: Settings, register: Register, collected: Collected, changed: list[Change]
) -> list[Path]:
    """The draf DIP and, from the second edition on, the workbook of changes."""
    entries = [e for e in register if not e.withdrawn]
    books = {"Draf DIP.xlsx": draft_book(entries, collected.excluded, collected.left_over, settings)}
    if changed:
        books["Perubahan.xlsx"] = change_book(changed, settings)
    return [edition.write("usulkan", edition.path("2-usulan", name), book) for name, book in books.items()]
