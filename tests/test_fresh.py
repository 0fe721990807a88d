"""What cannot be marked in place comes back as a fresh form: every value in it, every mark at its new address."""

from __future__ import annotations

import csv
import io
import subprocess

import pytest
from desk import FACTS, FIRST_ROW, HEAD, LIST, ROW, checked, codes, every_text, filled, only, sheet_texts, typed
from openpyxl import load_workbook
from sample_returned import edited, members, zipped

import dipxl
from dipxl.files import layout, others
from dipxl.files.fresh import fresh_form
from dipxl.files.marked import marked_copy
from dipxl.files.patch import CannotPatch, patch
from dipxl.model.columns import sheet
from dipxl.tour import office
from dipxl.tour.people import add_rows, keys, opened, type_head

BAD = ROW | {"retensi": "Tahun 2025", "waktu": "", "keterangan": "lihat arsip"}
ODD = ROW | {"ringkasan": "Rencana Kerja Tahun 2026", "tautan": "bit.ly/x", "asal": "Produksi sendiri"}
SECRET = {"informasi": "Hasil asesmen pegawai", "dokumen": "Laporan asesmen", "akibat_dibuka": "Merugikan pegawai"}
EXCLUDED = sheet("dikecualikan").title
DAY = office.day("himpun")
KODES = {(LIST, FIRST_ROW): "SEK-0001", (LIST, FIRST_ROW + 2): "SEK-0002"}


def _messy(worksheet):
    """A remark, a gap between rows, columns that changed places, a proposal for exception."""
    worksheet["B3"] = "Mohon dibantu"
    add_rows(worksheet.parent[EXCLUDED], "dikecualikan", [SECRET])
    for column in keys(worksheet)[1].values():
        upper, lower = worksheet.cell(FIRST_ROW + 1, column), worksheet.cell(FIRST_ROW + 2, column)
        upper.value, lower.value = lower.value, upper.value
    left, right = (keys(worksheet)[1][f"daftar.{name}"] for name in ("bentuk", "kelas"))
    for row in range(1, FIRST_ROW + 5):
        one, other = worksheet.cell(row, left), worksheet.cell(row, right)
        if row > keys(worksheet)[0] - 1:
            one.value, other.value = other.value, one.value


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("masuk"), BAD, ODD, edit=_messy)


@pytest.fixture(scope="module")
def fresh(sent, tmp_path_factory):
    """The fresh form of what was sent, as a file, and where things moved."""
    made = fresh_form(checked(sent), KODES, FACTS)
    path = tmp_path_factory.mktemp("baru") / "baru.xlsx"
    path.write_bytes(made.data)
    return path, made.moved


def _rows(path):
    named = {"daftar": ("nomor", "kode"), "dikecualikan": ("kode",)}
    return [
        (row.sheet_name, {name: text for name, text in row.values.items() if name not in named[row.sheet_name]})
        for row in checked(path).rows
    ]


def _value(path, title, cell):
    return str(load_workbook(path)[title][cell].value or "")


def test_the_next_intake_reads_the_same_rows_and_head(sent, fresh):
    path, _ = fresh
    assert _rows(path) == _rows(sent)
    assert checked(path).head == checked(sent).head
    assert checked(path).stamp.unit == "SEK"


def test_each_row_bears_the_kode_that_was_minted(fresh):
    assert [row.values["kode"] for row in checked(fresh[0]).rows_of("daftar")] == ["SEK-0001", "SEK-0002"]


def test_every_cell_moves_with_its_text(sent, fresh):
    path, moved = fresh
    before, after = load_workbook(sent), load_workbook(path)
    checked_cells = 0
    for (title, cell), places in moved.cells.items():
        for new_title, new_cell in places:
            if not new_cell.startswith(("A", "B")) or new_title not in (LIST, EXCLUDED):
                assert str(after[new_title][new_cell].value or "") == str(before[title][cell].value or "")
                checked_cells += 1
    assert checked_cells > 30


