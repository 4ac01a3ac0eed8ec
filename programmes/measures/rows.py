"""The only queries of the measures: rows in, plain facts out; their number does not grow with the data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Count, Max, Prefetch, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from programmes.measures.engagement import KIND_CODES, MonthRow
from programmes.measures.facts import Facts, Item, OpenCondition, OpenProject
from programmes.measures.period import Period
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    Activity,
    ActivityMonth,
    Agreement,
    Classification,
    Condition,
    Project,
    Residency,
    ResidencyQuerySet,
)


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
    sums = {
        row["month"]: row
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
