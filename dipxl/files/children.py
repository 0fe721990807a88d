"""Reads files in processes of their own, so that a file that hangs or kills its reader takes no other with it."""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from pathlib import Path
from typing import IO, Any, Self, cast

from dipxl.errors import DipxlError
from dipxl.files.child import LENGTH, MOST_ANSWER
from dipxl.files.guards import BROKEN, Refusal

HANGS = Refusal("Berkas ini terlalu lama dibaca.", "Salin isinya ke formulir yang baru.")
KILLS = Refusal("Berkas ini tidak terbaca karena isinya tidak wajar.", "Salin isinya ke formulir yang baru.")
TOO_BIG = Refusal("Berkas ini terlalu besar untuk dibaca.", "Salin hanya barisnya ke formulir yang baru.")
_BY_CAUSE = {"hang": HANGS, "death": KILLS, "PanicException": KILLS, "RecursionError": KILLS, "MemoryError": TOO_BIG}
_WORTH_ANOTHER_TRY = ("death", "MemoryError")  # earlier files may have weakened the process

FEW = 4  # files that are not worth a process more
_TO_START = 120  # seconds
_TO_END = 2  # seconds between closing its answers and being gone
_PLAIN_TYPES = {"builtins": ("set", "frozenset", "range", "bytearray", "complex"), "collections": ("Counter", "deque")}
_PLAIN_MODULES = ("datetime", "decimal", "pathlib", "pathlib._local")  # without anything that acts


@dataclass(frozen=True)
class Limits:
    """What one file may cost: seconds and, except on Windows, bytes; and after how many files a process is renewed."""

    seconds: float = 15
    most_bytes: int = 1024**3
    files: int = 250


@dataclass(frozen=True)
class Unread:
    """A file that could not be read: what to tell people, and for engineers the cause."""

    refusal: Refusal
    cause: str


@dataclass(frozen=True)
class _Failed:
    """The end of an attempt: the name of the cause and its words."""

    cause: str
    words: str = ""

    def unread(self) -> Unread:
        return Unread(_BY_CAUSE.get(self.cause, BROKEN), f"{self.cause}: {self.words}".rstrip(": "))


