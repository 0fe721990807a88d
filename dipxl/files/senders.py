"""Who sent a file: by its stamp, by the head of its sheet, or as the officer said; and how its headings are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dipxl.files.gathered import read_all
from dipxl.files.intake import Examined
from dipxl.files.layout import Stamp
from dipxl.files.mapping_book import Explained, is_foreign, unit_named
from dipxl.files.returned import Returned
from dipxl.model.findings import Finding, Place, finding
from dipxl.model.office import Settings
from dipxl.model.text import excerpt, fold


def read_sent(paths: Sequence[Path], known: Explained, settings: Settings) -> list[Returned]:
    """The files as they came back; lists whose headings the officer explained are read again by that."""
    returned = read_all(paths)
    told = {
        path: said
        for path, one in zip(paths, returned, strict=True)
        if is_foreign(one) and (said := known.told(one.sha256, _sender(one, settings, known)))
    }
    again = dict(zip(told, read_all(list(told), told), strict=True))
    return [again.get(path, one) for path, one in zip(paths, returned, strict=True)]


def _sender(one: Returned, settings: Settings, known: Explained) -> str:
    """The bidang of a file without a stamp: as the officer said, else as the head of the sheet says."""
    named = one.head.get("unit")
    unit = unit_named(settings, named.text) if named else None
    return known.sender(one.sha256) or (unit.kode if unit else "")


def owner(one: Examined, settings: Settings, known: Explained) -> tuple[str, list[Finding]]:
    """The kode of the bidang that sent the file, and what is doubtful about that."""
    if one.returned.problem:
        return "", []
    found = []
    bidang = _sender(one.returned, settings, known)
    if is_foreign(one.returned) and not known.covers(one.returned, bidang):
        found.append(finding("peta-belum-disetujui", Place("", "")))
    stamp = one.stamp
    if stamp and stamp.kind == "formulir" and settings.unit(stamp.unit):
        return _stamped(one, stamp, settings)
    if bidang and known.sender(one.returned.sha256):
        return bidang, found
    if bidang:
        return bidang, [*found, finding("tanpa-identitas", Place("", ""), clue="kepala lembar")]
    return "", [*found, finding("bidang-tidak-dikenal", Place("", ""))]


def _stamped(one: Examined, stamp: Stamp, settings: Settings) -> tuple[str, list[Finding]]:
    """The bidang that a form was made for, unless it is of another edition; what its head says otherwise is asked."""
    if stamp.edition != str(settings.edition):
        return "", [finding("edisi-lain", Place("", ""), value=stamp.edition, expected=str(settings.edition))]
    found = []
    unit, cell = settings.unit_name(stamp.unit), one.returned.head.get("unit")
    if cell and fold(cell.text) not in (fold(unit), fold(stamp.unit)):
        place = Place(cell.sheet, cell.address)
        found.append(finding("bidang-berbeda", place, value=excerpt(cell.text), expected=unit))
    return stamp.unit, found
