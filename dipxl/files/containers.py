"""Unpacks what people send as one file: a .zip or an e-mail with attachments, never trusting a name or a size."""

from __future__ import annotations

import io
import posixpath
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from dipxl.files.guards import (
    BROKEN,
    EMPTY,
    HOSTILE,
    MOST_BYTES,
    MOST_MEMBERS,
    MOST_RATIO,
    NOT_A_FILE,
    RATIO_FROM,
    UNREACHABLE,
    ZIP_FAULTS,
    Refusal,
)  # fmt: skip

LOCKED_ZIP = Refusal("Berkas zip ini terkunci dengan kata sandi.", "Buat ulang zip tanpa kata sandi.")
TOO_DEEP = Refusal("Berkas ini terbungkus terlalu dalam.", "Keluarkan isinya, lalu kirim langsung.")
WINMAIL = Refusal(
    "Lampiran winmail.dat hanya terbaca oleh Outlook.", "Kirim ulang sebagai teks biasa dengan berkas Excel terlampir."
)
NOTHING_INSIDE = Refusal("Tidak ada berkas di dalamnya.", "Mintalah kiriman ulang dengan berkas Excel terlampir.")

MOST_DEPTH = 2  # a zip in a zip, an e-mail in an e-mail; no more
_CHUNK = 1024 * 1024
_OFFICE = ("[Content_Types].xml", "mimetype", "content.xml", "META-INF/manifest.xml")
_LEFT_BEHIND = re.compile(r"(?:~\$|\.|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_HEADER = re.compile(rb"[!-9;-~]{1,76}:[ \t]?[^\r\n]*\r?\n")
_OF_MAIL = re.compile(rb"(?im)^(?:from|to|subject|date|mime-version|received|return-path|x-unsent):")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f/\\:]+")


@dataclass(frozen=True)
class Member:
    """A file from a container: its name with what it was wrapped in, and its bytes or why there are none."""

    name: str
    data: bytes = b""
    refusal: Refusal | None = None


@dataclass
class _Budget:
    """What may still be unpacked of one container, all its inner ones included."""

    members: int = MOST_MEMBERS
    left: int = MOST_BYTES
    names: set[str] = field(default_factory=set)

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise _TooMuchError


class _TooMuchError(Exception):
    """A container holds more than any honest one."""


def is_container(path: Path) -> bool:
    """True for a .zip that is no Office file and for an e-mail, told by content."""
    try:
        return stat.S_ISREG(path.lstat().st_mode) and _kind(path.read_bytes()) != ""
    except OSError:
        return False


