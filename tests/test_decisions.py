"""Decisions come back by kode, whatever people did to the workbook, and what is doubtful is asked."""

from __future__ import annotations

import shutil

import pytest
from desk import JUNK, tree
from openpyxl import load_workbook

import dipxl
from dipxl.files import settings_book
from dipxl.files.collected import collect
from dipxl.files.decisions import decided, proposals, reviews, with_proposals
from dipxl.files.edition import Edition
from dipxl.tour.people import edit_rows, keys, opened

USULAN, TELAAH = "2-usulan/Usulan DIP.xlsx", "3-telaah/keluar/Telaah DIP.xlsx"
RETURNED = "3-telaah/masuk/Telaah DIP.xlsx"
TESTS = {
    "uji_undang_undang": "UU 14/2008 Pasal 17 h",
    "uji_kepatutan": "Tidak patut.",
    "uji_kepentingan": "Rekap cukup.",
}


def _register(folder):
    edition = Edition(folder)
    return edition, collect(edition, settings_book.settings(edition.settings)).register


def _decided(folder):
    return {entry.kode: entry for entry in decided(*_register(folder))}


def _proposals(folder):
    return proposals(*_register(folder))


def _reviews(folder):
    edition, register = _register(folder)
    return reviews(edition, with_proposals(edition, register))


@pytest.fixture
def proposed(at):
    """An edition whose review workbook has just been written, nothing in it ruled."""
    folder = at("usulkan")
    dipxl.telaah(folder)
    return folder


def _rule(folder, **rulings):
    """The PPID types into rows by the beginning of their summary, and sends the workbook back."""
    source = folder / (RETURNED if (folder / RETURNED).exists() else TELAAH)
    edits = {start: {f"telaah.{name}": text for name, text in cells.items()} for start, cells in rulings.items()}
    with opened(source, folder / RETURNED) as book:
        edit_rows(book.active, edits)


def _place(folder, kode, key, file=RETURNED):
    worksheet = load_workbook(folder / file).active
    columns = keys(worksheet)[1]
    row = next(r for r in range(5, 100) if worksheet.cell(r, columns["daftar.kode"]).value == kode)
    return worksheet.cell(row, columns[key]).coordinate


def test_all_of_a_sample_office_is_classified_and_ruled(at):
    entries = _decided(at("telaah")).values()
    assert len(entries) == 64
    assert {entry.putusan for entry in entries} == {"Setuju", "Ubah", "Kecualikan"}
    assert all(entry.kelas for entry in entries)


def test_sorted_rows_keep_their_decisions(at):
    folder = at("telaah")
    before = {kode: dict(entry.review) for kode, entry in _decided(folder).items()}
    with opened(folder / RETURNED, folder / RETURNED) as book:
        worksheet = book.active
        first = keys(worksheet)[0] + 2
        rows = [[cell.value for cell in row] for row in worksheet.iter_rows(min_row=first, max_row=first + 63)]
        for number, row in enumerate(sorted(rows, key=lambda row: str(row[2]), reverse=True), start=first):
            for place, value in enumerate(row, start=1):
                worksheet.cell(number, place).value = value
    assert {kode: dict(entry.review) for kode, entry in _decided(folder).items()} == before
    assert _reviews(folder).findings == []


def test_a_workbook_of_some_rows_decides_those(proposed):
    _rule(proposed, Rencana={"putusan": "setuju"})
    with opened(proposed / RETURNED, proposed / RETURNED) as book:
        book.active.delete_rows(30, 50)
    ruled = [entry for entry in _decided(proposed).values() if entry.putusan]
    assert {entry.putusan for entry in ruled} == {"Setuju"}
    assert all(entry.values["ringkasan"].startswith("Rencana") for entry in ruled)


def test_what_is_undecided_is_counted(proposed):
    _rule(proposed, Rencana={"putusan": "Setuju"})
    ruled = sum(bool(entry.putusan) for entry in _decided(proposed).values())
    report = dipxl.telaah(proposed)
    assert 0 < ruled < 64
    assert report.data["undecided"] == 64 - ruled
    assert report.data["decisions"] == {"Setuju": ruled, "belum diputus": 64 - ruled}
    assert (report.verdict, report.exit_code) == ("perlu perbaikan", 1)


