"""The page on which a residency's own pack is put together."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from programmes.access import scope_of
from programmes.packs import actions, moments, reading
from programmes.packs.forms import NO_DOCUMENTS, OwnPackForm
from programmes.papers import papers_of


def own_pack(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Ready-made packs by moment and the papers that the person may read; one press puts them together."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code)
    papers, ready = papers_of(scope, residency, today), reading.ready_now()
    form = OwnPackForm(
        request.POST or None,
        ready=ready,
        papers=papers,
        initial=_chosen_beforehand(residency, ready, today),
    )
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            return actions.make_own_pack(
                residency=residency,
                ready=form.ready,
                papers=form.chosen,
                by=request.person,
                at=timezone.now(),
                on=today,
            ).get_absolute_url()

        return redirect(
            once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        )
    context = {"residency": residency, "form": form, "packs": reading.packs_for(residency, papers)}
    return render(request, "packs/own.jinja", context)


def _chosen_beforehand(residency: Any, ready: Any, today: Any) -> dict[str, Any]:
    days = (today - residency.started_on).days if residency.started_on else 0
    name = moments.name_for(residency, ready, days)
    return {"moment": name or NO_DOCUMENTS, "papers": list(moments.papers_for(name))}