def unpack(path: Path) -> list[Member] | Refusal:
    """Every file in a container, wrapped ones too; what cannot be had is a member with its refusal."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return NOT_A_FILE
        data = path.read_bytes()
    except OSError:
        return UNREACHABLE
    if not data:
        return EMPTY
    try:
        members = list(_unpacked(data, path.name, 1, _Budget()))
    except (_TooMuchError, RecursionError):
        return HOSTILE
    if len(members) == 1 and members[0].name == path.name and members[0].refusal:
        return members[0].refusal
    return members or NOTHING_INSIDE


@dataclass(frozen=True)
class Unpacked:
    """A file taken out of a container: its name in there, and where it lies now or why it could not be had."""

    name: str
    path: Path | None = None
    refusal: Refusal | None = None


def unpack_into(path: Path, folder: str) -> list[Unpacked] | Refusal | None:
    """Write every file of a container into a folder; None for a file that is no container."""
    if not is_container(path):
        return None
    found = unpack(path)
    if isinstance(found, Refusal):
        return found
    return [_written(member, Path(folder) / f"{number:04d}") for number, member in enumerate(found, start=1)]


def _written(member: Member, target: Path) -> Unpacked:
    if member.refusal:
        return Unpacked(member.name, refusal=member.refusal)
    target.write_bytes(member.data)
    return Unpacked(member.name, target)


def _kind(data: bytes) -> str:
    """Tell "zip", "mail", or "" for what is no container."""
    if data.startswith(b"PK"):
        return "" if _is_office(data) else "zip"
    first = _HEADER.match(data)
    return "mail" if first and _OF_MAIL.search(data[:65_536].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]) else ""


def _is_office(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name in _OFFICE for name in archive.namelist())
    except ZIP_FAULTS:
        return False


def _unpacked(data: bytes, name: str, depth: int, budget: _Budget) -> Iterator[Member]:
    """The members of a container; of a file that is none, the file itself."""
    kind = _kind(data)
    if kind and depth > MOST_DEPTH:
        yield Member(name, refusal=TOO_DEEP)
    elif kind == "zip":
        yield from _unzipped(data, name, depth, budget)
    elif kind == "mail":
        yield from _attached(message_from_bytes(data, EmailMessage, policy=default), name, depth, budget)
    else:
        yield Member(name, data)


def _unzipped(data: bytes, name: str, depth: int, budget: _Budget) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            refused = _zip_refusal(members, budget)
            contents = [] if refused else [(_safe(m.filename), _content(archive, m, budget)) for m in members]
    except ZIP_FAULTS:
        refused, contents = BROKEN, []
    if refused:
        yield Member(name, refusal=refused)
    for inner, content in contents:
        if not _LEFT_BEHIND.match(posixpath.basename(inner)) and not inner.startswith("__MACOSX/"):
            yield from _unpacked(content, f"{name}/{inner}" if depth > 1 else inner, depth + 1, budget)


def _zip_refusal(members: list[zipfile.ZipInfo], budget: _Budget) -> Refusal | None:
    """Why none of these may be unpacked: locked, too many, or named so as to land elsewhere or on each other."""
    if any(member.flag_bits & 1 for member in members):
        return LOCKED_ZIP
    names = [member.filename.replace("\\", "/") for member in members]
    budget.members -= len(names)
    elsewhere = any(name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name) for name in names)
    twice = len({name.casefold() for name in names}) < len(names)
    links = any(stat.S_ISLNK(member.external_attr >> 16) for member in members)
    return HOSTILE if elsewhere or twice or links or budget.members < 0 else None


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """The bytes of a member, counted as they come since its header may lie; reading all of it checks its CRC."""
    content = bytearray()
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            budget.take(len(chunk))
            content += chunk
            if len(content) > RATIO_FROM and len(content) > MOST_RATIO * max(member.compress_size, 1):
                raise _TooMuchError
    return bytes(content)


def _attached(message: EmailMessage, name: str, depth: int, budget: _Budget) -> Iterator[Member]:
    """The attachments of an e-mail, those of forwarded e-mails included; pictures of a signature are left out."""
    for part in message.walk():
        inner = _attachment_name(part)
        if not inner or _is_decoration(part):
            continue
        budget.members -= 1
        if budget.members < 0:
            raise _TooMuchError
        yield from _attachment(part, inner if depth == 1 else f"{name}/{inner}", depth, budget)


def _attachment(part: EmailMessage, name: str, depth: int, budget: _Budget) -> Iterator[Member]:
    if part.get_content_type() == "application/ms-tnef" or name.casefold().endswith("winmail.dat"):
        yield Member(name, refusal=WINMAIL)
        return
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    if not isinstance(content, bytes):
        yield Member(name, refusal=BROKEN)
        return
    budget.take(len(content))
    yield from _unpacked(content, name, depth + 1, budget)


def _attachment_name(part: EmailMessage) -> str:
    """The name of an attachment, "" for the text of the e-mail itself and for what only holds other parts."""
    if part.is_multipart():
        return ""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, AssertionError, IndexError):  # headers that the parser stumbles over
        name = "lampiran"
    if not name and part.get_content_maintype() not in ("text", "multipart", "message"):
        name = "lampiran"
    return _safe(name)


def _is_decoration(part: EmailMessage) -> bool:
    inline = part.get_content_disposition() != "attachment"
    return part.get_content_maintype() == "image" and inline


def _safe(name: str) -> str:
    """A name without characters or pieces that steer a terminal or a path."""
    pieces = (_UNPRINTABLE.sub("_", piece).strip() for piece in name.replace("\\", "/").split("/"))
    return "/".join(piece for piece in pieces if piece.strip("."))
