"""Rewrites Office packages so that equal content gives equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date

_CONTENT_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_MEMBER_TIME = (1980, 1, 1, 0, 0, 0)
_UNDATED = date(2000, 1, 1)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*(</dcterms:)")


def canonical(data: bytes, day: date | None = None) -> bytes:
    """Return the same xlsx or docx with fixed times and order; `day` becomes its date of creation and change."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    if _CORE in members:
        members[_CORE] = _MOMENT.sub(rb"\g<1>%bT00:00:00Z\g<2>" % str(day or _UNDATED).encode(), members[_CORE])
    return pack(members)


def pack(members: Mapping[str, bytes], level: int = 6) -> bytes:
    """Write a package with fixed times and order; `level` is how hard deflate tries."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name in sorted(members, key=lambda name: (name != _CONTENT_TYPES, name)):
            package.writestr(_member(name), members[name], zipfile.ZIP_DEFLATED, level)
    return target.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _MEMBER_TIME)
    member.create_system = 0  # else Windows and Linux would write different bytes
    member.external_attr = 0
    return member
