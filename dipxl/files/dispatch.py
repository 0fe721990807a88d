"""What goes out with a file: the e-mail draft and the text for chat beside it, and the list of what to send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dipxl.files import mail
from dipxl.files.edition import Edition
from dipxl.files.letters import Letter
from dipxl.files.listing import frame_csv


@dataclass(frozen=True)
class Parcel:
    """A file ready to send, with its letter and its recipient's address ("" when unknown)."""

    file: Path
    letter: Letter
    to: str = ""


def dispatch(edition: Edition, step: str, parcel: Parcel) -> list[Path]:
    """Write the e-mail draft (.eml) and the chat text (.txt) beside the file; returns all three."""
    file, letter = parcel.file, parcel.letter
    draft = mail.draft(parcel.to, letter.subject, letter.body, [(file.name, file.read_bytes())])
    return [
        file,
        edition.write(step, file.with_suffix(".eml"), draft),
        edition.write(step, file.with_suffix(".txt"), f"{letter.chat}\n".encode()),
    ]


def sending_list(edition: Edition, step: str, folder: Path, parcels: Sequence[Parcel]) -> Path:
    """Write daftar-kirim.csv: recipient, subject, attachment, one line a file."""
    lines = [{"penerima": p.to, "judul": p.letter.subject, "lampiran": p.file.name} for p in parcels]
    frame = pd.DataFrame(lines, columns=["penerima", "judul", "lampiran"], dtype=str)
    return edition.write(step, folder / "daftar-kirim.csv", frame_csv(frame))
