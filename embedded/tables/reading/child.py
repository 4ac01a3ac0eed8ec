"""The process that opens one table: takes a line of JSON and the file by standard input, says each row as a line of
JSON by standard output, and ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from embedded.tables.reading.bounds import TOO_MUCH, Bounds, CannotRead
from embedded.tables.reading.headings import Vocabulary
from embedded.tables.reading.kinds import kind_of
from embedded.tables.reading.limits import limited, peak_kib
from embedded.tables.reading.table import Table


def read(content: bytes, bounds: Bounds, vocabulary: Vocabulary) -> Iterator[Any]:
    """The headings, then the rows, then what else is to be said; or the sentence that says why there is no table."""
    try:
        table = _opened(content, bounds, vocabulary)
        yield {
            "head": table.head,
            "columns": table.columns,
            "sheet": table.sheet,
            "from_1904": table.from_1904,
        }
        yield from table.rows
        yield {"notes": table.notes, "peak_kib": peak_kib()}
    except CannotRead as problem:
        yield {"problem": str(problem), "peak_kib": peak_kib()}
    except MemoryError:
        yield {"problem": TOO_MUCH, "peak_kib": peak_kib()}


def _opened(content: bytes, bounds: Bounds, vocabulary: Vocabulary) -> Table:
    if len(content) > bounds.most_bytes:
        raise CannotRead(TOO_MUCH)
    if kind_of(content) == "workbook":
        from embedded.tables.reading.workbook import table_in

        return table_in(content, bounds, vocabulary)
    from embedded.tables.reading.table import table_of
    from embedded.tables.reading.text import rows_of

    return table_of(rows_of(content, bounds, vocabulary), bounds, vocabulary)


def main() -> None:
    header = json.loads(sys.stdin.buffer.readline())
    bounds, vocabulary = Bounds(**header["bounds"]), Vocabulary(**header["vocabulary"])
    limited(bounds)
    for said in read(sys.stdin.buffer.read(bounds.most_bytes + 1), bounds, vocabulary):
        sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
