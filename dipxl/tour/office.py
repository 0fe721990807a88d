"""The sample office, read from `kantor.toml` and `isian.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

NOT_COLUMNS = ("kelas_pelaksana", "butir", "uji")


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("dipxl.tour").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def office() -> dict[str, Any]:
    """The settings of the office, the days of the story, the decree's number and date."""
    return _data("kantor")


def day(step: str) -> date:
    """The day on which the story takes a step."""
    days: dict[str, date] = office()["tanggal"]
    return days[step]


def submissions() -> dict[str, dict[str, Any]]:
    """What each bidang types when all is right, by its kode: `kepala`, `baris`, `dikecualikan`."""
    return {one["kode"]: one for one in _data("isian")["bidang"]}


def faults(kode: str, nature: str = "") -> list[dict[str, str]]:
    """What a bidang types wrongly at its first sending; `nature` is "wajib" or "rapi" or all."""
    return [f for f in _data("isian")["salah"] if f["bidang"] == kode and nature in ("", f["sifat"])]


def rulings() -> list[dict[str, str]]:
    """The PPID's decisions that are not a plain "Setuju"."""
    return list(_data("isian")["putusan"])


def reviewer() -> str:
    return str(_data("isian")["penelaah"])


def updates(kode: str) -> list[dict[str, Any]]:
    """What a bidang changes in the next edition."""
    return [change for change in _data("isian")["pemutakhiran"] if change["bidang"] == kode]


def cells(row: dict[str, Any]) -> dict[str, str]:
    """The cells of a row that the form has a column for."""
    return {name: text for name, text in row.items() if name not in NOT_COLUMNS}
