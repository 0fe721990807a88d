"""Reads the model's TOML files, each once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return the tables of `model/<name>.toml` as written."""
    return tomllib.loads(files("dipxl.model").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
