"""Waivers in pengaturan.xlsx, from the cell where they are typed to the decree that they let a row into."""

from __future__ import annotations

from datetime import date

import pytest
from desk import every_text, sheet_texts
from openpyxl import load_workbook

import dipxl
from dipxl.files import settings_book
from dipxl.files.collected import collect
from dipxl.files.edition import Edition
from dipxl.files.templates import stock
from dipxl.model.columns import sheet
from dipxl.model.findings import Verdict
from dipxl.tour import office
from dipxl.tour.contoh import _classify, _rule
from dipxl.tour.people import opened

TITLE = sheet("dispensasi").title
DAY, DECREE = office.day("himpun"), office.office()["keputusan"]
REASON = "Jadwal retensi sedang disusun"
BLANK = {"bidang": "MUT", "aturan": "kosong", "alasan": REASON, "disetujui_oleh": "PPID", "sampai": "31 Desember 2026"}
YEAR = BLANK | {"aturan": "tahun-sebagai-retensi"}


def waive(folder, *waivers):
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        for number, waiver in enumerate(waivers, start=4):
            for place, column in enumerate(sheet("dispensasi"), start=1):
                book[TITLE].cell(number, place).value = waiver[column.name]


def collected(folder, day=DAY):
    edition = Edition(folder)
    return collect(edition, settings_book.settings(edition.settings), day)


def codes(report):
    return [(f["code"], f["sheet"], f["cells"]) for f in report.data["waivers"]]


@pytest.fixture
def folder(at):
    return at("himpun")


def test_a_waived_bidang_passes_and_its_findings_are_still_told(folder):
    waive(folder, BLANK, YEAR)
    report = dipxl.himpun(folder, DAY)
    (file,) = [f for f in report.data["files"] if f["unit"] == "MUT"]
    assert (report.data["bidang"]["MUT"], file["verdict"], file["waived"]) == ("lolos", "lolos", 2)
    assert {f["severity"] for f in file["findings"] if f["waiver"]} == {"saran"}
    assert [f["waiver"]["approver"] for f in file["findings"]] == ["PPID", "PPID"]
    assert [f["waived"] for f in report.data["files"] if f["unit"] != "MUT"] == [0] * 5
    assert ("Dispensasi", "2 sel pada 1 bidang") in report.facts
    assert ("Dispensasi", "2 sel pada 1 bidang") in dipxl.status(folder, DAY).facts
    assert codes(report) == []


def test_the_control_book_lists_every_waiver_with_the_cells_that_it_lets_rest(folder):
    waive(folder, BLANK, YEAR | {"bidang": "Semua"})
    dipxl.himpun(folder, DAY)
    book = folder / "Buku Kendali.xlsx"
    assert sheet_texts(book, "Dispensasi")[1:] == [
        ["MUT", "kosong", REASON, "PPID", "31 Desember 2026", "1"],
        ["semua", "tahun-sebagai-retensi", REASON, "PPID", "31 Desember 2026", "1"],
    ]
    told = [line for line in sheet_texts(book, "Temuan") if "dispensasi sampai 31 Desember 2026" in line[6]]
    assert [(line[1], line[3], line[10]) for line in told] == [
        ("saran", "F15", "tahun-sebagai-retensi"),
        ("saran", "D16", "kosong"),
    ]


def test_without_waivers_there_is_no_sheet_of_them(folder):
    assert "Dispensasi" not in load_workbook(folder / "Buku Kendali.xlsx").sheetnames


def test_a_waived_row_has_no_fault_and_keeps_its_remark(folder):
    waive(folder, BLANK, YEAR)
    entries = [e for e in collected(folder).register if e.bidang == "MUT" and e.remarks]
    assert [e.faults for e in entries] == [(), ()]
    assert all(REASON in remark for e in entries for remark in e.remarks)


@pytest.mark.parametrize("everyone", ["*", "semua", "SEMUA"])
def test_a_waiver_for_all_holds_for_every_bidang(folder, everyone):
    waive(folder, BLANK | {"bidang": everyone})
    found = {s.bidang: [f.code for f in s.examined.findings if f.waiver] for s in collected(folder).current}
    assert found == {bidang: [] for bidang in found} | {"MUT": ["kosong"], "PKO": ["kosong"]}


@pytest.mark.parametrize(
    ("day", "verdict", "told"),
    [(date(2026, 12, 31), Verdict.LOLOS, []), (date(2027, 1, 1), Verdict.PERBAIKI, ["dispensasi-berakhir"] * 2)],
)
def test_a_waiver_ends_with_its_last_day(folder, day, verdict, told):
    waive(folder, BLANK, YEAR)
    now = collected(folder, day)
    assert now.of("MUT").examined.verdict is verdict
    assert [f.code for f in now.doubts] == told


