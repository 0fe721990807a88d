"""Where the edition stands, and what is next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dipxl.files import settings_book
from dipxl.files.collected import Collected, collect
from dipxl.files.control_book import bidang_lines, unconfirmed_fact, waived_fact
from dipxl.files.decisions import decided
from dipxl.files.edition import Edition
from dipxl.files.seal import is_sealed
from dipxl.model.office import Settings
from dipxl.model.register import Register
from dipxl.steps.report import Report

HEADINGS = ("Kode", "Bidang", "Keadaan", "Baris", "Wajib diperbaiki", "Perlu diperiksa", "Keterangan")


def status(folder: Path | str, today: date | None = None) -> Report:
    """Tell the state of every bidang and of the edition; nothing is written."""
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    collected = collect(edition, settings, today)
    register = decided(edition, collected.register)
    sealed = is_sealed(edition)
    counts = _counts(register)
    lines = bidang_lines(collected, settings)
    width = len(HEADINGS) if any(line[-1] for line in lines) else len(HEADINGS) - 1  # no column of remarks without any
    return Report(
        verdict=str(collected.verdict),
        headline=f"Edisi {settings.edition} {_standing(settings, sealed=sealed)}; {len(register)} baris.",
        next=_next(settings, collected, counts, sealed=sealed),
        facts=[(name, str(n)) for name, n in counts.items()] + unconfirmed_fact(collected) + waived_fact(collected),
        headings=HEADINGS[:width],
        lines=[[*line[:6], line[-1]][:width] for line in lines],
        attention=not (sealed or (settings.only_proposes and counts["Dapat dimuat"])),
        data={
            "edition": str(settings.edition),
            "sealed": sealed,
            "bidang": dict(collected.states),
            "counts": counts,
            "unconfirmed": len(collected.unconfirmed),
        },
    )


def _counts(register: Register) -> dict[str, int]:
    return {
        "Baris": len(register),
        "Diklasifikasi": sum(bool(e.kelas) for e in register),
        "Diputus": sum(bool(e.putusan) for e in register),
        "Dapat dimuat": sum(e.admitted for e in register),
    }


def _standing(settings: Settings, *, sealed: bool) -> str:
    if settings.only_proposes:
        return "hanya mengusulkan"
    return "sudah ditetapkan" if sealed else "belum ditetapkan"


def _next(settings: Settings, collected: Collected, counts: dict[str, int], *, sealed: bool) -> str:
    if sealed:
        return 'jalankan "dipxl publikasikan", atau "dipxl mutakhirkan" untuk edisi berikutnya.'
    if not collected.submissions:
        return 'jalankan "dipxl bagikan", lalu "dipxl himpun" setelah formulir kembali.'
    if "perlu perbaikan" in collected.states.values() or not counts["Diklasifikasi"]:
        return 'jalankan "dipxl himpun", lalu "dipxl usulkan".'
    if not counts["Diputus"]:
        return 'jalankan "dipxl telaah".'
    if settings.only_proposes:
        return 'kirim surat pengantar dan draf ke PPID kabupaten; untuk edisi berikutnya "dipxl mutakhirkan".'
    return 'jalankan "dipxl dokumentasikan", lalu "dipxl tetapkan".'
