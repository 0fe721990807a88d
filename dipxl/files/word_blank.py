"""The empty document that every stock Word template starts from: styles, pages, headers and footers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import Any, cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


@cache
def texts() -> dict[str, Any]:
    """What the papers say and how they look, from `naskah.toml`."""
    return tomllib.loads(files("dipxl.files").joinpath("naskah.toml").read_text(encoding="utf-8"))


def new_document(title: str, size: str = "sheet_size") -> Document:
    """An empty portrait document with the styles of all papers and no trace of who made it."""
    document = docx.Document()
    _drop_leftovers(document)
    _set_defaults(document, texts()["font"][size])
    _set_compatibility(document)
    for name, look in texts()["style"].items():
        _add_style(document, name, look)
    _set_page(document.sections[0], "portrait")
    properties = document.core_properties
    properties.title, properties.language = title, texts()["font"]["language"]
    properties.author = properties.comments = ""
    return document


def landscape(document: Document) -> Section:
    """Start a landscape section on a new page."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.different_first_page_header_footer = False
    _set_page(section, "landscape")
    return section


def break_between(document: Document, condition: str) -> None:
    """A section break of the same kind as the document's last section, printed where the condition holds."""
    document.add_paragraph(f"{{%p if {condition} %}}", "DIP Akhir")
    last = document.add_paragraph("", "DIP Akhir")
    properties = deepcopy(document.sections[-1]._sectPr)  # noqa: SLF001  # there is no public way to copy a section
    last._p.get_or_add_pPr().append(properties)  # noqa: SLF001
    document.add_paragraph("{%p endif %}", "DIP Akhir")


def header(section: Section, *, numbered: bool) -> None:
    """DRAF at the head of each page of a draft and, where asked, the page's number from the second page on."""
    section.header.is_linked_to_previous = False
    _draft_line(section.header.paragraphs[0])
    if numbered:
        section.different_first_page_header_footer = True
        _draft_line(section.first_page_header.paragraphs[0])
        line = section.header.add_paragraph("- ", "DIP Kepala Halaman")
        _add_field(line, "PAGE")
        line.add_run(" -")


def footer(section: Section, *, numbered: bool) -> None:
    """The code of the content at the foot of each page and, where asked, the page's number."""
    section.footer.is_linked_to_previous = False
    lines = [section.footer.paragraphs[0]]
    if section.different_first_page_header_footer:
        lines.append(section.first_page_footer.paragraphs[0])
    for line in lines:
        line.style = "DIP Kaki Halaman"
        line.add_run("Kode naskah {{ kode_naskah }}")
        if numbered:
            _add_page_of_pages(line, section)


def _draft_line(line: Paragraph) -> None:
    line.style = "DIP Draf"
    line.add_run("{% if draf %}DRAF{% endif %}")


def _add_page_of_pages(line: Paragraph, section: Section) -> None:
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(round(width / Mm(1))), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run("\tHalaman ")
    _add_field(line, "PAGE")
    line.add_run(" dari ")
    _add_field(line, "NUMPAGES")


def _add_field(line: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple", {qn("w:instr"): code})
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line._p.append(field)  # noqa: SLF001  # python-docx has no fields


def _drop_leftovers(document: Document) -> None:
    """The library's blank document brings a picture of itself and a second, older copy of its styles."""
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects")):
                del relations[key]


def _set_compatibility(document: Document) -> None:
    """Say that the document is of Word 2013 or newer, else Word opens it in its compatibility mode."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _set_defaults(document: Document, points: int) -> None:
    """The document's own font and language, so that a spelling check and a screen reader know it is Indonesian."""
    font = texts()["font"]
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for element in list(defaults):
        defaults.remove(element)
    names = {qn(f"w:{script}"): font["name"] for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    size = {qn("w:val"): str(points * 2)}
    language = {qn("w:val"): font["language"], qn("w:eastAsia"): font["language"], qn("w:bidi"): "ar-SA"}
    defaults.append(OxmlElement("w:rFonts", names))
    defaults.append(OxmlElement("w:sz", size))
    defaults.append(OxmlElement("w:szCs", size))
    defaults.append(OxmlElement("w:lang", language))
    normal = document.styles["Normal"]
    normal.element.get_or_add_rPr().clear()
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1


def _add_style(document: Document, name: str, look: Mapping[str, Any]) -> None:
    style = cast(ParagraphStyle, document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    if "font" in look:
        style.font.name = look["font"]
    if "size" in look:
        style.font.size = Pt(look["size"])
    if "colour" in look:
        style.font.color.rgb = RGBColor.from_string(look["colour"])
    style.font.bold = look.get("bold")
    _set_paragraph(style, look)


def _set_paragraph(style: ParagraphStyle, look: Mapping[str, Any]) -> None:
    shape = style.paragraph_format
    shape.alignment = _ALIGN[look.get("align", "left")]
    shape.space_before, shape.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    shape.line_spacing = look.get("line", 1)
    shape.left_indent = Mm(look.get("left", 0) + look.get("hanging", 0))
    shape.first_line_indent = Mm(-look.get("hanging", 0))
    shape.keep_with_next, shape.keep_together = look.get("keep_next"), look.get("keep_lines")


def _set_page(section: Section, direction: str) -> None:
    page = texts()["page"]
    narrow, wide = map(Mm, page["size"])
    section.page_width, section.page_height = (wide, narrow) if direction == "landscape" else (narrow, wide)
    for side, width in page[direction].items():
        setattr(section, f"{side}_margin", Mm(width))
    section.header_distance = section.footer_distance = Mm(10)
