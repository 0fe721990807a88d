"""One story from blank forms to publication and the next edition, told by `dipxl contoh` and read back by others."""

from __future__ import annotations

import csv
import email
import email.policy
import html
import json
import re
import zipfile
from pathlib import Path

import pytest
from desk import LIST, checked, codes, sheet_texts, tree
from docx import Document
from openpyxl import load_workbook

from dipxl.errors import DipxlError
from dipxl.files.collected import last_edition
from dipxl.files.edition import Edition
from dipxl.model.columns import annex_columns
from dipxl.tour import office
from dipxl.tour.contoh import contoh
from dipxl.tour.people import keys

ADMITTED = 63
FAULTY = {"bidang-mutasi-dan-promosi": "MUT", "bidang-pengembangan-kompetensi": "PKO"}
CODES = {"": "kosong", "Tahun 2025": "tahun-sebagai-retensi", "Google Drive": "bukan-pilihan"}


@pytest.fixture(scope="session")
def told(stages):
    """What the story reports in the end."""
    return json.loads(stages["laporan"].read_text("utf-8"))


@pytest.fixture(scope="session")
def first(stages):
    return stages["perubahan"] / "dip-2026-2"


@pytest.fixture(scope="session")
def second(stages):
    return stages["perubahan"] / "dip-2027-1"


def _decided_rows():
    """(bidang, row) that a decree may hold, and the one that was decided to be excluded."""
    refused = {(r["bidang"], r["baris"]) for r in office.rulings() if r["putusan"] in ("Tolak", "Kecualikan")}
    rows = [(kode, row) for kode, sent in office.submissions().items() for row in sent.get("baris", [])]
    out = [row for kode, row in rows if any(k == kode and row["ringkasan"].startswith(start) for k, start in refused)]
    return [row for _, row in rows if row not in out], out


def _planted(kode):
    """Where a bidang really typed its wrong cells: (cell, code)."""
    return {(fault["baris"], fault["kolom"], CODES[fault["diketik"]]) for fault in office.faults(kode, "wajib")}


def _report(told, step):
    return told["steps"][step]


def _document_text(path):
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_faults_are_found_in_the_two_planted_bidang_at_the_planted_cells(stages, told):
    files = {f["path"]: f for f in _report(told, "himpun")["files"]}
    found = {}
    for path, file in files.items():
        worksheet = load_workbook(stages["himpun"] / "dip-2026-2" / path)[LIST]
        columns = {number: key.split(".")[1] for key, number in keys(worksheet)[1].items()}
        summary = next(n for n, name in columns.items() if name == "ringkasan")
        for finding in (f for f in file["findings"] if f["severity"] == "wajib"):
            for cell in map(worksheet.__getitem__, finding["cells"]):
                start = worksheet.cell(cell.row, summary).value
                found.setdefault(file["unit"], set()).add((start, columns[cell.column], finding["code"]))
                assert str(cell.value or "") == finding["value"]
    assert set(found) == {"MUT", "PKO"}
    for kode, cells in found.items():
        planted = _planted(kode)
        assert len(cells) == len(planted) == 2
        assert all(any(c[0].startswith(p[0]) and c[1:] == p[1:] for p in planted) for c in cells)


def test_exactly_the_two_faulty_bidang_get_a_marked_copy(stages):
    back = stages["himpun"] / "dip-2026-2" / "1-himpun" / "kembali"
    assert {path.stem for path in back.glob("*.xlsx")} == {f"kembali-{name}" for name in FAULTY}
    assert {path.suffix for path in back.iterdir()} == {".csv", ".xlsx", ".eml", ".txt"}


def test_after_the_repair_nothing_must_be_repaired(told):
    report = _report(told, "himpun perbaikan")
    standing = [f for f in report["files"] if f["state"] != "digantikan"]
    assert [f["code"] for file in standing for f in file["findings"] if f["severity"] == "wajib"] == []
    assert set(report["bidang"].values()) == {"lolos"}
    assert report["rows"] == 64


