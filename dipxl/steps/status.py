"""Where the edition stands, and what is next."""

from __future__ import annotations

from pathlib import Path

from dipxl.files import settings_book
from dipxl.files.collected import collect
from dipxl.files.control_book import bidang_lines
from dipxl.files.decisions import decided
from dipxl.files.edition import Edition
from dipxl.files.seal import is_sealed
from dipxl.model.register import Register
from dipxl.steps.report import Report


def status(folder: Path | str) -> Report:
    """Tell the state of every bidang and of the edition; nothing is written."""
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    collected = collect(edition, settings)
    register = decided(edition, collected.register)
    sealed = is_sealed(edition)
    counts = _counts(register)
    return Report(
        verdict=str(collected.verdict),
        headline=f"Edisi {settings.edition} {'sudah' if sealed else 'belum'} ditetapkan; {len(register)} baris.",
        next=_next(counts, list(collected.states.values()), sealed=sealed),
        facts=[(name, str(number)) for name, number in counts.items()],
        headings=("Kode", "Bidang", "Keadaan", "Baris", "Wajib diperbaiki", "Perlu diperiksa"),
        lines=[line[:6] for line in bidang_lines(collected, settings)],
        attention=not sealed,
        data={"edition": str(settings.edition), "sealed": sealed, "bidang": dict(collected.states), "counts": counts},
    )


def _counts(register: Register) -> dict[str, int]:
    return {
        "Baris": len(register),
        "Diklasifikasi": sum(bool(e.kelas) for e in register),
        "Diputus": sum(bool(e.putusan) for e in register),
        "Dapat dimuat": sum(e.admitted for e in register),
    }


def _next(counts: dict[str, int], states: list[str], *, sealed: bool) -> str:
    if sealed:
        return 'jalankan "dipxl publikasikan", atau "dipxl mutakhirkan" untuk edisi berikutnya.'
    if not counts["Baris"]:
        return 'jalankan "dipxl bagikan", lalu "dipxl himpun" setelah formulir kembali.'
    if "perlu perbaikan" in states or not counts["Diklasifikasi"]:
        return 'jalankan "dipxl himpun", lalu "dipxl usulkan".'
    if not counts["Diputus"]:
        return 'jalankan "dipxl telaah".'
    return 'jalankan "dipxl dokumentasikan", lalu "dipxl tetapkan".'
