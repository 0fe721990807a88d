"""A report in the terminal: the answer first, then numbers, a table, and what comes next."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dipxl.steps.report import Report

FILES_NAMED = 8


def show(report: Report) -> None:
    """Print a report; text from people is printed as it is, never as markup or control codes."""
    console = Console(highlight=False, soft_wrap=False)
    look = "bold yellow" if report.attention else "bold green"
    console.print(Text(f"{report.verdict.upper()}: ", style=look) + Text(_plain(report.headline)), soft_wrap=True)
    for name, value in report.facts:
        console.print(Text(f"  {name}: {_plain(value)}"), soft_wrap=True)
    if report.lines:
        console.print(_table(report))
    for path in report.written[:FILES_NAMED]:
        console.print(Text(f"  Ditulis: {_plain(str(path))}"), soft_wrap=True)
    if len(report.written) > FILES_NAMED:
        console.print(Text(f"  ... dan {len(report.written) - FILES_NAMED} berkas lain."))
    if report.beside:
        names = _plain(", ".join(path.name for path in report.beside))
        console.print(
            Text(f"  Aslinya sedang terbuka atau sudah Anda ubah, jadi ditulis di sampingnya: {names}"), soft_wrap=True
        )
    console.print(Text(f"Langkah berikut: {_plain(report.next)}"), soft_wrap=True)


def _table(report: Report) -> Table:
    table = Table(show_lines=False, header_style="bold", padding=(0, 1))
    for heading in report.headings:
        table.add_column(Text(heading), overflow="fold")
    for line in report.lines:
        table.add_row(*(Text(_plain(cell)) for cell in line))
    return table


def _plain(text: str) -> str:
    """Text without control characters, which could rewrite a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
