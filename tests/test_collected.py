"""What was received is replayed: whose it is, which one counts, which row is which."""

from __future__ import annotations

import csv
import json
import shutil

import pytest
from desk import ADA, FIRST_ROW, LIST, NIHIL, every_text, typed
from openpyxl import load_workbook

import dipxl
from dipxl.errors import DipxlError
from dipxl.files import settings_book
from dipxl.files.collected import collect, last_edition
from dipxl.files.edition import Edition
from dipxl.tour import office
from dipxl.tour.people import add_rows, edit_rows, opened, type_head

DAY = office.day("himpun")
ROW = {"ringkasan": "Daftar aset Sekretariat Tahun 2026", "waktu": "2026", "bentuk": "Softcopy", "retensi": "5 tahun"}


def _collected(folder):
    edition = Edition(folder)
    return collect(edition, settings_book.settings(edition.settings))


def _send(folder, unit, *rows, name="", source="", **edits):
    """A bidang fills the form it was given and sends it."""
    form = folder / "1-himpun" / "keluar" / (source or f"formulir-{unit}.xlsx")
    target = folder / "1-himpun" / "masuk" / (name or form.name)
    with opened(form, target) as book:
        type_head(book[LIST], {"pernyataan": ADA, "pengisi": "Wulan"} | edits)
        add_rows(book[LIST], "daftar", rows)
    return target


def _codes(submission):
    return [found.code for found in submission.examined.all_findings]


def _only(collected):
    (submission,) = collected.submissions
    return submission


def test_the_bidang_is_known_by_the_stamp_whatever_the_files_name(at):
    folder = at("bagikan")
    _send(folder, "sekretariat", ROW, name="formulir-bidang-mutasi-dan-promosi.xlsx")
    dipxl.himpun(folder, DAY)
    assert _only(_collected(folder)).bidang == "SEK"


def test_two_forms_with_their_names_swapped_stay_with_their_bidang(at):
    folder = at("himpun perbaikan")
    before = {e.kode: e.bidang for e in _collected(folder).register}
    inbox = folder / "1-himpun" / "masuk"
    one, other = inbox / "formulir-sekretariat.xlsx", inbox / "formulir-upt-penilaian-kompetensi.xlsx"
    one.rename(inbox / "a"), other.rename(one), (inbox / "a").rename(other)
    dipxl.himpun(folder, DAY)
    assert {e.kode: e.bidang for e in _collected(folder).register} == before


def test_without_a_stamp_the_name_in_the_head_tells_and_that_is_said(at):
    folder = at("bagikan")
    path = _send(folder, "sekretariat", ROW)
    with opened(path, path) as book:
        del book["_dipxl"]
        book.properties.keywords = None
    dipxl.himpun(folder, DAY)
    submission = _only(_collected(folder))
    assert (submission.bidang, _codes(submission)) == ("SEK", ["tanpa-identitas"])


def test_a_form_of_nobody_we_know_is_asked_about_and_its_rows_wait(at):
    folder = at("bagikan")
    path = _send(folder, "sekretariat", ROW)
    with opened(path, path) as book:
        del book["_dipxl"]
        book.properties.keywords = None
        book[LIST]["D3"] = "Dinas Lain"
    dipxl.himpun(folder, DAY)
    submission = _only(_collected(folder))
    assert (submission.bidang, submission.state) == ("", "perlu perbaikan")
    assert "bidang-tidak-dikenal" in _codes(submission)
    assert len(_collected(folder).register) == 0


def test_a_form_of_another_edition_is_refused_by_name(stages, at):
    folder = at("bagikan")
    shutil.copy(
        stages["bagikan edisi berikut"] / "dip-2027-1/1-himpun/keluar/formulir-sekretariat.xlsx",
        folder / "1-himpun" / "masuk",
    )
    dipxl.himpun(folder, DAY)
    submission = _only(_collected(folder))
    assert "edisi-lain" in _codes(submission)
    assert len(_collected(folder).register) == 0
    assert _collected(folder).states["SEK"] == "belum kirim"


