"""Faults are known again in the next round, wherever their rows were moved; the sheet and `--json` say how many."""

from desk import FIRST_ROW, LIST, only, sheet_texts, typed

import dipxl
from dipxl.files import settings_book
from dipxl.files.collected import collect
from dipxl.files.edition import Edition
from dipxl.files.spots import since_before, spots
from dipxl.tour import office
from dipxl.tour.people import add_rows, keys, opened, type_head

DAY = office.day("himpun")
GOOD = {"ringkasan": "Daftar aset Sekretariat Tahun 2026", "waktu": "2026", "bentuk": "Softcopy", "retensi": "5 tahun"}
BAD = {"ringkasan": "Rekap cuti pegawai Tahun 2025", "waktu": "2025", "bentuk": "Kertas biru", "retensi": ""}
ALSO = {"ringkasan": "Rencana kerja Tahun 2026", "waktu": "2026", "bentuk": "Softcopy", "retensi": "Tahun 2025"}
COPY = "kembali-sekretariat.xlsx"


def _first_round(folder, *rows):
    form = folder / "1-himpun" / "keluar" / "formulir-sekretariat.xlsx"
    with opened(form, folder / "1-himpun" / "masuk" / form.name) as book:
        type_head(book[LIST], {"pernyataan": "Ada informasi, lihat tabel", "pengisi": "Wulan"})
        add_rows(book[LIST], "daftar", rows)
    dipxl.himpun(folder, DAY)
    return folder / "1-himpun" / "kembali" / COPY


def _second_round(folder, edit):
    with opened(folder / "1-himpun" / "kembali" / COPY, folder / "1-himpun" / "masuk" / COPY) as book:
        edit(book[LIST])
    return dipxl.himpun(folder, DAY)


def _submissions(folder):
    edition = Edition(folder)
    return collect(edition, settings_book.settings(edition.settings)).submissions


def _states(path):
    """What the sheet says of each cell: whether its fault is new."""
    lines = sheet_texts(path, "Perbaikan")[4:]
    return {line[3]: line[1].partition("\n")[2] for line in lines}


def test_a_first_round_compares_with_nothing(at):
    copy = _first_round(at("bagikan"), BAD)
    assert sheet_texts(copy, "Perbaikan")[2][0] == ""
    assert set(_states(copy).values()) == {""}


def test_the_second_round_says_what_was_fixed_what_is_new_and_what_is_still_there(at):
    folder = at("bagikan")
    _first_round(folder, BAD, ALSO)

    def repair(worksheet):
        typed(worksheet, "daftar.bentuk", FIRST_ROW).value = "Softcopy"
        typed(worksheet, "daftar.waktu", FIRST_ROW + 1).value = None

    report = _second_round(folder, repair)
    copy = folder / "1-himpun" / "kembali" / COPY
    assert sheet_texts(copy, "Perbaikan")[2][0].endswith("1 sudah diperbaiki, 1 baru, 2 masih ada.")
    assert _states(copy) == {
        f"F{FIRST_ROW}": "masih ada",
        f"F{FIRST_ROW + 1}": "masih ada",
        f"D{FIRST_ROW + 1}": "baru",
    }
    told = {file["state"]: file["since"] for file in report.data["files"]}
    assert told == {"digantikan": None, "perlu perbaikan": {"fixed": 1, "new": 1, "still": 2}}


def test_rows_that_change_places_keep_their_faults(at):
    folder = at("bagikan")
    _first_round(folder, BAD, GOOD, ALSO)

    def turn_round(worksheet):
        columns = keys(worksheet)[1].values()
        for column in columns:
            first, last = worksheet.cell(FIRST_ROW, column), worksheet.cell(FIRST_ROW + 2, column)
            first.value, last.value = last.value, first.value

    _second_round(folder, turn_round)
    assert since_before(_submissions(folder)[-1]).as_json() == {"fixed": 0, "new": 0, "still": 3}


def test_rows_without_kode_are_known_by_their_text(at):
    folder = at("bagikan")
    _first_round(folder, BAD)
    (submission,) = _submissions(folder)
    rows = {spot.row for spot in spots(submission.examined, {})}
    assert rows == {"rekap cuti pegawai tahun 2025"}


def test_equal_faults_old_and_new_stand_on_lines_of_their_own(at):
    folder = at("bagikan")
    blank = [GOOD | {"ringkasan": f"Laporan ke {n} Tahun 2025", "retensi": ""} for n in range(3)]
    _first_round(folder, blank[0], blank[1])
    _second_round(folder, lambda worksheet: add_rows(worksheet, "daftar", blank[2:]))
    states = _states(folder / "1-himpun" / "kembali" / COPY)
    assert list(states.values()) == ["masih ada", "masih ada", "baru"]


def test_what_was_compared_with_the_last_edition_counts_in_both_rounds(at):
    folder = at("bagikan")
    _first_round(folder, BAD)

    def forge(worksheet):
        typed(worksheet, "daftar.kode", FIRST_ROW).value = "XYZ-0009"

    _second_round(folder, forge)
    second = _submissions(folder)[-1]
    before = only(s for s in _submissions(folder) if s.state == "digantikan")
    counts = since_before(second).as_json()
    assert counts["fixed"] + counts["still"] == len(spots(before.examined, before.kode_of))
    assert counts["new"] + counts["still"] == len(spots(second.examined, second.kode_of))
    assert "kode-tidak-dikenal" in {found.code for found in second.examined.findings}
