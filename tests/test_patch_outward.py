"""Every way out of a returned workbook is closed in the marked copy, and each is listed."""

import io
import re

import pytest
import xlsxwriter
from sample_returned import MARKS, TITLE, cells_of, edited, members, workbook, zipped

from dipxl.files.patch import CannotPatch, patch
from dipxl.files.patch_outward import leads_out, reaches_out

SHEET = "xl/worksheets/sheet2.xml"
BOOK, BOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _with_relation(data, owner, relation, *, added=None, outside=False):
    """The workbook with one more relation, and what it leads to."""
    mode = ' TargetMode="External"' if outside else ""
    kind, target = relation
    one = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    parts = members(data)
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    relations = parts.get(owner, empty).replace(b"</Relationships>", one.encode() + b"</Relationships>")
    return zipped(parts | {owner: relations} | (added or {}))


def _with_drawn(text, name="xl/drawings/drawing1.xml", sign=b"</xdr:wsDr>"):
    return edited(workbook(), name, sign, text + sign)


def _removed(data):
    done = patch(data, {TITLE: MARKS})
    usual = {(one.kind, one.what) for one in patch(workbook(), {TITLE: MARKS}).removed}
    assert cells_of(done.data).items() >= cells_of(workbook()).items()
    return b"".join(members(done.data).values()), {(one.kind, one.what) for one in done.removed} - usual


OUT = [
    "[1]Lembar!$A$1", "'[Buku Lain.xlsx]Lembar 1'!A1", "'C:\\data\\[b.xlsx]S'!A1", "cmd|' /C calc'!A0",
    '_xlfn.WEBSERVICE("http://x.example")', '_xlfn.IMAGE("http://x.example/a.png")', 'RTD("a",,"b")', 'CALL("a","b")',
    "'file:///C:/b.xlsx'#$Lembar.A1", 'CUBEVALUE("a","b")', 'IMPORTXML("http://x.example","//a")', "A" * 9000,
]  # fmt: skip
WITHIN = [
    "pilihan_bentuk", "'Daftar [lama]'", "Tabel1[Kolom]", "Tabel1[[#This Row],[Kolom]]", '"a|b!c"', "$B2=\"\"",
    "SUM('Daftar Informasi'!A1:A5)", "INDEX(A:A,5)<>\"\"", "Tabel1[[#Data],[a]]+1", 'recall("x")',
]  # fmt: skip


@pytest.mark.parametrize("formula", OUT)
def test_a_formula_that_reaches_out_is_known(formula):
    assert reaches_out(formula)


@pytest.mark.parametrize("formula", WITHIN)
def test_a_formula_that_stays_within_the_workbook_is_left_alone(formula):
    assert not reaches_out(formula)


def test_a_rule_that_reaches_out_is_broken_and_listed():
    more = (
        b'<conditionalFormatting sqref="D2"><cfRule type="iconSet" priority="9"><iconSet>'
        b'<cfvo type="percent" val="0"/><cfvo type="formula" val="[1]Lembar!$A$1"/><cfvo type="num" val="9"/>'
        b"</iconSet></cfRule></conditionalFormatting><dataValidations"
    )
    data = edited(workbook(), SHEET, b"<dataValidations", more)
    data = edited(data, SHEET, b"<formula1>", b"<formula1>[2]Lembar!$A$1,")
    everything, removed = _removed(data)
    assert removed == {("berkas lain", "[1]Lembar!$A$1"), ("berkas lain", '[2]Lembar!$A$1,"a,b"')}
    assert b"[1]" not in everything
    assert b'<cfvo type="num" val="0"/>' in everything


