"""Drafts are whole, safe and the same each time, and their words say what a bidang needs to know."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from email import message_from_bytes, policy
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipxl.errors import DipxlError
from dipxl.files import letters
from dipxl.files.letters import Outcome, clean_mail, decree_mail, form_mail, receipt, returned_mail
from dipxl.files.mail import draft
from dipxl.model.office import Bidang, Official, Settings
from dipxl.model.published import PublicRegister, PublicRow

OFFICE = tomllib.loads(files("dipxl.tour").joinpath("kantor.toml").read_text(encoding="utf-8"))["kantor"]
SETTINGS = Settings(OFFICE, (), (), (), {})
MUTASI = Bidang("MUT", "Bidang Mutasi dan Promosi", "Kepala Bidang Mutasi dan Promosi", "mutasi@bkpsdm.example")
HEAD = Official("Atasan PPID", "Kepala Badan", "Drs. Surya Teladan, M.Si.", date(2024, 3, 1), sebutan="Plt.")
FOUND = Outcome(accepted=14, sha256="ab12" * 16, to_repair=2, cells=("C9", "F12"))
IN_TIME, TOO_LATE = date(2026, 8, 19), date(2026, 8, 22)
BOOK = ("kembali-mutasi.xlsx", bytes(range(256)))
ROWS = tuple(PublicRow(n, f"MUT-000{n}", MUTASI.nama, k, {}) for n, k in enumerate(["Berkala", "Setiap saat"], 1))


def _opened(raw):
    return message_from_bytes(raw, policy=policy.default)


def test_a_draft_opens_as_an_unsent_message_without_sender_or_date():
    message = _opened(draft(MUTASI.surel, "Formulir DIP", "Yth. Bapak/Ibu", [BOOK]))
    assert message["X-Unsent"] == "1"
    assert message["To"] == "mutasi@bkpsdm.example"
    assert [name for name in ("From", "Date", "Message-ID", "Bcc", "Cc") if name in message] == []


def test_subject_body_and_attachments_come_back_whole():
    body = "Yth. Bapak/Ibu\n\nJumat – 21 Agustus 2026. " + "panjang " * 40 + "\n.\nFrom sini\n"
    message = _opened(draft("", "Formulir DIP – Bidang Évaluasi " * 5, body, [BOOK, ("surat.docx", b"")]))
    assert message["Subject"] == ("Formulir DIP – Bidang Évaluasi " * 5).strip()
    assert message.get_body().get_content().replace("\r\n", "\n") == body
    assert [(p.get_filename(), p.get_content()) for p in message.iter_attachments()] == [BOOK, ("surat.docx", b"")]


def test_every_line_of_a_draft_ends_in_crlf_and_is_ascii():
    raw = draft(MUTASI.surel, "Daftar – Informasi", "satu\ndua\rtiga\u2028empat", [BOOK])
    assert not re.search(rb"[^\r]\n|\r[^\n]", raw)
    assert raw.isascii()


def test_the_same_draft_has_the_same_bytes_and_another_has_another_boundary():
    one, same, other = (draft("", "DIP", "isi", [("a.xlsx", content)]) for content in (b"1", b"1", b"2"))
    assert one == same
    assert _opened(one).get_boundary() != _opened(other).get_boundary()


@pytest.mark.parametrize("to", ["", "  ", "bukan surel", "a@b", "a@b.id\r\nBcc: x@y.id", "a@b.id, salah", "a@-b.id"])
def test_a_missing_or_wrong_recipient_leaves_the_line_open(to):
    message = _opened(draft(to, "DIP", "isi"))
    assert "To" not in message
    assert "Bcc" not in message


def test_several_recipients_stand_in_one_line():
    assert _opened(draft("a@b.example; c@d.example", "DIP", "isi"))["To"] == "a@b.example, c@d.example"


@pytest.mark.parametrize("sign", ["\r", "\n", "\r\nBcc: x@y.id", "\0", "\x85", "\u2028", "\u2029", "=?utf-8?q?x?="])
def test_a_subject_that_could_become_a_header_is_refused(sign):
    with pytest.raises(DipxlError) as caught:
        draft("", f"DIP{sign}", "isi")
    assert caught.value.code == "surel-judul"


@pytest.mark.parametrize("name", ["", "a\n.xlsx", "a\u2028.xlsx", "=?x.xlsx", '"a".xlsx', "../a.xlsx", "é.xlsx", "a;b"])
def test_an_attachment_name_that_is_not_plain_is_refused(name):
    with pytest.raises(DipxlError) as caught:
        draft("", "DIP", "isi", [(name, b"")])
    assert caught.value.code == "surel-lampiran"


@given(st.text(max_size=80), st.text(max_size=200))
def test_whatever_is_written_a_draft_has_no_header_of_its_own(subject, body):
    try:
        message = _opened(draft("a@b.example", subject, body))
    except DipxlError:
        return
    assert set(message) <= {"X-Unsent", "To", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}


def test_the_form_goes_out_with_its_deadline_and_file():
    letter = form_mail(SETTINGS, MUTASI, "formulir-mutasi.xlsx", IN_TIME)
    assert letter.subject == "Formulir Daftar Informasi Publik Semester II Tahun 2026 - Bidang Mutasi dan Promosi"
    for text in (letter.body, letter.chat):
        assert "Jumat, 21 Agustus 2026" in text
        assert "formulir-mutasi.xlsx" in text


def test_the_chat_of_a_returned_form_says_all_in_one_paragraph():
    assert returned_mail(SETTINGS, MUTASI, FOUND, "kembali-mutasi.xlsx", IN_TIME).chat == (
        "Yth. Bapak/Ibu *Bidang Mutasi dan Promosi*. Formulir DIP Semester II Tahun 2026 sudah kami periksa: "
        "*14 baris diterima, 2 baris perlu diperbaiki* (sel C9 dan F12, sudah kami tandai). Mohon diperbaiki pada "
        "berkas terlampir _kembali-mutasi.xlsx_ dan dikirim kembali paling lambat *Jumat, 21 Agustus 2026*. "
        f'Lembar "Perbaikan" menjelaskan caranya. Terima kasih. — PPID Pelaksana BKPSDM '
        f"(tanda terima: {receipt(FOUND.sha256)})"
    )


@pytest.mark.parametrize("office", [OFFICE | {"batas_kirim": ""}, OFFICE | {"batas_kirim": "secepatnya"}, OFFICE])
def test_an_open_or_past_deadline_is_not_named(office):
    letter = returned_mail(Settings(office, (), (), (), {}), MUTASI, FOUND, "kembali-mutasi.xlsx", TOO_LATE)
    for text in (letter.body, letter.chat):
        assert "paling lambat" not in text
        assert "sesegera mungkin" in text


def test_faults_outside_the_rows_are_not_counted_as_rows():
    letter = returned_mail(SETTINGS, MUTASI, Outcome(14, "ab" * 32, 0, ("C4",)), "kembali-mutasi.xlsx", IN_TIME)
    assert "0 baris" not in letter.chat
    assert "C4" in letter.chat


def test_many_cells_are_cut_to_the_first_few():
    cells = tuple(f"F{row}" for row in range(8, 22))
    letter = returned_mail(SETTINGS, MUTASI, Outcome(1, "ab" * 32, 14, cells), "kembali-mutasi.xlsx", IN_TIME)
    assert "(sel F8, F9, F10, F11, F12, dan 9 sel lain, sudah kami tandai)" in letter.chat


def test_a_clean_form_is_thanked_for_and_a_nihil_noted():
    assert "*14 baris diterima*" in clean_mail(SETTINGS, MUTASI, Outcome(14, "ab" * 32), IN_TIME).chat
    assert "nihil sudah kami catat" in clean_mail(SETTINGS, MUTASI, Outcome(0, "ab" * 32), IN_TIME).chat


def test_the_decree_goes_to_its_signatory_with_the_numbers_of_the_register():
    register = PublicRegister("2026-2", ROWS)
    letter = decree_mail(SETTINGS, HEAD, register, "keputusan.docx", IN_TIME)
    assert "Plt. Kepala Badan" in letter.body
    assert "2 (1 berkala, nihil serta merta, dan 1 setiap saat)" in letter.body
    assert register.kode_naskah in letter.chat


def test_no_letter_has_holes_or_a_line_end_in_its_subject_and_chat():
    found = [
        form_mail(SETTINGS, MUTASI, "a.xlsx", IN_TIME),
        returned_mail(SETTINGS, MUTASI, FOUND, "a.xlsx", IN_TIME),
        clean_mail(SETTINGS, MUTASI, FOUND, IN_TIME),
        decree_mail(SETTINGS, HEAD, PublicRegister("2026-2", ROWS), "a.docx", IN_TIME),
    ]
    for letter in found:
        assert "\n" not in letter.subject + letter.chat
        assert not re.search(r"  \w|\(\)|None|\{\{|\n\n\n| [.,]", letter.subject + letter.chat + letter.body)


def test_a_name_with_signs_of_its_own_stays_bold():
    starred = Bidang("MUT", " Bidang *Mutasi* ", "Kepala")
    assert "*Bidang Mutasi*." in clean_mail(SETTINGS, starred, FOUND, IN_TIME).chat


def test_words_that_ask_for_an_unknown_name_stop_with_a_sentence():
    with pytest.raises(DipxlError, match=r"letters\.toml"):
        letters._render("kembali", "surel", "Yth. {{ kepada }}", {})


@given(st.binary(min_size=32, max_size=32))
def test_a_receipt_has_four_signs_that_nobody_confuses(digest):
    assert re.fullmatch(r"[34679ACDEFGHJKMNPQRTWXY]{4}", receipt(digest.hex()))
