"""The whole story on the sample office, played by doing what people do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, count
from pathlib import Path
from typing import Any

from dipxl.errors import DipxlError
from dipxl.files import settings_book
from dipxl.files.edition import Edition
from dipxl.files.names import slug
from dipxl.steps.bagikan import bagikan
from dipxl.steps.dokumentasi import dokumentasikan
from dipxl.steps.himpun import himpun
from dipxl.steps.mulai import mulai
from dipxl.steps.pemutakhiran import mutakhirkan
from dipxl.steps.penetapan import tetapkan
from dipxl.steps.publikasi import publikasikan
from dipxl.steps.report import Report
from dipxl.steps.telaah import telaah
from dipxl.steps.usulan import usulkan
from dipxl.tour import office
from dipxl.tour.people import add_rows, edit_rows, opened, type_head

Say = Callable[[str], None]
FOLDER = "contoh"
FIRST, SECOND = "dip-2026-2", "dip-2027-1"


def contoh(folder: Path | str | None = None, say: Say = lambda line: None) -> Report:
    """Play one edition from blank forms to publication, and the opening of the next; leaves the tour in `folder`.

    Without a folder it is `contoh`, or `contoh-2` and so on where that was played already.
    """
    folder = Path(folder) if folder else _unused()
    if _filled(folder):
        message = f'Folder "{folder}" sudah berisi.'
        raise DipxlError("folder-terisi", message, "Hapus folder itu, atau sebut nama folder lain.")
    first, second = folder / FIRST, folder / SECOND
    reports = _gather(first, say)
    reports |= _decide(first, say)
    reports |= _publish(first, second, say)
    published, changed = reports["publikasikan"], reports["himpun edisi berikut"]
    return Report(
        verdict="lolos",
        headline=f"Cerita selesai: {published.data['rows']} entri ditetapkan dan siap diumumkan.",
        next='buka berkas-berkas di atas, lalu mulai edisi Anda sendiri dengan "dipxl mulai NAMA-FOLDER".',
        facts=[
            ("Formulir terisi dan salinan bertanda", str(first / "1-himpun")),
            ("Keadaan edisi", str(first / "Buku Kendali.xlsx")),
            ("Keputusan", str(first / "5-penetapan" / "Keputusan DIP.docx")),
            ("Laman", str(first / "6-publikasi" / "index.html")),
            ("Perubahan pada edisi berikut", str(second / "2-usulan" / "Perubahan.xlsx")),
        ],
        data={"steps": {name: r.as_json() for name, r in reports.items()}, "next_rows": changed.data["rows"]},
    )


def _filled(folder: Path) -> bool:
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


def _unused() -> Path:
    """The first of contoh, contoh-2, contoh-3 ... in which nothing lies yet."""
    names = chain([FOLDER], (f"{FOLDER}-{number}" for number in count(2)))
    return next(Path(name) for name in names if not _filled(Path(name)))


def _tell(say: Say, name: str, report: Report) -> dict[str, Report]:
    say(f"{name:<22} {report.headline}")
    return {name: report}


def _gather(folder: Path, say: Say) -> dict[str, Report]:
    """SOP step 1: settings, forms, two faulty returns, their repair."""
    told = _tell(say, "mulai", mulai(folder))
    _fill_settings(Edition(folder))
    told |= _tell(say, "bagikan", bagikan(folder, office.day("bagikan")))
    for kode, name in _units():
        _fill_form(folder, kode, name)
    told |= _tell(say, "himpun", himpun(folder, office.day("himpun")))
    for kode, name in _units():
        if office.faults(kode, "wajib"):
            _repair(folder, kode, name)
    return told | _tell(say, "himpun perbaikan", himpun(folder, office.day("himpun_perbaikan")))


def _decide(folder: Path, say: Say) -> dict[str, Report]:
    """SOP steps 2 to 5: classes, review, documents, seal."""
    usulkan(folder)
    _classify(folder)
    told = _tell(say, "usulkan", usulkan(folder))
    telaah(folder)
    _rule(folder)
    told |= _tell(say, "telaah", telaah(folder))
    told |= _tell(say, "dokumentasikan", dokumentasikan(folder, office.day("dokumentasikan")))
    decree = office.office()["keputusan"]
    return told | _tell(say, "tetapkan", tetapkan(folder, decree["nomor"], decree["tanggal"]))


def _publish(folder: Path, following: Path, say: Say) -> dict[str, Report]:
    """SOP step 6 and the next edition, in which some rows change."""
    told = _tell(say, "publikasikan", publikasikan(folder))
    told |= _tell(say, "mutakhirkan", mutakhirkan(folder, following))
    with opened(following / "pengaturan.xlsx", following / "pengaturan.xlsx") as book:
        type_head(book["Kantor"], office.office()["edisi_berikut"])
    told |= _tell(say, "bagikan edisi berikut", bagikan(following, office.day("mutakhirkan")))
    for kode, name in _units():
        _update(following, kode, name)
    told |= _tell(say, "himpun edisi berikut", himpun(following, office.day("mutakhirkan")))
    changes = usulkan(following)
    say(f"{'perubahan':<22} {changes.data['changes']} perubahan terhadap edisi lalu.")
    return told | {"perubahan": changes}


def _units() -> list[tuple[str, str]]:
    return [(unit["kode"], slug(unit["nama"])) for unit in office.office()["bidang"]]


def _fill_settings(edition: Edition) -> None:
    """The officer fills pengaturan.xlsx: the office, its bidang and officials, its own regulations."""
    own, laws = office.office()["dasar_hukum"], settings_book.offered_laws()
    texts = {law["teks"]: {"dasar_hukum.teks": own[law["kode"]]} for law in laws if law["kode"] in own}
    with opened(edition.settings, edition.settings) as book:
        type_head(book["Kantor"], office.office()["kantor"])
        add_rows(book["Bidang"], "bidang", office.office()["bidang"])
        add_rows(book["Pejabat"], "pejabat", office.office()["pejabat"])
        edit_rows(book["Dasar Hukum"], texts, by="dasar_hukum.teks")


def _fill_form(folder: Path, kode: str, name: str) -> None:
    """A bidang fills its form, some with the faults that people make."""
    typed = office.submissions()[kode]
    source, target = folder / "1-himpun/keluar", folder / "1-himpun/masuk"
    with opened(source / f"formulir-{name}.xlsx", target / f"formulir-{name}.xlsx") as book:
        form = book["Daftar Informasi"]
        type_head(form, typed["kepala"])
        add_rows(form, "daftar", [office.cells(row) for row in typed.get("baris", [])])
        wrong = {fault["baris"]: {f"daftar.{fault['kolom']}": fault["diketik"]} for fault in office.faults(kode)}
        edit_rows(form, wrong)
        add_rows(book["Usulan Dikecualikan"], "dikecualikan", [office.cells(r) for r in typed.get("dikecualikan", [])])


def _repair(folder: Path, kode: str, name: str) -> None:
    """A bidang repairs its marked copy and sends it."""
    rows = office.submissions()[kode]["baris"]
    right: dict[str, dict[str, str]] = {}
    for fault in office.faults(kode, "wajib"):
        row = next(row for row in rows if row["ringkasan"].startswith(fault["baris"]))
        right[fault["baris"]] = {f"daftar.{fault['kolom']}": row[fault["kolom"]]}
    source, target = folder / "1-himpun/kembali", folder / "1-himpun/masuk"
    with opened(source / f"kembali-{name}.xlsx", target / f"kembali-{name}.xlsx") as book:
        edit_rows(book["Daftar Informasi"], right)


def _classify(folder: Path) -> None:
    """The PPID Pelaksana sets class and items of every row."""
    classes: dict[str, dict[str, str]] = {}
    for typed in office.submissions().values():
        for row in typed.get("baris", []):
            cells = {"usulan.kelas": row["kelas_pelaksana"], "usulan.butir": row.get("butir", "")}
            classes[row["ringkasan"]] = cells
    path = folder / "2-usulan" / "Usulan DIP.xlsx"
    with opened(path, path) as book:
        edit_rows(book["Usulan DIP"], classes)


def _rule(folder: Path) -> None:
    """The PPID agrees to every row, save the few that the law decides otherwise."""
    agreed: dict[str, Any] = {"": {"telaah.putusan": "Setuju", "telaah.penelaah": office.reviewer()}}
    for ruling in office.rulings():
        agreed[ruling["baris"]] = {
            f"telaah.{name}": text for name, text in ruling.items() if name not in ("bidang", "baris")
        }
    source = folder / "3-telaah/keluar/Telaah DIP.xlsx"
    with opened(source, folder / "3-telaah/masuk/Telaah DIP.xlsx") as book:
        edit_rows(book["Telaah DIP"], agreed)


def _update(folder: Path, kode: str, name: str) -> None:
    """A bidang updates its prefilled form: most rows stay, some change, a few are new."""
    changes = office.updates(kode)
    edits = {
        change["baris"]: {"daftar.pemutakhiran": change["pemutakhiran"]}
        | {f"daftar.{column}": text for column, text in change["isi"].items()}
        for change in changes
        if "baris" in change
    }
    source, target = folder / "1-himpun/keluar", folder / "1-himpun/masuk"
    with opened(source / f"formulir-{name}.xlsx", target / f"formulir-{name}.xlsx") as book:
        form = book["Daftar Informasi"]
        type_head(form, office.submissions()[kode]["kepala"])
        edit_rows(form, edits)
        add_rows(form, "daftar", [office.cells(c["isi"]) for c in changes if "baris" not in c])
