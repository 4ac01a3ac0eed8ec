"""Opens the form of the log: new, for an entry, for what waits, or with what was left unsaved."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from django.http import QueryDict
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.drafts import Kept, kept_under
from embedded.nhsuk.forms import VersionField
from embedded.vault import Sealer
from programmes.entries import people_met
from programmes.entries.circle import circle
from programmes.entries.days import check_day
from programmes.entries.unsaved import OF_AN_ENTRY
from programmes.entries.words import Words
from programmes.entries.writing import Entry
from programmes.logbook import answers, reading
from programmes.logbook.forms import LogForm
from programmes.models import FINER, Activity, PlannedEntry, Residency

_SAID: Final = ("what", "met", "asked_by")


def draft_prefix(residency: Residency, pk: int | None = None) -> str:
    """Where the drafts of a residency's log are kept, or of one entry of it; each form's key comes after it, so that
    two tabs keep two."""
    of = f"{OF_AN_ENTRY}{pk}" if pk is not None else "log"
    return f"{of}/{residency.programme.slug}/{residency.code}/"


def left_unsaved(person: Person, prefix: str) -> list[Kept]:
    """What was typed and never sent, where there are words in it."""
    return [
        kept
        for kept in kept_under(person, prefix)
        if any("".join(kept.typed.get(name, ())) for name in _SAID)
    ]


def day_asked(text: str) -> datetime.date | None:
    """The day that an address names, as 2026-11-22; None for anything else."""
    with suppress(ValueError):
        day = datetime.date.fromisoformat(text)
        return day if str(day) == text else None
    return None


def form_of(
    person: Person,
    sent: QueryDict,
    residency: Residency,
    *,
    activity: Activity | None = None,
    planned: PlannedEntry | None = None,
    left: Sequence[Kept] = (),
    draft: str = "",
    on: datetime.date | None = None,
) -> LogForm:
    """The form as it is asked for. `left` is what may be taken up again; `draft` says which. `on` is the day with
    which a new entry begins, else today."""
    today = timezone.localdate()
    others = circle(residency, person, today)
    record = activity or planned
    initial: dict[str, Any] = {}
    if not sent:
        initial = _initial(residency, person, on or today, activity, planned)
    elif record is not None:  # its own length may be chosen again, however long
        whole = residency.programme.half_days_only
        initial = {"how_long": answers.how_long(record.minutes or 0, whole=whole)}
        initial["finer"] = record.kind if record.kind in FINER else ""
    chosen = next((kept for kept in left if kept.key == draft), None)
    if chosen is not None:
        initial |= answers.values_left(chosen.typed) | {"form_key": chosen.key}
    return LogForm(
        sent or None,
        initial=initial,
        today=today,
        hosts=residency.hosts,
        projects=residency.projects.all(),
        supervisors=others.supervisors,
        everyone=others.everyone,
        may_wait=activity is None,
        half_days=residency.programme.half_days_only,
        check_day=lambda date, minutes: check_day(person, date, minutes, activity),
        version=_version(record, chosen),
    )


def entry_typed(form: LogForm, person: Person) -> Entry:
    """What was typed; whoever was there or asked goes into the person's own list. For a day to come they stay in the
    words, because nobody was met yet."""
    typed = form.cleaned_data
    if form.is_to_come:
        return _to_come(form)
    add = partial(people_met.add, person=person, sealer=Sealer(person))
    requester = add(name=typed["asked_by"]) if typed["asked_by"] else None
    return form.entry(requester, [add(name=name) for name in typed["met"]])


def _to_come(form: LogForm) -> Entry:
    typed, entry = form.cleaned_data, form.entry()
    lines = [
        entry.words.text,
        f"With {', '.join(typed['met'])}" if typed["met"] else "",
        f"Asked by {typed['asked_by']}" if typed["asked_by"] else "",
    ]
    text = "\n".join(line for line in lines if line)
    return Entry(
        date=entry.date,
        minutes=entry.minutes,
        kind=entry.kind,
        words=Words(text),
        place=entry.place,
        host=entry.host,
        project=entry.project,
    )


def _initial(
    residency: Residency,
    person: Person,
    on: datetime.date,
    activity: Activity | None,
    planned: PlannedEntry | None,
) -> dict[str, Any]:
    if activity is not None:
        return answers.values_of(activity)
    if planned is not None:
        return answers.values_planned(planned, half_days_only=residency.programme.half_days_only)
    return answers.first_values(on, reading.last_kind(residency, person))


def _version(record: Activity | PlannedEntry | None, chosen: Kept | None) -> int | None:
    """That of the record, or the one from which a draft of it was begun."""
    if record is None:
        return None
    begun = (chosen.typed.get("version") if chosen else None) or [record.version]
    return VersionField().clean(begun[0])
