"""How fast are 100,000 rows tidied and checked: dipxl's rules, against masks written by hand in pandas."""

# ruff: noqa: INP001  # run as a script, never imported

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable

import pandas as pd

from dipxl.model.check import check, schema
from dipxl.model.columns import Column, sheet
from dipxl.model.tidy import tidy
from dipxl.model.vocabulary import PERSONAL, TIME, WEB_ADDRESS, YEAR_AS_PERIOD

SEED, ROWS, ROWS_A_FILE, PAIRS = 20260101, 100_000, 200, 5
WORDS = ("laporan", "keuangan", "realisasi", "anggaran", "program", "kegiatan", "pelayanan", "data", "aset", "rencana")
TIMES = ("Januari 2026", "2024", "Semester I 2025", "12 Maret 2025", "setiap bulan", "Tahun Anggaran 2025")
UNITS = tuple(f"Bidang {first} dan {second}" for first in WORDS for second in WORDS[:5])
CLEAN = {
    "waktu": TIMES, "bentuk": ("Softcopy", "Softcopy dan hardcopy"), "retensi": ("5 tahun", "Permanen", "7 tahun"),
    "tempat": ("Tanjung Asri", "Samarinda"), "menguasai": UNITS, "penanggung_jawab": UNITS,
    "kelas": ("", "Berkala", "Setiap saat"), "pemutakhiran": ("", "Tetap", "Ubah"),
}  # fmt: skip
MESSY = CLEAN | {
    "waktu": (*TIMES, "TW 2 2O25", "2026-05-22", "03/04/2026", "entah kapan", "", "Jakarta, 2025"),
    "bentuk": ("Softcopy", " soft copy", "Hardcopy", "HARD & SOFT COPY", "Ada", "-"),
    "retensi": ("5 tahun", "3 (tiga) thn", "Tahun 2025", "Permamen", "5 (enam) tahun", "Belum tahu", "#REF!"),
    "tempat": ("", "Samarinda"),
}  # fmt: skip
ALONE = ("nomor", "kode", "alasan_cabut", "asal", "jenis_arsip")  # columns that bidang rarely or never fill


def made_rows(values: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """The rows of 500 forms, equal in every run; nearly every summary and every second link is its own."""
    chance = random.Random(SEED)  # noqa: S311  # made-up rows, not secrets
    columns = {column.name: _cells(column, values, chance) for column in sheet("daftar")}
    frame = pd.DataFrame({name: pd.array(cells, dtype="str") for name, cells in columns.items()})
    rows = pd.RangeIndex(ROWS)
    return frame.assign(file=(rows // ROWS_A_FILE).astype("int32"), row=(rows % ROWS_A_FILE + 11).astype("int32"))


def _cells(column: Column, values: dict[str, tuple[str, ...]], chance: random.Random) -> list[str]:
    if column.name in ALONE:
        return [""] * ROWS
    if column.name in values:
        return chance.choices(values[column.name], k=ROWS)
    if column.name == "tautan":
        return [f"https://bkpsdm.example/berkas/{n}.pdf" if n % 2 else "" for n in range(ROWS)]
    texts = (" ".join(chance.choices(WORDS, k=7)) for _ in range(ROWS))
    return [
        f"{text} Tahun {2020 + n % 7} nomor {n}" if column.required or n % 4 == 0 else ""
        for n, text in enumerate(texts)
    ]


def by_hand(frame: pd.DataFrame) -> int:
    """The count of what masks find: blanks, choices, times, years, links, personal data, twins."""
    faults = 0
    for column in sheet("daftar"):
        cells = frame[column.name]
        filled = cells.ne("")
        if column.required:
            faults += int((~filled).sum())
        if column.choices and not column.open_list:
            faults += int((filled & ~cells.isin(column.choices)).sum())
        if not column.choices:
            faults += sum(int(cells.str.contains(pattern).sum()) for pattern in PERSONAL.values())
    faults += int((frame["waktu"].ne("") & ~frame["waktu"].str.fullmatch(TIME)).sum())
    faults += int(frame["retensi"].str.fullmatch(YEAR_AS_PERIOD).sum())
    faults += int((frame["tautan"].ne("") & ~frame["tautan"].str.fullmatch(WEB_ADDRESS)).sum())
    keys = frame[["ringkasan", "waktu", "menguasai"]].apply(lambda cells: cells.str.strip().str.casefold())
    return faults + int(keys.assign(file=frame["file"]).duplicated().sum())


def tidied_by_hand(frame: pd.DataFrame) -> int:
    """The count of cells that stripping and joining spaces changes, the usual way."""
    cells = [frame[column.name] for column in sheet("daftar")]
    return sum(int(c.ne(c.str.strip().str.replace(r"\s+", " ", regex=True)).sum()) for c in cells)


def seconds(work: Callable[[pd.DataFrame], object], frame: pd.DataFrame) -> float:
    begun = time.perf_counter()
    work(frame)
    return time.perf_counter() - begun


def compared(
    name: str, hand: Callable[[pd.DataFrame], int], work: Callable[[pd.DataFrame], object], frame: pd.DataFrame
) -> str:
    """One line: how many times as fast as by hand, by the median of pairs."""
    pairs = [(seconds(hand, frame), seconds(work, frame)) for _ in range(PAIRS + 1)][1:]
    ratio = statistics.median(slow / fast for slow, fast in pairs)
    slow, fast = (statistics.median(times) for times in zip(*pairs, strict=True))
    return f"{ratio:6.1f} x as fast as by hand: {name} (dipxl {fast:.3f} s, by hand {slow:.3f} s)"


def main() -> None:
    schema("daftar")
    lines = []
    for kind, values in (("clean", CLEAN), ("messy", MESSY)):
        typed = made_rows(values)
        frame, changes = tidy("daftar", typed, {})
        faults = check("daftar", frame)
        lines += [
            compared(f"tidy, {kind}, {len(changes)} changes", tidied_by_hand, lambda f: tidy("daftar", f, {}), typed),
            compared(f"check, {kind}, {len(faults)} faults", by_hand, lambda f: check("daftar", f), frame),
        ]
    sys.stdout.write(f"{ROWS} rows x {len(sheet('daftar').columns)} columns, median of {PAIRS} pairs\n")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