def test_a_changed_context_cell_is_named_and_not_used(proposed):
    _rule(proposed, **{"Rencana Strategis": {"putusan": "Setuju"}})
    place = _place(proposed, "SEK-0001", "daftar.retensi")
    with opened(proposed / RETURNED, proposed / RETURNED) as book:
        book.active[place] = "1 tahun"
    (found,) = _reviews(proposed).findings
    assert (found.code, found.cells, found.value) == ("berubah-sejak-telaah", (place,), "1 tahun")
    assert _decided(proposed)["SEK-0001"].values["retensi"] == "Permanen"
    assert not _decided(proposed)["SEK-0001"].putusan


def test_a_foreign_kode_is_named_and_decides_nothing(proposed):
    _rule(proposed, **{"Rencana Strategis": {"putusan": "Setuju"}})
    place = _place(proposed, "SEK-0001", "daftar.kode")
    with opened(proposed / RETURNED, proposed / RETURNED) as book:
        book.active[place] = "ZZZ-0009"
    (found,) = _reviews(proposed).findings
    assert (found.code, found.cells, found.value) == ("kode-asing", (place,), "ZZZ-0009")
    assert not _decided(proposed)["SEK-0001"].putusan


def test_one_kode_decided_in_two_ways_is_asked_and_decides_nothing(proposed):
    _rule(proposed, Rencana={"putusan": "Setuju"})
    with opened(proposed / RETURNED, proposed / RETURNED) as book:
        worksheet = book.active
        columns = keys(worksheet)[1]
        source = next(r for r in range(5, 100) if worksheet.cell(r, columns["daftar.kode"]).value == "SEK-0001")
        for place in columns.values():
            worksheet.cell(90, place).value = worksheet.cell(source, place).value
        worksheet.cell(90, columns["telaah.putusan"]).value = "Ubah"
        worksheet.cell(90, columns["telaah.kelas_putusan"]).value = "Berkala"
        worksheet.cell(90, columns["telaah.catatan"]).value = "karena"
    (found,) = _reviews(proposed).findings
    assert found.code == "putusan-ganda"
    assert set(found.cells) == {_place(proposed, "SEK-0001", "daftar.kode"), "A90"}
    assert not _decided(proposed)["SEK-0001"].putusan


def test_one_kode_twice_with_the_same_decision_is_no_fault(proposed):
    _rule(proposed, Rencana={"putusan": "Setuju"})
    with opened(proposed / RETURNED, proposed / RETURNED) as book:
        worksheet = book.active
        for place in keys(worksheet)[1].values():
            worksheet.cell(90, place).value = worksheet.cell(6, place).value
    assert _reviews(proposed).findings == []


def test_ubah_without_a_class_is_asked_at_its_cell_and_decides_nothing(proposed):
    _rule(proposed, **{"Rencana Strategis": {"putusan": "Ubah", "catatan": "Lain."}})
    (found,) = _reviews(proposed).findings
    assert found.code == "kosong-bersyarat"
    assert found.cells == (_place(proposed, "SEK-0001", "telaah.kelas_putusan"),)
    assert not _decided(proposed)["SEK-0001"].putusan


@pytest.mark.parametrize("putusan", ["Tolak", "Kecualikan"])
def test_the_three_tests_are_asked_only_for_tolak_and_kecualikan(proposed, putusan):
    _rule(proposed, **{"Rencana Strategis": {"putusan": putusan, "catatan": "Alasan."}})
    found = _reviews(proposed).findings
    assert {cell for f in found for cell in f.cells} == {
        _place(proposed, "SEK-0001", f"telaah.{name}") for name in TESTS
    }
    _rule(proposed, **{"Rencana Strategis": TESTS})
    assert _reviews(proposed).findings == []
    assert _decided(proposed)["SEK-0001"].putusan == putusan


def test_a_decision_that_is_none_is_asked_at_its_cell(proposed):
    _rule(proposed, **{"Rencana Strategis": {"putusan": "terserah"}})
    (found,) = _reviews(proposed).findings
    assert (found.code, found.cells) == ("bukan-pilihan", (_place(proposed, "SEK-0001", "telaah.putusan"),))


def test_a_ruling_taken_back_is_taken_back(proposed):
    _rule(proposed, **{"Rencana Strategis": {"putusan": "Setuju"}})
    dipxl.telaah(proposed)
    _rule(proposed, **{"Rencana Strategis": {"putusan": ""}})
    assert not _decided(proposed)["SEK-0001"].putusan


def test_what_is_filled_in_straight_in_keluar_counts_too(proposed):
    with opened(proposed / TELAAH, proposed / TELAAH) as book:
        edit_rows(book.active, {"Rencana Strategis": {"telaah.putusan": "Setuju"}})
    assert _decided(proposed)["SEK-0001"].putusan == "Setuju"


