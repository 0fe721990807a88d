"""Looks added to a workbook's own styles: a mark is another fill under everything else that the cell has."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from copy import deepcopy
from functools import cache

from lxml import etree

from dipxl.files.patch_package import MAIN, CannotPatch, M, Package, parse
from dipxl.files.theme import colour, properties

MARKS = ("fault", "doubt", "hint")
MOST_STYLES = 64_000  # Excel's own limit

# A mark remembers which fill it hides in the lowest two bits of its red, green and blue, which no eye sees and every
# program keeps. Codes 1-31 are places in this list; never change the order. Code 9 would give the bare colour of hints.
_HIDDEN = ("", "none", "white", "entry", "locked", "example", "good", "primary_soft", "primary", "", "line")
_TEXT = "49"  # the number format "@"
_AUTOMATIC = {"indexed": "64"}
_OTHER = 32  # from here on: the fill is in bgColor, which a solid fill does not show, and the code is its check sum
_CHECKS = 16

_DEFAULT = parse(
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'.encode()
)
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Styles:
    """The styles of one workbook; styles are named by their place, as cells do it."""

    def __init__(self, package: Package, workbook: str) -> None:
        self._package = package
        self._part = package.related(workbook, "styles") or _add_styles(package, workbook)
        root = package.tree(self._part)
        self._lists = {name: root.find(f"{M}{name}") for name in ("fonts", "fills", "borders", "cellXfs")}
        own = (one for one in root.iterfind(f"{M}numFmts/{M}numFmt") if one.get("formatCode") == "@")
        self._texts = {_TEXT, *(one.get("numFmtId", "") for one in own)}
        self._places: dict[str, dict[bytes, int]] = {}
        self._made: dict[tuple[str, str], str] = {}

    def marked(self, style: str, role: str) -> str:
        """The style with the fill of a mark."""
        if (style, role) not in self._made:
            hidden = self._list("fills")[int(self._style(style).get("fillId", "0"))]
            self._made[style, role] = self._filled(style, _mark_fill(role, hidden))
        return self._made[style, role]

    def unmarked(self) -> dict[str, str]:
        """The style below each style that is a mark."""
        fills = {str(n): hidden for n, fill in enumerate(self._list("fills")) if (hidden := _below(fill)) is not None}
        marks = [(str(n), fills[i]) for n, xf in enumerate(self._list("cellXfs")) if (i := xf.get("fillId")) in fills]
        return {style: self._filled(style, hidden) for style, hidden in marks if style not in self._made.values()}

    def closed(self, *, locked: bool) -> frozenset[str]:
        """The styles in which a cell for entry does not belong: not text, or not open where locks count."""
        styles = enumerate(self._list("cellXfs"))
        return frozenset(str(n) for n, xf in styles if not self._is_text(xf) or (locked and _is_locked(xf)))

    def opened(self, style: str, *, as_text: bool = True) -> str:
        """The style for a cell that people fill: open, and as text unless its number needs its format."""
        if (style, f"opened {as_text}") not in self._made:
            xf = deepcopy(self._style(style))
            if as_text and not self._is_text(xf):
                xf.attrib.update({"numFmtId": _TEXT, "applyNumberFormat": "1"})
            _unlock(xf)
            self._made[style, f"opened {as_text}"] = str(self._place("cellXfs", xf))
        return self._made[style, f"opened {as_text}"]

    def _is_text(self, xf: etree._Element) -> bool:
        return xf.get("numFmtId", "0") in self._texts

    def role(self, role: str) -> str:
        """The style of one of dipxl's roles."""
        if ("", role) not in self._made:
            look = properties(role)
            xf = etree.Element(f"{M}xf", {"numFmtId": "49" if look.get("num_format") == "@" else "0"})
            fill = _solid(look["bg_color"]) if "bg_color" in look else self._list("fills")[0]
            for kind, attribute, element in (
                ("fonts", "fontId", _font(look)), ("fills", "fillId", fill), ("borders", "borderId", _border(look)),
            ):  # fmt: skip
                xf.set(attribute, str(self._place(kind, element)))
            xf.attrib.update({"xfId": "0", "applyFont": "1", "applyFill": "1", "applyBorder": "1"})
            xf.attrib.update({"applyAlignment": "1", "applyNumberFormat": "1"})
            xf.append(_alignment(look))
            self._made["", role] = str(self._place("cellXfs", xf))
        return self._made["", role]

    def _filled(self, style: str, fill: etree._Element) -> str:
        xf = deepcopy(self._style(style))
        xf.set("fillId", str(self._place("fills", fill)))
        xf.set("applyFill", "1")
        return str(self._place("cellXfs", xf))

    def _style(self, style: str) -> etree._Element:
        styles = self._list("cellXfs")
        if not style.isdecimal() or int(style) >= len(styles):
            raise CannotPatch("Sebuah sel memakai gaya yang tidak ada.")
        return styles[int(style)]

    def _place(self, name: str, element: etree._Element) -> int:
        """The place of an element in its list, where it is added if no equal one is there."""
        parent = self._list(name)
        places = self._places.setdefault(name, {})
        if not places:
            places.update({_key(child): n for n, child in reversed(list(enumerate(parent)))})
        if _key(element) not in places:
            if len(parent) >= MOST_STYLES:
                raise CannotPatch("Gaya sel di berkas ini terlalu banyak.")
            self._package.change(self._part)
            places[_key(element)] = len(parent)
            parent.append(deepcopy(element))
            parent.set("count", str(len(parent)))
        return places[_key(element)]

    def _list(self, name: str) -> etree._Element:
        found = self._lists[name]
        if found is None or not len(found):
            raise CannotPatch("Daftar gaya di berkas ini tidak lengkap.")
        return found


