import re

import pytest
from playwright.sync_api import expect, sync_playwright
from sample_dip import ENACTMENT, PUBLISHED, SECRETS, SETTINGS, entry, published

from dipxl.files.web import DATA_FILES, links, page, time_order

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HTML = page(PUBLISHED, SETTINGS, ENACTMENT)


@pytest.fixture(scope="module")
def browser(chromium_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("laman") / "index.html"
    file.write_text(HTML, encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def opened(browser, address):
    """The page in a browser; afterwards nothing may have gone wrong in it, and nothing been fetched."""
    tab, troubles = browser.new_page(viewport={"width": 1280, "height": 900}), []
    tab.on("request", lambda request: request.url.startswith("file:") or troubles.append(request.url))
    tab.on("console", lambda message: troubles.append(message.text))
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto(address)
    yield tab
    tab.close()
    assert troubles == []


def shown(tab):
    return [row.get_attribute("id") for row in tab.locator("tbody tr[id]").all() if row.is_visible()]


def test_it_shows_every_entry_under_its_class(opened):
    assert shown(opened) == ["SEK-0001", "SEK-0002", "MUT-0007", "MUT-0008"]
    expect(opened.locator("tbody").nth(1)).to_contain_text("Nihil")
    expect(opened.get_by_role("table")).to_have_accessible_name("Daftar Informasi Publik BKPSDM Semester II Tahun 2026")


def test_it_says_who_decreed_what_and_when(opened):
    expect(opened.get_by_role("banner")).to_contain_text(ENACTMENT.sentence)
    assert opened.locator("html").get_attribute("lang") == "id"


def test_a_search_keeps_the_rows_that_hold_all_its_words(opened):
    opened.get_by_label("Cari informasi").fill("2025 ANGGARAN")
    assert shown(opened) == ["SEK-0002"]
    expect(opened.get_by_role("status")).to_have_text("Menampilkan 1 dari 4 informasi")


def test_a_search_without_result_says_so(opened):
    opened.get_by_label("Cari informasi").fill("tidak-ada-yang-begini")
    assert shown(opened) == []
    expect(opened.get_by_role("status")).to_contain_text("Tidak ada informasi yang cocok")


def test_a_class_can_be_picked_and_all_filters_dropped_again(opened):
    opened.get_by_label("Klasifikasi").select_option("Setiap saat")
    assert shown(opened) == ["MUT-0007", "MUT-0008"]
    opened.get_by_role("button", name="Hapus saringan").click()
    expect(opened.get_by_role("status")).to_have_text("4 informasi")
    assert len(shown(opened)) == 4


def test_a_heading_sorts_within_each_class_and_back_with_the_keyboard(opened):
    heading = opened.get_by_role("columnheader", name="Waktu dan tempat")
    heading.get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    assert shown(opened) == ["SEK-0002", "SEK-0001", "MUT-0008", "MUT-0007"]
    heading.get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    assert shown(opened) == ["SEK-0001", "SEK-0002", "MUT-0007", "MUT-0008"]


def test_the_first_tab_stop_leads_past_the_heading(opened):
    opened.keyboard.press("Tab")
    expect(opened.get_by_role("link", name="Langsung ke daftar")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("main")).to_be_focused()


def test_an_address_with_a_kode_finds_its_row_even_behind_a_filter(opened):
    opened.get_by_label("Cari informasi").fill("anggaran")
    opened.evaluate("location.hash = 'MUT-0007'")
    expect(opened.locator("#MUT-0007")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_over_the_edge_of_the_screen(opened, width):
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") == width


def test_markup_typed_into_an_entry_stays_text(opened):
    expect(opened.locator("#MUT-0007")).to_contain_text("<script>document.title='x'</script> & <b>")
    expect(opened).to_have_title("Daftar Informasi Publik BKPSDM Semester II Tahun 2026")


def test_without_javascript_all_rows_are_there_and_no_dead_control(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address)
    assert len(shown(tab)) == 4
    expect(tab.get_by_role("searchbox")).to_be_hidden()
    expect(tab.get_by_role("status")).to_have_text("4 informasi")
    context.close()


def test_a_script_that_is_not_the_pages_own_does_not_run(browser, tmp_path):
    file = tmp_path / "disusupi.html"
    file.write_text(HTML.replace("</body>", "<script>document.title='x'</script></body>"), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(file.as_uri())
    expect(tab).to_have_title("Daftar Informasi Publik BKPSDM Semester II Tahun 2026")
    tab.close()


def test_only_web_addresses_become_links(opened):
    expect(opened.locator("#SEK-0001").get_by_role("link", name="lkjip-2025.pdf")).to_have_attribute(
        "href", "https://bkpsdm.example/lkjip-2025.pdf"
    )
    expect(opened.locator("#MUT-0008")).to_contain_text("javascript:alert(1)")
    assert {re.split(r"[:/]", link)[0] for link in re.findall(r'<a [^>]*href="([^"#]+)"', HTML)} == {
        "https",
        *(name for name, _ in DATA_FILES),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("rak 2", (("rak 2", ""),)),
        ("HTTP://A.example/x", (("A.example/x", "HTTP://A.example/x"),)),
        ("file:///etc/passwd", (("file:///etc/passwd", ""),)),
        (
            "https://a.example; https://b.example",
            (("a.example", "https://a.example"), ("b.example", "https://b.example")),
        ),
    ],
)
def test_a_cell_may_hold_links_among_words(text, expected):
    assert links(text) == expected


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Agustus 2025", "Januari 2026"),
        ("2025", "Januari 2026"),
        ("9 Februari 2026", "10 Februari 2026"),
        ("2024-2025", "2026"),
        ("setiap bulan", "1999"),
    ],
)
def test_times_sort_as_time_goes(earlier, later):
    assert time_order(earlier) < time_order(later)


def test_an_empty_register_is_a_page_with_three_times_nihil():
    assert page(published(), SETTINGS, ENACTMENT).count("Nihil, tidak ada informasi") == 3


def test_five_hundred_entries_stay_a_small_file():
    many = published(*(entry(f"SEK-{number:04}", "Berkala", "B.c.1") for number in range(500)))
    assert len(page(many, SETTINGS, ENACTMENT).encode()) < 450_000


def test_nothing_private_is_on_the_page():
    assert [secret for secret in SECRETS if secret in HTML] == []
