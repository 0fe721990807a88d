"""One command at a time in a folder, on every system, and on network drives that know no locks."""

from __future__ import annotations

import errno
import json
import os
import platform
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import uuid4

from dipxl.errors import DipxlError

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl

LOCK = ".dipxl-kunci"
ABANDONED = 6 * 3600  # seconds: no run takes as long, and another computer cannot be asked whether its run still lives
UNWRITTEN = 60  # seconds after which a lock without a word was not just begun
_ATTEMPTS = 20
_BEYOND = 1 << 20  # Windows locks bytes even against reading, so it is given one behind the text
_SYNCHRONIZE, _STILL_RUNNING = 0x0010_0000, 0x102  # of Windows
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder's lock for the length of a block; raises when another command holds it.

    The system's own lock on the file says whether its holder lives. Where the drive has none, the file itself is the
    lock, and the process that it names is looked for. The lock of a process that died is taken over.
    """
    path = folder / LOCK
    try:
        handle = _taken(path)
    except OSError as error:
        message = f'Folder "{folder.resolve().name}" tidak dapat ditulisi.'
        raise DipxlError("tidak-tertulis", message, "Periksa izin folder dan sisa ruang, lalu ulangi.") from error
    try:
        yield
    finally:
        _give_back(path, handle)


class _Found(Enum):
    """What a look at the lock's file says: it is ours, it has just changed hands, or its holder is dead."""

    OURS, MOVED, DEAD = range(3)


def _taken(path: Path) -> int:
    for _ in range(_ATTEMPTS):
        handle, is_new = _opened(path)
        known = os.fstat(handle)
        try:
            found = _look(path, handle, is_new=is_new)
            if found is _Found.OURS:
                _sign(handle)
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if found is _Found.DEAD:
            _put_away(path, known)
    raise _busy(path.parent, {})


def _opened(path: Path) -> tuple[int, bool]:
    """The lock's file, and whether it was made just now, by nobody but us."""
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    for _ in range(_ATTEMPTS):  # the file may come and go between two looks
        with suppress(FileExistsError):
            return os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o666), True
        with suppress(FileNotFoundError):
            return os.open(path, flags), False
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))


def _look(path: Path, handle: int, *, is_new: bool) -> _Found:
    """Whose the lock is; raises when another command has it."""
    locked = _system_lock(handle)
    if locked is False:
        raise _busy(path.parent, _holder(handle))
    if not _stands(path, os.fstat(handle)):
        return _Found.MOVED
    if is_new:
        return _Found.OURS
    holder = _holder(handle)
    if not _is_dead(holder, _age(handle), locked=locked):
        raise _busy(path.parent, holder)
    return _Found.OURS if locked else _Found.DEAD


def _system_lock(handle: int) -> bool | None:
    """True when the system gave us the lock, False when another has it, None where the drive knows no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _BEYOND, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _HELD else None
    return True


def _is_dead(holder: Mapping[str, Any], age: float, *, locked: bool | None) -> bool:
    if not holder:
        return bool(locked) or age > UNWRITTEN
    if holder.get("komputer") != platform.node():
        return age > ABANDONED
    return bool(locked) or not _lives(holder.get("proses"))


def _lives(process: object) -> bool:
    """True when a process of this computer is still there; looked at without touching it."""
    if not isinstance(process, int) or process <= 0:
        return False
    if sys.platform == "win32":  # os.kill would end it
        kernel = ctypes.windll.kernel32
        found = kernel.OpenProcess(_SYNCHRONIZE, False, process)
        running = bool(found) and kernel.WaitForSingleObject(found, 0) == _STILL_RUNNING
        kernel.CloseHandle(found)
        return running
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _put_away(path: Path, known: os.stat_result) -> None:
    """Take away a dead holder's file; if another command was quicker, its new file is put back."""
    aside = path.with_name(f"{path.name}-{uuid4().hex}")
    with suppress(FileNotFoundError):
        path.rename(aside)
        if _stands(aside, known):
            aside.unlink()
        else:
            aside.rename(path)


def _sign(handle: int) -> None:
    """Write into the file who holds it and since when."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    words = {"komputer": platform.node(), "proses": os.getpid(), "sejak": now}
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, json.dumps(words, ensure_ascii=False).encode("utf-8", "replace"))
    os.fsync(handle)


def _holder(handle: int) -> dict[str, Any]:
    """Who holds the file, by its own words; empty while it has none."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        words = json.loads(os.read(handle, 4096))
    except (OSError, ValueError):
        return {}
    return words if isinstance(words, dict) else {}


def _age(handle: int) -> float:
    """How many seconds ago the file was written; clocks of two computers may differ either way."""
    return abs(time.time() - os.fstat(handle).st_mtime)


def _stands(path: Path, known: os.stat_result) -> bool:
    """True while the file that lies at the path is the one known."""
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), known)
    except FileNotFoundError:
        return False


def _give_back(path: Path, handle: int) -> None:
    """Take the file away while we still hold it; Windows removes no open file, so there it is let go first."""
    ours = _stands(path, os.fstat(handle))
    if ours and sys.platform != "win32":
        with suppress(OSError):
            path.unlink()
    os.close(handle)
    if ours and sys.platform == "win32":
        with suppress(OSError):
            path.unlink()


def _busy(folder: Path, holder: Mapping[str, Any]) -> DipxlError:
    words = [f"komputer {holder['komputer']}"] if holder.get("komputer") else []
    words += [f"sejak {str(holder['sejak'])[11:16].replace(':', '.')}"] if holder.get("sejak") else []
    who = f" ({', '.join(words)})" if words else ""
    remedy = "Tunggu sampai selesai, lalu ulangi"
    if holder and holder.get("komputer") != platform.node():
        remedy += f'; bila komputer itu sudah mati, hapus berkas "{LOCK}" di folder itu'
    message = f'Folder "{folder.resolve().name}" sedang dikerjakan perintah dipxl lain{who}.'
    return DipxlError("sedang-dikerjakan", message, f"{remedy}.")
