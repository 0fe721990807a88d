"""Opens the next edition from a finished one (Perki 1/2021 Ps 45(7): at least every six months)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from dipxl.files import settings_book
from dipxl.files.carried import LAST_EDITION, last_edition
from dipxl.files.collected import collect
from dipxl.files.decisions import decided
from dipxl.files.edition import Edition, one_at_a_time
from dipxl.files.mapping_book import NAME, mapping_book
from dipxl.files.origins import origins
from dipxl.files.seal import Seal, read_seal
from dipxl.model.dates import long_date
from dipxl.model.register import REFUSED, Entry, Register
from dipxl.steps.report import Report

OF_ONE_EDITION = ("dilewati_alasan", "dilewati_oleh")
ASKED_ANEW = ("batas_kirim", "tanggal_rapat", "berita_acara")


@one_at_a_time
def mutakhirkan(folder: Path | str, target: Path | str | None = None) -> Report:
    """Make the folder of the next edition: settings taken over, every live row handed on with its kode.

    An edition that only proposes has no Keputusan of its own and goes on without a seal.
    """
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    seal = None if settings.only_proposes else read_seal(edition)
    collected = collect(edition, settings)
    register = decided(edition, collected.register)
    following = settings.edition.next
    new = Edition.create(target or edition.folder.resolve().parent / f"dip-{following}")
    office = dict(settings.office) | dict.fromkeys(ASKED_ANEW, "")
    office |= {"edisi": str(following), "keputusan_lama": _replaced(seal) if seal else ""}
    tables = settings_book.as_tables(settings_book.examined(edition.settings)) | {"ditarik": []}
    tables["bidang"] = [row | dict.fromkeys(OF_ONE_EDITION, "") for row in tables["bidang"]]
    rows = _live_rows(register) | {e.kode: _handed_on(e) for e in collected.excluded}
    kodes = sorted({*last_edition(edition).kodes, *(k for s in collected.submissions for k in s.kodes)})
    known = collected.explained.confirmed
    remembered = {NAME: mapping_book(known, replace(settings, office=office))} if known else {}
    data = {"rows": rows, "kodes": kodes, "asal": origins(edition, settings.edition, collected, seal)}
    handed_on = json.dumps(data, ensure_ascii=False, indent=1).encode()
    written = [
        new.write("mutakhirkan", new.path("arsip", LAST_EDITION), handed_on),
        *(new.write("mutakhirkan", new.path("1-himpun", name), book) for name, book in remembered.items()),
        new.write("mutakhirkan", new.settings, settings_book.write(office, tables)),  # last: it makes an edition of it
    ]
    return Report(
        verdict="lolos",
        headline=f"Edisi {following} dibuka dengan {len(rows)} baris dari edisi {settings.edition}.",
        next=f'periksa pengaturan.xlsx di folder "{new.folder.name}", lalu jalankan "dipxl bagikan" dari sana.',
        written=written,
        data={"edition": str(following), "folder": str(new.folder), "rows": len(rows)},
    )


def _live_rows(register: Register) -> dict[str, dict[str, str]]:
    """The rows that go on, with the class and items decided for them; withdrawn and refused ones stay behind."""
    return {
        e.kode: _handed_on(e) | {"kelas_putusan": e.kelas, "butir": "; ".join(e.butir)}
        for e in register
        if not e.withdrawn and e.putusan not in REFUSED
    }


def _handed_on(entry: Entry) -> dict[str, str]:
    return dict(entry.values) | {"bidang": entry.bidang, "perlu_diperbaiki": "; ".join(entry.faults)}


def _replaced(seal: Seal) -> str:
    decree = seal.enactment
    return f"Nomor {decree.nomor} tanggal {long_date(decree.day)} tentang {decree.title}"
