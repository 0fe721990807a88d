"""What may not be opened, told by content and never by name; each refusal is one sentence with its remedy."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

MOST_MEMBERS = 2_000
MOST_BYTES = 256 * 1024 * 1024
MOST_FILE = 100 * 1024 * 1024
MOST_RATIO = 200
MOST_CELLS = 5_000_000
RATIO_FROM = 1024 * 1024


@dataclass(frozen=True)
class Refusal:
    """Why a file is not read; `ignored` for files that no person meant to send."""

    problem: str
    remedy: str = ""
    ignored: bool = False


NOT_A_FILE = Refusal("Ini bukan berkas biasa.", "Taruh berkasnya sendiri, bukan folder atau pintasan.", ignored=True)
LEFT_BEHIND = Refusal("Ini berkas sementara, bukan kiriman.", "Abaikan saja.", ignored=True)
EMPTY = Refusal("Berkas ini kosong.", "Mintalah berkas Excel aslinya.")
PICTURE = Refusal("Ini foto, bukan berkas Excel.", "Mintalah berkas Excel aslinya.")
SHORTCUT = Refusal("Ini pintasan, bukan berkasnya sendiri.", "Mintalah berkas Excel yang ditunjuknya.")
NEWER = Refusal("Berkas ini dibuat oleh dipxl yang lebih baru.", "Perbarui dipxl, lalu ulangi.")
PDF = Refusal("Ini PDF, bukan berkas Excel.", "Mintalah berkas Excel aslinya.")
LOCKED = Refusal("Berkas ini terkunci dengan kata sandi.", "Buka di Excel, hapus kata sandinya, lalu simpan.")
BROKEN = Refusal("Berkas ini rusak atau terpotong.", "Mintalah kiriman ulang.")
STRANGE = Refusal("Ini bukan berkas Excel.", "Mintalah berkas Excel aslinya (.xlsx).")
TOO_BIG = Refusal("Berkas ini terlalu besar untuk dibaca.", "Salin hanya barisnya ke formulir yang baru.")
TOO_LARGE = Refusal(
    "Berkas ini lebih besar dari 100 MB sehingga tidak disimpan.",
    "Mintalah berkas Excel aslinya; formulir yang terisi penuh pun jauh lebih kecil.",
)
MISSING = Refusal("Berkas ini tidak ada.", "Periksa nama berkasnya.")
UNREACHABLE = Refusal("Berkas ini tidak dapat dibuka.", "Tutup berkasnya di Excel dan periksa izin foldernya.")
HOSTILE = Refusal("Isi berkas ini tidak wajar sehingga tidak dibuka.", "Salin isinya ke formulir yang baru.")

_SIGNS = {
    b"\xff\xd8\xff": PICTURE,
    b"\x89PNG": PICTURE,
    b"GIF8": PICTURE,
    b"RIFF": PICTURE,
    b"%PDF": PDF,
    b"L\0\0\0\x01\x14\x02\0": SHORTCUT,
    b"[InternetShortcut]": SHORTCUT,
    b"[Desktop Entry]": SHORTCUT,
}
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOOKED_AT = 200
_OF_THE_SYSTEM = ("thumbs.db", "desktop.ini")
ZIP_FAULTS = (
    zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, LookupError, zlib.error,
)  # fmt: skip
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def of_path(path: Path) -> Refusal | None:
    """Why a file need not even be opened: not meant, not there, too large."""
    if path.name.startswith((".", "~$")) or path.name.casefold() in _OF_THE_SYSTEM:
        return LEFT_BEHIND
    try:
        facts = path.lstat()
    except FileNotFoundError:
        return MISSING
    except OSError:
        return UNREACHABLE
    if stat.S_ISREG(facts.st_mode):
        return TOO_LARGE if facts.st_size > MOST_FILE else None
    return NOT_A_FILE


def refusal(path: Path) -> Refusal | None:
    """Why this file may not be read, or None when a reader may try."""
    if refused := of_path(path):
        return refused
    try:
        found = checked(path.read_bytes())
    except OSError:
        return UNREACHABLE
    return found if isinstance(found, Refusal) else None


def checked(data: bytes) -> dict[str, bytes] | Refusal:
    """The parts of a package, each read in full and so checked against its CRC; none for other kinds; or a refusal."""
    if not data:
        return EMPTY
    if data.startswith(b"PK"):
        return _unpacked(data)
    if data.startswith(_OLE):
        return LOCKED if _ENCRYPTED in data else {}
    return next((refused for sign, refused in _SIGNS.items() if data.startswith(sign)), {})


def _unpacked(data: bytes) -> dict[str, bytes] | Refusal:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 1 for member in members):
                return LOCKED
            if _too_much(members):
                return HOSTILE
            parts = {member.filename: archive.read(member) for member in members}
    except ZIP_FAULTS:
        return BROKEN
    return HOSTILE if any(_defines(name, part) for name, part in parts.items()) else parts


def _defines(name: str, part: bytes) -> bool:
    """True for a part that defines entities, in any encoding; old .ods name a DOCTYPE in their manifest."""
    if name == "META-INF/manifest.xml" or not name.casefold().endswith((".xml", ".rels", ".vml")):
        return False
    wide = b"\0" in part[:_LOOKED_AT]
    return (wide or b"<!" in part) and bool(_DOCTYPE.search(part.replace(b"\0", b"") if wide else part))


def _too_much(members: list[zipfile.ZipInfo]) -> bool:
    names = [member.filename for member in members]
    unsafe = any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names)
    dense = any(m.file_size > RATIO_FROM and m.file_size > MOST_RATIO * max(m.compress_size, 1) for m in members)
    total = sum(member.file_size for member in members)
    return unsafe or dense or len(members) > MOST_MEMBERS or total > MOST_BYTES or len(set(names)) < len(names)
