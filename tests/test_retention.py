"""A period of keeping is read as people type it: what is certain is spelt alike, what is not is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipxl.model.dates import words
from dipxl.model.readers import ASKS
from dipxl.model.retention import PERIOD, SAMPLES, read

SAME = """
5 tahun | 1 tahun | 18 bulan | 30 hari | Permanen | Selama berlaku | Sesuai JRA | Belum tahu | 200 tahun
Selama berlaku ditambah 5 tahun | Selama masih digunakan | 1 (satu) tahun berjalan | 2 tahun aktif, 3 tahun inaktif
30 tahun / selama jangka waktu yang ditetapkan | Sampai 31 Desember 2030 | 5 tahun setelah audit | 2 s.d. 5 tahun
Sampai dengan terbitnya SK | Tidak terbatas, kecuali dengan izin Bupati | 5 (lima) tahun setelah pensiun
"""
REPAIRED = [
    ("3 thn", "3 tahun"), ("3 (tiga) tahun", "3 tahun"), ("tiga tahun", "3 tahun"), ("3th", "3 tahun"),
    ("3 Tahun.", "3 tahun"), ("18 Bln", "18 bulan"), ("5(lima)tahun", "5 tahun"), ("5 (lima tahun)", "5 tahun"),
    ("lima (5) tahun", "5 tahun"), ("5 tahun (lima)", "5 tahun"), ("25 (dua puluh lima) tahun", "25 tahun"),
    ("setahun", "1 tahun"), ("enam bulan", "6 bulan"), ("1O tahun", "10 tahun"), ("5 TAHUN", "5 tahun"),
]  # fmt: skip
ASKED = [
    ("5 (enam) tahun", "retensi-bertentangan", '"5 tahun" atau "6 tahun"'),
    ("6 (lima) bulan", "retensi-bertentangan", '"6 bulan" atau "5 bulan"'),
    ("5 (enam) tahun setelah audit", "retensi-bertentangan", '"5 tahun" atau "6 tahun"'),
    ("5", "retensi-tanpa-satuan", "5 tahun"),
    ("5.0", "retensi-tanpa-satuan", "5 tahun"),
    ("lima", "retensi-tanpa-satuan", "5 tahun"),
    ("5 (lima)", "retensi-tanpa-satuan", "5 tahun"),
    ("2025", "tahun-sebagai-retensi", None),
    ("Tahun 2025", "tahun-sebagai-retensi", None),
    ("TA 2024", "tahun-sebagai-retensi", None),
    ("2O23", "tahun-sebagai-retensi", None),
    ("2023-2024", "tahun-sebagai-retensi", None),
    ("2025 tahun", "tahun-sebagai-retensi", None),
    ("31 Desember 2030", "tahun-sebagai-retensi", None),
    ("2026-05-22", "tahun-sebagai-retensi", None),
    ("03/04/2026", "tahun-sebagai-retensi", None),
    ("45292", "tahun-sebagai-retensi", None),
    ("Permanem", "retensi-tidak-dikenal", 'Maksudnya "Permanen"?'),
    ("Selama berlku", "retensi-tidak-dikenal", 'Maksudnya "Selama berlaku"?'),
    ("5 thun", "retensi-tidak-dikenal", 'Maksudnya "5 tahun"?'),
    ("6 bulann", "retensi-tidak-dikenal", 'Maksudnya "6 bulan"?'),
    ("5 (lma) tahun", "retensi-tidak-dikenal", 'Maksudnya "5 tahun"?'),
    ("sepulh tahun", "retensi-tidak-dikenal", 'Maksudnya "10 tahun"?'),
    ("tahun 5", "retensi-tidak-dikenal", 'Maksudnya "5 tahun"?'),
    ("l tahun", "retensi-tidak-dikenal", 'Maksudnya "1 tahun"?'),
    ("0 tahun", "retensi-tidak-dikenal", SAMPLES),
    ("500 tahun", "retensi-tidak-dikenal", SAMPLES),
    ("setiap tahun", "retensi-tidak-dikenal", SAMPLES),
    ("Aktif", "retensi-tidak-dikenal", SAMPLES),
    ("pdf", "retensi-tidak-dikenal", SAMPLES),
]
PIECES = st.sampled_from(
    ["5", "lima", "(enam)", "(lima)", "1O", "2025", "tahun", "thn", "bulan", ".", "Permanen", "aktif"]
)
ANY = st.one_of(st.text(st.characters(exclude_categories=()), max_size=40), st.lists(PIECES, max_size=5).map(" ".join))


@pytest.mark.parametrize("typed", [entry.strip() for line in SAME.strip().splitlines() for entry in line.split("|")])
def test_a_period_as_it_should_be_and_an_event_stay_as_they_are(typed):
    assert read(typed) == (typed, "", "", {})


@pytest.mark.parametrize(("typed", "meant"), REPAIRED)
def test_a_period_that_is_certain_is_spelt_alike(typed, meant):
    assert read(typed) == (meant, PERIOD, "", {})


@pytest.mark.parametrize(("typed", "code", "suggestion"), ASKED)
def test_a_period_that_is_not_certain_is_asked_and_stays_as_typed(typed, code, suggestion):
    assert read(typed) == (typed, "", code, {"suggestion": suggestion} if suggestion else {})


@given(st.integers(1, 200), st.sampled_from(["tahun", "bulan"]))
def test_a_number_in_words_is_the_number(number, unit):
    for typed in (f"{number} {unit}", f"{words(number)} {unit}", f"{number} ({words(number)}) {unit}"):
        assert read(typed).text == f"{number} {unit}"


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_number_and_other_words_contradict_each_other(number, other):
    if number != other:
        reading = read(f"{number} ({words(other)}) tahun")
        assert (reading.code, reading.facts["suggestion"]) == (
            "retensi-bertentangan",
            f'"{number} tahun" atau "{other} tahun"',
        )


@given(ANY)
@settings(max_examples=300)
def test_reading_again_changes_nothing_and_any_text_is_read(typed):
    once = read(typed)
    assert once.code in {"", *ASKS["retensi"]}
    again = read(once.text)
    assert (again.text, again.why, again.code) == (once.text, "", once.code)
