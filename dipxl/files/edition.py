"""The folder of one edition; only this module knows its paths, and only it writes there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, wraps
from itertools import chain, count, islice
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from dipxl.errors import DipxlError
from dipxl.files import run_lock
from dipxl.files.archive import Archive, Arrival, hash_to_keep
from dipxl.files.guards import Refusal
from dipxl.files.history import History, one_line
from dipxl.files.safe_write import UNFINISHED, file_hash, swap_in
from dipxl.files.templates import stock
from dipxl.model.office import Settings

Given = ParamSpec("Given")
Told = TypeVar("Told")
Step = Callable[Concatenate[Path | str, Given], Told]

SETTINGS = "pengaturan.xlsx"
INBOX = "1-himpun/masuk/"
FOLDERS = (
    "1-himpun/keluar", "1-himpun/masuk", "1-himpun/kembali", "2-usulan", "3-telaah/keluar", "3-telaah/masuk",
    "4-dokumentasi", "5-penetapan", "6-publikasi", "arsip",
)  # fmt: skip
RECEIVED = "terima"
_WRITTEN_INTO = ("", "templat", "1-himpun", *(name for name in FOLDERS if not name.endswith("/masuk")))
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def office_day(settings: Settings) -> date:
    """Today's date where the office is."""
    return datetime.now(ZoneInfo(ZONES[settings.office["zona_waktu"]])).date()


