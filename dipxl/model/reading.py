"""What is made of a value that a person typed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_NO_FACTS: Mapping[str, str] = MappingProxyType({})


class Reading(NamedTuple):
    """The text that is certainly meant, with why it differs from what was typed; or the code of what must be asked.

    `facts` fill the gaps of that code's message.
    """

    text: str
    why: str = ""
    code: str = ""
    facts: Mapping[str, str] = _NO_FACTS
