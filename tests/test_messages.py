"""The catalogue of messages: short, plain, whole sentences, and no code that nobody reports."""

import re
from datetime import date
from string import Formatter

import pytest

from dipxl.model.data import load
from dipxl.model.findings import Severity
from dipxl.model.lenience import waivable

MESSAGES = load("messages")
MOST_WORDS = 25
KNOWN_FACTS = {
    "files",
    "column", "value", "suggestion", "kind", "other", "because", "because_value", "kode", "clue", "expected",
}  # fmt: skip
WHOLE = ("{value}", "{suggestion}")  # sentences that are given, not filled in
PARTS = [
    pytest.param(entry[part], id=f"{code}.{part}") for code, entry in MESSAGES.items() for part in ("message", "remedy")
]
# What the intake is to report, and does not yet.
AWAITED = {"sel-salah", "rumus-tanpa-nilai", "tanda-sama-tanpa-rujukan", "salinan-sinkronisasi"}
JARGON = (
    "error", "invalid", "valid", "validasi", "null", "nan", "none", "dataframe", "schema", "skema", "index", "indeks",
    "position", "regex", "data type", "dtype", "string", "integer", "float", "boolean", "parse", "parsing", "format",
    "field", "record", "entity", "key", "sheet", "cell", "row", "column", "file", "header", "input", "output",
    "default", "checksum", "encoding", "parameter", "exception",
)  # fmt: skip


def sentences(text):
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def gaps(entry):
    return {name for key in ("message", "remedy") for _, name, _, _ in Formatter().parse(entry[key]) if name}


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_knows_its_facts(code):
    assert gaps(MESSAGES[code]) <= KNOWN_FACTS


ASKED = re.compile(r"^Maksudnya [^?]*\? (?=[A-Z])")  # the question with its candidate comes before what to do


@pytest.mark.parametrize("text", PARTS)
def test_what_is_wrong_and_what_to_do_are_a_short_sentence_each(text):
    if text in WHOLE:
        return
    filled = ASKED.sub("", text.format_map(dict.fromkeys(KNOWN_FACTS, "satu dua")))
    assert len(sentences(filled)) == 1
    assert len(filled.split()) <= MOST_WORDS
    assert filled.endswith(".")
    assert text[0].isupper() or text[0] in '"{'
    assert "  " not in filled
    assert "!" not in filled


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_has_a_severity_and_nothing_unknown(code):
    entry = MESSAGES[code]
    assert Severity(entry["severity"])
    assert {*entry} <= {"severity", "message", "remedy", "basis", "trial_until", "waivable"}
    assert entry.get("basis", "Ps 1").startswith(("Ps ", "UU "))
    assert isinstance(entry.get("trial_until", date.max), date)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)


@pytest.mark.parametrize("word", JARGON)
def test_no_message_speaks_like_a_machine(word):
    said = {code: re.sub(r"\{\w+\}", "", f"{e['message']} {e['remedy']}") for code, e in MESSAGES.items()}
    assert [code for code, text in said.items() if re.search(rf"(?i)\b{word}\b", text)] == []


def test_no_two_codes_say_the_same():
    said = [entry["message"] for entry in MESSAGES.values()]
    assert len(said) == len(set(said))


def test_every_code_is_reported_somewhere(checkout):
    sources = [
        *(checkout / "dipxl").rglob("*.py"),
        checkout / "dipxl/model/columns.toml",
        checkout / "dipxl/model/settings.toml",
    ]
    text = "".join(path.read_text("utf-8") for path in sources)
    unused = {code for code in MESSAGES if f'"{code}"' not in text}
    assert unused - AWAITED == set()


def test_what_protects_people_or_was_not_read_can_never_be_waived():
    assert not {"data-pribadi", "tidak-terbaca", "sel-salah"} & {*waivable()}
    assert {"kosong", "bukan-pilihan", "retensi-belum-tahu", "tahun-sebagai-retensi"} <= {*waivable()}


def test_what_only_suggests_needs_no_waiver():
    assert {MESSAGES[code]["severity"] for code in waivable()} == {"wajib", "periksa"}
