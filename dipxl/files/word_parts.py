"""The pieces that the stock Word templates are put together from: letterhead, tables, numbered rows, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

_EDGES = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")  # what follows a border by the schema


def letterhead(document: Document) -> None:
    """Region, office, address and a double line."""
    document.add_paragraph("{%p if kop.PEMERINTAH %}", "DIP Kop")
    document.add_paragraph("{{ kop.PEMERINTAH }}", "DIP Kop")
    document.add_paragraph("{%p endif %}", "DIP Kop")
    document.add_paragraph("{{ kop.BADAN }}", "DIP Kop Badan")
    document.add_paragraph("{{ kop.alamat }}", "DIP Kop Alamat")
    last = document.add_paragraph("{{ kop.kontak }}", "DIP Kop Alamat")
    _double_line(last)
    gap(document)


def lines(document: Document, style: str, *texts: str) -> None:
    for text in texts:
        document.add_paragraph(text, style)


def gap(document: Document, points: float = 10) -> None:
    """An empty line of a given height that stays with what follows."""
    line = document.add_paragraph("", "DIP Judul")
    line.paragraph_format.line_spacing = Pt(points)


def table(document: Document, widths: Sequence[int], *, grid: bool = False) -> Table:
    """A table of fixed column widths in millimetres; they stand in its grid too, or programs would guess."""
    made: Table = document.add_table(rows=0, cols=len(widths))
    made.style = "Table Grid" if grid else None
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    total = _property(made, "w:tblW")
    total.set(qn("w:type"), "dxa")
    total.set(qn("w:w"), _twips(sum(widths)))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{_side('left', grid)}{_side('right', grid)}</w:tblCellMar>")
    _property(made, "w:tblLook").addprevious(margins)
    return made


def row(target: Table, cells: Iterable[tuple[str, str]], *, whole: bool = False, heading: bool = False) -> _Row:
    """Add a row of (text, style); a whole row is not cut by a page, a heading row is repeated on each page."""
    added: _Row = target.add_row()  # type: ignore[no-untyped-call]  # the library left it untyped
    for cell, column, (text, style) in zip(added.cells, target.columns, cells, strict=True):
        cell.width = column.width or Mm(0)
        cell.paragraphs[0].style = style
        cell.paragraphs[0].add_run(text)
    properties = added._tr.get_or_add_trPr()  # noqa: SLF001
    for name in ["w:cantSplit"] * (whole or heading) + ["w:tblHeader"] * heading:
        properties.append(OxmlElement(name))
    return added


def tag_row(target: Table, tag: str) -> None:
    """A row that holds only a `{%tr ... %}` and vanishes when the template is filled."""
    count = len(target.columns)
    row(target, [(f"{{%tr {tag} %}}", "DIP Tabel")] + [("", "DIP Tabel")] * (count - 1))


def numbered_rows(target: Table, label: str, number: str, entries: Sequence[Mapping[str, str]]) -> None:
    """Rows of label, colon, number and text; the label stands only on the first row that is printed."""
    unseen: list[str] = []  # the conditions of the rows before, as long as all of them have one
    first = True
    for entry in entries:
        when = entry.get("when", "")
        shown = _only_if(label, unseen) if first else ""
        colon = _only_if(":", unseen) if first else ""
        body = [(shown, "DIP Label"), (colon, "DIP Label"), (number, "DIP Label"), (entry["text"], "DIP Isi")]
        _conditional(target, when, body)
        first = first and bool(when)
        unseen.append(when)


def dictums(target: Table, entries: Sequence[Mapping[str, str]]) -> None:
    """One row a dictum; its name is counted when the template is filled."""
    for entry in entries:
        body = [("{{ diktum() }}", "DIP Label"), (":", "DIP Label"), (entry["text"], "DIP Isi")]
        added = _conditional(target, entry.get("when", ""), body)
        if "each" in entry:
            _list(added.cells[2], f"for l in {entry['each']}", entry["item"])


def signature(document: Document, person: str, style: str, *, short: str = "", before: Sequence[str] = ()) -> None:
    """A signature block, kept together: place and date, a.n., post, role, room, name, pangkat, NIP.

    `person` names the facts of who signs; `short` is the condition under which the role is abbreviated.
    """
    role = f"{{{{ {person}.SELAKU{'' if short else '_LENGKAP'} }}}}"
    if short not in ("", "true"):
        role = f"{{% if {short} %}}{role}{{% else %}}{{{{ {person}.SELAKU_LENGKAP }}}}{{% endif %}}"
    lines(document, style, *before)
    _optional(document, f"{person}.atas_nama", f"{{{{ {person}.atas_nama }}}}", style)
    lines(document, style, f"{{{{ {person}.JABATAN }}}}", f"{role},", "", "", "", "")
    document.add_paragraph(f"{{{{ {person}.nama }}}}", style).runs[0].underline = True
    _optional(document, f"{person}.pangkat", f"{{{{ {person}.pangkat }}}}", style)
    nip = document.add_paragraph(f"{{% if {person}.nip %}}NIP {{{{ {person}.nip }}}}{{% endif %}}", style)
    nip.paragraph_format.keep_with_next = False


def merge(target: _Row) -> _Cell:
    """All cells of a row as one, with the text of the first."""
    whole: _Cell = target.cells[0].merge(target.cells[-1])
    for paragraph in whole.paragraphs[1:]:
        whole._tc.remove(paragraph._p)  # noqa: SLF001
    return whole


def shade(target: _Row, fill: str = "E7E6E6") -> None:
    """Give a heading row a ground that survives a photocopy."""
    for cell in target.cells:
        properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
        properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))
        properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))


def indent(target: Table, millimetres: int) -> None:
    """Move a table to the right."""
    _property(target, "w:tblW").addnext(
        parse_xml(f'<w:tblInd {nsdecls("w")} w:w="{_twips(millimetres)}" w:type="dxa"/>')
    )


def _property(target: Table, name: str) -> Any:
    """One of the table's own properties, for which python-docx has no name."""
    return target._tbl.tblPr.find(qn(name))  # noqa: SLF001


def _conditional(target: Table, when: str, cells: Sequence[tuple[str, str]]) -> _Row:
    if when:
        tag_row(target, f"if {when}")
    added = row(target, cells, whole=True)
    if when:
        tag_row(target, "endif")
    return added


def _only_if(text: str, unseen: Sequence[str]) -> str:
    """The text, printed only while none of the earlier rows was."""
    if not unseen:
        return text
    return f"{{% if not ({' or '.join(unseen)}) %}}{text}{{% endif %}}"


def _list(cell: _Cell, loop: str, item: str) -> None:
    cell.add_paragraph(f"{{%p {loop} %}}", "DIP Huruf")
    cell.add_paragraph(item, "DIP Huruf")
    cell.add_paragraph("{%p endfor %}", "DIP Huruf")


def _optional(document: Document, condition: str, text: str, style: str) -> None:
    lines(document, style, f"{{%p if {condition} %}}", text, "{%p endif %}")


def _double_line(line: Paragraph) -> None:
    border = '<w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="6" w:color="auto"/>'
    properties = line._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"), *_EDGES)


def _side(name: str, grid: bool) -> str:
    return f'<w:{name} w:w="{_twips(1.6 if grid else 0)}" w:type="dxa"/>'


def _twips(millimetres: float) -> str:
    return str(round(millimetres * 1440 / 25.4))
