"""The seal of an edition: the public register as decreed, with the decree's facts, and the draft that it stands on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from dipxl.errors import DipxlError
from dipxl.files.edition import Edition
from dipxl.files.safe_write import swap_in
from dipxl.model.enactment import Enactment
from dipxl.model.published import PublicRegister

SEAL = "segel.json"
DRAFTED = "naskah.json"


@dataclass(frozen=True)
class Seal:
    """What was decreed; the register's hash tells whether anything changed since."""

    register: PublicRegister
    enactment: Enactment


def write_seal(edition: Edition, seal: Seal) -> None:
    """Seal the edition; number and date stand beside the register and are no part of its hash."""
    decree = seal.enactment
    data = {
        "sha256": seal.register.sha256,
        "kode_naskah": seal.register.kode_naskah,
        "keputusan": {
            "nomor": decree.nomor,
            "tanggal": decree.day.isoformat(),
            "pejabat": decree.official,
            "judul": decree.title,
        },
        "daftar": seal.register.as_json(),
    }
    content = json.dumps(data, ensure_ascii=False, indent=1).encode()
    edition.write("tetapkan", edition.path("5-penetapan", SEAL), content, "edisi disegel")


def is_sealed(edition: Edition) -> bool:
    return edition.path("5-penetapan", SEAL).is_file()


def read_seal(edition: Edition) -> Seal:
    """The sealed register; raises when there is none or when it was changed by hand."""
    if not is_sealed(edition):
        raise DipxlError(
            "belum-ditetapkan",
            "Edisi ini belum ditetapkan.",
            'Jalankan "dipxl tetapkan" dengan nomor dan tanggal Keputusan lebih dahulu.',
        )
    try:
        data: dict[str, Any] = json.loads(edition.path("5-penetapan", SEAL).read_text("utf-8"))
        register = PublicRegister.from_json(data["daftar"])
        decree = data["keputusan"]
        day = date.fromisoformat(decree["tanggal"])
        enactment = Enactment(decree["nomor"], day, decree["pejabat"], decree["judul"])
        whole = register.sha256 == data["sha256"]
    except (ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise DipxlError(
            "segel-rusak",
            "Daftar yang disegel sudah berubah sejak ditetapkan.",
            'Hapus 5-penetapan/segel.json, lalu jalankan "dipxl tetapkan" kembali.',
        )
    return Seal(register, enactment)


def note_draft(edition: Edition, register: PublicRegister) -> None:
    """Keep the kode naskah of the draft that goes for signature; the paper itself may be edited or renamed."""
    data = {"kode_naskah": register.kode_naskah, "jumlah": register.counts}
    swap_in(edition.path("5-penetapan", DRAFTED), json.dumps(data, ensure_ascii=False, indent=1).encode())


def refuse_undrafted(edition: Edition, register: PublicRegister) -> None:
    """Raise unless the register is still the one whose draft went for signature."""
    path = edition.path("5-penetapan", DRAFTED)
    try:
        drafted = str(json.loads(path.read_text("utf-8"))["kode_naskah"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DipxlError(
            "belum-didokumentasikan",
            "Belum ada draf Keputusan untuk daftar ini.",
            'Jalankan "dipxl dokumentasikan", lalu mintakan tanda tangan atas drafnya.',
        ) from error
    if drafted != register.kode_naskah:
        raise DipxlError(
            "naskah-berbeda",
            f"Draf yang dimintakan tanda tangan berkode naskah {drafted}, sedangkan isi daftar kini "
            f"{register.kode_naskah}.",
            'Jalankan "dipxl dokumentasikan" lagi dan mintakan tanda tangan atas naskah yang baru.',
        )
