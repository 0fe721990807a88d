"""Fills Word templates; what people typed comes out as they typed it and is never executed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from dipxl.errors import DipxlError
from dipxl.files import packages, word_finish
from dipxl.model.decree import dictum

# What XML 1.0 cannot hold: control characters, lone surrogates, and two non-characters.
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# docxtpl rewrites "{_{" and its like in the finished document, so braces travel as character references.
_BRACES = {"{": "&#123;", "}": "&#125;", "%": "&#37;"}
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_REMEDY = "Perbaiki templat itu di Word; bila dihapus dari folder templat, dipxl memakai templat bawaan."
_TAG = re.compile(r"<[^>]+>")


def render(
    template: Path, facts: Mapping[str, Any], *, paper: str, draft: bool = False, day: date | None = None
) -> bytes:
    """Fill a template and return the document, on the paper that the settings name; equal input gives equal bytes.

    Raises DipxlError where the template is broken or asks for something that the facts do not hold.
    """
    context = _cleaned(facts) | {"draf": draft} | _counters()
    document = _filled(template, context)
    word_finish.set_paper(document.docx, paper)
    if draft:
        word_finish.mark_gaps(document.docx)
    word_finish.close_ranks(document.docx)
    _set_properties(document.docx)
    target = io.BytesIO()
    document.save(target)
    return packages.canonical(target.getvalue(), day)


def text_of(data: bytes) -> list[str]:
    """Every paragraph of a document with its text: body, headers and footers, table cells in reading order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = sorted(name for name in package.namelist() if _TEXT_PARTS.fullmatch(name))
        roots = [etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False)) for name in parts]
    return ["".join(_characters(paragraph)) for root in roots for paragraph in root.iter(qn("w:p"))]


def lost(data: bytes, texts: Sequence[str]) -> list[str]:
    """The texts that should stand in a document and do not; an edited template may have dropped them."""
    found = set(text_of(data))
    return [text for text in texts if _clean(text) not in found]


class Counter:
    """Numbers the rows of one list as they are printed, so that a row may be added or left out in Word."""

    def __init__(self, name: Callable[[int], str]) -> None:
        self._name = name
        self._count = 0

    def __call__(self) -> str:
        self._count += 1
        return self._name(self._count)

    @property
    def sebelumnya(self) -> str:
        """The one before the last, for "huruf a sampai dengan huruf e"."""
        return self._name(self._count - 1)


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl brings no types
    """A template whose faults are reported, where docxtpl would drop what it cannot parse."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml.encode(), etree.XMLParser(huge_tree=True))
        return super().fix_tables(xml)


def _filled(template: Path, context: Mapping[str, Any]) -> _Template:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_verbatim)
    document = _Template(template)
    try:
        _refuse_unknown(template, document, environment, set(context))
        document.render(context, environment, autoescape=True)
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError) as error:
        raise DipxlError("templat-tidak-terbaca", f"{template.name} bukan dokumen Word (.docx).", _REMEDY) from error
    except UndefinedError as error:
        names = [first or second for first, second in re.findall(r"'([^']+)' is undef|attribute '([^']+)'", str(error))]
        raise _unknown(template, names) from error
    except (TemplateError, etree.XMLSyntaxError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise DipxlError("templat-gagal", f"{template.name} tidak dapat diisi: {error}.", _REMEDY) from error
    return document


def _refuse_unknown(template: Path, document: _Template, environment: Environment, known: set[str]) -> None:
    """Find every mistake of a template before it is filled, also where a condition would pass it by today."""
    unknown: set[str] = set()
    for source in _sources(document):
        try:
            unknown |= find_undeclared_variables(environment.parse(source)) - known
        except TemplateSyntaxError as error:
            place = _near(source, error.lineno)
            message = f'{template.name} salah tulis di dekat "{place}": tandanya tidak lengkap atau tidak dikenal.'
            raise DipxlError("templat-salah-tulis", message, _REMEDY) from error
    if unknown:
        raise _unknown(template, sorted(unknown))


def _sources(document: _Template) -> Iterator[str]:
    """The body, headers and footers as jinja reads them, one paragraph a line."""
    document.init_docx()
    sources = [document.get_xml()]
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        sources += [document.get_part_xml(part) for _, part in document.get_headers_footers(kind)]
    for source in sources:
        yield re.sub(r"(?=<w:p[ >])", "\n", document.patch_xml(source.replace("\n", " ")))


def _near(source: str, line: int) -> str:
    """The words of the last paragraph up to a line that holds a mark."""
    lines = [_TAG.sub("", text).strip() for text in source.split("\n")[:line]]
    return next((text[:120] for text in reversed(lines) if "{" in text), "")


def _unknown(template: Path, names: Sequence[str]) -> DipxlError:
    shown = ", ".join(f"{{{{ {name} }}}}" for name in names)
    return DipxlError("templat-isian-asing", f"{template.name} memakai isian yang tidak dikenal: {shown}.", _REMEDY)


def _counters() -> dict[str, Counter]:
    """The counters that templates may call: letters, numerals and the names of dictums."""
    numerals = {name: Counter(str) for name in ("angka", "tembusan")}
    return numerals | {"huruf": Counter(lambda number: chr(ord("a") + number - 1)), "diktum": Counter(dictum)}


def _verbatim(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return Markup("".join(_BRACES.get(character, character) for character in str(escape(value))))  # noqa: S704


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list | tuple) else value


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _set_properties(document: Any) -> None:
    """No name of whoever edited the template travels with a document that will be published."""
    document.core_properties.author = ""
    document.core_properties.last_modified_by = ""


def _characters(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif node.getparent().tag == qn("w:r"):  # a w:tab among tab stops is no text
            yield "\t" if node.tag == qn("w:tab") else "\n"
