"""Buku Kendali.xlsx: who has sent, what is open, what comes next, made anew on each run."""

from __future__ import annotations

from collections.abc import Iterator

from dipxl.files.collected import Collected, Submission
from dipxl.files.layout import Stamp, spans
from dipxl.files.lines import Line, Listing, write_listing
from dipxl.files.sheets import Book
from dipxl.model.findings import Severity
from dipxl.model.office import Settings

LOOKS = {
    "lolos": "good",
    "nihil": "good",
    "perlu perbaikan": "fault",
    "tidak terbaca": "fault",
    "belum kirim": "doubt",
    "dilewati": "hint",
}
DONE = ("lolos", "nihil", "dilewati")
NEXT = {
    "perlu perbaikan": "Kirim salinan bertanda dari folder kembali",
    "belum kirim": "Ingatkan bidang",
    "tidak terbaca": "Minta kiriman ulang",
}
UNITS = (
    ("Kode", 8), ("Bidang", 42), ("Keadaan", 18), ("Baris", 9), ("Wajib diperbaiki", 12), ("Perlu diperiksa", 12),
    ("Berkas", 44), ("Langkah berikut", 44),
)  # fmt: skip
FILES = (
    ("Berkas", 50), ("Bidang", 10), ("Keadaan", 18), ("Diketik", 10), ("Termuat", 10), ("Dilaporkan", 12),
    ("Sidik", 22),
)  # fmt: skip
FINDINGS = (
    ("Berkas", 34), ("Sifat", 16), ("Lembar", 20), ("Sel", 14), ("Kolom", 24), ("Yang tertulis", 28),
    ("Apa yang salah", 44), ("Cara memperbaiki", 50), ("Dasar", 22),
)  # fmt: skip
REPAIRS = (("Berkas", 34), ("Lembar", 20), ("Sel", 10), ("Semula", 44), ("Menjadi", 44), ("Alasan", 40))


def control_book(collected: Collected, settings: Settings) -> bytes:
    """The state of the edition: the bidang, the files, the findings, the repairs that dipxl made itself."""
    book = Book(Stamp("kendali", str(settings.edition)), "Buku Kendali DIP")
    done = sum(state in DONE for state in collected.states.values())
    banner = f"Buku Kendali DIP {settings.edition.title}: {done} dari {len(settings.bidang)} bidang selesai"
    listings = (
        Listing("Bidang", UNITS, bidang_lines(collected, settings), LOOKS, banner),
        Listing("Berkas", FILES, [_file_line(s) for s in collected.submissions], LOOKS),
        Listing("Temuan", FINDINGS, list(_finding_lines(collected))),
        Listing("Perbaikan Otomatis", REPAIRS, list(_repair_lines(collected))),
    )
    for listing in listings:
        write_listing(book, listing, "A4")
    return book.close()


def bidang_lines(collected: Collected, settings: Settings) -> list[Line]:
    """For each bidang: kode, name, state, rows, cells to repair, cells to look at, file, what is next."""
    lines: list[Line] = []
    for unit in settings.bidang:
        state, submission = collected.states[unit.kode], collected.of(unit.kode)
        name = submission.name if submission else unit.skipped
        lines.append((unit.kode, unit.nama, state, *_counts(submission), name, NEXT.get(state, "-")))
    return lines


def _counts(submission: Submission | None) -> tuple[str, str, str]:
    if submission is None:
        return "", "", ""
    one = submission.examined
    wajib, periksa = (len(one.findings.cells(severity)) for severity in (Severity.WAJIB, Severity.PERIKSA))
    return str(len(one.rows)), str(wajib), str(periksa)


def _file_line(submission: Submission) -> Line:
    balance = submission.examined.balance
    counts = (str(balance.typed), str(balance.taken), str(balance.reported)) if balance else ("", "", "")
    return (submission.name, submission.bidang, submission.state, *counts, submission.sha256[:16])


def _finding_lines(collected: Collected) -> Iterator[Line]:
    for submission in collected.current:
        for f in submission.examined.all_findings:
            cells = spans(f.cells)
            yield (submission.name, f.severity.label, f.sheet, cells, f.column, f.value, f.message, f.remedy, f.basis)


def _repair_lines(collected: Collected) -> Iterator[Line]:
    for submission in collected.current:
        for repair in submission.examined.repairs:
            yield (submission.name, repair.sheet, repair.cell, repair.before, repair.after, repair.why)