def test_what_is_certain_was_repaired_and_listed(told):
    repairs = {
        (file["unit"], repair["before"], repair["after"])
        for file in _report(told, "himpun")["files"]
        for repair in file["repairs"]
    }
    tidy = [(f["bidang"], f["diketik"]) for kode in office.submissions() for f in office.faults(kode, "rapi")]
    assert len(tidy) == 4
    assert set(tidy) <= {(unit, before) for unit, before, _ in repairs}


def test_every_balance_adds_up(told):
    for step in ("himpun", "himpun perbaikan", "himpun edisi berikut"):
        for file in _report(told, step)["files"]:
            assert file["cells"]["typed"] == file["cells"]["taken"] + file["cells"]["reported"]
            assert file["cells"]["taken"] > 0


def test_the_decree_holds_every_admitted_entry(first):
    text = _document_text(first / "5-penetapan" / "Keputusan DIP.docx")
    rows, out = _decided_rows()
    assert len(rows) == ADMITTED
    assert [row["ringkasan"] for row in rows if row["ringkasan"] not in text] == []
    assert [row["ringkasan"] for row in out if row["ringkasan"] in text] == []
    assert "NIHIL" in text


def test_the_annexes_have_the_seven_columns_of_the_law_and_one_numbering(first):
    document = Document(first / "5-penetapan" / "Keputusan DIP.docx")
    headings = [column.annex for column in annex_columns()]
    annexes = [t for t in document.tables if [cell.text for cell in t.rows[0].cells] == headings]
    assert len(annexes) == 3
    numbers = [row.cells[0].text for table in annexes for row in table.rows[1:] if row.cells[0].text.isdigit()]
    assert numbers == [str(n) for n in range(1, ADMITTED + 1)]


def test_the_class_workbooks_hold_the_same_entries_as_the_decree(first):
    found = []
    for path in sorted((first / "4-dokumentasi").glob("DIP *.xlsx")):
        found += [text for row in sheet_texts(path, load_workbook(path).sheetnames[0]) for text in row]
    rows, _ = _decided_rows()
    assert [row["ringkasan"] for row in rows if row["ringkasan"] not in found] == []


def test_four_public_outputs_hold_exactly_the_admitted_entries(first):
    public = first / "6-publikasi"
    rows, _ = _decided_rows()
    wanted = sorted(row["ringkasan"] for row in rows)
    told = json.loads((public / "daftar-informasi-publik.json").read_text("utf-8"))
    from_json = next(value for value in told.values() if isinstance(value, list) and len(value) == ADMITTED)
    from_csv = list(csv.DictReader((public / "daftar-informasi-publik.csv").read_text("utf-8-sig").splitlines()))
    assert sorted(row["ringkasan"] for row in from_json) == wanted
    assert sorted(row["ringkasan"] for row in from_csv) == wanted
    book = public / "daftar-informasi-publik.xlsx"
    texts = [text for title in load_workbook(book).sheetnames for row in sheet_texts(book, title) for text in row]
    page = html.unescape((public / "index.html").read_text("utf-8"))
    assert [text for text in wanted if text not in texts or text not in page] == []
    assert str(ADMITTED) in re.sub(r"<[^>]*>", " ", page)


def test_nothing_internal_excluded_or_refused_reaches_the_public(first):
    canaries = {office.submissions()[kode]["kepala"]["pengisi"].split(",")[0] for kode in office.submissions()}
    for sent in office.submissions().values():
        for row in sent.get("baris", []):
            canaries |= {row.get("keterangan"), row.get("lokasi_berkas")}
        for row in sent.get("dikecualikan", []):
            canaries |= {text for text in row.values() if isinstance(text, str)}
    canaries |= {row["ringkasan"] for row in _decided_rows()[1]}
    canaries = {text for text in canaries if text and len(text) > 8}
    assert len(canaries) > 15
    for path in (first / "6-publikasi").iterdir():
        content = _unpacked(path)
        assert [text for text in canaries if text in content] == [], path.name


