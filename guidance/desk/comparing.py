"""What changed between two editions, for everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.desk import present, reading


@login_not_required
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """`?from=` and `?to=` name two versions; without them the newest and the one before it. Http404 for a document of
    one edition, as there is nothing to compare."""
    editions = {one.version: one for one in reversed(reading.published(slug))}
    versions = list(editions)
    if len(versions) < 2:
        raise Http404("One edition cannot be compared")
    before = editions.get(request.GET.get("from", "")) or editions[versions[1]]
    after = editions.get(request.GET.get("to", "")) or editions[versions[0]]
    if before.number > after.number:
        before, after = after, before
    page = {
        "document": after.document,
        "versions": versions,
        "before": before,
        "after": after,
        "comparison": present.between(before, after),
    }
    return render(request, "guidance/desk/compare.jinja", page)
