"""The checks that `columns.toml` names, and the rules that look across cells and rows.

Each takes text (blank is "") and says True where all is well; none raises, and a blank cell always passes,
so that one blank is one finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dipxl.model import grounds, times
from dipxl.model.classes import classes
from dipxl.model.columns import Column, sheets
from dipxl.model.dates import likely_years, parse_date
from dipxl.model.edition_id import EditionId
from dipxl.model.items import items, kodes
from dipxl.model.personal import with_personal_data
from dipxl.model.readers import READERS, no_value, without_value
from dipxl.model.text import fold, folds

SHORTEST_SUMMARY = 12
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True)
class Rule:
    """A check of one column that needs others: `keeps(frame)` is True for each row where all is well.

    `facts(frame, rows)` gives for each failing row what its message tells besides column and value.
    """

    code: str
    column: str
    keeps: Callable[[pd.DataFrame], pd.Series]
    facts: Callable[[pd.DataFrame, Sequence[int]], Iterable[Mapping[str, str]]] = lambda frame, rows: [{}] * len(rows)


def _each(good: Callable[[str], bool]) -> Callable[[pd.Series], pd.Series]:
    """A check of each text that is not blank; equal texts are looked at once."""

    def keeps(series: pd.Series) -> pd.Series:
        return _without(series, [text for text in dict.fromkeys(series.tolist()) if text and not good(text)])

    return keeps


def _without(series: pd.Series, bad: Sequence[str]) -> pd.Series:
    """True for each cell whose text is none of the bad ones."""
    if not bad:
        return pd.Series(data=True, index=series.index)
    known = frozenset(bad)
    return pd.Series([text not in known for text in series.tolist()], index=series.index)


def _whole(pattern: str) -> Callable[[str], bool]:
    known = re.compile(pattern)
    return lambda text: bool(known.fullmatch(text))


def _lacks(*words: str) -> Callable[[pd.Series], pd.Series]:
    return _each(lambda text: not any(word in fold(text) for word in words))


def _within_likely_years(series: pd.Series) -> pd.Series:
    return within(likely_years())(series)


_LAW = re.compile(r"(?i)\bUU(?![a-z])|undang[- ]undang")

# The checks of one column's own text, by the code that they report.
CHECKS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "terlalu-umum": _each(lambda text: len(text) >= SHORTEST_SUMMARY and " " in text),
    "retensi-belum-tahu": lambda s: s.ne("Belum tahu"),
    "sediakan-softcopy": lambda s: s.ne("Hardcopy"),
    "pengecualian-permanen": _lacks("permanen", "permamen", "selamanya", "seterusnya", "tidak terbatas"),
    "dasar-bukan-undang-undang": _each(lambda text: bool(_LAW.search(text))),
    "butir-tidak-dikenal": _each(lambda text: all(kode in items() for kode in kodes(text))),
    "kode-bidang": _each(_whole(r"[A-Z]{3}")),
    "edisi-tidak-dikenal": _each(lambda text: EditionId.parse(text) is not None),
    "tahun-janggal": _within_likely_years,
    "tanggal-tidak-dikenal": _each(lambda text: parse_date(text) is not None),
    "titik-titik-belum-diisi": _lacks("…", "«", "...."),
}


def understood(reads: str) -> Callable[[pd.Series], pd.Series]:
    """The check that a column's reader has nothing to ask."""
    read = READERS[reads]
    return _each(lambda text: not read(text).code)


def has_value(series: pd.Series) -> pd.Series:
    """True for each cell that does not hold a sign in place of a value."""
    return _without(series, without_value(dict.fromkeys(series.tolist())))


def within(years: range) -> Callable[[pd.Series], pd.Series]:
    """The check that a time names no other years; what is no time at all is another check's business."""
    return _each(lambda text: bool(times.read(text).code) or all(int(y) in years for y in _FOUR_DIGITS.findall(text)))


def without_personal_data(series: pd.Series) -> pd.Series:
    return _without(series, with_personal_data(list(dict.fromkeys(series.tolist()))))


def _conditional(column: Column, because: str) -> Rule:
    """The column must be filled in rows where another says so; "*" stands for any text."""
    when = column.required_when[because]

    def keeps(frame: pd.DataFrame) -> pd.Series:
        asked = frame[because].ne("") if when == ("*",) else frame[because].isin(when)
        return ~asked | frame[column.name].ne("")

    label = sheets()[column.sheet][because].label
    return Rule(
        "kosong-bersyarat",
        column.name,
        keeps,
        lambda frame, rows: [{"because": label, "because_value": str(frame.at[row, because])} for row in rows],
    )


def _serta_merta(frame: pd.DataFrame) -> pd.Series:
    signs = _words(*classes()["Serta merta"].signs)
    proposed = frame.loc[frame["kelas"].eq("Serta merta"), "ringkasan"]
    doubted = [row for row, text in proposed.items() if text and not (signs.search(text) or no_value(text))]
    return pd.Series(~frame.index.isin(doubted), index=frame.index)


