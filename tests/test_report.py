"""What a step hands back reads the same in the terminal, in the notebook and as JSON."""

from __future__ import annotations

from pathlib import Path

from dipxl import console
from dipxl.steps.report import Report

ODD = "<script>alert(1)</script> [bold]tebal\x1b[2J"
REPORT = Report(
    verdict="perlu perbaikan",
    headline=ODD,
    next='jalankan "dipxl himpun".',
    facts=[("Kabar", ODD)],
    headings=("Sel",),
    lines=[(ODD,)],
    written=[Path("a") / str(number) for number in range(12)],
    attention=True,
    data={"rows": 3},
)


def test_attention_is_exit_one_and_else_it_is_zero():
    assert REPORT.exit_code == 1
    assert Report("lolos", "Beres.", "selesai.").exit_code == 0


def test_json_holds_verdict_data_and_what_was_written():
    told = REPORT.as_json()
    assert list(told)[:2] == ["verdict", "rows"]
    assert told["written"][0] == str(Path("a") / "0")
    assert len(told["written"]) == 12


def test_the_notebook_shows_the_answer_first_and_escapes_what_people_wrote():
    shown = REPORT._repr_html_()
    assert "<script>" not in shown
    assert shown.index("&lt;script&gt;") < shown.index("Kabar") < shown.index("Langkah berikut")


def test_a_calm_answer_has_another_colour_than_an_urgent_one():
    assert REPORT._repr_html_().split("solid ")[1][:7] != Report("lolos", "a", "b")._repr_html_().split("solid ")[1][:7]


def test_the_terminal_shows_text_as_text(capsys):
    console.show(REPORT)
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "[bold]tebal" in out
    assert "... dan 4 berkas lain." in out
    assert out.splitlines()[-1] == f"Langkah berikut: {REPORT.next}"


def test_what_went_beside_a_persons_file_is_said_everywhere(capsys):
    report = Report("lolos", "Beres.", "selesai.", written=[Path("Buku Kendali (2).xlsx"), Path("daftar.csv")])
    console.show(report)
    told = "Aslinya sedang terbuka atau sudah Anda ubah, jadi ditulis di sampingnya: Buku Kendali (2).xlsx"
    assert told in capsys.readouterr().out
    assert told in " ".join(report._repr_html_().split())
    assert "di sampingnya" not in Report("lolos", "Beres.", "selesai.", written=[Path("a.csv")])._repr_html_()
