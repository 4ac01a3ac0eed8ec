"""The only queries of the measures: rows in, plain facts out; their number does not grow with the data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from programmes.measures.engagement import KIND_CODES, MonthRow
from programmes.measures.facts import Facts, Item, OpenCondition, OpenProject
from programmes.measures.figure import start_high
from programmes.measures.happenings import Change, Use
from programmes.measures.period import Period, day_span, day_words
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    Activity,
    ActivityMonth,
    Agreement,
    Classification,
    Condition,
    EndChange,
    Placement,
    Project,
    Report,
    Residency,
    ResidencyQuerySet,
    StageChange,
    UseInDecision,
    UseOutcome,
)

_STEP_WORDS = {
    "idea": "returned",
    "scoping": "sent for approval",
    "approved": "approved",
    "recruiting": "recruiting began",
    "onboarding": "a person was named",
    "active": "started",
    "paused": "paused",
    "closing": "began to end",
    "ended": "ended",
    "legacy": "looking back began",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "terminated_early": "stopped early",
}


def facts(residencies: ResidencyQuerySet) -> list[Facts]:
    """What the rules of attention look at, of every residency given: six queries however many there are."""
    rows = residencies.select_related("programme").prefetch_related(
        Prefetch("agreements", Agreement.objects.order_by("signed_on"), to_attr="by_signing"),
        Prefetch("conditions", Condition.objects.filter(met_on__isnull=True), to_attr="open_conditions"),
        Prefetch("projects", Project.objects.open(), to_attr="open_projects"),
        "placements",
        Prefetch("placements__access_items", AccessItem.objects.select_related("host"), to_attr="items"),
    )
    return [_facts_of(residency) for residency in rows]


def _facts_of(residency: Residency) -> Facts:
    signed = residency.by_signing  # type: ignore[attr-defined]
    submitted = residency.submitted_at
    return Facts(
        slug=residency.programme.slug,
        code=residency.code,
        title=residency.title,
        stage=residency.stage,
        planned_start=residency.planned_start,
        started_on=residency.started_on,
        end=residency.end,
        adopted_on=residency.adopted_on,
        submitted_on=timezone.localtime(submitted).date() if submitted else None,
        decision_by=residency.decision_by,
        agreement_signed_on=signed[0].signed_on if signed else None,
        guiding_group_entered_on=residency.guiding_group_entered_on,
        public_partners_in_guiding_group=residency.public_partners_in_guiding_group,
        sponsor_left_on=residency.sponsor_left_on,
        end_decision_on=residency.end_decision_on,
        exit_plan_on=residency.exit_plan_on,
        items=tuple(
            Item(
                pk=item.pk,
                name=item.get_kind_display(),
                is_permission=item.kind in LEGAL_PERMISSIONS,
                state=item.state,
                expires_on=item.expires_on,
                placement_start=placement.start,
                placement_end=placement.end,
                host=item.host.display_name,
                placement=placement.pk,
                issued_on=item.issued_on,
            )
            for placement in residency.placements.all()
            for item in placement.items  # type: ignore[attr-defined]
        ),
        projects=tuple(
            OpenProject(
                p.pk,
                p.title,
                p.classification != Classification.NOT_YET,
                p.stage,
                p.started_on,
                p.target_feedback_on,
            )
            for p in residency.open_projects  # type: ignore[attr-defined]
        ),
        conditions=tuple(
            OpenCondition(c.pk, c.what, c.owner_name, c.due)
            for c in residency.open_conditions  # type: ignore[attr-defined]
        ),
    )


def month_rows(residencies: ResidencyQuerySet, period: Period) -> list[MonthRow]:
    """Minutes a month over all the residencies given, from the roll-up; months without a row are there with
    nothing in them."""
    sums: dict[datetime.date, dict[str, Any]] = {
        row["month"]: dict(row)
        for row in ActivityMonth.objects.filter(
            residency__in=residencies.values("pk"), month__gte=period.start, month__lt=period.end
        )
        .values("month")
        .annotate(**{f"sum_{code}": Sum(code) for code in KIND_CODES}, count=Sum("entries"))
    }
    return [
        MonthRow(
            month,
            {code: sums[month][f"sum_{code}"] or 0 for code in KIND_CODES} if month in sums else {},
            sums[month]["count"] if month in sums else 0,
        )
        for month in period.months()
    ]


def people_by_month(residencies: ResidencyQuerySet, period: Period) -> dict[datetime.date, int]:
    """How many different people logged anything, by month: what small numbers are judged by."""
    counted = (
        Activity.objects.filter(residency__in=residencies.values("pk"))
        .between(period.start, period.end)
        .annotate(month=TruncMonth("date"))
        .values_list("month")
        .annotate(people=Count("person", distinct=True))
        .order_by()
    )
    return dict(counted)


def figures_to(residencies: Iterable[Residency], period: Period | None = None) -> dict[int, datetime.date]:
    """The last day logged, by residency: "figures to 3 May". A residency without a log, or without one in the months
    of the period, is left out."""
    pks = [residency.pk for residency in residencies]
    rows = ActivityMonth.objects.filter(residency__in=pks, entries__gt=0)
    if period is not None:
        rows = rows.filter(month__gte=period.start, month__lt=period.end)
    return dict(rows.values_list("residency").annotate(last=Max("last_logged_on")).order_by())


def uses(residencies: ResidencyQuerySet, period: Period) -> list[Use]:
    """Uses in decisions made in the period, the latest first."""
    found = UseInDecision.objects.filter(
        residency__in=residencies.values("pk"), decided_on__gte=period.start, decided_on__lt=period.end
    ).select_related("residency__programme")
    return [
        Use(
            pk=use.pk,
            slug=use.residency.programme.slug,
            code=use.residency.code,
            title=use.residency.title,
            what=use.what,
            decision=use.decision,
            decided_by=use.decided_by,
            decided_on=use.decided_on,
            is_used=use.outcome == UseOutcome.USED,
            is_confirmed=use.confirmed_at is not None,
            written_where=use.written_where,
        )
        for use in found
    ]


def changes(
    residencies: ResidencyQuerySet, since: datetime.datetime, reports: Iterable[Report] = ()
) -> list[Change]:
    """What was recorded of these residencies after a moment, the latest first; entries of logs are never among it.
    Where a record keeps only its day, that whole day counts. Six queries."""
    within = {"residency__in": residencies.values("pk")}
    day = timezone.localtime(since).date()
    found = [
        *_steps(StageChange.objects.filter(**within, recorded_at__gt=since)),
        *_uses_told(
            UseInDecision.objects.filter(Q(recorded_at__gt=since) | Q(confirmed_at__gt=since), **within),
            since,
        ),
        *[
            _change(p.residency, p.added_at, f"New project: {p.title}", "project", p.pk)
            for p in Project.objects.filter(**within, added_at__gt=since).select_related(
                "residency__programme"
            )
        ],
        *[
            _change(p.residency, p.accepted_on, f"{p.person} accepted the post", "residency")
            for p in Placement.objects.filter(**within, accepted_on__gte=day).select_related(
                "residency__programme", "person"
            )
        ],
        *[
            _change(e.residency, e.on, f"The end was moved to {day_words(e.new_end)}", "residency")
            for e in EndChange.objects.filter(**within, on__gte=day).select_related("residency__programme")
        ],
        *[
            _change(c.residency, c.met_on, f"A condition was met: {c.what}", "residency")
            for c in Condition.objects.filter(**within, met_on__gte=day).select_related(
                "residency__programme"
            )
        ],
        *[_report_made(report) for report in reports if report.made_at and report.made_at > since],
    ]
    return sorted(found, key=lambda change: (change.on, change.code), reverse=True)


def _steps(rows: QuerySet[StageChange]) -> list[Change]:
    """One line a day and residency, its steps in the order they were taken; bringing in what is running already is
    one step, whatever rows were written for it."""
    days: dict[tuple[datetime.date, Residency], dict[str, None]] = {}
    for step in rows.select_related("residency__programme").order_by("recorded_at", "id"):
        day = timezone.localtime(step.recorded_at).date()
        days.setdefault((day, step.residency), {})[_step_words(step, day)] = None
    return [
        _change(residency, day, start_high(", ".join(told)), "residency")
        for (day, residency), told in days.items()
    ]


def _step_words(step: StageChange, recorded_on: datetime.date) -> str:
    if step.residency.adopted_on == recorded_on:
        return "brought in while it was running"
    if not step.from_stage:
        return "saved as an idea"
    if step.to_stage == "active" and step.from_stage == "paused":
        return "went on after a pause"
    return _STEP_WORDS[step.to_stage] + (" with conditions" if step.with_conditions else "")


def _uses_told(rows: QuerySet[UseInDecision], since: datetime.datetime) -> list[Change]:
    """A line when it was recorded and a line when the host confirmed it, each if after `since`."""
    found = []
    for use in rows.select_related("residency__programme"):
        if use.recorded_at > since:
            told = "Used in a decision" if use.outcome == UseOutcome.USED else "Considered and not used"
            found.append(_change(use.residency, use.recorded_at, f"{told}: {use.what}", "use", use.pk))
        if use.confirmed_at and use.confirmed_at > since:
            words = f"The host confirmed a use: {use.what}"
            found.append(_change(use.residency, use.confirmed_at, words, "use", use.pk))
    return found


def _change(
    residency: Residency, when: datetime.date | datetime.datetime | None, words: str, page: str, *more: object
) -> Change:
    day = timezone.localtime(when).date() if isinstance(when, datetime.datetime) else when
    args = (residency.programme.slug, residency.code, *more)
    return Change(day or datetime.date.min, words, residency.code, residency.title, page, args)


def _report_made(report: Report) -> Change:
    span = day_span(Period(report.start, report.end))
    made = timezone.localtime(report.made_at).date()
    return Change(made, f"A report is ready: {span}", "", "", "report", (report.programme.slug, report.pk))


def rebuild_months(residency: Residency) -> None:
    """Makes a residency's roll-up anew from its log: the slow, sure way."""
    ActivityMonth.objects.filter(residency=residency).delete()
    months: dict[datetime.date, ActivityMonth] = {}
    for activity in Activity.objects.filter(residency=residency).iterator():
        first = activity.date.replace(day=1)
        row = months.setdefault(first, ActivityMonth(residency=residency, month=first))
        add_to_month(row, activity, +1)
    ActivityMonth.objects.bulk_create(months.values())


def add_to_month(row: ActivityMonth, activity: Activity, sign: int) -> None:
    """Adds (+1) or takes away (-1) one entry. Taking away leaves `last_logged_on` to the caller."""
    minutes = sign * activity.minutes
    setattr(row, activity.kind, getattr(row, activity.kind) + minutes)
    row.entries += sign
    if activity.project_id is None:
        row.unallocated += minutes
    if activity.place == "host":
        row.at_host += minutes
    if sign > 0 and (row.last_logged_on is None or activity.date > row.last_logged_on):
        row.last_logged_on = activity.date
