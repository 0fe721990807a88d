"""Shows a number the way its cell does: "5 tahun", "007", "Januari 2025", with Indonesian names and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from dipxl.model.dates import long_date, month, weekday, weekday_date

GENERAL = "General"
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: '#,##0;-#,##0;"-"', 42: '"Rp"#,##0;-"Rp"#,##0;"Rp"-', 43: '#,##0.00;-#,##0.00;"-"',
    44: '"Rp"#,##0.00;-"Rp"#,##0.00;"Rp"-', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip

_LONG = 1e15  # to here a number's own digits are all that Excel keeps
_LAST_DAY = 2_958_466  # the first serial after 31 December 9999
_MOST = 1e21  # from here on every format gives way to powers of ten
_LEAP_DAY = 60  # the 29 February 1900 that Excel believes in and no calendar has
_FROM_1900 = datetime.fromisoformat("1899-12-30")
_FROM_1904 = datetime.fromisoformat("1904-01-01")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general)|(?P<noon>am/pm|a/p)|(?P<date>y+|m+|d+|h+|s+)|(?P<end>;)|(?P<digit>[0#?])"
    r"|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<plain>[-+/():!^&'~{}<>=$€£¥ ]|[^\x00-\x7f])",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """A number as text; `known` is False where the format was not understood and the bare number stands."""

    text: str
    known: bool = True


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


_Section = list[_Token]
_FRACTION = _Token("plain", "/")


@lru_cache(maxsize=4096)
def shown(number: float, code: str, from_1904: bool = False) -> Shown:
    """The number as a cell with this format code shows it.

    >>> shown(5, '0 "tahun"').text, shown(7, "000").text, shown(45000, "mmm-yy").text, shown(0.125, "0.0%").text
    ('5 tahun', '007', 'Maret 2023', '12,5%')
    """
    sections = _sections(code) if abs(number) < _MOST else None
    if sections is None:
        return Shown(plain(number), known=False)
    section, bare = _chosen(sections, number)
    if bare:
        number = abs(number)
    try:
        text = _moment(section, number, from_1904) if _is_date(section) else _figure(section, number)
    except InvalidOperation:  # a format with dozens of decimals
        text = None
    return Shown(text) if text else Shown(plain(number), known=False)  # what a format hides was typed all the same


def plain(number: float) -> str:
    """A number without a format, with a decimal comma and no more digits than Excel keeps.

    >>> plain(2024.0), plain(0.1 + 0.2), plain(2.5e30)
    ('2024', '0,3', '2,5E+30')
    """
    if isinstance(number, int) or (abs(number) < _LONG and number.is_integer()):
        return str(int(number))
    digits = f"{number:.15G}"
    text = f"{Decimal(digits):f}" if abs(number) < _MOST else digits  # infinity and its like stay as they are
    return text.replace(".", ",")


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...] | None:
    """The parts between semicolons, or None where something in them is unknown."""
    sections: list[_Section] = [[]]
    place = 0
    while place < len(code):
        match = _TOKEN.match(code, place)
        if match is None:
            return None
        place = match.end()
        kind = str(match.lastgroup)
        if kind == "end":
            sections.append([])
        else:
            sections[-1].append(_Token(kind, match[kind]))
    return tuple(sections)


def _chosen(sections: tuple[_Section, ...], number: float) -> tuple[_Section, bool]:
    """The section that a number takes, and whether it shows the number without its sign."""
    conditions = [_condition(section) for section in sections[:2]]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=False):
            if condition and _meets(number, *condition):
                return section, False
        rest = [section for section, condition in zip(sections, [*conditions, None], strict=False) if not condition]
        return (rest or [sections[-1]])[-1], False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    if number == 0 and len(sections) > 2:  # noqa: PLR2004 - the third section is for zero
        return sections[2], False
    return sections[0], False


def _condition(section: _Section) -> tuple[str, float] | None:
    for token in section:
        if token.kind == "bracket" and (match := _CONDITION.fullmatch(token.text)):
            return match[1], float(match[2])
    return None


def _meets(number: float, sign: str, bound: float) -> bool:
    order = "<" if number < bound else ">" if number > bound else "="
    return order in sign


def _is_date(section: _Section) -> bool:
    return any(token.kind == "date" or _is_elapsed(token) for token in section)


def _is_elapsed(token: _Token) -> bool:
    return token.kind == "bracket" and bool(_ELAPSED.fullmatch(token.text))


def _literal(token: _Token) -> str:
    """What a token prints by itself: a currency in brackets counts, a colour or language does not."""
    match token.kind:
        case "quoted" | "escaped" | "plain" | "percent":
            return token.text
        case "fill":
            return " " if token.text == " " else ""
        case "bracket" if token.text.startswith("$"):
            return token.text[1:].split("-")[0]
        case _:
            return ""


def _figure(section: _Section, number: float) -> str | None:
    """The number through the digit places of a section, or None for fractions and powers of ten."""
    if not any(token.kind == "digit" for token in section):
        return "".join(plain(number) if t.kind in ("general", "text") else _literal(t) for t in section).strip()
    if any(token == _FRACTION or token.kind == "general" for token in section):
        return None
    point = next((place for place, token in enumerate(section) if token.kind == "point"), len(section))
    whole, rest = section[:point], section[point + 1 :]
    figure = Decimal(f"{number:.15g}").scaleb(_shift(whole, rest))
    places = sum(token.kind == "digit" for token in rest)
    rounded = abs(figure).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    text = _before_point(whole, before.lstrip("0")) + _after_point(rest, after)
    return f"-{text}".strip() if figure < 0 and rounded else text.strip()


def _shift(whole: _Section, rest: _Section) -> int:
    """How far the point moves: two places for each percent sign, three back for each comma behind the digits."""
    hundreds = sum(token.kind == "percent" for token in (*whole, *rest))
    return 2 * hundreds - 3 * sum(_commas_behind(tokens) for tokens in (whole, rest))


def _commas_behind(tokens: _Section) -> int:
    kinds = [token.kind for token in tokens if token.kind in ("digit", "comma")]
    return len(kinds) - max((place + 1 for place, kind in enumerate(kinds) if kind == "digit"), default=0)


def _is_grouped(whole: _Section) -> bool:
    kinds = [token.kind for token in whole if token.kind in ("digit", "comma")]
    return "comma" in kinds[: len(kinds) - _commas_behind(whole)]


def _before_point(tokens: _Section, digits: str) -> str:
    """Digits dealt to their places from the right, the leftmost place taking all that are left."""
    places = sum(token.kind == "digit" for token in tokens)
    grouped = _is_grouped(tokens)
    shown_digits = 0
    text: list[str] = []

    def put(digit: str) -> None:
        nonlocal shown_digits
        if grouped and shown_digits and shown_digits % 3 == 0:
            text.append(".")
        text.append(digit)
        shown_digits += 1

    for token in reversed(tokens):
        if token.kind != "digit":
            text.append(_literal(token)[::-1])
            continue
        places -= 1
        taken, digits = (digits[-1:], digits[:-1]) if places else (digits, "")
        for digit in reversed(taken or ("0" if token.text == "0" else "")):
            put(digit)
    return "".join(text)[::-1]


def _after_point(tokens: _Section, digits: str) -> str:
    """Decimals in their places; a # at the end shows no zero."""
    wanted = [token.text for token in tokens if token.kind == "digit"]
    while wanted and wanted[-1] != "0" and digits.endswith("0"):
        wanted.pop()
        digits = digits[:-1]
    left = iter(digits)
    text = "".join(next(left, "") if token.kind == "digit" else _literal(token) for token in tokens)
    return f",{text}" if digits else text


