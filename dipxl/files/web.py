"""The public page of a DIP: one file that works offline and without JavaScript (Perki 1/2021 Ps 24(3)-(5), 46)."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dipxl.model import items
from dipxl.model.classes import classes
from dipxl.model.columns import annex_columns
from dipxl.model.dates import long_date, months
from dipxl.model.enactment import Enactment, list_title
from dipxl.model.office import Settings
from dipxl.model.published import PublicRegister, PublicRow

DATA_FILES = (
    ("daftar-informasi-publik.xlsx", "Excel (XLSX)"),
    ("daftar-informasi-publik.csv", "CSV"),
    ("daftar-informasi-publik.json", "JSON"),
)
_LINK = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:)])", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)\d\d?(?!\d)")


@dataclass(frozen=True)
class Cell:
    """A cell of the page's table; `order` is what it sorts by where its text does not serve."""

    column: str
    text: str
    order: str = ""


@dataclass(frozen=True)
class Line:
    """One entry as the page shows it: the seven legal cells, and what stands small under the ringkasan."""

    kode: str
    cells: tuple[Cell, ...]
    basis: str
    tautan: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Group:
    """The entries of one class under its legal heading."""

    label: str
    heading: str
    rows: tuple[Line, ...]


def page(register: PublicRegister, settings: Settings, enactment: Enactment) -> str:
    """The whole page as HTML; all that it shows is in the register, the decree and the office's public contact."""
    headings = [column.annex for column in annex_columns()]
    css, js = _asset("page.css") + _card_labels(headings), _asset("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            title=list_title(settings),
            edition=settings.edition.title,
            day=long_date(enactment.day),
            office=_public_office(settings),
            laman=links(settings.office.get("laman", "")),
            policy=_policy(css, js),
            css=Markup(css),  # noqa: S704 - our own file
            js=Markup(js),  # noqa: S704 - our own file
            register=register,
            enactment=enactment,
            total=len(register.rows),
            headings=headings,
            groups=[_group(register, label) for label in classes()],
            data_files=DATA_FILES,
        )
    )


def links(text: str) -> tuple[tuple[str, str], ...]:
    """The parts of a text with the address each leads to: only http and https lead anywhere.

    >>> links("https://contoh.example/a.pdf; rak 2")
    (('contoh.example/a.pdf', 'https://contoh.example/a.pdf'), ('rak 2', ''))
    """
    parts = [part.strip(" ;,\n") for part in _LINK.split(text)]
    return tuple((part.split("://", 1)[1], part) if _LINK.fullmatch(part) else (part, "") for part in parts if part)


def time_order(waktu: str) -> str:
    """What a time sorts by: its last year, then month and day where it names them.

    >>> time_order("15 Januari 2026"), time_order("Semester I 2026"), time_order("setiap bulan")
    ('2026-01-15', '2026-00-00', '')
    """
    years = _YEAR.findall(waktu)
    if not years:
        return ""
    month = next((months()[word] for word in re.findall(r"[a-z]+", waktu.casefold()) if word in months()), 0)
    day = _DAY.search(waktu) if month else None
    return f"{years[-1]}-{month:02}-{int(day[0]) if day else 0:02}"


def _group(register: PublicRegister, label: str) -> Group:
    return Group(label, classes()[label].heading, tuple(_line(row) for row in register.of_class(label)))


def _line(row: PublicRow) -> Line:
    orders = {"waktu": time_order(row.values["waktu"])}
    cells = zip(annex_columns(), row.annex_cells(), strict=True)
    return Line(
        row.kode,
        tuple(Cell(column.name, text, orders.get(column.name, "")) for column, text in cells),
        _basis(row),
        links(row.values["tautan"]),
    )


def _basis(row: PublicRow) -> str:
    """The articles behind the entry's items, which say more to a reader than their kodes; the law is named once."""
    known = [items.items()[kode].basis for kode in row.butir if kode in items.items()]
    return "; ".join([*known[:1], *(basis.removeprefix("Perki 1/2021 ") for basis in known[1:])])


def _public_office(settings: Settings) -> dict[str, str]:
    names = ("nama_badan", "kabupaten", "alamat", "surel", "lisensi")
    return {name: settings.office.get(name, "") for name in names}


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("dipxl", "files"), autoescape=True, undefined=StrictUndefined)


@cache
def _asset(name: str) -> str:
    return files("dipxl.files").joinpath(name).read_text(encoding="utf-8")


def _card_labels(headings: list[str]) -> str:
    """The headings as CSS, for narrow screens where each cell stands under its own; said once, not in every row."""
    return "".join(f'td:nth-child({n}){{--label:"{heading}"}}\n' for n, heading in enumerate(headings, start=1))


def _policy(css: str, js: str) -> str:
    """A Content-Security-Policy under which only this page's own style and script run, and nothing is fetched."""
    return (
        f"default-src 'none'; style-src '{_sha256(css)}'; script-src '{_sha256(js)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