@pytest.mark.parametrize(
    ("place", "out"),
    [
        ("'Daftar Informasi'!A1", False),
        ("pilihan", False),
        ("[C:\\b.xlsx]Lembar!A1", True),
        ("file:///C:/b.xlsx", True),
        ("\\\\server\\b.xlsx", True),
        ("javascript:alert(1)", True),
    ],
)
def test_the_place_of_a_link_is_within_the_workbook_or_goes(place, out):
    assert leads_out(place) is out
    data = edited(
        workbook(), SHEET, b"</hyperlinks>", f'<hyperlink ref="B20" location="{place}"/></hyperlinks>'.encode()
    )
    everything, removed = _removed(data)
    assert (b'ref="B20"' in everything) is not out
    assert removed == ({("tautan", place)} if out else set())


@pytest.mark.parametrize("target", ["file:///C:/a.xlsx", "javascript:alert(1)", "\\\\server\\a", "a.xlsx", "ftp://x/a"])
def test_links_to_anything_but_the_web_go_and_are_listed(target):
    data = edited(workbook(), SHEET, b"</hyperlinks>", b'<hyperlink ref="B20" r:id="rIdX"/></hyperlinks>')
    data = _with_relation(data, "xl/worksheets/_rels/sheet2.xml.rels", ("hyperlink", target), outside=True)
    everything, removed = _removed(data)
    assert removed == {("tautan", target)}
    assert b'ref="B20"' not in everything
    assert target.encode() not in everything


def test_a_picture_that_would_be_fetched_is_led_nowhere():
    picture = b'<xdr:pic><a:blip xmlns:r="%b" r:link="rIdX"/></xdr:pic>' % OFFICE.encode()
    rels = "xl/drawings/_rels/drawing1.xml.rels"
    data = _with_relation(_with_drawn(picture), rels, ("image", "http://jahat.example/a.png"), outside=True)
    everything, removed = _removed(data)
    assert removed == {("tautan", "http://jahat.example/a.png")}
    assert b"about:blank" in everything


@pytest.mark.parametrize(
    ("drawn", "kind", "what"),
    [
        (b'<v:imagedata src="http://jahat.example/a.png"/>', "tautan", "http://jahat.example/a.png"),
        (b'<v:shape href="file:///C:/a.exe"/>', "tautan", "file:///C:/a.exe"),
        (b"<x:FmlaRange>[1]Lembar!$A$1:$A$3</x:FmlaRange>", "berkas lain", "[1]Lembar!$A$1:$A$3"),
        (b"<x:FmlaMacro>[0]!Jalankan</x:FmlaMacro>", "makro", "[0]!Jalankan"),
    ],
)
def test_old_shapes_call_and_show_nothing_from_elsewhere(drawn, kind, what):
    everything, removed = _removed(_with_drawn(drawn, "xl/drawings/vmlDrawing1.vml", b"</xml>"))
    assert removed == {(kind, what)}
    assert what.encode() not in everything


def test_a_shape_that_shows_a_cell_of_another_file_shows_none_and_one_of_this_file_stays():
    shapes = b'<xdr:sp macro="[1]!Hapus" textlink="[1]Lembar!$A$1"/><xdr:sp macro="" textlink="$B$2"/>'
    everything, removed = _removed(_with_drawn(shapes))
    assert removed == {("makro", "[1]!Hapus"), ("berkas lain", "[1]Lembar!$A$1")}
    assert b'<xdr:sp macro=""/>' in everything
    assert b'textlink="$B$2"' in everything


def test_a_chart_of_figures_from_elsewhere_keeps_what_it_shows_and_loses_its_source():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet(TITLE)
    sheet.write_column("A1", [1, 2, 3])
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": f"='{TITLE}'!$A$1:$A$3"})
    sheet.insert_chart("C1", chart)
    book.close()
    name = "xl/charts/chart1.xml"
    data = edited(target.getvalue(), name, b"<c:f>", b"<c:f>[1]Lembar!$A$1:$A$3</c:f><c:f>")
    done = patch(data, {})
    assert [(one.kind, one.what) for one in done.removed] == [("berkas lain", "[1]Lembar!$A$1:$A$3")]
    assert re.findall(rb"<c:f>([^<]*)</c:f>", members(done.data)[name]) == [b"#REF!", f"'{TITLE}'!$A$1:$A$3".encode()]