def _words(*words: str) -> re.Pattern[str]:
    """Any of these at the beginning of a word, or after a prefix: "pangan" is not in "lapangan"."""
    return re.compile(rf"(?i)\b(?:ke|ber|mem)?(?:{'|'.join(words)})")


def _first_twins(frame: pd.DataFrame) -> dict[int, int]:
    """The first row that each later one repeats; one that is withdrawn because it stands twice is no longer one."""
    standing = frame.loc[frame["ringkasan"].ne("") & frame["pemutakhiran"].ne("Cabut"), "ringkasan"]
    titles = _folded(standing)
    often = {title for title, count in Counter(titles).items() if count > 1}
    rows = [row for row, title in zip(standing.index, titles, strict=True) if title in often]
    first: dict[tuple[str, ...], int] = {}
    firsts = ((row, first.setdefault(key, row)) for row, key in zip(rows, _twin_keys(frame.loc[rows]), strict=True))
    return {row: other for row, other in firsts if row != other}


def _twin_keys(frame: pd.DataFrame) -> Iterable[tuple[str, ...]]:
    """Equal keys are twins; the unit belongs to the key, since several may keep a document of one title."""
    return zip(frame["file"], *(_folded(frame[name]) for name in ("ringkasan", "waktu", "menguasai")), strict=True)


def _folded(series: pd.Series) -> list[str]:
    texts = series.tolist()
    folded = folds(dict.fromkeys(texts))
    return [folded[text] for text in texts]


def _no_twin(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(~frame.index.isin(list(_first_twins(frame))), index=frame.index)


def _twins(frame: pd.DataFrame, rows: Sequence[int]) -> Iterable[Mapping[str, str]]:
    first = _first_twins(frame)
    return [{"other": _place(frame, first[row], seen_from=row)} for row in rows]


def _place(frame: pd.DataFrame, row: int, seen_from: int) -> str:
    """Where a row stands, for one who looks at another row of the same file."""
    sheet, own = (str(frame.at[r, "sheet"]) if "sheet" in frame else "" for r in (row, seen_from))
    return f"{frame.at[row, 'row']!s} di lembar {'yang sama' if sheet == own else sheet}"


def _kode_once(frame: pd.DataFrame) -> pd.Series:
    given = frame.loc[frame["kode"].ne(""), ["file", "kode"]]
    return ~given.duplicated().reindex(frame.index, fill_value=False)


def _mentions(frame: pd.DataFrame, *words: str) -> pd.Series:
    wanted = _words(*words)
    text = frame["informasi"] + "\n" + frame["dokumen"]
    return text.map(lambda t: bool(wanted.search(t))).astype(bool)


def _told(frame: pd.DataFrame) -> pd.Series:
    """True where both are filled: the word that would settle the doubt may belong in the one that is blank."""
    return frame["informasi"].ne("") & frame["dokumen"].ne("")


def _not_a_decision(frame: pd.DataFrame) -> pd.Series:
    whole = frame["bagian"].ne("Sebagian dokumen") & _told(frame)
    return ~(_mentions(frame, "keputusan", r"sk\b") & whole & ~_mentions(frame, "konsep", "rancangan", "belum"))


def _not_hps(frame: pd.DataFrame) -> pd.Series:
    return ~_mentions(frame, r"hps\b", "harga perkiraan sendiri")


def _not_discipline(frame: pd.DataFrame) -> pd.Series:
    discipline = _told(frame) & _mentions(frame, "disiplin") & ~_mentions(frame, "tindak pidana")
    return ~(discipline & frame["alasan"].eq(grounds.grounds()["a"].label))


def _class_only_where_changed(frame: pd.DataFrame) -> pd.Series:
    """A class beside "Setuju" would change the entry without the reason that "Ubah" demands."""
    return frame["kelas_putusan"].eq("") | frame["putusan"].ne("Setuju")


ACROSS: Mapping[str, tuple[Rule, ...]] = {
    "daftar": (
        Rule("serta-merta-diragukan", "kelas", _serta_merta),
        Rule("baris-ganda", "ringkasan", _no_twin, _twins),
        Rule("kode-ganda", "kode", _kode_once),
    ),
    "dikecualikan": (
        Rule("keputusan-dikecualikan", "informasi", _not_a_decision),
        Rule("hps-dikecualikan", "informasi", _not_hps),
        Rule("disiplin-bukan-pidana", "alasan", _not_discipline),
    ),
    "bidang": (Rule("kode-bidang-ganda", "kode", _kode_once),),
    "telaah": (Rule("setuju-dengan-kelas-lain", "kelas_putusan", _class_only_where_changed),),
}


def across(sheet_name: str) -> tuple[Rule, ...]:
    """All rules of a sheet that look at more than one cell."""
    conditional = tuple(_conditional(c, because) for c in sheets()[sheet_name] for because in c.required_when)
    return conditional + ACROSS.get(sheet_name, ())
