"""What the dashboard is drawn from: the residencies within a person's reach, narrowed as asked, and their facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Final

from django.db.models import QuerySet

from embedded.nhsuk.addresses import address as to
from programmes.access import ROLES, Scope
from programmes.dashboards.forms import Choice, Narrowing
from programmes.measures import rows
from programmes.measures.attention import RULES
from programmes.measures.engagement import MonthRow
from programmes.measures.facts import Facts
from programmes.measures.few import months_of_few
from programmes.measures.figure import Words
from programmes.measures.happenings import Change
from programmes.measures.logs import Logs, logs
from programmes.measures.offers import offers
from programmes.measures.period import Period, closed_months, in_last_months
from programmes.measures.reach import Question, Reach
from programmes.measures.recorded import Changes, changes, reports_made, with_reports
from programmes.measures.standing import Standing, standing
from programmes.measures.suppression import FEWEST_PEOPLE
from programmes.models import (
    OrganisationPart,
    Programme,
    Residency,
    ResidencyOrganisation,
    ResidencyQuerySet,
)

MONTHS: Final = 12
MOST_QUIET: Final = 8  # named
_HOSTING: Final = (OrganisationPart.LEAD_HOST, OrganisationPart.HOST)
# what a person needs in order to open the page to which a line leads; for all others seeing the residency is enough
_NEEDED: Final = {
    "approval": "approve",
    "condition_met": "edit_registration",
    "access": "see_access",
    "access_item": "edit_access",
    "project_edit": "edit_projects",
    "steering": "steer",
}


@dataclass(frozen=True)
class Glance:
    """What Monday's page is made of: today's counts and the first lines of its lists."""

    standing: Standing
    changes: Changes
    uses: rows.Uses
    logs: Logs
    months: list[MonthRow]


@dataclass(frozen=True)
class Sight:
    """One person's view of a programme on one day. Every number on it comes from `shown`, which lies within the
    person's reach for the dashboard; names and links come only from what the person may open as well. Whoever
    `may_narrow` is offered themes and hosts, a click away where the narrowing holds none yet."""

    scope: Scope
    programme: Programme
    narrowing: Narrowing
    shown: ResidencyQuerySet
    sees_all: bool
    at: datetime.datetime
    today: datetime.date

    @property
    def words(self) -> Words:
        return Words(self.programme.residency_word, self.programme.residencies_word)

    @property
    def may_narrow(self) -> bool:
        """Only who may open everything anyway: for others, two views could be subtracted (P9)."""
        return self.sees_all

    @property
    def opened(self) -> ResidencyQuerySet:
        """Those that the person may open; a funder may open none."""
        return self.shown if self.sees_all else self.shown.filter(pk__in=_reach(self.scope, self.programme))

    @cached_property
    def opened_codes(self) -> set[str]:
        return set(self.opened.values_list("code", flat=True))

    def named(self, codes: Iterable[str]) -> dict[str, Residency]:
        """Those of these codes that the person may open, by code; none where all lines lead where they say anyway."""
        if self._may_follow_all:
            return {}
        found = self.opened.filter(code__in=set(codes)).select_related("programme")
        return {one.code: one for one in found.prefetch_related("organisations")}

    @cached_property
    def _may_follow_all(self) -> bool:
        needed = {"see_residency", *_NEEDED.values()}
        return all(self.scope.leads_whole(permission, self.programme) for permission in needed)

    @cached_property
    def reach(self) -> Reach:
        leads = self.sees_all and self.scope.leads_whole("see_dashboard", self.programme)
        if leads and not self.narrowing.chosen:
            return Reach.whole(self.programme.pk)
        return Reach.of(self.shown, None if self.sees_all else self.opened)

    @cached_property
    def facts(self) -> list[Facts]:
        return rows.facts(self.reach)

    def standing(self, *, signals: int = 0, skipped: int = 0, every_rule: bool = False) -> Standing:
        """The counts of today, with so many lines of the signals."""
        return self.reach.ask(self._standing(signals, skipped, every_rule=every_rule))

    def _standing(
        self, signals: int, skipped: int = 0, ahead: int = 0, *, every_rule: bool = False
    ) -> Question[Standing]:
        return standing(
            today=self.today,
            rules_on=RULES if every_rule else self.programme.rules_on,
            expiring_within_days=self.programme.expiring_within_days,
            most_signals=signals,
            skipped_signals=skipped,
            most_ahead=ahead,
        )

    def glance(self, since: datetime.datetime, *, signals: int, below: int) -> Glance:
        """All that one page shows first, `signals` and `below` being how many lines of its lists."""
        standing, changed, uses, logged, by_month, *made = self.reach.ask_all(
            self._standing(signals, ahead=below),
            changes(self.programme.slug, since, most=below),
            rows.latest_uses(self.year, below, opened=True),
            self._logs,
            rows.months(self.period, self.reach.programme),
            *self._reports(since),
        )
        return Glance(standing, with_reports(changed, chain(*made), below), uses, logged, by_month)

    @property
    def period(self) -> Period:
        return closed_months(self.today, MONTHS)

    def time(self) -> tuple[list[MonthRow], Logs]:
        """The months, and how far the logs go."""
        months, logs = self.reach.ask_all(rows.months(self.period, self.reach.programme), self._logs)
        return months, logs

    @cached_property
    def hidden_months(self) -> set[datetime.date]:
        """Months in which those whose own months this person may not read are too few to be told apart (P9)."""
        if _always_gives(self.scope, self.programme, "see_log_months"):
            return set()
        closed = self.shown.exclude(pk__in=_reach(self.scope, self.programme, "see_log_months"))
        return months_of_few(closed, self.period, FEWEST_PEOPLE)

    @property
    def _logs(self) -> Question[Logs]:
        return logs(self.period, enough=FEWEST_PEOPLE, most=MOST_QUIET)

    @property
    def year(self) -> Period:
        return in_last_months(self.today, MONTHS)

    def changes(self, since: datetime.datetime) -> Changes:
        """Of what the person may open, with the reports that are theirs to read."""
        found, *made = self.reach.ask_all(changes(self.programme.slug, since), *self._reports(since))
        return with_reports(found, chain(*made))

    def _reports(self, since: datetime.datetime) -> list[Question[list[Change]]]:
        """The question after reports, which are of no theme and no host."""
        if self.narrowing.chosen:
            return []
        everybodys = self.scope.leads_whole("ask_report", self.programme)
        asker = None if everybodys else self.scope.person.pk
        return [reports_made(self.programme.pk, self.programme.slug, since, asker)]

    def address(self, page: str, args: tuple[object, ...], residency: Residency | None) -> str:
        """Where a line leads: the page named, the residency's own page for those who may not open that one, "" for
        those who may open neither."""
        if page == "report" or self._may_follow_all:
            return to(page, *args)
        if residency is None:
            return ""
        if not self.scope.can(_NEEDED.get(page, "see_residency"), residency):
            return residency.get_absolute_url()
        return to(page, *args)


def sight(
    scope: Scope, slug: str, query: Mapping[str, str], at: datetime.datetime, *, glancing: bool = False
) -> Sight:
    """The view that an address asks for; 404 out of reach, 403 without the permission. Whoever is `glancing` is
    offered what it can be narrowed to only when the address asks."""
    programme = scope.programme(slug, permission="see_dashboard")
    reach = scope.residencies(programme, permission="see_dashboard")
    sees_all = (
        _always_gives(scope, programme, "see_residency")
        or not reach.exclude(pk__in=_reach(scope, programme)).exists()
    )
    offering = sees_all and (not glancing or Narrowing.asked(query))
    narrowing = _narrowing(query, Reach.of(reach).ask(offers())) if offering else Narrowing()
    return Sight(scope, programme, narrowing, _narrowed(reach, narrowing), sees_all, at, scope.today)


def _reach(scope: Scope, programme: Programme, permission: str = "see_residency") -> QuerySet[Residency, Any]:
    return scope.residencies(programme, permission).order_by().values("pk")


def _always_gives(scope: Scope, programme: Programme, permission: str) -> bool:
    """Whether every part through which the person reads this dashboard gives that permission too."""
    given = [ROLES[m.role].permissions for m in scope.memberships if m.programme_id == programme.pk]
    return all(permission in one for one in given if "see_dashboard" in one)


def _narrowing(query: Mapping[str, str], offered: dict[str, list[tuple[int, str]]]) -> Narrowing:
    return Narrowing.of(query, _choices(offered["theme"]), _choices(offered["host"]))


def _choices(names: Iterable[tuple[int, str]]) -> list[Choice]:
    return [Choice(str(value), text) for value, text in names]


def _narrowed(reach: ResidencyQuerySet, narrowing: Narrowing) -> ResidencyQuerySet:
    if narrowing.theme:
        reach = reach.filter(theme=int(narrowing.theme.value))
    if narrowing.host:
        hosted = ResidencyOrganisation.objects.filter(
            part__in=_HOSTING, organisation=int(narrowing.host.value)
        )
        reach = reach.filter(pk__in=hosted.values("residency"))
    return reach
