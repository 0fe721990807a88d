"""dipxl carries one edition of a Daftar Informasi Publik from blank Excel forms to a signed decree and a public page.

The names below are all that notebooks and engineers need; each is loaded when it is first used, so that
`import dipxl` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dipxl.errors import DipxlError
    from dipxl.model.check import schema
    from dipxl.steps.bagikan import bagikan
    from dipxl.steps.dokumentasi import dokumentasikan
    from dipxl.steps.himpun import himpun
    from dipxl.steps.mulai import mulai
    from dipxl.steps.pemutakhiran import mutakhirkan
    from dipxl.steps.penetapan import tetapkan
    from dipxl.steps.periksa import periksa
    from dipxl.steps.publikasi import publikasikan
    from dipxl.steps.report import Report
    from dipxl.steps.status import status
    from dipxl.steps.telaah import telaah
    from dipxl.steps.telusur import telusur
    from dipxl.steps.templat import templat
    from dipxl.steps.usulan import usulkan
    from dipxl.tour.contoh import contoh

__version__ = "0.1.0"
__all__ = [
    "DipxlError",
    "Report",
    "bagikan",
    "contoh",
    "dokumentasikan",
    "himpun",
    "mulai",
    "mutakhirkan",
    "periksa",
    "publikasikan",
    "schema",
    "status",
    "telaah",
    "telusur",
    "templat",
    "tetapkan",
    "usulkan",
]

_HOMES = {
    "DipxlError": "errors",
    "Report": "steps.report",
    "bagikan": "steps.bagikan",
    "contoh": "tour.contoh",
    "dokumentasikan": "steps.dokumentasi",
    "himpun": "steps.himpun",
    "mulai": "steps.mulai",
    "mutakhirkan": "steps.pemutakhiran",
    "periksa": "steps.periksa",
    "publikasikan": "steps.publikasi",
    "schema": "model.check",
    "status": "steps.status",
    "telaah": "steps.telaah",
    "telusur": "steps.telusur",
    "templat": "steps.templat",
    "tetapkan": "steps.penetapan",
    "usulkan": "steps.usulan",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dipxl' has no attribute {name!r}")
    return getattr(import_module(f"dipxl.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
