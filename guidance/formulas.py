"""What a cell of a document's table is to work out: `{= B * C}`, `{= sum D}`, `{= total Staff}`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from embedded.tables.filling import Cell, Formula, Input

NUMBER: Final = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
COLUMN: Final = re.compile(r"\b[A-Z]\b")
SUM: Final = re.compile(r"sum\s+([A-Z])")
TOTAL: Final = re.compile(r"total\s+(.+)")
SUM_OF_COLUMNS: Final = re.compile(r"(?:[A-Z](?![A-Z0-9])|\d+(?:\.\d+)?(?![A-Z0-9.])|[-+*/() ])+")
PER_CENT: Final = re.compile(r"\bper\s?cent\b|%", re.IGNORECASE)
DIVIDED: Final = re.compile(r"/\s*[A-Z(]")


class NotAFormula(ValueError):
    """A formula that cannot be worked out; the message says which and why. `line` is that of the text, 1 for the first,
    0 where it is not known."""

    def __init__(self, says: str, line: int = 0) -> None:
        super().__init__(says)
        self.line = line


@dataclass(frozen=True)
class Typed:
    """A cell as the author typed it: words, or a formula without its brackets; `line` as in NotAFormula."""

    words: str = ""
    formula: str = ""
    line: int = 0


@dataclass(frozen=True)
class Total:
    """Where the last sum of a table stands, as another sheet refers to it, and what it comes to."""

    place: str
    value: float


def called(name: str) -> str:
    """A table's name without what the typesetter changes: quotation marks, dashes and capitals."""
    return " ".join(re.findall(r"[^\W_]+", name)).lower()


def worked_out(
    head: Sequence[str],
    rows: Sequence[Sequence[Typed]],
    first_row: int,
    name: str,
    totals: Mapping[str, Total],
) -> tuple[list[list[Cell]], Total | None]:
    """The rows beneath `head` as cells of a sheet called `name`, the first of them in row `first_row`; and the table's
    last sum. Raises NotAFormula."""
    formulas = [cell.formula for row in rows for cell in row if not TOTAL.fullmatch(cell.formula)]
    asked = {letter for formula in formulas for letter in COLUMN.findall(formula)}
    per_cent = {chr(65 + column) for column, words in enumerate(head) if PER_CENT.search(words)}
    table = _Table(first_row, name, totals, asked, per_cent)
    for row in rows:
        table.add(row)
    return table.rows, table.total


class _Table:
    """Works a table out row by row; `values` are what its cells come to before anybody has typed."""

    def __init__(
        self, first_row: int, name: str, totals: Mapping[str, Total], asked: set[str], per_cent: set[str]
    ) -> None:
        self.first_row, self.name, self.totals = first_row, name, totals
        self.asked, self.per_cent = asked, per_cent
        self.rows: list[list[Cell]] = []
        self.values: list[list[float]] = []
        self.total: Total | None = None

    def add(self, typed: Sequence[Typed]) -> None:
        cells = [self._plain(cell, chr(65 + column)) for column, cell in enumerate(typed)]
        values = [cell if isinstance(cell, float) else 0.0 for cell in cells]
        letters = {chr(65 + column) for column in range(len(typed))}
        for column, cell in enumerate(typed):
            if cell.formula:
                later = {chr(65 + at) for at in range(column, len(typed)) if typed[at].formula}
                made = self._made(cell, column, values, letters, later)
                cells[column], values[column] = made, made.value
        self.rows.append(cells)
        self.values.append(values)

    def _plain(self, cell: Typed, letter: str) -> Cell:
        if not cell.words and not cell.formula:
            number = letter in self.asked
            return Input(number, per_cent=number and letter in self.per_cent)
        return float(cell.words) if NUMBER.fullmatch(cell.words) else cell.words

    def _made(
        self, cell: Typed, column: int, values: Sequence[float], letters: set[str], later: set[str]
    ) -> Formula:
        try:
            return self._formula(cell.formula, column, values, letters, later)
        except NotAFormula as error:
            error.line = cell.line
            raise

    def _formula(
        self, text: str, column: int, values: Sequence[float], letters: set[str], later: set[str]
    ) -> Formula:
        """`later`: the columns that are worked out here or to the right, which this one may not wait for."""
        if summed := SUM.fullmatch(text):
            return self._sum(text, summed[1], column, letters)
        if total := TOTAL.fullmatch(text):
            found = self.totals.get(called(total[1]))
            if found is None:
                raise NotAFormula(f"“{text}”: no table above this one has that name and a sum")
            return Formula(found.place, found.value)
        used = set(COLUMN.findall(text))
        if wrong := used - letters | used & later:
            named = ", ".join(sorted(wrong))
            raise NotAFormula(f"“{text}”: column {named} is not there, or not worked out before this one")
        row = self.first_row + len(self.rows)
        value = _value(text, {letter: values[ord(letter) - 65] for letter in used})
        placed = COLUMN.sub(lambda letter: f"{letter[0]}{row}", text)
        return Formula(f"IFERROR({placed},0)" if DIVIDED.search(text) else placed, value)

    def _sum(self, text: str, letter: str, column: int, letters: set[str]) -> Formula:
        if letter not in letters or not self.rows:
            raise NotAFormula(f"“{text}”: there is nothing above it to add up")
        last = self.first_row + len(self.rows) - 1
        value = sum(row[ord(letter) - 65] for row in self.values)
        here = f"${chr(65 + column)}${last + 1}"
        self.total = Total(f"'{self.name}'!{here}", value)
        return Formula(f"SUM({letter}{self.first_row}:{letter}{last})", value)


def _value(text: str, columns: Mapping[str, float]) -> float:
    """What an expression comes to; nothing but numbers, columns, + - * / and brackets. Dividing by nothing is 0, as
    the sheet says it."""
    try:
        if not SUM_OF_COLUMNS.fullmatch(text):
            raise SyntaxError(text)
        return _worked(ast.parse(text.strip(), mode="eval").body, columns)
    except ZeroDivisionError:
        return 0.0
    except (SyntaxError, KeyError, RecursionError) as error:
        raise NotAFormula(
            f"“{text}”: only columns, numbers, + - * / and brackets can be worked out"
        ) from error


def _worked(node: ast.expr, columns: Mapping[str, float]) -> float:
    match node:
        case ast.BinOp(left, op, right) if type(op) in DEEDS:
            return DEEDS[type(op)](_worked(left, columns), _worked(right, columns))
        case ast.UnaryOp(ast.USub(), operand):
            return -_worked(operand, columns)
        case ast.Constant(int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.Name(name):
            return columns[name]
    raise SyntaxError(type(node).__name__)


DEEDS: Final[Mapping[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: lambda one, two: one + two,
    ast.Sub: lambda one, two: one - two,
    ast.Mult: lambda one, two: one * two,
    ast.Div: lambda one, two: one / two,
}
