"""The pages that tell: what comes next in a residency, and what has happened in it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from programmes.access import scope_of
from programmes.course import explaining, telling
from programmes.lifecycle import STAGE_COLOURS, stage_word

A_PAGE = 30


@require_safe
def course(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """What is still to come, who, by when; and every step from here with what it means."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code)
    word = stage_word(residency.stage)
    context = {
        "residency": residency,
        "stage": word,
        "colour": STAGE_COLOURS[word],
        "to_come": explaining.still_to_come(scope, residency, today),
        "steps": explaining.possible_steps(scope, residency),
        "may_see_ending": scope.can("set_up", residency)
        and explaining.has_closing_list(scope, residency, today),
    }
    return render(request, "course/course.jinja", context)


@require_safe
def history(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Who changed what, from what, to what, when: newest first, by day."""
    scope = scope_of(request)
    residency = scope.residency(slug, code)
    page = Paginator(telling.moments(scope, residency), A_PAGE).get_page(request.GET.get("page"))
    context = {"residency": residency, "page": page, "lines": telling.told(scope, residency, page)}
    return render(request, "course/history.jinja", context)
