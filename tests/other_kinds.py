"""The same list as other kinds of file, made by hand where no program at hand makes them."""

from __future__ import annotations

import csv
import io
import struct
import subprocess
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from openpyxl import load_workbook

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def converted(path: Path, kind: str, soffice: Sequence[str], to: str = "") -> Path:
    """The file as LibreOffice saves it; `to` is LibreOffice's own word for the kind where a filter is needed."""
    folder = path.parent / f"sebagai {kind}"
    words = [*soffice, "--convert-to", to or kind, "--outdir", str(folder), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    (made,) = folder.glob(f"*.{kind}")
    return made


def macro_workbook(path: Path) -> Path:
    """The workbook as .xlsm, with a macro project that no reader should touch."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    plain, macro = b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml"
    changed = parts["[Content_Types].xml"].replace(
        b"vnd.openxmlformats-officedocument." + plain, b"vnd.ms-excel." + macro
    )
    assert changed != parts["[Content_Types].xml"]
    binary = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    parts["[Content_Types].xml"] = changed.replace(b"</Types>", binary + b"</Types>")
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    return packed(path.with_suffix(".xlsm"), parts)


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    """A zip of some members; also what a person makes who sends several files at once."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def mail(path: Path, attachments: dict[str, bytes]) -> Path:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@contoh.example", "b@contoh.example", "Formulir DIP"
    message.set_content("Terlampir formulir kami.")
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    path.write_bytes(message.as_bytes())
    return path


def as_csv(path: Path, title: str, *, separator: str = ";", encoding: str = "utf-8") -> Path:
    """A sheet saved as CSV in a spreadsheet program set to Indonesian: semicolons and a decimal comma."""
    sheet = load_workbook(path)[title]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    for row in sheet.iter_rows(values_only=True):
        writer.writerow([_shown(value) for value in row])
    target = path.with_suffix(".csv")
    target.write_bytes(out.getvalue().encode(encoding))
    return target


def _shown(value: object) -> object:
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return "Baris lengkap: 3/3" if str(value).startswith("=") else value  # the form's only formula


def binary_workbook(path: Path, title: str, grid: Sequence[Sequence[str | float | None]]) -> Path:
    """A tiny .xlsb, record by record, for LibreOffice cannot write one."""
    sheet = [_record(129), _record(148, struct.pack("<4I", 0, len(grid) - 1, 0, len(grid[0]) - 1)), _record(145)]
    for row, values in enumerate(grid):
        sheet.append(_record(0, struct.pack("<2IHBBBI", row, 0, 300, 0, 0, 0, 0)))
        sheet += [_cell(column, value) for column, value in enumerate(values) if value is not None]
    sheet += [_record(146), _record(130)]
    book = [_record(131), _record(143), _record(156, struct.pack("<2I", 0, 1) + _text("rId1") + _text(title))]
    book += [_record(144), _record(132)]
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>',
        "_rels/.rels": _links(f"{REL}/officeDocument", "xl/workbook.bin"),
        "xl/_rels/workbook.bin.rels": _links(f"{REL}/worksheet", "worksheets/sheet1.bin"),
    }
    binary = {"xl/workbook.bin": b"".join(book), "xl/worksheets/sheet1.bin": b"".join(sheet)}
    return packed(path, {name: part.encode() for name, part in parts.items()} | binary)


def _links(kind: str, target: str) -> str:
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def _cell(column: int, value: str | float) -> bytes:
    start = struct.pack("<2I", column, 0)
    return _record(6, start + _text(value)) if isinstance(value, str) else _record(5, start + struct.pack("<d", value))


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, data: bytes = b"") -> bytes:
    return _seven_bits(kind) + _seven_bits(len(data)) + data


def _seven_bits(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])
