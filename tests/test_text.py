"""What counts as blank, and when two texts are the same to a reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipxl.model.text import INVISIBLE, excerpt, fold, folds, is_dash, is_tidy, one_line, plain, visible

BLANKS = [
    "", " ", "\t", "\n", "\r\n", "\u00a0", "\u2007", "\u202f", "\u3000", "\u200b", "\u200e", "\u202a", "\u202e",
    "\u2060", "\u2063", "\u2066", "\ufeff", "\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u2800", "\u3164",
    "\ufe0f", "\uffa0", "\U000e0020", "\x1f",
    "\x00", "\x07", "\x7f", "\x85", "\x9f", "\ud800", "\udfff", "\ufffe", "\ufff9",
]  # fmt: skip
ANY = st.text(st.characters(exclude_categories=()))
DASHES = ["-", "--", "–", "—", "−", "_", ".", "...", "…", "- -".replace(" ", ""), "NULL", "null", "n/a", "None"]
WORDS = [
    "a", "-a", "x.", "0", "no", "tidak ada", "nihil", "NA", "nullitas", "......", "a-", "5", "#REF!", "?",
]  # fmt: skip


@pytest.mark.parametrize("text", BLANKS, ids=ascii)
def test_what_nobody_can_see_is_blank(text):
    assert visible(text) == ""


@given(st.lists(st.sampled_from(BLANKS)).map("".join))
def test_blanks_in_any_number_and_order_are_blank(text):
    assert visible(text) == ""
    assert fold(text) == ""


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Laporan\u00a0Kinerja", "Laporan Kinerja"),
        (" Lap\u200boran  Kinerja\t", "Laporan Kinerja"),
        ("baris satu \r\n  baris dua", "baris satu\nbaris dua"),
        ("satu\u2028dua", "satu\ndua"),
        ("Rp1.000,00 (seribu)", "Rp1.000,00 (seribu)"),
        ("007", "007"),
    ],
)
def test_text_keeps_all_that_can_be_read(typed, seen):
    assert visible(typed) == seen


@given(st.text())
def test_what_is_visible_stays_as_it_is(text):
    assert visible(visible(text)) == visible(text)


@given(ANY)
def test_a_text_is_plain_once_and_for_all(text):
    assert plain(plain(text)) == plain(text) == visible(plain(text))
    assert not is_tidy(text) or plain(text) == visible(text) == text


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Cafe\u0301", "Caf\u00e9"),
        ("\uff34\uff21 \uff12\uff10\uff12\uff15", "TA 2025"),
        ("“Kinerja” – 2025’", "“Kinerja” – 2025’"),
        ("Lapor\u00adan\x00 \ud83dKinerja\x1b", "Laporan Kinerja"),
        ("m²", "m²"),
    ],
)
def test_letters_are_of_one_piece_and_of_ordinary_width(typed, seen):
    assert plain(typed) == seen


def test_lines_are_joined_by_one_space():
    assert one_line("Tanjung \n\n Asri") == "Tanjung Asri"


@given(st.text())
def test_nothing_that_can_be_read_is_lost(text):
    kept = [char for char in text if not char.isspace() and ord(char) not in INVISIBLE]
    assert [char for char in visible(text) if not char.isspace()] == kept


@pytest.mark.parametrize("text", DASHES)
def test_a_dash_says_that_the_cell_is_empty(text):
    assert is_dash(text)
    assert is_dash(f" {text}\u00a0")


@pytest.mark.parametrize("text", WORDS)
def test_a_word_is_no_dash(text):
    assert not is_dash(text)


@given(st.text())
def test_a_dash_does_not_depend_on_what_cannot_be_seen(text):
    assert is_dash(text) == is_dash(visible(text))


@pytest.mark.parametrize(
    "same",
    ["laporan kinerja", "LAPORAN  KINERJA", " Laporan\u00a0Kinerja. ", "Laporan\nKinerja *", "\uff2caporan kinerja:"],
)
def test_case_width_space_and_the_point_at_the_end_do_not_make_a_text_another(same):
    assert fold(same) == "laporan kinerja"


@given(st.lists(st.text(st.characters(exclude_categories=()))))
def test_many_texts_are_folded_as_each_alone(texts):
    assert folds(texts) == {text: fold(text) for text in texts}


@pytest.mark.parametrize("other", ["Laporan Kinerja 2025", "Laporan-Kinerja", "Laporan"])
def test_another_word_makes_a_text_another(other):
    assert fold(other) != "laporan kinerja"


@given(st.text())
def test_folding_a_key_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_text_is_folded_as_it_is_seen(text):
    assert fold(visible(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Laporan Kinerja", "Laporan Kinerja"),
        ("satu\ndua   tiga", "satu dua tiga"),
        ("Rekapitulasi layanan kenaikan pangkat", "Rekapitulasi…"),
    ],
)
def test_an_excerpt_shows_the_first_whole_words(text, shown):
    assert excerpt(text, 20) == shown


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_no_excerpt_is_longer_than_asked_for_or_has_two_lines(text, length):
    assert len(excerpt(text, length)) <= length
    assert len(excerpt(text, length).splitlines()) <= 1
