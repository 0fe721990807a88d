"""SOP step 4: workbooks separated by class, and the Keputusan as a draft to read and sign."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dipxl.errors import DipxlError
from dipxl.files import letters, settings_book, word
from dipxl.files.classbooks import class_book, recap_book
from dipxl.files.collected import collect
from dipxl.files.decisions import decided
from dipxl.files.dispatch import Parcel, dispatch
from dipxl.files.edition import Edition, office_day, one_at_a_time
from dipxl.files.seal import is_sealed, note_draft, read_seal
from dipxl.model.classes import classes
from dipxl.model.decree import decree, proposal_facts
from dipxl.model.office import Settings
from dipxl.model.published import PublicRegister, publishable
from dipxl.steps.report import Report

DRAFT = "Keputusan DIP (draf)"
SEALED = "tidak diubah karena edisi sudah disegel; buku klasifikasi dibuat dari daftar yang disegel"
BY_SOP = (
    "SOP meminta tanda tangan Atasan PPID, sedangkan Perki 1/2021 Pasal 45 ayat (5) menyebut PPID yang menetapkan. "
    "Keputusan sah bila ditetapkan pejabat yang berwenang (UU 30/2014 Pasal 52 ayat (1) huruf a). "
    "Mintalah pendapat Bagian Hukum."
)


@one_at_a_time
def dokumentasikan(folder: Path | str, today: date | None = None) -> Report:
    """Write the class workbooks, the Rekap Informasi Wajib and the draft papers from the decided entries."""
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    day = today or office_day(settings)
    register = decided(edition, collect(edition, settings, day).register)
    if not register.entries:
        raise DipxlError("belum-dihimpun", "Belum ada baris yang dihimpun.", 'Jalankan "dipxl himpun" dahulu.')
    sealed = is_sealed(edition)
    public = read_seal(edition).register if sealed else publishable(register, settings)
    waiting = sum(entry.waiting for entry in register)
    notes = [("Draf Keputusan", SEALED)] if sealed else _notes(edition, settings)
    written = _class_books(edition, settings, public)
    if not sealed:
        papers = _proposal if settings.only_proposes else _decree
        written += papers(edition, settings, public, day)
    counts = [(label, str(number)) for label, number in public.counts.items()]
    return Report(
        verdict="perlu perbaikan" if waiting else "lolos",
        headline=f"{len(public.rows)} entri didokumentasikan; {waiting} baris belum dapat dimuat.",
        next='jalankan "dipxl publikasikan".' if sealed else _next(settings),
        facts=[*counts, ("Kode naskah", public.kode_naskah), *notes],
        written=written,
        attention=bool(waiting),
        data={"rows": len(public.rows), "counts": public.counts, "waiting": waiting, "kode_naskah": public.kode_naskah},
    )


def _next(settings: Settings) -> str:
    if settings.only_proposes:
        return "kirim surat pengantar dan draf ke PPID kabupaten."
    return 'bahas dalam rapat, mintakan tanda tangan, lalu "dipxl tetapkan --nomor ... --tanggal ...".'


def _notes(edition: Edition, settings: Settings) -> list[tuple[str, str]]:
    """What an office should know once when its Atasan PPID signs."""
    told = edition.path("5-penetapan", f"{DRAFT}.docx").is_file()
    return [("Perhatian", BY_SOP)] if settings.signed_by_atasan and not settings.only_proposes and not told else []


def _class_books(edition: Edition, settings: Settings, public: PublicRegister) -> list[Path]:
    books = {f"DIP {label}.xlsx": class_book(public, settings, label) for label in classes()}
    books["Rekap Informasi Wajib.xlsx"] = recap_book(public, settings)
    return [edition.write("dokumentasikan", edition.path("4-dokumentasi", n), b) for n, b in books.items()]


def _decree(edition: Edition, settings: Settings, public: PublicRegister, day: date) -> list[Path]:
    """The draft Keputusan with its e-mail, and the paper of the official who does not sign it."""
    paper = decree(settings, public, day)
    facts = paper.facts()
    companion = "catatan-telaah.docx" if settings.signed_by_atasan else "lembar-persetujuan.docx"
    names = {
        "keputusan.docx": f"{DRAFT}.docx",
        companion: f"{companion[:-5].replace('-', ' ').title()} (draf).docx",
    }
    written = []
    for template, name in names.items():
        content = word.render(edition.template(template), facts, paper=settings.office["kertas"], draft=True)
        written.append(edition.write("dokumentasikan", edition.path("5-penetapan", name), content))
    note_draft(edition, public)
    letter = letters.decree_mail(settings, paper.signatory, public, written[0].name, day)
    return [*dispatch(edition, "dokumentasikan", Parcel(written[0], letter)), *written[1:]]


def _proposal(edition: Edition, settings: Settings, public: PublicRegister, day: date) -> list[Path]:
    """The surat pengantar of an office that only proposes (Perki 1/2021 Ps 45(3))."""
    states = collect(edition, settings, day).states
    facts = proposal_facts(settings, public, day, replies={k: s.capitalize() for k, s in states.items()})
    content = word.render(edition.template("surat-pengantar.docx"), facts, paper=settings.office["kertas"], draft=True)
    return [
        edition.write("dokumentasikan", edition.path("5-penetapan", "Surat Pengantar Usulan DIP (draf).docx"), content)
    ]
