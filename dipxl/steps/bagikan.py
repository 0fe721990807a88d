"""SOP step 1, out: a form for every bidang, with its e-mail draft and a text for chat."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dipxl.files import letters, settings_book
from dipxl.files.carried import last_edition
from dipxl.files.dispatch import Parcel, dispatch, sending_list
from dipxl.files.edition import Edition, office_day, one_at_a_time
from dipxl.files.form_facts import form_facts
from dipxl.files.forms import form
from dipxl.files.names import slug
from dipxl.steps.report import Report


@one_at_a_time
def bagikan(folder: Path | str, today: date | None = None) -> Report:
    """Write the forms into 1-himpun/keluar/; rows of the last edition are already in them."""
    edition = Edition.open(folder)
    settings = settings_book.settings(edition.settings)
    edition.make_folders()
    before = last_edition(edition)
    parcels = []
    for unit in (u for u in settings.bidang if not u.skipped):
        name = f"formulir-{slug(unit.nama)}"
        content = form(form_facts(settings, unit, before))
        target = edition.write("bagikan", edition.path("1-himpun", "keluar", f"{name}.xlsx"), content)
        letter = letters.form_mail(settings, unit, target.name, today or office_day(settings))
        parcels.append(Parcel(target, letter, unit.surel))
    written = [path for parcel in parcels for path in dispatch(edition, "bagikan", parcel)]
    written.append(sending_list(edition, "bagikan", edition.path("1-himpun", "keluar"), parcels))
    return Report(
        verdict="lolos",
        headline=f"{len(parcels)} formulir siap dikirim ke bidang.",
        next='kirim isi 1-himpun/keluar, taruh berkas yang kembali di 1-himpun/masuk, lalu "dipxl himpun".',
        facts=[("Batas kirim", settings.office.get("batas_kirim") or "belum ditentukan")],
        written=written,
    )
