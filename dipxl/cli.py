"""The command line: arguments in, one call, printed lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

import dipxl
from dipxl import language
from dipxl.errors import DipxlError

language.use_indonesian()  # before the commands: click asks for some of its words while they are made

STOPPED = 2

FOLDER = click.argument("folder", type=click.Path(path_type=Path), default=Path())
JSON = click.option("--json", "as_json", is_flag=True, help="Cetak hasilnya sebagai JSON.")
TODAY = click.option("--hari-ini", "today", hidden=True, type=click.DateTime(["%Y-%m-%d"]), default=None)
SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    cls=language.IndonesianGroup,
    context_settings=SETTINGS,
    help="Membuat Daftar Informasi Publik (DIP) dari formulir Excel.",
)
@click.version_option(dipxl.__version__, message="dipxl %(version)s", help="Tampilkan versi.")
def dip() -> None:
    """Hold the commands."""


def main() -> None:
    """Run the command line; every stop is one sentence, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # old Windows consoles lack some letters
    try:
        code = dip.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.Abort:
        code = _stop("dihentikan", "Dihentikan.", "")
    except click.exceptions.NoArgsIsHelpError as bare:
        code = _stop("penggunaan", bare.format_message(), "")
    except click.ClickException as wrong:
        code = _stop("penggunaan", wrong.format_message(), _help_hint(wrong))
    except DipxlError as stop:
        code = _stop(stop.code, stop.message, stop.remedy)
    except OSError as trouble:
        name = Path(trouble.filename).name if isinstance(trouble.filename, str) else "folder edisi"
        code = _stop("berkas", f'"{name}" tidak dapat dibaca atau ditulis.', "Periksa nama, izin, dan sisa ruang.")
    sys.exit(code)


def _stop(code: str, message: str, remedy: str) -> int:
    if "--json" in sys.argv:
        error = {"code": code, "message": message, "remedy": remedy}
        click.echo(json.dumps({"verdict": "gagal", "error": error}, ensure_ascii=False))
    else:
        sentence = f"{message} {remedy}".strip()
        click.echo("".join(char if char.isprintable() or char == "\n" else " " for char in sentence), err=True)
    return STOPPED


def _help_hint(wrong: click.ClickException) -> str:
    context = getattr(wrong, "ctx", None)
    return f'Lihat "{context.command_path} --help".' if context else ""


def _show(report: dipxl.Report, *, as_json: bool) -> int:
    """Print a report, or its one JSON object; returns the exit code."""
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        import_module("dipxl.console").show(report)  # rich is loaded when there is something to show
    return report.exit_code


def _command(name: str, help_text: str, *options: Callable[[Any], Any]) -> Callable[[Any], click.Command]:
    """A command that takes `--json`, calls its function for a report and shows it."""

    def wrap(function: Callable[..., dipxl.Report]) -> click.Command:
        def run(as_json: bool, **arguments: Any) -> int:
            return _show(function(**arguments), as_json=as_json)

        for option in reversed((*options, JSON)):
            run = option(run)
        return dip.command(name, cls=language.IndonesianCommand, help=help_text)(run)

    return wrap


def _day(today: Any) -> date | None:
    return today.date() if today else None


@_command("contoh", "Mainkan seluruh cerita pada data contoh, dari formulir sampai edisi berikutnya.",
          click.argument("folder", type=click.Path(path_type=Path), default=None, required=False))  # fmt: skip
def _contoh(folder: Path | None) -> dipxl.Report:
    return dipxl.contoh(folder, say=lambda line: click.echo(line, err=True))


@_command("mulai", "Buat folder edisi baru dengan pengaturan.xlsx.",
          click.argument("folder", type=click.Path(path_type=Path)))  # fmt: skip
def _mulai(folder: Path) -> dipxl.Report:
    return dipxl.mulai(folder)


@_command("bagikan", "Buat formulir Excel untuk setiap bidang.", FOLDER, TODAY)
def _bagikan(folder: Path, today: Any) -> dipxl.Report:
    return dipxl.bagikan(folder, _day(today))


@_command("himpun", "Himpun dan periksa formulir yang kembali.", FOLDER, TODAY)
def _himpun(folder: Path, today: Any) -> dipxl.Report:
    return dipxl.himpun(folder, _day(today))


@_command("usulkan", "Buat dan baca buku usulan PPID Pelaksana, beserta draf DIP.", FOLDER, TODAY)
def _usulkan(folder: Path, today: Any) -> dipxl.Report:
    return dipxl.usulkan(folder, _day(today))


@_command("telaah", "Buat dan baca buku telaah PPID.", FOLDER, TODAY)
def _telaah(folder: Path, today: Any) -> dipxl.Report:
    return dipxl.telaah(folder, _day(today))


@_command("dokumentasikan", "Buat buku per klasifikasi dan draf Keputusan.", FOLDER, TODAY)
def _dokumentasikan(folder: Path, today: Any) -> dipxl.Report:
    return dipxl.dokumentasikan(folder, _day(today))


@_command("tetapkan", "Buat Keputusan final dan segel edisi ini.", FOLDER,
          click.option("--nomor", default="", help="Nomor Keputusan, misalnya \"41 Tahun 2026\"."),
          click.option("--tanggal", default="", help="Tanggal Keputusan, misalnya \"7 September 2026\"."),
          click.option("--persetujuan-nomor", default="", help="Nomor Lembar Persetujuan Atasan PPID."),
          click.option("--persetujuan-tanggal", default="", help="Tanggal Lembar Persetujuan itu."))  # fmt: skip
def _tetapkan(folder: Path, nomor: str, tanggal: str, persetujuan_nomor: str, persetujuan_tanggal: str) -> dipxl.Report:
    return dipxl.tetapkan(folder, nomor, tanggal, (persetujuan_nomor, persetujuan_tanggal))


@_command("publikasikan", "Buat laman dan data terbuka dari edisi yang sudah ditetapkan.", FOLDER)
def _publikasikan(folder: Path) -> dipxl.Report:
    return dipxl.publikasikan(folder)


@_command("mutakhirkan", "Buka edisi berikutnya dari edisi yang sudah ditetapkan.", FOLDER,
          click.option("--ke", "target", type=click.Path(path_type=Path), help="Folder edisi baru."))  # fmt: skip
def _mutakhirkan(folder: Path, target: Path | None) -> dipxl.Report:
    return dipxl.mutakhirkan(folder, target)


@_command("status", "Tampilkan keadaan edisi dan langkah berikutnya.", FOLDER)
def _status(folder: Path) -> dipxl.Report:
    return dipxl.status(folder)


@_command("telusur", "Telusuri asal-usul satu baris menurut kodenya, dari Keputusan sampai selnya.",
          click.argument("kode"), FOLDER)  # fmt: skip
def _telusur(kode: str, folder: Path) -> dipxl.Report:
    return dipxl.telusur(kode, folder)


@_command("periksa", "Periksa satu atau beberapa berkas tanpa mengubah apa pun.",
          click.argument("berkas", nargs=-1, required=True, type=click.Path(path_type=Path)),
          click.option("--rows", is_flag=True, help="Sertakan isi setiap baris pada JSON."))  # fmt: skip
def _periksa(berkas: tuple[Path, ...], rows: bool) -> dipxl.Report:
    return dipxl.periksa(berkas, rows=rows)


@_command("templat", "Salin templat Word ke folder edisi agar dapat diubah.", FOLDER)
def _templat(folder: Path) -> dipxl.Report:
    return dipxl.templat(folder)
