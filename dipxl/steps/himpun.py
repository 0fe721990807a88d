"""SOP step 1, in: what came back is kept, merged, checked; faults go back in the bidang's own file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from dipxl.errors import DipxlError
from dipxl.files import letters, settings_book
from dipxl.files.collected import Collected, Submission, collect, received
from dipxl.files.control_book import DONE, bidang_lines, control_book
from dipxl.files.dispatch import Parcel, dispatch
from dipxl.files.edition import Edition, office_day
from dipxl.files.intake import Examined
from dipxl.files.listing import frame_csv
from dipxl.files.marked import marked_copy
from dipxl.files.names import slug
from dipxl.files.returned import Returned, read
from dipxl.model.findings import Severity, Verdict
from dipxl.model.office import Settings
from dipxl.steps.report import Report


def himpun(folder: Path | str, today: date | None = None) -> Report:
    """Take in 1-himpun/masuk/, write the register, Buku Kendali and the marked copies."""
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    _refuse(edition)
    left = received(edition)
    collected = collect(edition, settings)
    written = [
        edition.write("himpun", edition.path("daftar.csv"), frame_csv(collected.register.frame())),
        edition.write("himpun", edition.path("Buku Kendali.xlsx"), control_book(collected, settings)),
    ]
    for submission in collected.current:
        if submission.bidang and submission.examined.verdict is Verdict.PERBAIKI:
            written += _send_back(edition, settings, submission, today or office_day(settings))
    return _report(collected, settings, [read(path) for path in left], written)


def _refuse(edition: Edition) -> None:
    """Stop while nothing that can be read was ever received; nothing is changed then."""
    files = [read(path) for path in [*edition.archived().values(), *edition.inbox("1-himpun", "masuk")]]
    if any(not file.problem for file in files):
        return
    meant = next((file for file in files if not file.ignored), None)
    if meant:
        raise DipxlError("tidak-terbaca", f"{meant.name}: {meant.problem}", meant.remedy)
    message = "Belum ada formulir di 1-himpun/masuk."
    raise DipxlError(
        "belum-ada-kiriman", message, "Taruh formulir yang kembali dari bidang di folder itu, lalu ulangi."
    )


def _send_back(edition: Edition, settings: Settings, submission: Submission, today: date) -> list[Path]:
    unit = settings.unit(submission.bidang)
    if unit is None:
        raise LookupError(submission.bidang)  # a submission belongs to a bidang of the settings
    content = marked_copy(submission.examined.path, submission.examined, submission.kode_of)
    target = edition.path("1-himpun", "kembali", f"kembali-{slug(unit.nama)}.xlsx")
    target = edition.write("himpun", target, content)
    letter = letters.returned_mail(settings, unit, _outcome(submission), target.name, today)
    return dispatch(edition, "himpun", Parcel(target, letter, unit.surel))


def _outcome(submission: Submission) -> letters.Outcome:
    """What the letter tells the bidang, with the numbers that the marked copy shows."""
    one = submission.examined
    cells = tuple(cell for _, cell in one.findings.cells(Severity.WAJIB))
    return letters.Outcome(len(one.rows) - one.faulty_rows, submission.sha256, one.faulty_rows, cells)


def _report(collected: Collected, settings: Settings, left: list[Returned], written: list[Path]) -> Report:
    states = list(collected.states.values())
    done = sum(state in DONE for state in states)
    open_ones = [s for s in collected.submissions if s.counts and s.examined.attention]
    locked = [file for file in left if not file.ignored]
    attention = bool(open_ones or locked) or done < len(states)
    return Report(
        verdict=str(collected.verdict),
        headline=f"{done} dari {len(states)} bidang selesai; register berisi {len(collected.register)} baris.",
        next=_next(states),
        facts=[
            ("Usulan dikecualikan", str(len(collected.excluded))),
            ("Berkas diterima", str(len(collected.submissions))),
        ],
        headings=("Kode", "Bidang", "Keadaan", "Baris", "Wajib diperbaiki", "Perlu diperiksa"),
        lines=[line[:6] for line in bidang_lines(collected, settings)] + [*_strangers(collected, left)],
        written=written,
        attention=attention,
        data={
            "rows": len(collected.register),
            "bidang": dict(collected.states),
            "files": [_file(s) for s in collected.submissions] + [_left(file) for file in left],
        },
    )


def _strangers(collected: Collected, left: Iterable[Returned]) -> Iterator[tuple[str, ...]]:
    """A line for each file that belongs to no bidang: its name, and what is wrong with it."""
    for file in left:
        yield ("-", file.name, f"{file.problem} {file.remedy}", "", "", "")
    for submission in collected.current:
        if not submission.bidang:
            first = next(iter(submission.examined.all_findings))
            yield ("-", submission.name, f"{first.message} {first.remedy}", "", "", "")


def _next(states: list[str]) -> str:
    if "perlu perbaikan" in states:
        return 'kirim isi 1-himpun/kembali ke bidangnya; setelah kembali, taruh di masuk dan ulangi "dipxl himpun".'
    if "belum kirim" in states:
        return 'tunggu kiriman bidang yang belum, atau lanjutkan dengan "dipxl usulkan".'
    return 'jalankan "dipxl usulkan".'


def _file(submission: Submission) -> dict[str, object]:
    told = submission.examined.as_json(f"1-himpun/masuk/{submission.name}")
    return told | {"unit": submission.bidang or None, "state": submission.state, "sha256": submission.sha256}


def _left(file: Returned) -> dict[str, object]:
    return Examined(file).as_json(f"1-himpun/masuk/{file.name}")
