"""The front pages: where everybody starts, one residency, who may do what."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest, VisitorRequest
from embedded.audit import record_read
from embedded.pdf import CannotPrint
from programmes.access import PERMISSIONS, ROLES, scope_of
from programmes.founding import place_of
from programmes.home import brief as sheet
from programmes.home import present, starting
from programmes.home.to_do import to_do


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
        "to_do": to_do(scope),
        "held_before": starting.has_held_a_post(scope),
    }
    return render(request, "home/home.jinja", context)


@require_safe
def residency(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """One residency: status, days left, what is next and whose it is, before anything else (X-18)."""
    scope = scope_of(request)
    found = scope.residency(slug, code)
    context = {"residency": found, "view": present.residency_view(scope, found, timezone.localdate())}
    return render(request, "home/residency.jinja", context)


@require_safe
def brief(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """One residency on one page, to read or print before a call."""
    scope = scope_of(request)
    found = scope.residency(slug, code)
    context = {"residency": found, "brief": sheet.brief_of(scope, found, timezone.localdate())}
    return render(request, "home/brief.jinja", context)


@require_safe
def brief_pdf(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The same as a PDF: of one reader on one day and no longer than a page, so it is printed on the spot, and not
    kept; noted as read (P11)."""
    scope = scope_of(request)
    found = scope.residency(slug, code)
    try:
        printed = sheet.printed(scope, found, timezone.localdate())
    except CannotPrint as problem:
        messages.error(request, f"There is no PDF. {problem} This page can be printed instead.")
        return redirect("brief", slug, code)
    record_read(request.person, "brief", str(found), place_of(found), details={"form": "pdf"})
    return HttpResponse(
        bytes(printed),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{found.code}-brief.pdf"',
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
def roles(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who may do what in this programme, in sentences."""
    programme = scope_of(request).programme(slug)
    context = {"programme": programme, "roles": ROLES.values(), "permissions": PERMISSIONS}
    return render(request, "home/roles.jinja", context)
