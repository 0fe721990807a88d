"""A form with one wrong bit is unreadable or right in every value, never something between."""

import random

import pytest
from desk import LIST
from other_kinds import converted
from told import answered, entry, sent


def _flipped(data, chance):
    """The bytes with one bit turned over anywhere: contents, names, lengths, checksums."""
    place, bit = chance.randrange(len(data)), chance.randrange(8)
    return data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :], (place, bit)


def _wrong(folder, good, kind, amount, seed):
    """The flips after which a value or a count is another, though the file is not called unreadable."""
    chance = random.Random(seed)  # noqa: S311
    data, wanted = good.read_bytes(), answered(good)
    kept = ("records", "cells", "repairs")
    path = folder / f"balik.{kind}"
    wrong = []
    for _ in range(amount):
        changed, where = _flipped(data, chance)
        path.write_bytes(changed)
        told = answered(path)
        if told["verdict"] == "tidak terbaca":
            assert (told["cells"], told["records"]) == (None, [])
        elif any(told[key] != wanted[key] for key in kept):
            wrong.append(where)
    return wrong


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    return sent(tmp_path_factory.mktemp("utuh"), entry(1), entry(2), entry(3)).path


def test_the_whole_form_has_the_values_that_the_flips_are_compared_with(form):
    records = answered(form)["records"]
    assert [(record["sheet"], record["row"]) for record in records] == [(LIST, 11), (LIST, 12), (LIST, 13)]
    assert all(record["values"].items() >= entry(n).items() for n, record in enumerate(records, start=1))


def test_one_wrong_bit_makes_a_form_unreadable_or_changes_nothing(form, tmp_path):
    assert _wrong(tmp_path, form, "xlsx", 40, seed=1) == []


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(2, 7))
def test_many_wrong_bits_make_a_form_unreadable_or_change_nothing(form, tmp_path, seed):
    assert _wrong(tmp_path, form, "xlsx", 200, seed) == []


@pytest.mark.fuzz
def test_wrong_bits_in_a_workbook_of_libreoffice_are_noticed_too(form, tmp_path, soffice):
    ods = converted(form, "ods", soffice)
    assert _wrong(tmp_path, ods, "ods", 200, seed=7) == []
