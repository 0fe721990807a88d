import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dipxl.files.number_formats import BUILT_IN, plain, shown

SEEN = [
    (5, '0 "tahun"', "5 tahun"),
    (5, 'General" tahun"', "5 tahun"),
    (5, "0\\ \\t\\h\\n", "5 thn"),
    (7, "000", "007"),
    (7, "General", "7"),
    (1.5, "General", "1,5"),
    (5, "@", "5"),
    (1234567.891, "#,##0.00", "1.234.567,89"),
    (999, "#,##0", "999"),
    (-1234.5, "#,##0", "-1.235"),
    (2.5, "0", "3"),
    (-0.2, "0", "0"),
    (1.5, "0.##", "1,5"),
    (0.125, "0.0%", "12,5%"),
    (0.5, "0%", "50%"),
    (1234567, "0.0,,", "1,2"),
    (812345678, "0000-0000-0000", "0008-1234-5678"),
    (1500000, '_("Rp"* #,##0_);_("Rp"* \\(#,##0\\);_("Rp"* "-"_);_(@_)', "Rp 1.500.000"),
    (0, '_("Rp"* #,##0_);_("Rp"* \\(#,##0\\);_("Rp"* "-"_);_(@_)', "Rp -"),
    (1500, "[$Rp-421]#,##0", "Rp1.500"),
    (-5, "0;[Red]\\(0\\)", "(5)"),
    (5, '[>=10]0" lama";0" baru"', "5 baru"),
    (50, '[>=10]0" lama";0" baru"', "50 lama"),
    (45000, "dd mmmm yyyy", "15 Maret 2023"),
    (45000, "[$-421]dd\\ mmmm\\ yyyy;@", "15 Maret 2023"),
    (45000, "dd/mm/yyyy", "15 Maret 2023"),
    (45000, "d-mmm", "15 Maret 2023"),
    (45000, "mmm-yy", "Maret 2023"),
    (45000, "mm/yyyy", "Maret 2023"),
    (45000, "yyyy", "2023"),
    (45000, '"Tahun "yyyy', "2023"),
    (45000, "dddd, d mmmm yyyy", "Rabu, 15 Maret 2023"),
    (45000.5, "d/m/yyyy h:mm", "15 Maret 2023 12:00"),
    (45000, "d/m/yyyy h:mm", "15 Maret 2023"),
    (0.75, "h:mm AM/PM", "18:00"),
    (1.5, "[h]:mm", "36:00"),
    (1, "d mmmm yyyy", "1 Januari 1900"),
    (61, "d mmmm yyyy", "1 Maret 1900"),
]


@pytest.mark.parametrize(("number", "code", "text"), SEEN)
def test_a_number_reads_as_its_cell_shows_it(number, code, text):
    assert shown(number, code).text == text
    assert shown(number, code).known


@pytest.mark.parametrize("code", ["# ?/?", "0.00E+00", '0 "tak tertutup', "0 tahun", ";;;", "[h", "0." + "0" * 60])
def test_a_format_nobody_understands_leaves_the_bare_number_and_says_so(code):
    assert shown(5, code) == (type(shown(5, code)))("5", known=False)


def test_the_day_that_only_excel_knows_is_no_date():
    assert not shown(60, "d mmmm yyyy").known


def test_a_workbook_of_an_old_mac_counts_days_from_1904():
    assert shown(0, "d mmmm yyyy", True).text == "1 Januari 1904"  # noqa: FBT003, RUF100 - as the workbook says it


def test_a_zero_hidden_by_its_format_is_not_lost():
    assert shown(0, "0;-0;;@").text == "0"


@given(st.integers(min_value=0, max_value=10**14), st.integers(min_value=1, max_value=15))
def test_zeros_of_the_format_pad_a_whole_number(number, width):
    assert shown(number, "0" * width).text == str(number).zfill(width)


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_grouping_changes_no_digit(number):
    assert shown(number, "#,##0").text.replace(".", "") == str(number)


@given(st.floats(), st.text('0#?.,%;"\\_*[]@ymdhsEGenral/Rp ->=<+()$', max_size=24))
@example(1e300, "0")
@example(float("nan"), "0")
@example(float("inf"), "yyyy")
@example(5.0, "%" * 24)
def test_no_number_and_no_format_makes_it_stumble(number, code):
    assert shown(number, code).text


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(sorted(BUILT_IN.values())))
def test_every_format_built_into_excel_shows_something(number, code):
    assert shown(number, code).text


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_whole_number_reads_back_as_itself(number):
    assert int(plain(float(number))) == number
