"""From one edition into the next: no row is lost, and only "Cabut" ends one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from desk import ADA, FIRST_ROW, LIST, NIHIL, every_text, typed

import dipxl
from dipxl.files import settings_book
from dipxl.files.collected import collect, last_edition
from dipxl.files.edition import Edition
from dipxl.model.compare import changes
from dipxl.model.office import PROPOSES
from dipxl.tour import office
from dipxl.tour.people import edit_rows, opened, type_head

DAY = office.day("mutakhirkan")


@pytest.fixture
def second(at):
    return at("bagikan edisi berikut").parent / "dip-2027-1"


def _collected(folder):
    edition = Edition(folder)
    return collect(edition, settings_book.settings(edition.settings))


def _send(folder, unit, edit=None, **head):
    source, target = (folder / "1-himpun" / place / f"formulir-{unit}.xlsx" for place in ("keluar", "masuk"))
    with opened(source, target) as book:
        type_head(book[LIST], {"pernyataan": ADA, "pengisi": "Wulan"} | head)
        if edit:
            edit(book[LIST])


def _kodes(folder, bidang):
    return [e.kode for e in _collected(folder).register if e.bidang == bidang]


def test_rows_of_bidang_that_do_not_answer_stay_as_they_were(second):
    _send(second, "sekretariat")
    report = dipxl.himpun(second, DAY)
    before, collected = last_edition(Edition(second)), _collected(second)
    assert {e.kode for e in (*collected.register, *collected.excluded)} == set(before.rows)
    assert list(changes(before.entries, collected.register)) == []
    silent = [e for e in collected.register if e.bidang != "SEK"]
    assert {e.source.file for e in silent} == {"edisi lalu"}
    assert report.data["unconfirmed"] == len(before.rows) - len(before.of("SEK")) == len(collected.unconfirmed)
    assert ("Belum dikonfirmasi", f"{report.data['unconfirmed']} baris dari edisi lalu") in report.facts
    assert "Tanyakan baris edisi lalu yang belum dikonfirmasi" not in every_text(second / "Buku Kendali.xlsx")


def test_a_deleted_row_stays_in_its_bidang_and_is_asked_about(second):
    gone = list(last_edition(Edition(second)).of("SEK"))[1]
    _send(second, "sekretariat", lambda worksheet: worksheet.delete_rows(FIRST_ROW + 1))
    dipxl.himpun(second, DAY)
    assert sorted(_kodes(second, "SEK")) == sorted(last_edition(Edition(second)).of("SEK"))
    assert _kodes(second, "SEK")[-1] == gone
    assert [f.code for f in _collected(second).of("SEK").examined.findings] == ["baris-hilang"]
    assert "Tanyakan baris edisi lalu yang belum dikonfirmasi" in every_text(second / "Buku Kendali.xlsx")


def test_nihil_over_an_emptied_list_takes_no_row_away(second):
    _send(second, "sekretariat", lambda sheet: sheet.delete_rows(FIRST_ROW, 60), pernyataan=NIHIL)
    dipxl.himpun(second, DAY)
    assert _kodes(second, "SEK") == list(last_edition(Edition(second)).of("SEK"))


@pytest.mark.parametrize("how", ["dilewati", "dihapus"])
def test_rows_of_a_bidang_that_takes_no_part_stay(second, how):
    with opened(second / "pengaturan.xlsx", second / "pengaturan.xlsx") as book:
        sheet = book["Bidang"]
        row = next(cell.row for (cell,) in sheet["A1:A20"] if cell.value == "UPT")
        if how == "dilewati":
            sheet.cell(row, 5).value, sheet.cell(row, 6).value = "Sedang dibentuk ulang", "PPID"
        else:
            sheet.delete_rows(row)
    _send(second, "sekretariat")
    dipxl.himpun(second, DAY)
    assert _kodes(second, "UPT") == list(last_edition(Edition(second)).of("UPT"))


def test_a_withdrawn_row_leaves(second):
    kode, row = next(iter(last_edition(Edition(second)).of("SEK").items()))
    cut = {"daftar.pemutakhiran": "Cabut", "daftar.alasan_cabut": "Pindah ke unit lain"}
    _send(second, "sekretariat", lambda sheet: edit_rows(sheet, {row["ringkasan"]: cut}))
    dipxl.himpun(second, DAY)
    assert [e.kode for e in _collected(second).register if e.withdrawn] == [kode]
    assert kode not in [e.kode for e in _collected(second).unconfirmed]


def test_unconfirmed_rows_go_into_the_proposals(second):
    _send(second, "sekretariat")
    dipxl.himpun(second, DAY)
    assert dipxl.usulkan(second).data["rows"] == len(_collected(second).register)


def test_a_row_that_must_be_repaired_is_still_so_when_nobody_answers(second):
    path = second / "arsip" / "edisi-lalu.json"
    data = json.loads(path.read_text("utf-8"))
    kode = next(kode for kode, row in data["rows"].items() if row["bidang"] == "UPT")
    data["rows"][kode]["perlu_diperbaiki"] = "kosong; bukan-pilihan"
    path.write_text(json.dumps(data), "utf-8")
    _send(second, "sekretariat")
    dipxl.himpun(second, DAY)
    entry = next(e for e in _collected(second).register if e.kode == kode)
    ruled = replace(entry, proposal={"kelas": "Berkala"}, review={"putusan": "Setuju"})
    assert (entry.faults, ruled.admitted) == (("kosong", "bukan-pilihan"), False)


def test_open_faults_are_handed_on(at, tmp_path):
    folder = at("tetapkan")
    faulty = {e.kode: "; ".join(e.faults) for e in _collected(folder).register}
    dipxl.mutakhirkan(folder, tmp_path / "berikut")
    handed = last_edition(Edition(tmp_path / "berikut")).entries
    assert {kode: row["perlu_diperbaiki"] for kode, row in handed.items()} == {kode: faulty[kode] for kode in handed}


def test_an_edition_that_only_proposes_goes_on_without_a_seal(at, tmp_path):
    folder = at("telaah")
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        type_head(book["Kantor"], {"tingkat": PROPOSES})
    told = dipxl.status(folder)
    assert (told.attention, "surat pengantar" in told.next, "tetapkan" in told.next) == (False, True, False)
    assert "hanya mengusulkan" in told.headline
    report = dipxl.mutakhirkan(folder, tmp_path / "berikut")
    assert report.data["rows"] == 66
    settings = settings_book.examined(tmp_path / "berikut" / "pengaturan.xlsx")
    assert settings.head["keputusan_lama"] == ""


def test_status_of_a_new_edition_begins_with_the_forms(second):
    told = dipxl.status(second)
    assert "bagikan" in told.next
    assert told.data["unconfirmed"] == 66


def test_kodes_of_a_wiped_cell_are_still_the_same_row(second):
    def wipe(sheet):
        typed(sheet, "daftar.kode", FIRST_ROW).value = None

    _send(second, "sekretariat", wipe)
    dipxl.himpun(second, DAY)
    assert [e for e in _collected(second).register if e.bidang == "SEK" and e.unconfirmed] == []
