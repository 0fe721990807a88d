"""When most bidang fail the same column alike, the form is suspected; by tables."""

import pytest
from desk import FIRST_ROW, LIST, sheet_texts, typed

import dipxl
from dipxl.model.findings import Findings, Place, finding
from dipxl.model.suspects import Suspect, suspects
from dipxl.tour import office
from dipxl.tour.people import opened

PLACE = Place("Daftar Informasi", "D12")
TIME = finding("waktu-tidak-dikenal", PLACE, column="Waktu", value="2O23")
OTHER_TIME = finding("waktu-tidak-dikenal", Place("Daftar Informasi", "D19"), column="Waktu", value="kemarin")
BLANK = finding("kosong", PLACE, column="Waktu", suggestion="")
HINT = finding("sediakan-softcopy", PLACE, column="Bentuk", value="Hardcopy")
NO_COLUMN = finding("tanpa-identitas", Place("", ""), clue="kepala lembar")


def sent(*by_bidang):
    return {f"B{number}": Findings(tuple(found)) for number, found in enumerate(by_bidang)}


@pytest.mark.parametrize(
    ("by_bidang", "suspected"),
    [
        pytest.param([], [], id="nobody sent anything"),
        pytest.param([[TIME]] * 2, [], id="two are too few"),
        pytest.param([[TIME]] * 3, [("Waktu", "waktu-tidak-dikenal", 3, 3)], id="three of three"),
        pytest.param([[TIME]] * 3 + [[]] * 2, [("Waktu", "waktu-tidak-dikenal", 3, 5)], id="three of five"),
        pytest.param([[TIME]] * 3 + [[]] * 3, [], id="half is not most"),
        pytest.param([[TIME], [OTHER_TIME], [TIME]], [("Waktu", "waktu-tidak-dikenal", 3, 3)], id="other values"),
        pytest.param([[TIME, OTHER_TIME]] * 2 + [[]], [], id="many cells of one bidang count once"),
        pytest.param([[TIME], [BLANK], [TIME]], [], id="other codes"),
        pytest.param([[HINT]] * 4, [], id="mere suggestions"),
        pytest.param([[NO_COLUMN]] * 4, [], id="no column"),
        pytest.param(
            [[TIME, BLANK]] * 3 + [[BLANK]],
            [("Waktu", "kosong", 4, 4), ("Waktu", "waktu-tidak-dikenal", 3, 4)],
            id="the most often failed first",
        ),
    ],
)
def test_a_column_is_suspected_where_most_bidang_fail_it_alike(by_bidang, suspected):
    assert suspects(sent(*by_bidang)) == tuple(Suspect(*one) for one in suspected)


def test_a_suspicion_is_told_with_its_numbers():
    suspect = Suspect("Waktu", "kosong", 4, 6)
    assert suspect.as_json() == {"column": "Waktu", "code": "kosong", "bidang": 4, "of": 6}
    told = suspect.as_finding()
    assert (told.code, told.column, told.cells) == ("formulir-diduga-keliru", "Waktu", ())
    assert told.message == 'Kemungkinan petunjuk formulirnya yang keliru: kolom "Waktu", 4 dari 6 bidang.'


@pytest.mark.parametrize(("wrong", "suspected"), [(3, False), (4, True), (6, True)])
def test_himpun_says_that_the_form_is_suspected_everywhere_it_tells_of_it(at, wrong, suspected):
    folder = at("himpun")
    for path in sorted((folder / "1-himpun" / "masuk").iterdir())[:wrong]:
        with opened(path, path) as book:
            typed(book[LIST], "daftar.waktu", FIRST_ROW).value = "kira-kira kemarin"
    report = dipxl.himpun(folder, office.day("himpun"))
    share = f"{wrong} dari 6 bidang"
    told = {"column": "Waktu Pembuatan", "code": "waktu-tidak-dikenal", "bidang": wrong, "of": 6}
    assert report.data["suspects"] == [told] * suspected
    fact = ("Kemungkinan petunjuk formulirnya yang keliru", f'kolom "Waktu Pembuatan", {share}')
    assert (fact in report.facts) == suspected
    first = sheet_texts(folder / "Buku Kendali.xlsx", "Temuan")[1]
    assert (first[10] == "formulir-diduga-keliru") == suspected
    assert (share in first[6]) == suspected
