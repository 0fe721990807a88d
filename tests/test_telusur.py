"""The way back of a row: from the decree to the cell, through corrections, withdrawals and editions."""

from __future__ import annotations

import shutil
from functools import cache

import pytest
from desk import FIRST_ROW, LIST, Desk, tree, typed
from openpyxl import load_workbook

import dipxl
from dipxl.errors import DipxlError
from dipxl.files import settings_book
from dipxl.files.carried import last_edition
from dipxl.files.collected import collect
from dipxl.files.edition import Edition
from dipxl.files.safe_write import file_hash
from dipxl.files.seal import read_seal
from dipxl.files.trace import trace
from dipxl.model.known_kodes import meant, nearest
from dipxl.model.text import visible
from dipxl.tour import office
from dipxl.tour.people import edit_rows, keys, opened, type_head

KODE, EXCLUDED = "MUT-0003", "X-PKA-0001"
DECREED = "Keputusan Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Kabupaten Tanjung Asri Nomor "
OF_A_STEP = {"verdict", "headline", "next", "written"}
DAY = office.day("himpun_perbaikan")


@pytest.fixture
def desk(monkeypatch, capsys):
    return Desk(monkeypatch, capsys)


@cache
def _book(path):
    return load_workbook(path, data_only=True)


def _second(at, stage):
    return at(stage).parent / "dip-2027-1"


def test_every_row_of_the_register_leads_to_the_cells_in_which_it_was_typed(stages):
    folder = stages["publikasikan"] / "dip-2026-2"
    edition = Edition(folder)
    collected = collect(edition, settings_book.settings(edition.settings))
    for entry in (*collected.register, *collected.excluded):
        stand = trace(edition, collected, entry.kode).latest
        kept = folder / stand.archived
        assert (file_hash(kept), stand.row.values) == (stand.submission.sha256, entry.values)
        assert (stand.row.sheet, stand.row.number) == (entry.source.sheet, entry.source.row)
        for cell in stand.cells:
            assert visible(str(_book(kept)[stand.row.sheet][cell.cell].value or "")) == visible(cell.typed)
            assert cell.value in entry.values.values()


def test_a_row_of_the_decree_is_told_with_its_files_decisions_number_and_publication(desk, stages):
    code, told = desk.json("telusur", KODE, stages["publikasikan"] / "dip-2026-2")
    assert (code, told["kode"], told["standing"]) == (0, KODE, "dalam register")
    first, second = told["submissions"]
    assert [one["file"] for one in (first, second)] == [
        f"{n}-bidang-mutasi-dan-promosi.xlsx" for n in ("formulir", "kembali")
    ]
    assert [one["state"] for one in (first, second)] == ["digantikan", "lolos"]
    assert [one["archive"][:11] for one in (first, second)] == ["arsip/0001-", "arsip/0007-"]
    assert [(one["step"], one["file"], one["in_force"]) for one in told["decisions"]] == [
        ("usulan", "2-usulan/Usulan DIP.xlsx", True),
        ("telaah", "3-telaah/keluar/Telaah DIP.xlsx", True),
        ("telaah", "3-telaah/masuk/Telaah DIP.xlsx", True),
    ]
    assert told["decree"]["title"].startswith(DECREED)
    seal = read_seal(Edition(stages["publikasikan"] / "dip-2026-2"))
    assert [row.kode for row in seal.register.rows if row.nomor == told["decree"]["number"]] == [KODE]
    assert told["published"] == "6-publikasi/daftar-informasi-publik.json"


def test_in_words_the_file_the_cell_and_why_it_was_filled_are_said(desk, stages):
    assert desk.run("telusur", KODE, stages["publikasikan"] / "dip-2026-2") == 0
    flat = " ".join(desk.out.replace("│", " ").split())
    assert flat.startswith(f"LOLOS: {KODE}: Rekapitulasi layanan kenaikan pangkat")
    assert "Letak: Daftar Informasi baris 13 Arsip: arsip/0007-" in flat
    assert "kembali-bidang-mutasi-dan-promosi.xlsx (diterima " in flat


def test_why_a_cell_differs_from_what_was_typed_is_said_at_the_cell(desk, stages):
    told = desk.json("telusur", KODE, stages["publikasikan"] / "dip-2026-2")[1]
    cells = {cell["column"]: cell for cell in told["submissions"][-1]["cells"]}
    place = cells["Tempat Pembuatan"]
    assert place == {
        "column": "Tempat Pembuatan",
        "cell": "G13",
        "typed": "",
        "value": "Tanjung Asri",
        "why": "diisi dari kepala lembar",
    }


