"""Addresses of web pages as people type them, one or several in a cell."""

from __future__ import annotations

import re
import unicodedata

from dipxl.model.reading import Reading
from dipxl.model.text import one_line
from dipxl.model.vocabulary import WEB_ADDRESS

HTTPS = "https:// ditambahkan di depan alamat"
INCOMPLETE, WITHOUT_SCHEME = "tautan-tidak-lengkap", "tautan-tanpa-https"
_WHOLE = re.compile(WEB_ADDRESS)
_ONE = re.compile(r"https?://[^\s/.,;]+\.[^\s,;]+")
_START = r"(?:https?://|www\.)"
_BETWEEN = re.compile(rf"(?i)(\s*(?:[;,]\s*|\s)(?:dan\s+|&\s*)?(?={_START}))")
_WWW = re.compile(r"(?i)www\.[^\s/.]+\.[^\s]+")
_DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,6}[a-z]{2,24}"
_FILE = re.compile(r"(?i)^[^/]*\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png)$")
_BARE = re.compile(rf"(?i)(?:h?t?t?ps?\s?[:;]?\s?/{{0,3}}\s?)?({_DOMAIN}(?:[:/?#]\S*)?)")


def read(typed: str) -> Reading:
    """The addresses, whole and one under the other as typed; "https://" is added where one starts with "www.".

    >>> read("www.bkpsdm.example/a.pdf").text
    'https://www.bkpsdm.example/a.pdf'
    """
    if _ONE.fullmatch(typed):
        return Reading(typed)
    parts = _BETWEEN.split(typed)  # addresses, with what stands between them at the odd places
    parts[::2] = [f"https://{part}" if _WWW.fullmatch(part) else part for part in parts[::2]]
    if all(_WHOLE.fullmatch(part) for part in parts[::2]):
        mended = "".join(parts)
        return Reading(mended, HTTPS if mended != typed else "")
    domain = _BARE.fullmatch(one_line(unicodedata.normalize("NFKC", typed)))
    if domain and not _FILE.search(domain[1]):
        return Reading(typed, code=WITHOUT_SCHEME, facts={"suggestion": f"https://{domain[1]}"})
    return Reading(typed, code=INCOMPLETE)
