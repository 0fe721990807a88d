"""The checks that `columns.toml` names, and the rules that look across cells and rows.

Each takes text (blank is "") and says True where all is well; none raises, and a blank cell always passes,
so that one blank is one finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dipxl.model import grounds
from dipxl.model.classes import classes
from dipxl.model.columns import Column, sheets
from dipxl.model.dates import parse_date
from dipxl.model.edition_id import EditionId
from dipxl.model.items import items, kodes
from dipxl.model.text import fold
from dipxl.model.vocabulary import PERSONAL, TIME, WEB_ADDRESS, YEAR_AS_PERIOD

SHORTEST_SUMMARY = 12


@dataclass(frozen=True)
class Rule:
    """A check of one column that needs others: `keeps(frame)` is True for each row where all is well.

    `facts(frame, rows)` gives for each failing row what its message tells besides column and value.
    """

    code: str
    column: str
    keeps: Callable[[pd.DataFrame], pd.Series]
    facts: Callable[[pd.DataFrame, Sequence[int]], Iterable[Mapping[str, str]]] = lambda frame, rows: [{}] * len(rows)


def _unless_blank(good: Callable[[pd.Series], pd.Series]) -> Callable[[pd.Series], pd.Series]:
    return lambda series: series.eq("") | good(series)


def _each(good: Callable[[str], bool]) -> Callable[[pd.Series], pd.Series]:
    return _unless_blank(lambda series: series.map(good).astype(bool))


def _lacks(*words: str) -> Callable[[pd.Series], pd.Series]:
    return _each(lambda text: not any(word in fold(text) for word in words))


# The checks of one column's own text, by the code that they report.
CHECKS: Mapping[str, Callable[[pd.Series], pd.Series]] = {
    "terlalu-umum": _unless_blank(lambda s: s.str.len().ge(SHORTEST_SUMMARY) & s.str.contains(" ")),
    "waktu-tidak-dikenal": _unless_blank(lambda s: s.str.fullmatch(TIME)),
    "tahun-sebagai-retensi": _unless_blank(lambda s: ~s.str.fullmatch(YEAR_AS_PERIOD)),
    "retensi-tanpa-satuan": _unless_blank(lambda s: ~s.str.fullmatch(r"\d{1,3}")),
    "retensi-belum-tahu": lambda s: s.ne("Belum tahu"),
    "sediakan-softcopy": lambda s: s.ne("Hardcopy"),
    "tautan-tidak-lengkap": _unless_blank(lambda s: s.str.fullmatch(WEB_ADDRESS)),
    "pengecualian-permanen": _lacks("permanen", "permamen", "selamanya", "seterusnya", "tidak terbatas"),
    "dasar-bukan-undang-undang": _unless_blank(lambda s: s.str.contains(r"(?i)\bUU(?![a-z])|undang[- ]undang")),
    "butir-tidak-dikenal": _each(lambda text: all(kode in items() for kode in kodes(text))),
    "kode-bidang": _unless_blank(lambda s: s.str.fullmatch(r"[A-Z]{3}")),
    "edisi-tidak-dikenal": _each(lambda text: EditionId.parse(text) is not None),
    "tanggal-tidak-dikenal": _each(lambda text: parse_date(text) is not None),
    "titik-titik-belum-diisi": _lacks("…", "«", "...."),
}


def personal_data(text: str) -> str:
    """The kind of personal data that a text seems to hold, or ""."""
    return next((kind for kind, pattern in PERSONAL.items() if pd.Series([text]).str.contains(pattern)[0]), "")


def without_personal_data(series: pd.Series) -> pd.Series:
    found = pd.Series(data=False, index=series.index)
    for pattern in PERSONAL.values():
        found |= series.str.contains(pattern)
    return ~found


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
    told = frame["ringkasan"].map(lambda text: not text or bool(signs.search(text))).astype(bool)
    return frame["kelas"].ne("Serta merta") | told


def _words(*words: str) -> re.Pattern[str]:
    """Any of these at the beginning of a word, or after a prefix: "pangan" is not in "lapangan"."""
    return re.compile(rf"(?i)\b(?:ke|ber|mem)?(?:{'|'.join(words)})")


def _twin_keys(frame: pd.DataFrame) -> pd.Series:
    """Equal keys are twins; the unit belongs to the key, since several may keep a document of one title."""
    texts = frame[["ringkasan", "waktu", "menguasai"]].map(fold)
    return frame["file"].astype(str).str.cat(texts, sep="\0")


def _no_twin(frame: pd.DataFrame) -> pd.Series:
    return ~_twin_keys(_standing(frame)).duplicated().reindex(frame.index, fill_value=False)


def _standing(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that may be twins: one that is withdrawn because it stands twice is no longer one."""
    return frame[frame["ringkasan"].ne("") & frame["pemutakhiran"].ne("Cabut")]


def _twins(frame: pd.DataFrame, rows: Sequence[int]) -> Iterable[Mapping[str, str]]:
    kept = _standing(frame)
    first = kept["row"].groupby(_twin_keys(kept)).transform("first")
    return [{"other": str(first[row])} for row in rows]


def _kode_once(frame: pd.DataFrame) -> pd.Series:
    return frame["kode"].eq("") | ~frame.duplicated(["file", "kode"])


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
