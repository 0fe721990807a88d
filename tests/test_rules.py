"""The rules, by tables that a jurist can read and add to: tests/rules/*.toml."""

import tomllib

import pytest
from sample_rows import GOOD_ROWS, RULES, codes_of, faults_of, row_of

from dipxl.model.columns import sheets
from dipxl.model.data import load
from dipxl.model.readers import ASKS, NO_VALUE
from dipxl.model.rules import ACROSS, CHECKS

FROM_COLUMNS = {"kosong", "bukan-pilihan", "kosong-bersyarat", "data-pribadi", "butir-tidak-dikenal", *NO_VALUE}
ASKED = {code for codes in ASKS.values() for code in codes}
CODES = sorted(FROM_COLUMNS | ASKED | {*CHECKS} | {rule.code for rules in ACROSS.values() for rule in rules})
TRAPS = ["T1", "T2", "T3", "T4", "T5", "T6"]


def cases():
    """Every case with the sheet that it is about, which is named like its file unless it says otherwise."""
    tables = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(RULES.glob("*.toml"))}
    return [{"sheet": stem, "above": []} | case for stem, table in tables.items() for case in table.get("case", [])]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['sheet']}: {case['name']}") for case in cases()])
def test_a_row_is_judged_as_the_table_says(case):
    rows = [row_of(case["sheet"], **cells) for cells in (*case["above"], case["row"])]
    assert codes_of(case["sheet"], *rows) == sorted(case["codes"])


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_keeping_and_a_breaking_case(code):
    outcomes = {code in case["codes"] for case in cases() if case["rule"] == code}
    assert outcomes == {True, False}


def test_every_case_names_rules_of_the_catalogue():
    named = {code for case in cases() for code in (case["rule"], *case["codes"])}
    assert named - {*CODES} == set()
    assert named - {*load("messages")} == set()


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['sheet']}: {case['name']}") for case in cases()])
def test_a_blank_cell_silences_what_follows_from_it(case):
    above = [row_of(case["sheet"], **cells) for cells in case["above"]]
    row = row_of(case["sheet"], **case["row"])
    before = {*codes_of(case["sheet"], *above, row)}
    for column in [c for c in sheets()[case["sheet"]] if c.required]:
        faults = faults_of(case["sheet"], *above, row | {column.name: ""})
        left = [fault for fault in faults if fault.row == len(above)]
        assert [fault.code for fault in left if fault.column == column.name] == ["kosong"]
        assert {fault.code for fault in left} - before <= {"kosong"}


@pytest.mark.parametrize("sheet_name", ["daftar", "dikecualikan", "telaah", "usulan"])
def test_a_row_without_any_cell_has_one_finding_a_required_cell(sheet_name):
    blank = dict.fromkeys(row_of(sheet_name), "")
    faults = faults_of(sheet_name, blank)
    assert [(f.code, f.column) for f in faults] == [("kosong", c.name) for c in sheets()[sheet_name] if c.required]


def test_no_two_cases_have_the_same_name():
    named = [(case["sheet"], case["name"]) for case in cases()]
    assert len(named) == len(set(named))


def test_the_traps_of_the_handbook_are_all_set():
    assert [trap for trap in TRAPS if any(case["name"].startswith(f"{trap} ") for case in cases())] == TRAPS


@pytest.mark.parametrize("sheet_name", tomllib.loads((RULES / GOOD_ROWS).read_text("utf-8")))
def test_the_good_row_of_each_sheet_has_no_fault(sheet_name):
    assert codes_of(sheet_name, row_of(sheet_name)) == []


@pytest.mark.parametrize("sheet_name", [name for name in sheets() if name != "konteks"])
def test_the_form_passes_its_own_check_with_its_own_examples(sheet_name):
    examples = {column.name: column.example for column in sheets()[sheet_name] if column.example}
    needed = {"kantor": {"tingkat": "Pemerintah kabupaten", "penanda_tangan": "Atasan PPID (menurut SOP)"}}
    row = row_of(sheet_name, **(examples | needed.get(sheet_name, {})))
    assert faults_of(sheet_name, row) == []


def test_every_kind_of_sheet_that_people_fill_has_a_good_row():
    assert {*tomllib.loads((RULES / GOOD_ROWS).read_text("utf-8"))} == {*sheets()} - {"konteks"}
