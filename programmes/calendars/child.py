"""The process that opens one calendar: takes a line of JSON and the file by standard input, says each meeting as a line
of JSON by standard output, and ends."""

from __future__ import annotations

import datetime
import io
import json
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any, Final

from embedded.tables.reading.bounds import TOO_MUCH, Bounds, CannotRead
from embedded.tables.reading.limits import limited, peak_kib
from programmes.calendars.lines import NO_CALENDAR
from programmes.calendars.reading import meetings_in

MOST_PACKED: Final = 50  # calendars in one archive


def read(content: bytes, header: dict[str, Any], bounds: Bounds) -> Iterator[Any]:
    """The meetings, then what was left out; or the sentence that says why there are none."""
    try:
        if len(content) > bounds.most_bytes:
            raise CannotRead(TOO_MUCH)
        left_out: Counter[str] = Counter()
        first, end = (datetime.date.fromisoformat(header[name]) for name in ("first", "end"))
        for calendar in calendars_in(content, bounds):
            found = meetings_in(calendar, first, end, frozenset(header["own"]))
            left_out += found.left_out
            for meeting in found.meetings:
                key, on, minutes, title = astuple(meeting)
                yield [key, on.isoformat(), minutes, title]
        yield {"left_out": left_out, "peak_kib": peak_kib()}
    except CannotRead as problem:
        yield {"problem": str(problem), "peak_kib": peak_kib()}
    except (MemoryError, RecursionError):
        yield {"problem": TOO_MUCH, "peak_kib": peak_kib()}


def calendars_in(content: bytes, bounds: Bounds) -> Iterator[bytes]:
    """The file itself, or the calendars in it where Google has packed them."""
    if not content.startswith(b"PK"):
        yield content
        return
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
        within = [one for one in packed.infolist() if one.filename.lower().endswith(".ics")]
        if not within:
            raise CannotRead(NO_CALENDAR)
        if len(within) > MOST_PACKED or sum(one.file_size for one in within) > bounds.most_unpacked:
            raise CannotRead(TOO_MUCH)
        for one in within:
            with packed.open(one) as calendar:
                yield calendar.read(bounds.most_unpacked)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as problem:
        raise CannotRead(NO_CALENDAR) from problem


def main() -> None:
    header = json.loads(sys.stdin.buffer.readline())
    bounds = Bounds(**header["bounds"])
    limited(bounds)
    for said in read(sys.stdin.buffer.read(bounds.most_bytes + 1), header, bounds):
        sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