def test_what_the_check_finds_in_the_fresh_form_stands_where_the_marks_are(sent, fresh):
    path, moved = fresh
    told = {
        (f.code, title, cell) for f in checked(sent).findings for c in f.cells for title, cell in moved.of(f.sheet, c)
    }
    again = {(f.code, f.sheet, cell) for f in checked(path).findings for cell in f.cells}
    assert {one for one in told if one[1] != layout.OTHERS_SHEET} == again
    assert again


def test_what_stands_in_no_table_is_kept_with_its_old_address(fresh):
    lines = sheet_texts(fresh[0], layout.OTHERS_SHEET)[others.FIRST_ROW :]
    assert [line[:3] for line in lines] == [[LIST, "B3", "Mohon dibantu"]]
    assert codes(checked(fresh[0])).count("di-luar-tabel") == 0


def test_a_column_that_the_form_does_not_show_is_shown_where_it_was_filled(tmp_path):
    def widen(worksheet):
        column = worksheet.max_column + 1
        worksheet.cell(keys(worksheet)[0], column).value = "daftar.asal"
        worksheet.cell(FIRST_ROW, column).value = "Diterima"

    path = filled(tmp_path, ROW, edit=widen)
    (tmp_path / "baru.xlsx").write_bytes(fresh_form(checked(path), {}, FACTS).data)
    assert only(checked(tmp_path / "baru.xlsx").rows).values["asal"] == only(checked(path).rows).values["asal"] != ""


def test_a_kode_that_is_not_the_rows_own_is_kept_too(tmp_path):
    def forge(worksheet):
        typed(worksheet, "daftar.kode", FIRST_ROW).value = "XYZ-0009"

    path = filled(tmp_path, ROW, edit=forge)
    (tmp_path / "baru.xlsx").write_bytes(fresh_form(checked(path), KODES, FACTS).data)
    assert "XYZ-0009" in every_text(tmp_path / "baru.xlsx")
    assert only(checked(tmp_path / "baru.xlsx").rows).values["kode"] == "SEK-0001"


def test_another_row_is_named_by_its_new_number(tmp_path):
    def gap(worksheet):
        for column in keys(worksheet)[1].values():
            worksheet.cell(FIRST_ROW + 6, column).value = worksheet.cell(FIRST_ROW, column).value
            worksheet.cell(FIRST_ROW, column).value = None

    path = filled(tmp_path, ROW, ROW, edit=gap)
    made = fresh_form(checked(path), {}, FACTS)
    (tmp_path / "baru.xlsx").write_bytes(made.data)
    double = only(f for f in checked(path).findings if f.code == "baris-ganda")
    assert only(made.moved.finding(double)) == only(f for f in checked(tmp_path / "baru.xlsx").findings)


def test_hostile_text_is_written_as_text(tmp_path):
    texts = ["=1+1", "{=1+1}", "http://jahat.example/a", "@SUM(A1)", "_x005F_x0041_", "a\nb"]

    def write(worksheet):
        for row, text in enumerate(texts, start=FIRST_ROW):
            for name in ("ringkasan", "waktu", "bentuk", "retensi"):
                cell = typed(worksheet, f"daftar.{name}", row)
                cell.value, cell.data_type = text, "s"
        worksheet["B3"].value, worksheet["B3"].data_type = "=2+2", "s"

    path = filled(tmp_path, head=HEAD | {"pengisi": "{=1+1}"}, edit=write)
    made = fresh_form(checked(path), {}, FACTS).data
    (tmp_path / "baru.xlsx").write_bytes(made)
    read = [text.replace("_x005F_", "_") for text in texts]
    assert [row.values["ringkasan"] for row in checked(tmp_path / "baru.xlsx").rows] == read
    assert checked(tmp_path / "baru.xlsx").head["pengisi"] == "{=1+1}"
    formulas = [
        c.value for s in load_workbook(io.BytesIO(made)) for row in s.iter_rows() for c in row if c.data_type == "f"
    ]
    assert [text[:10] for text in formulas] == ['="Baris le']


