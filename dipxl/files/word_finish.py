"""What is done to a Word document after it is filled: the paper, the gaps of a draft, rows that stay together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm
from docx.text.font import Font
from docx.text.paragraph import Paragraph

from dipxl.errors import DipxlError
from dipxl.model.decree import DOTS

_A4 = (210, 297)
_SIZE = re.compile(r"(\d{3}) x (\d{3}) mm")
_GAP = re.compile(f"({re.escape(DOTS)})")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WIDTHS = ("w:gridCol", "w:tcW", "w:tblW", "w:tblInd")


def set_paper(document: Document, paper: str) -> None:
    """Put all sections on a paper such as "F4 (215 x 330 mm)" or "A4", and let the tables fill its width."""
    narrow, wide = _size(paper)
    for section, tables in zip(document.sections, _tables_by_section(document), strict=True):
        before = _text_width(section)
        landscape = section.orientation == WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = (wide, narrow) if landscape else (narrow, wide)
        for table in tables:
            _stretch(table, _text_width(section) / before)


def mark_gaps(document: Document) -> None:
    """Colour the dots that stand for what is not known yet, so that nobody signs a draft by mistake."""
    for run in list(document.element.body.iter(qn("w:r"))):
        if DOTS in "".join(text.text or "" for text in run.findall(qn("w:t"))):
            for piece in _pieces(run):
                run.addprevious(piece)
            run.getparent().remove(run)


def close_ranks(document: Document) -> None:
    """Keep a table's last row, and an annex's last two, with the signature that follows, so that none stands alone."""
    for table in document.element.body.iter(qn("w:tbl")):
        follower = table.getnext()
        if follower is not None and follower.tag == qn("w:p") and _stays(Paragraph(follower, document)):
            kept = 2 if next(table.iter(qn("w:tblHeader")), None) is not None else 1
            for row in table.findall(qn("w:tr"))[-kept:]:
                _keep_with_next(row)


def _stays(paragraph: Paragraph) -> bool:
    """True when a paragraph stays with the next, by itself or by its style."""
    style = paragraph.style
    own, by_style = paragraph.paragraph_format.keep_with_next, style and style.paragraph_format.keep_with_next
    return bool(by_style if own is None else own)


def _size(paper: str) -> tuple[Length, Length]:
    found = _SIZE.search(paper)
    if not found and paper.strip() != "A4":
        raise DipxlError(
            "kertas-tidak-dikenal",
            f'Ukuran kertas "{paper}" tidak dikenal.',
            'Pilih salah satu ukuran pada lembar "Kantor" pengaturan.xlsx.',
        )
    narrow, wide = (int(found[1]), int(found[2])) if found else _A4
    return Mm(narrow), Mm(wide)


def _text_width(section: Section) -> int:
    return int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)


def _tables_by_section(document: Document) -> Iterator[list[Any]]:
    tables = []
    for block in document.element.body.iterchildren():
        if block.tag == qn("w:tbl"):
            tables.append(block)
        elif block.tag == qn("w:sectPr") or block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            yield tables
            tables = []


def _stretch(table: Any, factor: float) -> None:
    for width in table.iter(*map(qn, _WIDTHS)):
        if width.get(qn("w:type"), "dxa") == "dxa":
            width.set(qn("w:w"), str(round(int(width.get(qn("w:w"))) * factor)))


def _pieces(run: Any) -> Iterator[Any]:
    """The run cut at its gaps: one run for each tab, break or stretch of text, in the same look."""
    for node in run.iterchildren():
        if node.tag == qn("w:t"):
            for words in filter(None, _GAP.split(node.text or "")):
                yield _run_of_text(run, words)
        elif node.tag != qn("w:rPr"):
            yield _run_of(run, deepcopy(node))


def _run_of_text(run: Any, words: str) -> Any:
    node = OxmlElement("w:t", {_SPACE: "preserve"})
    node.text = words
    piece = _run_of(run, node)
    if words == DOTS:
        Font(piece).highlight_color = WD_COLOR_INDEX.YELLOW
    return piece


def _run_of(run: Any, node: Any) -> Any:
    piece = OxmlElement("w:r")
    if run.rPr is not None:
        piece.append(deepcopy(run.rPr))
    piece.append(node)
    return piece


def _keep_with_next(row: Any) -> None:
    for paragraph in row.iter(qn("w:p")):
        paragraph.get_or_add_pPr().get_or_add_keepNext()
