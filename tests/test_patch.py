"""Returned workbooks marked in place: what is asked is there, and all else is as it was."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill
from sample_returned import (
    MARKS,
    TITLE,
    bare,
    book_of,
    by_libreoffice,
    by_openpyxl,
    cells_of,
    edited,
    front,
    marked,
    members,
    prefixed,
    told,
    workbook,
    zipped,
)

import dipxl
from dipxl.files import layout
from dipxl.files.patch import SheetPatch, patch
from dipxl.files.theme import colour

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*extension is not supported:UserWarning"
)  # openpyxl's, of what it loses


@pytest.fixture(scope="module")
def from_libreoffice(soffice, tmp_path_factory):
    return by_libreoffice(workbook(), soffice, tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture(params=["xlsxwriter", "openpyxl", "libreoffice", "prefixed", "bare"])
def returned(request):
    """The workbook as different programs save it."""
    if request.param == "libreoffice":
        return request.getfixturevalue("from_libreoffice")
    again = {"openpyxl": by_openpyxl, "prefixed": prefixed, "bare": bare}
    return again.get(request.param, lambda data: data)(workbook())


ALONE = """
import sys
from dipxl.files.patch import SheetPatch, patch
from dipxl.files.patch_front import FrontCell, FrontRow, FrontSheet
front = lambda removed: FrontSheet((10,), [FrontRow([FrontCell("Sel", "heading")])], 1)
wanted = SheetPatch(looks={"B2": "fault"}, notes={"B2": "Retensi kosong."})
sys.stdout.buffer.write(patch(sys.stdin.buffer.read(), {sys.argv[1]: wanted}, front).data)
"""


def test_the_bytes_are_the_same_whatever_else_the_process_has_loaded():
    env = os.environ | {"PYTHONPATH": str(Path(dipxl.__file__).parents[1])}
    written = [
        subprocess.run(
            [sys.executable, "-c", before + ALONE, TITLE],
            env=env,
            input=by_openpyxl(workbook()),
            capture_output=True,
            check=True,
        ).stdout
        for before in ("", "import openpyxl, docx")
    ]
    assert written[0] == written[1]


def test_all_values_stay_and_new_texts_are_added(returned):
    added = {(TITLE, address): text for address, text in MARKS.texts.items()}
    assert cells_of(marked(returned)) == cells_of(returned) | added


def test_openpyxl_reads_the_same_values_too(returned):
    before, after = told(returned), told(marked(returned))
    assert {place: cell[0] for place, cell in before.items()}.items() <= {
        p: cell[0] for p, cell in after.items()
    }.items()


def test_libreoffice_reads_the_same_values_too(returned, soffice, tmp_path):
    after = by_libreoffice(marked(returned), soffice, tmp_path)
    added = {(TITLE, address): text for address, text in MARKS.texts.items()}
    wanted = cells_of(returned) | added | {(TITLE, "A1"): cells_of(after)[TITLE, "A1"]}  # it counts anew
    assert cells_of(after) == wanted


def test_marked_cells_get_fill_and_note_and_keep_the_rest_of_their_style(returned):
    before, after = told(returned), told(marked(returned))
    for address, role in MARKS.looks.items():
        red, green, blue = bytes.fromhex(after[TITLE, address][1][2:])
        wanted = bytes.fromhex(colour(role)[1:])
        assert max(abs(a - b) for a, b in zip((red, green, blue), wanted, strict=True)) <= 3
        if (TITLE, address) in before:
            assert after[TITLE, address][3] == before[TITLE, address][3]
    assert after[TITLE, "B2"][2] == "dipxl: Retensi kosong.\ndipxl: Isi lama simpan."
    assert after[TITLE, "B5"][2] == "Kata orang\ndipxl: Retensi kosong.\ndipxl: Isi lama simpan."


def test_a_missing_cell_is_made_with_the_style_of_its_column(returned):
    assert told(marked(returned))[TITLE, "H40"][3][3] is False
    assert told(patch(marked(returned), {}).data)[TITLE, "H40"][1] == "FFFFF8DC"


def test_marking_twice_is_marking_once(returned):
    once = marked(returned)
    twice = marked(once)
    assert told(twice) == {key: cell for key, cell in told(once).items() if key in told(twice)}
    assert cells_of(twice) == cells_of(once)
    assert marked(twice) == twice


def test_a_second_round_removes_the_marks_of_the_first(returned):
    again = patch(marked(returned), {}).data
    texts = {(TITLE, address) for address in MARKS.texts}
    before = told(returned)
    after = {key: cell for key, cell in told(again).items() if key not in texts}
    assert {key: cell[:3] for key, cell in after.items() if key != (TITLE, "H40")} == {
        key: cell[:3] for key, cell in before.items()
    }
    assert layout.REPAIR_SHEET not in book_of(again).sheetnames


def test_marks_are_removed_after_libreoffice_saved_the_file(soffice, tmp_path):
    after = told(patch(by_libreoffice(marked(workbook()), soffice, tmp_path), {}).data)
    assert after[TITLE, "B2"][1] == "FFFFF8DC"
    assert after[TITLE, "B2"][2] is None
    assert after[TITLE, "B5"][2] == "Kata orang"
    assert after[TITLE, "C2"][1] is None  # a colour of a person's own choice is the one thing this program forgets


def test_a_conversation_on_a_cell_is_left_alone_and_the_note_is_listed():
    name = "xl/worksheets/_rels/sheet2.xml.rels"
    thread = '<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
    target = 'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    data = edited(workbook(), name, b"</Relationships>", (thread + target).encode())
    spoken = b'<ThreadedComments xmlns="urn:x"><threadedComment ref="B5"/></ThreadedComments>'
    done = patch(zipped(members(data) | {"xl/threadedComments/threadedComment1.xml": spoken}), {TITLE: MARKS})
    assert told(done.data)[TITLE, "B5"][2] == "Kata orang"
    assert ("catatan", "B5") in {(one.kind, one.cell) for one in done.removed}


def test_a_line_that_a_person_adds_to_our_note_stays():
    data = edited(marked(workbook()), "xl/comments1.xml", b"Isi lama simpan.", b"Isi lama simpan.\nSudah saya isi.")
    assert told(patch(data, {}).data)[TITLE, "B2"][2] == "Sudah saya isi."


def test_the_front_sheet_comes_first_with_links_and_is_the_one_that_opens(returned):
    book = book_of(marked(returned))
    assert book.sheetnames == [layout.REPAIR_SHEET, "Petunjuk", TITLE]
    assert book.active.title == layout.REPAIR_SHEET
    assert book.active["A2"].hyperlink.location == f"'{TITLE}'!B2"
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [True, False, False]
    assert book.active.print_title_rows == "$1:$1"


def test_names_of_single_sheets_follow_their_sheet(returned):
    for data in (returned, marked(returned), marked(marked(returned)), patch(marked(returned), {}).data):
        book = book_of(data)
        assert book[TITLE].print_title_rows == "$2:$2"
        assert book["Petunjuk"].print_title_rows is None
        assert book.defined_names["pilihan"].attr_text.replace("'", "") == f"{TITLE}!$B$2:$B$5"


def test_nothing_else_of_the_package_changes():
    before, after = members(workbook()), members(marked(workbook()))
    assert before.keys() <= after.keys()
    changed = {name for name, part in before.items() if after[name] != part}
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml",
        "xl/worksheets/sheet2.xml", "xl/worksheets/_rels/sheet2.xml.rels", "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip


def test_text_box_sparkline_check_box_button_and_rules_stay():
    sheet = members(marked(workbook()))["xl/worksheets/sheet2.xml"]
    for kept in (b"<drawing ", b"sparkline", b"<dataValidation ", b"<conditionalFormatting", b"<autoFilter"):
        assert kept in sheet
    drawings = [part for name, part in members(marked(workbook())).items() if "drawing" in name]
    assert any(b"Kotak teks orang" in part for part in drawings)
    assert any(b"Tombol" in part for part in drawings)
    assert b'ObjectType="Button"' in members(patch(marked(workbook()), {}).data)["xl/drawings/vmlDrawing1.vml"]


def test_every_note_has_its_box_and_no_box_is_without_a_note(returned):
    for data in (marked(returned), patch(marked(returned), {}).data):
        drawings = b"".join(part for name, part in members(data).items() if name.endswith(".vml"))
        notes = [cell for cell in told(data).values() if cell[2]]
        assert len(re.findall(rb'ObjectType="Note"', drawings)) == len(notes)


def test_a_note_or_mark_in_a_merged_range_goes_to_its_corner_and_a_text_is_refused():
    wanted = SheetPatch(looks={"C9": "fault"}, notes={"C9": "Salah."}, texts={"C8": "hilang"})
    done = patch(workbook(), {TITLE: wanted})
    assert told(done.data)[TITLE, "B8"][2] == "dipxl: Salah."
    assert ("isi", "C8", "hilang") in {(one.kind, one.cell, one.what) for one in done.removed}


def test_equal_input_gives_equal_bytes():
    assert marked(workbook()) == marked(workbook())


def test_a_fill_from_the_theme_of_colours_comes_back_as_it_was():
    book = openpyxl.Workbook()
    book.active["A1"].fill = PatternFill("solid", fgColor=openpyxl.styles.colors.Color(theme=4, tint=0.4))
    target = io.BytesIO()
    book.save(target)
    done = patch(target.getvalue(), {"Sheet": SheetPatch(looks={"A1": "fault"})}).data
    assert book_of(patch(done, {}).data)["Sheet"]["A1"].fill.fgColor.theme == 4


ADDRESSES = st.builds(layout.address, st.integers(0, 60), st.integers(0, 30))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=30)


@settings(max_examples=60)
@given(
    st.dictionaries(ADDRESSES, TEXTS, max_size=25),
    st.dictionaries(ADDRESSES, TEXTS, max_size=8),
    st.dictionaries(ADDRESSES, st.sampled_from(["fault", "doubt", "hint"]), max_size=8),
)
def test_any_cells_are_written_and_any_marks_removed_again(typed, texts, looks):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Data")
    for address, text in typed.items():
        sheet.write_string(address, text)
    book.close()
    wanted = SheetPatch(texts, looks, dict.fromkeys(looks, "Salah."))
    done = patch(target.getvalue(), {"Data": wanted}, front).data
    expected = {("Data", address): text for address, text in (typed | texts).items()}
    assert cells_of(done) == expected
    seen = told(done)
    assert {address for (title, address), cell in seen.items() if title == "Data" and cell[2]} == looks.keys()
    again = told(patch(done, {}).data)
    assert {key: cell[0] for key, cell in again.items()} == expected
    assert not any(cell[1] or cell[2] for cell in again.values())