@pytest.mark.parametrize(
    "names", [("formulir.xlsx", "formulir (2).xlsx"), ("a.xlsx", "b.xlsx"), ("v2.xlsx", "v10.xlsx")]
)
def test_of_two_forms_of_one_bidang_the_later_counts(at, names):
    folder = at("bagikan")
    for number, name in enumerate(names, start=1):
        _send(folder, "sekretariat", ROW | {"waktu": f"202{number}"}, name=name)
    dipxl.himpun(folder, DAY)
    collected = _collected(folder)
    assert [(s.name, s.state) for s in collected.submissions] == [(names[0], "digantikan"), (names[1], "lolos")]
    assert [entry.values["waktu"] for entry in collected.register] == ["2022"]
    assert collected.register.entries[0].kode == "SEK-0001"


def test_the_same_bytes_under_another_name_are_the_same_submission(at):
    folder = at("bagikan")
    path = _send(folder, "sekretariat", ROW)
    shutil.copy(path, path.with_name("lagi.xlsx"))
    dipxl.himpun(folder, DAY)
    assert _only(_collected(folder)).state == "lolos"


def test_a_file_taken_out_of_masuk_still_counts(at):
    folder = at("bagikan")
    path = _send(folder, "sekretariat", ROW)
    dipxl.himpun(folder, DAY)
    path.unlink()
    dipxl.himpun(folder, DAY)
    assert len(_collected(folder).register) == 1


def test_a_file_withdrawn_in_the_settings_counts_no_more(at):
    folder = at("bagikan")
    _send(folder, "sekretariat", ROW, name="salah.xlsx")
    dipxl.himpun(folder, DAY)
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        withdrawal = {"berkas": "salah.xlsx", "alasan_ditarik": "Salah kirim", "ditarik_oleh": "PPID"}
        for place, text in enumerate(withdrawal.values(), start=1):
            book["Berkas Ditarik"].cell(4, place).value = text
    collected = _collected(folder)
    assert _only(collected).state == "ditarik"
    assert (len(collected.register), collected.states["SEK"]) == (0, "belum kirim")


def _withdraw(folder, *names):
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        rows = [{"berkas": name, "alasan_ditarik": "Salah kirim", "ditarik_oleh": "PPID"} for name in names]
        for number, row in enumerate(rows, start=4):
            for place, text in enumerate(row.values(), start=1):
                book["Berkas Ditarik"].cell(number, place).value = text


def test_a_corrected_form_under_a_withdrawn_name_counts_and_the_unclear_withdrawal_is_told(at):
    folder = at("bagikan")
    _send(folder, "sekretariat", ROW)
    dipxl.himpun(folder, DAY)
    _withdraw(folder, "formulir-sekretariat.xlsx", "tidak-ada.xlsx")
    _send(folder, "sekretariat", ROW | {"waktu": "2027"})
    report = dipxl.himpun(folder, DAY)
    assert [s.state for s in _collected(folder).submissions] == ["digantikan", "lolos"]
    told = [(f["code"], f["value"]) for f in report.data["withdrawals"]]
    assert told == [("penarikan-tidak-jelas", n) for n in ("formulir-sekretariat.xlsx", "tidak-ada.xlsx")]
    assert [line[1] for line in report.lines if line[0] == "-"] == ["formulir-sekretariat.xlsx", "tidak-ada.xlsx"]


@pytest.mark.parametrize("length", [8, 16, 64])
def test_of_two_files_of_one_name_the_fingerprint_withdraws_one(at, length):
    folder = at("bagikan")
    for waktu in ("2026", "2027"):
        _send(folder, "sekretariat", ROW | {"waktu": waktu})
        dipxl.himpun(folder, DAY)
    _withdraw(folder, _collected(folder).submissions[1].sha256[:length].upper())
    collected = _collected(folder)
    assert [s.state for s in collected.submissions] == ["lolos", "ditarik"]
    assert [e.values["waktu"] for e in collected.register] == ["2026"]
    assert collected.unclear == ()


def test_too_short_a_fingerprint_withdraws_nothing(at):
    folder = at("bagikan")
    _send(folder, "sekretariat", ROW)
    dipxl.himpun(folder, DAY)
    _withdraw(folder, _only(_collected(folder)).sha256[:7])
    collected = _collected(folder)
    assert (_only(collected).state, [f.code for f in collected.unclear]) == ("lolos", ["penarikan-tidak-jelas"])


