"""A time is read as people type it: what is certain is spelt as papers do, what is not is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipxl.model.dates import long_date, month_name
from dipxl.model.readers import ASKS
from dipxl.model.time_spellings import DATE, LETTERS, MARKS, MONTH, PART, SLIP, UNTIL, YEAR
from dipxl.model.times import WIDE, read, split_time_and_place

AS_PAPERS_DO = """
2024 | Tahun 2023 | Tahun Anggaran 2025 | 2021-2026 | 2021 s.d. 2026 | 2025/2026 | TA 2024/2025 | 2020 - sekarang
sejak 2020 | akhir 2025 | Januari 2026 | Januari - Juni 2026 | Januari–Maret 2026 | Desember 2025 dan Juni 2026
1 Januari 2025 | tanggal 5 Mei 2026 | Senin, 7 September 2026 | Jum'at, 7 Agustus 2026 | 7 s.d. 9 September 2026
7-9 September 2026 | 1 Januari s.d. 30 Juni 2026 | per 30 Juni 2026 | Agustus | Triwulan II 2026 | Semester I 2026
Semester I | Semester II Tahun 2026 | setiap bulan | Setiap Tahun | setiap 6 bulan | 6 (enam) bulan sekali | bulanan
Rutin setiap bulan | setiap ada perubahan | minggu ke-2 Januari 2026 | 29 Februari 2028 | Triwulan I-IV 2024
Awal tahun | akhir bulan | Tahun berjalan | s.d. 31 Desember 2025 | TMT 1 Januari 2025 | Semester Ganjil 2025
Triwulan I (Januari-Maret) 2025 | sampai dengan 2025 | sewaktu-waktu | insidentil
"""
REPAIRED = [
    ("2O23", "2023", LETTERS),
    ("2o24", "2024", LETTERS),
    ("2O2l", "2021", LETTERS),
    ("l2 Januari 2025", "12 Januari 2025", LETTERS),
    ("3O-O6-2O25", "30 Juni 2025", LETTERS),
    ("TW I", "Triwulan I", PART),
    ("TW 2 2025", "Triwulan II 2025", PART),
    ("Tw.III", "Triwulan III", PART),
    ("TWI 2025", "Triwulan I 2025", PART),
    ("TW l 2025", "Triwulan I 2025", PART),
    ("Triwulan ke-2", "Triwulan II", PART),
    ("triwulan kedua 2025", "Triwulan II 2025", PART),
    ("Q1 2025", "Triwulan I 2025", PART),
    ("TW I s.d. IV 2024", "Triwulan I s.d. IV 2024", PART),
    ("TW 1-4 2024", "Triwulan I-IV 2024", PART),
    ("TW I/2025", "Triwulan I 2025", PART),
    ("Smt 1", "Semester I", PART),
    ("Sem. II", "Semester II", PART),
    ("Semester 1 Tahun 2026", "Semester I Tahun 2026", PART),
    ("TW IV TA 2025", "Triwulan IV Tahun Anggaran 2025", PART),
    ("TA 2024", "Tahun Anggaran 2024", YEAR),
    ("T.A 2024", "Tahun Anggaran 2024", YEAR),
    ("T.A. 2024", "Tahun Anggaran 2024", YEAR),
    ("Thn 2025", "Tahun 2025", YEAR),
    ("Th. 2025", "Tahun 2025", YEAR),
    ("Thn. Anggaran 2024", "Tahun Anggaran 2024", YEAR),
    ("2021 s.d 2026", "2021 s.d. 2026", UNTIL),
    ("2021 s/d 2026", "2021 s.d. 2026", UNTIL),
    ("2021 sd 2026", "2021 s.d. 2026", UNTIL),
    ("1 Januari s/d 30 Juni 2026", "1 Januari s.d. 30 Juni 2026", UNTIL),
    ("2026-05-22", "22 Mei 2026", DATE),
    ("2026-05-22 00:00:00", "22 Mei 2026", DATE),
    ("2026-05-22T00:00:00", "22 Mei 2026", DATE),
    ("2026/05/22", "22 Mei 2026", DATE),
    ("22/05/2026 0:00", "22 Mei 2026", DATE),
    ("22 Mei 2026 08:00 WIB", "22 Mei 2026", DATE),
    ("31Des2025", "31 Desember 2025", DATE),
    ("31/12/2025", "31 Desember 2025", DATE),
    ("12/31/2025", "31 Desember 2025", DATE),
    ("22.05.2026", "22 Mei 2026", DATE),
    ("05/05/2026", "5 Mei 2026", DATE),
    ("01 Januari 2025", "1 Januari 2025", DATE),
    ("12-Mar-2025", "12 Maret 2025", DATE),
    ("12 March 2025", "12 Maret 2025", DATE),
    ("March 12, 2025", "12 Maret 2025", DATE),
    ("12 VIII 2026", "12 Agustus 2026", DATE),
    ("January 2026", "Januari 2026", MONTH),
    ("Sept 2025", "September 2025", MONTH),
    ("Aug 2025", "Agustus 2025", MONTH),
    ("JANUARI 2026", "Januari 2026", MONTH),
    ("Pebruari 2026", "Februari 2026", MONTH),
    ("Januari, 2026", "Januari 2026", MONTH),
    ("05/2026", "Mei 2026", MONTH),
    ("2026-05", "Mei 2026", MONTH),
    ("Januarii 2026", "Januari 2026", SLIP),
    ("Agustsu 2025", "Agustus 2025", SLIP),
    ("2 Ferbuari 2025", "2 Februari 2025", SLIP),
    ("Januari 2026.", "Januari 2026", MARKS),
    ("2025.0", "2025", MARKS),
    ("(2025)", "2025", MARKS),
    ("Bln. Januari 2026", "Bulan Januari 2026", MONTH),
    ("Tahun. 2025", "Tahun 2025", YEAR),
    ("\uff12\uff10\uff12\uff15", "2025", WIDE),
]
ASKED = [
    ("03/04/2026", "tanggal-rancu", '"3 April 2026" atau "4 Maret 2026"'),
    ("03-04-2026", "tanggal-rancu", '"3 April 2026" atau "4 Maret 2026"'),
    ("01/03/2026 - 31/03/2026", "tanggal-rancu", '"1 Maret 2026" atau "3 Januari 2026"'),
    ("45292", "tanggal-angka", "1 Januari 2024"),
    ("45292.0", "tanggal-angka", "1 Januari 2024"),
    ("31 Februari 2025", "tanggal-tidak-ada", None),
    ("29 Februari 2026", "tanggal-tidak-ada", None),
    ("29-31 Februari 2026", "tanggal-tidak-ada", None),
    ("2025-13-01", "tanggal-tidak-ada", None),
    ("31/31/2025", "tanggal-tidak-ada", None),
    ("13/2025", "tanggal-tidak-ada", None),
    ("Jan-25", "waktu-diragukan", '"Januari 2025" atau "25 Januari"'),
    ("12/08/25", "waktu-diragukan", '"12 Agustus 2025" atau "8 Desember 2025"'),
    ("25/08/12", "waktu-diragukan", '"25 Agustus 2012" atau "12 Agustus 2025"'),
    ("12-Mar-25", "waktu-diragukan", '"12 Maret 2025"'),
    ("TA 24", "waktu-diragukan", '"Tahun Anggaran 2024"'),
    ("Mei '98", "waktu-diragukan", '"Mei 1998"'),
    ("2025-26", "waktu-diragukan", '"2025-2026"'),
    ("2011-12", "waktu-diragukan", '"2011-2012" atau "Desember 2011"'),
    ("2-2026", "waktu-diragukan", '"Semester II 2026" atau "Triwulan II 2026" atau "Februari 2026"'),
    ("VIII 2026", "waktu-diragukan", '"Agustus 2026"'),
    ("II/2025", "waktu-diragukan", '"Semester II 2025" atau "Triwulan II 2025" atau "Februari 2025"'),
    ("I Januari 2025", "waktu-diragukan", '"1 Januari 2025"'),
    ("Jui 2025", "waktu-diragukan", '"Juni 2025" atau "Juli 2025"'),
    ("Sptmber 2025", "waktu-diragukan", '"September 2025"'),
    ("Tanjung Asri", "tempat-di-kolom-waktu", 'Tulis waktunya di sini, dan tempatnya di kolom "Tempat Pembuatan".'),
    (
        "jakarta 2025",
        "tempat-di-kolom-waktu",
        'Maksudnya waktu "2025" dan tempat "Jakarta"? Tulis di kolomnya masing-masing.',
    ),
    ("Thaun 2025", "waktu-diragukan", '"Tahun 2025"'),
    ("Tahun Anggran 2025", "waktu-diragukan", '"Tahun Anggaran 2025"'),
    ("2025 (TW I)", "waktu-diragukan", '"2025 Triwulan I"'),
    ("secepatnya", "waktu-tidak-dikenal", None),
    ("5 tahun", "waktu-tidak-dikenal", None),
    ("Semester III 2025", "waktu-tidak-dikenal", None),
    ("15 2026", "waktu-tidak-dikenal", None),
    ("Tegal. Sesuai Tanggal MoU", "waktu-tidak-dikenal", None),
    ("Softcopy, 2025", "waktu-tidak-dikenal", None),
]
PIECES = st.sampled_from(
    ["2025", "2O25", "l2", "31", "03", "25", "/", "-", ".", ",", "s.d", "s/d", "TW", "I", "II", "VIII", "4", "ke-",
     "Smt", "Semester", "TA", "Thn", "tahun", "Januari", "Januarii", "Feb", "March", "Mei", "juni", "2026-05-22",
     "03/04/2026", "31/12/2025", "00:00:00", "45292", "setiap", "bulan", "per", "Tanjung", "Asri,", "jakarta", "Senin,",
     "minggu", "dan"]
)  # fmt: skip
TIMES = st.lists(PIECES, min_size=1, max_size=6).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda space: space.join(pieces))
)
ANY = st.one_of(st.text(st.characters(exclude_categories=()), max_size=40), TIMES)


def listed(table):
    return [entry.strip() for line in table.strip().splitlines() for entry in line.split("|")]


@pytest.mark.parametrize("typed", listed(AS_PAPERS_DO))
def test_a_time_as_papers_write_it_stays_as_it_is(typed):
    assert read(typed) == (typed, "", "", {})


@pytest.mark.parametrize(("typed", "meant", "why"), REPAIRED)
def test_a_spelling_that_is_certain_is_made_that_of_papers(typed, meant, why):
    assert read(typed) == (meant, why, "", {})


@pytest.mark.parametrize(("typed", "code", "suggestion"), ASKED)
def test_a_time_that_is_not_certain_is_asked_and_stays_as_typed(typed, code, suggestion):
    assert read(typed) == (typed, "", code, {"suggestion": suggestion} if suggestion else {})


@given(st.dates())
def test_a_day_in_words_or_in_the_order_of_iso_is_that_day(day):
    if day.year >= 1000:
        assert read(day.isoformat()).text == long_date(day)
        assert read(long_date(day)) == (long_date(day), "", "", {})


@given(st.dates())
def test_a_day_in_numbers_is_asked_just_where_it_may_be_two_days(day):
    if day.year >= 1000:
        reading = read(day.strftime("%d/%m/%Y"))
        two = day.day <= 12 and day.day != day.month
        assert reading.code == ("tanggal-rancu" if two else "")
        assert two or reading.text == long_date(day)
        assert not two or f'"{long_date(day)}"' in reading.facts["suggestion"]


@given(st.integers(1, 12), st.integers(0, 8), st.integers(1900, 2099))
def test_a_doubled_letter_in_a_month_is_repaired_or_asked_with_that_month(month, place, year):
    name = month_name(month)
    place = min(place, len(name) - 1)
    reading = read(f"{name[: place + 1]}{name[place]}{name[place + 1 :]} {year}")
    assert reading.text == f"{name} {year}" or f'"{name} {year}"' in reading.facts["suggestion"]


@given(ANY)
@settings(max_examples=400)
def test_reading_again_changes_nothing_and_any_text_is_read(typed):
    once = read(typed)
    assert once.code in {"", *ASKS["waktu"]}
    again = read(once.text)
    assert (again.text, again.why, again.code) == (once.text, "", once.code)


@given(ANY)
@settings(max_examples=400)
def test_what_is_suggested_is_certain_itself(typed):
    reading = read(typed)
    if reading.code in ("waktu-diragukan", "tanggal-rancu"):
        for meant in reading.facts["suggestion"].strip('"').split('" atau "'):
            assert read(meant) == (meant, "", "", {})


@pytest.mark.parametrize(
    ("typed", "time", "place"),
    [
        ("Tanjung Asri, Januari 2026", "Januari 2026", "Tanjung Asri"),
        ("Jakarta, 2025", "2025", "Jakarta"),
        ("JAKARTA,2O25", "2025", "JAKARTA"),
        ("Jakarta\n2025", "2025", "Jakarta"),
        ("Samarinda / TW I 2025", "Triwulan I 2025", "Samarinda"),
        ("Januari 2026, Tanjung Asri", "Januari 2026", "Tanjung Asri"),
        ("Kota Samarinda, Kalimantan Timur, 2025", "2025", "Kota Samarinda, Kalimantan Timur"),
        ("Jakarta Pusat, 7 s.d. 9 September 2026", "7 s.d. 9 September 2026", "Jakarta Pusat"),
        ("Jakarta, 03/04/2026", "03/04/2026", "Jakarta"),
        ("Jakarta-2025", "2025", "Jakarta"),
        ("Tegal. 2025", "2025", "Tegal"),
        ("Kab. Tanjung Asri - 31/12/2025", "31 Desember 2025", "Kab. Tanjung Asri"),
    ],
)
def test_place_and_time_part_where_that_is_certain(typed, time, place):
    assert split_time_and_place(typed) == (time, place)


@pytest.mark.parametrize(
    "typed",
    ["", "2025", "Tanjung Asri", "jakarta, 2025", "Jakarta 2025", "Senin, 7 September 2026", "Januari, 2026",
     "Januarii, 2026", "Revisi, 2025", "Jakarta, Bandung", "SK Bupati, 2025", "BKPSDM, 2025", "Dinas Kesehatan, 2025",
     "Semester I, 2025", "12, 2025",
     "a" * 500],
)  # fmt: skip
def test_what_is_not_certainly_place_and_time_is_not_parted(typed):
    assert split_time_and_place(typed) is None


@given(ANY)
@settings(max_examples=200)
def test_no_letter_is_lost_when_place_and_time_part(typed):
    if parted := split_time_and_place(typed):
        assert read(parted[0]).text == parted[0]
        assert parted[1] in " ".join(typed.split())
        assert split_time_and_place(parted[0]) is None
