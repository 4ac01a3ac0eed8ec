"""What a program sends, read by the form of the log: one set of rules for pages and programs."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterable
from typing import Any, Final

from django.http import QueryDict

from embedded.accounts.models import Person
from programmes.access import Scope
from programmes.api import reading
from programmes.api.schemas import EntriesAsked, EntryIn
from programmes.entries.days import check_day
from programmes.entries.writing import Entry
from programmes.logbook.answers import plain
from programmes.logbook.forms import LogForm
from programmes.models import FINER, ActivityKind, Residency

# what the form calls otherwise than the program does
_CALLED: Final = {"how_long": "minutes", "finer": "kind"}


class BrokenRules(ValueError):
    """What was sent breaks a rule; `problems` are (field, what to do)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(say for _, say in problems))
        self.problems = problems


def know_all(query: Iterable[str]) -> None:
    """BrokenRules for a word of an address that means nothing: unheard, it would give more than was asked for."""
    known = [field.alias or name for name, field in EntriesAsked.model_fields.items()]
    say = f"Leave it out: an address may say {', '.join(known)}"
    if unknown := [(name, say) for name in query if name not in known]:
        raise BrokenRules(unknown)


def residency_of(scope: Scope, sent: EntryIn) -> Residency:
    """Where it is to be logged; BrokenRules where the person does not log there, or logs in several and does not say
    in which."""
    there = reading.places_to_log(scope)
    found = [one for one in there if sent.residency in ("", f"{one.programme.slug}/{one.code}")]
    if len(found) != 1:
        known = ", ".join(f"{one.programme.slug}/{one.code}" for one in there)
        say = f"Write one of those in which you log: {known}" if known else "You have no log at the moment"
        raise BrokenRules([("residency", say)])
    return found[0]


def entry_from(sent: EntryIn, residency: Residency, person: Person, today: datetime.date) -> Entry:
    """The entry, for its writer alone; BrokenRules with all that is wrong."""
    hosts = residency.hosts
    form = LogForm(
        _boxes(sent),
        today=today,
        hosts=hosts,
        projects=residency.projects.all(),
        supervisors=(),
        everyone=(),
        check_day=lambda date, minutes: check_day(person, date, minutes),
        half_days=residency.programme.half_days_only,
        may_wait=False,
    )
    form.is_valid()
    problems = [(_CALLED.get(name, name), str(say)) for name, said in form.errors.items() for say in said]
    if sent.host and sent.host not in [host.pk for host in hosts] and "host" not in form.errors:
        problems.append(("host", "Write the number of a host of this residency, or leave it out"))
    if problems:
        raise BrokenRules(problems)
    return form.entry()


def beside(body: bytes, wrong: Collection[str], scope: Scope, today: datetime.date) -> list[tuple[str, str]]:
    """Of a body in which some fields have no shape at all, what breaks a rule in the others."""
    raw = json.loads(body)
    if not isinstance(raw, dict):
        return []
    usable = {name: raw[name] for name in EntryIn.model_fields if name in raw and name not in wrong}
    try:
        stand_in: dict[str, Any] = {"date": str(today), "minutes": 1, "kind": ActivityKind.RELATIONAL.value}
        sent = EntryIn(**(stand_in | usable))
        entry_from(sent, residency_of(scope, sent), scope.person, today)
    except BrokenRules as broken:
        return [(where, say) for where, say in broken.problems if where not in wrong]
    return []


def _boxes(sent: EntryIn) -> QueryDict:
    """As the boxes of the form would have been filled in."""
    year, month, day = sent.date.split("-")
    boxes = QueryDict(mutable=True)
    boxes.update(
        {
            "what": sent.what,
            "how_long": str(sent.minutes),
            "kind": plain(sent.kind),
            "finer": sent.kind if sent.kind in FINER else "",
            "date_day": day,
            "date_month": month,
            "date_year": year,
            "host": str(sent.host or ""),
            "project": str(sent.project or ""),
            "place": sent.place,
            "output": sent.output,
            "sign": sent.sign,
            "late_reason": sent.late_reason,
        }
    )
    return boxes
