"""Reads whatever lies in a folder, each file in a child that may die of it; containers are opened."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dipxl.files import guards
from dipxl.files.children import Unread, read_in_children
from dipxl.files.containers import Unpacked
from dipxl.files.guards import Refusal
from dipxl.files.returned import Returned, unread

WORKERS = min(4, os.cpu_count() or 1)
_START = 64  # bytes that tell whether a file may be a container
_MAY_WRAP = (b"PK",)


@dataclass(frozen=True)
class Arrived:
    """A file that came, by itself or in a container: the name to call it by, where it lies, or why it is not read."""

    name: str
    path: Path
    refusal: Refusal | None = None


def read_all(paths: Sequence[Path], told: Mapping[Path, Mapping[str, str]] | None = None) -> list[Returned]:
    """Every file as it came back, in order; `told` are headings that people have explained, by file."""
    answered = {path: unread(path, refused) for path in paths if (refused := guards.of_path(path))}
    wanted = [path for path in dict.fromkeys(paths) if path not in answered]
    more = {path: (dict(said),) for path, said in (told or {}).items()}
    answers = read_in_children(wanted, "dipxl.files.returned:read", WORKERS, more=more)
    answered |= {path: _answer(path, answer) for path, answer in zip(wanted, answers, strict=True)}
    return [answered[path] for path in paths]


def read_one(path: Path) -> Returned:
    return read_all([path])[0]


def read_opened(paths: Sequence[Path]) -> list[Returned]:
    """Like `read_all`, with the files in containers in the place of the container, called "container/file"."""
    with opened(paths) as arrived:
        meant = [one.path for one in arrived if not one.refusal]
        read = iter(read_all(meant))
        return [
            unread(Path(one.name), one.refusal) if one.refusal else replace(next(read), path=Path(one.name))
            for one in arrived
        ]


@contextmanager
def opened(paths: Sequence[Path]) -> Iterator[list[Arrived]]:
    """The files that came, those in containers taken out into a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dipxl-") as folder:
        wraps = [path for path in dict.fromkeys(paths) if not guards.of_path(path) and _may_wrap(path)]
        targets = {path: Path(folder, str(number)) for number, path in enumerate(wraps)}
        for target in targets.values():
            target.mkdir()
        more = {path: (str(target),) for path, target in targets.items()}
        answers = read_in_children(wraps, "dipxl.files.containers:unpack_into", WORKERS, more=more)
        unpacked = dict(zip(wraps, answers, strict=True))
        yield [one for path in paths for one in _arrived(path, unpacked.get(path))]


def _arrived(path: Path, answer: list[Unpacked] | Refusal | Unread | None) -> Iterator[Arrived]:
    if answer is None:
        yield Arrived(str(path), path)
    elif isinstance(answer, Refusal):
        yield Arrived(str(path), path, answer)
    elif isinstance(answer, Unread):
        yield Arrived(str(path), path, answer.refusal)
    else:
        for one in answer:
            yield Arrived(f"{path}/{one.name}", one.path or path, one.refusal)


def _may_wrap(path: Path) -> bool:
    """True for what may be a .zip or an e-mail; a workbook is told from a .zip when it is opened."""
    try:
        with path.open("rb") as file:
            start = file.read(_START)
    except OSError:
        return False
    return start.startswith(_MAY_WRAP) or (b":" in start and start[:1].isalnum())


def _answer(path: Path, answer: Returned | Unread) -> Returned:
    return unread(path, answer.refusal) if isinstance(answer, Unread) else answer
