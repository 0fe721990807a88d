"""Personal data is known by its kind, alone and among many texts; ordinary numbers are let pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipxl.model.personal import personal_data, with_personal_data
from dipxl.model.vocabulary import PERSONAL

PIECES = st.sampled_from(
    ["19800101", " ", "200501", "-", "1", "2001", ".", "0812", "3456", "7890", "+62 ", "rek", "rekening", "nama",
     "NIP", "nik", "\n", "é", "01.234.567.8-901.000",
     "6403010101900001", "Tahun 2025-2026", "Rekapitulasi", "teknik", "a", "Telp. "]
)  # fmt: skip
TEXT = st.one_of(st.text(st.characters(exclude_categories=()), max_size=10), st.lists(PIECES, max_size=7).map("".join))


# All numbers are made up.
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("NIK", "Pemohon 6403010101900001."),
        ("NIP", "NIP 198001012005012001"),
        ("NIP", "19800101 200501 2 001"),
        ("NPWP", "NPWP 01.234.567.8-901.000"),
        ("nomor telepon", "Hubungi 0812-3456-7890"),
        ("nomor telepon", "+62 812 3456 7890"),
        ("nomor telepon", "6281234567890"),
        ("nomor rekening", "Rek. BPD 0012345678"),
        ("nama beserta NIP atau NIK", "Daftar nama pegawai beserta NIP"),
        ("nama beserta NIP atau NIK", "NIK pemohon\ndan nama"),
    ],
)
def test_personal_data_is_recognised_by_its_kind(kind, text):
    assert personal_data(text) == kind


def test_every_kind_of_personal_data_has_an_example_here():
    mark = next(m for m in test_personal_data_is_recognised_by_its_kind.pytestmark if m.name == "parametrize")
    assert {kind for kind, _ in mark.args[1]} == {*PERSONAL}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Laporan Kinerja Tahun 2025",
        "Nomor B-000.8.3.3/9306/BKPSDM-SEK tanggal 21 Oktober 2024",
        "Pagu Rp12.500.000.000,00",
        "Telepon (0549) 21000",
        "Nama jabatan dan kelas jabatan",
        "Undang-Undang Nomor 14 Tahun 2008",
        "ISBN 978-602-8519-93-9",
        "https://drive.example/file/d/1A67No0oCpcaI9Nej98UipLWiY3Nck23d/view",
        "Rekapitulasi rekening belanja 5.1.02",
    ],
)
def test_ordinary_numbers_are_no_personal_data(text):
    assert personal_data(text) == ""


@pytest.mark.parametrize("text", ["0812 3456 7890", "0812-3456-7890", "+62-812-3456-7890", "08123456789"])
def test_a_mobile_number_is_known_however_it_is_parted(text):
    assert personal_data(f"Telp. {text}.") == "nomor telepon"


@given(st.lists(TEXT, max_size=6, unique=True))
@settings(max_examples=300)
def test_many_texts_are_judged_as_each_alone(texts):
    assert with_personal_data(texts) == [text for text in texts if personal_data(text)]
