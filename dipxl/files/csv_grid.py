"""Reads the text of a CSV file as rows of cells, left exactly as typed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from dipxl.files.guards import MOST_CELLS, SHORTCUT, STRANGE, Refusal

WEB_PAGE = Refusal("Ini halaman web yang diberi nama Excel.", "Buka di Excel, lalu simpan sebagai .xlsx.")
OLD_XML = Refusal("Ini Excel lama dalam bentuk XML.", "Buka di Excel, lalu simpan sebagai .xlsx.")
TOO_LONG = Refusal("Berkas teks ini terlalu besar.", "Kirim isinya sebagai berkas Excel (.xlsx).")

MOST_TEXT = 64 * 1024 * 1024
_DELIMITERS = (";", "\t", ",")
_LOOKED_THROUGH = 4096  # characters of what may be something else
_XML_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_ON_DRIVE = re.compile(r"docs\.google\.com|\"doc_id\"")  # what Google Drive leaves on a disk in place of a sheet
_LOOKED_AT = 200  # rows that decide on the delimiter
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SEPARATOR_LINE = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)


def csv_grid(data: bytes) -> list[list[str]] | Refusal:
    """The rows of a CSV file, or why it is none."""
    if len(data) > MOST_TEXT:
        return TOO_LONG
    text = _decoded(data)
    if text is None or _CONTROL.search(text) or text.lstrip().startswith("{\\rtf"):
        return STRANGE
    if text.lstrip().startswith("<"):
        return OLD_XML if _XML_SHEET in text[:_LOOKED_THROUGH] else WEB_PAGE
    if text.lstrip().startswith("{") and _ON_DRIVE.search(text[:_LOOKED_THROUGH]):
        return SHORTCUT
    rows = _rows(text)
    if max(map(len, rows), default=0) < 2:  # noqa: PLR2004 - a text of one column is a letter, not a table
        return STRANGE
    return rows if sum(map(len, rows)) <= MOST_CELLS else TOO_LONG


def _decoded(data: bytes) -> str | None:
    """The text by its mark, else as UTF-8, else as Windows writes it in Western Europe and Indonesia."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    text = _strictly(data, "utf-8")
    return _strictly(data, "cp1252") if text is None else text


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _rows(text: str) -> list[list[str]]:
    """The rows by the delimiter that the file names itself, else by the one that divides most rows alike."""
    named = _SEPARATOR_LINE.match(text)
    if named:
        return _split(text[named.end() :], named[1])
    start = text[: 256 * 1024]
    return _split(text, max(_DELIMITERS, key=lambda delimiter: _agreement(start, delimiter)))


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    """The share of rows with the most usual number of cells, if that is more than one, and that number."""
    sizes = Counter(len(row) for row in _split(text, delimiter)[:_LOOKED_AT] if row)
    size, count = max(sizes.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    return (count / sizes.total(), size) if size > 1 else (0.0, 1)


def _split(text: str, delimiter: str) -> list[list[str]]:
    """The cells; where quotation marks do not pair each line is a row and they stay as typed."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return [line.split(delimiter) if line else [] for line in (lines if lines[-1] else lines[:-1])]
