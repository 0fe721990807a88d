"""Addresses of pages: whole ones pass, one or several; what lacks its beginning is mended or asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipxl.model.links import HTTPS, read

PIECES = st.sampled_from(
    ["https://a.example/b", "www.a.example", "a.example/c", "http//", ";", ",", "\n", " ", "dan", "x"]
)
ANY = st.one_of(st.text(st.characters(exclude_categories=()), max_size=40), st.lists(PIECES, max_size=5).map("".join))


@pytest.mark.parametrize(
    "typed",
    [
        "https://bkpsdm.example/a.pdf",
        "HTTP://bkpsdm.example",
        "https://bkpsdm.example/a,b;c.pdf",
        "https://bkpsdm.example/1\nhttps://bkpsdm.example/2",
        "https://bkpsdm.example/1; https://bkpsdm.example/2, https://bkpsdm.example/3",
        "https://bkpsdm.example/1 dan https://bkpsdm.example/2",
    ],
)
def test_whole_addresses_pass(typed):
    assert read(typed) == (typed, "", "", {})


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("www.bkpsdm.example/a.pdf", "https://www.bkpsdm.example/a.pdf"),
        ("WWW.BKPSDM.EXAMPLE", "https://WWW.BKPSDM.EXAMPLE"),
        ("www.a.example\nwww.b.example", "https://www.a.example\nhttps://www.b.example"),
        ("https://a.example/1; www.b.example/2", "https://a.example/1; https://www.b.example/2"),
    ],
)
def test_an_address_that_begins_with_www_gets_its_beginning(typed, mended):
    assert read(typed) == (mended, HTTPS, "", {})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bkpsdm.example/a", "https://bkpsdm.example/a"),
        ("http//bkpsdm.example/a", "https://bkpsdm.example/a"),
        ("htps://bkpsdm.example", "https://bkpsdm.example"),
        ("https:/bkpsdm.example", "https://bkpsdm.example"),
    ],
)
def test_an_address_with_another_beginning_is_asked(typed, meant):
    assert read(typed) == (typed, "", "tautan-tanpa-https", {"suggestion": meant})


@pytest.mark.parametrize(
    "typed",
    ["sudah ada di laman", "https://", "https://bkpsdm", "ftp://a.example/b", "https://a.b c", "laporan.pdf", "a.b",
     "https://a.example/1 lalu b", "Laman: https://a.example"],
)  # fmt: skip
def test_anything_else_is_no_address(typed):
    assert read(typed) == (typed, "", "tautan-tidak-lengkap", {})


@given(ANY)
def test_reading_again_changes_nothing_and_any_text_is_read(typed):
    once = read(typed)
    again = read(once.text)
    assert (again.text, again.why, again.code) == (once.text, "", once.code)
