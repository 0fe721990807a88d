"""Office packages rewritten so that equal content is equal bytes."""

import io
import time
import zipfile
from datetime import date

import docx
import openpyxl
import python_calamine
from docxtpl import DocxTemplate

from dipxl.files.packages import canonical


def workbook():
    book = openpyxl.Workbook()
    book.active["A1"] = "Rencana & <Anggaran>"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def document():
    template = io.BytesIO()
    blank = docx.Document()
    blank.add_paragraph("Isi {{ isi }}")
    blank.save(template)
    filled = DocxTemplate(template)
    filled.render({"isi": "sama"}, autoescape=True)
    target = io.BytesIO()
    filled.save(target)
    return target.getvalue()


def twice(make):
    """The same thing made twice, far enough apart that the clock of a zip file, two seconds coarse, has moved on."""
    first = make()
    time.sleep(2.1)
    return first, make()


def test_two_openpyxl_saves_become_equal_bytes():
    first, second = twice(workbook)
    assert first != second
    assert canonical(first) == canonical(second)


def test_two_docxtpl_renders_become_equal_bytes():
    first, second = twice(document)
    assert canonical(first) == canonical(second)


def test_a_second_reader_finds_what_was_written():
    assert python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(canonical(workbook()))).get_sheet_by_index(
        0
    ).to_python() == [["Rencana & <Anggaran>"]]
    assert openpyxl.load_workbook(io.BytesIO(canonical(workbook()))).active["A1"].value == "Rencana & <Anggaran>"
    assert [p.text for p in docx.Document(io.BytesIO(canonical(document()))).paragraphs] == ["Isi sama"]


def test_every_part_is_kept_and_the_content_types_come_first():
    before, after = (zipfile.ZipFile(io.BytesIO(data)) for data in (document(), canonical(document())))
    assert sorted(before.namelist()) == sorted(after.namelist())
    assert after.namelist()[0] == "[Content_Types].xml"
    assert after.namelist()[1:] == sorted(after.namelist()[1:])
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["docProps/core.xml"]


def test_the_day_given_is_the_day_of_creation_and_of_change():
    book = openpyxl.load_workbook(io.BytesIO(canonical(workbook(), date(2026, 9, 14))))
    assert book.properties.created.date() == book.properties.modified.date() == date(2026, 9, 14)


def test_without_a_day_no_clock_is_left_in_the_package():
    today = str(date.today()).encode()  # noqa: DTZ011  # the clock is what must not be found
    package = zipfile.ZipFile(io.BytesIO(canonical(workbook())))
    assert not [name for name in package.namelist() if today in package.read(name)]


def test_a_canonical_package_stays_as_it_is():
    once = canonical(document())
    assert canonical(once) == once
