"""E-mail drafts that a person opens, looks at and sends; dipxl itself sends nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.header import Header
from email.message import EmailMessage

from dipxl.errors import DipxlError

_SUBTYPES = {
    "docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "pdf",
    "xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "zip",
}
# Line ends break out of a header; some releases of Python decode "=?" into new headers when they fold a line.
_UNSAFE_IN_HEADER = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|=\?")
_UNSAFE_IN_BODY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_LONGEST_LINE = 900  # RFC 5322 allows 998 characters
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()-]*")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")

Attachments = Sequence[tuple[str, bytes]]


def draft(to: str, subject: str, body: str, attachments: Attachments = ()) -> bytes:
    """An .eml that mail programs open as an unsent message; the same input gives the same bytes.

    An empty or invalid recipient leaves To open for the person; several are separated by comma or semicolon.
    Raises `DipxlError` where subject or file name could smuggle something into the headers.
    """
    _refuse_unsafe(subject, attachments)
    recipients, subject, body = _recipients(to), " ".join(subject.split()), _plain(body)
    message = EmailMessage(policy=policy.SMTP)
    message["X-Unsent"] = "1"
    if recipients:
        message["To"] = recipients
    message.set_content(body, cte="quoted-printable")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype=_subtype(name), filename=name)
    if attachments:
        message.set_boundary(_boundary(recipients, subject, body, attachments))
    raw = _subject_line(subject) + message.as_bytes()
    if _read_back(raw) != (recipients, subject, body, list(attachments)):
        raise DipxlError(
            "surel-berubah", "Surel tidak dapat dibuat dengan utuh.", "Sederhanakan judul dan nama berkas."
        )
    return raw


def _recipients(to: str) -> str:
    """The addresses in one line, or nothing where one of them is none."""
    parts = [part.strip() for part in re.split("[;,]", to) if part.strip()]
    return ", ".join(parts) if all(_ADDRESS.fullmatch(part) for part in parts) else ""


def _plain(text: str) -> str:
    """The text with ordinary line ends and one at its end, without characters that no mail can carry."""
    return "\n".join(_UNSAFE_IN_BODY.sub("", text).splitlines()) + "\n"


def _refuse_unsafe(subject: str, attachments: Attachments) -> None:
    if _UNSAFE_IN_HEADER.search(subject):
        raise DipxlError(
            "surel-judul", "Judul surel memuat tanda yang tidak diizinkan.", "Tulis judulnya dalam satu baris."
        )
    for name, _ in attachments:
        if not _NAME.fullmatch(name):
            raise DipxlError(
                "surel-lampiran",
                f"Nama lampiran {name!a} memuat tanda yang tidak diizinkan.",
                "Ganti namanya dengan huruf, angka, dan tanda hubung.",
            )


def _subject_line(subject: str) -> bytes:
    """The header unfolded, or in encoded words; several releases of Python lose characters where they fold one."""
    plain = subject.isascii() and len(subject) < _LONGEST_LINE
    value = subject if plain else Header(subject, "utf-8", header_name="Subject").encode(linesep="\r\n")
    return f"Subject: {value}\r\n".encode("ascii")


def _subtype(name: str) -> str:
    return _SUBTYPES.get(name.rpartition(".")[2].lower(), "octet-stream")


def _boundary(recipients: str, subject: str, body: str, attachments: Attachments) -> str:
    """A line that no part contains, because it is made from all of them."""
    digest = hashlib.sha256(f"{recipients}\n{subject}\n{body}".encode())
    for name, content in attachments:
        digest.update(name.encode() + hashlib.sha256(content).digest())
    return f"=_dipxl_{digest.hexdigest()[:32]}"


def _read_back(raw: bytes) -> tuple[str, str, str, list[tuple[str, bytes]]]:
    """What a mail program will find in the draft."""
    message = message_from_bytes(raw, policy=policy.default)
    text = message.get_body(("plain",))
    parts = [(part.get_filename() or "", part.get_content()) for part in message.iter_attachments()]
    body = text.get_content().replace("\r\n", "\n") if text else ""
    return str(message["To"] or ""), str(message["Subject"]), body, parts
