"""Validations given back: whatever was lost or misplaced, in the end every cell has exactly one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dipxl.files.patch_package import MAIN, M
from dipxl.files.patch_validations import Area, Target, _areas, give_back

FIRST, LAST = 11, 30
ORDER = ("sheetData", "conditionalFormatting", "dataValidations", "hyperlinks", "pageMargins")


def _rule(formula, title, sqref):
    told = {"type": "list", "promptTitle": title, "sqref": sqref} if formula else {"promptTitle": title, "sqref": sqref}
    rule = etree.Element(f"{M}dataValidation", told)
    if formula:
        etree.SubElement(rule, f"{M}formula1").text = formula
    return rule


RULES = {"a": _rule("pilihan_a", "A", "Z1"), "b": _rule("pilihan_b", "B", "Z1"), "c": _rule("", "C", "Z1")}
TARGETS = [Target(key, place, FIRST, LAST) for place, key in enumerate("abc", start=3)]


def _sheet(*rules):
    root = etree.Element(f"{M}worksheet", nsmap={None: MAIN})
    for name in ORDER:
        if name != "dataValidations" or rules:
            etree.SubElement(root, f"{M}{name}")
    listed = root.find(f"{M}dataValidations")
    for rule in rules:
        listed.append(rule)
    return root


def _cells(root):
    """The titles of the rules of each cell."""
    found = {}
    for rule in root.iter(f"{M}dataValidation"):
        for area in _areas(rule.get("sqref")):
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    found.setdefault((row, column), []).append(rule.get("promptTitle"))
    return found


SPANS = st.tuples(st.integers(8, 33), st.integers(2, 6), st.integers(0, 12), st.integers(0, 3)).map(
    lambda one: str(Area(one[0], one[1], one[0] + one[2], one[1] + one[3]))
)


@given(st.lists(st.tuples(st.sampled_from(["pilihan_a", "pilihan_b", "#REF!"]), SPANS), max_size=6), st.booleans())
def test_in_the_end_every_cell_has_its_own_rule(there, own):
    titles = {"pilihan_a": "A", "pilihan_b": "B", "#REF!": "X"}
    rules = {formula: _rule(formula, titles[formula], area) for formula, area in there}
    if own:
        rules['"ya,tidak"'] = _rule('"ya,tidak"', "Orang", "D12:D13")
    root = _sheet(*rules.values())
    outside = {
        cell: said for cell, said in _cells(root).items() if not (3 <= cell[1] <= 5 and FIRST <= cell[0] <= LAST)
    }
    give_back(root, TARGETS, RULES)
    cells = _cells(root)
    for target, title in zip(TARGETS, "ABC", strict=True):
        for row in range(FIRST, LAST + 1):
            said = cells[row, target.column]
            assert title in said or "Orang" in said
            assert set(said) <= {title, "Orang"}
    assert {cell: said for cell, said in cells.items() if cell in outside} == outside
    assert give_back(root, TARGETS, RULES) == {}


def test_the_rules_stand_where_the_order_of_a_sheet_wants_them():
    root = _sheet()
    assert give_back(root, TARGETS, RULES) == dict.fromkeys("abc", FIRST)
    assert [etree.QName(child).localname for child in root] == list(ORDER)
    assert root.find(f"{M}dataValidations").get("count") == "3"


def test_rules_that_lead_nowhere_leave_nothing_behind():
    root = _sheet(_rule("#REF!", "X", f"C{FIRST}:C{LAST}"))
    give_back(root, TARGETS[:1], {"a": RULES["a"]})
    assert [rule.get("promptTitle") for rule in root.iter(f"{M}dataValidation")] == ["A"]


def test_a_rule_that_only_newer_programs_read_counts_too():
    root = _sheet()
    listed = (
        f'<extLst xmlns="{MAIN}"><ext><x:dataValidations xmlns:x="x14" xmlns:xm="xm"><x:dataValidation>'
        f"<xm:sqref>C{FIRST}:C{LAST}</xm:sqref></x:dataValidation></x:dataValidations></ext></extLst>"
    )
    root.append(etree.fromstring(listed))
    assert give_back(root, TARGETS[:1], RULES) == {}


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("C11", [(11, 3, 11, 3)]),
        ("$C$11:D12 E5", [(11, 3, 12, 4), (5, 5, 5, 5)]),
        ("C:C", [(1, 3, 1_048_576, 3)]),
        ("5:6", [(5, 1, 6, 16_384)]),
        ("", []),
        ("A0 lain #REF!", []),
    ],
)
def test_areas_are_read_as_programs_write_them(text, areas):
    assert [tuple(area) for area in _areas(text)] == areas
