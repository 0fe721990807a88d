"""The letters that go with a file, for e-mail and for WhatsApp; their words stand in `letters.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from babel.lists import format_list
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from dipxl.errors import DipxlError
from dipxl.model.columns import sheet
from dipxl.model.dates import parse_date, weekday_date
from dipxl.model.office import Bidang, Official, Settings

if TYPE_CHECKING:
    from dipxl.model.published import PublicRegister

_CELLS_SHOWN = 5
# Without characters that are taken for one another when read aloud or copied by hand: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
_RECEIPT_SIGNS = "34679ACDEFGHJKMNPQRTWXY"


@dataclass(frozen=True)
class Letter:
    """One letter: as an e-mail, and as a short text to paste into a chat."""

    subject: str
    body: str
    chat: str


@dataclass(frozen=True)
class Outcome:
    """What the check of a returned form found: how many rows, which cells, and the fingerprint of the file."""

    accepted: int
    sha256: str
    to_repair: int = 0
    cells: tuple[str, ...] = ()


def receipt(sha256: str) -> str:
    """A short code of a received file that can be said on the telephone, such as 7K3M."""
    number, code = int(sha256, 16), ""
    for _ in range(4):
        number, place = divmod(number, len(_RECEIPT_SIGNS))
        code += _RECEIPT_SIGNS[place]
    return code


def form_mail(settings: Settings, bidang: Bidang, file: str, today: date) -> Letter:
    """The letter that brings a bidang its form."""
    return _letter("formulir", settings, today, penerima=bidang.nama, berkas=file)


def returned_mail(settings: Settings, bidang: Bidang, outcome: Outcome, file: str, today: date) -> Letter:
    """The letter that brings a bidang its marked copy."""
    return _letter("kembali", settings, today, penerima=bidang.nama, berkas=file, **_found(outcome))


def clean_mail(settings: Settings, bidang: Bidang, outcome: Outcome, today: date) -> Letter:
    """The letter that tells a bidang that nothing is left to repair, or that its nihil is noted."""
    return _letter("diterima", settings, today, penerima=bidang.nama, berkas="", **_found(outcome))


def decree_mail(settings: Settings, official: Official, register: PublicRegister, file: str, today: date) -> Letter:
    """The letter that brings the decree to the official who signs it."""
    counts = [f"{n or 'nihil'} {label.lower()}" for label, n in register.counts.items()]
    facts = {"banyak": len(register.rows), "jumlah": _listed(counts), "kode_naskah": register.kode_naskah}
    names = {"penerima": official.title, "selaku": official.peran, "berkas": file}
    return _letter("keputusan", settings, today, **names, **facts)


def _found(outcome: Outcome) -> dict[str, Any]:
    return {
        "diterima": outcome.accepted,
        "perlu_diperbaiki": outcome.to_repair,
        "sel": _cells(outcome.cells),
        "tanda_terima": receipt(outcome.sha256),
    }


def _cells(cells: tuple[str, ...]) -> str:
    """The cells as one reads them out: "C9 dan F12"; of many only the first few."""
    more = len(cells) - _CELLS_SHOWN
    return _listed([*cells[:_CELLS_SHOWN], f"{more} sel lain"] if more > 1 else list(cells))


def _listed(parts: list[str]) -> str:
    return format_list(parts, locale="id")


def _letter(name: str, settings: Settings, today: date, **facts: object) -> Letter:
    """Fill in one table of `letters.toml`."""
    office = {column.name: "" for column in sheet("kantor")} | dict(settings.office)
    facts |= {"kantor": office, "edisi": settings.edition.title, "batas": _deadline(settings, today)}
    texts = {part: _render(name, part, text, facts) for part, text in _texts()[name].items()}
    return Letter(" ".join(texts["subjek"].split()), texts["surel"] + "\n", texts["obrolan"])


def _deadline(settings: Settings, today: date) -> str:
    """The day by which forms are due, or nothing where it is open or over."""
    day = parse_date(settings.office.get("batas_kirim", ""))
    return weekday_date(day) if day and day >= today else ""


def _render(name: str, part: str, text: str, facts: dict[str, Any]) -> str:
    try:
        return _environment().from_string(text).render(facts).strip()
    except TemplateError as error:
        message = f'Surat "{name}" bagian "{part}" memuat isian yang tidak dikenal atau salah tulis.'
        raise DipxlError("surat-rusak", message, "Periksa setiap {{ ... }} di dalamnya pada letters.toml.") from error


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("dipxl.files").joinpath("letters.toml").read_text(encoding="utf-8"))


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)  # plain text, not HTML
    environment.filters |= {"tebal": lambda text: _marked("*", text), "miring": lambda text: _marked("_", text)}
    return environment


def _marked(sign: str, text: str) -> str:
    """The text in WhatsApp's bold or italic, which a sign inside or a space at an end would break."""
    return f"{sign}{' '.join(text.replace('*', '').split())}{sign}"
