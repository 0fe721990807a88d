"""What may not be opened, told by content and never by name; each refusal is one sentence with its remedy."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

MOST_MEMBERS = 2_000
MOST_BYTES = 256 * 1024 * 1024
MOST_RATIO = 200
RATIO_FROM = 1024 * 1024


@dataclass(frozen=True)
class Refusal:
    """Why a file is not read; `ignored` for files that no person meant to send."""

    problem: str
    remedy: str = ""
    ignored: bool = False


NOT_A_FILE = Refusal("Ini bukan berkas biasa.", ignored=True)
LEFT_BEHIND = Refusal("Ini berkas sementara, bukan kiriman.", ignored=True)
EMPTY = Refusal("Berkas ini kosong.", "Mintalah berkas Excel aslinya.")
PICTURE = Refusal("Ini foto, bukan berkas Excel.", "Mintalah berkas Excel aslinya.")
PDF = Refusal("Ini PDF, bukan berkas Excel.", "Mintalah berkas Excel aslinya.")
LOCKED = Refusal("Berkas ini terkunci dengan kata sandi.", "Buka di Excel, hapus kata sandinya, lalu simpan.")
BROKEN = Refusal("Berkas ini rusak atau terpotong.", "Mintalah kiriman ulang.")
STRANGE = Refusal("Ini bukan berkas Excel.", "Mintalah berkas Excel aslinya (.xlsx).")
UNREACHABLE = Refusal("Berkas ini tidak dapat dibuka.", "Tutup berkasnya di Excel dan periksa izin foldernya.")
HOSTILE = Refusal("Isi berkas ini tidak wajar sehingga tidak dibuka.", "Salin isinya ke formulir yang baru.")

_SIGNS = {
    b"\xff\xd8\xff": PICTURE,
    b"\x89PNG": PICTURE,
    b"GIF8": PICTURE,
    b"RIFF": PICTURE,
    b"%PDF": PDF,
}
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refusal(path: Path) -> Refusal | None:
    """Why this file may not be read, or None when a reader may try."""
    if path.name.startswith((".", "~$")):
        return LEFT_BEHIND
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return NOT_A_FILE
        with path.open("rb") as file:
            start = file.read(8)
    except OSError:
        return UNREACHABLE
    return _content_refusal(path, start) if start else EMPTY


def _content_refusal(path: Path, start: bytes) -> Refusal | None:
    if start.startswith(b"PK"):
        return _zip_refusal(path)
    if start.startswith(_OLE):
        return LOCKED if _ENCRYPTED in path.read_bytes() else None
    return next((refused for sign, refused in _SIGNS.items() if start.startswith(sign)), STRANGE)


def keywords(path: Path) -> str:
    """The keywords property of an .xlsx, or "" where there is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            core = archive.read("docProps/core.xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError):
        return ""
    match = re.search(r"<cp:keywords>([^<]*)</cp:keywords>", core)
    return match[1] if match else ""


def _zip_refusal(path: Path) -> Refusal | None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if _too_much(members):
                return HOSTILE
            for member in members:
                content = archive.read(member)  # reading it all checks its CRC
                if member.filename.endswith((".xml", ".rels")) and _DOCTYPE.search(content):
                    return HOSTILE
            names = {member.filename for member in members}
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error):
        return BROKEN
    workbook = "xl/workbook.xml" in names or "xl/workbook.bin" in names or "content.xml" in names
    return None if workbook else STRANGE


def _too_much(members: list[zipfile.ZipInfo]) -> bool:
    names = [member.filename for member in members]
    unsafe = any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names)
    dense = any(m.file_size > RATIO_FROM and m.file_size > MOST_RATIO * max(m.compress_size, 1) for m in members)
    total = sum(member.file_size for member in members)
    return unsafe or dense or len(members) > MOST_MEMBERS or total > MOST_BYTES or len(set(names)) < len(names)
