"""The facts that a Keputusan and the papers beside it state, worked out from settings and register."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dipxl.errors import DipxlError
from dipxl.model import dates
from dipxl.model.classes import Class, classes
from dipxl.model.columns import annex_columns
from dipxl.model.office import Official, Settings
from dipxl.model.published import PublicRegister

DOTS = "........"
PPID = "PPID"
ATASAN = "Atasan PPID"
PELAKSANA = "PPID Pelaksana"
_ROLE_WORDS = {PPID: "Pejabat Pengelola Informasi dan Dokumentasi"}
_ROLE_WORDS[ATASAN] = f"Atasan {_ROLE_WORDS[PPID]}"
_TOKEN = re.compile(r"(\$\{[^}]*\})")


@dataclass(frozen=True)
class Numbered:
    """The number and the date of a paper; both stay open until they are typed from what came back signed."""

    nomor: str = ""
    day: date | None = None

    @property
    def nomor_shown(self) -> str:
        """The number as a heading prints it: a bare "12" becomes "12 TAHUN 2026", anything else stays as typed."""
        return capitals(self._with_year(self.nomor.strip() or DOTS))

    @property
    def nomor_in_text(self) -> str:
        """The number as a sentence cites it: "12 Tahun 2026"."""
        return self._with_year(self.nomor) if self.nomor.strip() else DOTS

    @property
    def date_shown(self) -> str:
        return dates.long_date(self.day) if self.day else DOTS

    def facts(self) -> dict[str, str]:
        shown = {"nomor": self.nomor_shown, "nomor_kalimat": self.nomor_in_text, "tanggal": self.date_shown}
        return shown | _spoken(self.day)

    def _with_year(self, nomor: str) -> str:
        nomor = re.sub(r"^nomor\s*:?\s*", "", nomor.strip(), flags=re.IGNORECASE)
        bare = nomor == DOTS or re.fullmatch(r"\d+\s*[A-Za-z]?", nomor)
        return f"{nomor} Tahun {self.day.year if self.day else DOTS}" if bare else nomor


@dataclass(frozen=True)
class Decree:
    """A Keputusan before it is put on paper.

    `companion` is the official who does not sign it: in variant A the PPID, who leaves a record of the review; in
    variant B the Atasan PPID, who leaves the Lembar Persetujuan (Perki 1/2021 Ps 45(6)). `sheet` is the number and
    date of that paper.
    """

    settings: Settings
    register: PublicRegister
    signatory: Official
    companion: Official
    own: Numbered
    sheet: Numbered

    def facts(self) -> dict[str, Any]:
        """Every placeholder of the Word templates with what it stands for."""
        return (
            _office(self.settings)
            | _content(self.register)
            | self._act()
            | {
                "penanda_tangan": _signature(self.signatory),
                "pendamping": _signature(self.companion),
                "lembar": self.sheet.facts(),
                "mengingat": legal_basis(self.settings),
                "ppid_menetapkan": not self.settings.signed_by_atasan,
                "irah_irah": self.settings.office["irah_irah"] == "Ya",
                "ttd_lampiran": self.settings.office["tanda_tangan_lampiran"] == "Ya",
            }
        )

    def _act(self) -> dict[str, Any]:
        cells = self.settings.office
        return self.own.facts() | {
            "jabatan": _post(self.signatory),
            "JABATAN": capitals(_post(self.signatory)),
            "SELAKU": capitals(f"selaku {_ROLE_WORDS[self.signatory.peran]}"),
            "tanggal_rapat": _as_date(cells.get("tanggal_rapat", "")),
            "berita_acara": _without_nomor(cells.get("berita_acara", "")) or f"{DOTS} tanggal {DOTS}",
            "sop": _without_nomor(cells.get("sop", "")),
            "keputusan_lama": replaced_decree(cells.get("keputusan_lama", ""), _post(self.signatory)),
        }


def decree(
    settings: Settings,
    register: PublicRegister,
    today: date,
    own: Numbered = Numbered(),
    sheet: Numbered = Numbered(),
) -> Decree:
    """The Keputusan of an edition; each paper takes the official in office on its date, or today while it has none.

    Raises DipxlError where a role has no official on that day.
    """
    roles = (ATASAN, PPID) if settings.signed_by_atasan else (PPID, ATASAN)
    day = own.day or today
    signatory = in_office(settings, roles[0], day)
    companion = in_office(settings, roles[1], sheet.day or day)
    return Decree(settings, register, signatory, companion, own, sheet)


def proposal_facts(
    settings: Settings,
    register: PublicRegister,
    today: date,
    own: Numbered = Numbered(),
    replies: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The facts of the surat pengantar with which a PPID Pelaksana proposes its DIP (Perki 1/2021 Ps 45(3)).

    `replies` says by kode of the bidang what it answered where it sent no entry, such as "Nihil".
    """
    letter = own.facts() | {"nomor": own.nomor.strip() or DOTS}
    signatory = in_office(settings, PELAKSANA, own.day or today)
    return (
        _office(settings)
        | _content(register)
        | letter
        | {"penanda_tangan": _signature(signatory), "jawaban": _replies(settings, register, replies or {})}
    )


