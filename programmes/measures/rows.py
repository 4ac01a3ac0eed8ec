"""The only queries of the measures: rows in, plain facts out; their number does not grow with the data."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum, Window
from django.db.models.functions import TruncMonth
from django.utils import timezone

from programmes.measures.engagement import KIND_CODES, MonthRow
from programmes.measures.facts import Facts, Item, OpenCondition, OpenProject
from programmes.measures.happenings import Use, UseCounts
from programmes.measures.period import Period
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessKind,
    Activity,
    ActivityMonth,
    Agreement,
    Classification,
    Condition,
    Project,
    Residency,
    ResidencyQuerySet,
    Stage,
    UseInDecision,
    UseOutcome,
)

_KINDS: Final = dict(AccessKind.choices)
_LEGAL: Final = frozenset(str(kind) for kind in LEGAL_PERMISSIONS)


def facts(residencies: ResidencyQuerySet) -> list[Facts]:
    """What the rules of attention look at, of every residency given, by code: five queries however many there are.
    Plain values, not models: a programme may have thousands."""
    found = list(residencies.order_by("code").values_list(*_COLUMNS))
    within = {"residency__in": residencies.order_by().values("pk")}
    signed = _by_residency(
        Agreement.objects.filter(**within).order_by("signed_on").values_list("residency", "signed_on")
    )
    conditions = _by_residency(
        Condition.objects.filter(**within, met_on__isnull=True).values_list(
            "residency", "pk", "what", "owner_name", "due"
        )
    )
    projects = _by_residency(
        Project.objects.open()
        .filter(**within)
        .values_list(
            "residency", "pk", "title", "classification", "stage", "started_on", "target_feedback_on"
        )
    )
    items = _items(within["residency__in"])
    return [
        Facts(
            pk=pk,
            slug=slug,
            code=code,
            title=title,
            stage=stage,
            end=ended_on or planned_end,
            submitted_on=timezone.localtime(submitted).date() if submitted else None,
            agreement_signed_on=signed[pk][0][0] if pk in signed else None,
            items=tuple(_item(*item) for item in items.get(pk, ())),
            projects=tuple(_project(*project) for project in projects.get(pk, ())),
            conditions=tuple(OpenCondition(*condition) for condition in conditions.get(pk, ())),
            **dict(zip(_AS_THEY_ARE, rest, strict=True)),
        )
        for pk, slug, code, title, stage, ended_on, planned_end, submitted, *rest in found
    ]


_AS_THEY_ARE: Final = (
    "planned_start started_on adopted_on decision_by guiding_group_entered_on public_partners_in_guiding_group "
    "sponsor_left_on end_decision_on exit_plan_on"
).split()
_COLUMNS: Final = (
    *"pk programme__slug code title stage ended_on planned_end submitted_at".split(),
    *_AS_THEY_ARE,
)


def _by_residency(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """The rows without their first column, under it."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for residency, *row in rows:
        found[residency].append(tuple(row))
    return found


def _items(residencies: QuerySet[Residency, Any]) -> dict[int, list[tuple[Any, ...]]]:
    within = AccessItem.objects.filter(placement__residency__in=residencies)
    return _by_residency(
        within.order_by("placement__start", "placement", "pk").values_list(
            "placement__residency",
            "pk",
            "kind",
            "state",
            "expires_on",
            "placement__start",
            "placement__end",
            "host__display_name",
            "host",
            "placement",
            "issued_on",
        )
    )


def _item(pk: int, kind: str, *rest: Any) -> Item:
    return Item(pk, str(_KINDS[kind]), kind in _LEGAL, *rest)


def _project(pk: int, title: str, classification: str, *rest: Any) -> OpenProject:
    return OpenProject(pk, title, classification != Classification.NOT_YET, *rest)


def month_rows(residencies: ResidencyQuerySet, period: Period) -> list[MonthRow]:
    """Minutes a month over all the residencies given, from the roll-up; months without a row are there with
    nothing in them."""
    sums: dict[datetime.date, dict[str, Any]] = {
        row["month"]: dict(row)
        for row in ActivityMonth.objects.filter(
            residency__in=residencies.order_by().values("pk"), month__gte=period.start, month__lt=period.end
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
        Activity.objects.filter(residency__in=residencies.order_by().values("pk"))
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
    rows = ActivityMonth.objects.filter(entries__gt=0)
    if isinstance(residencies, QuerySet):
        rows = rows.filter(residency__in=residencies.order_by().values("pk"))
    else:
        rows = rows.filter(residency__in=[residency.pk for residency in residencies])
    if period is not None:
        rows = rows.filter(month__gte=period.start, month__lt=period.end)
    return dict(rows.values_list("residency").annotate(last=Max("last_logged_on")).order_by())


def logging(residencies: ResidencyQuerySet, period: Period) -> tuple[int, int]:
    """How many have entries in the months of the period, and how many of those are running."""
    rows = ActivityMonth.objects.filter(
        residency__in=residencies.order_by().values("pk"),
        month__gte=period.start,
        month__lt=period.end,
        entries__gt=0,
    ).order_by()
    found = Residency.objects.filter(pk__in=rows.values("residency")).order_by()
    told = found.aggregate(all=Count("pk"), running=Count("pk", filter=Q(stage=Stage.ACTIVE)))
    return told["all"], told["running"]


def quiet(
    residencies: ResidencyQuerySet, month: datetime.date, most: int
) -> tuple[list[tuple[str, datetime.date | None]], int]:
    """Running ones without an entry in that month or since: title and last day logged of the first, by code, and how
    many there are."""
    months = ActivityMonth.objects.filter(residency=OuterRef("pk"), entries__gt=0)
    found = residencies.running().filter(~Exists(months.filter(month__gte=month))).order_by("code")
    last = months.order_by("-month").values("last_logged_on")[:1]
    rows = found.values_list("title", Subquery(last), Window(Count("*")))[:most]
    return [(title, day) for title, day, _ in rows], rows[0][2] if rows else 0


def uses(residencies: ResidencyQuerySet, period: Period, most: int | None = None) -> list[Use]:
    """Uses in decisions made in the period, the latest first, `most` at most."""
    found = _uses(residencies, period).values_list(
        "pk",
        "residency__programme__slug",
        "residency__code",
        "residency__title",
        "what",
        "decision",
        "decided_by",
        "decided_on",
        "outcome",
        "confirmed_at",
        "written_where",
    )
    return [_use(*row) for row in found[:most]]


def _use(*row: Any) -> Use:
    *plain, outcome, confirmed_at, written_where = row
    return Use(*plain, outcome == UseOutcome.USED, confirmed_at is not None, written_where)


def use_counts(residencies: ResidencyQuerySet, period: Period) -> UseCounts:
    used, confirmed = Q(outcome=UseOutcome.USED), Q(confirmed_at__isnull=False)
    return UseCounts(
        **_uses(residencies, period)
        .order_by()
        .aggregate(total=Count("pk"), used=Count("pk", filter=used), confirmed=Count("pk", filter=confirmed))
    )


def _uses(residencies: ResidencyQuerySet, period: Period) -> QuerySet[UseInDecision]:
    return UseInDecision.objects.filter(
        residency__in=residencies.order_by().values("pk"),
        decided_on__gte=period.start,
        decided_on__lt=period.end,
    )


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
