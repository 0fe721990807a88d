"""The sample office keeps the rules that it shows to others, but for the faults planted on purpose."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pandas as pd
import pytest

from dipxl.model import items
from dipxl.model.check import check
from dipxl.model.classes import classes
from dipxl.model.columns import Column, sheet
from dipxl.model.dates import parse_date
from dipxl.model.office import Official
from dipxl.model.text import fold
from dipxl.model.tidy import tidy

OWN_KEYS = {"kelas_pelaksana", "butir"}


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("dipxl.tour").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


OFFICE, FILLED = _load("kantor"), _load("isian")
UNITS = {unit["kode"]: unit for unit in FILLED["bidang"]}
ROWS = [(kode, row) for kode, unit in UNITS.items() for row in unit["baris"]]
NEW = [(change["bidang"], change["isi"]) for change in FILLED["pemutakhiran"] if change["pemutakhiran"] == "Baru"]
EXCLUDED = [row for unit in FILLED["bidang"] for row in unit.get("dikecualikan", ())]
REFERENCES = FILLED["salah"] + FILLED["putusan"] + [c for c in FILLED["pemutakhiran"] if "baris" in c]


def _row(reference: dict[str, Any]) -> dict[str, str]:
    rows = UNITS[reference["bidang"]]["baris"]
    (row,) = [row for row in rows if row["ringkasan"].startswith(reference["baris"])]
    return row


def _frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, dtype=str).assign(file=0, row=range(len(rows)))


def _faults(*, first_sending: bool) -> set[tuple[str, str, str, str]]:
    """What the check finds in the rows of all bidang: bidang, first words as in a reference, column, code."""
    names = [column.name for column in sheet("daftar")]
    rows = [{name: row.get(name, "") for name in names} for _, row in ROWS]
    for fault in FILLED["salah"] if first_sending else ():
        rows[[row for _, row in ROWS].index(_row(fault))][fault["kolom"]] = fault["diketik"]
    found = check("daftar", tidy("daftar", _frame(rows), {})[0])
    starts = {(r["bidang"], _row(r)["ringkasan"]): r["baris"] for r in REFERENCES}
    places = [(kode, starts.get((kode, row["ringkasan"]), "")) for kode, row in ROWS]
    return {(*places[fault.row], fault.column, fault.code) for fault in found}


def _cells() -> list[tuple[Column, str]]:
    """Every cell of the two files that is a cell of some sheet."""
    tables = [("kantor", OFFICE["kantor"]), ("kantor", OFFICE["edisi_berikut"])]
    tables += [(name, row) for name in ("bidang", "pejabat") for row in OFFICE[name]]
    tables += [("kepala", unit["kepala"]) for unit in UNITS.values()]
    tables += [("daftar", {k: v for k, v in row.items() if k not in OWN_KEYS}) for _, row in ROWS + NEW]
    tables += [("usulan", {"kelas": row["kelas_pelaksana"]}) for _, row in ROWS + NEW]
    tables += [("dikecualikan", {k: v for k, v in (row | row["uji"]).items() if k != "uji"}) for row in EXCLUDED]
    tables += [("telaah", {k: v for k, v in row.items() if k not in ("bidang", "baris")}) for row in FILLED["putusan"]]
    tables += [
        ("daftar", c["isi"] | {"pemutakhiran": c["pemutakhiran"]}) for c in FILLED["pemutakhiran"] if "baris" in c
    ]
    return [(sheet(name)[column], text) for name, table in tables for column, text in table.items()]


def test_about_sixty_rows_come_from_all_six_bidang():
    assert [unit["kode"] for unit in OFFICE["bidang"]] == list(UNITS)
    assert 55 <= len(ROWS) <= 70
    assert all(len(unit["baris"]) >= 8 for unit in UNITS.values())


def test_every_cell_with_a_closed_list_holds_one_of_its_choices():
    wrong = [(c.key, text) for c, text in _cells() if c.choices and not c.open_list and text not in c.choices]
    assert wrong == []


def test_no_text_has_spaces_at_its_ends_or_twice():
    assert [text for _, text in _cells() if text != " ".join(text.split())] == []


@pytest.mark.parametrize("name", ["bidang", "pejabat"])
def test_every_required_setting_is_there(name):
    for row in OFFICE[name]:
        assert [c.name for c in sheet(name) if c.required and not row.get(c.name)] == []


def test_every_required_cell_of_the_office_is_there():
    assert [c.name for c in sheet("kantor") if c.required and not OFFICE["kantor"].get(c.name)] == []


def test_every_required_cell_of_every_row_is_there():
    for _, row in ROWS + NEW:
        assert [c.name for c in sheet("daftar") if c.required and not row.get(c.name)] == []


def test_every_head_answers_what_only_the_bidang_knows():
    assert all(unit["kepala"]["pernyataan"] and unit["kepala"]["pengisi"] for unit in UNITS.values())


def test_no_row_repeats_what_its_head_already_says():
    heads = {unit["kode"]: unit for unit in OFFICE["bidang"]}
    for kode, row in ROWS + NEW:
        assert row.get("menguasai") != heads[kode]["nama"]
        assert row.get("penanggung_jawab") != heads[kode]["kepala"]
        assert row.get("tempat") != OFFICE["kantor"]["tempat"]


def test_no_two_rows_say_the_same():
    summaries = [fold(row["ringkasan"]) for _, row in ROWS]
    assert len(set(summaries)) == len(summaries)


def test_every_item_exists_and_only_groups_nothing():
    leaves = {item.kode for item in items.leaves()}
    for _, row in ROWS + NEW:
        assert set(items.kodes(row["butir"])) <= leaves


def test_a_row_of_a_class_answers_at_least_one_item_of_that_class_if_any():
    for _, row in ROWS + NEW:
        answered = {items.items()[kode].klass for kode in items.kodes(row["butir"])}
        assert not answered or row["kelas_pelaksana"] in answered


def test_serta_merta_is_nihil_in_the_end():
    assert all(row["kelas_pelaksana"] in set(classes()) - {"Serta merta"} for _, row in ROWS + NEW)
    assert [row["ringkasan"] for _, row in ROWS if row.get("kelas") == "Serta merta"] == [
        "Pemberitahuan pemeliharaan aplikasi kepegawaian hari Sabtu"
    ]


def test_a_bidang_answers_three_cells_of_an_excluded_entry_and_the_test_the_rest():
    asked = {"bagian", "alasan", "dasar_uu", "manfaat_ditutup", "jangka_waktu", "berakhir"}
    assert len(EXCLUDED) == 3
    for row in EXCLUDED:
        assert set(row) - {"uji"} == {c.name for c in sheet("dikecualikan") if c.required}
        assert asked <= set(row["uji"])
        assert parse_date(row["uji"]["berakhir"])


def test_the_open_part_of_an_excluded_entry_gets_the_kode_that_refers_to_it():
    assert UNITS["PKA"]["baris"][3]["ringkasan"].startswith("Jumlah, jenis, dan gambaran umum pelanggaran")


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda r: f"{r['bidang']} {r['baris']}")
def test_every_reference_names_exactly_one_row(reference):
    assert _row(reference)


def test_the_first_sending_shows_every_planted_fault_and_no_other():
    planted = {
        (fault["bidang"], fault["baris"], fault["kolom"]) for fault in FILLED["salah"] if fault["sifat"] == "wajib"
    }
    found = _faults(first_sending=True)
    assert {(kode, start, column) for kode, start, column, _ in found - _faults(first_sending=False)} == planted


def test_after_the_repair_only_what_a_person_must_look_at_is_left():
    assert _faults(first_sending=False) == {
        ("INF", "Pemberitahuan pemeliharaan aplikasi", "kelas", "serta-merta-diragukan"),
        ("PKA", "Daftar nama pegawai yang dijatuhi", "ringkasan", "data-pribadi"),
        ("UPT", "", "bentuk", "sediakan-softcopy"),
    }


def test_the_excluded_entries_pass_every_check():
    names = [column.name for column in sheet("dikecualikan")]
    rows = [{name: (row | row["uji"]).get(name, "") for name in names} for row in EXCLUDED]
    assert check("dikecualikan", _frame(rows)) == []


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("kantor", [OFFICE["kantor"], OFFICE["kantor"] | OFFICE["edisi_berikut"]]),
        ("bidang", OFFICE["bidang"]),
        ("pejabat", OFFICE["pejabat"]),
        ("telaah", FILLED["putusan"]),
    ],
)
def test_settings_and_decisions_pass_every_check(name, rows):
    cells = [{column.name: row.get(column.name, "") for column in sheet(name)} for row in rows]
    assert check(name, _frame(cells)) == []


def test_exactly_two_bidang_get_their_form_back():
    assert {fault["bidang"] for fault in FILLED["salah"] if fault["sifat"] == "wajib"} == {"MUT", "PKO"}


def test_a_fault_that_dipxl_repairs_becomes_the_right_text():
    names = [column.name for column in sheet("daftar")]
    for fault in FILLED["salah"]:
        right = {name: _row(fault).get(name, "") for name in names}
        repaired, _ = tidy("daftar", _frame([right | {fault["kolom"]: fault["diketik"]}]), {})
        assert (repaired.at[0, fault["kolom"]] == right[fault["kolom"]]) is (fault["sifat"] == "rapi")


def test_every_planted_fault_differs_from_the_right_text():
    assert all(fault["diketik"] != _row(fault)[fault["kolom"]] for fault in FILLED["salah"])


def test_every_decision_says_what_it_must():
    for decision in FILLED["putusan"]:
        needed = [c.name for c in sheet("telaah") if decision["putusan"] in c.required_when.get("putusan", ())]
        assert [name for name in needed if not decision.get(name)] == []


def test_the_next_edition_changes_withdraws_and_adds():
    kinds = [change["pemutakhiran"] for change in FILLED["pemutakhiran"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {"Ubah": 3, "Cabut": 1, "Tetap": 1, "Baru": 2}


def test_every_withdrawal_has_its_reason():
    assert all(c["isi"]["alasan_cabut"] for c in FILLED["pemutakhiran"] if c["pemutakhiran"] == "Cabut")


def test_the_date_of_a_paper_picks_the_ppid():
    terms = [
        Official(
            "PPID", row["jabatan"], row["nama"], _day(row["sejak"]), parse_date(row.get("sampai", "")), row["sebutan"]
        )
        for row in OFFICE["pejabat"]
        if row["peran"] == "PPID"
    ]
    holders = {
        day: [o.title.split()[0] for o in terms if o.in_office(day)] for day in (date(2026, 3, 2), date(2026, 9, 7))
    }
    assert list(holders.values()) == [["Plt."], ["Sekretaris"]]


def test_every_role_is_held_on_the_day_of_the_decree():
    day = OFFICE["tanggal"]["tetapkan"]
    held = {row["peran"] for row in OFFICE["pejabat"] if _day(row["sejak"]) <= day and "sampai" not in row}
    assert held == set(sheet("pejabat")["peran"].choices)


def test_the_steps_follow_each_other_on_working_days():
    days = list(OFFICE["tanggal"].values())
    assert days == sorted(days)
    assert all(day.weekday() < 5 for day in days)


def test_every_date_of_the_office_is_a_date():
    for table in ("kantor", "edisi_berikut"):
        assert _day(OFFICE[table]["batas_kirim"]) < _day(OFFICE[table]["tanggal_rapat"])


def test_nothing_looks_like_a_real_person_or_address():
    text = "\n".join(text for _, text in _cells())
    assert not re.search(r"(?<!\d)\d{16}(?!\d)", text)
    assert all(nip.endswith("000") for nip in re.findall(r"(?<!\d)\d{18}(?!\d)", text))
    assert all(host.endswith(".example") for host in re.findall(r"(?:https://|@)([a-z.]+)", text))


def _day(text: str) -> date:
    day = parse_date(text)
    assert day, text
    return day