def _add_styles(package: Package, workbook: str) -> str:
    name = "xl/styles.xml"
    package.add(name, etree.tostring(_DEFAULT), _TYPE)
    package.relate(workbook, "styles", name)
    return name


def _key(element: etree._Element) -> bytes:
    """The element as it would stand in any document, whatever prefixes that has."""
    told = [(e.tag, sorted(e.attrib.items()), e.text and e.text.strip(), len(e)) for e in element.iter()]
    return repr(told).encode()


def _mark_fill(role: str, hidden: etree._Element) -> etree._Element:
    """The fill of a mark that remembers the fill it hides."""
    code, memory = _code(hidden)
    channels = zip(bytes.fromhex(colour(role)[1:]), (code >> 4, code >> 2, code), strict=True)
    rgb = "FF" + bytes(base & ~3 | bits & 3 for base, bits in channels).hex().upper()
    return _solid_of({"rgb": rgb}, memory)


def _code(hidden: etree._Element) -> tuple[int, Mapping[str, str]]:
    front = _told(_solid_colour(hidden))
    if not front:
        return _HIDDEN.index("none"), _AUTOMATIC
    known = _known().get(front.get("rgb", "").upper()[-6:])
    return (known, _AUTOMATIC) if known else (_check(front), front)


def _check(attributes: Mapping[str, str]) -> int:
    return _OTHER + zlib.crc32(repr(sorted(attributes.items())).encode()) % _CHECKS


@cache
def _known() -> dict[str, int]:
    return {colour(name)[1:].upper(): code for code, name in enumerate(_HIDDEN) if name and name != "none"}


@cache
def _bases() -> dict[bytes, bytes]:
    """The colours of marks without their lowest bits, and whole."""
    whole = [bytes.fromhex(colour(role)[1:]) for role in MARKS]
    return {bytes(channel & ~3 for channel in base): base for base in whole}


