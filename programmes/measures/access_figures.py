"""The figures of access: what is in place (M02), and how long it took (M03)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from programmes.measures.access_times import Readiness, TimeToAccess
from programmes.measures.figure import NO_DATA, TOO_FEW, Figure, percent
from programmes.measures.period import Period, day_span, day_words


def access_readiness_figure(
    lines: Sequence[Readiness], *, today: datetime.date, at: datetime.datetime
) -> Figure:
    """M02: of the permissions and practical things that are needed, how many are in place and have not run out."""
    there, needed = sum(line.in_place for line in lines), sum(line.needed for line in lines)
    open_at = sum(line.in_place < line.needed for line in lines)
    sentence = (
        f"{there} of {needed} permissions and practical things are in place ({percent(there, needed)})."
    )
    return Figure(
        key="access",
        title="Access in place",
        sentence=f"{sentence} Something is missing at {open_at} of {len(lines)} posts and hosts."
        if needed
        else "No permissions or practical things are listed yet: no data.",
        head=("Code", "Title", "Host", "In place", "Needed"),
        rows=tuple((x.code, x.title, x.host, x.in_place, x.needed) for x in lines),
        foot=(("All", "", "", there, needed),) if needed else (),
        numeric=(3, 4),
        period=f"On {day_words(today)}",
        denominator=f"{needed} things needed, those said not to be needed left out",
        missing="Things that nobody has listed are not counted.",
        computed_at=at,
    )


def days_to_access_figure(found: TimeToAccess, *, period: Period, at: datetime.datetime) -> Figure:
    """M03: days from the signed agreement to the last thing in place; a median only of three or more."""
    if found.median is not None:
        sentence = (
            f"Half of {found.complete} posts had everything within {found.median:g} days of the agreement."
        )
    elif found.lines:
        sentence = f"Too few posts to say how long access takes: {found.complete} complete, and 3 are needed."
    else:
        sentence = "No post started in this period: no data."
    return Figure(
        key="days-to-access",
        title="Days until everything was in place",
        sentence=sentence,
        head=("Code", "Title", "Days", "Still waiting"),
        rows=tuple(
            (x.code, x.title, "not recorded" if x.days is None else x.days, "yes" if x.is_open else "no")
            for x in found.lines
        ),
        foot=(("Median", "", f"{found.median:g}" if found.median is not None else TOO_FEW, ""),)
        if found.lines
        else (),
        numeric=(2,),
        period=f"Posts that started from {day_span(period)}",
        denominator=f"{found.complete} of {len(found.lines)} posts complete" if found.lines else NO_DATA,
        missing=f"{found.unknown} without the date of an agreement or of the last thing in place."
        if found.unknown
        else "Nothing.",
        computed_at=at,
        note="Those that still wait show the days so far and are not in the median.",
    )