@pytest.mark.parametrize(
    ("typed", "code", "cell"),
    [
        ({"bidang": "XYZ"}, "dispensasi-bidang-tidak-dikenal", "A4"),
        ({"bidang": ""}, "kosong", "A4"),
        ({"aturan": "tidak-pernah-ada"}, "bukan-pilihan", "B4"),
        ({"aturan": "data-pribadi"}, "bukan-pilihan", "B4"),
        ({"aturan": "tidak-terbaca"}, "bukan-pilihan", "B4"),
        ({"alasan": "-"}, "kosong", "C4"),
        ({"disetujui_oleh": "\u00a0"}, "kosong", "D4"),
        ({"sampai": ""}, "kosong", "E4"),
        ({"sampai": "akhir tahun"}, "tanggal-tidak-dikenal", "E4"),
    ],
)
def test_an_unsound_waiver_is_told_at_its_cell_and_stops_nothing_but_itself(folder, typed, code, cell):
    waive(folder, BLANK | typed, YEAR)
    report = dipxl.himpun(folder, DAY)
    assert codes(report) == [(code, TITLE, [cell])]
    assert (report.data["bidang"]["MUT"], report.exit_code) == ("perlu perbaikan", 1)
    (file,) = [f for f in report.data["files"] if f["unit"] == "MUT"]
    assert [f["code"] for f in file["findings"] if f["waiver"]] == ["tahun-sebagai-retensi"]
    assert [line[1] for line in report.lines if line[0] == "-"] == [f"{TITLE}!{cell}"]
    assert f"{TITLE}" in {line[2] for line in sheet_texts(folder / "Buku Kendali.xlsx", "Temuan")}


def test_periksa_shows_an_unsound_waiver_in_the_settings(folder):
    waive(folder, BLANK | {"disetujui_oleh": ""})
    (file,) = dipxl.periksa([folder / "pengaturan.xlsx"]).data["files"]
    assert [(f["code"], f["cells"]) for f in file["findings"] if f["sheet"] == TITLE] == [("kosong", ["D4"])]


def test_another_fault_of_the_settings_still_stops(folder):
    waive(folder, BLANK | {"disetujui_oleh": ""})
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        book["Bidang"]["B4"] = None
    with pytest.raises(dipxl.DipxlError) as stop:
        dipxl.himpun(folder, DAY)
    assert 'lembar "Bidang" sel B4: ' in stop.value.message


def test_settings_of_an_older_dipxl_without_the_sheet_still_work(folder):
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        del book[TITLE]
    assert settings_book.settings(folder / "pengaturan.xlsx").waivers == ()
    assert dipxl.himpun(folder, DAY).data["bidang"]["MUT"] == "perlu perbaikan"


def test_the_sheet_offers_every_rule_that_can_be_waived():
    worksheet = load_workbook(stock("pengaturan.xlsx"))[TITLE]
    (rule,) = [v for v in worksheet.data_validations.dataValidation if v.type == "list"]
    assert (str(rule.sqref).split(":")[0], rule.formula1) == ("B4", "pilihan_aturan")
    assert {*sheet("dispensasi")["aturan"].choices} <= every_text(stock("pengaturan.xlsx"))


def test_the_next_edition_takes_its_waivers_over(at):
    folder = at("publikasikan")
    waive(folder, BLANK)
    dipxl.mutakhirkan(folder)
    (waiver,) = settings_book.settings(folder.parent / "dip-2027-1" / "pengaturan.xlsx").waivers
    assert (waiver.bidang, waiver.rule, waiver.until) == ("MUT", "kosong", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("waivers", "more"),
    [((), 0), ((BLANK, YEAR), 2), ((BLANK, YEAR | {"sampai": "1 September 2026"}), 1)],
)
def test_a_row_whose_only_fault_is_waived_enters_the_decree_while_the_waiver_lasts(folder, waivers, more):
    waive(folder, *waivers)
    for step, typed in ((dipxl.usulkan, _classify), (dipxl.telaah, _rule)):
        step(folder, DAY)
        typed(folder)
        step(folder, DAY)
    day = date(2026, 9, 7)
    dipxl.dokumentasikan(folder, day)
    report = dipxl.tetapkan(folder, DECREE["nomor"], "7 September 2026")
    waiting = 4  # the faulty rows of the two bidang
    assert report.data["waiting"] == waiting - more
    assert dipxl.status(folder, day).data["counts"]["Dapat dimuat"] == report.data["rows"]