def test_a_summary_retyped_in_the_original_form_is_asked_about_and_its_kode_restores_it(at):
    folder = at("bagikan")
    _send(folder, "sekretariat", ROW)
    dipxl.himpun(folder, DAY)
    new = ROW | {"ringkasan": "Rekap barang milik daerah Tahun 2026"}
    _send(folder, "sekretariat", new)
    dipxl.himpun(folder, DAY)
    (found,) = [f for f in _collected(folder).of("SEK").examined.findings if f.code == "kode-hilang"]
    assert (found.value, "SEK-0001" in found.remedy) == (ROW["ringkasan"], True)
    assert [e.kode for e in _collected(folder).register] == ["SEK-0002"]
    path = _send(folder, "sekretariat", new)
    with opened(path, path) as book:
        typed(book[LIST], "daftar.kode", FIRST_ROW).value = "SEK-0001"
    dipxl.himpun(folder, DAY)
    assert [e.kode for e in _collected(folder).register] == ["SEK-0001"]


def test_rows_of_a_withdrawn_file_are_not_missed_in_the_next(at):
    folder = at("bagikan")
    _send(folder, "sekretariat", ROW, name="salah.xlsx")
    dipxl.himpun(folder, DAY)
    _withdraw(folder, "salah.xlsx")
    _send(folder, "sekretariat", ROW | {"ringkasan": "Rekap barang milik daerah Tahun 2026"})
    dipxl.himpun(folder, DAY)
    assert _codes(_collected(folder).of("SEK")) == []


def test_a_proposals_kode_depends_on_its_bidang_alone(at):
    folder = at("himpun perbaikan")
    before = {e.kode: e.values["informasi"] for e in _collected(folder).excluded}
    _withdraw(folder, "formulir-bidang-penilaian-kinerja-aparatur.xlsx")
    after = {e.kode: e.values["informasi"] for e in _collected(folder).excluded}
    assert after.items() < before.items()


def test_a_bidang_that_says_nihil_is_done(at):
    folder = at("bagikan")
    _send(folder, "sekretariat", pernyataan=NIHIL)
    dipxl.himpun(folder, DAY)
    assert _collected(folder).states["SEK"] == "nihil"


def test_nothing_new_keeps_last_editions_rows(at):
    folder = at("bagikan edisi berikut").parent / "dip-2027-1"
    _send(folder, "sekretariat", pernyataan=NIHIL)
    dipxl.himpun(folder, DAY)
    collected = _collected(folder)
    assert (collected.states["SEK"], _codes(_only(collected))) == ("nihil", [])
    sent = [e.kode for e in collected.register if not e.unconfirmed]
    assert sent == list(last_edition(Edition(folder)).of("SEK"))


def test_a_row_that_vanished_is_asked_about_in_both_sheets(at):
    folder = at("bagikan edisi berikut").parent / "dip-2027-1"
    path = _send(folder, "bidang-penilaian-kinerja-aparatur")
    with opened(path, path) as book:
        gone = [typed(book[LIST], "daftar.kode", FIRST_ROW + 2).value]
        book[LIST].delete_rows(FIRST_ROW + 2)
        sheet = book["Usulan Dikecualikan"]
        row = next(cell.row for (cell,) in sheet["A1:A20"] if str(cell.value).startswith("X-") and cell.row > 5)
        gone.append(sheet.cell(row, 1).value)
        sheet.delete_rows(row)
    dipxl.himpun(folder, DAY)
    asked = [f for f in _only(_collected(folder)).examined.findings if f.code == "baris-hilang"]
    assert [f.message.split()[1] for f in asked] == gone
    assert [f.sheet for f in asked] == [LIST, "Usulan Dikecualikan"]


def test_a_row_whose_kode_was_wiped_out_is_recognised_and_not_asked_about(at):
    folder = at("bagikan edisi berikut").parent / "dip-2027-1"
    path = _send(folder, "sekretariat")
    with opened(path, path) as book:
        cell = typed(book[LIST], "daftar.kode", FIRST_ROW)
        kode, cell.value = cell.value, None
    dipxl.himpun(folder, DAY)
    collected = _collected(folder)
    assert collected.register.entries[0].kode == kode
    assert _codes(_only(collected)) == []


