"""The folder of one edition; only this module knows its paths, and only it writes there."""

from __future__ import annotations

import csv
import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dipxl.errors import DipxlError
from dipxl.files.templates import stock
from dipxl.model.office import Settings

SETTINGS = "pengaturan.xlsx"
FOLDERS = (
    "1-himpun/keluar", "1-himpun/masuk", "1-himpun/kembali", "2-usulan", "3-telaah/keluar", "3-telaah/masuk",
    "4-dokumentasi", "5-penetapan", "6-publikasi", "arsip",
)  # fmt: skip
LOG_HEADINGS = ("waktu", "langkah", "berkas", "sha256", "keterangan")
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def office_day(settings: Settings) -> date:
    """Today's date where the office is."""
    return datetime.now(ZoneInfo(ZONES[settings.office["zona_waktu"]])).date()


@dataclass(frozen=True)
class Edition:
    """One edition's folder."""

    folder: Path

    @classmethod
    def open(cls, folder: Path) -> Edition:
        """The edition in this folder; its settings file is what makes it one."""
        if not (folder / SETTINGS).is_file():
            raise DipxlError(
                "bukan-edisi",
                f'Folder "{folder}" bukan folder edisi DIP.',
                'Pindah ke folder edisi, atau buat yang baru dengan "dipxl mulai NAMA-FOLDER".',
            )
        return cls(folder)

    @classmethod
    def create(cls, folder: Path) -> Edition:
        """Make the folders of a new edition; refuses a folder that already holds something."""
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
        return path.is_file() and _sha256(path.read_bytes()) not in {line["sha256"] for line in self.history()}

    def inbox(self, *parts: str) -> list[Path]:
        """The files that people put into a folder, in the order of their names, subfolders left alone."""
        folder = self.path(*parts)
        return sorted((p for p in folder.iterdir() if not p.is_dir()), key=lambda p: p.name) if folder.is_dir() else []

    def write(self, step: str, path: Path, content: bytes, note: str = "") -> Path:
        """Write a file whole and log it; a file that a person has changed is left, and ours goes beside it.

        Equal content is not written again, so that a step run twice changes nothing.
        """
        target = self._free(path, content)
        if target.is_file() and target.read_bytes() == content:
            return target
        swap_in(target, content)
        self.log(step, target, _sha256(content), note)
        return target

    def keep(self, path: Path) -> str:
        """Keep a received file in the archive under its hash, numbered in the order first seen."""
        content = path.read_bytes()
        sha256 = _sha256(content)
        if sha256 not in self.archived():
            number = len(self.archived()) + 1
            swap_in(self.path("arsip", f"{number:04d}-{sha256[:16]}{path.suffix.lower()}"), content)
            self.log("terima", path, sha256, "")
        return sha256

    def archived(self) -> dict[str, Path]:
        """The received files by their full hash, in the order first seen."""
        return {_sha256(path.read_bytes()): path for path in sorted(self.path("arsip").glob("[0-9]*-*"))}

    def received_names(self) -> dict[str, str]:
        """The name under which each archived file first came, by its hash."""
        return {line["sha256"]: Path(line["berkas"]).name for line in self.history() if line["langkah"] == "terima"}

    def log(self, step: str, path: Path | None, sha256: str, note: str) -> None:
        """Add a line to riwayat.csv; it tells people what was done and dipxl which files are its own."""
        log = self.path("riwayat.csv")
        new = not log.exists()
        name = (
            path.relative_to(self.folder).as_posix() if path and path.is_relative_to(self.folder) else str(path or "")
        )
        with log.open("a", encoding="utf-8-sig" if new else "utf-8", newline="") as file:
            lines = csv.writer(file)
            if new:
                lines.writerow(LOG_HEADINGS)
            lines.writerow([datetime.now().astimezone().isoformat(timespec="seconds"), step, name, sha256, note])

    def history(self) -> list[dict[str, str]]:
        log = self.path("riwayat.csv")
        if not log.exists():
            return []
        with log.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def _free(self, path: Path, content: bytes) -> Path:
        """The path itself when its file is ours or equal; else "name (2)", "name (3)", ..."""
        ours = {line["sha256"] for line in self.history()}
        target, number = path, 1
        while target.exists() and _sha256(target.read_bytes()) not in ours | {_sha256(content)}:
            number += 1
            target = path.with_stem(f"{path.stem} ({number})")
        return target


def swap_in(target: Path, content: bytes) -> None:
    """Replace a file in one move, so that it is always the whole old or the whole new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".sementara")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise DipxlError(
            "tidak-tertulis",
            f'Berkas "{target.name}" tidak dapat ditulis.',
            "Tutup berkas itu bila sedang terbuka, periksa izin folder dan sisa ruang, lalu ulangi.",
        ) from error


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
