"""The regulations on offer for a decree are whole, and those that no longer hold are recognised."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

LAW = tomllib.loads(files("dipxl.files").joinpath("legal_basis.toml").read_text(encoding="utf-8"))
OFFICE = tomllib.loads(files("dipxl.tour").joinpath("kantor.toml").read_text(encoding="utf-8"))["dasar_hukum"]


def test_the_office_fills_in_every_regulation_that_it_cites():
    filled = [OFFICE.get(law["kode"], law["teks"]) for law in LAW["peraturan"] if law["pakai"]]
    assert len(filled) == 9
    assert [text for text in filled if "…" in text] == []
    assert set(OFFICE) == {law["kode"] for law in LAW["peraturan"] if law["status"] == "isi"}


def test_regulations_that_are_to_be_confirmed_say_what_to_confirm():
    assert [law["kode"] for law in LAW["peraturan"] if law["status"] != "dibaca" and not law["catatan"]] == []


def test_no_regulation_on_offer_is_one_that_no_longer_holds():
    texts = [law["teks"] for law in LAW["peraturan"]] + list(OFFICE.values())
    assert [text for text in texts if _revoked(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Peraturan Komisi Informasi Nomor 1 Tahun 2010 tentang Standar Layanan Informasi Publik",
        "PERATURAN KOMISI INFORMASI PUSAT NO. 1 TAHUN 2010",
        "Perki 1/2010",
        "Perki No. 1 Tahun 2017",
        "Peraturan Komisi Informasi Nomor 1 Tahun 2017 tentang Pengklasifikasian Informasi Publik",
        "Undang-Undang No. 23 Tahun 2013 tentang Pemerintahan Daerah",
        "UU 23/2013",
    ],
)
def test_a_regulation_that_no_longer_holds_is_recognised(text):
    assert len(_revoked(text)) == 1


@pytest.mark.parametrize("text", ["Perki 1/2021", "UU 23/2014", "PP Nomor 23 Tahun 2013", "Perki Nomor 11 Tahun 2010"])
def test_other_regulations_are_left_alone(text):
    assert _revoked(text) == []


def _revoked(text: str) -> list[str]:
    return [law["nama"] for law in LAW["tidak_berlaku"] if re.search(law["pola"], text, re.IGNORECASE)]
