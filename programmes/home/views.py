"""The front pages: where everybody starts, the list of residencies, one residency, who may do what."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest, VisitorRequest
from programmes.access import PERMISSIONS, ROLES, scope_of
from programmes.home import present, starting

A_PAGE = 25


@login_not_required
@require_safe
def home(request: VisitorRequest) -> HttpResponse:
    """What this is, for those signed out; one's own places, for those signed in. Whoever has one programme with a
    dashboard is there at once (users.md §1: after signing in, no press)."""
    if request.person is None:
        return render(request, "home/welcome.jinja")
    scope = scope_of(request)
    waiting, programmes = starting.waiting_invitations(scope), scope.programmes()
    if not waiting and len(programmes) == 1 and scope.can_in_programme("see_dashboard", programmes[0]):
        return redirect("dashboard", programmes[0].slug)
    context = {
        "hats": starting.hats(scope),
        "waiting": waiting,
        "held_before": starting.has_held_a_post(scope),
    }
    return render(request, "home/home.jinja", context)


@require_safe
def residencies(request: SignedInRequest, slug: str) -> HttpResponse:
    """The residencies of a programme that the person reaches, by stage word and by words of the title."""
    scope = scope_of(request)
    programme = scope.programme(slug)
    chosen = present.Filter.of(request.GET)
    found = chosen.apply(scope.residencies(programme)).with_places()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "lines": [present.line(residency, timezone.localdate()) for residency in page],
        "chosen": chosen,
        "may_register": scope.can_in_programme("register", programme),
        "may_adopt": scope.can_in_programme("adopt", programme),
        "may_by_file": scope.leads_whole("adopt", programme),
    }
    return render(request, "home/residencies.jinja", context)


@require_safe
def residency(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """One residency: status, days left, what is next and whose it is, before anything else (X-18)."""
    scope = scope_of(request)
    found = scope.residency(slug, code)
    context = {"residency": found, "view": present.residency_view(scope, found, timezone.localdate())}
    return render(request, "home/residency.jinja", context)


@require_safe
def roles(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who may do what in this programme, in sentences."""
    programme = scope_of(request).programme(slug)
    context = {"programme": programme, "roles": ROLES.values(), "permissions": PERMISSIONS}
    return render(request, "home/roles.jinja", context)