def in_office(settings: Settings, peran: str, day: date) -> Official:
    """Who holds a role on a day (UU 30/2014 Ps 52(1)a); a paper without its official cannot be made."""
    official = settings.official(peran, day)
    if official is None:
        raise DipxlError(
            "pejabat-tidak-ada",
            f"Tidak ada {peran} yang menjabat pada {dates.long_date(day)}.",
            f'Isi {peran} di lembar "Pejabat" pengaturan.xlsx dengan masa jabatan yang memuat tanggal itu.',
        )
    return official


def capitals(text: str) -> str:
    """The text in capitals, all but the tokens of e-office signing such as `${nomor_naskah}`."""
    return "".join(part if _TOKEN.fullmatch(part) else part.upper() for part in _TOKEN.split(text))


def dictum(number: int) -> str:
    """The name of a dictum: KESATU, KEDUA, ... KESEBELAS."""
    return f"KE{dates.words(number)}".upper()


def legal_basis(settings: Settings) -> tuple[str, ...]:
    """The regulations under Mengingat; each ends with a semicolon, the last one too."""
    return tuple(f"{text.strip().rstrip(';. ')};" for text in settings.legal_basis)


def replaced_decree(typed: str, jabatan: str) -> str:
    """The full name of the Keputusan that this one replaces, from what the settings say; blank when none."""
    typed = " ".join(typed.split()).rstrip(" .;")
    if not typed or typed.casefold().startswith("keputusan"):
        return typed
    return f"Keputusan {jabatan} Nomor {_without_nomor(typed)}"


def _office(settings: Settings) -> dict[str, Any]:
    cells = settings.office
    name, region = cells["nama_badan"], cells["kabupaten"]
    badan = name if region.casefold() in name.casefold() else f"{name} {region}"
    edition = settings.edition.title
    return {
        "kop": _letterhead(cells),
        "badan": badan,
        "BADAN": capitals(badan),
        "edisi": edition,
        "EDISI": capitals(edition),
        "kabupaten": region,
        "kepala_daerah": _head_of_region(region),
        "tempat": cells["tempat"],
        "tingkat_kabupaten": cells["tingkat"] == "Pemerintah kabupaten",
    }


def _letterhead(cells: Mapping[str, str]) -> dict[str, str]:
    name, region = capitals(cells["nama_badan"]), capitals(f"Pemerintah {cells['kabupaten']}")
    contact = [("Laman", cells.get("laman", "")), ("Surel", cells.get("surel", ""))]
    return {
        "PEMERINTAH": "" if name == region else region,
        "BADAN": name,
        "alamat": cells["alamat"],
        "kontak": " | ".join(f"{label} {text}" for label, text in contact if text),
    }


