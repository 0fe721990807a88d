"""How fast is intake: guard, read and merge 500 returned forms, check them, mark them; against the usual ways.

Prints ratios first; each is the median of pairs measured in one run. `python benchmarks/intake.py [FILES] [PAIRS]`.
"""

# ruff: noqa: INP001  # run as a script, never imported

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import marking
import pandas as pd
from python_calamine import CalamineWorkbook

from dipxl.files.forms import FormFacts, form
from dipxl.files.gathered import read_all
from dipxl.files.intake import examine
from dipxl.files.merged import Merged, merged_rows
from dipxl.model.check import as_finding, check
from dipxl.model.columns import sheet
from dipxl.model.tidy import tidy

SEED, ROWS, FEW = 20261125, 200, 12  # FEW: files for the slow ways, whose times are scaled up
LIST = sheet("daftar").title
FAULTS = {"waktu": "kapan-kapan", "retensi": "Tahun 2025", "bentuk": "lemari", "ringkasan": ""}


def made_rows(chance: random.Random) -> list[dict[str, str]]:
    """200 rows of 14 filled cells, one in fifty with a fault."""
    rows = []
    for number in range(1, ROWS + 1):
        row = {
            "kode": f"SEK-{number:04d}",
            "ringkasan": f"{' '.join(chance.choices(marking.WORDS, k=6))} {number} tahun 2025",
            "waktu": chance.choice(["Januari 2026", "Semester I 2026", "12 Maret 2025"]),
            "bentuk": chance.choice(["Softcopy", "Softcopy dan hardcopy"]),
            "retensi": chance.choice(["5 tahun", "Permanen", "Sesuai JRA"]),
            "tempat": "Tanjung Asri",
            "menguasai": "Sekretariat",
            "penanggung_jawab": "Sekretaris Badan",
            "kelas": chance.choice(["Berkala", "Setiap saat"]),
            "tautan": f"https://contoh.example/{number}",
            "keterangan": "lihat map",
            "lokasi_berkas": f"Lemari {number % 9}",
            "pemutakhiran": "Tetap",
        }
        fault = chance.choice([*FAULTS]) if chance.random() < 1 / 50 else ""
        rows.append(row | ({fault: FAULTS[fault]} if fault else {}))
    return rows


def made_files(folder: Path, count: int) -> list[Path]:
    """So many forms, of twenty different contents; equal in every run."""
    chance = random.Random(SEED)  # noqa: S311  # made-up rows, not secrets
    facts = ("Dinas Contoh", "2026-2", "Semester II Tahun 2026", "SEK", "Sekretariat", {}, "", "")
    contents = [form(FormFacts(*facts, carried=made_rows(chance))) for _ in range(min(count, 20))]
    paths = [folder / f"{number:04d}.xlsx" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(contents[number % len(contents)])
    return paths


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def unzipped(paths: Sequence[Path]) -> None:
    for path in paths:
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                package.read(name)


def bare(paths: Sequence[Path]) -> None:
    for path in paths:
        book = CalamineWorkbook.from_path(path)
        for title in book.sheet_names:
            book.get_sheet_by_name(title).to_python(skip_empty_area=False)


def by_pandas(paths: Sequence[Path], engine: Any) -> pd.DataFrame:
    return pd.concat([pd.read_excel(path, LIST, header=None, dtype=str, engine=engine) for path in paths])


def ours(paths: Sequence[Path]) -> Merged:
    return merged_rows(read_all(paths), "daftar")


def masks(frame: pd.DataFrame) -> list[pd.Series]:
    """What a programmer would write by hand: a mask for each of thirteen rules, no messages, no addresses."""
    found = [frame[name].eq("") for name in ("ringkasan", "waktu", "bentuk", "retensi")]
    found += [~frame[c.name].isin(("", *c.choices)) for c in sheet("daftar") if c.choices and not c.open_list]
    found.append(frame["retensi"].str.fullmatch(r"(?i)(?:tahun\s*)?(?:19|20)\d\d"))
    found.append(~frame["tautan"].str.fullmatch(r"(?i)https?://\S+") & frame["tautan"].ne(""))
    found.append(frame["ringkasan"].str.len().lt(12))
    found.append(frame["ringkasan"].str.contains(r"\d{16}"))
    found.append(frame.duplicated(["file", "ringkasan", "waktu", "menguasai"]))
    return found


def checked(merged: Merged) -> int:
    """Tidy, check, and give every fault its sentence and its address."""
    frame, changes = tidy("daftar", merged.frame, {})
    count = len(changes)
    for fault in check("daftar", frame):
        piece, number = merged.piece(fault.row)
        as_finding("daftar", fault, piece.place(fault.column, number))
        count += 1
    return count


def told(words: str) -> None:
    sys.stdout.write(words + "\n")


def main() -> None:
    count, pairs = (int(word) for word in (*sys.argv[1:3], *("500", "5")[len(sys.argv[1:3]) :]))
    with tempfile.TemporaryDirectory() as folder:
        paths = made_files(Path(folder), count)
        ours(paths[:8])  # the children are up, the modules loaded
        rounds = [(seconds(lambda: ours(paths)), seconds(lambda: bare(paths)), seconds(lambda: unzipped(paths)))
                  for _ in range(pairs)]  # fmt: skip
        slow = count / FEW * seconds(lambda: by_pandas(paths[:FEW], "openpyxl"))
        calamine = count / FEW * seconds(lambda: by_pandas(paths[:FEW], "calamine"))
        read = statistics.median(first for first, _, _ in rounds)
        told(f"read and merge: {statistics.median(o / b for o, b, _ in rounds):.2f} x bare calamine, one thread")
        told(
            f"                {slow / read:.1f} x faster than pandas+openpyxl, {calamine / read:.1f} x pandas+calamine"
        )
        told(f"                {statistics.median(o / u for o, _, u in rounds):.1f} x bare unzip")
        merged = ours(paths)
        checks = [(seconds(lambda: checked(merged)), seconds(lambda: masks(merged.frame))) for _ in range(pairs)]
        check_time = statistics.median(first for first, _ in checks)
        told(f"check and addresses: {100 * check_time / read:.0f} % of reading, "
             f"{statistics.median(c / m for c, m in checks):.1f} x hand-written masks")  # fmt: skip
        whole = seconds(lambda: examine(read_all(paths), "kepala", ("daftar", "dikecualikan")))
        told(f"seconds for {count} files of {ROWS} x 14 cells: read and merge {read:.2f}, check {check_time:.2f}, "
             f"all of intake {whole:.2f}")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told(f"peak memory of the parent: {peak:.0f} MiB")
    marking.main()


if __name__ == "__main__":
    main()
