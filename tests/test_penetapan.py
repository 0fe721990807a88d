"""A Keputusan is sealed as it was drafted, and cited everywhere as its paper has it."""

from __future__ import annotations

import json
import shutil

import pytest
from desk import tree

import dipxl
from dipxl.errors import DipxlError
from dipxl.files import seal, word
from dipxl.files.edition import Edition
from dipxl.tour.people import edit_rows, opened

USULAN, RETURNED = "2-usulan/Usulan DIP.xlsx", "3-telaah/masuk/Telaah DIP.xlsx"
DAY = "7 September 2026"


def _stopped(folder, nomor="41 Tahun 2026"):
    with pytest.raises(DipxlError) as stop:
        dipxl.tetapkan(folder, nomor, DAY)
    return stop.value


def _refuse_one(folder):
    """The PPID sends one ruling back as open after the draft was made."""
    with opened(folder / RETURNED, folder / RETURNED) as book:
        edit_rows(book.active, {"Rencana Strategis": {"telaah.putusan": ""}})


def _code(folder):
    return json.loads((folder / "5-penetapan/naskah.json").read_text("utf-8"))["kode_naskah"]


def test_without_a_draft_nothing_is_sealed(at):
    folder = at("telaah")
    assert _stopped(folder).code == "belum-didokumentasikan"
    assert not seal.is_sealed(Edition(folder))


def test_the_noted_code_is_the_one_on_the_draft(at):
    folder = at("dokumentasikan")
    draft = (folder / "5-penetapan/Keputusan DIP (draf).docx").read_bytes()
    assert f"Kode naskah {_code(folder)}" in word.text_of(draft)


def test_other_content_than_the_draft_is_not_sealed_until_it_is_drafted_again(at):
    folder = at("dokumentasikan")
    drafted = _code(folder)
    _refuse_one(folder)
    stop = _stopped(folder)
    assert stop.code == "naskah-berbeda"
    assert drafted in str(stop)
    assert not seal.is_sealed(Edition(folder))
    dipxl.dokumentasikan(folder)
    assert _code(folder) != drafted
    assert _code(folder) in str(stop)
    assert dipxl.tetapkan(folder, "41 Tahun 2026", DAY).data["kode_naskah"] == _code(folder)


def test_a_draft_that_the_office_edited_is_still_the_draft(at):
    folder = at("dokumentasikan")
    draft = folder / "5-penetapan/Keputusan DIP (draf).docx"
    shutil.copy(folder / "5-penetapan/Catatan Telaah (draf).docx", draft)
    assert dipxl.tetapkan(folder, "41 Tahun 2026", DAY).data["rows"] == 63


def test_after_the_seal_the_class_books_follow_it_and_the_draft_stays(at):
    folder = at("tetapkan")
    before = tree(folder)
    _refuse_one(folder)
    shutil.rmtree(folder / "4-dokumentasi")
    report = dipxl.dokumentasikan(folder)
    after = tree(folder)
    kept = [path for path in before if path.startswith(("4-dokumentasi", "5-penetapan"))]
    assert {path: after[path] for path in kept} == {path: before[path] for path in kept}
    assert report.data["rows"] == 63
    assert "disegel" in dict(report.facts)["Draf Keputusan"]


@pytest.mark.parametrize("nomor", ["41", "Nomor 41", "nomor: 41 Tahun 2026"])
def test_the_public_cites_the_decree_as_its_paper_does(at, nomor):
    folder = at("dokumentasikan")
    dipxl.tetapkan(folder, nomor, DAY)
    dipxl.publikasikan(folder)
    paper = word.text_of((folder / "5-penetapan/Keputusan DIP.docx").read_bytes())
    assert "NOMOR 41 TAHUN 2026" in paper
    for name in ("index.html", "daftar-informasi-publik.json"):
        text = (folder / "6-publikasi" / name).read_text("utf-8")
        assert "Nomor 41 Tahun 2026" in text or '"nomor": "41 Tahun 2026"' in text
        assert "Nomor Nomor" not in text


def test_the_same_number_typed_another_way_is_the_same_decree(at):
    folder = at("dokumentasikan")
    dipxl.tetapkan(folder, "41", DAY)
    assert dipxl.tetapkan(folder, "Nomor 41 Tahun 2026", DAY).verdict == "lolos"
    assert _stopped(folder, "42").code == "sudah-disegel"
