"""The command line speaks Indonesian, whatever the machine's own language."""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import Any

import click

DOMAIN = "dipxl"
FOLDER = Path(__file__).parent / "locale"
# What click writes for a kind of value and does not offer for translation.
_VALUES = {
    "boolean": "YA/TIDAK",
    "datetime": "TANGGAL",
    "filename": "BERKAS",
    "float": "ANGKA",
    "float range": "ANGKA",
    "integer": "ANGKA",
    "integer range": "ANGKA",
    "text": "TEKS",
}


def use_indonesian() -> None:
    """Give click's words in Indonesian; to be called before the first click decorator, which already asks for some.

    Python looks at LANGUAGE before any other variable and at the machine's own setting not at all, so this holds on
    every system; programs started from here inherit it.
    """
    os.environ["LANGUAGE"] = "id"
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)


class IndonesianCommand(click.Command):
    """A command whose help has no English of click's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[OPSI]"} | kwargs)
        for param in self.params:
            if isinstance(param, click.Option) and param.metavar is None and param.nargs == 1:
                param.metavar = _VALUES.get(param.type.name)


class IndonesianGroup(click.Group):
    """A group whose help has no English of click's own, nor has that of its commands."""

    command_class = IndonesianCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        words = {"options_metavar": "[OPSI]", "subcommand_metavar": "PERINTAH [ARGUMEN]..."}
        super().__init__(*args, **words | kwargs)