def test_a_faulty_row_names_its_cell_and_needs_a_person(desk, at):
    folder = at("himpun")
    faulty = next(e for e in _collected(folder).register if e.faults)
    code, told = desk.json("telusur", faulty.kode, folder)
    found = [f for f in told["submissions"][-1]["findings"] if f["severity"] == "wajib"]
    assert (code, told["verdict"], told["faults"]) == (1, "perlu perbaikan", [f["code"] for f in found])
    assert all(cell.endswith(str(faulty.source.row)) for f in found for cell in f["cells"])


def _collected(folder):
    edition = Edition(folder)
    return collect(edition, settings_book.settings(edition.settings))


def test_a_proposal_for_exception_is_traced_too(desk, stages):
    code, told = desk.json("telusur", EXCLUDED, stages["publikasikan"] / "dip-2026-2")
    assert (code, told["standing"], told["submissions"][0]["sheet"]) == (
        0,
        "usulan dikecualikan",
        "Usulan Dikecualikan",
    )
    assert (told["decisions"], told["decree"], told["published"]) == ([], None, None)


def test_what_changed_from_one_file_to_the_next_is_said(at):
    folder = at("himpun")
    copy = folder / "1-himpun" / "kembali" / "kembali-bidang-mutasi-dan-promosi.xlsx"
    with opened(copy, folder / "1-himpun" / "masuk" / copy.name) as book:
        edit_rows(book[LIST], {"Rekapitulasi layanan": {"daftar.waktu": "Juni 2026"}})
    dipxl.himpun(folder, DAY)
    lines = [line for line in dipxl.telusur(KODE, folder).lines if line[0] == "Semula"]
    assert lines == [("Semula", "Daftar Informasi baris 13", "Waktu Pembuatan: Januari 2026", "")]


def test_a_row_that_is_sent_no_more_still_has_its_way_back(desk, at):
    folder = at("himpun")
    source = folder / "1-himpun" / "masuk" / "formulir-sekretariat.xlsx"
    with opened(source, source.with_name("lagi.xlsx")) as book:
        gone = typed(book[LIST], "daftar.ringkasan", FIRST_ROW).value
        book[LIST].delete_rows(FIRST_ROW)
    dipxl.himpun(folder, DAY)
    code, told = desk.json("telusur", "SEK-0001", folder)
    assert (code, told["standing"], told["values"]) == (0, "tidak lagi dalam register", {})
    (only,) = told["submissions"]
    assert (only["file"], only["state"], only["cells"][0]["typed"]) == (source.name, "digantikan", gone)


# --- from one edition to the next ------------------------------------------------------------------------------------


def test_every_row_handed_on_leads_to_its_row_in_the_archive_of_the_edition_before(stages):
    first, second = (stages["mutakhirkan"] / name for name in ("dip-2026-2", "dip-2027-1"))
    before = last_edition(Edition(second))
    assert before.rows.keys() <= before.origins.keys()
    for kode, row in before.rows.items():
        (origin,) = before.origins[kode]
        kept = first / origin["arsip"]
        assert (origin["edisi"], origin["sha256"]) == ("2026-2", file_hash(kept))
        name = "informasi" if kode.startswith("X-") else "ringkasan"
        sheet = _book(kept)[origin["lembar"]]
        column = next(c for key, c in keys(sheet)[1].items() if key.endswith(f".{name}"))
        assert visible(str(sheet.cell(int(origin["baris"]), column).value)) == visible(row[name])


def test_a_row_that_the_bidang_has_not_sent_again_still_knows_where_it_was_typed(desk, at):
    code, told = desk.json("telusur", KODE, _second(at, "bagikan edisi berikut"))
    (origin,) = told["origins"]
    assert (code, told["standing"], told["submissions"]) == (0, "dari edisi lalu, belum dikonfirmasi bidang", [])
    assert (origin["edisi"], origin["berkas"], origin["lembar"], origin["baris"]) == (
        "2026-2",
        "kembali-bidang-mutasi-dan-promosi.xlsx",
        LIST,
        "13",
    )
    assert origin["keputusan"].startswith(DECREED)


def test_a_row_sent_again_has_both_its_old_and_its_new_place(desk, at):
    folder = _second(at, "perubahan")
    told = desk.json("telusur", KODE, folder)[1]
    assert [origin["edisi"] for origin in told["origins"]] == ["2026-2"]
    assert [one["file"] for one in told["submissions"]] == ["formulir-bidang-mutasi-dan-promosi.xlsx"]
    assert told["decisions"][0]["in_force"]  # the class that the last decree gave stands


def test_the_way_grows_by_one_place_with_each_edition(at, tmp_path):
    folder = _second(at, "perubahan")
    with opened(folder / "pengaturan.xlsx", folder / "pengaturan.xlsx") as book:
        type_head(book["Kantor"], {"tingkat": "Perangkat daerah, hanya mengusulkan"})
    dipxl.mutakhirkan(folder, tmp_path / "ketiga")
    origins = last_edition(Edition(tmp_path / "ketiga")).origins[KODE]
    assert [(origin["edisi"], "keputusan" in origin) for origin in origins] == [("2026-2", True), ("2027-1", False)]


