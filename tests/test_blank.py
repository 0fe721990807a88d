"""The committed stock forms are what the model makes."""

import pytest

from dipxl.files.blank import workbooks
from dipxl.files.returned import read
from dipxl.files.templates import stock


@pytest.mark.parametrize("name", sorted(workbooks()))
def test_a_committed_form_equals_what_the_model_makes(name):
    made = workbooks()[name]
    assert stock(name).read_bytes() == made, "python -m dipxl.files.blank writes the stock forms anew"


def test_a_blank_form_comes_back_without_an_entry():
    returned = read(stock("formulir-bidang.xlsx"))
    assert returned.stamp is not None
    assert returned.stamp.kind == "formulir"
    assert [table.rows for table in returned.tables] == [(), ()]
    assert returned.leftovers == ()
