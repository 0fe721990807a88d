import io
import os
import shutil
import struct
import subprocess
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipxl.files.containers import LOCKED_ZIP, NOTHING_INSIDE, TOO_DEEP, WINMAIL, is_container, unpack
from dipxl.files.guards import BROKEN, EMPTY, HOSTILE, NOT_A_FILE, UNREACHABLE


def _zip(members, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def _mail(*attachments, subject="Formulir DIP"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@contoh.go.id", "b@contoh.go.id", subject
    message.set_content("Terlampir.")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def _unpacked(tmp_path, data, name="kiriman.zip"):
    path = tmp_path / name
    path.write_bytes(data)
    return unpack(path)


def _names(members):
    return [(member.name, member.refusal) for member in members]


def test_a_zip_gives_its_files_and_leaves_out_what_nobody_sent(tmp_path):
    sent = [("Dinas A/a.xlsx", b"A"), ("~$a.xlsx", b"x"), (".DS_Store", b"x"), ("__MACOSX/._a.xlsx", b"x"), ("b", b"B")]
    found = _unpacked(tmp_path, _zip([*sent, ("Dinas A/.~lock.a.xlsx#", b"x"), ("Thumbs.db", b"x"), ("kosong/", b"")]))
    assert [(member.name, member.data) for member in found] == [("Dinas A/a.xlsx", b"A"), ("b", b"B")]


def test_an_office_file_is_no_container(repo_root):
    form = repo_root / "workbook_templates" / "formulir-bidang.xlsx"
    assert not is_container(form)
    assert [member.data for member in unpack(form)] == [form.read_bytes()]


def test_what_is_a_container_is_told_by_content(tmp_path):
    for name, data, meant in [
        ("tanpa-akhiran", _zip([("a", b"a")]), True),
        ("surat.txt", _mail(("a.xlsx", b"a")).as_bytes(), True),
        ("catatan.eml", b"Perhatian: isi ini bukan surat\n", False),
        ("data.csv", b"Nomor;Ringkasan\n1;Laporan\n", False),
        ("kosong.zip", b"", False),
    ]:
        (tmp_path / name).write_bytes(data)
        assert is_container(tmp_path / name) is meant, name


def test_a_pipe_is_not_opened(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipa hanya ada di POSIX")
    os.mkfifo(tmp_path / "pipa.zip")
    assert not is_container(tmp_path / "pipa.zip")
    assert unpack(tmp_path / "pipa.zip") == NOT_A_FILE


def test_a_missing_or_empty_file_is_said_to_be_so(tmp_path):
    assert unpack(tmp_path / "tidak-ada.zip") == UNREACHABLE
    assert _unpacked(tmp_path, b"") == EMPTY
    assert _unpacked(tmp_path, _zip([])) == NOTHING_INSIDE


def test_a_zip_in_a_zip_is_opened_and_one_more_is_not(tmp_path):
    deep = _zip([("c.zip", _zip([("d.xlsx", b"D")]))])
    found = _unpacked(tmp_path, _zip([("b.zip", deep), ("a.zip", _zip([("a.xlsx", b"A")])), ("e.xlsx", b"E")]))
    assert _names(found) == [("b.zip/c.zip", TOO_DEEP), ("a.zip/a.xlsx", None), ("e.xlsx", None)]


@pytest.mark.parametrize(
    "names",
    [
        ["../a.xlsx"],
        ["/a.xlsx"],
        ["C:\\a.xlsx"],
        ["a/../../b"],
        ["..\\a.xlsx"],
        ["a.xlsx", "A.XLSX"],
        [f"{n}" for n in range(2001)],
    ],
)
def test_a_zip_that_reaches_outside_or_holds_too_much_is_refused(tmp_path, names):
    assert _unpacked(tmp_path, _zip([(name, b"x") for name in names])) == HOSTILE


def test_a_bomb_is_not_unpacked(tmp_path):
    assert _unpacked(tmp_path, _zip([("a.xlsx", bytes(50 * 1024 * 1024))])) == HOSTILE


def test_a_bomb_within_is_not_unpacked_either(tmp_path):
    bomb = _zip([("a.xlsx", bytes(50 * 1024 * 1024))])
    assert _unpacked(tmp_path, _zip([("b.zip", bomb)])) == HOSTILE


def test_many_inner_zips_share_one_limit(tmp_path):
    part = _zip([("a.xlsx", os.urandom(1024) * 40_000)], zipfile.ZIP_STORED)
    assert _unpacked(tmp_path, _zip([(f"{n}.zip", part) for n in range(4)], zipfile.ZIP_STORED)) == HOSTILE


def test_a_size_that_lies_gives_no_more_bytes_than_it_says(tmp_path):
    data = bytearray(_zip([("a.xlsx", bytes(20 * 1024 * 1024))]))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert _unpacked(tmp_path, bytes(data)) == BROKEN


def test_a_locked_zip_is_named_as_such(tmp_path):
    data = bytearray(_zip([("a.xlsx", b"A")]))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + place] |= 1
    assert _unpacked(tmp_path, bytes(data)) == LOCKED_ZIP


@pytest.mark.parametrize("kept", [10, 60, -5])
def test_a_cut_zip_is_broken(tmp_path, kept):
    assert _unpacked(tmp_path, _zip([("a.xlsx", b"A" * 100)])[:kept]) == BROKEN


def test_a_flipped_bit_is_noticed(tmp_path):
    data = bytearray(_zip([("a.xlsx", b"isi" * 50)], zipfile.ZIP_STORED))
    data[data.index(b"isi") + 20] ^= 4
    assert _unpacked(tmp_path, bytes(data)) == BROKEN


def test_an_email_gives_its_attachments_under_their_names(tmp_path):
    mail = _mail(("Formulir Dinas Pendidikan é.xlsx", b"A"), ("b.zip", _zip([("c.xlsx", b"C")])))
    found = _unpacked(tmp_path, mail.as_bytes(), "surat.eml")
    assert [(member.name, member.data) for member in found] == [
        ("Formulir Dinas Pendidikan é.xlsx", b"A"),
        ("b.zip/c.xlsx", b"C"),
    ]


def test_a_forwarded_email_gives_what_it_carries(tmp_path):
    outer = _mail()
    outer.add_attachment(_mail(("a.xlsx", b"A")))
    assert _names(_unpacked(tmp_path, outer.as_bytes(), "terusan.eml")) == [("a.xlsx", None)]


def test_an_encoded_name_is_read_as_people_see_it(tmp_path):
    raw = (
        b"Subject: a\r\nMIME-Version: 1.0\r\nContent-Type: application/vnd.ms-excel\r\n"
        b'Content-Disposition: attachment; filename="=?utf-8?B?Rm9ybXVsaXIgw6kueGxzeA==?="\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\nYWJj\r\n"
    )
    (member,) = _unpacked(tmp_path, raw, "a.eml")
    assert (member.name, member.data) == ("Formulir é.xlsx", b"abc")


def test_winmail_dat_is_refused_and_the_rest_comes_through(tmp_path):
    found = _unpacked(tmp_path, _mail(("winmail.dat", b"x"), ("a.xlsx", b"A")).as_bytes(), "a.eml")
    assert _names(found) == [("winmail.dat", WINMAIL), ("a.xlsx", None)]


def test_the_picture_of_a_signature_is_no_attachment(tmp_path):
    mail = _mail(("a.xlsx", b"A"))
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", disposition="inline", filename="image001.png")
    assert _names(_unpacked(tmp_path, mail.as_bytes(), "a.eml")) == [("a.xlsx", None)]


def test_an_email_without_attachment_says_so(tmp_path):
    assert _unpacked(tmp_path, _mail().as_bytes(), "a.eml") == NOTHING_INSIDE


def test_a_name_cannot_steer_a_path(tmp_path):
    (member,) = _unpacked(tmp_path, _mail(("../../etc/pass\x1b[2Jwd", b"A")).as_bytes(), "a.eml")
    assert ".." not in member.name.split("/")
    assert "\x1b" not in member.name


def test_emails_nested_without_end_are_refused(tmp_path):
    text = b"Subject: a\nMIME-Version: 1.0\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(1500)
    )
    assert _unpacked(tmp_path, text, "a.eml") in (HOSTILE, NOTHING_INSIDE, BROKEN)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_stumble(tmp_path_factory, data):
    for start in (b"", b"PK\x03\x04", b"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"):
        path = tmp_path_factory.getbasetemp() / "sembarang"
        path.write_bytes(start + data)
        unpack(path)


def test_a_zip_of_an_ordinary_program_opens(tmp_path):
    program = shutil.which("zip")
    if not program:
        pytest.skip("program zip tidak ada")
    (tmp_path / "a.xlsx").write_bytes(b"A")
    subprocess.run([program, "-q", "-P", "rahasia", "kunci.zip", "a.xlsx"], cwd=tmp_path, check=True)
    assert unpack(tmp_path / "kunci.zip") == LOCKED_ZIP
