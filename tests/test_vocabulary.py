"""How people write times, periods, links, personal data and choices."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipxl.model import choices
from dipxl.model.columns import sheet, sheets
from dipxl.model.dates import long_date
from dipxl.model.personal import personal_data
from dipxl.model.text import fold
from dipxl.model.vocabulary import PERSONAL, TIME, TIME_IN_WORDS, WEB_ADDRESS, YEAR_AS_PERIOD

TIMES = """
2024 | Tahun 2023 | TA 2024 | T.A. 2024 | TA. 2024 | Thn 2024 | Tahun Anggaran 2025 | 2021-2026 | 2021 s.d. 2026
2025/2026 | 2020 - sekarang | sejak 2020 | akhir 2025 | 2026-05-22 | 22/05/2026 | 22-05-2026 | 05/2026
Januari 2026 | Jan 2026 | Jan. 2026 | Agust 2025 | Bulan Januari 2026 | Januari - Juni 2026 | Januari–Maret 2026
01 Januari 2025 | tanggal 5 Mei 2026 | Senin, 7 September 2026 | Jum'at, 7 Agustus 2026 | Jumat 7 Agustus 2026
7 s.d. 9 September 2026 | 7-9 September 2026 | 1 Januari s/d 30 Juni 2026 | Desember 2025 dan Juni 2026
per 30 Juni 2026 | Agustus | TW I 2026 | TW. II Tahun 2026 | Triwulan IV TA 2025 | Triwulan ke-2 2026
Semester I | Semester I 2026 | Semester 1 Tahun 2026 | setiap bulan | Setiap tahun | setiap akhir bulan
setiap 6 bulan | 6 (enam) bulan sekali | 1 tahun sekali | sekali setahun | per bulan | bulanan | Rutin setiap bulan
setiap hari kerja | setiap ada perubahan | JANUARI 2026
"""
NO_TIMES = """
Jakarta, 2025 | Tegal. Sesuai Tanggal MoU | Samarinda | 2O23 | secepatnya | 5 tahun | 6 bulan | 99 | 2026a
15 2026 | belum ada | Kabupaten Tanjung Asri | 1899 | setiap | dan | 2026 dan
"""
YEARS = """
2023 | Tahun 2025 | tahun 2025 | TA 2024 | T.A. 2024 | Thn. 2023 | Tahun Anggaran 2023 | 2023-2024 | 2023 s.d. 2024
"""
PERIODS = """
5 tahun | 10 Tahun | Permanen | 12 bulan | 30 tahun / selama jangka waktu yang ditetapkan | Sesuai JRA
Selama berlaku ditambah 5 tahun | Sampai 31 Desember 2030 | 2030 tahun | 1 (satu) tahun berjalan
"""


def listed(table):
    return [entry.strip() for line in table.strip().splitlines() for entry in line.split("|")]


@pytest.mark.parametrize("typed", listed(TIMES))
def test_a_usual_time_is_known(typed):
    assert re.fullmatch(TIME, typed)


@pytest.mark.parametrize("typed", listed(NO_TIMES))
def test_what_names_no_time_is_asked_about(typed):
    assert not re.fullmatch(TIME, typed)


@given(st.dates())
def test_every_date_that_dipxl_writes_is_a_time(day):
    if 1900 <= day.year <= 2099:
        assert re.fullmatch(TIME, long_date(day))


@pytest.mark.parametrize("typed", listed(YEARS))
def test_a_year_is_no_period(typed):
    assert re.fullmatch(YEAR_AS_PERIOD, typed)


@pytest.mark.parametrize("typed", listed(PERIODS))
def test_a_period_is_not_taken_for_a_year(typed):
    assert not re.fullmatch(YEAR_AS_PERIOD, typed)


@pytest.mark.parametrize(
    "typed",
    ["https://bkpsdm.example/a.pdf", "http://bkpsdm.example", "HTTPS://drive.example/file/d/1A67No0/view?usp=s"],
)
def test_a_whole_address_is_a_link(typed):
    assert re.fullmatch(WEB_ADDRESS, typed)


@pytest.mark.parametrize(
    "typed",
    ["www.bkpsdm.example", "bkpsdm.example/a.pdf", "https://", "https://bkpsdm", "ftp://a.example/b", "https://a.b c"],
)
def test_part_of_an_address_is_no_link(typed):
    assert not re.fullmatch(WEB_ADDRESS, typed)


@pytest.mark.parametrize(
    "part", ["2026, ", "setiap ", "1 ", "januari ", "s.d.", "nama nip ", "rek 1 ", "08 1-", "(1) ", "https://a."]
)
def test_a_cell_as_long_as_excel_allows_is_judged_at_once(part):
    text = (part * 32_767)[:32_766] + "!"
    begun = time.perf_counter()
    assert personal_data(text) in {"", *PERSONAL}
    for pattern in (TIME, TIME_IN_WORDS, YEAR_AS_PERIOD, WEB_ADDRESS):
        re.fullmatch(pattern, text)
    assert time.perf_counter() - begun < 5  # patterns that go back and forth would need minutes


CLOSED = [column for spec in sheets().values() for column in spec if column.choices and not column.several]


@given(st.sampled_from(CLOSED), st.text())
def test_a_certain_choice_is_one_of_the_choices(column, text):
    assert choices.certain(column, text) in {None, *column.choices}


@given(st.sampled_from([c for spec in sheets().values() for c in spec if c.choices]), st.text())
def test_a_candidate_is_one_of_the_choices(column, text):
    assert choices.candidate(column, text) in {None, *column.choices}


@pytest.mark.parametrize("column", CLOSED, ids=lambda column: column.key)
def test_every_choice_is_certainly_itself_in_any_case_and_spacing(column):
    for choice in column.choices:
        assert choices.certain(column, choice) == choice
        assert choices.certain(column, f"  {choice.upper()}\u00a0") == choice


@pytest.mark.parametrize("column", CLOSED, ids=lambda column: column.key)
def test_every_accepted_spelling_leads_to_its_choice_and_to_no_other(column):
    assert {*column.accepts} <= {*column.choices}
    for choice, others in column.accepts.items():
        for other in others:
            assert choices.certain(column, other) == choice
            assert fold(other) not in {fold(c) for c in column.choices}


@pytest.mark.parametrize(
    ("column", "typed", "meant"),
    [
        ("bentuk", "Hard & Soft File", "Softcopy dan hardcopy"),
        ("bentuk", "softcopy/hardcopy", "Softcopy dan hardcopy"),
        ("bentuk", "SOFT COPY, HARD COPY", "Softcopy dan hardcopy"),
        ("bentuk", "soft-copy", "Softcopy"),
        ("bentuk", "pdf", "Softcopy"),
        ("retensi", "Permamen", "Permanen"),
        ("retensi", "12 bulan", "1 tahun"),
        ("retensi", "selama beralku", "Selama berlaku"),
        ("kelas", "serta-merta", "Serta merta"),
        ("kelas", "INFORMASI BERKALA", "Berkala"),
        ("kelas", "A. INFORMASI WAJIB DIUMUMKAN SECARA BERKALA", "Berkala"),
        ("kelas", "Informasi yang wajib tersedia setiap saat", "Setiap saat"),
        ("kelas", "(serta_merta);", "Serta merta"),
        ("bentuk", "S o f t c o p y", "Softcopy"),
        ("pemutakhiran", "tidak berubah", "Tetap"),
    ],
)
def test_a_spelling_seen_in_real_lists_is_certain(column, typed, meant):
    assert choices.certain(sheet("daftar")[column], typed) == meant


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("bentuk", "Sofcopi"),
        ("bentuk", "soft"),
        ("retensi", "5 tahun setelah pensiun"),
        ("kelas", "berkal"),
        ("kelas", "wajib"),
    ],
)
def test_what_is_only_alike_is_never_taken(column, typed):
    assert choices.certain(sheet("daftar")[column], typed) is None


@pytest.mark.parametrize(
    ("name", "typed", "asked"),
    [
        ("daftar.bentuk", "Sofcopi", "Softcopy"),
        ("daftar.kelas", "berkal", "Berkala"),
        ("daftar.bentuk", "Ada di lemari", None),
        ("dikecualikan.alasan", "data pribadi", "h. rahasia pribadi"),
        ("usulan.butir", "Profil badan publik", "B.a – Profil Badan Publik"),
        ("usulan.butir", "B.d.z", None),
    ],
)
def test_what_was_perhaps_meant_is_asked(name, typed, asked):
    sheet_name, column = name.split(".")
    assert choices.candidate(sheet(sheet_name)[column], typed) == asked
