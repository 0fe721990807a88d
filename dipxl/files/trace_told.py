"""The way back of a row in words: a line for each file, cell, repair, finding and decision; and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dipxl.files.archive import Arrival
from dipxl.files.carried import Origin
from dipxl.files.layout import spans
from dipxl.files.trace import Decision, Stand, Trace, TypedCell
from dipxl.model.columns import sheet
from dipxl.model.dates import long_date
from dipxl.model.text import excerpt

Line = tuple[str, str, str, str]
HEADINGS = ("Tahap", "Di mana", "Yang tertulis", "Hasilnya")


def standing(trace: Trace) -> str:
    """Where the row stands now, in a few words."""
    if trace.entry is None:
        return "tidak lagi dalam register" if trace.stands else "tidak dilanjutkan dari edisi lalu"
    if trace.entry.unconfirmed:
        return "dari edisi lalu, belum dikonfirmasi bidang"
    if trace.entry.withdrawn:
        return "dicabut"
    return "usulan dikecualikan" if trace.kode.startswith("X-") else "dalam register"


def title(trace: Trace) -> str:
    """The first words of the row, as it stands or stood last."""
    stood = [stand.row.values for stand in trace.stands[-1:]]
    values = trace.entry.values if trace.entry else next(iter(stood), {})
    return excerpt(values.get("informasi") or values.get("ringkasan") or standing(trace), 100)


def facts(trace: Trace) -> list[tuple[str, str]]:
    """What a person asks first: its state, and the file, sheet and row that it was typed in."""
    told = [("Keadaan", standing(trace))]
    if stand := trace.latest:
        told += [("Berkas", _file(stand)), ("Letak", stand.place), ("Arsip", stand.archived)]
        told.append(("Sidik", stand.submission.sha256))
    return told


def lines(trace: Trace) -> list[Line]:
    """Everything in the order in which it happened."""
    told = [_origin_line(origin) for origin in trace.origins]
    for stand in trace.stands:
        told += _stand_lines(stand, trace.latest)
    return [*told, *map(_decision_line, trace.decisions), *_public_lines(trace)]


def _origin_line(origin: Origin) -> Line:
    where = ", ".join(filter(None, (origin.get("berkas"), origin.get("lembar")))) or "tidak dikirim lagi"
    row = f" baris {origin['baris']}" if "baris" in origin else ""
    kept = f"{origin['arsip']}, sidik {origin.get('sha256', '')[:16]}" if "arsip" in origin else ""
    decree = f"nomor {origin.get('nomor', '')} dalam {origin['keputusan']}" if "keputusan" in origin else ""
    return (f"Edisi {origin.get('edisi', 'lalu')}", f"{where}{row}", kept, decree or "tidak ditetapkan")


def _stand_lines(stand: Stand, latest: Stand | None) -> Iterator[Line]:
    """A file in which the row stood; cell by cell only where it stands now."""
    submission = stand.submission
    kept = f"{stand.archived}, sidik {submission.sha256[:16]}"
    yield ("Kiriman", f"{_file(stand)}; {stand.place}", kept, submission.state)
    if stand is not latest:
        changed = "; ".join(f"{cell.column}: {excerpt(cell.value)}" for cell in stand.cells if _differs(cell, latest))
        yield ("Semula", stand.place, changed or "sama dengan yang sekarang", "")
        return
    for cell in stand.cells:
        why = f" ({cell.why})" if cell.why else ""
        value = "sama" if cell.value == cell.typed else f"{cell.value or 'kosong'}"
        yield (cell.column, cell.cell, cell.typed or "(kosong)", f"{value}{why}")
    for found in stand.findings:
        yield (f"Temuan, {found.severity.label}", spans(found.cells), found.message, found.remedy)


def _differs(cell: TypedCell, latest: Stand | None) -> bool:
    now = {other.column: other.value for other in latest.cells} if latest else {}
    return now.get(cell.column, "") != cell.value


def _decision_line(one: Decision) -> Line:
    said = "; ".join(f"{sheet(one.step)[name].label}: {text}" for name, text in one.values.items())
    return (one.step.capitalize(), f"{one.file}, baris {one.row}", said, "berlaku" if one.in_force else "tidak dipakai")


def _public_lines(trace: Trace) -> Iterator[Line]:
    seal = "5-penetapan/segel.json"
    if trace.broken:
        yield ("Penetapan", seal, trace.broken, "")
    if trace.number and trace.enactment:
        yield ("Penetapan", seal, f"nomor {trace.number}", trace.enactment.sentence)
    if trace.published:
        yield ("Publikasi", trace.published, f"nomor {trace.number}" if trace.number else "", "dimuat")


def _file(stand: Stand) -> str:
    """Under which names the file came, and when."""
    return ", lalu ".join(map(_arrival, stand.arrivals)) or stand.submission.name


def _arrival(arrival: Arrival) -> str:
    try:
        when = datetime.fromisoformat(arrival.when)
    except ValueError:  # somebody saved the log in his own way
        return arrival.name
    return f"{arrival.name} (diterima {long_date(when.date())} pukul {when:%H.%M})"


def as_json(trace: Trace) -> dict[str, Any]:
    """The whole way as `--json` tells it."""
    decree = {"number": trace.number, "title": trace.enactment.sentence} if trace.enactment and trace.number else None
    return {
        "kode": trace.kode,
        "standing": standing(trace),
        "values": dict(trace.entry.values) if trace.entry else {},
        "faults": list(trace.entry.faults) if trace.entry else [],
        "origins": [dict(origin) for origin in trace.origins],
        "submissions": [_stand_json(stand) for stand in trace.stands],
        "decisions": [asdict(one) | {"values": dict(one.values)} for one in trace.decisions],
        "decree": decree,
        "published": trace.published or None,
    }


def _stand_json(stand: Stand) -> dict[str, Any]:
    return {
        "file": stand.submission.name,
        "received": [asdict(arrival) for arrival in stand.arrivals],
        "archive": stand.archived,
        "sha256": stand.submission.sha256,
        "state": stand.submission.state,
        "sheet": stand.row.sheet,
        "row": stand.row.number,
        "cells": [asdict(cell) for cell in stand.cells],
        "findings": [found.as_json() for found in stand.findings],
    }
