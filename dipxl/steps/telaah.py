"""SOP step 3: the PPID reviews and decides."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from dipxl.errors import DipxlError
from dipxl.files import settings_book
from dipxl.files.collected import collect, last_edition
from dipxl.files.decision_books import review_book
from dipxl.files.decisions import reviews, ruled, with_proposals
from dipxl.files.edition import Edition, one_at_a_time
from dipxl.files.finding_text import what, where
from dipxl.steps.report import Report

UNDECIDED = "belum diputus"


@one_at_a_time
def telaah(folder: Path | str, today: date | None = None) -> Report:
    """Write the review workbook, read back what was ruled, count what is undecided."""
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    collected = collect(edition, settings, today)
    before = with_proposals(edition, collected.register)
    found = reviews(edition, before)
    register = ruled(before, found)
    proposed = [entry for entry in register if entry.proposed and entry.kelas]
    if not proposed:
        raise DipxlError("belum-diusulkan", "Belum ada baris yang diklasifikasi.", 'Jalankan "dipxl usulkan" dahulu.')
    target = edition.path("3-telaah", "keluar", "Telaah DIP.xlsx")
    written = []
    if not edition.touched(target) or not {e.kode for e in proposed} <= found.kodes:
        written.append(edition.write("telaah", target, review_book(proposed, settings, last_edition(edition).decided)))
    faults = found.findings
    counts = Counter(entry.putusan or UNDECIDED for entry in proposed)
    waiting = counts[UNDECIDED]
    return Report(
        verdict="perlu perbaikan" if waiting or faults else "lolos",
        headline=f"{len(proposed) - waiting} dari {len(proposed)} usulan sudah diputus.",
        next='isi putusan di 3-telaah/keluar/Telaah DIP.xlsx, taruh di 3-telaah/masuk, lalu "dipxl telaah" kembali.'
        if waiting
        else 'jalankan "dipxl dokumentasikan".',
        facts=[(name.capitalize(), str(number)) for name, number in sorted(counts.items())],
        headings=("Sel", "Yang tertulis", "Apa yang salah", "Cara memperbaiki"),
        lines=[(where(f), what(f), f.message, f.remedy) for f in faults],
        written=written,
        attention=bool(waiting or faults),
        data={"decisions": dict(counts), "undecided": waiting, "findings": [f.as_json() for f in faults]},
    )
