"""Buku Kendali.xlsx: who has sent, what is open, what comes next, made anew on each run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from dipxl.files.collected import Collected, Submission
from dipxl.files.finding_text import rows
from dipxl.files.layout import Stamp, down_columns, spans
from dipxl.files.lines import Line, Listing, write_listing
from dipxl.files.sheets import Book
from dipxl.model.columns import sheet
from dipxl.model.dates import long_date
from dipxl.model.findings import Finding, Severity, Waiver
from dipxl.model.office import Bidang, Settings
from dipxl.model.suspects import Suspect, suspects

LOOKS = {
    "lolos": "good",
    "nihil": "good",
    "perlu perbaikan": "fault",
    "tidak terbaca": "fault",
    "belum kirim": "doubt",
    "dilewati": "hint",
}
CLEAN = ("lolos", "nihil")
DONE = (*CLEAN, "dilewati")
NEXT = {
    "perlu perbaikan": "Kirim salinan bertanda dari folder kembali",
    "belum kirim": "Ingatkan bidang",
    "tidak terbaca": "Minta kiriman ulang",
}
ASK = "Tanyakan baris edisi lalu yang belum dikonfirmasi"
SUSPECTED = "Kemungkinan petunjuk formulirnya yang keliru"
CLOSED = "(tertutup)"  # in place of what a proposal for exception says: this book is shown around
UNITS = (
    ("Kode", 8), ("Bidang", 36), ("Keadaan", 16), ("Baris", 7), ("Wajib diperbaiki", 11), ("Perlu diperiksa", 11),
    ("Belum dikonfirmasi", 13), ("Berkas", 32), ("Langkah berikut", 30), ("Keterangan", 32),
)  # fmt: skip
FILES = (
    ("Berkas", 50), ("Bidang", 10), ("Keadaan", 18), ("Diketik", 10), ("Termuat", 10), ("Dilaporkan", 12),
    ("Sidik", 22), ("Keterangan", 50),
)  # fmt: skip
AGAIN = "kiriman ulang"
FINDINGS = (
    ("Berkas", 26), ("Sifat", 11), ("Lembar", 13), ("Sel", 12), ("Kolom", 17), ("Yang tertulis", 20),
    ("Apa yang salah", 32), ("Cara memperbaiki", 36), ("Dasar", 14), ("Baris", 22), ("Aturan", 17),
)  # fmt: skip
WAIVERS = (
    ("Bidang", 12), ("Aturan", 26), ("Alasan", 50), ("Disetujui oleh", 30), ("Berlaku sampai", 20), ("Sel", 8),
)  # fmt: skip
REPAIRS = (
    ("Berkas", 34), ("Lembar", 20), ("Sel", 24), ("Jumlah sel", 8), ("Semula", 40), ("Menjadi", 40), ("Alasan", 34),
)  # fmt: skip


def control_book(collected: Collected, settings: Settings) -> bytes:
    """The state of the edition: the bidang, the files, the findings, the repairs that dipxl made itself."""
    book = Book(Stamp("kendali", str(settings.edition)), "Buku Kendali DIP")
    done = sum(state in DONE for state in collected.states.values())
    banner = f"Buku Kendali DIP {settings.edition.title}: {done} dari {len(settings.bidang)} bidang selesai"
    listings = [
        Listing("Bidang", UNITS, bidang_lines(collected, settings), LOOKS, banner),
        Listing("Berkas", FILES, list(_file_lines(collected)), LOOKS),
        Listing("Temuan", FINDINGS, list(_finding_lines(collected))),
        Listing("Perbaikan Otomatis", REPAIRS, list(_repair_lines(collected))),
    ]
    if settings.waivers:
        listings.append(Listing("Dispensasi", WAIVERS, list(_waiver_lines(collected, settings))))
    for listing in listings:
        write_listing(book, listing, "A4")
    return book.close()


def bidang_lines(collected: Collected, settings: Settings) -> list[Line]:
    """For each bidang: kode, name, state, rows, to repair, to look at, unconfirmed, file, what is next, remarks."""
    waiting = Counter(entry.bidang for entry in collected.unconfirmed)
    lines: list[Line] = []
    for unit in settings.bidang:
        state, latest = collected.states[unit.kode], collected.latest(unit.kode)
        name = latest.name if latest else ""
        unsure, following = waiting[unit.kode], NEXT.get(state, ASK if waiting[unit.kode] else "-")
        counts = _counts(collected.of(unit.kode))
        lines.append((unit.kode, unit.nama, state, *counts, str(unsure or ""), name, following, _remark(unit, latest)))
    return lines


def _remark(unit: Bidang, latest: Submission | None) -> str:
    """Why a bidang is left out, and who decided that; and what came again."""
    told = [f"{unit.skipped} ({unit.skipped_by})"] if unit.skipped else []
    if unit.skipped and latest:
        told.append("kirimannya disimpan dan belum dihitung")
    if latest and latest.copies:
        told.append(f"dikirim ulang sama persis: {', '.join(latest.copies)}")
    return "; ".join(told)


def unconfirmed_fact(collected: Collected) -> list[tuple[str, str]]:
    """How many rows of the last edition still wait for their bidang's word, if any."""
    number = len(collected.unconfirmed)
    return [("Belum dikonfirmasi", f"{number} baris dari edisi lalu")] if number else []


