"""Our people on site, for R&D, HR and information governance: in one programme, or in all that the reader reaches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from embedded.nhsuk.words import day
from embedded.tables.csv import csv_response
from programmes.access import scope_of
from programmes.onboarding import reading

A_PAGE: Final = 25  # posts
HEAD: Final = (
    "Person,Employer,Programme,Residency,Host,Let in by,Start,End,Permission,Permission until,Missing,To close"
).split(",")


@require_safe
def people_on_site(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who is on our sites, under which permission, until when, who lets them in; and who leaves."""
    programme = scope_of(request).programme(slug, "see_access")
    table = reverse("people_on_site_csv", args=[slug])
    return _page(request, [programme], {"programme": programme, "table_address": table})


@require_safe
def people_on_site_csv(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The same as a table to download, noted as read (P11)."""
    programme = scope_of(request).programme(slug, "see_access")
    return _table(request, [programme], f"p/{slug}/on-site")


@require_safe
def people_everywhere(request: SignedInRequest) -> HttpResponse:
    """The same in every programme in which the reader sees access."""
    return _page(
        request, _programmes(request), {"programme": None, "table_address": reverse("people_everywhere_csv")}
    )


@require_safe
def people_everywhere_csv(request: SignedInRequest) -> HttpResponseBase:
    return _table(request, _programmes(request), "on-site")


def _programmes(request: SignedInRequest) -> list[Any]:
    found = reading.programmes_seen(scope_of(request))
    if not found:
        raise PermissionDenied
    return found


def _page(request: SignedInRequest, programmes: Sequence[Any], more: dict[str, Any]) -> HttpResponse:
    scope, today = scope_of(request), timezone.localdate()
    posts = Paginator(reading.posts_on_site(scope, programmes, today), A_PAGE)
    leaving = Paginator(reading.posts_leaving(scope, programmes, today), A_PAGE)
    page, leaving_page = posts.get_page(request.GET.get("page")), leaving.get_page(request.GET.get("leaving"))
    context = {
        "today": today,
        "page": page,
        "here": reading.on_sites(scope, programmes, page, today),
        "leaving_page": leaving_page,
        "leaving": reading.leavers(reading.on_sites(scope, programmes, leaving_page, today), today),
        "several": len(reading.programmes_seen(scope)) > 1,
    }
    return render(request, "onboarding/on_site.jinja", context | more)


def _table(request: SignedInRequest, programmes: Sequence[Any], place: str) -> HttpResponseBase:
    scope, today = scope_of(request), timezone.localdate()
    here = reading.on_sites(scope, programmes, reading.posts_on_site(scope, programmes, today), today)
    gone = reading.on_sites(scope, programmes, reading.posts_leaving(scope, programmes, today), today)
    leaving = {(row.key, row.host): row for row in reading.leavers(gone, today)}
    listed = {(row.key, row.host) for row in here}
    shown = [*here, *(row for key, row in leaving.items() if key not in listed)]
    rows = [_cells(row, (row.key, row.host) in leaving) for row in shown]
    record_read(request.person, "people_on_site", "People on site", place, details={"rows": len(rows)})
    return csv_response(f"people-on-site-{today:%Y-%m-%d}.csv", HEAD, rows)


def _without(row: Any) -> str:
    if row.waits:
        return f"To be confirmed by {day(row.confirm_by)}"
    return "Missing" if row.lacks else f"None needed here, because {row.none_needed}"


def _cells(row: Any, is_leaving: bool) -> tuple[Any, ...]:
    return (
        row.person,
        row.employer,
        row.programme,
        row.residency,
        row.host,
        row.lets_in or "Not named yet",
        row.start,
        row.end,
        row.permission or _without(row),
        row.permission_until,
        "; ".join(
            [*row.missing, *(f"{kind} (to be confirmed by {day(row.confirm_by)})" for kind in row.to_confirm)]
        ),
        "; ".join(row.to_close) if is_leaving else "",
    )
