"""Where rows were last typed and decreed in an edition, handed on so that every later edition can tell."""

from __future__ import annotations

from dipxl.files.carried import Origin, last_edition
from dipxl.files.collected import Collected
from dipxl.files.edition import Edition
from dipxl.files.seal import Seal
from dipxl.model.edition_id import EditionId


def origins(edition: Edition, name: EditionId, collected: Collected, seal: Seal | None) -> dict[str, list[Origin]]:
    """By kode, what the editions before handed on, and for each row sent or decreed in this one a line of its own."""
    told = {kode: list(lines) for kode, lines in last_edition(edition).origins.items()}
    numbers = {row.kode: str(row.nomor) for row in seal.register.rows} if seal else {}
    decree = seal.enactment.sentence if seal else ""
    places = _places(edition, collected)
    for kode in dict.fromkeys([*places, *numbers]):
        decreed = {"keputusan": decree, "nomor": numbers[kode]} if kode in numbers else {}
        told.setdefault(kode, []).append({"edisi": str(name)} | places.get(kode, {}) | decreed)
    return told


def _places(edition: Edition, collected: Collected) -> dict[str, Origin]:
    """By kode, the file, sheet and row in which it stood last; in a file that counts, where there is one."""
    archived = {sha256: path.name for sha256, path in edition.archived().items()}
    found: dict[str, Origin] = {}
    for s in sorted(collected.submissions, key=lambda s: s.counts):
        kept = {"berkas": s.name, "sha256": s.sha256, "arsip": f"arsip/{archived[s.sha256]}"}
        found |= {kode: kept | {"lembar": title, "baris": str(row)} for (title, row), kode in s.kode_of.items()}
    return found
