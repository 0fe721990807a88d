"""riwayat.csv: one line for each thing done, for people; and the hashes of what dipxl itself wrote."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from io import FileIO
from pathlib import Path

from dipxl.files.safe_write import swap_in, unwritable

HEADINGS = ("waktu", "langkah", "berkas", "sha256", "keterangan")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


class History:
    """The log of one edition, read once and then only added to."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def lines(self) -> list[dict[str, str]]:
        """The lines so far, also after a spreadsheet program saved the file in its own way, or a killed run tore one.

        Each line is read by itself, so that none can spoil another.
        """
        if not self._path.exists():
            return []
        first, *others = map(_fields, _LINE_ENDS.split(self._path.read_text("utf-8-sig", errors="replace")))
        named = set(HEADINGS) <= set(first)
        headings, found = (first, others) if named else (HEADINGS, [first, *others])
        blank = dict.fromkeys(HEADINGS, "")
        read = (dict(zip(headings, fields, strict=False)) for fields in found if any(fields))
        return [{name: line[name] for name in HEADINGS} for line in (blank | told for told in read)]

    @property
    def begun(self) -> bool:
        """True for a log that dipxl began and nobody saved anew."""
        return self._path.is_file() and self._path.read_bytes().startswith(_csv(HEADINGS).encode("utf-8-sig"))

    def add(self, step: str, name: str, sha256: str, note: str) -> None:
        """Add one line, with the time of day where it was done; raises when the file is closed to us."""
        known = self.lines
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        line = dict(zip(HEADINGS, (now, step, one_line(name), sha256, one_line(note)), strict=True))
        if not self._path.exists() or not self._path.stat().st_size:
            swap_in(self._path, _csv(HEADINGS).encode("utf-8-sig"))
        try:
            _append(self._path, _csv(list(line.values())).encode())
        except OSError as error:
            raise unwritable(self._path) from error
        known.append(line)


def one_line(text: str) -> str:
    """A file's name as the log can hold it: without line ends, and without bytes that are no text."""
    return _LINE_ENDS.sub(" ", text).encode("utf-8", "replace").decode()


def _csv(fields: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(fields)
    return out.getvalue()


def _fields(line: str) -> list[str]:
    """The fields of one line, under the separator that gives as many as there should be."""
    try:
        ways = [next(csv.reader([line], delimiter=separator), []) for separator in ",;\t"]
    except csv.Error:  # longer than any line of ours
        return []
    return next((way for way in ways if len(way) == len(HEADINGS)), max(ways, key=len))


def _append(path: Path, line: bytes) -> None:
    """Add a line as a whole or not at all, on a line of its own even if a killed run left a torn one."""
    with path.open("r+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(end - 1, 0))
        torn = file.read(1) not in (b"\n", b"\r", b"")
        file.seek(end)
        try:
            _write_whole(file, b"\r\n" * torn + line)
        except OSError:
            with suppress(OSError):
                file.truncate(end)
            raise


def _write_whole(file: FileIO, content: bytes) -> None:
    if file.write(content) != len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), file.name)
    os.fsync(file.fileno())
