"""The Rekap Informasi Wajib: which entries answer which item of the law (SOP step 4; Perki 1/2021 Ps 14-21, 56)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dipxl.model import items
from dipxl.model.classes import classes
from dipxl.model.items import Item
from dipxl.model.published import PublicRegister, PublicRow


@dataclass(frozen=True)
class Answer:
    """One item of the law and the numbers of the entries that answer it.

    `depth` is 0 for an item of the article itself, 1 for one below it, and so on. `above` is the nearest
    item over this one that entries answer as a whole; such an answer may hold this item too.
    """

    item: Item
    depth: int
    leaf: bool
    nomor: tuple[int, ...] = ()
    above: str = ""

    @property
    def missing(self) -> bool:
        """True for "Belum tersedia": no entry answers the item, nor an item over it."""
        return self.leaf and not self.nomor and not self.above


@dataclass(frozen=True)
class Recap:
    """Every item in the order of the law, each followed by the items below it.

    `unmapped` are the entries that name no item. They are no less wajib: all three classes of Ps 13(1) are.
    """

    answers: tuple[Answer, ...]
    unmapped: tuple[int, ...]

    def of_class(self, label: str) -> list[Answer]:
        return [answer for answer in self.answers if answer.item.klass == label]

    @property
    def leaves(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.leaf]

    @property
    def missing(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.missing]


def recap(register: PublicRegister) -> Recap:
    """Sort the entries of a public register under the items of the law."""
    answers = tuple(answer for label in classes() for answer in _branch(register.rows, label))
    return Recap(answers, tuple(row.nomor for row in register.rows if not _known(row)))


def _branch(
    rows: tuple[PublicRow, ...], label: str, parent: str = "", depth: int = 0, above: str = ""
) -> Iterator[Answer]:
    for item in items.items().values():
        if item.parent == parent and item.klass == label:
            nomor = tuple(row.nomor for row in rows if item.kode in row.butir)
            yield Answer(item, depth, item in items.leaves(), nomor, above)
            yield from _branch(rows, label, item.kode, depth + 1, item.kode if nomor else above)


def _known(row: PublicRow) -> bool:
    return any(kode in items.items() for kode in row.butir)
