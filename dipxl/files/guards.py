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
PDF = Refusal("Ini PDF, bukan berkas Excel.", "Mintalah berkas Excel aslinya.")
LOCKED = Refusal("Berkas ini terkunci dengan kata sandi.", "Buka di Excel, hapus kata sandinya, lalu simpan.")
BROKEN = Refusal("Berkas ini rusak atau terpotong.", "Mintalah kiriman ulang.")
STRANGE = Refusal("Ini bukan berkas Excel.", "Mintalah berkas Excel aslinya (.xlsx).")
MISSING = Refusal("Berkas ini tidak ada.", "Periksa nama berkasnya.")
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
_OF_THE_SYSTEM = ("thumbs.db", "desktop.ini")
_CELL_ROW = re.compile(rb'<c [^>]*?\br="[A-Z]{1,3}(\d{1,7})"[^>]*(?<!/)>(?!</c>)')
_CELL_COLUMN = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})\d{1,7}"[^>]*(?<!/)>(?!</c>)')
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def is_ignored(path: Path) -> bool:
    """True for what no person meant to send: left-behind files, folders, links, pipes."""
    refused = _not_meant(path)
    return refused is not None and refused.ignored


def _not_meant(path: Path) -> Refusal | None:
    if path.name.startswith((".", "~$")) or path.name.casefold() in _OF_THE_SYSTEM:
        return LEFT_BEHIND
    try:
        return None if stat.S_ISREG(path.lstat().st_mode) else NOT_A_FILE
    except FileNotFoundError:
        return MISSING
    except OSError:
        return UNREACHABLE


def refusal(path: Path) -> Refusal | None:
    """Why this file may not be read, or None when a reader may try."""
    if refused := _not_meant(path):
        return refused
    try:
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
                if _is_hostile(member.filename, content):
                    return HOSTILE
            names = {member.filename for member in members}
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error):
        return BROKEN
    workbook = "xl/workbook.xml" in names or "xl/workbook.bin" in names or "content.xml" in names
    return None if workbook else STRANGE


def _is_hostile(name: str, content: bytes) -> bool:
    """True for a part that defines entities, in any encoding, or whose farthest cells span a monstrous table."""
    if name == "META-INF/manifest.xml" or not name.endswith((".xml", ".rels")):
        return False
    if _DOCTYPE.search(content.replace(b"\0", b"")):
        return True
    return name.startswith("xl/worksheets/") and _span(content) > MOST_CELLS


def _span(content: bytes) -> int:
    """The cells in the rectangle from A1 that holds every cell with content; a reader lays all of it out."""
    last_row = max((int(row) for row in _CELL_ROW.findall(content)), default=0)
    last_column = max((_number(letters) for letters in set(_CELL_COLUMN.findall(content))), default=0)
    return last_row * last_column


def _number(letters: bytes) -> int:
    """The number of a column from its letters, A being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _too_much(members: list[zipfile.ZipInfo]) -> bool:
    names = [member.filename for member in members]
    unsafe = any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names)
    dense = any(m.file_size > RATIO_FROM and m.file_size > MOST_RATIO * max(m.compress_size, 1) for m in members)
    total = sum(member.file_size for member in members)
    return unsafe or dense or len(members) > MOST_MEMBERS or total > MOST_BYTES or len(set(names)) < len(names)
