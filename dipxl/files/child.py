"""The process that reads files for another one: it may hang, panic or run out of memory, and only it is lost.

Started as `python -m dipxl.files.child MODULE:FUNCTION SECONDS BYTES`; a path and further arguments come in on standard
input, one JSON list a line, and answers leave on standard output, each a length of eight bytes and a pickle.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import json
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

LENGTH = 8  # bytes before each answer
MOST_ANSWER = 48 * 1024 * 1024  # bytes; whoever asked has to hold it too
_GRACE = 5  # seconds after which the child ends itself, should nobody be left to do so


def main(function: str, seconds: str, most_bytes: str) -> None:
    """Answer each path with ("ok", value) or (what went wrong, its words); the first answer says that all is ready."""
    answers = _take_stdout()
    _limit_memory(int(most_bytes))
    module, _, name = function.partition(":")
    read: Callable[..., Any] = getattr(importlib.import_module(module), name)
    _send(answers, pickle.dumps(("ready", "")))
    for line in sys.stdin.buffer:
        faulthandler.dump_traceback_later(float(seconds) + _GRACE, exit=True)
        path, *more = json.loads(line)
        answer = _answer(read, Path(path), *more)
        faulthandler.cancel_dump_traceback_later()
        _send(answers, answer)


def _take_stdout() -> BinaryIO:
    """Standard output for answers alone; what libraries print goes the way of errors."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _limit_memory(most_bytes: int) -> None:
    """Limit memory where the system can; Windows cannot, and macOS may refuse."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(read: Callable[..., Any], path: Path, *more: Any) -> bytes:
    try:
        data = pickle.dumps(("ok", read(path, *more)), pickle.HIGHEST_PROTOCOL)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic of the reader derives from it
        return pickle.dumps((type(error).__name__, str(error)[:500]))
    return data if len(data) <= MOST_ANSWER else pickle.dumps(("MemoryError", "answer"))


def _send(answers: BinaryIO, data: bytes) -> None:
    answers.write(len(data).to_bytes(LENGTH, "big") + data)
    answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
