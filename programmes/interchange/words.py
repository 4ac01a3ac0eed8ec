"""Which kind of work a word in a file means: by the names of ours, or as its owner matched it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from embedded.tables.reading.cells import text_in
from embedded.tables.reading.headings import plain
from embedded.tables.reading.table import Cell
from embedded.vault import Sealer
from programmes.interchange import columns

ASKED: Final = 40  # words that one page asks about, the most frequent first
COUNTED: Final = 1_000  # different words that are counted at all
LONGEST: Final = 60  # signs of a word that the page repeats
Strange = tuple[str, str, int]  # its mark, the word as it was written first, and in how many rows it stands


class Words:
    """`matched` leads from the mark of a word to its kind, as a file keeps them: the words stand nowhere in the clear.
    `usual` is the kind of a row that says none."""

    def __init__(self, sealer: Sealer, matched: Mapping[str, str], usual: str = "") -> None:
        self.sealer, self.matched, self.usual = sealer, matched, usual
        self._shown: dict[str, str] = {}
        self._rows: dict[str, int] = {}
        self._known: dict[Cell, tuple[str, str]] = {}

    def kind(self, cell: Cell) -> str:
        """Its code, or an empty text where nothing says it. The same cell is read once."""
        if cell not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[cell] = self._meaning(cell)
        kind, mark = self._known[cell]
        if mark in self._rows:
            self._rows[mark] += 1
        return kind

    def _meaning(self, cell: Cell) -> tuple[str, str]:
        written = text_in(cell)
        if not any(map(str.isalnum, written)):
            return self.usual, ""
        named = plain(written)
        if kind := columns.KINDS.get(named) or columns.KIND_WORDS.get(named):
            return kind, ""
        mark = self.sealer.mark(" ".join(written.casefold().split())).hex()
        if len(self._rows) < COUNTED:
            self._rows.setdefault(mark, 0)
            self._shown.setdefault(mark, written[:LONGEST])
        return self.matched.get(mark, ""), mark

    def strange(self) -> list[Strange]:
        """The words that are no names of ours, matched or not, the most frequent first."""
        often = sorted(self._rows, key=lambda mark: -self._rows[mark])[:ASKED]
        return [(mark, self._shown[mark], self._rows[mark]) for mark in often]