def test_an_edition_opened_by_an_older_dipxl_has_no_places_and_is_no_stop(desk, at):
    folder = _second(at, "bagikan edisi berikut")
    handed = folder / "arsip" / "edisi-lalu.json"
    handed.write_text(handed.read_text("utf-8").replace('"asal"', '"lain"'), encoding="utf-8")
    told = desk.json("telusur", KODE, folder)[1]
    assert (told["origins"], told["standing"]) == ([], "dari edisi lalu, belum dikonfirmasi bidang")


# --- what is typed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed_kode", "remedy"),
    [
        ("MUT-0999", 'Maksudnya "MUT-0009"?'),
        ("MUD-0003", 'Maksudnya "MUT-0003"?'),
        ("X-PKA-0009", 'Maksudnya "X-PKA-0001"?'),
        ("", "Salin kodenya dari daftar.csv."),
        ("=1+1", "Salin kodenya dari daftar.csv."),
    ],
)
def test_a_kode_that_was_never_given_stops_with_the_nearest_one(desk, at, typed_kode, remedy):
    folder = at("himpun")
    before = tree(folder)
    code, told = desk.json("telusur", typed_kode, folder)
    assert (code, told["error"]["code"], told["error"]["remedy"]) == (2, "kode-tidak-ada", remedy)
    assert tree(folder) == before


@pytest.mark.parametrize("text", ["MUT-0007", "mut-0007", " MUT - 7 ", "mut7", "MUT0007", "MUT-007"])
def test_a_kode_is_known_whatever_its_case_spaces_and_zeros(text):
    assert meant(text, {"MUT-0007", "SEK-0007", "X-MUT-0007"}) == "MUT-0007"


@pytest.mark.parametrize("text", ["MUT-70", "MU-0007", "7", "", "X-MUT-0001", "MUT-0007-1"])
def test_another_kode_is_never_taken_for_one_that_was_given(text):
    assert meant(text, {"MUT-0007", "SEK-0007"}) is None


def test_nothing_near_is_no_suggestion():
    assert (nearest("xyz", {"MUT-0007"}), nearest("MUT-0007", set())) == (None, None)


def test_it_changes_no_byte_and_needs_an_edition(at, tmp_path):
    folder = at("publikasikan")
    before = tree(folder)
    dipxl.telusur(KODE, folder)
    assert tree(folder) == before
    with pytest.raises(DipxlError) as stop:
        dipxl.telusur(KODE, tmp_path / "tidak ada")
    assert stop.value.code == "bukan-edisi"


@pytest.mark.parametrize("junk", ["{", '{"rows": 1}'])
def test_a_broken_seal_or_publication_does_not_hide_the_rest(desk, at, junk):
    folder = at("publikasikan")
    for name in ("5-penetapan/segel.json", "6-publikasi/daftar-informasi-publik.json"):
        (folder / name).write_text(junk)
    code, told = desk.json("telusur", KODE, folder)
    assert (code, told["decree"], told["published"], len(told["submissions"])) == (0, None, None, 2)
    assert ("Penetapan", "5-penetapan/segel.json") in [line[:2] for line in dipxl.telusur(KODE, folder).lines]


def test_a_log_that_is_gone_hides_only_the_time(desk, at):
    folder = at("publikasikan")
    (folder / "riwayat.csv").unlink()
    told = desk.json("telusur", KODE, folder)[1]
    assert [one["received"] for one in told["submissions"]] == [[], []]
    assert [one["file"] for one in told["submissions"]] == [one["archive"][6:] for one in told["submissions"]]


def test_the_page_of_the_interface_names_every_key_of_the_answer(desk, repo_root, stages):
    page = (repo_root / "docs/antarmuka.md").read_text("utf-8").partition("## `telusur`")[2].partition("\n## ")[0]
    told = desk.json("telusur", KODE, stages["perubahan"] / "dip-2027-1")[1]
    parts = (told, *told["origins"], *told["submissions"], told["submissions"][0]["cells"][0], *told["decisions"])
    assert {key for part in parts for key in part if f"`{key}`" not in page} - OF_A_STEP == set()


def test_a_file_that_came_under_two_names_is_told_with_both(desk, at):
    folder = at("himpun")
    inbox = folder / "1-himpun" / "masuk"
    shutil.copy(inbox / "formulir-sekretariat.xlsx", inbox / "lagi.xlsx")
    dipxl.himpun(folder, DAY)
    told = desk.json("telusur", "SEK-0001", folder)[1]
    assert [one["name"] for one in told["submissions"][0]["received"]] == ["formulir-sekretariat.xlsx", "lagi.xlsx"]
