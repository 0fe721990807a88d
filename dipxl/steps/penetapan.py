"""SOP step 5: number and date are typed from what came back signed; the edition is sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from dipxl.errors import DipxlError
from dipxl.files import settings_book, word
from dipxl.files.collected import collect
from dipxl.files.decisions import decided
from dipxl.files.edition import Edition, one_at_a_time
from dipxl.files.seal import Seal, is_sealed, read_seal, refuse_undrafted, write_seal
from dipxl.model.dates import long_date, parse_date
from dipxl.model.decree import Decree, Numbered, decree
from dipxl.model.enactment import Enactment, list_title
from dipxl.model.lawful import refuse_reversed, refuse_unlawful
from dipxl.model.office import Settings
from dipxl.model.published import PublicRegister, publishable
from dipxl.steps.report import Report


@one_at_a_time
def tetapkan(folder: Path | str, nomor: str, tanggal: str, persetujuan: tuple[str, str] = ("", "")) -> Report:
    """Render the final Keputusan and seal the edition.

    `persetujuan` is number and date of the Lembar Persetujuan, asked where the PPID signs (Perki 1/2021 Ps 45(6)).
    """
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    day = _date(nomor, tanggal)
    register = decided(edition, collect(edition, settings, day).register)
    public = publishable(register, settings)
    refuse_unlawful(settings, public)
    own, sheet = Numbered(nomor.strip(), day), _approval(settings, persetujuan)
    refuse_reversed(day, sheet.day)
    paper = decree(settings, public, day, own, sheet)
    enactment = Enactment(own.nomor_in_text, day, paper.signatory.jabatan, list_title(settings))
    _refuse_another(edition, Seal(public, enactment))
    written = _papers(edition, settings, paper)
    write_seal(edition, Seal(public, enactment))
    waiting = sum(entry.waiting for entry in register)
    return Report(
        verdict="perlu perbaikan" if waiting else "lolos",
        headline=f"Edisi {settings.edition} ditetapkan dengan {len(public.rows)} entri dan disegel.",
        next='jalankan "dipxl publikasikan".',
        facts=[
            ("Keputusan", f"Nomor {own.nomor_in_text} tanggal {long_date(day)}"),
            ("Penanda tangan", paper.signatory.title),
            ("Kode naskah", public.kode_naskah),
            ("Tidak dimuat karena belum selesai", f"{waiting} baris"),
        ],
        written=written,
        attention=bool(waiting),
        data={"rows": len(public.rows), "waiting": waiting, "kode_naskah": public.kode_naskah, "sha256": public.sha256},
    )


def _date(nomor: str, tanggal: str) -> date:
    """The date of the Keputusan; it is given together with its number or not at all."""
    day = parse_date(tanggal)
    if not nomor.strip() or day is None:
        raise DipxlError(
            "nomor-tanggal",
            "Nomor atau tanggal Keputusan belum benar.",
            'Tulis misalnya --nomor "41 Tahun 2026" --tanggal "7 September 2026".',
        )
    return day


def _approval(settings: Settings, persetujuan: tuple[str, str]) -> Numbered:
    if settings.signed_by_atasan:
        return Numbered()
    nomor, tanggal = persetujuan
    day = parse_date(tanggal)
    if not nomor.strip() or day is None:
        raise DipxlError(
            "persetujuan-belum-ada",
            "Keputusan oleh PPID memerlukan persetujuan Atasan PPID (Perki 1/2021 Pasal 45 ayat (6)).",
            "Tulis --persetujuan-nomor dan --persetujuan-tanggal dari Lembar Persetujuan.",
        )
    return Numbered(nomor.strip(), day)


def _papers(edition: Edition, settings: Settings, paper: Decree) -> list[Path]:
    """The final Keputusan, and the paper of the official who does not sign it."""
    papers = {"keputusan.docx": "Keputusan DIP.docx"}
    papers |= (
        {"catatan-telaah.docx": "Catatan Telaah.docx"}
        if settings.signed_by_atasan
        else {"lembar-persetujuan.docx": "Lembar Persetujuan.docx"}
    )
    facts, size = paper.facts(), settings.office["kertas"]
    rendered = {t: word.render(edition.template(t), facts, paper=size, day=paper.own.day) for t in papers}
    _refuse_loss(rendered["keputusan.docx"], paper.register)
    return [edition.write("tetapkan", edition.path("5-penetapan", papers[t]), c) for t, c in rendered.items()]


def _refuse_another(edition: Edition, seal: Seal) -> None:
    """An edition seals what its draft said, and then keeps it; saying the same again is no harm."""
    if not is_sealed(edition):
        refuse_undrafted(edition, seal.register)
        return
    standing = read_seal(edition)
    decree = standing.enactment
    cited = replace(decree, nomor=Numbered(decree.nomor, decree.day).nomor_in_text)
    if replace(standing, enactment=cited) != seal:
        message = f"Edisi ini sudah disegel dengan Keputusan Nomor {decree.nomor} tanggal {long_date(decree.day)}."
        raise DipxlError("sudah-disegel", message, 'Untuk perubahan, buka edisi berikutnya dengan "dipxl mutakhirkan".')


def _refuse_loss(content: bytes, public: PublicRegister) -> None:
    """An edited template may drop rows or columns; a decree that lacks an entry is never sealed."""
    missing = word.lost(content, [cell for row in public.rows for cell in row.annex_cells()])
    if missing:
        message = f'Keputusan tidak memuat "{missing[0][:60]}" dari daftar.'
        raise DipxlError("templat-kurang", message, "Perbaiki tabel lampiran pada templat/keputusan.docx.")
