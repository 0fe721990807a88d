"""The register as daftar.csv: for people, never read back (Excel rewrites what it opens)."""

from __future__ import annotations

import csv
import io

import pandas as pd

from dipxl.files.opendata import neutralised


def frame_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark, by which Excel knows the encoding; texts like formulas are neutralised."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(frame.columns)
    writer.writerows([neutralised(str(cell)) for cell in row] for row in frame.itertuples(index=False))
    return out.getvalue().encode("utf-8-sig")
