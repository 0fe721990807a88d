"""Writes a file so that after any interruption the whole old or the whole new one stands there."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from dipxl.errors import DipxlError

UNFINISHED = ".sementara"
WRITE_REMEDY = "Tutup berkas itu bila sedang terbuka, periksa izin folder dan sisa ruang, lalu ulangi."


def swap_in(target: Path, content: bytes) -> None:
    """Replace a file in one move; raises when the disk is full or the file is closed to us, and leaves the old one."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with Draft(target.with_name(f".{target.name}{UNFINISHED}")) as draft:
            draft.write(content)
            draft.become(target)
    except OSError as error:
        raise unwritable(target) from error


def unwritable(path: Path) -> DipxlError:
    return DipxlError("tidak-tertulis", f'Berkas "{path.name}" tidak dapat ditulis.', WRITE_REMEDY)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file of any size, without holding it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Draft:
    """A file beside its target while it is written; it is gone when the block ends, whatever happened.

    A killed run leaves it, and the next one takes it away.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._hash = path, hashlib.sha256()

    def __enter__(self) -> Self:
        self._path.unlink(missing_ok=True)
        self._file = self._path.open("xb")
        return self

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self._hash.update(content)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def become(self, target: Path) -> None:
        """Take the target's place once all is on the disk and reads back as it was written."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        if file_hash(self._path) != self.sha256:
            raise OSError(errno.EIO, "what was written does not read back", str(target))
        self._path.replace(target)
        _settle(target.parent)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make the renaming last through a power cut, where the system lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