def _moment(section: _Section, number: float, from_1904: bool) -> str | None:
    if any(_is_elapsed(token) for token in section):
        return _elapsed(section, number)
    moment = _of_serial(number, from_1904)
    if moment is None:
        return None
    parts = set(_parts(section))
    day, clock = _day(parts, moment), _clock(parts, moment)
    if day and clock in ("00:00", "00:00:00"):
        return day
    return " ".join(text for text in (day, clock) if text)


def _parts(section: _Section) -> Iterator[str]:
    """What a date format shows: year, month, day, weekday, hour, minute, second; an m by an h or s is minutes."""
    letters = [token.text.casefold() for token in section if token.kind == "date"]
    for place, text in enumerate(letters):
        beside = letters[place - 1][0] == "h" if place else False
        beside = beside or (place + 1 < len(letters) and letters[place + 1][0] == "s")
        match text[0]:
            case "m":
                yield "minute" if beside and len(text) < 3 else "month"  # noqa: PLR2004 - mmm is always a name
            case "d":
                yield "day" if len(text) < 3 else "weekday"  # noqa: PLR2004 - ddd is always a name
            case letter:
                yield {"y": "year", "h": "hour", "s": "second"}[letter]


def _day(parts: set[str], moment: datetime) -> str:
    """The date as far as the format shows it; with a day it is always whole, since none may be lost."""
    if "day" in parts:
        return weekday_date(moment.date()) if "weekday" in parts else long_date(moment.date())
    if "month" in parts:
        return f"{month(moment.date())} {moment.year}" if "year" in parts else month(moment.date())
    if "year" in parts:
        return str(moment.year)
    return weekday(moment.date()) if "weekday" in parts else ""


def _clock(parts: set[str], moment: datetime) -> str:
    if not parts & {"hour", "minute", "second"}:
        return ""
    return f"{moment:%H:%M:%S}" if "second" in parts else f"{moment:%H:%M}"


def _elapsed(section: _Section, number: float) -> str:
    seconds = round(abs(number) * 86_400)
    minutes, second = divmod(seconds, 60)
    text = f"{minutes // 60}:{minutes % 60:02}"
    sign = "-" if number < 0 else ""
    return f"{sign}{text}:{second:02}" if "second" in set(_parts(section)) else sign + text


def _of_serial(number: float, from_1904: bool) -> datetime | None:
    """The moment of a serial number, or None where there is none."""
    if not 0 <= number < _LAST_DAY or (not from_1904 and int(number) == _LEAP_DAY):
        return None
    start = _FROM_1904 if from_1904 else _FROM_1900 if number > _LEAP_DAY else _FROM_1900 + timedelta(days=1)
    try:
        return start + timedelta(seconds=round(number * 86_400))
    except OverflowError:
        return None