def _unpacked(path):
    if not zipfile.is_zipfile(path):
        return html.unescape(path.read_text("utf-8"))
    with zipfile.ZipFile(path) as package:
        return html.unescape("".join(package.read(name).decode("utf-8", "replace") for name in package.namelist()))


def test_the_forms_went_out_with_a_letter_each(first):
    out = first / "1-himpun" / "keluar"
    forms = sorted(out.glob("*.xlsx"))
    assert len(forms) == 6
    for form in forms:
        mail = email.message_from_bytes(form.with_suffix(".eml").read_bytes(), policy=email.policy.default)
        (attached,) = mail.iter_attachments()
        assert (attached.get_filename(), attached.get_content()) == (form.name, form.read_bytes())
        assert form.with_suffix(".txt").read_text("utf-8").strip()


def test_the_draft_decree_goes_to_its_signatory_as_an_attachment(first):
    draft = first / "5-penetapan" / "Keputusan DIP (draf).docx"
    mail = email.message_from_bytes(draft.with_suffix(".eml").read_bytes(), policy=email.policy.default)
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == draft.read_bytes()


def test_the_next_edition_is_prefilled_with_every_live_row_and_its_kode(first, second):
    carried = last_edition(Edition(second)).rows
    with_kode = {}
    for path in (second / "1-himpun" / "keluar").glob("*.xlsx"):
        for title, kind in ((LIST, "daftar.kode"), ("Usulan Dikecualikan", "dikecualikan.kode")):
            worksheet = load_workbook(path)[title]
            key_row, columns = keys(worksheet)
            for row in range(key_row + 3, worksheet.max_row + 1):
                kode = worksheet.cell(row, columns[kind]).value
                if kode:
                    with_kode[kode] = worksheet.cell(row, columns[kind] + 1).value
    assert set(with_kode) == set(carried)
    assert len(carried) == ADMITTED + 3
    sealed = json.loads((first / "5-penetapan" / "segel.json").read_text("utf-8"))["daftar"]["rows"]
    assert {row["kode"]: row["ringkasan"] for row in sealed} == {
        k: v for k, v in with_kode.items() if not k.startswith("X-")
    }


def test_every_change_of_the_next_edition_is_counted_and_shown(told, second):
    changes = [change for kode in office.submissions() for change in office.updates(kode)]
    cells = sum(1 if c["pemutakhiran"] in ("Cabut", "Baru") else len(c["isi"]) for c in changes)
    assert _report(told, "perubahan")["changes"] == cells
    rows = sheet_texts(second / "2-usulan" / "Perubahan.xlsx", "Perubahan")[3:]
    assert len(rows) == cells
    assert {row[1] for row in rows} == {"baru", "berubah", "dicabut"}


def test_the_story_ends_with_its_number(told):
    assert told["verdict"] == "lolos"
    assert str(ADMITTED) in told["headline"]
    assert len(told["steps"]) == 13


def test_the_story_told_twice_leaves_the_same_bytes(stages, tmp_path):
    lines = []
    report = contoh(tmp_path / "lagi", lines.append)
    again = tree(tmp_path / "lagi")
    assert again == _without_history(tree(stages["perubahan"]), again)
    assert (len(lines), report.exit_code) == (13, 0)


def _without_history(one, other):
    """The first tree with the second's diaries, which tell the time of day."""
    return one | {path: other[path] for path in other if Path(path).name == "riwayat.csv"}


def test_the_marked_copies_came_in_clean(first):
    for name in FAULTY:
        one = checked(first / "1-himpun" / "masuk" / f"kembali-{name}.xlsx")
        assert [code for code in codes(one) if code in CODES.values()] == []


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    (tmp_path / "penting.txt").write_text("penting")
    with pytest.raises(DipxlError) as stop:
        contoh(tmp_path)
    assert stop.value.code == "folder-terisi"
    assert [path.name for path in tmp_path.iterdir()] == ["penting.txt"]
