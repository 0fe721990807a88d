"""What a step tells: the answer first, then the numbers, what was written, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

DONE, NEEDS_PERSON = 0, 1

_GREEN, _ORANGE = "#2f7d4f", "#c46a12"
_ANSWER = Environment(autoescape=True, undefined=StrictUndefined).from_string(
    """
<div style="font-family:sans-serif;border-left:4px solid {{ colour }};padding:.6em 1em;max-width:70em">
<div style="font-size:1.15em;font-weight:600">{{ report.headline }}</div>
{% for name, value in report.facts %}<div>{{ name }}: <b>{{ value }}</b></div>{% endfor %}
{% if report.lines %}<table style="border-collapse:collapse;margin-top:.6em">
<tr>{% for heading in report.headings %}<th style="{{ cell }}">{{ heading }}</th>{% endfor %}</tr>
{% for line in report.lines %}<tr>{% for text in line %}<td style="{{ cell }}">{{ text }}</td>{% endfor %}</tr>
{% endfor %}</table>{% endif %}
<div style="color:#555;margin-top:.6em">Langkah berikut: {{ report.next }}</div>
</div>""",
    globals={"cell": "padding:.25em .9em .25em 0;text-align:left;vertical-align:top;border-bottom:1px solid #ddd"},
)


@dataclass(frozen=True)
class Report:
    """The outcome of one step.

    `data` is what `--json` prints besides the verdict; `attention` says that a person has something to do.
    """

    verdict: str
    headline: str
    next: str
    facts: Sequence[tuple[str, str]] = ()
    headings: Sequence[str] = ()
    lines: Sequence[Sequence[str]] = ()
    written: Sequence[Path] = ()
    attention: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        return NEEDS_PERSON if self.attention else DONE

    def as_json(self) -> dict[str, Any]:
        extra = {"headline": self.headline, "next": self.next, "written": [str(path) for path in self.written]}
        return {"verdict": self.verdict} | dict(self.data) | extra

    def _repr_html_(self) -> str:
        """A calm answer for the notebook: inline styles only, which survive in an untrusted notebook."""
        colour = _ORANGE if self.attention else _GREEN
        return _ANSWER.render(report=self, colour=colour)
