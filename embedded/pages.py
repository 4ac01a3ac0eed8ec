"""The plain facts that every visitor can read: what we hold, how accessible we are, how to reach us."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we hold, who reads it, how long."""
    return render(request, "pages/privacy.jinja")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.jinja")


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to write to, about what."""
    return render(request, "pages/contact.jinja")
