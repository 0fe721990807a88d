"""SOP step 1, out: a form for every bidang, with its e-mail draft and a text for chat."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dipxl.files import letters, settings_book
from dipxl.files.collected import LastEdition, last_edition
from dipxl.files.dispatch import Parcel, dispatch, sending_list
from dipxl.files.edition import Edition, office_day, one_at_a_time
from dipxl.files.forms import FormFacts, form
from dipxl.files.names import slug
from dipxl.model.columns import sheet
from dipxl.model.dates import parse_date, weekday_date
from dipxl.model.office import Bidang, Settings
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


def form_facts(settings: Settings, unit: Bidang, before: LastEdition) -> FormFacts:
    """What one bidang's form prints, from the settings and the last edition."""
    office = settings.office
    contact = [office["narahubung"], office["surel"]] + [f"WhatsApp {office['whatsapp']}"] * bool(office["whatsapp"])
    deadline = parse_date(office["batas_kirim"])
    head = {"mengetahui": unit.kepala, "bawaan_menguasai": unit.nama, "bawaan_pj": unit.kepala}
    head["bawaan_tempat"] = office["tempat"]
    return FormFacts(
        office=f"{office['singkatan']} {office['kabupaten']}",
        edition=str(settings.edition),
        edition_title=settings.edition.title,
        unit=unit.kode,
        unit_name=unit.nama,
        head=head,
        contact=", ".join(contact),
        deadline=weekday_date(deadline) if deadline else "waktu yang diumumkan",
        paper=office["kertas"],
        sop_columns=office["kolom_sop"] == "Ya",
        carried=[_unlike_head(row, head) for row in _carried(before, unit, "daftar")],
        carried_excluded=_carried(before, unit, "dikecualikan"),
    )


def _carried(before: LastEdition, unit: Bidang, kind: str) -> list[dict[str, str]]:
    rows = before.of(unit.kode, kind)
    return [dict(values) | {"kode": kode, "pemutakhiran": "Tetap", "alasan_cabut": ""} for kode, values in rows.items()]


def _unlike_head(row: dict[str, str], head: dict[str, str]) -> dict[str, str]:
    """The row without the cells that only repeat the head."""
    repeated = [c.name for c in sheet("daftar") if c.default_from and row.get(c.name) == head[c.default_from]]
    return row | dict.fromkeys(repeated, "")
