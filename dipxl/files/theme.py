"""Looks by role, read from `theme.toml`, for every workbook that dipxl writes."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook


@cache
def _theme() -> dict[str, Any]:
    return tomllib.loads(files("dipxl.files").joinpath("theme.toml").read_text(encoding="utf-8"))


def colour(name: str) -> str:
    """The colour as "#RRGGBB"."""
    return str(_theme()["colour"][name])


def properties(role: str) -> dict[str, Any]:
    """The xlsxwriter properties of a role, fonts and colours filled in."""
    font = _theme()["font"]
    look = {"font_name": font["name"], "font_size": font["size"]} | _theme()["role"][role]
    return {k: colour(v[1:]) if isinstance(v, str) and v.startswith("$") else v for k, v in look.items()}


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[str, tuple[tuple[str, Any], ...]], Format] = {}

    def __call__(self, role: str, **more: Any) -> Format:
        """The format of a role, with single properties changed where `more` says so."""
        key = (role, tuple(sorted(more.items())))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties(role) | more)
        return self._formats[key]