def test_a_kode_of_another_bidang_is_asked_about_and_not_taken(at):
    folder = at("bagikan")
    path = _send(folder, "sekretariat", ROW)
    with opened(path, path) as book:
        cell = typed(book[LIST], "daftar.kode", FIRST_ROW)
        cell.value = "MUT-0001"
    dipxl.himpun(folder, DAY)
    collected = _collected(folder)
    (found,) = _only(collected).examined.findings
    assert (found.code, found.cells, found.value) == ("kode-tidak-dikenal", (cell.coordinate,), "MUT-0001")
    assert collected.register.entries[0].kode == "SEK-0001"


def test_a_changed_row_that_still_says_tetap_becomes_ubah_and_that_is_listed(at):
    folder = at("bagikan edisi berikut").parent / "dip-2027-1"
    path = _send(folder, "sekretariat")
    with opened(path, path) as book:
        typed(book[LIST], "daftar.waktu", FIRST_ROW).value = "Mei 2027"
        status = typed(book[LIST], "daftar.pemutakhiran", FIRST_ROW)
    dipxl.himpun(folder, DAY)
    collected = _collected(folder)
    repairs = [r for r in _only(collected).examined.repairs if r.after == "Ubah"]
    assert [(r.cell, r.before, r.why) for r in repairs] == [(status.coordinate, "Tetap", "isi baris berubah")]
    assert [e.values["pemutakhiran"] for e in collected.register][:2] == ["Ubah", "Tetap"]


def test_kodes_stay_when_a_summary_is_corrected_in_the_marked_copy(at):
    folder = at("himpun")
    before = {e.kode for e in _collected(folder).register if e.bidang == "MUT"}
    copy = folder / "1-himpun" / "kembali" / "kembali-bidang-mutasi-dan-promosi.xlsx"
    with opened(copy, folder / "1-himpun" / "masuk" / copy.name) as book:
        edit_rows(
            book[LIST], {"Proyeksi": {"daftar.ringkasan": "Perkiraan kebutuhan pegawai 2027", "daftar.waktu": "2026"}}
        )
    dipxl.himpun(folder, DAY)
    entries = {e.kode: e.values["ringkasan"] for e in _collected(folder).register if e.bidang == "MUT"}
    assert set(entries) == before
    assert "Perkiraan kebutuhan pegawai 2027" in entries.values()


def test_the_register_is_the_same_after_any_number_of_replays(at):
    folder = at("himpun perbaikan")
    assert _collected(folder) == _collected(folder)


def test_excluded_proposals_never_stand_in_the_register(at):
    folder = at("himpun perbaikan")
    collected = _collected(folder)
    hidden = {e.values["informasi"] for e in collected.excluded}
    assert len(hidden) == 3
    text = (folder / "daftar.csv").read_text("utf-8-sig")
    assert not [canary for canary in hidden if canary in text]
    assert [e.kode for e in collected.excluded] == [f"X-{e.bidang}-0001" for e in collected.excluded]


def test_daftar_csv_has_every_row_with_where_it_was_typed(at):
    folder = at("himpun perbaikan")
    rows = list(csv.DictReader((folder / "daftar.csv").read_text("utf-8-sig").splitlines()))
    entries = _collected(folder).register.entries
    assert [row["kode"] for row in rows] == [entry.kode for entry in entries]
    first = rows[0]
    with_row = load_workbook(folder / "1-himpun" / "masuk" / first["berkas"])[first["lembar"]]
    assert typed(with_row, "daftar.ringkasan", int(first["baris"])).value == first["ringkasan"]


def test_a_skipped_bidang_gets_no_form_and_is_done(at):
    folder = at("bagikan")
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        sheet = book["Bidang"]
        row = next(cell.row for (cell,) in sheet["A1:A20"] if cell.value == "UPT")
        sheet.cell(row, 5).value, sheet.cell(row, 6).value = "Baru dibentuk", "PPID"
    shutil.rmtree(folder / "1-himpun" / "keluar")
    dipxl.bagikan(folder, office.day("bagikan"))
    assert len(list((folder / "1-himpun" / "keluar").glob("*.xlsx"))) == 5
    assert _collected(folder).states["UPT"] == "dilewati"