def waived_fact(collected: Collected) -> list[tuple[str, str]]:
    """How many faults do not block because they are waived, if any."""
    counts = [number for s in collected.current if (number := s.examined.findings.waived)]
    return [("Dispensasi", f"{sum(counts)} sel pada {len(counts)} bidang")] if counts else []


def suspect_facts(collected: Collected) -> list[tuple[str, str]]:
    """The columns that most bidang fail alike, which the form itself may have caused."""
    return [(SUSPECTED, f'kolom "{s.column}", {s.share}') for s in suspected(collected)]


def suspected(collected: Collected) -> tuple[Suspect, ...]:
    return suspects({s.bidang: s.examined.findings for s in collected.current if s.bidang})


def _counts(submission: Submission | None) -> tuple[str, str, str]:
    if submission is None:
        return "", "", ""
    one = submission.examined
    wajib, periksa = (one.findings.count(severity) for severity in (Severity.WAJIB, Severity.PERIKSA))
    return str(len(one.rows)), str(wajib), str(periksa)


def _file_lines(collected: Collected) -> Iterator[Line]:
    """A line for each received file, and one below it for each other name under which the very same file came."""
    for s in collected.submissions:
        balance = s.examined.balance
        counts = (str(balance.typed), str(balance.taken), str(balance.reported)) if balance else ("", "", "")
        yield (s.name, s.bidang, s.state, *counts, s.sha256[:16], _standing(s, collected.latest(s.bidang)))
        since = " yang sudah digantikan" if s.state == "digantikan" else ""
        for copy in s.copies:
            yield (copy, s.bidang, AGAIN, "", "", "", s.sha256[:16], f"sama persis dengan {s.name}{since}")


def _standing(submission: Submission, latest: Submission | None) -> str:
    """Why a file does not count, where it does not."""
    if submission.state == "digantikan" and latest:
        return f"digantikan oleh {latest.name}"
    if submission.state == "diterima":
        return "disimpan dan belum dihitung karena bidangnya dilewati"
    return submission.withdrawal or submission.examined.returned.problem


def _finding_lines(collected: Collected) -> Iterator[Line]:
    for suspect in suspected(collected):
        yield _finding_line(f"{suspect.bidang} berkas", suspect.as_finding())
    for f in (*collected.unclear, *collected.doubts):
        yield _finding_line("pengaturan.xlsx", f)
    for submission in collected.current:
        closed = _closed(submission)
        for f in submission.examined.all_findings:
            yield _finding_line(submission.name, _covered(f) if f.sheet in closed else f)


def _finding_line(name: str, f: Finding) -> Line:
    seen = (f.sheet, spans(f.cells), f.column, f.value)
    return (name, f.severity.label, *seen, f.message, f.remedy, f.basis, rows(f), f.code)


def _waiver_lines(collected: Collected, settings: Settings) -> Iterator[Line]:
    """Each waiver with the number of cells that it lets rest now."""
    resting = Counter[Waiver]()
    for submission in collected.current:
        for f in submission.examined.findings:
            if f.waiver:
                resting[f.waiver] += len(f.cells) or 1
    for w in settings.waivers:
        yield (w.bidang or "semua", w.rule, w.reason, w.approver, long_date(w.until), str(resting[w] or "-"))


def _closed(submission: Submission) -> set[str]:
    """The titles of the sheets that hold proposals for exception, under whatever name they came back."""
    tables = submission.examined.returned.tables
    titles = {t.sheet for t in tables if any(key.startswith("dikecualikan.") for key in t.letters)}
    return titles | {sheet("dikecualikan").title}


def _covered(f: Finding) -> Finding:
    """The finding without the text it quotes."""
    unnamed = replace(f, rows=tuple(row and CLOSED for row in f.rows))
    if not f.value:
        return unnamed
    message, remedy = (words.replace(f.value, CLOSED) for words in (f.message, f.remedy))
    return replace(unnamed, value=CLOSED, message=message, remedy=remedy)


def _repair_lines(collected: Collected) -> Iterator[Line]:
    """Equal repairs of one sheet as one line with all their cells, so that three hundred do not drown the others."""
    for submission in collected.current:
        closed = _closed(submission)
        groups: dict[tuple[str, str, str, str], list[str]] = {}
        for r in submission.examined.repairs:
            before, after = (CLOSED, CLOSED) if r.sheet in closed else (r.before, r.after)
            groups.setdefault((r.sheet, before, after, r.why), []).append(r.cell)
        for (title, before, after, why), cells in groups.items():
            where = spans(sorted(cells, key=down_columns))
            yield (submission.name, title, where, str(len(cells)), before, after, why)
