"""arsip/: every received file as it came, under its hash, numbered in the order first seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dipxl.files.guards import MOST_FILE, TOO_LARGE, UNREACHABLE, Refusal
from dipxl.files.safe_write import UNFINISHED, Draft, file_hash, unwritable

CHANGING = Refusal("Berkas ini berubah selagi dibaca.", "Tunggu sampai selesai disalin atau disimpan, lalu ulangi.")
_KEPT = re.compile(r"\d{4,}-[0-9a-f]{16}(?:\..*)?")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Arrival:
    """When a received file came, and under what name."""

    name: str
    when: str


class Archive:
    """The folder arsip/ of one edition."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def files(self) -> list[Path]:
        """The received files in the order first seen; whatever else lies there is none."""
        return sorted(filter(_is_kept, self._folder.glob("*")), key=lambda path: _number(path.name))

    def holds(self, sha256: str) -> bool:
        """True when a file of this content lies there whole."""
        kept = self._named_after(sha256)
        return kept is not None and file_hash(kept) == sha256

    def keep(self, path: Path, sha256: str, called: Path) -> Refusal | None:
        """Copy a file of this hash, of any size, without holding it; or say why it is not kept.

        A copy that was changed since is put right. `called` is the name that it came under.
        """
        numbers = [_number(kept.name) for kept in self.files()]
        suffix = called.suffix.lower() if _SUFFIX.fullmatch(called.suffix.lower()) else ""
        new = self._folder / f"{max(numbers, default=0) + 1:04d}-{sha256[:16]}{suffix}"
        return _copied(path, self._named_after(sha256) or new, sha256)

    def _named_after(self, sha256: str) -> Path | None:
        return next((kept for kept in self._folder.glob(f"*-{sha256[:16]}*") if _is_kept(kept)), None)


def is_changed(kept: Path, sha256: str) -> bool:
    """True when an archived file, which has this hash now, is not what its name says that it was."""
    return f"-{sha256[:16]}" not in kept.name


def hash_to_keep(path: Path) -> str | Refusal:
    """The hash of a file that may be kept; or why it may not."""
    try:
        return TOO_LARGE if path.stat().st_size > MOST_FILE else file_hash(path)
    except OSError:  # open in Excel on Windows, gone by now, or not ours to read
        return UNREACHABLE


def _copied(source: Path, target: Path, sha256: str) -> Refusal | None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with Draft(target.with_name(f".{target.name}{UNFINISHED}")) as draft:
            for chunk in _chunks(source):
                draft.write(chunk)
            if draft.sha256 != sha256:
                return CHANGING
            draft.become(target)
    except _UnreachableError:
        return UNREACHABLE
    except OSError as error:
        raise unwritable(target) from error
    return None


class _UnreachableError(Exception):
    """The source can no longer be read, which is another thing than a full disk."""


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise _UnreachableError from error


def _is_kept(path: Path) -> bool:
    return bool(_KEPT.fullmatch(path.name)) and path.is_file()


def _number(kept: str) -> int:
    return int(kept.partition("-")[0])
