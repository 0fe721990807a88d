"""What a step tells: the answer first, then the numbers, what was written, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dipxl.files.answer import answer_html

_BESIDE = re.compile(r" \(\d+\)$")
DONE, NEEDS_PERSON = 0, 1


@dataclass(frozen=True)
class Report:
    """The outcome of one step.

    `data` is what `--json` prints besides the verdict; `attention` says that a person has something to do.
    """

    verdict: str
    headline: str
    next: str
    facts: Sequence[tuple[str, str]] = ()
    headings: Sequence[str] = ()
    lines: Sequence[Sequence[str]] = ()
    written: Sequence[Path] = ()
    attention: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        return NEEDS_PERSON if self.attention else DONE

    @property
    def beside(self) -> list[Path]:
        """What could not be written under its own name, which a person had changed or had open just then."""
        return [path for path in self.written if _BESIDE.search(path.stem)]

    def as_json(self) -> dict[str, Any]:
        extra = {"headline": self.headline, "next": self.next, "written": [str(path) for path in self.written]}
        return {"verdict": self.verdict} | dict(self.data) | extra

    def _repr_html_(self) -> str:
        return answer_html(self)
