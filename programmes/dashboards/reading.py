"""What the dashboard is drawn from: the residencies within a person's reach, narrowed as asked, and their facts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.urls import reverse

from programmes.access import Scope
from programmes.dashboards.forms import Choice, Narrowing
from programmes.measures import rows
from programmes.measures.attention import Signal, signals
from programmes.measures.engagement import MonthRow
from programmes.measures.facts import Facts
from programmes.measures.figure import Words
from programmes.measures.happenings import Change, Use
from programmes.measures.period import Period, closed_months, in_last_months
from programmes.measures.suppression import enough
from programmes.models import Programme, Report, Residency, ResidencyQuerySet

MONTHS: Final = 12
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
class Sight:
    """One person's view of a programme on one day. Every number on it comes from `shown`, which lies within the
    person's reach for the dashboard; names and links come only from what the person may open as well."""

    scope: Scope
    programme: Programme
    narrowing: Narrowing
    shown: list[Residency]
    at: datetime.datetime
    today: datetime.date

    @property
    def words(self) -> Words:
        return Words(self.programme.residency_word, self.programme.residencies_word)

    @cached_property
    def query(self) -> ResidencyQuerySet:
        reach = self.scope.residencies(self.programme, permission="see_dashboard")
        return reach.filter(pk__in=[residency.pk for residency in self.shown])

    @cached_property
    def by_code(self) -> dict[str, Residency]:
        """Those that the person may open; a funder may open none."""
        return {one.code: one for one in self.shown if self.scope.can("see_residency", one)}

    @property
    def sees_all(self) -> bool:
        return len(self.by_code) == len(self.shown)

    @property
    def opened(self) -> ResidencyQuerySet:
        return self.query.filter(pk__in=[residency.pk for residency in self.by_code.values()])

    @cached_property
    def facts(self) -> list[Facts]:
        return rows.facts(self.query)

    @cached_property
    def signals(self) -> list[Signal]:
        return signals(
            self.facts,
            today=self.today,
            rules_on=self.programme.rules_on,
            expiring_within_days=self.programme.expiring_within_days,
        )

    @property
    def period(self) -> Period:
        return closed_months(self.today, MONTHS)

    @cached_property
    def months(self) -> list[MonthRow]:
        return rows.month_rows(self.query, self.period)

    @cached_property
    def hidden_months(self) -> set[datetime.date]:
        """Months in which those whose own months this person may not read are too few to be told apart (P9)."""
        closed = [one.pk for one in self.shown if not self.scope.can("see_log_months", one)]
        if not closed:
            return set()
        people = rows.people_by_month(self.query.filter(pk__in=closed), self.period)
        return {month for month, number in people.items() if not enough(number)}

    @cached_property
    def logged_to(self) -> dict[int, datetime.date]:
        """The last day logged in months that are over, and in this one, by residency."""
        return rows.figures_to(self.shown)

    @cached_property
    def logging(self) -> dict[int, datetime.date]:
        return rows.figures_to(self.shown, self.period)

    @property
    def year(self) -> Period:
        return in_last_months(self.today, MONTHS)

    @cached_property
    def uses(self) -> list[Use]:
        return rows.uses(self.query, self.year)

    def changes(self, since: datetime.datetime) -> list[Change]:
        """Of what the person may open, with the reports that are theirs to read."""
        reports = Report.objects.filter(programme=self.programme, made_at__gt=since)
        if not self.scope.leads_whole("ask_report", self.programme):
            reports = reports.filter(asked_by=self.scope.person)
        found = list(reports.select_related("programme")) if not self.narrowing.chosen else []
        return rows.changes(self.opened, since, found)

    def address(self, page: str, args: tuple[object, ...], code: str) -> str:
        """Where a line leads: the page named, the residency's own page for those who may not open that one, "" for
        those who may open neither."""
        if page == "report":
            return reverse(page, args=args)
        residency = self.by_code.get(code)
        if residency is None:
            return ""
        if not self.scope.can(_NEEDED.get(page, "see_residency"), residency):
            return residency.get_absolute_url()
        return reverse(page, args=args)


def sight(scope: Scope, slug: str, query: Mapping[str, str], at: datetime.datetime) -> Sight:
    """The view that an address asks for; 404 out of reach, 403 without the permission."""
    programme = scope.programme(slug, permission="see_dashboard")
    reach = scope.residencies(programme, permission="see_dashboard")
    found = list(reach.select_related("programme", "theme").prefetch_related("organisations__organisation"))
    narrowing = _narrowing(scope, query, found)
    return Sight(scope, programme, narrowing, _narrowed(found, narrowing), at, scope.today)


def _narrowing(scope: Scope, query: Mapping[str, str], found: list[Residency]) -> Narrowing:
    """Filters only for those who may open everything anyway: for others, two views could be subtracted (P9)."""
    if not all(scope.can("see_residency", residency) for residency in found):
        return Narrowing()
    themes = {str(one.theme_id): one.theme.name for one in found if one.theme}
    hosts = {str(host.pk): host.display_name for one in found for host in one.hosts}
    return Narrowing.of(query, _choices(themes), _choices(hosts))


def _choices(names: dict[str, str]) -> list[Choice]:
    return [Choice(value, text) for value, text in sorted(names.items(), key=lambda item: item[1].lower())]


def _narrowed(found: list[Residency], narrowing: Narrowing) -> list[Residency]:
    theme, host = narrowing.theme, narrowing.host
    return [
        one
        for one in found
        if (theme is None or str(one.theme_id) == theme.value)
        and (host is None or host.value in {str(organisation.pk) for organisation in one.hosts})
    ]
