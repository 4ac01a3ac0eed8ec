"""What the page of the first hundred days fetches: who is who, what is missing, what was ticked."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.http import Http404

from embedded.accounts.models import Person
from embedded.nhsuk.addresses import is_number
from embedded.vault import CannotBeRead, Sealer
from programmes.entries.words import LOST
from programmes.in_order import confirm_by, not_in_order, said_missing
from programmes.lacking import at_approval
from programmes.models import AccessItem, FirstDaysLine, Membership, Residency, Role
from programmes.settling.plan import Kept

WHO: Final = (
    Role.HOST_MANAGER,
    Role.ACADEMIC_SUPERVISOR,
    Role.PROGRAMME_LEAD,
    Role.THEME_LEAD,
    Role.PROGRAMME_OFFICER,
    Role.RD_OFFICE,
    Role.HR,
    Role.IG_LEAD,
    Role.EXEC_SPONSOR,
)
MOST_SHOWN: Final = 60


@dataclass(frozen=True)
class Who:
    """Somebody, what they are here, how to reach them as far as it is known."""

    name: str
    parts: tuple[str, ...]
    phone: str = ""
    email: str = ""


def who_is_who(residency: Residency, person: Person, today: datetime.date) -> list[Who]:
    """First those whom the record names, then those who have a part here; whoever is both stands once."""
    known = _with_a_part(residency, person, today)
    found: dict[str, Who] = {}
    for part, name, email in (
        ("Host manager", residency.host_manager_name, residency.host_manager_email),
        ("Supervisor at the host", residency.host_supervisor_name, residency.host_supervisor_email),
        ("Academic supervisor", residency.academic_supervisor_name, residency.academic_supervisor_email),
        ("Academic supervisor", residency.second_supervisor_name, residency.second_supervisor_email),
        ("Navigator: shows you round", residency.navigator_name, ""),
        ("Mentor: thinks along", residency.mentor_name, ""),
        ("Executive sponsor", residency.sponsor_name, ""),
    ):
        if name:
            same = known.pop(name, None)
            before = found.get(name)
            parts = (*(before.parts if before else ()), part, *(same.parts if same else ()))
            phone = (same.phone if same else "") or (before.phone if before else "")
            address = email or (before.email if before else "") or (same.email if same else "")
            found[name] = Who(name, tuple(dict.fromkeys(parts)), phone, address)
    return [*found.values(), *known.values()]


def _with_a_part(residency: Residency, person: Person, today: datetime.date) -> dict[str, Who]:
    hosts = [host.pk for host in residency.hosts]
    whole = Q(residency=None, organisation=None, theme=None) & ~Q(role=Role.FUNDER)
    of_theme = Q(theme=residency.theme_id) if residency.theme_id else Q(pk__in=[])
    reach = Q(residency=residency) | Q(organisation__in=hosts) | of_theme | whole
    held = Membership.objects.live_on(today).filter(reach, programme=residency.programme_id, role__in=WHO)
    found: dict[str, Who] = {}
    for one in (
        held.exclude(person=person).select_related("person").order_by("person__display_name")[:MOST_SHOWN]
    ):
        who, before = one.person, found.get(one.person.display_name)
        parts = (*(before.parts if before else ()), str(one.get_role_display()))
        found[who.display_name] = Who(who.display_name, tuple(dict.fromkeys(parts)), who.phone, who.email)
    return found


def missing(residency: Residency, person: Person, today: datetime.date) -> list[str]:
    """Sentences on the person's own access, then on what the residency lacks. While a running one that was brought in
    is still being confirmed, what nobody entered is not missing (users.md decision 1)."""
    items = AccessItem.objects.filter(
        not_in_order(today), placement__residency=residency, placement__person=person
    ).select_related("host")
    found = [
        said_missing(item, residency, today) + (f". {item.owner_name} sees to it" if item.owner_name else "")
        for item in items[:MOST_SHOWN]
    ]
    if confirm_by(residency, today) is None:
        found += [lack.words for lack in at_approval(residency, today)]
    return found


def first_day(residency: Residency, person: Person) -> datetime.date | None:
    """When the person's own post began, the first of them if there were several."""
    starts = [post.start for post in residency.placements.all() if post.person_id == person.pk]
    return min(starts, default=residency.started_on)


def kept_lines(residency: Residency, person: Person) -> list[Kept]:
    """Ticks and lines of the person's own, opened with one key."""
    opener = Sealer(person)
    lines = FirstDaysLine.objects.filter(residency=residency, person=person)[:MOST_SHOWN]
    return [Kept(line.pk, line.key, line.week, _words(line, opener), line.done_on) for line in lines]


def _words(line: FirstDaysLine, opener: Sealer) -> str:
    if line.text is None:
        return ""
    try:
        return opener.open(line.text)
    except CannotBeRead:
        return LOST


def own_line(residency: Residency, person: Person, value: str) -> FirstDaysLine:
    """One that the person added; `value` is "own-" and its number. Anybody else's is a 404."""
    typed = value.removeprefix("own-")
    number = int(typed) if is_number(typed) else 0
    own = FirstDaysLine.objects.filter(residency=residency, person=person, key="", pk=number)
    found = own.select_related("residency__programme").first()
    if found is None:
        raise Http404("No line of yours has that number")
    return found