@pytest.mark.parametrize("content", ["{", "[]", '{"rows": []}', '{"rows": {"A": 1}, "kodes": []}', "\udcff"])
def test_a_ruined_memory_of_the_last_edition_is_said_and_nothing_is_made_up(at, content):
    folder = at("bagikan edisi berikut").parent / "dip-2027-1"
    (folder / "arsip" / "edisi-lalu.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(DipxlError) as stop:
        dipxl.bagikan(folder)
    assert stop.value.code == "edisi-lalu-rusak"


def test_the_control_book_shows_states_findings_and_repairs(at):
    folder = at("himpun")
    texts = every_text(folder / "Buku Kendali.xlsx")
    assert {"perlu perbaikan", "lolos", "diisi dari kepala lembar", "Google Drive"} <= texts
    assert load_workbook(folder / "Buku Kendali.xlsx").sheetnames[:4] == [
        "Bidang",
        "Berkas",
        "Temuan",
        "Perbaikan Otomatis",
    ]


def test_the_control_book_does_not_quote_proposals_for_exception(at):
    folder = at("bagikan")
    path = _send(folder, "sekretariat", ROW)
    with opened(path, path) as book:
        row = {"informasi": "Berkas  pemeriksaan rahasia", "jangka_waktu": "selamanya sekali"}
        add_rows(book["Usulan Dikecualikan"], "dikecualikan", [row])
        book["Usulan Dikecualikan"]["Z30"] = "catatan rahasia"
    dipxl.himpun(folder, DAY)
    texts = every_text(folder / "Buku Kendali.xlsx")
    assert not [text for text in texts if "rahasia" in text or "selamanya" in text]
    assert {"(tertutup)", "Z30"} <= texts


def test_only_open_bidang_are_named_and_a_repaired_one_gets_its_good_news(at):
    folder = at("himpun")
    back = folder / "1-himpun" / "kembali"
    names = ("bidang-mutasi-dan-promosi", "bidang-pengembangan-kompetensi")
    shutil.copy(
        folder.parent / "dip-2026-2" / "1-himpun" / "masuk" / f"formulir-{names[0]}.xlsx", folder / "semula.xlsx"
    )
    report = dipxl.himpun(folder, DAY)
    assert "ke Bidang Mutasi dan Promosi dan Bidang Pengembangan Kompetensi;" in report.next
    with opened(folder / "semula.xlsx", folder / "1-himpun" / "masuk" / "lengkap.xlsx") as book:
        for row in range(FIRST_ROW, FIRST_ROW + 40):
            if typed(book[LIST], "daftar.ringkasan", row).value:
                typed(book[LIST], "daftar.retensi", row).value = "5 tahun"
                typed(book[LIST], "daftar.bentuk", row).value = "Softcopy"
                typed(book[LIST], "daftar.waktu", row).value = "2026"
    report = dipxl.himpun(folder, DAY)
    assert report.next.startswith(f"kirim kembali-{names[1]}.xlsx dari 1-himpun/kembali ke Bidang Pengembangan")
    assert "Mutasi" not in report.next
    listed = list(csv.DictReader((back / "daftar-kirim.csv").read_text("utf-8-sig").splitlines()))
    assert [line["lampiran"] for line in listed] == [f"kembali-{names[1]}.xlsx"]
    assert "sudah lengkap" in (back / f"kembali-{names[0]}.eml").read_text("utf-8").replace("\n", "")
    assert "tidak ada yang perlu diperbaiki" in (back / f"kembali-{names[0]}.txt").read_text("utf-8")
    assert "perlu diperbaiki" in (back / f"kembali-{names[1]}.txt").read_text("utf-8")


def test_a_photo_among_the_forms_is_named_and_the_forms_count(at):
    folder = at("himpun perbaikan")
    (folder / "1-himpun" / "masuk" / "IMG-0007.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(50))
    report = dipxl.himpun(folder, DAY)
    assert report.verdict == "tidak terbaca"
    assert report.exit_code == 1
    assert len(_collected(folder).register) == 64
    assert [line[:2] for line in report.lines if line[0] == "-"] == [("-", "IMG-0007.jpg")]
    assert "Mintalah berkas Excel aslinya." in json.dumps(report.as_json())