def one_at_a_time(step: Step[Given, Told]) -> Step[Given, Told]:
    """Let a step that writes run alone in its edition, with what a killed run left half-written taken away."""

    @wraps(step)
    def run(folder: Path | str, *args: Given.args, **options: Given.kwargs) -> Told:
        with Edition.open(folder).alone():
            return step(folder, *args, **options)

    return run  # type: ignore[return-value]  # the folder may be given by name too


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
        """Make the folders of a new edition; refuses a folder that holds more than an interrupted run left there.

        Its settings file makes it an edition, and is therefore to be written last.
        """
        edition = cls(Path(folder))
        if edition.folder.exists() and not edition._is_only_begun():
            raise DipxlError("folder-terisi", f'Folder "{folder}" sudah berisi.', "Pilih nama folder yang belum ada.")
        edition.make_folders()
        return edition

    def _is_only_begun(self) -> bool:
        """True when nothing lies here but empty folders of an edition and files that dipxl wrote, save its settings."""
        ours = {Path(name) for name in FOLDERS} | {Path(name).parent for name in FOLDERS}
        inside = [path for path in self.folder.rglob("*") if path.relative_to(self.folder) not in ours]
        return self.folder.is_dir() and not self.settings.exists() and all(map(self._is_our_own, inside))

    def _is_our_own(self, path: Path) -> bool:
        if path.name.endswith(UNFINISHED):
            return True
        return self._log.begun if path == self.path("riwayat.csv") else path.is_file() and not self.touched(path)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other command out for the length of a block; raises when one is at work here."""
        with run_lock.alone(self.folder):
            for folder in map(self.path, _WRITTEN_INTO):
                for left_behind in folder.glob(f".*{UNFINISHED}"):
                    with suppress(OSError):
                        left_behind.unlink()
            yield

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
        return path.is_file() and _hash_of(path) not in self._ours()

    def inbox(self, *parts: str) -> list[Path]:
        """Everything that people put into a folder, "form (2).xlsx" after "form.xlsx" and before "form (10).xlsx"."""
        folder = self.path(*parts)
        return sorted(folder.iterdir(), key=_by_name) if folder.is_dir() else []

    def write(self, step: str, path: Path, content: bytes, note: str = "") -> Path:
        """Write a file whole and log it; a file that a person has changed or has open is left, and ours goes beside it.

        Equal content is not written again, so that a step run twice changes nothing. It is logged before it is
        written, so that a killed run never leaves a file that dipxl would take for a person's.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        for target in _names(path):
            there = _hash_of(target)
            if not (target.is_file() and there == sha256):
                if target.exists() and (target.is_dir() or there not in self._ours()):
                    continue
                self.log(step, target, sha256, note)
                if not self._swapped_in(target, content):
                    note = f"{path.name} sedang terbuka"
                    continue
            self._drop_older(step, path, target)
            return target
        raise AssertionError(path)  # names never run out

    def _swapped_in(self, target: Path, content: bytes) -> bool:
        """Write it; or tell that the file is open in Excel, for which the rest of the step must not wait."""
        try:
            swap_in(target, content)
        except DipxlError as refused:
            if not isinstance(refused.__cause__, PermissionError) or not target.exists():
                raise
            return False
        return True

    def _drop_older(self, step: str, path: Path, target: Path) -> None:
        """Where the file itself could be written, take away what we once had to put beside it."""
        for beside in islice(_names(path), 1, None) if target == path else ():
            sha256 = _hash_of(beside)
            if not beside.exists() or not self._has_written(beside, sha256):
                return
            self.log(step, beside, sha256, f"dihapus; {path.name} sudah dapat ditulis")
            with suppress(OSError):
                beside.unlink()

    def _has_written(self, path: Path, sha256: str) -> bool:
        """True when the log says that this content was written under this very name."""
        return (self._inside(path), sha256) in ((line["berkas"], line["sha256"]) for line in self.history())

    def keep(self, path: Path, called: Path | None = None) -> str | Refusal:
        """Keep a received file in the archive, each content once and each of its names in the log; or say why not.

        `called` is the name to log it under, where it lies elsewhere only for now.
        """
        named = called or path
        sha256 = hash_to_keep(path)
        if isinstance(sha256, Refusal):
            return sha256
        again = self._archive.holds(sha256)
        came = (RECEIVED, sha256, one_line(_called(self._inside(named))))
        if came not in ((line["langkah"], line["sha256"], _called(line["berkas"])) for line in self.history()):
            self.log(RECEIVED, named, sha256, "sama persis dengan yang sudah diterima" * again)
        return (None if again else self._archive.keep(path, sha256, named)) or sha256

    def archived(self) -> dict[str, Path]:
        """The received files by their full hash, in the order first seen."""
        return {file_hash(path): path for path in self._archive.files()}

    def arrivals(self) -> dict[str, tuple[Arrival, ...]]:
        """Under which names, and when, each received file came, by its hash."""
        found: dict[str, dict[str, Arrival]] = {}
        for line in self.history():
            if line["langkah"] == RECEIVED:
                name = _called(line["berkas"])
                found.setdefault(line["sha256"], {}).setdefault(name, Arrival(name, line["waktu"]))
        return {sha256: tuple(by_name.values()) for sha256, by_name in found.items()}

    @property
    def _archive(self) -> Archive:
        return Archive(self.path("arsip"))

    @cached_property
    def _log(self) -> History:
        return History(self.path("riwayat.csv"))

    def log(self, step: str, path: Path, sha256: str, note: str) -> None:
        """Add a line to riwayat.csv; it tells people what was done and dipxl which files are its own."""
        self._log.add(step, self._inside(path), sha256, note)

    def _inside(self, path: Path) -> str:
        """A path as the log tells it: from the edition's folder on, the same on every system."""
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else str(path)

    def history(self) -> list[dict[str, str]]:
        return self._log.lines

    def _ours(self) -> set[str]:
        """The hashes of everything that dipxl wrote or received."""
        return {line["sha256"] for line in self.history()}


def _names(path: Path) -> Iterator[Path]:
    """The path itself, then "name (2)", "name (3)" ..."""
    return chain([path], (path.with_stem(f"{path.stem} ({number})") for number in count(2)))


def _last(logged: str) -> str:
    """The name at the end of a logged path of whatever system."""
    return re.split(r"[/\\]", logged)[-1]


def _hash_of(path: Path) -> str:
    """The hash of a file; "-" for what is no file or cannot be read, which is nobody's."""
    try:
        return file_hash(path) if path.is_file() else "-"
    except OSError:
        return "-"


def _called(logged: str) -> str:
    """The name of a received file, of one from a container with the container's name before it."""
    return logged.removeprefix(INBOX) if logged.startswith(INBOX) else _last(logged)


def _by_name(path: Path) -> tuple[str, str]:
    """A key that sorts as people count: numbers by their value, and a name before the same name with more behind it."""
    return re.sub(r"\d+", lambda number: number[0].zfill(8), path.stem), path.name
