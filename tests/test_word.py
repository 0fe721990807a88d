"""The Word papers: what people typed is all there, and the stock templates make a proper Keputusan."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pypdf
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from sample_decree import BY_PPID, HEAD, LAW, OLD, SECRETARY, TODAY, register, settings

from dipxl.errors import DipxlError
from dipxl.files import word, word_templates
from dipxl.files.templates import stock
from dipxl.files.word_blank import texts
from dipxl.model.columns import annex_columns
from dipxl.model.decree import DOTS, Numbered, decree, proposal_facts

SIGNED = Numbered("12", date(2026, 9, 14))
APPROVED = Numbered("7/LP/2026", date(2026, 9, 10))
HOSTILE = [
    "Rencana & <Anggaran> \"tahun\" 'ini'",
    "{{ kop.BADAN }} {% if x %} {# catatan #} {_{ x }_} {_% y %_}",
    "{{ ''.__class__.__mro__ }}",
    "&amp; &#123; ]]> </w:t></w:p>",
    "baris satu\nbaris dua\tkolom",
    " dua  spasi di tengah, satu di tepi ",
    "${nomor_naskah}",
    "kata " * 1000,
    "漢字 العربية 🙂 é",
]


def paper(name="keputusan", own=SIGNED, entries=None, draft=False, kertas="F4 (215 x 330 mm)", **changed):
    made = decree(settings(**changed), entries or register(), TODAY, own, APPROVED if own.day else Numbered())
    return word.render(stock(f"{name}.docx"), made.facts(), paper=kertas, draft=draft)


def opened(data):
    return docx.Document(io.BytesIO(data))


def annex_tables(data):
    """The tables of the annexes: those with a heading row."""
    return [t for t in opened(data).tables if t._tbl.find(f".//{qn('w:tblHeader')}") is not None]


def template(tmp_path, *paragraphs):
    blank = docx.Document()
    for text in paragraphs:
        blank.add_paragraph(text)
    blank.save(tmp_path / "contoh.docx")
    return tmp_path / "contoh.docx"


def filled(tmp_path, text, **facts):
    data = word.render(template(tmp_path, text), facts, paper="A4")
    return [found for found in word.text_of(data) if found]


def test_the_committed_templates_are_what_dipxl_builds(tmp_path):
    for path in word_templates.build(tmp_path):
        built, committed = zipfile.ZipFile(path), zipfile.ZipFile(stock(path.name))
        assert built.namelist() == committed.namelist()
        assert [n for n in built.namelist() if built.read(n) != committed.read(n)] == [], (
            "jalankan word_templates.build"
        )


def test_every_rule_in_the_templates_names_its_basis():
    papers = texts()
    entries = [entry for name in ("menimbang", "memperhatikan", "diktum", "tembusan") for entry in papers[name]]
    entries += [papers[name] for name in ("lembar_persetujuan", "catatan_telaah", "surat_pengantar")]
    assert all(entry["basis"] for entry in entries)


def test_every_cell_of_every_entry_stands_in_its_row():
    entries = register(berkala=3, serta_merta=1, setiap_saat=2)
    rows = [
        [cell.text for cell in row.cells] for table in annex_tables(paper(entries=entries)) for row in table.rows[1:]
    ]
    assert rows == [row.annex_cells() for row in entries.rows]


def test_the_annexes_have_the_seven_headings_of_the_law():
    for table in annex_tables(paper()):
        assert [cell.text for cell in table.rows[0].cells] == [column.annex for column in annex_columns()]


def test_an_empty_class_is_printed_as_nihil():
    tables = annex_tables(paper(entries=register(berkala=1, serta_merta=0, setiap_saat=1)))
    assert [[row.cells[0].text for row in table.rows[1:]] for table in tables] == [["1"], ["NIHIL"], ["2"]]


def test_the_heading_row_is_repeated_and_no_row_is_cut():
    for table in annex_tables(paper(entries=register(berkala=3))):
        flags = [row._tr.trPr for row in table.rows]
        assert [flag.find(qn("w:tblHeader")) is not None for flag in flags] == [True] + [False] * (len(flags) - 1)
        assert all(flag.find(qn("w:cantSplit")) is not None for flag in flags)


def test_the_widths_stand_in_the_grid_and_fill_the_page():
    for kertas, millimetres in (("A4", 297), ("F4 (210 x 330 mm)", 330)):
        document = opened(paper(kertas=kertas))
        section = document.sections[-1]
        width = (section.page_width - section.left_margin - section.right_margin) / 635
        assert round(section.page_width.mm) == millimetres
        for table in annex_tables(paper(kertas=kertas)):
            assert sum(int(c.get(qn("w:w"))) for c in table._tbl.tblGrid) == pytest.approx(width, abs=20)


def test_each_annex_has_a_landscape_section_of_its_own():
    sections = opened(paper()).sections
    directions = [section.orientation for section in sections]
    assert directions == [WD_ORIENT.PORTRAIT] + [WD_ORIENT.LANDSCAPE] * 3
    assert {(s.page_width > s.page_height) for s in sections[1:]} == {True}


@pytest.mark.parametrize(("old", "count"), [("", 7), (OLD, 8)])
def test_the_dictums_are_counted_with_and_without_a_revocation(old, count):
    found = word.text_of(paper(keputusan_lama=old))
    numbers = ["KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN"]
    assert [text for text in found if text in numbers] == numbers[:count]
    assert found[found.index(numbers[count - 1]) + 2].startswith("Keputusan ini mulai berlaku pada tanggal ditetapkan")


def test_the_replaced_decree_is_revoked_by_its_full_name():
    old = f"Keputusan Kepala Badan Kepegawaian {OLD}"
    found = word.text_of(paper(keputusan_lama=OLD))
    assert f"Pada saat Keputusan ini mulai berlaku, {old} dicabut dan dinyatakan tidak berlaku." in found
    assert f"bahwa {old} sudah tidak sesuai dengan perkembangan sehingga perlu diganti;" in found
    assert not any("dicabut" in text for text in word.text_of(paper()))


@pytest.mark.parametrize(
    ("penanda_tangan", "old", "last"), [("", "", "d"), ("", OLD, "e"), (BY_PPID, "", "e"), (BY_PPID, OLD, "f")]
)
def test_the_last_consideration_counts_those_before_it(penanda_tangan, old, last):
    changed = {"keputusan_lama": old} | ({"penanda_tangan": penanda_tangan} if penanda_tangan else {})
    found = word.text_of(paper(**changed))
    assert sum(f"huruf a sampai dengan huruf {last}, perlu menetapkan" in text for text in found) == 1
    letters = [text for text in found if len(text) == 2 and text.endswith(".") and text[0].isalpha()]
    assert letters == [f"{letter}." for letter in "abcdefg"[: ord(last) - ord("a") + 2]]


def test_variant_a_reads_as_the_sop_says():
    found = word.text_of(paper())
    assert "SELAKU ATASAN PEJABAT PENGELOLA INFORMASI DAN DOKUMENTASI" in found
    assert any("telah ditelaah dan diklasifikasi oleh Pejabat Pengelola" in text for text in found)
    assert not any("persetujuan" in text.casefold() for text in found)
    assert found.count("SELAKU ATASAN PPID,") == 4, "the decree and three annexes"


def test_variant_b_names_the_approval():
    found = word.text_of(paper(penanda_tangan=BY_PPID))
    assert any("Lembar Persetujuan Nomor 7/LP/2026 tanggal 10 September 2026;" in text for text in found)
    assert "Lembar Persetujuan Atasan PPID Nomor 7/LP/2026 tanggal 10 September 2026;" in found
    assert any(text.startswith("Menetapkan, dengan persetujuan Atasan PPID, Daftar") for text in found)
    assert found.count("SELAKU PEJABAT PENGELOLA INFORMASI DAN DOKUMENTASI,") == 5, "head, foot and three annexes"


def test_the_period_of_updating_is_quoted_from_the_law():
    assert any("dimutakhirkan paling singkat 6 (enam) bulan sekali" in text for text in word.text_of(paper()))


def test_memperhatikan_is_numbered_and_labelled_without_an_sop_too():
    found = word.text_of(paper(sop=""))
    assert found[found.index("Memperhatikan") + 2 :][:2] == [
        "1.",
        "Berita Acara Rapat Penetapan Daftar Informasi Publik Nomor 101/BA/2026 tanggal 7 September 2026;",
    ]
    assert not any("Standar Operasional Prosedur" in text for text in found)
    assert word.text_of(paper()).count("Memperhatikan") == 1


def test_the_legal_basis_is_numbered_in_its_order():
    found = word.text_of(paper())
    start = found.index("Mengingat")
    assert found[start : start + 8] == ["Mengingat", ":", "1.", LAW[0], "", "", "2.", LAW[1].rstrip(".") + ";"]


def test_a_mandate_and_an_acting_official_are_signed_as_such():
    acting = replace(HEAD, sebutan="Plt.", atas_nama="Bupati Tanjung Asri")
    found = word.text_of(paper(officials=(acting, SECRETARY)))
    place = found.index("a.n. BUPATI TANJUNG ASRI,")
    assert found[place + 1] == "Plt. KEPALA BADAN KEPEGAWAIAN"
    assert f"NIP {HEAD.nip}" in found[place:]


def test_a_line_for_rank_or_nip_is_left_out_where_there_is_none():
    found = word.text_of(paper(penanda_tangan=BY_PPID))
    assert "Pembina" in found
    assert not any(text.startswith("NIP") for text in found)


def test_the_annexes_are_signed_only_where_the_office_does_so():
    assert word.text_of(paper()).count("Ditetapkan di Tanjung Asri") == 4
    assert word.text_of(paper(tanda_tangan_lampiran="Tidak")).count("Ditetapkan di Tanjung Asri") == 1


def test_the_invocation_is_printed_only_where_the_office_does_so():
    line = "DENGAN RAHMAT TUHAN YANG MAHA ESA,"
    assert line in word.text_of(paper())
    assert line not in word.text_of(paper(irah_irah="Tidak"))


def test_a_draft_says_so_on_every_page_and_its_gaps_are_dots_that_shine():
    data = paper(own=Numbered(), draft=True)
    found = word.text_of(data)
    assert found.count("DRAF") == 3, "the first page, the other pages, the annexes"
    assert f"NOMOR {DOTS} TAHUN {DOTS}" in found
    assert found.count(f"pada tanggal {DOTS}") == 4
    runs = [run for p in opened(data).paragraphs for run in p.runs if run.text == DOTS]
    assert runs
    assert all(run.font.highlight_color is not None for run in runs)


def test_a_final_paper_has_no_draft_and_no_gap():
    found = word.text_of(paper())
    assert not any("DRAF" in text or DOTS in text for text in found)
    assert "NOMOR 12 TAHUN 2026" in found
    assert found.count("pada tanggal 14 September 2026") == 4


def test_frozen_content_without_number_is_neither_draft_nor_coloured():
    data = paper(own=Numbered())
    assert "DRAF" not in word.text_of(data)
    assert b"w:highlight" not in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")


def test_the_same_facts_give_the_same_bytes():
    assert paper(entries=register(berkala=5)) == paper(entries=register(berkala=5))


def test_the_code_of_the_content_stands_at_the_foot():
    code = register().kode_naskah
    assert any(code in text for text in word.text_of(paper()) if text.startswith("Kode naskah"))


def test_no_name_of_an_editor_travels_in_the_properties():
    properties = opened(paper()).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")


def test_the_document_is_in_indonesian():
    styles = zipfile.ZipFile(io.BytesIO(paper())).read("word/styles.xml").decode()
    assert '<w:lang w:val="id-ID"' in styles


def test_the_signature_stays_with_the_last_two_rows_of_an_annex():
    table = annex_tables(paper(entries=register(berkala=4)))[0]
    kept = [row._tr.find(f".//{qn('w:keepNext')}") is not None for row in table.rows]
    assert kept == [False, False, False, True, True]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_comes_out_as_typed(typed):
    data = paper(entries=register(berkala=2, ringkasan=typed))
    assert annex_tables(data)[0].rows[1].cells[1].text == typed
    assert word.lost(data, [typed]) == []


def test_a_token_of_electronic_signing_stays_in_one_run():
    data = paper(own=Numbered("${nomor_naskah}", date(2026, 9, 14)))
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    assert xml.count(b"NOMOR ${nomor_naskah}</w:t>") == 1


@pytest.mark.parametrize("typed", ["a\x00b", "a\x0bb", "a\ud800b", "a\x1fb", "a￾b"])
def test_characters_that_no_document_can_hold_are_left_out_and_nothing_else(typed, tmp_path):
    assert filled(tmp_path, "[{{ x }}]", x=typed) == ["[ab]"]


def test_text_is_not_lost_through_a_filter_of_the_template(tmp_path):
    assert filled(tmp_path, "{{ x|upper }}", x="a & {b} <c>") == ["A & {B} <C>"]


def test_a_text_that_a_template_drops_is_found_missing(tmp_path):
    data = word.render(template(tmp_path, "{{ x }}"), {"x": "ada"}, paper="A4")
    assert word.lost(data, ["ada", "hilang"]) == ["hilang"]


def test_an_unknown_placeholder_is_named(tmp_path):
    with pytest.raises(DipxlError) as stopped:
        filled(tmp_path, "{{ nomer }} {% if false %}{{ tangal }}{% endif %}", nomor="1")
    assert stopped.value.code == "templat-isian-asing"
    assert "contoh.docx" in str(stopped.value)
    assert "{{ nomer }}, {{ tangal }}" in str(stopped.value)


def test_an_unknown_part_of_a_placeholder_is_named(tmp_path):
    with pytest.raises(DipxlError, match="namaa") as stopped:
        filled(tmp_path, "{{ pejabat.namaa }}", pejabat={"nama": "Siti"})
    assert stopped.value.code == "templat-isian-asing"


def test_a_mistyped_tag_stops_with_the_words_around_it(tmp_path):
    with pytest.raises(DipxlError, match="Menimbang") as stopped:
        filled(tmp_path, "Menimbang {% if nomor %} tanpa akhir", nomor="1")
    assert stopped.value.code == "templat-salah-tulis"


def test_a_mistake_in_a_header_is_found_too(tmp_path):
    path = template(tmp_path, "isi")
    document = docx.Document(path)
    document.sections[0].header.paragraphs[0].text = "{{ nomer }}"
    document.save(path)
    with pytest.raises(DipxlError, match="nomer"):
        word.render(path, {"nomor": "1"}, paper="A4")


@pytest.mark.parametrize(
    "text", ["{{ x.__class__ }}", "{{ x.append(1) }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ 1 / 0 }}"]
)
def test_a_template_that_tries_more_than_printing_is_stopped(text, tmp_path):
    with pytest.raises(DipxlError) as stopped:
        filled(tmp_path, text, x=["a"])
    assert stopped.value.code in {"templat-gagal", "templat-isian-asing"}


def test_a_file_that_is_no_word_document_is_refused(tmp_path):
    path = tmp_path / "contoh.docx"
    path.write_bytes(b"bukan dokumen")
    for content in (b"bukan dokumen", b""):
        path.write_bytes(content)
        with pytest.raises(DipxlError, match=r"contoh\.docx") as stopped:
            word.render(path, {}, paper="A4")
        assert stopped.value.code == "templat-tidak-terbaca"


def test_an_unknown_paper_is_refused(tmp_path):
    with pytest.raises(DipxlError) as stopped:
        word.render(template(tmp_path, "isi"), {}, paper="Letter")
    assert stopped.value.code == "kertas-tidak-dikenal"


def test_the_approval_states_counts_code_and_who_approves():
    found = word.text_of(paper("lembar-persetujuan", penanda_tangan=BY_PPID))
    whole = " ".join(found)
    assert "LEMBAR PERSETUJUAN ATASAN PPID NOMOR 7/LP/2026" in whole
    assert "Pada hari ini Kamis tanggal sepuluh bulan September tahun dua ribu dua puluh enam" in whole
    assert "2 (dua) informasi berkala, 0 (nol) informasi serta merta, dan 1 (satu) informasi setiap saat" in whole
    assert f"(kode naskah {register().kode_naskah})" in whole
    assert f"{HEAD.nama} / {HEAD.nip}" in found
    assert "SELAKU ATASAN PPID," in found


def test_the_record_of_the_review_is_signed_by_the_ppid():
    found = word.text_of(paper("catatan-telaah"))
    assert "SELAKU PPID," in found
    assert SECRETARY.nama in found
    assert any("undang-undang, kepatutan, dan kepentingan umum" in text for text in found)


def test_the_letter_of_proposal_says_who_answered_and_has_a_receipt():
    facts = proposal_facts(settings(), register(), TODAY, Numbered("000.8/12/2026", date(2026, 9, 2)), {"UPT": "Nihil"})
    found = word.text_of(word.render(stock("surat-pengantar.docx"), facts, paper="A4"))
    for text in ("000.8/12/2026", "Yth. PPID Kabupaten Tanjung Asri", "UPT Penilaian", "Nihil", "TANDA TERIMA"):
        assert text in found
    assert "Penyampaian Usulan Daftar Informasi Publik Semester II Tahun 2026" in found


@pytest.fixture
def printed(soffice, tmp_path):
    """Print a document and read its pages back."""

    def _printed(data):
        source = tmp_path / "naskah.docx"
        source.write_bytes(data)
        subprocess.run(
            [*soffice, "--convert-to", "pdf", "--outdir", tmp_path, source],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return pypdf.PdfReader(tmp_path / "naskah.pdf").pages

    return _printed


def sizes(pages):
    """The pages' width and height in whole millimetres."""
    return [tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:]) for page in pages]


