"""A place is told from the other words that stand in the same cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipxl.model.places import is_place


@pytest.mark.parametrize(
    "text",
    ["Tanjung Asri", "Samarinda", "JAKARTA", "Kota Samarinda", "Kab. Tanjung Asri", "Jakarta Pusat", "Maros",
     "Pekalongan", "Kecamatan Sungai Pinang, Kota Samarinda", "Ba'a", "Bekasi",
     "Kabupaten Tanjung Asri (Kalimantan Timur)"],
)  # fmt: skip
def test_a_name_with_capitals_is_a_place(text):
    assert is_place(text)


@pytest.mark.parametrize(
    "text",
    ["", "samarinda", "2025", "TW", "Januari", "Januarii", "Desemberr", "Senin", "Setiap Bulan", "SK Bupati",
     "Draf Final", "Tahun Anggaran", "Jakarta 2025", "Sesuai Kebutuhan", "Samarinda;", "Jalan Melati No. 1",
     "Rapat Kerja", "Satu Dua Tiga Empat Lima Enam Tujuh Delapan", "#REF!"],
)  # fmt: skip
def test_other_words_are_no_place(text):
    assert not is_place(text)


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_judged(text):
    assert is_place(text) in (True, False)
