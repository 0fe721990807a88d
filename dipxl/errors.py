"""What stops a step; faults in people's data are findings, never errors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class DipxlError(Exception):
    """A step cannot be done: what is wrong and what to do, in plain Indonesian."""

    code: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()

    def _render_traceback_(self) -> list[str]:
        """Show one sentence in a notebook instead of a traceback."""
        return [str(self)]
