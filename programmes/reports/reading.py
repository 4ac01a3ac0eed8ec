"""Who reads which reports: the whole programme's by those who may ask for them, a theme's also by its lead."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from programmes.access import ROLES, Scope
from programmes.models import Programme, Report, ResidencyQuerySet, Theme

ASK = "ask_report"


@dataclass(frozen=True)
class Reach:
    """What somebody may ask reports about: the whole programme, and these themes."""

    whole: bool
    themes: list[Theme]

    def holds(self, theme_id: int | None) -> bool:
        return self.whole if theme_id is None else any(theme.pk == theme_id for theme in self.themes)


def reach_of(scope: Scope, programme: Programme) -> Reach:
    if scope.leads_whole(ASK, programme):
        return Reach(True, list(programme.themes.all()))
    led = {
        membership.theme.pk: membership.theme
        for membership in scope.held
        if membership.programme_id == programme.pk
        and membership.theme is not None
        and ASK in ROLES[membership.role].permissions
    }
    return Reach(False, sorted(led.values(), key=lambda theme: theme.name))


def may_read(scope: Scope, report: Report) -> bool:
    """Asked again whenever a report is made, shown or downloaded (P4)."""
    return reach_of(scope, report.programme).holds(report.theme_id)


def within(scope: Scope, report: Report) -> ResidencyQuerySet:
    """The residencies that a report is about, as far as the person reaches them."""
    found = scope.residencies(report.programme, permission=ASK)
    return found.filter(theme=report.theme_id) if report.theme_id else found


def reports_in(scope: Scope, programme: Programme) -> QuerySet[Report]:
    """Those that the person may read, newest first, without the figures, which are large."""
    reach = reach_of(scope, programme)
    found = Report.objects.filter(programme=programme)
    if not reach.whole:
        found = found.filter(theme__in=reach.themes)
    return found.select_related("theme", "asked_by", "job", "pdf", "programme").defer("figures")


def report_in(scope: Scope, programme: Programme, pk: int) -> Report:
    """A report of this programme that the person may read; any other is a 404."""
    report = reports_in(scope, programme).filter(pk=pk).first()
    if report is None:
        raise Http404("No report of that number in reach")
    return report


def place_of(report: Report) -> str:
    """The address of its page, for the audit trail."""
    return f"p/{report.programme.slug}/reports/{report.pk}"
