"""SOP step 1, in: what came back is kept, merged, checked; faults go back in the bidang's own file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from babel.lists import format_list

from dipxl.errors import DipxlError
from dipxl.files import letters, mail, settings_book
from dipxl.files.carried import LastEdition, last_edition
from dipxl.files.collected import Collected, Submission, collect, received
from dipxl.files.control_book import (
    CLEAN,
    DONE,
    bidang_lines,
    control_book,
    suspect_facts,
    suspected,
    unconfirmed_fact,
    waived_fact,
)
from dipxl.files.dispatch import Parcel, dispatch, sending_list
from dipxl.files.edition import Edition, office_day, one_at_a_time
from dipxl.files.finding_text import where
from dipxl.files.form_facts import form_facts
from dipxl.files.gathered import read_opened
from dipxl.files.intake import Examined
from dipxl.files.listing import frame_csv
from dipxl.files.mapping_book import NAME, is_foreign, mapping_book, mapping_lines
from dipxl.files.marked import marked_copy
from dipxl.files.names import slug
from dipxl.files.returned import Returned
from dipxl.files.spots import since_before
from dipxl.model.findings import Findings, Severity, Verdict
from dipxl.model.office import Bidang, Settings
from dipxl.steps.report import Report

SENDING_LIST = "daftar-kirim.csv"
COPY_NUMBER = re.compile(r" \(\d+\)$")


@one_at_a_time
def himpun(folder: Path | str, today: date | None = None) -> Report:
    """Take in 1-himpun/masuk/, write the register, Buku Kendali and the marked copies."""
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    _refuse(edition)
    left = received(edition)
    day = today or office_day(settings)
    collected = collect(edition, settings, day)
    written = [
        edition.write("himpun", edition.path("daftar.csv"), frame_csv(collected.register.frame())),
        edition.write("himpun", edition.path("Buku Kendali.xlsx"), control_book(collected, settings)),
    ]
    written += _mapping(edition, settings, collected)
    written += _answers(edition, settings, collected, day)
    return _report(collected, settings, left, written)


def _mapping(edition: Edition, settings: Settings, collected: Collected) -> list[Path]:
    """Peta Kolom, where lists came that are no form of dipxl's; left alone where the officer's has every heading."""
    foreign = [(s.examined.returned, s.name, s.bidang) for s in collected.current if is_foreign(s.examined.returned)]
    known = collected.explained
    lines = mapping_lines(foreign, known, settings)
    target = edition.path("1-himpun", NAME)
    if not foreign or (edition.touched(target) and all(line in known.lines for line in lines)):
        return []
    return [edition.write("himpun", target, mapping_book(lines, settings))]


def _refuse(edition: Edition) -> None:
    """Stop while nothing that can be read was ever received; nothing is changed then."""
    if edition.archived():  # only ever begun with a file that could be read
        return
    files = read_opened(edition.inbox("1-himpun", "masuk"))
    if any(not file.problem for file in files):
        return
    meant = next((file for file in files if not file.ignored), None)
    if meant:
        raise DipxlError("tidak-terbaca", f"{meant.name}: {meant.problem}", meant.remedy)
    message = "Belum ada formulir di 1-himpun/masuk."
    raise DipxlError(
        "belum-ada-kiriman", message, "Taruh formulir yang kembali dari bidang di folder itu, lalu ulangi."
    )


def _answers(edition: Edition, settings: Settings, collected: Collected, today: date) -> list[Path]:
    """What goes back to the bidang: marked copies with the list of what to send, or the word that all is well."""
    parcels: list[Parcel] = []
    written: list[Path] = []
    before = last_edition(edition)
    for unit in settings.bidang:
        submission, state = collected.of(unit.kode), collected.states[unit.kode]
        if submission and state == Verdict.PERBAIKI:
            content = _marked(settings, unit, submission, before)
            target = edition.path("1-himpun", "kembali", f"kembali-{slug(unit.nama)}.xlsx")
            target = edition.write("himpun", target, content)
            letter = letters.returned_mail(settings, unit, _outcome(submission), target.name, today)
            parcels.append(Parcel(target, letter, unit.surel))
            written += dispatch(edition, "himpun", parcels[-1])
        elif submission and state in CLEAN:
            letter = letters.clean_mail(settings, unit, _outcome(submission), today)
            written += _all_is_well(edition, unit, letter)
    folder = edition.path("1-himpun", "kembali")
    if parcels or (folder / SENDING_LIST).exists():
        written.append(sending_list(edition, "himpun", folder, parcels))
    return written


def _marked(settings: Settings, unit: Bidang, submission: Submission, before: LastEdition) -> bytes:
    facts, since = partial(form_facts, settings, unit, before), since_before(submission)
    return marked_copy(submission.examined.path, submission.examined, submission.kode_of, facts, since)


def _all_is_well(edition: Edition, unit: Bidang, letter: letters.Letter) -> list[Path]:
    """Where a marked copy went to the bidang, the letter beside it now says that nothing is left to repair."""
    written = []
    for path in edition.inbox("1-himpun", "kembali"):
        if path.suffix == ".xlsx" and COPY_NUMBER.sub("", path.stem) == f"kembali-{slug(unit.nama)}":
            draft = mail.draft(unit.surel, letter.subject, letter.body, [])
            written.append(edition.write("himpun", path.with_suffix(".eml"), draft))
            written.append(edition.write("himpun", path.with_suffix(".txt"), f"{letter.chat}\n".encode()))
    return written


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
    asked = collected.unclear or Findings(collected.doubts).needs_person
    attention = bool(open_ones or locked or asked) or done < len(states)
    return Report(
        verdict=str(collected.verdict),
        headline=f"{done} dari {len(states)} bidang selesai; register berisi {len(collected.register)} baris.",
        next=_next(collected, settings),
        facts=[
            ("Usulan dikecualikan", str(len(collected.excluded))),
            ("Berkas diterima", str(len(collected.submissions))),
            *_again(collected),
            *unconfirmed_fact(collected),
            *waived_fact(collected),
            *suspect_facts(collected),
        ],
        headings=("Kode", "Bidang", "Keadaan", "Baris", "Wajib diperbaiki", "Perlu diperiksa"),
        lines=[line[:6] for line in bidang_lines(collected, settings)] + [*_strangers(collected, left)],
        written=written,
        attention=attention,
        data={
            "rows": len(collected.register),
            "unconfirmed": len(collected.unconfirmed),
            "withdrawals": [found.as_json() for found in collected.unclear],
            "waivers": [found.as_json() for found in collected.doubts],
            "suspects": [suspect.as_json() for suspect in suspected(collected)],
            "bidang": dict(collected.states),
            "files": [_file(s) for s in collected.submissions] + [_left(file) for file in left],
        },
    )


def _again(collected: Collected) -> list[tuple[str, str]]:
    """How many files came again as they were; one that was replaced since does not count anew, which is said."""
    again = sum(len(s.copies) for s in collected.submissions)
    old = sum(len(s.copies) for s in collected.submissions if s.state == "digantikan")
    told = f"{again}, {old} di antaranya sudah digantikan" if old else str(again)
    return [("Kiriman ulang yang sama persis", told)] if again else []


def _strangers(collected: Collected, left: Iterable[Returned]) -> Iterator[tuple[str, ...]]:
    """A line for each file that belongs to no bidang and each doubt about the settings: its name, and what is wrong."""
    for found in collected.unclear:
        yield ("-", found.value, f"{found.message} {found.remedy}", "", "", "")
    for found in collected.doubts:
        yield ("-", where(found), f"{found.message} {found.remedy}", "", "", "")
    for file in left:
        yield ("-", file.path.as_posix(), f"{file.problem} {file.remedy}", "", "", "")
    for submission in collected.current:
        if not submission.bidang:
            first = next(iter(submission.examined.all_findings))
            yield ("-", submission.name, f"{first.message} {first.remedy}", "", "", "")


def _next(collected: Collected, settings: Settings) -> str:
    open_ones = [unit for unit in settings.bidang if collected.states[unit.kode] == Verdict.PERBAIKI]
    if open_ones:
        files = f"kembali-{slug(open_ones[0].nama)}.xlsx" if len(open_ones) == 1 else "berkas kembali-..."
        names = format_list([unit.nama for unit in open_ones], locale="id")
        after = 'setelah kembali, taruh di masuk dan ulangi "dipxl himpun".'
        return f"kirim {files} dari 1-himpun/kembali ke {names}; {after}"
    if "belum kirim" in collected.states.values():
        return 'tunggu kiriman bidang yang belum, atau lanjutkan dengan "dipxl usulkan".'
    return 'jalankan "dipxl usulkan".'


def _file(submission: Submission) -> dict[str, object]:
    told = submission.examined.as_json(f"1-himpun/masuk/{submission.name}")
    told["waived"] = submission.examined.findings.waived
    told |= {"unit": submission.bidang or None, "state": submission.state, "sha256": submission.sha256}
    since = since_before(submission)
    return told | {"copies": list(submission.copies), "since": since.as_json() if since else None}


def _left(file: Returned) -> dict[str, object]:
    return Examined(file).as_json(f"1-himpun/masuk/{file.path.as_posix()}") | {"waived": 0}