def test_a_file_of_another_edition_decides_nothing(stages, at):
    folder = at("perubahan").parent / "dip-2027-1"
    shutil.copy(stages["usulkan"] / "dip-2026-2" / USULAN, folder / "2-usulan" / "zz.xlsx")
    found = _proposals(folder)
    assert [f.code for f in found.findings] == ["edisi-lain"]
    assert found.by_kode == {}


def test_a_workbook_that_lost_its_stamp_is_known_by_its_columns(at):
    folder = at("usulkan")
    before = _proposals(folder).by_kode
    with opened(folder / USULAN, folder / USULAN) as book:
        del book["_dipxl"]
        book.properties.keywords = None
    assert _proposals(folder).by_kode == before


@pytest.mark.parametrize("name", JUNK)
def test_junk_in_place_of_the_workbook_is_said_and_the_step_goes_on(at, name):
    folder = at("usulkan")
    (folder / USULAN).write_bytes(JUNK[name])
    report = dipxl.usulkan(folder)
    assert [f["code"] for f in report.data["findings"]] == ["tidak-terbaca"]
    assert (report.verdict, report.exit_code, report.data["unclassified"]) == ("perlu perbaikan", 1, 64)
    assert (folder / USULAN).read_bytes() == JUNK[name]


def test_the_draft_and_other_books_of_dipxl_are_not_taken_for_decisions(at):
    folder = at("usulkan")
    with opened(folder / "2-usulan/Draf DIP.xlsx", folder / "2-usulan/Draf DIP.xlsx") as book:
        edit_rows(book.active, {"Rencana Strategis": {"usulan.kelas": "Serta merta"}})
    assert _decided(folder)["SEK-0001"].kelas == "Setiap saat"


def test_an_unknown_item_is_asked_and_serta_merta_asks_for_one(at):
    folder = at("usulkan")
    with opened(folder / USULAN, folder / USULAN) as book:
        edit_rows(
            book.active,
            {
                "Rencana Strategis": {"usulan.butir": "Z.9.9"},
                "Laporan Kinerja": {"usulan.kelas": "Serta merta", "usulan.butir": ""},
            },
        )
    found = {f.code: f.cells for f in _proposals(folder).findings}
    assert found["butir-tidak-dikenal"] == (_place(folder, "SEK-0001", "usulan.butir", USULAN),)
    assert found["kosong-bersyarat"] == (_place(folder, "SEK-0002", "usulan.butir", USULAN),)
    assert {kode for kode, entry in _decided(folder).items() if not entry.kelas} == {"SEK-0001", "SEK-0002"}


@pytest.mark.parametrize(
    ("usul", "in_review"), [("Kembalikan ke bidang", 63), ("Usulkan dikecualikan", 63), ("Diusulkan", 64)]
)
def test_only_what_is_proposed_goes_to_review(at, usul, in_review):
    folder = at("usulkan")
    with opened(folder / USULAN, folder / USULAN) as book:
        edit_rows(book.active, {"Rencana Strategis": {"usulan.usul": usul, "usulan.catatan_usul": "Pisahkan."}})
    assert sum(dipxl.telaah(folder).data["decisions"].values()) == in_review


def test_a_review_workbook_is_not_rewritten_while_a_person_fills_it(proposed):
    with opened(proposed / TELAAH, proposed / TELAAH) as book:
        edit_rows(book.active, {"Rencana": {"telaah.putusan": "Setuju"}})
    before = tree(proposed)
    dipxl.telaah(proposed)
    assert tree(proposed) == before


def _resent(folder, kode, **cells):
    """A bidang sends its form again with other cells in one row."""
    source = next(iter(sorted((folder / "1-himpun/masuk").glob("formulir-sekretariat*.xlsx"))))
    summary = _decided(folder)[kode].values["ringkasan"]
    with opened(source, source.with_stem(f"{source.stem} lagi")) as book:
        edit_rows(book["Daftar Informasi"], {summary: {f"daftar.{name}": text for name, text in cells.items()}})
    dipxl.himpun(folder)


def _codes(found):
    return [f.code for f in found.findings]


def test_a_class_changed_after_the_review_is_reviewed_again(at):
    folder = at("telaah")
    with opened(folder / USULAN, folder / USULAN) as book:
        edit_rows(book.active, {"Rencana Strategis": {"usulan.kelas": "Berkala"}})
    (found,) = _reviews(folder).findings
    assert (found.code, found.cells) == ("berubah-sejak-telaah", (_place(folder, "SEK-0001", "usulan.kelas"),))
    assert not _decided(folder)["SEK-0001"].putusan
    assert dipxl.telaah(folder).data["undecided"] == 1
    assert load_workbook(folder / TELAAH).active[_place(folder, "SEK-0001", "usulan.kelas", TELAAH)].value == "Berkala"


