"""A step's answer as calm HTML for the notebook."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined

GREEN, ORANGE = "#2f7d4f", "#c46a12"
# Inline styles on div and table only: they survive in a notebook that is not trusted.
_PAGE = Environment(autoescape=True, undefined=StrictUndefined).from_string(
    """
<div style="font-family:sans-serif;border-left:4px solid {{ colour }};padding:.6em 1em;max-width:70em">
<div style="font-size:1.15em;font-weight:600">{{ report.headline }}</div>
{% for name, value in report.facts %}<div>{{ name }}: <b>{{ value }}</b></div>{% endfor %}
{% if report.lines %}<table style="border-collapse:collapse;margin-top:.6em">
<tr>{% for heading in report.headings %}<th style="{{ cell }}">{{ heading }}</th>{% endfor %}</tr>
{% for line in report.lines %}<tr>{% for text in line %}<td style="{{ cell }}">{{ text }}</td>{% endfor %}</tr>
{% endfor %}</table>{% endif %}
{% for path in report.written[:3] %}<div style="color:#555">Berkas: {{ path }}</div>{% endfor %}
{% if report.written[3:] %}<div style="color:#555">… dan {{ report.written[3:] | length }} berkas lain</div>{% endif %}
{% if report.beside %}<div style="color:#555">Aslinya sedang terbuka atau sudah Anda ubah, jadi ditulis di sampingnya:
{{ report.beside | map(attribute="name") | join(", ") }}</div>{% endif %}
<div style="color:#555;margin-top:.6em">Langkah berikut: {{ report.next }}</div>
</div>""",
    globals={"cell": "padding:.25em .9em .25em 0;text-align:left;vertical-align:top;border-bottom:1px solid #ddd"},
)


def answer_html(report: Any) -> str:
    """The report's headline, numbers, table and next step; orange where a person has something to do."""
    return _PAGE.render(report=report, colour=ORANGE if report.attention else GREEN)