def read_in_children(
    paths: Sequence[Path],
    function: str,
    workers: int = 2,
    limits: Limits | None = None,
    more: Mapping[Path, Sequence[Any]] | None = None,
) -> list[Any]:
    """What `function`, "module:name", makes of each path, in order; an `Unread` where it ends badly.

    The function takes a path, and what `more` has for it as further arguments, and gives plain values or dataclasses
    of dipxl. Values come back whatever happens to other files; an interruption ends every process at work here. A
    process that has served well waits for the next call.
    """
    asked = [(number, [str(path), *(more or {}).get(path, ())]) for number, path in enumerate(paths)]
    crew = _Crew(function, limits or Limits(), deque(asked), [None] * len(paths))
    busy = max(1, min(workers, -(-len(paths) // FEW)))
    with ThreadPoolExecutor(busy) as threads:
        running = [threads.submit(crew.work) for _ in range(busy)] if paths else []
        try:
            for future in running:
                future.result()
        except BaseException:
            crew.stop()
            raise
    return crew.results


@dataclass
class _Crew:
    """Threads that share a heap of files, each with one child at a time."""

    function: str
    limits: Limits
    left: deque[tuple[int, list[Any]]]
    results: list[Any]
    children: set[_Child] = field(default_factory=set)

    def work(self) -> None:
        """Read files from the heap until none is left."""
        while self.left:
            with self._child() as child:
                for place, question in self._next(child.files_left):
                    answer = child.ask(question)
                    if isinstance(answer, _Failed) and answer.cause in _WORTH_ANOTHER_TRY:
                        child.end()
                        answer = self._alone(question)
                    self.results[place] = answer.unread() if isinstance(answer, _Failed) else answer
                    if not child.alive:
                        break

    def stop(self) -> None:
        """End every child and leave the rest of the files."""
        self.left.clear()
        for child in list(self.children):
            child.end()

    def _next(self, most: int) -> Iterator[tuple[int, list[Any]]]:
        for _ in range(most):
            try:
                yield self.left.popleft()
            except IndexError:
                return

    def _alone(self, question: list[Any]) -> Any:
        with _Child(self.function, self.limits) as child:
            return child.ask(question)

    @contextlib.contextmanager
    def _child(self) -> Iterator[_Child]:
        """A process that waits already, or a new one; it waits again if it served well."""
        child = _spare(self.function, self.limits) or _Child(self.function, self.limits)
        self.children.add(child)
        try:
            yield child
        except BaseException:
            child.end()
            raise
        finally:
            self.children.discard(child)
            _keep(child)


class _Child:
    """A process that reads one file after another."""

    def __init__(self, function: str, limits: Limits) -> None:
        self._limits = limits
        self.alive = True
        self.files_left = limits.files
        self.serves = _service(function, limits)
        words = [sys.executable, "-P", "-m", "dipxl.files.child", function, str(limits.seconds), str(limits.most_bytes)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell, no word from outside
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._questions = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        if isinstance(self._answer(_TO_START), _Failed):
            self.end()
            raise DipxlError(
                "pembaca-berkas", "Pembaca berkas tidak dapat dimulai.", "Jalankan penyiapan dipxl sekali lagi."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def ask(self, question: list[Any]) -> Any:
        """What the child makes of a path and further arguments, or how it failed."""
        self.files_left -= 1
        try:
            self._questions.write(json.dumps(question).encode() + b"\n")
            self._questions.flush()
        except OSError:
            return self._died()
        return self._answer(self._limits.seconds)

    def end(self) -> None:
        """End the process if it still runs, and close what led to it."""
        self.alive = False
        self._process.kill()
        self._process.wait()
        for pipe in (self._questions, self._answers):
            with contextlib.suppress(OSError):
                pipe.close()

    def _answer(self, seconds: float) -> Any:
        late = threading.Event()

        def too_late() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, too_late)
        timer.start()
        try:
            data = self._frame()
        finally:
            timer.cancel()
        if data is None:
            death = self._died()
            return _Failed("hang") if late.is_set() else death
        return _understood(data)

    def _frame(self) -> bytes | None:
        """The next answer, or None where the process has ended."""
        start = self._answers.read(LENGTH)
        length = int.from_bytes(start, "big")
        data = self._answers.read(length) if 0 < length <= MOST_ANSWER else b""
        return data if data and len(data) == length else None

    def _died(self) -> _Failed:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_TO_END)
        self.end()
        return _Failed("death", str(self._process.returncode))


_SPARE: list[_Child] = []  # processes that wait: starting one takes as long as reading a hundred files
_SPARE_LOCK = threading.Lock()
_MOST_SPARE = 2


def _service(function: str, limits: Limits) -> tuple[Any, ...]:
    """What a process was started for; another search path would find other modules."""
    return function, limits, tuple(sys.path)


def _spare(function: str, limits: Limits) -> _Child | None:
    with _SPARE_LOCK:
        waiting = [child for child in _SPARE if child.serves == _service(function, limits)]
        if not waiting:
            return None
        _SPARE.remove(waiting[0])
        return waiting[0]


def _keep(child: _Child) -> None:
    with _SPARE_LOCK:
        if child.alive and child.files_left > 0:
            _SPARE.append(child)
        else:
            child.end()
        while len(_SPARE) > _MOST_SPARE:
            _SPARE.pop(0).end()


@atexit.register
def dismiss() -> None:
    """End the processes that wait."""
    while _SPARE:
        _SPARE.pop().end()


def _understood(data: bytes) -> Any:
    """The value in an answer, or the failure that it tells of."""
    try:
        kind, value = _Plain(io.BytesIO(data)).load()
    except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, LookupError, TypeError, ValueError) as error:
        return _Failed(type(error).__name__, str(error))
    return value if kind in ("ok", "ready") else _Failed(kind, value)


class _Plain(pickle.Unpickler):
    """Reads plain values and dataclasses of dipxl only: a child that was taken over must not run code here."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("dipxl."):
            found = super().find_class(module, name)
            if getattr(found, "__module__", "") == module and (is_dataclass(found) or issubclass(found, tuple | Enum)):
                return found
        elif module in _PLAIN_MODULES or name in _PLAIN_TYPES.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _environment() -> dict[str, str]:
    """Our own surroundings, with the modules found where this process finds them."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}
