"""Builds the stock Word templates; an office may change its copies in Word, and dipxl can write these anew."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from docx.document import Document

from dipxl.files import word_blank as blank
from dipxl.files import word_parts as parts
from dipxl.files.packages import canonical
from dipxl.model.columns import annex_columns

_SUBJECT = ("DAFTAR INFORMASI PUBLIK", "{{ BADAN }}", "{{ EDISI }}")
_TITLE = " ".join(_SUBJECT)
_ANSWER = ("bidang", "jawaban")


def build(folder: Path) -> list[Path]:
    """Write all stock templates into a folder and return their paths; equal bytes every time."""
    return [_write(folder / name, document()) for name, document in templates().items()]


def templates() -> Mapping[str, Callable[[], Document]]:
    """The papers by the name of their template."""
    return {
        "keputusan.docx": _keputusan,
        "lembar-persetujuan.docx": _lembar_persetujuan,
        "catatan-telaah.docx": _catatan_telaah,
        "surat-pengantar.docx": _surat_pengantar,
    }


def _write(path: Path, document: Document) -> Path:
    target = io.BytesIO()
    document.save(target)
    path.write_bytes(canonical(target.getvalue()))
    return path


def _keputusan() -> Document:
    document = blank.new_document("Keputusan Daftar Informasi Publik", "size")
    blank.header(document.sections[0], numbered=True)
    blank.footer(document.sections[0], numbered=False)
    parts.letterhead(document)
    _heading(document)
    _grounds(document)
    _decision(document)
    _copies(document)
    section = blank.landscape(document)
    blank.header(section, numbered=False)
    blank.footer(section, numbered=True)
    _annexes(document)
    return document


def _heading(document: Document) -> None:
    parts.lines(document, "DIP Judul", "KEPUTUSAN {{ JABATAN }}", "{{ SELAKU }}")
    parts.lines(document, "DIP Judul", "{%p if ppid_menetapkan %}", "{{ BADAN }}", "{%p endif %}")
    parts.gap(document)
    parts.lines(document, "DIP Judul", "NOMOR {{ nomor }}", "TENTANG", *_SUBJECT)
    parts.gap(document)
    grace = "DENGAN RAHMAT TUHAN YANG MAHA ESA,"
    parts.lines(document, "DIP Judul", "{%p if irah_irah %}", grace, "", "{%p endif %}")
    parts.lines(document, "DIP Judul", "{{ JABATAN }}", "{{ SELAKU }},")
    parts.gap(document)


def _grounds(document: Document) -> None:
    texts, widths = blank.texts(), blank.texts()["widths"]["considerations"]
    target = parts.table(document, widths)
    parts.numbered_rows(target, "Menimbang", "{{ huruf() }}.", texts["menimbang"])
    parts.tag_row(target, "for dasar in mengingat")
    first = "{%% if loop.first %%}%s{%% endif %%}"
    cells = [(first % "Mengingat", "DIP Label"), (first % ":", "DIP Label"), ("{{ loop.index }}.", "DIP Label")]
    parts.row(target, [*cells, ("{{ dasar }}", "DIP Isi")])
    parts.tag_row(target, "endfor")
    parts.numbered_rows(target, "Memperhatikan", "{{ angka() }}.", texts["memperhatikan"])


def _decision(document: Document) -> None:
    texts = blank.texts()
    parts.gap(document)
    parts.lines(document, "DIP Judul", "MEMUTUSKAN:")
    parts.gap(document)
    target = parts.table(document, texts["widths"]["dictums"])
    subject = "KEPUTUSAN {{ JABATAN }} TENTANG " + _TITLE + "."
    parts.row(target, [("Menetapkan", "DIP Label"), (":", "DIP Label"), (subject, "DIP Isi")])
    parts.dictums(target, texts["diktum"])
    parts.gap(document)
    _signed(document, "DIP Tanda Tangan")


def _signed(document: Document, style: str) -> None:
    place = ("Ditetapkan di {{ tempat }}", "pada tanggal {{ tanggal }}")
    parts.signature(document, "penanda_tangan", style, short="not ppid_menetapkan", before=place)


def _copies(document: Document) -> None:
    parts.gap(document, 18)
    parts.lines(document, "DIP Tembusan", "Salinan/Tembusan disampaikan kepada:")
    for entry in blank.texts()["tembusan"]:
        line = "{{ tembusan() }}.\t" + entry["text"]
        when = entry.get("when")
        lines = [f"{{%p if {when} %}}", line, "{%p endif %}"] if when else [line]
        parts.lines(document, "DIP Tembusan", *lines)


def _annexes(document: Document) -> None:
    """The three annexes of Perki 1/2021 Lampiran I, each in a section of its own."""
    parts.lines(document, "DIP Akhir", "{%p for l in lampiran %}")
    _annex_heading(document)
    parts.lines(document, "DIP Lampiran Judul", "{{ l.KELAS }}")
    _annex_table(document)
    parts.lines(document, "DIP Akhir", "{%p if ttd_lampiran %}")
    parts.gap(document, 8)
    _signed(document, "DIP Lampiran Tanda Tangan")
    parts.lines(document, "DIP Akhir", "{%p endif %}")
    blank.break_between(document, "not l.terakhir")
    parts.lines(document, "DIP Akhir", "{%p endfor %}", "")


def _annex_heading(document: Document) -> None:
    widths = blank.texts()["widths"]
    target = parts.table(document, widths["annex_heading"])
    parts.indent(target, sum(widths["annex"].values()) - sum(widths["annex_heading"]))
    style = "DIP Lampiran"
    for text in ("LAMPIRAN {{ l.nomor }}", "KEPUTUSAN {{ JABATAN }} {{ SELAKU }}"):
        parts.merge(parts.row(target, [(text, style), ("", style), ("", style)]))
    for label, text in (("NOMOR", "{{ nomor }}"), ("TANGGAL", "{{ tanggal }}"), ("TENTANG", _TITLE)):
        parts.row(target, [(label, style), (":", style), (text, style)])


def _annex_table(document: Document) -> None:
    widths = blank.texts()["widths"]
    columns = annex_columns()
    target = parts.table(document, [widths["annex"][column.name] for column in columns], grid=True)
    parts.shade(parts.row(target, [(column.annex, "DIP Tabel Judul") for column in columns], heading=True))
    centred = widths["annex_centred"]
    styles = ["DIP Tabel Tengah" if column.name in centred else "DIP Tabel" for column in columns]
    parts.tag_row(target, "for b in l.baris")
    cells = [f"{{{{ b.{column.name} }}}}" for column in columns]
    parts.row(target, zip(cells, styles, strict=True), whole=True)
    parts.tag_row(target, "endfor")
    parts.tag_row(target, "if not l.baris")
    nothing = [("NIHIL", "DIP Tabel Tengah")] + [("", "DIP Tabel")] * (len(columns) - 1)
    parts.merge(parts.row(target, nothing, whole=True))
    parts.tag_row(target, "endif")


def _lembar_persetujuan() -> Document:
    document = blank.new_document("Lembar Persetujuan Atasan PPID")
    _sheet_head(document, "LEMBAR PERSETUJUAN ATASAN PPID", "NOMOR {{ lembar.nomor }}")
    says = blank.texts()["lembar_persetujuan"]
    _declaration(document, says["opening"], "selaku Atasan PPID")
    before, verdict, after = says["body"]
    parts.lines(document, "DIP Isi", before)
    parts.lines(document, "DIP Judul", verdict)
    document.paragraphs[-1].runs[0].bold = True
    parts.gap(document, 6)
    parts.lines(document, "DIP Isi", after)
    _sheet_foot(document)
    return document


def _catatan_telaah() -> Document:
    document = blank.new_document("Catatan Telaah dan Usulan PPID")
    _sheet_head(document, "CATATAN TELAAH DAN USULAN PENETAPAN", *_SUBJECT, "NOMOR {{ lembar.nomor }}")
    says = blank.texts()["catatan_telaah"]
    _declaration(document, says["opening"], "selaku Pejabat Pengelola Informasi dan Dokumentasi (PPID)")
    parts.lines(document, "DIP Isi", *says["body"])
    _counts(document)
    parts.gap(document)
    parts.lines(document, "DIP Isi", *says["closing"])
    _sheet_foot(document)
    return document


def _sheet_head(document: Document, *title: str) -> None:
    blank.header(document.sections[0], numbered=False)
    blank.footer(document.sections[0], numbered=False)
    parts.letterhead(document)
    parts.lines(document, "DIP Judul", *title)
    parts.gap(document, 18)


def _declaration(document: Document, opening: str, role: str) -> None:
    """Who declares, when and where."""
    parts.lines(document, "DIP Isi", opening)
    target = parts.table(document, blank.texts()["widths"]["person"])
    name = "{{ pendamping.nama }}{% if pendamping.nip %} / {{ pendamping.nip }}{% endif %}"
    for label, text in (("Nama / NIP", name), ("Jabatan", "{{ pendamping.jabatan }} " + role)):
        parts.row(target, [(label, "DIP Label"), (":", "DIP Label"), (text, "DIP Label")])
    parts.gap(document, 6)


def _sheet_foot(document: Document) -> None:
    parts.gap(document)
    place = ("{{ tempat }}, {{ lembar.tanggal }}",)
    parts.signature(document, "pendamping", "DIP Tanda Tangan", short="true", before=place)


def _counts(document: Document) -> None:
    target = parts.table(document, blank.texts()["widths"]["counts"], grid=True)
    heading = [(text, "DIP Tabel Judul") for text in ("No.", "Klasifikasi", "Jumlah")]
    parts.shade(parts.row(target, heading, heading=True))
    parts.tag_row(target, "for l in lampiran")
    middle = "DIP Tabel Tengah"
    parts.row(target, [("{{ loop.index }}", middle), ("{{ l.kelas }}", "DIP Tabel"), ("{{ l.butir }}", middle)])
    parts.tag_row(target, "endfor")
    total = [("", "DIP Tabel"), ("Jumlah", "DIP Tabel Jumlah"), ("{{ jumlah_semua }}", middle)]
    parts.row(target, total)


def _surat_pengantar() -> Document:
    document = blank.new_document("Surat Pengantar Usulan Daftar Informasi Publik")
    blank.header(document.sections[0], numbered=False)
    blank.footer(document.sections[0], numbered=False)
    parts.letterhead(document)
    _address(document)
    says = blank.texts()["surat_pengantar"]
    parts.lines(document, "DIP Isi", *says["opening"])
    _counts(document)
    parts.gap(document)
    parts.lines(document, "DIP Isi", says["replies"])
    _answers(document)
    parts.gap(document)
    parts.lines(document, "DIP Isi", *says["closing"])
    parts.gap(document)
    parts.signature(document, "penanda_tangan", "DIP Tanda Tangan", short="true")
    _receipt(document)
    return document


def _address(document: Document) -> None:
    parts.lines(document, "DIP Tanggal", "{{ tempat }}, {{ tanggal }}")
    parts.gap(document)
    target = parts.table(document, blank.texts()["widths"]["letter"])
    subject = "Penyampaian Usulan Daftar Informasi Publik {{ edisi }}"
    lines = (("Nomor", "{{ nomor }}"), ("Sifat", "Biasa"), ("Lampiran", "1 (satu) berkas"), ("Hal", subject))
    for label, text in lines:
        parts.row(target, [(label, "DIP Rapat"), (":", "DIP Rapat"), (text, "DIP Rapat")])
    parts.gap(document)
    parts.lines(document, "DIP Rapat", "Yth. PPID {{ kabupaten }}", "di", "Tempat")
    parts.gap(document)


def _answers(document: Document) -> None:
    target = parts.table(document, blank.texts()["widths"]["counts"], grid=True)
    heading = [(text, "DIP Tabel Judul") for text in ("No.", "Bidang/Unit Kerja", "Jawaban")]
    parts.shade(parts.row(target, heading, heading=True))
    parts.tag_row(target, "for j in jawaban")
    parts.row(target, [("{{ loop.index }}", "DIP Tabel Tengah"), *((f"{{{{ j.{x} }}}}", "DIP Tabel") for x in _ANSWER)])
    parts.tag_row(target, "endfor")


def _receipt(document: Document) -> None:
    """The acknowledgement at the foot of the letter, filled in by hand."""
    parts.gap(document, 18)
    parts.lines(document, "DIP Judul", "TANDA TERIMA")
    target = parts.table(document, blank.texts()["widths"]["person"])
    for label in ("Diterima tanggal", "Nama dan jabatan", "Tanda tangan"):
        parts.row(target, [(label, "DIP Label"), (":", "DIP Label"), ("_" * 40, "DIP Label")])
