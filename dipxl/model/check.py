"""Columns and rules made a pandera schema, and its failures made faults; only this module knows pandera."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import pandas as pd
from pandera.errors import SchemaError, SchemaErrors
from pandera.pandas import Check, DataFrameSchema
from pandera.pandas import Column as PanderaColumn

from dipxl.model import choices, items, rules
from dipxl.model.columns import Column, sheet
from dipxl.model.findings import Finding, Place, finding
from dipxl.model.text import excerpt, fold

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
def schema(sheet_name: str) -> DataFrameSchema:
    """The pandera schema of a sheet; cells are text, blank is "", and a check's name is its code."""
    spec = sheet(sheet_name)
    columns = {c.name: PanderaColumn(checks=list(_checks(c)), required=False) for c in spec}
    frame_checks = [Check(rule.keeps, name=rule.code, title=rule.column) for rule in rules.across(sheet_name)]
    return DataFrameSchema(columns, checks=frame_checks, name=sheet_name)


def check(sheet_name: str, frame: pd.DataFrame) -> list[Fault]:
    """All faults of the rows of one kind of sheet, in the order of rows and columns.

    The frame holds every column of the sheet as text, and `file` and `row` that say where a row stands.
    """
    try:
        schema(sheet_name).validate(frame, lazy=True)
    except SchemaErrors as failure:
        order = {column.name: place for place, column in enumerate(sheet(sheet_name))}
        faults = [fault for error in failure.schema_errors for fault in _faults(sheet_name, frame, error)]
        return sorted(faults, key=lambda fault: (fault.row, order[fault.column]))
    return []


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


def _checks(column: Column) -> Iterator[Check]:
    if column.required:
        yield Check(lambda series: series.ne(""), name="kosong")
    if column.choices and not column.open_list and not column.several:
        allowed = ("", *column.choices)
        yield Check(lambda series: series.isin(allowed), name="bukan-pilihan")
    if column.several:
        yield Check(rules.CHECKS["butir-tidak-dikenal"], name="butir-tidak-dikenal")
    for code in column.checks:
        if code in rules.CHECKS:
            yield Check(rules.CHECKS[code], name=code)
    if not column.allows_names and not column.choices:
        yield Check(rules.without_personal_data, name="data-pribadi")


def _faults(sheet_name: str, frame: pd.DataFrame, error: SchemaError) -> Iterator[Fault]:
    code = str(error.check.name)
    column = error.check.title or error.schema.name
    rule = next((r for r in rules.across(sheet_name) if (r.code, r.column) == (code, column)), None)
    rows = [int(row) for row in dict.fromkeys(error.failure_cases["index"])]
    values = [str(frame.at[row, column]) for row in rows]
    told = rule.facts(frame, rows) if rule else [_kind(code, value) for value in values]
    for row, value, facts in zip(rows, values, told, strict=True):
        yield Fault(row, column, code, value, facts)


def _kind(code: str, value: str) -> dict[str, str]:
    return {"kind": rules.personal_data(value)} if code == "data-pribadi" else {}


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
