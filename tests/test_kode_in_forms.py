"""The kode of a row in real workbooks: minted once, kept through moving, inserting, deleting and correcting."""

from __future__ import annotations

import random

import pytest
from desk import FIRST_ROW, HEAD, LIST, ROW

import dipxl
from dipxl.files import settings_book
from dipxl.files.collected import collect
from dipxl.files.edition import Edition
from dipxl.tour import office
from dipxl.tour.people import add_rows, keys, opened, type_head

DAY = office.day("himpun")
NAME = "formulir-sekretariat.xlsx"
SUMMARIES = [f"Laporan {what} Tahun 2025" for what in ("kinerja", "aset", "keuangan", "kepegawaian", "arsip")]


def _row(summary, waktu="2026"):
    return ROW | {"ringkasan": summary, "waktu": waktu}


def _sent(folder, rows, number):
    """The Sekretariat types rows into a blank form and sends it; the kode by summary."""
    with opened(folder / "1-himpun" / "keluar" / NAME, folder / "1-himpun" / "masuk" / f"{number}.xlsx") as book:
        type_head(book[LIST], HEAD)
        add_rows(book[LIST], "daftar", rows)
    return _taken(folder)


def _taken(folder):
    dipxl.himpun(folder, DAY)
    edition = Edition(folder)
    register = collect(edition, settings_book.settings(edition.settings)).register
    return {entry.values["ringkasan"]: entry.kode for entry in register}


def _marked(folder, change):
    """The Sekretariat works on in its marked copy: `change` gets the rows that stand there and gives the new ones."""
    source = folder / "1-himpun" / "kembali" / f"kembali-{NAME.removeprefix('formulir-')}"
    target = folder / "1-himpun" / "masuk" / f"kembali-{len(list((folder / '1-himpun' / 'masuk').iterdir()))}.xlsx"
    with opened(source, target) as book:
        columns = keys(book[LIST])[1]
        rows = []
        for number in range(FIRST_ROW, FIRST_ROW + 40):
            cells = {key: book[LIST].cell(number, column).value for key, column in columns.items()}
            rows += [cells] if cells["daftar.ringkasan"] else []
            for column in columns.values():
                book[LIST].cell(number, column).value = None
        for number, cells in enumerate(change(rows), start=FIRST_ROW):
            for key, value in cells.items():
                book[LIST].cell(number, columns[key]).value = value
    return _taken(folder)


@pytest.mark.parametrize("seed", range(3))
def test_a_form_filled_anew_in_any_order_keeps_the_kode_of_every_row_it_still_has(at, seed):
    folder, chance = at("bagikan"), random.Random(seed)  # noqa: S311  # which rows, is no secret
    first = _sent(folder, [_row(summary) for summary in SUMMARIES], 1)
    assert list(first.values()) == [f"SEK-000{number}" for number in range(1, 6)]
    kept = chance.sample(SUMMARIES, 4)
    rows = [_row(summary, chance.choice(["2026", "Januari 2026"])) for summary in kept]
    rows.insert(chance.randrange(5), _row("Rencana strategis 2026-2030"))
    second = _sent(folder, rows, 2)
    assert second == {summary: first[summary] for summary in kept} | {"Rencana strategis 2026-2030": "SEK-0006"}
    third = _sent(folder, [_row(summary, "2025") for summary in SUMMARIES], 3)
    assert third == first


@pytest.mark.parametrize("seed", range(3))
def test_a_marked_copy_may_be_sorted_corrected_and_added_to_and_every_kode_stays(at, seed):
    folder, chance = at("bagikan"), random.Random(seed)  # noqa: S311  # as above
    first = _sent(folder, [_row(summary) for summary in SUMMARIES[:4]] + [_row(SUMMARIES[4]) | {"retensi": ""}], 1)
    corrected, gone = SUMMARIES[1], SUMMARIES[2]

    def change(rows):
        rows = [row for row in rows if row["daftar.ringkasan"] != gone]
        for row in rows:
            if row["daftar.ringkasan"] == corrected:
                row["daftar.ringkasan"] = "Daftar barang milik daerah Tahun 2025"
        chance.shuffle(rows)
        new = dict.fromkeys(rows[0]) | {f"daftar.{name}": text for name, text in _row("Peta jabatan 2026").items()}
        rows.insert(chance.randrange(4), new)
        return rows

    expected = {summary: kode for summary, kode in first.items() if summary not in (corrected, gone)}
    expected |= {"Daftar barang milik daerah Tahun 2025": first[corrected], "Peta jabatan 2026": "SEK-0006"}
    assert _marked(folder, change) == expected


def test_a_kode_is_not_given_again_after_its_row_and_its_file_are_gone(at):
    folder = at("bagikan")
    _sent(folder, [_row(SUMMARIES[0]), _row(SUMMARIES[1])], 1)
    _sent(folder, [_row(SUMMARIES[0])], 2)
    for path in (folder / "1-himpun" / "masuk").iterdir():
        path.unlink()
    assert _sent(folder, [_row(SUMMARIES[0]), _row("Peta jabatan 2026")], 3)["Peta jabatan 2026"] == "SEK-0003"
