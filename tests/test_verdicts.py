"""There is always a verdict, failing always has a reason, and one count is shown everywhere."""

from __future__ import annotations

import json
import re
from email import policy
from email.parser import BytesParser

import pytest
from desk import JUNK, ROW, checked, codes, filled, sheet_texts

import dipxl
from dipxl import console
from dipxl.files import settings_book
from dipxl.files.collected import collect
from dipxl.files.edition import Edition
from dipxl.model.findings import Severity, Verdict
from dipxl.tour import office
from dipxl.tour.people import opened

DAY = office.day("himpun")
VERDICTS = {"lolos", "perlu perbaikan", "tidak terbaca"}


@pytest.fixture(scope="session")
def told(stages):
    """What each step of the story said, as `--json` tells it."""
    return json.loads(stages["laporan"].read_text("utf-8"))["steps"]


def test_every_step_says_a_verdict_a_sentence_and_what_is_next(told):
    assert {*told} >= {"mulai", "bagikan", "himpun", "usulkan", "telaah", "dokumentasikan", "tetapkan", "publikasikan"}
    for step, report in told.items():
        assert report["verdict"] in VERDICTS, step
        assert re.fullmatch(r"\S.*\.", report["headline"]), step
        assert re.fullmatch(r"\S.*[.\"]", report["next"]), step


def test_a_step_that_fails_has_a_reason(told):
    for step, report in told.items():
        faults = [f for file in report.get("files", []) for f in file["findings"] if f["severity"] == "wajib"]
        reasons = [*faults, *report.get("findings", []), report.get("unclassified"), report.get("undecided")]
        waiting = report.get("waiting") or re.search(r"[1-9]\d* baris belum dapat dimuat", report["headline"])
        assert report["verdict"] == "lolos" or any(reasons) or waiting, step


def test_a_file_fails_exactly_where_something_must_be_repaired(told):
    for step in ("himpun", "himpun perbaikan", "himpun edisi berikut"):
        for file in told[step]["files"]:
            wajib = [f for f in file["findings"] if f["severity"] == "wajib"]
            assert (file["verdict"] == "perlu perbaikan") == bool(wajib), file["path"]


@pytest.mark.parametrize("junk", JUNK)
def test_what_cannot_be_read_has_exactly_one_finding_and_it_says_so(tmp_path, junk):
    path = tmp_path / "buruk.xlsx"
    path.write_bytes(JUNK[junk])
    one = checked(path)
    assert (one.verdict, codes(one), one.balance) == (Verdict.TIDAK_TERBACA, ["tidak-terbaca"], None)
    (found,) = one.all_findings
    assert all(re.fullmatch(r"\S.*\.", sentence) for sentence in (found.message, found.remedy))


def test_a_whole_column_that_is_lost_is_a_reason_that_is_counted(at):
    folder = at("himpun")
    path = next((folder / "1-himpun" / "masuk").glob("*sekretariat.xlsx"))
    with opened(path, path) as book:
        for row in book["Daftar Informasi"].iter_rows():
            for cell in row:
                if cell.value in ("daftar.waktu", "Waktu Pembuatan *"):
                    cell.value = None
    report = dipxl.himpun(folder, DAY)
    (line,) = [line for line in report.lines if line[0] == "SEK"]
    assert line[2] == "perlu perbaikan"
    assert int(line[4]) > 0


def test_the_same_numbers_stand_in_table_file_letter_and_marked_copy(at):
    folder = at("himpun")
    report = dipxl.himpun(folder, DAY)
    edition = Edition(folder)
    settings = settings_book.settings(edition.settings)
    collected = collect(edition, settings, DAY)
    book = {line[0]: line for line in sheet_texts(folder / "Buku Kendali.xlsx", "Bidang")[3:]}
    findings = sheet_texts(folder / "Buku Kendali.xlsx", "Temuan")[1:]
    for unit in settings.bidang:
        one = collected.of(unit.kode)
        wajib, periksa = (one.examined.findings.count(s) for s in (Severity.WAJIB, Severity.PERIKSA))
        numbers = [str(len(one.examined.rows)), str(wajib), str(periksa)]
        (line,) = [line for line in report.lines if line[0] == unit.kode]
        (file,) = [f for f in report.data["files"] if f["unit"] == unit.kode]
        listed = [line for line in findings if line[0] == one.name]
        assert list(line[3:6]) == book[unit.kode][3:6] == numbers
        assert len({(f["sheet"], c) for f in file["findings"] for c in f["cells"] if f["severity"] == "wajib"}) == wajib
        assert len(listed) == len(file["findings"])
        assert sum(line[1] == Severity.WAJIB.label for line in listed) == len(one.examined.findings.of(Severity.WAJIB))
    done = sum(state in ("lolos", "nihil", "dilewati") for state in report.data["bidang"].values())
    assert report.headline.startswith(f"{done} dari {len(settings.bidang)} bidang selesai")
    assert (
        f"{done} dari {len(settings.bidang)} bidang selesai"
        in sheet_texts(folder / "Buku Kendali.xlsx", "Bidang")[0][0]
    )


@pytest.mark.parametrize("name", ["bidang-mutasi-dan-promosi", "bidang-pengembangan-kompetensi"])
def test_the_letter_and_the_marked_copy_count_what_the_report_counts(at, name):
    folder = at("himpun")
    (file,) = [f for f in dipxl.himpun(folder, DAY).data["files"] if f["path"].endswith(f"formulir-{name}.xlsx")]
    cells = [c for f in file["findings"] if f["severity"] == "wajib" for c in f["cells"]]
    back = folder / "1-himpun" / "kembali" / f"kembali-{name}.xlsx"
    letter = BytesParser(policy=policy.default).parsebytes(back.with_suffix(".eml").read_bytes())
    body = letter.get_body(("plain",)).get_content()
    rows = {c[1:] for c in cells}
    assert f"Baris diterima         : {file['rows'] - len(rows)}" in body
    assert f"Baris perlu diperbaiki : {len(rows)}" in body
    assert all(cell in body for cell in cells)
    assert f"{len(cells)} sel wajib diperbaiki" in "".join(sheet_texts(back, "Perbaikan")[1])


def test_periksa_shows_heading_value_and_row_of_every_finding(tmp_path, capsys):
    rows = [
        ROW | {"retensi": "Tahun 2025", "ringkasan": f"Laporan kegiatan {name}"} for name in ("satu", "dua", "tiga")
    ]
    report = dipxl.periksa([filled(tmp_path, *rows, ROW | {"waktu": ""})])
    assert [line[1:3] for line in report.lines] == [
        (
            "Daftar Informasi!F11-F13",
            'Jangka Simpan / Retensi Arsip: "Tahun 2025"; Laporan kegiatan satu dan 2 baris lain',
        ),
        ("Daftar Informasi!D14", "Waktu Pembuatan; Laporan Kinerja Sekretariat Tahun 2025"),
    ]
    console.show(report)
    assert "Yang tertulis" in capsys.readouterr().out


def test_five_hundred_equal_faults_are_one_line_that_names_the_first_row(tmp_path):
    rows = [ROW | {"retensi": "2025", "ringkasan": f"Laporan kegiatan nomor {n}"} for n in range(500)]
    (line,) = dipxl.periksa([filled(tmp_path, *rows)]).lines
    assert line[1] == "Daftar Informasi!F11-F510"
    assert line[2].endswith("Laporan kegiatan nomor 0 dan 499 baris lain")