def test_publishing_to_the_web_is_switched_off():
    items = (
        b'<webPublishItems count="1"><webPublishItem id="1" divId="a" sourceType="sheet" '
        b'destinationFile="\\\\server\\a.htm" autoRepublish="1"/></webPublishItems><extLst>'
    )
    data = edited(workbook(), SHEET, b"<extLst>", items)
    data = edited(data, BOOK, b"</workbook>", b'<webPublishing css="0"/></workbook>')
    everything, removed = _removed(data)
    assert removed == {("berkas lain", "\\\\server\\a.htm")}
    assert b"webPublish" not in everything


@pytest.mark.parametrize(
    ("kind", "target", "listed"),
    [
        ("webextensiontaskpanes", "xl/webextensions/taskpanes.xml", "makro"),
        ("extensibility", "customUI/customUI.xml", "makro"),
    ],
)
def test_what_would_run_with_the_workbook_is_dropped(kind, target, listed):
    data = _with_relation(workbook(), "_rels/.rels", (kind, target), added={target: b"<a/>"})
    done = patch(data, {TITLE: MARKS})
    assert (listed, target) in {(one.kind, one.what) for one in done.removed}
    assert target not in members(done.data)


def test_queries_and_live_values_are_dropped():
    mashup = b'<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAA</DataMashup>'
    added = {"customXml/item1.xml": mashup, "xl/volatileDependencies.xml": b"<volTypes/>"}
    data = _with_relation(workbook(), BOOK_LINKS, ("customXml", "../customXml/item1.xml"), added=added)
    other = '<Relationship Id="rIdV" Type="{}/volatileDependencies" Target="volatileDependencies.xml"/></Relationships>'
    data = edited(data, BOOK_LINKS, b"</Relationships>", other.format(OFFICE).encode())
    done = patch(data, {})
    assert not set(added) & set(members(done.data))
    assert [one.kind for one in done.removed if one.what.endswith(("item1.xml", "Dependencies.xml"))] == [
        "berkas lain"
    ] * 2


def test_plain_custom_data_stays():
    added = {"customXml/item1.xml": b"<catatan/>"}
    data = _with_relation(workbook(), BOOK_LINKS, ("customXml", "../customXml/item1.xml"), added=added)
    assert members(patch(data, {}).data)["customXml/item1.xml"] == b"<catatan/>"


@pytest.mark.parametrize(
    ("owner", "kind"),
    [
        (BOOK_LINKS, "connections"),
        (BOOK_LINKS, "xmlMaps"),
        ("xl/tables/_rels/table1.xml.rels", "queryTable"),
        ("xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels", "externalLinkPath"),
        ("xl/charts/_rels/chart1.xml.rels", "package"),
    ],
)
def test_what_cannot_be_taken_out_with_care_is_refused(owner, kind):
    with pytest.raises(CannotPatch):
        patch(_with_relation(workbook(), owner, (kind, "sumber.xml"), added={"xl/sumber.xml": b"<a/>"}), {})


def test_parts_that_nothing_leads_to_are_dropped_and_listed():
    stray = {
        "xl/vbaProject.bin": b"makro",
        "xl/embeddings/a.bin": b"objek",
        "xl/externalLinks/externalLink9.xml": b"<a/>",
    }
    done = patch(zipped(members(workbook()) | stray), {})
    assert {(one.kind, one.what) for one in done.removed} >= {
        ("makro", "xl/vbaProject.bin"),
        ("objek", "xl/embeddings/a.bin"),
        ("berkas lain", "xl/externalLinks/externalLink9.xml"),
    }
    assert not set(stray) & set(members(done.data))


def test_no_part_is_called_a_macro_after_the_macros_are_gone():
    macro = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    data = edited(workbook(), "[Content_Types].xml", b"</Types>", macro)
    assert b"vbaProject" not in members(patch(data, {}).data)["[Content_Types].xml"]
