"""What a program sends, read by the form of the log: one set of rules for pages and programs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final

from django.http import QueryDict

from embedded.accounts.models import Person
from programmes.access import Scope
from programmes.api import reading
from programmes.api.schemas import EntriesAsked, EntryIn
from programmes.entries.days import check_day
from programmes.entries.writing import Entry
from programmes.logbook.answers import plain
from programmes.logbook.forms import LogForm
from programmes.models import FINER, Residency

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
