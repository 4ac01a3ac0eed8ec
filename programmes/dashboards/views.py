"""The pages of the dashboard: Monday's page, all the figures with their rules, the mix as a table to take away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from embedded.tables.csv import csv_response
from programmes.access import scope_of
from programmes.dashboards import actions, all_figures, drawing, present
from programmes.dashboards.forms import RuleForm
from programmes.dashboards.reading import sight
from programmes.measures.attention import RULE_WORDS


@require_safe
def dashboard(request: SignedInRequest, slug: str) -> HttpResponse:
    """What needs attention, what changed, what was used, dates ahead, the mix: in that order (decision 11)."""
    seen = sight(scope_of(request), slug, request.GET, timezone.now(), glancing=True)
    since = actions.begin_visit(programme=seen.programme, by=request.person, at=seen.at)
    return render(
        request,
        "dashboards/dashboard.jinja",
        {"page": present.dashboard(seen, since), "drawn": drawing},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everything else, each figure with its table, and the switches of the rules."""
    if request.method == "POST":
        return _switch(request, slug)
    seen = sight(scope_of(request), slug, request.GET, timezone.now())
    return render(
        request,
        "dashboards/figures.jinja",
        {"page": all_figures.figures(seen, request.GET.get("page", "")), "drawn": drawing},
    )


def _switch(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = scope_of(request).programme(slug, permission="lead_programme")
    form = RuleForm(request.POST)
    if form.is_valid():
        rule, on = form.cleaned_data["rule"], form.cleaned_data["state"] == "on"

        def deed() -> str:
            actions.switch_rule(programme=programme, rule=rule, on=on, by=request.person)
            messages.success(request, f"Switched {'on' if on else 'off'}: {RULE_WORDS[rule]}")
            return reverse("figures", args=[slug]) + "#rules"

        return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))
    return redirect("figures", slug)


@require_safe
def mix_csv(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The table of the mix, the same numbers as on the page."""
    figure = all_figures.mix(sight(scope_of(request), slug, request.GET, timezone.now()))
    return csv_response(f"{slug}-mix.csv", figure.head, figure.rows)


@require_safe
def figure_csv(request: SignedInRequest, slug: str, key: str) -> HttpResponseBase:
    """The table of any other figure of the page of all of them."""
    seen = sight(scope_of(request), slug, request.GET, timezone.now())
    figure = all_figures.figure(seen, key)
    if figure is None:
        raise Http404("No figure of that name")
    return csv_response(f"{slug}-{key}.csv", figure.head, figure.rows)