def _head_of_region(region: str) -> str:
    kind, _, name = region.partition(" ")
    return f"Wali Kota {name}" if kind.casefold() == "kota" else f"Bupati {name or kind}"


def _content(register: PublicRegister) -> dict[str, Any]:
    """What the register holds: the annexes, the counts, and the code that ties the papers together."""
    kinds = list(classes().values())
    return {
        "lampiran": [_annex(kind, register, len(kinds) - place) for place, kind in enumerate(kinds, start=1)],
        "jumlah": {kind.name: _digits_and_words(register.counts[kind.label]) for kind in kinds},
        "jumlah_semua": _digits_and_words(len(register.rows)),
        "kode_naskah": register.kode_naskah,
    }


def _annex(kind: Class, register: PublicRegister, left: int) -> dict[str, Any]:
    """One annex and its line in the dictum that counts the classes; `left` annexes follow it."""
    names = [column.name for column in annex_columns()]
    rows = [dict(zip(names, row.annex_cells(), strict=True)) for row in register.of_class(kind.label)]
    count = _digits_and_words(len(rows))
    return {
        "nomor": kind.annex,
        "huruf": "abcdefgh"[len(classes()) - left - 1],
        "kelas": kind.heading,
        "KELAS": capitals(kind.heading),
        "butir": count if rows else "nihil",
        "jumlah": f"sebanyak {count} butir" if rows else "nihil",
        "akhir": {0: ".", 1: "; dan"}.get(left, ";"),
        "terakhir": left == 0,
        "baris": rows,
    }


def _signature(official: Official) -> dict[str, str]:
    """The lines of a signature block; "Plt." stands before the post and "a.n." above it (UU 30/2014 Ps 14)."""
    acting = "" if official.sebutan == "Definitif" else f"{official.sebutan} "
    return {
        "atas_nama": f"a.n. {capitals(official.atas_nama)}," if official.atas_nama else "",
        "JABATAN": acting + capitals(_post(official)),
        "jabatan": acting + _post(official),
        "SELAKU": capitals(f"selaku {official.peran}"),
        "SELAKU_LENGKAP": capitals(f"selaku {_ROLE_WORDS.get(official.peran, official.peran)}"),
        "nama": official.nama,
        "pangkat": official.pangkat,
        "nip": official.nip,
    }


def _post(official: Official) -> str:
    """The post alone; "selaku ..." is printed by the papers themselves, so it is not printed twice."""
    return re.split(r",?\s+selaku\s", official.jabatan, maxsplit=1, flags=re.IGNORECASE)[0].strip()


def _replies(settings: Settings, register: PublicRegister, replies: Mapping[str, str]) -> list[dict[str, str]]:
    names = [row.bidang for row in register.rows]
    return [
        {"bidang": unit.nama, "jawaban": _reply(names.count(unit.nama), replies.get(unit.kode) or unit.skipped)}
        for unit in settings.bidang
    ]


def _reply(entries: int, otherwise: str) -> str:
    return f"{entries} informasi" if entries else otherwise or "Tidak ada entri"


def _digits_and_words(number: int) -> str:
    return f"{number:,} ({dates.words(number)})".replace(",", ".")


def _as_date(typed: str) -> str:
    day = dates.parse_date(typed)
    return dates.long_date(day) if day else typed.strip() or DOTS


def _without_nomor(typed: str) -> str:
    return re.sub(r"^nomor\s*:?\s*", "", typed.strip().rstrip(" ;."), flags=re.IGNORECASE)


def _spoken(day: date | None) -> dict[str, str]:
    """The day as a sentence says it: "Senin tanggal tujuh bulan September tahun dua ribu dua puluh enam"."""
    if day is None:
        return dict.fromkeys(("hari", "tanggal_terbilang", "bulan", "tahun_terbilang"), DOTS)
    spoken = {"tanggal_terbilang": dates.words(day.day), "tahun_terbilang": dates.words(day.year)}
    return {"hari": dates.weekday(day), "bulan": dates.month(day)} | spoken
