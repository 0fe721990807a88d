"""SOP step 2: the PPID Pelaksana classifies and proposes; the draf DIP."""

from __future__ import annotations

from pathlib import Path

from dipxl.files import settings_book
from dipxl.files.collected import collect, last_edition
from dipxl.files.decision_books import draft_book, proposal_book
from dipxl.files.decisions import decided, proposals
from dipxl.files.edition import Edition
from dipxl.steps.report import Report


def usulkan(folder: Path) -> Report:
    """Read 2-usulan/ back, write the usulan workbook with what is already decided, and the draf."""
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    collected = collect(edition, settings)
    found = proposals(edition, collected.register)
    register = decided(edition, collected.register)
    open_rows = [e for e in register if not e.withdrawn and not e.kelas and not e.proposal.get("usul")]
    entries = [e for e in register if not e.withdrawn]
    last = {kode: values.get("kelas_putusan", "") for kode, values in last_edition(edition).rows.items()}
    left_over = [(s.name, f) for s in collected.current for f in s.examined.findings if f.code == "di-luar-tabel"]
    book = proposal_book(entries, settings, {k: v for k, v in last.items() if v})
    draft = draft_book(entries, collected.excluded, left_over, settings)
    target = edition.path("2-usulan", "Usulan DIP.xlsx")
    written = [edition.write("usulkan", edition.path("2-usulan", "Draf DIP.xlsx"), draft)]
    if not edition.touched(target) or not {e.kode for e in entries} <= found.kodes:
        written.append(edition.write("usulkan", target, book))
    faults = found.findings
    return Report(
        verdict="perlu perbaikan" if open_rows or faults else "lolos",
        headline=f"{len(entries) - len(open_rows)} dari {len(entries)} baris sudah diklasifikasi.",
        next='isi kolom Klasifikasi di 2-usulan/Usulan DIP.xlsx, simpan, lalu "dipxl usulkan" kembali.'
        if open_rows
        else 'jalankan "dipxl telaah".',
        facts=[("Usulan dikecualikan", str(len(collected.excluded)))],
        headings=("Sel", "Apa yang salah", "Cara memperbaiki"),
        lines=[(", ".join(f.cells), f.message, f.remedy) for f in faults],
        written=written,
        attention=bool(open_rows or faults),
        data={"rows": len(entries), "unclassified": len(open_rows), "findings": [f.as_json() for f in faults]},
    )