def test_the_sheet_of_other_entries_is_print_until_someone_changes_it(fresh):
    title = layout.OTHERS_SHEET
    lines = sheet_texts(fresh[0], title)
    assert list(others.typed_among(lines)) == []
    changed = [list(line) for line in lines]
    changed[others.FIRST_ROW][2] = "Mohon dibantu segera"
    changed.append(["", "", "tambahan"])
    first = others.FIRST_ROW
    assert list(others.typed_among(changed)) == [*((first, place) for place in range(4)), (first + 1, 2)]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_older_kinds_come_back_as_a_form_with_marks(kind, tmp_path, soffice):
    source = filled(tmp_path, BAD, ODD, edit=_messy)
    subprocess.run([*soffice, "--convert-to", kind, "--outdir", tmp_path, source], check=True, capture_output=True)
    path = tmp_path / f"formulir.{kind}"
    copy = tmp_path / "kembali.xlsx"
    copy.write_bytes(marked_copy(path, checked(path), KODES, lambda: FACTS))
    book = load_workbook(copy)
    assert book.sheetnames[:3] == ["Perbaikan", "Petunjuk", LIST]
    assert {c.coordinate for row in book[LIST].iter_rows() for c in row if c.comment} == {"D11", "F11", "K12"}
    assert [str(v.sqref) for v in book[LIST].data_validations.dataValidation if v.formula1 == "pilihan_bentuk"]
    assert _rows(copy) == _rows(path)
    assert "disalin" in {line[1] for line in sheet_texts(copy, "Perbaikan")[4:]}


def test_a_workbook_that_is_tied_to_a_database_comes_back_as_a_form(tmp_path):
    path = filled(tmp_path, BAD)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/connections"
    more = f'<Relationship Id="rIdC" Type="{kind}" Target="connections.xml"/></Relationships>'.encode()
    data = edited(path.read_bytes(), "xl/_rels/workbook.xml.rels", b"</Relationships>", more)
    path.write_bytes(zipped(members(data) | {"xl/connections.xml": b"<connections/>"}))
    with pytest.raises(CannotPatch):
        patch(path.read_bytes(), {})
    copy = tmp_path / "kembali.xlsx"
    copy.write_bytes(marked_copy(path, checked(path), {}, lambda: FACTS))
    assert b"connection" not in b"".join(members(copy.read_bytes()).values())
    assert _rows(copy) == _rows(path)


def test_the_fresh_form_is_what_the_bidang_corrects_and_its_rows_keep_their_kode(at, soffice, tmp_path):
    folder = at("bagikan")
    form = folder / "1-himpun" / "keluar" / "formulir-sekretariat.xlsx"
    with opened(form, tmp_path / form.name) as book:
        type_head(book[LIST], HEAD)
        add_rows(book[LIST], "daftar", [BAD, ROW | {"ringkasan": "Rencana Kerja Tahun 2026"}])
    inbox = folder / "1-himpun" / "masuk"
    words = [*soffice, "--convert-to", "ods", "--outdir", inbox, tmp_path / form.name]
    subprocess.run(words, check=True, capture_output=True)
    dipxl.himpun(folder, DAY)
    (copy,) = (folder / "1-himpun" / "kembali").glob("*.xlsx")
    with opened(copy, inbox / copy.name) as book:
        typed(book[LIST], "daftar.retensi", FIRST_ROW).value = "5 tahun"
        typed(book[LIST], "daftar.ringkasan", FIRST_ROW + 1).value = "Rencana Kerja Sekretariat 2026"
    report = dipxl.himpun(folder, DAY)
    first, second = report.data["files"]
    assert (second["unit"], second["since"]["new"], second["since"]["still"]) == ("SEK", 0, 1)
    assert second["since"]["fixed"] + 1 == sum(max(len(found["cells"]), 1) for found in first["findings"])
    assert [found["code"] for found in second["findings"]] == ["kosong"]
    rows = list(csv.DictReader((folder / "daftar.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["kode"], row["ringkasan"]) for row in rows] == [
        ("SEK-0001", ROW["ringkasan"]),
        ("SEK-0002", "Rencana Kerja Sekretariat 2026"),
    ]


def test_equal_files_give_equal_bytes(sent):
    assert fresh_form(checked(sent), KODES, FACTS).data == fresh_form(checked(sent), KODES, FACTS).data