@pytest.mark.parametrize(
    ("kertas", "narrow", "wide"),
    [
        ("F4 (210 x 330 mm)", 210, 330),
        ("F4 (215 x 330 mm)", 215, 330),
        ("F4 (216 x 330 mm)", 216, 330),
        ("A4", 210, 297),
    ],
)
def test_the_printed_decree_turns_to_landscape_for_its_three_annexes(kertas, narrow, wide, printed):
    pages = sizes(printed(paper(kertas=kertas)))
    assert set(pages[:-3]) == {(narrow, wide)}
    assert pages[-3:] == [(wide, narrow)] * 3


def test_a_long_annex_repeats_its_heading_on_every_printed_page(printed):
    entries = register(berkala=60, serta_merta=0, setiap_saat=0)
    pages = [page.extract_text() for page in printed(paper(entries=entries))]
    with_rows = [text for text in pages if re.search(r"ringkasan <\d+>", text)]
    assert len(with_rows) > 1
    assert all("Ringkasan isi informasi" in text for text in with_rows)
    found = [int(number) for text in with_rows for number in re.findall(r"ringkasan <(\d+)>", text)]
    assert found == list(range(1, 61))


@pytest.mark.parametrize(("name", "signatory"), [("lembar-persetujuan", BY_PPID), ("catatan-telaah", "")])
def test_the_sheet_beside_the_decree_is_one_page(name, signatory, printed):
    changed = {"penanda_tangan": signatory} if signatory else {}
    assert len(printed(paper(name, kertas="A4", **changed))) == 1
