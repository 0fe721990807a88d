"""What the form of one bidang prints, from the settings and the edition before."""

from __future__ import annotations

from dipxl.files.carried import LastEdition
from dipxl.files.forms import FormFacts
from dipxl.model.columns import sheet
from dipxl.model.dates import parse_date, weekday_date
from dipxl.model.office import Bidang, Settings


def form_facts(settings: Settings, unit: Bidang, before: LastEdition) -> FormFacts:
    """The facts for one bidang's form, with its rows of the last edition."""
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
