"""What a row says that is no entry: the heading of a part, a total, a signature, a numbering, a ditto mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dipxl.model.dates import months
from dipxl.model.text import fold, visible

LONGEST_BAND = 140
FEWEST_NUMBERS = 3
MARK = r"(?:(?:\d{1,2}|[a-z]|[ivx]{1,5})\s*[.)]\s*)?"
_CLASSES = (("berkala", "Berkala"), (r"serta[\s-]*merta", "Serta merta"), (r"setiap[\s-]*saat", "Setiap saat"))
_EXCLUDED = ("dikecualikan", "Dikecualikan")
_BAND = re.compile(rf"{MARK}(?:daftar |jenis |kategori |klasifikasi |kelompok )*(?:informasi\b.*|[\w\s-]{{5,14}})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MARKED = re.compile(rf"(?!{MARK}$){MARK.removesuffix('?')}.+", re.DOTALL)
_TOTAL = re.compile(
    r"(?:grand |sub ?)?(?:jumlah|total)(?: (?:seluruhnya|keseluruhan|seluruh|semua|akhir))?"
    r"(?: (?:baris|dokumen|entri|informasi|data))?\s*[:=]?\s*\d*(?: (?:baris|dokumen|entri|buah|informasi))?"
)
_FIGURE = re.compile(r"[\d.,]+%?(?: (?:baris|dokumen|entri|buah|informasi|berkas|data))?")
_DOTS = r"[_.…\s]{2,40}"
_DAY = (
    rf"(?:\d{{1,2}}\s|{_DOTS})\s*(?:{'|'.join(months())}|{_DOTS})?\s*(?:(?:19|20)\d{{0,2}})?{_DOTS.replace('2,', '0,')}"
)
_SIGNED = re.compile(
    rf"(?:mengetahui|menyetujui|mengesahkan|disetujui oleh|disahkan|dibuat oleh|ditetapkan di|dibuat di|hormat kami"
    rf"|yang membuat|ttd|tertanda|tanda tangan|nip\b|(?:plt|plh|pj|a\.n)\.? )[^\n]{{0,80}}"
    rf"|[a-z][a-z .]{{2,30}}, {_DAY}",
    re.DOTALL,
)
_NUMBER = re.compile(r"\(?(\d{1,2})\)?\.?")
NUMBERING = re.compile(r"(?:\d+|[a-z]|[ivxlc]{1,7})(?:[.)-]\s*(?:\d+|[a-z])?)*|#|contoh", re.IGNORECASE)
KODE = re.compile(r"(?:X-)?[A-Z]{3}-\d{4,}", re.IGNORECASE)
_TICKS = frozenset("✓✔√☑☒✗✘vVxX●•■1üþ")
_TICK_WORDS = frozenset(("ya", "ada", "tersedia", "y", "yes", "benar", "vv", "true"))
_NO_WORDS = frozenset(("", "tidak", "tidak ada", "0", "n", "no", "salah", "false", "☐", "□"))


def class_of(text: str) -> str:
    """The class that the heading of a part names, "" where it names none or is an entry itself.

    >>> class_of("A. INFORMASI YANG WAJIB DIUMUMKAN SECARA BERKALA"), class_of("Laporan berkala dinas")
    ('Berkala', '')
    """
    folded = fold(text)
    if len(folded) > LONGEST_BAND or not _BAND.fullmatch(folded) or _YEAR.search(folded):
        return ""
    found = [name for pattern, name in (*_CLASSES, _EXCLUDED) if re.search(rf"\b{pattern}\b", folded)]
    bare = re.sub(rf"^{MARK}(?:(?:daftar|jenis|kategori|klasifikasi|kelompok|informasi) ?)*", "", folded)
    said = "informasi" in folded or any(re.fullmatch(pattern, bare) for pattern, _ in (*_CLASSES, _EXCLUDED))
    return found[0] if len(found) == 1 and said else ""


def is_marked(text: str) -> bool:
    """True for words behind a letter or number of their own: "1. Profil badan publik"."""
    return bool(_MARKED.fullmatch(fold(text)))


def is_total(texts: Sequence[str]) -> bool:
    """True for a row of "Jumlah" and figures."""
    words = [text for text in map(fold, texts) if not _FIGURE.fullmatch(text)]
    return len(words) == 1 and bool(_TOTAL.fullmatch(words[0]))


def is_signature(texts: Sequence[str]) -> bool:
    """True for a row that begins the place for signatures."""
    return any(_SIGNED.fullmatch(fold(text)) for text in texts)


def is_numbering(texts: Sequence[str]) -> bool:
    """True for the numbers of the columns, 1 2 3 ..., that laws and forms print under the headings."""
    numbers = [match[1] for text in texts if (match := _NUMBER.fullmatch(visible(text)))]
    if len(numbers) < max(FEWEST_NUMBERS, len(texts)):
        return False
    return numbers == [str(n) for n in range(int(numbers[0]), int(numbers[0]) + len(numbers))]


def ticked(text: str) -> bool | None:
    """True for a tick, False for a no, None for words that are neither."""
    seen = visible(text)
    if fold(seen) in _NO_WORDS or not seen.strip("-–—_. "):
        return False
    return True if set(seen) <= _TICKS or fold(seen) in _TICK_WORDS else None
