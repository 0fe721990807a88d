"""Runs a command in a process of its own in which the n-th touch of the disk goes wrong; prints every touch.

Usage: python sample_crash.py FOLDER TROUBLE N WORD... An audit hook sees every opening for writing, making,
renaming and removing below FOLDER, and is told of every sync. TROUBLE is "mati" (the process ends there) or the
name of an error: ENOSPC is refused from there on, any other that one time. N 0 lets all go well.
"""

import errno
import os
import sys
from pathlib import Path

ROOT, TROUBLE, LAST = Path(sys.argv[1]).resolve(), sys.argv[2], int(sys.argv[3])
SEEN = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
TOLD = "jejak:"
touches: list[str] = []


def _touch(what, path):
    touches.append(f"{what} {path}")
    if not LAST or len(touches) < LAST or (len(touches) > LAST and TROUBLE != "ENOSPC"):
        return
    if TROUBLE == "mati":
        os._exit(9)
    number = getattr(errno, TROUBLE)
    raise OSError(number, os.strerror(number), str(path))


def _hook(event, words):
    if event in SEEN and isinstance(words[0], str | os.PathLike):
        path = Path(words[0])
        if path.is_relative_to(ROOT) and (event != "open" or (words[2] or 0) & WRITING):
            _touch(event, path.relative_to(ROOT).as_posix())


def _sync(handle, sync=os.fsync):
    _touch("sync", "")
    sync(handle)


from dipxl.cli import main  # noqa: E402

sys.argv = ["dipxl", *sys.argv[4:]]
os.fsync = _sync
sys.addaudithook(_hook)
try:
    main()
finally:
    sys.stdout.write("\n".join(["", TOLD, *touches]))
