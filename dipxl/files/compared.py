"""A submission against the rows of the last edition and against what its bidang sent before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dipxl.files.carried import LastEdition
from dipxl.files.intake import CheckedRow
from dipxl.files.submission import KINDS, Submission, with_found
from dipxl.model.columns import sheet
from dipxl.model.findings import Finding, Place, Repair, finding
from dipxl.model.text import excerpt


def compared(submission: Submission, before: LastEdition, earlier: Submission | None) -> Submission:
    """The submission against last edition's rows and against what its bidang sent earlier."""
    if not submission.bidang:
        return submission
    rows, repairs = _changed_rows(submission, before.of(submission.bidang))
    found = [*_unknown_kodes(submission), *_vanished(submission, before), *_lost(submission, before, earlier)]
    return replace(submission, examined=with_found(replace(submission.examined, rows=rows), found, repairs))


def _unknown_kodes(submission: Submission) -> Iterator[Finding]:
    """A kode that dipxl never gave this bidang is asked about; the row gets one of its own."""
    for row in submission.examined.rows:
        kode, column = row.values["kode"], sheet(row.sheet_name)["kode"]
        table = submission.examined.returned.table_at(column.key, row.sheet, row.number)
        if kode and kode not in submission.kodes and table:
            place = Place(row.sheet, table.address(column.key, row.number))
            yield finding("kode-tidak-dikenal", place, column=column.label, value=excerpt(kode), basis=column.basis)


def _vanished(submission: Submission, before: LastEdition) -> Iterator[Finding]:
    """A carried row that is no longer there is asked about, never taken as withdrawn."""
    for kind, _, identity in KINDS:
        for kode, values in before.of(submission.bidang, kind).items():
            if kode not in submission.kodes:
                place = _whole_table(submission, f"{kind}.{identity}")
                yield finding("baris-hilang", place, kode=kode, value=excerpt(values[identity]))


def _lost(submission: Submission, before: LastEdition, earlier: Submission | None) -> Iterator[Finding]:
    """A row sent earlier in this edition that is no longer there may have been typed anew, and is asked about."""
    for kind, _, identity in KINDS:
        for row in earlier.examined.rows_of(kind) if earlier else ():
            kode = earlier.kode_of[row.sheet, row.number] if earlier else ""
            if kode not in submission.kodes and kode not in before.rows:
                place = _whole_table(submission, f"{kind}.{identity}")
                yield finding("kode-hilang", place, kode=kode, value=excerpt(row.values[identity]))


def _whole_table(submission: Submission, key: str) -> Place:
    table = submission.examined.returned.table(key)
    return Place(table.sheet if table else "", "")


def _changed_rows(
    submission: Submission, carried: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[CheckedRow, ...], list[Repair]]:
    """Rows that say "Tetap" though their content changed become "Ubah", and that is listed."""
    repairs = []
    one = submission.examined
    changed: dict[tuple[str, int], CheckedRow] = {}
    key = "daftar.pemutakhiran"
    for row in one.rows_of("daftar"):
        old, said = carried.get(submission.kode_of[row.sheet, row.number]), row.values["pemutakhiran"]
        table = one.returned.table_at(key, row.sheet, row.number)
        if table and old and said in ("", "Tetap") and _differs(row.values, old):
            cell = table.address(key, row.number)
            repairs.append(Repair(row.sheet, cell, said, "Ubah", "isi baris berubah"))
            changed[row.sheet, row.number] = replace(row, values=dict(row.values) | {"pemutakhiran": "Ubah"})
    return tuple(changed.get((row.sheet, row.number), row) for row in one.rows), repairs


def _differs(values: Mapping[str, str], old: Mapping[str, str]) -> bool:
    names = [c.name for c in sheet("daftar").shown("formulir") if c.name not in ("nomor", "kode")]
    return any(values.get(name, "") != old.get(name, "") for name in names)