@pytest.mark.parametrize(
    ("name", "text"),
    [("waktu", "Maret 2026"), ("retensi", "3 tahun"), ("tautan", "https://contoh.example/a"), ("tempat", "Banjar")],
)
def test_a_row_sent_again_with_other_content_is_reviewed_again(at, name, text):
    folder = at("telaah")
    _resent(folder, "SEK-0001", **{name: text})
    entry = _decided(folder)["SEK-0001"]
    assert (entry.values[name], entry.putusan, entry.kelas) == (text, "", "Setiap saat")
    assert _codes(_reviews(folder)) == ["berubah-sejak-telaah"]
    assert _codes(_proposals(folder)) == []
    dipxl.usulkan(folder)
    fresh = folder / "2-usulan/Usulan DIP (2).xlsx"
    assert load_workbook(fresh).active[_place(folder, "SEK-0001", f"daftar.{name}", fresh)].value == text


def test_a_row_reviewed_again_in_the_new_workbook_is_ruled(at):
    folder = at("telaah")
    shutil.copy(folder / RETURNED, folder / TELAAH)
    _resent(folder, "SEK-0001", waktu="Maret 2026")
    dipxl.telaah(folder)
    fresh = folder / "3-telaah/keluar/Telaah DIP (2).xlsx"
    assert _decided(folder)["SEK-0001"].putusan == ""
    with opened(fresh, fresh) as book:
        edit_rows(book.active, {"Rencana Strategis": {"telaah.putusan": "Setuju"}})
    assert _decided(folder)["SEK-0001"].putusan == "Setuju"
    report, before = dipxl.telaah(folder), tree(folder)
    assert (report.data["undecided"], report.data["findings"]) == (0, [])
    dipxl.telaah(folder)
    assert tree(folder) == before


def test_a_cell_that_a_person_altered_in_the_proposal_is_named_and_the_class_kept(at):
    folder = at("usulkan")
    with opened(folder / USULAN, folder / USULAN) as book:
        edit_rows(book.active, {"Rencana Strategis": {"daftar.tempat": "Banjar"}})
    assert _codes(_proposals(folder)) == ["perubahan-terkunci"]
    assert _decided(folder)["SEK-0001"].kelas == "Setiap saat"


def test_two_workbooks_that_contradict_each_other_decide_nothing_and_are_both_named(proposed):
    _rule(proposed, Rencana={"putusan": "Setuju"})
    with opened(proposed / TELAAH, proposed / TELAAH) as book:
        tolak = {"putusan": "Tolak", "catatan": "Alasan."} | TESTS
        edit_rows(book.active, {"Rencana Strategis": {f"telaah.{n}": t for n, t in tolak.items()}})
    found = _reviews(proposed).findings
    assert [f.code for f in found] == ["putusan-ganda"] * 2
    assert all("keluar/Telaah DIP.xlsx, masuk/Telaah DIP.xlsx" in f.message for f in found)
    entries = _decided(proposed)
    assert not entries["SEK-0001"].putusan
    assert sum(entry.putusan == "Setuju" for entry in entries.values()) > 0


def test_two_workbooks_that_say_the_same_are_one_decision(proposed):
    _rule(proposed, Rencana={"putusan": "Setuju"})
    shutil.copy(proposed / RETURNED, proposed / "3-telaah/masuk/salinan.xlsx")
    assert _codes(_reviews(proposed)) == []
    assert _decided(proposed)["SEK-0001"].putusan == "Setuju"


def test_prefilled_classes_are_nobodys_decision_even_without_the_history(at):
    folder = at("perubahan").parent / "dip-2027-1"
    worksheet = load_workbook(folder / USULAN).active
    assert worksheet[_place(folder, "SEK-0001", "usulan.kelas", USULAN)].value == "Setiap saat"
    (folder / "riwayat.csv").unlink()
    with opened(folder / USULAN, folder / USULAN):
        pass  # opened and saved, nothing typed
    assert (_proposals(folder).by_kode, _codes(_proposals(folder))) == ({}, [])


def test_the_class_of_the_last_decree_stands_until_another_is_given(at):
    folder = at("perubahan").parent / "dip-2027-1"
    register = _decided(folder)
    assert (register["SEK-0001"].kelas, register["SEK-0001"].putusan) == ("Setiap saat", "")
    assert register["SEK-0016"].kelas == "", "a new row has none yet"
