"""The pages of what is planned at the table: how it stands, the ten questions on one screen, how it moved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, led_before, once
from programmes.access import scope_of
from programmes.planning import actions, present, reading
from programmes.planning.forms import TableForm, position_name

FIRST_ROWS = 2
MOST_ROWS = 20


@require_safe
def planning(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """How the plan stands, theme by theme; who has had a say; who was asked on their own."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="see_plan")
    kept, over = reading.kept_of(residency), reading.is_over(residency)
    voices, rounds = reading.voices_of(residency), reading.rounds_of(residency)
    open_ones = [one for asked in rounds if asked.closed_at is None for one in asked.voices.all()]
    context = {
        "residency": residency,
        "kept": kept,
        "themes": present.themes_now(kept),
        "missing": present.voices_missing(reading.heard_in(residency)),
        "voices": [(voice, present.answers_of(voice), present.how_told(voice)) for voice in voices],
        "asked_again": {voice.follows_id for voice in voices},
        "rounds": rounds,
        "own": [] if over else reading.waiting_for([*voices, *open_ones], request.person),
        "may_plan": scope.can("plan", residency) and not over,
    }
    return render(request, "planning/planning.jinja", context)


@require_safe
def planning_movement(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """How each theme moved from visit to visit: a sentence, and a table."""
    residency = scope_of(request).residency(slug, code, permission="see_plan")
    kept = reading.kept_of(residency)
    themes = [(theme, present.movement_rows(theme)) for theme in present.themes_now(kept)]
    context = {"residency": residency, "kept": kept, "themes": themes}
    return render(request, "planning/movement.jinja", context)


def planning_table(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The ten questions on one screen; at a later visit, what has changed."""
    residency = scope_of(request).residency(slug, code, permission="plan")
    if reading.is_over(residency):
        return redirect("planning", slug, code)
    kept = reading.kept_of(residency)
    rows = _rows_asked(request)
    form = _table_form(request, residency, kept, rows)
    changed = False
    if request.method == "POST" and "add" not in request.POST and form.is_valid():
        try:
            return redirect(_save(request, residency, form))
        except Changed:
            changed, kept = True, reading.kept_of(residency)
            form = _table_form(request, residency, kept, rows, afresh=True)
    elif before := _sent_before(request):
        return redirect(before)
    context = {
        "residency": residency,
        "form": form,
        "rows": rows,
        "changed": changed,
        "latest": kept.visits[-1] if kept.visits else None,
        "themes": {theme.theme: theme for theme in present.themes_now(kept)},
    }
    return render(request, "planning/table.jinja", context)


def _sent_before(request: SignedInRequest) -> str:
    """Where a second press of the same form leads: a position that the first one moved is no change any more."""
    if request.method != "POST":
        return ""
    return led_before(request.POST.get("form_key"), by=request.person, content=request.POST)


def _rows_asked(request: SignedInRequest) -> int:
    """How many empty rows for people to show; one more after "Add another person"."""
    typed = request.POST.get("rows", "")
    rows = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else FIRST_ROWS
    return min(max(rows, FIRST_ROWS) + ("add" in request.POST), MOST_ROWS)


def _table_form(
    request: SignedInRequest, residency: Any, kept: reading.Kept, rows: int, *, afresh: bool = False
) -> TableForm:
    """Bound when it was sent; with what was typed and nothing checked when a row was added or it changed meanwhile."""
    positions = kept.positions()
    options: dict[str, Any] = {
        "known": reading.may_be_there(residency, kept),
        "rows": rows,
        "before": positions,
        "today": timezone.localdate(),
        "earliest": kept.visits[-1].on if kept.visits else None,
        "version": kept.version,
    }
    if request.method != "POST":
        initial: dict[str, Any] = {position_name(theme): where for theme, where in positions.items()}
        return TableForm(initial=initial | {"on": timezone.localdate()}, **options)
    if "add" not in request.POST and not afresh:
        return TableForm(request.POST, **options)
    blank = TableForm(**options)
    typed = {
        name: field.widget.value_from_datadict(request.POST, {}, name)
        for name, field in blank.fields.items()
        if name not in ("form_key", "version")
    }
    return TableForm(initial=typed, **options | {"version": _version_typed(request, kept, afresh)})


def _version_typed(request: SignedInRequest, kept: reading.Kept, afresh: bool) -> int:
    """A row that was added does not make the page newer than it is."""
    typed = request.POST.get("version", "")
    return kept.version if afresh or not (typed.isascii() and typed.isdigit()) else int(typed[:9])


def _save(request: SignedInRequest, residency: Any, form: TableForm) -> str:
    def deed() -> str:
        visit = actions.save_visit(
            residency=residency,
            visit=form.visit(),
            version=form.cleaned_data["version"],
            by=request.person,
            at=timezone.now(),
        )
        messages.success(request, f"Saved: version {visit.number} of the plan")
        return reverse("planning", args=[residency.programme.slug, residency.code])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
