"""What a marked copy does not carry: formulas, macros, links onward; and the workbooks that are refused."""

import io
import re

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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
    workbook,
    zipped,
)

from dipxl.files import layout
from dipxl.files.patch import CannotPatch, SheetPatch, patch

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


def test_formulas_become_their_stored_value_and_are_listed_except_our_own(returned):
    done = patch(returned, {TITLE: MARKS}, front)
    formulas = {one.cell: one.what for one in done.removed if one.kind == "rumus"}
    assert formulas.keys() == {"E2", "F2"}
    book = openpyxl.load_workbook(io.BytesIO(done.data))
    assert book[TITLE]["A1"].value.startswith('="Baris lengkap: "')
    assert book[TITLE]["E2"].value == cells_of(returned).get((TITLE, "E2"))  # openpyxl had lost the value already


def test_a_formula_that_only_looks_like_ours_is_a_person_s():
    data = edited(workbook(), "xl/worksheets/sheet2.xml", b"&gt;0))</f>", b"&gt;0))&amp;WEBSERVICE(A1)</f>")
    assert "A1" in {one.cell for one in patch(data, {}).removed}


STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
USUAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tTab", "a\x00b\x1fc", "_x0041_", "_x005F_", "\ud800 sendiri", "￾", "a\r\nb\rc",
    "&lt;b&gt;", "]]>", "😀", " tepi ", "", "\n",
]  # fmt: skip
READ = {"a\x00b\x1fc": "a b c", "\ud800 sendiri": "� sendiri", "￾": "�", "a\r\nb\rc": "a\nb\nc"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_written_as_text(text):
    done = patch(workbook(), {TITLE: SheetPatch(texts={"G5": text}, notes={"G5": text})}, front).data
    wanted = READ.get(text, text)
    assert cells_of(done).get((TITLE, "G5"), "") == wanted
    cell = book_of(done)[TITLE]["G5"]
    assert cell.data_type == ("s" if wanted else "n")
    assert cell.value == (wanted or None) or "_x005F_" in wanted  # which openpyxl takes for an escape


def test_a_text_longer_than_a_cell_is_cut_with_a_visible_mark():
    done = patch(workbook(), {TITLE: SheetPatch(texts={"G5": "😀" * 20_000})}).data
    text = cells_of(done)[TITLE, "G5"]
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.endswith("(dipotong)")


def test_links_out_are_removed_but_for_the_web_and_their_text_stays(returned):
    done = patch(returned, {TITLE: MARKS})
    sheet = book_of(done.data)[TITLE]
    assert sheet["B12"].hyperlink.target.startswith("https://ppid.example.go.id")
    assert sheet["B13"].hyperlink is None
    assert sheet["B13"].value == "berkas"
    assert sheet["B14"].hyperlink.location
    assert ("tautan", "B13") in {(one.kind, one.cell) for one in done.removed}


def before(sign, more):
    """A change that puts something before a sign in a part."""
    return lambda part: part.replace(sign, more + sign)


def related(*relations):
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    told = [f'<Relationship Id="{i}" Type="{kinds}/{kind}" Target="{target}"/>' for i, kind, target in relations]
    return before(b"</Relationships>", "".join(told).encode())


def with_macros_and_links():
    """A workbook with a macro project, a linked workbook with DDE, names that use it, and an embedded object."""
    names = (
        b'<definedName name="jauh">[1]Lembar!$A$1</definedName>',
        b"<definedName name=\"dde\">cmd|' /C calc'!A0</definedName>",
    )
    outside = b'<externalReferences><externalReference r:id="rIdE"/></externalReferences>'
    named = before(b"</definedNames>", b"".join(names))
    objects = b'<oleObjects><oleObject progId="Packager" shapeId="1" r:id="rIdO"/></oleObjects>'
    linked = ("rIdE", "externalLink", "externalLinks/externalLink1.xml")
    usual, macros = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    changes = {
        "xl/_rels/workbook.xml.rels": related(("rIdM", "vbaProject", "vbaProject.bin"), linked),
        "xl/workbook.xml": lambda part: before(b"<definedNames>", outside)(named(part)),
        "[Content_Types].xml": lambda part: part.replace(usual, macros),
        "xl/worksheets/sheet2.xml": before(b"<extLst>", objects),
        "xl/worksheets/_rels/sheet2.xml.rels": related(("rIdO", "oleObject", "../embeddings/oleObject1.bin")),
    }
    parts = members(workbook())
    changed = {name: change(parts[name]) for name, change in changes.items()}
    link = b'<externalLink xmlns="%b"><ddeLink ddeService="cmd" ddeTopic="x"/></externalLink>' % USUAL
    added = {"xl/vbaProject.bin": b"makro", "xl/externalLinks/externalLink1.xml": link}
    return zipped(parts | changed | added | {"xl/embeddings/oleObject1.bin": b"objek"})


def test_macros_linked_workbooks_and_objects_are_dropped_and_listed():
    done = patch(with_macros_and_links(), {TITLE: MARKS}, front)
    after = members(done.data)
    assert not [name for name in after if re.search("vba|external|embeddings", name)]
    everything = b"".join(after.values())
    assert [word for word in (b"macroEnabled", b"<oleObject", b"externalReference") if word in everything] == []
    assert {"makro", "berkas lain", "objek", "rumus", "tautan"} == {one.kind for one in done.removed}
    assert book_of(done.data).defined_names["dde"].attr_text == "#REF!"
    assert cells_of(done.data).items() >= cells_of(workbook()).items()


def test_a_button_calls_no_macro():
    assert b"FmlaMacro" in b"".join(members(workbook()).values())
    assert b"FmlaMacro" not in b"".join(members(marked(workbook())).values())


@pytest.mark.parametrize(
    "odd",
    [
        lambda: b"bukan zip",
        lambda: zipped({"a.txt": b""}),
        lambda: edited(workbook(), "xl/workbook.xml", USUAL, STRICT),
        lambda: edited(workbook(), "xl/worksheets/sheet2.xml", b"<worksheet", b"<!DOCTYPE a []><worksheet"),
        lambda: edited(workbook(), "xl/worksheets/sheet2.xml", b"</worksheet>", b""),
        lambda: edited(workbook(), "xl/worksheets/sheet2.xml", b'<row r="5"', b'<row r="1"'),
        lambda: edited(workbook(), "xl/worksheets/sheet2.xml", b'encoding="UTF-8"', b'encoding="UTF-7"'),
        lambda: edited(workbook(), "xl/worksheets/sheet2.xml", b'<c r="B2" s="', b'<c r="B2" s="99'),
        lambda: edited(workbook(), "xl/styles.xml", b"<cellXfs", b"<lain"),
    ],
)
def test_an_odd_workbook_is_refused_in_one_sentence(odd):
    with pytest.raises(CannotPatch) as refused:
        patch(odd(), {TITLE: MARKS}, front)
    assert str(refused.value).endswith(".")


@settings(max_examples=80)
@given(st.data())
def test_a_damaged_workbook_is_marked_or_refused_and_never_breaks_the_run(draw):
    parts = members(workbook())
    name = draw.draw(st.sampled_from(sorted(n for n in parts if n.endswith((".xml", ".rels", ".vml")))))
    part = bytearray(parts[name])
    for _ in range(draw.draw(st.integers(1, 4))):
        part[draw.draw(st.integers(0, len(part) - 1))] = draw.draw(st.integers(0, 255))
    try:
        done = patch(zipped(parts | {name: bytes(part)}), {TITLE: MARKS}, front)
    except CannotPatch:
        return
    assert layout.REPAIR_SHEET.encode() in members(done.data)["xl/workbook.xml"]