def _below(fill: etree._Element) -> etree._Element | None:
    """The fill that a mark hides, or None for a fill that is no mark."""
    front = _solid_colour(fill)
    rgb = front.get("rgb", "")[-6:] if front is not None else ""
    try:
        red, green, blue = bytes.fromhex(rgb)
    except ValueError:
        return None
    if _bases().get(bytes((red & ~3, green & ~3, blue & ~3)), bytes((red, green, blue))) == bytes((red, green, blue)):
        return None  # no mark, or a person's choice of the bare colour
    code = (red & 3) << 4 | (green & 3) << 2 | blue & 3
    if code < _OTHER:
        name = _HIDDEN[code] if code < len(_HIDDEN) else ""
        return _solid(colour(name)) if name and name != "none" else _no_fill()
    kept = _told(fill[0].find(f"{M}bgColor"))
    return _solid_of(kept) if kept and _check(kept) == code else _no_fill()


def _solid_colour(fill: etree._Element) -> etree._Element | None:
    pattern = fill.find(f"{M}patternFill")
    return pattern.find(f"{M}fgColor") if pattern is not None and pattern.get("patternType") == "solid" else None


def _solid(rgb: str) -> etree._Element:
    return _solid_of({"rgb": f"FF{rgb[1:]}"})


def _told(element: etree._Element | None) -> dict[str, str]:
    return {} if element is None else {str(name): str(value) for name, value in element.attrib.items()}


def _solid_of(front: Mapping[str, str], back: Mapping[str, str] = _AUTOMATIC) -> etree._Element:
    fill = etree.Element(f"{M}fill")
    pattern = etree.SubElement(fill, f"{M}patternFill", {"patternType": "solid"})
    etree.SubElement(pattern, f"{M}fgColor", dict(front))
    etree.SubElement(pattern, f"{M}bgColor", dict(back))
    return fill


def _no_fill() -> etree._Element:
    fill = etree.Element(f"{M}fill")
    etree.SubElement(fill, f"{M}patternFill", {"patternType": "none"})
    return fill


def _is_locked(xf: etree._Element) -> bool:
    protection = xf.find(f"{M}protection")
    return protection is None or protection.get("locked", "1") not in ("0", "false")


def _unlock(xf: etree._Element) -> None:
    if not _is_locked(xf):
        return
    protection = xf.find(f"{M}protection")
    if protection is None:
        protection = etree.Element(f"{M}protection")
        xf.insert(len(xf.findall(f"{M}alignment")), protection)
    protection.set("locked", "0")
    xf.set("applyProtection", "1")


def _font(look: Mapping[str, object]) -> etree._Element:
    font = etree.Element(f"{M}font")
    for name, key in (("b", "bold"), ("i", "italic"), ("u", "underline")):
        if look.get(key):
            etree.SubElement(font, f"{M}{name}")
    etree.SubElement(font, f"{M}sz", {"val": str(look["font_size"])})
    ink = str(look.get("font_color", colour("ink")))
    etree.SubElement(font, f"{M}color", {"rgb": f"FF{ink[1:]}"})
    etree.SubElement(font, f"{M}name", {"val": str(look["font_name"])})
    etree.SubElement(font, f"{M}family", {"val": "2"})
    return font


def _border(look: Mapping[str, object]) -> etree._Element:
    border = etree.Element(f"{M}border")
    for side in ("left", "right", "top", "bottom"):
        line = etree.SubElement(border, f"{M}{side}", {"style": "thin"} if look.get("border") else {})
        if look.get("border"):
            etree.SubElement(line, f"{M}color", {"rgb": f"FF{str(look['border_color'])[1:]}"})
    etree.SubElement(border, f"{M}diagonal")
    return border


def _alignment(look: Mapping[str, object]) -> etree._Element:
    alignment = etree.Element(f"{M}alignment")
    vertical = {"vcenter": "center", "top": "top"}.get(str(look.get("valign", "")), "bottom")
    alignment.attrib.update({"vertical": vertical, "wrapText": "1" if look.get("text_wrap") else "0"})
    if look.get("align"):
        alignment.set("horizontal", str(look["align"]))
    if look.get("indent"):
        alignment.attrib.update({"horizontal": str(look.get("align", "left")), "indent": str(look["indent"])})
    return alignment
