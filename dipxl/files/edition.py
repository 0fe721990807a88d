"""The folder of one edition; only this module knows its paths, and only it writes there."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from dipxl.errors import DipxlError
from dipxl.files.history import WRITE_REMEDY, History
from dipxl.files.templates import stock
from dipxl.model.office import Settings

SETTINGS = "pengaturan.xlsx"
INBOX = "1-himpun/masuk/"
FOLDERS = (
    "1-himpun/keluar", "1-himpun/masuk", "1-himpun/kembali", "2-usulan", "3-telaah/keluar", "3-telaah/masuk",
    "4-dokumentasi", "5-penetapan", "6-publikasi", "arsip",
)  # fmt: skip
_KEPT = re.compile(r"\d{4,}-[0-9a-f]{16}")
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def office_day(settings: Settings) -> date:
    """Today's date where the office is."""
    return datetime.now(ZoneInfo(ZONES[settings.office["zona_waktu"]])).date()


@dataclass(frozen=True)
class Edition:
    """One edition's folder."""

    folder: Path

    @classmethod
    def open(cls, folder: Path | str) -> Edition:
        """The edition in this folder; its settings file is what makes it one."""
        folder = Path(folder)
        if not (folder / SETTINGS).is_file():
            raise DipxlError(
                "bukan-edisi",
                f'Folder "{folder}" bukan folder edisi DIP.',
                'Pindah ke folder edisi, atau buat yang baru dengan "dipxl mulai NAMA-FOLDER".',
            )
        return cls(folder)

    @classmethod
    def create(cls, folder: Path | str) -> Edition:
        """Make the folders of a new edition; refuses a folder that already holds something."""
        folder = Path(folder)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise DipxlError("folder-terisi", f'Folder "{folder}" sudah berisi.', "Pilih nama folder yang belum ada.")
        edition = cls(folder)
        edition.make_folders()
        return edition

    def make_folders(self) -> None:
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    @property
    def settings(self) -> Path:
        return self.folder / SETTINGS

    def path(self, *parts: str) -> Path:
        return self.folder.joinpath(*parts)

    def template(self, name: str) -> Path:
        """The office's own Word template in templat/, else the stock one."""
        own = self.path("templat", name)
        return own if own.is_file() else stock(name)

    def touched(self, path: Path) -> bool:
        """True when a person has changed the file since dipxl wrote it."""
        return path.is_file() and _sha256(path.read_bytes()) not in self._ours()

    def inbox(self, *parts: str) -> list[Path]:
        """Everything that people put into a folder, "form (2).xlsx" after "form.xlsx" and before "form (10).xlsx"."""
        folder = self.path(*parts)
        return sorted(folder.iterdir(), key=_by_name) if folder.is_dir() else []

    def write(self, step: str, path: Path, content: bytes, note: str = "") -> Path:
        """Write a file whole and log it; a file that a person has changed is left, and ours goes beside it.

        Equal content is not written again, so that a step run twice changes nothing. It is logged before it is
        written, so that a killed run never leaves a file that dipxl would take for a person's.
        """
        target = self._free(path, content)
        if target.is_file() and target.read_bytes() == content:
            return target
        self.log(step, target, _sha256(content), note)
        try:
            swap_in(target, content)
        except DipxlError as refused:
            if not isinstance(refused.__cause__, PermissionError) or not target.exists():
                raise
            target = _beside(target)  # open in Excel: the rest of the step must not wait for it
            self.log(step, target, _sha256(content), f"{path.name} sedang terbuka")
            swap_in(target, content)
        return target

    def keep(self, path: Path, called: Path | None = None) -> str:
        """Keep a received file in the archive under its hash, numbered in the order first seen.

        `called` is the name to log it under, where it lies elsewhere only for now.
        """
        content = path.read_bytes()
        sha256 = _sha256(content)
        names = [kept.name for kept in self._archive()]
        if not any(f"-{sha256[:16]}" in name for name in names):
            number = max(map(_number, names), default=0) + 1
            self.log("terima", called or path, sha256, "")
            swap_in(self.path("arsip", f"{number:04d}-{sha256[:16]}{(called or path).suffix.lower()}"), content)
        return sha256

    def archived(self) -> dict[str, Path]:
        """The received files by their full hash, in the order first seen."""
        return {_sha256(path.read_bytes()): path for path in self._archive()}

    def _archive(self) -> list[Path]:
        kept = (path for path in self.path("arsip").glob("*") if _KEPT.match(path.name) and path.is_file())
        return sorted(kept, key=lambda path: _number(path.name))

    def received_names(self) -> dict[str, str]:
        """The name under which each archived file first came, by its hash."""
        received = (line for line in self.history() if line["langkah"] == "terima")
        return {line["sha256"]: _called(line["berkas"]) for line in received}

    @cached_property
    def _log(self) -> History:
        return History(self.path("riwayat.csv"))

    def log(self, step: str, path: Path, sha256: str, note: str) -> None:
        """Add a line to riwayat.csv; it tells people what was done and dipxl which files are its own."""
        inside = path.is_relative_to(self.folder)
        self._log.add(step, path.relative_to(self.folder).as_posix() if inside else str(path), sha256, note)

    def history(self) -> list[dict[str, str]]:
        return self._log.lines

    def _ours(self) -> set[str]:
        """The hashes of everything that dipxl wrote or received."""
        return {line["sha256"] for line in self.history()}

    def _free(self, path: Path, content: bytes) -> Path:
        """The path itself when its file is ours or equal; else "name (2)", "name (3)", ..."""
        ours = self._ours() | {_sha256(content)}
        target, number = path, 1
        while target.exists() and (not target.is_file() or _sha256(target.read_bytes()) not in ours):
            number += 1
            target = path.with_stem(f"{path.stem} ({number})")
        return target


def swap_in(target: Path, content: bytes) -> None:
    """Replace a file in one move, so that it is always the whole old or the whole new one."""
    beside = target.with_name(f".{target.name}.sementara")  # a killed run leaves it, the next one takes it away
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
        _settle(target.parent)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        message = f'Berkas "{target.name}" tidak dapat ditulis.'
        raise DipxlError("tidak-tertulis", message, WRITE_REMEDY) from error


def _settle(folder: Path) -> None:
    """Make the renaming last through a power cut, where the system lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _beside(path: Path) -> Path:
    """The first of "name (2)", "name (3)" ... that is free."""
    names = (path.with_stem(f"{path.stem} ({number})") for number in count(2))
    return next(name for name in names if not name.exists())


def _called(logged: str) -> str:
    """The name of a received file, of one from a container with the container's name before it."""
    return logged.removeprefix(INBOX) if logged.startswith(INBOX) else Path(logged).name


def _number(kept: str) -> int:
    return int(kept.partition("-")[0])


def _by_name(path: Path) -> tuple[str, str]:
    """A key that sorts as people count: numbers by their value, and a name before the same name with more behind it."""
    return re.sub(r"\d+", lambda number: number[0].zfill(8), path.stem), path.name


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
