"""Columns and rules made a pandera schema, and its failures made faults; only this module knows pandera."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
from pandera.errors import SchemaError, SchemaErrors
from pandera.pandas import Check, DataFrameSchema
from pandera.pandas import Column as PanderaColumn

from dipxl.model import choices, items, rules
from dipxl.model.columns import Column, sheet
from dipxl.model.dates import likely_years
from dipxl.model.findings import Finding, Place, finding
from dipxl.model.personal import personal_data
from dipxl.model.readers import ASKS, NO_VALUE, READERS, no_value
from dipxl.model.text import excerpt, fold

Keeps = Callable[[Any], pd.Series]  # True for each row where all is well

MOST_LISTED = 6  # more choices than these are not spelt out in a remedy


@dataclass(frozen=True)
class Fault:
    """A failed check: the row's label in the frame, the column's name, the code and the value seen."""

    row: int
    column: str
    code: str
    value: str
    facts: Mapping[str, str] = field(default_factory=dict)


@cache
def schema(sheet_name: str, today: date | None = None) -> DataFrameSchema:
    """The pandera schema of a sheet; cells are text, blank is "", and a check's name is its code.

    What a column's reader asks, and what stands in place of a value, is one check each, named by its first code.
    """
    spec = sheet(sheet_name)
    columns = {
        c.name: PanderaColumn(
            checks=[_named(code, keeps) for code, keeps in _checks(c, today)], required=False, nullable=not c.required
        )
        for c in spec
    }
    frame_checks = [_named(rule.code, rule.keeps, title=rule.column) for rule in rules.across(sheet_name)]
    return DataFrameSchema(columns, checks=frame_checks, name=sheet_name)


def _named(code: str, keeps: Keeps, title: str | None = None) -> Check:
    return Check(keeps, name=code, title=title, ignore_na=False)  # cells are text: looking for what is none takes long


def check(sheet_name: str, frame: pd.DataFrame, today: date | None = None) -> list[Fault]:
    """All faults of the rows of one kind of sheet, in the order of rows and columns.

    The frame holds every column of the sheet as text, and `file` and `row` that say where a row stands, `sheet` too
    where a file may have several. Years are likely or not as seen from `today`, else from the day of the clock.
    """
    try:
        schema(sheet_name, today).validate(frame, lazy=True)
    except SchemaErrors as failure:
        order = {column.name: place for place, column in enumerate(sheet(sheet_name))}
        faults = [fault for error in failure.schema_errors for fault in _faults(sheet_name, frame, error)]
        return sorted(_heard(faults), key=lambda fault: (fault.row, order[fault.column]))
    return []


def _heard(faults: Sequence[Fault]) -> Sequence[Fault]:
    """The faults without those of a cell that holds no value at all: what follows from that is not said."""
    without_value = {(fault.row, fault.column) for fault in faults if fault.code in NO_VALUE}
    if not without_value:
        return faults
    return [f for f in faults if f.code in NO_VALUE or (f.row, f.column) not in without_value]


def as_finding(sheet_name: str, fault: Fault, place: Place) -> Finding:
    """The fault in the words of the catalogue, at its place."""
    column = sheet(sheet_name)[fault.column]
    return finding(
        fault.code,
        place,
        column=column.label,
        value=excerpt(fault.value),
        basis=column.basis,
        **{**fault.facts, **_suggestion(fault, column)},
    )


def _checks(column: Column, today: date | None) -> Iterator[tuple[str, Keeps]]:
    yield NO_VALUE[0], rules.has_value
    if column.required:
        yield "kosong", lambda series: series.ne("")
    if column.choices and not column.open_list and not column.several:
        allowed = ("", *column.choices)
        yield "bukan-pilihan", lambda series: series.isin(allowed)
    if column.several:
        yield "butir-tidak-dikenal", rules.CHECKS["butir-tidak-dikenal"]
    if asked := ASKS.get(column.reads):
        yield asked[0], rules.understood(column.reads)
    own = rules.CHECKS | ({"tahun-janggal": rules.within(likely_years(today))} if today else {})
    yield from ((code, own[code]) for code in column.checks if code in own)
    if not column.allows_names and not column.choices:
        yield "data-pribadi", rules.without_personal_data


def _faults(sheet_name: str, frame: pd.DataFrame, error: SchemaError) -> Iterator[Fault]:
    code = str(error.check.name)
    column = error.check.title or error.schema.name
    rule = next((r for r in rules.across(sheet_name) if (r.code, r.column) == (code, column)), None)
    rows = list(dict.fromkeys(error.failure_cases["index"].tolist()))
    values = frame.loc[rows, column].tolist()
    if rule:
        for row, value, facts in zip(rows, values, rule.facts(frame, rows), strict=True):
            yield Fault(row, column, code, value, facts)
        return
    told = {value: _told(sheet(sheet_name)[column], code, value) for value in dict.fromkeys(values)}
    for row, value in zip(rows, values, strict=True):
        yield Fault(row, column, told[value][0], value, told[value][1])


def _told(column: Column, code: str, value: str) -> tuple[str, Mapping[str, str]]:
    """The code of a failed check as far as the value tells it more exactly, and what its message says."""
    if code in NO_VALUE:
        return no_value(value), {}
    if code in ASKS.get(column.reads, ()):
        asked = READERS[column.reads](value)
        return asked.code, asked.facts
    return code, {"kind": personal_data(value)} if code == "data-pribadi" else {}


def _suggestion(fault: Fault, column: Column) -> dict[str, str]:
    """What the remedy proposes: the choice that was perhaps meant, the choices, or an example."""
    if fault.code == "kosong":
        example = "pilih dari daftar" if column.choices and not column.open_list else f'misalnya "{column.example}"'
        return {"suggestion": f", {example}" if column.choices or column.example else ""}
    if fault.code not in ("bukan-pilihan", "butir-tidak-dikenal"):
        return {}
    if fold(fault.value) in column.advice:
        return {"suggestion": column.advice[fold(fault.value)]}
    meant = choices.candidate(column, _unknown(fault))
    if meant:
        return {"suggestion": f'Maksudnya "{meant}"? Pilih dari daftar.'}
    if len(column.choices) > MOST_LISTED:
        return {"suggestion": "Pilih dari daftar pada sel ini."}
    listed = ", ".join(f'"{choice}"' for choice in column.choices)
    return {"suggestion": f"Pilih salah satu: {listed}."}


def _unknown(fault: Fault) -> str:
    """The part of a cell that is at fault: of several items the first that is none."""
    if fault.code == "bukan-pilihan":
        return fault.value
    return next(kode for kode in items.kodes(fault.value) if kode not in items.items())
