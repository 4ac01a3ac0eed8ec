"""The pages on which something is decided: approval, a condition met, a step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.nhsuk.words import day
from programmes.access import scope_of
from programmes.lifecycle import STEPS, StepRefused
from programmes.posts import not_begun
from programmes.registration import decisions, forms, missing, present, steps
from programmes.registration.deciding import DecideForm
from programmes.registration.reading import condition_of, registration_of
from programmes.registration.rows import rows_asked, typed_so_far


def approval(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Everything that was given, money included, and what is missing; then one decision."""
    residency = scope_of(request).residency(slug, code, permission="approve")
    if residency.stage != "scoping":
        return redirect("registration", slug, code)
    rows = rows_asked(request.POST)
    form = _decide_form(request, residency, rows)
    changed = False
    if request.method == "POST" and "add" not in request.POST and form.is_valid():
        try:
            return redirect(_decide(request, residency, form))
        except Changed:
            changed = True
            residency = registration_of(residency)
            form = _decide_form(request, residency, rows, afresh=True)
    context = {
        "residency": residency,
        "form": form,
        "rows": rows,
        "changed": changed,
        "sections": present.answers(residency, change=False, today=timezone.localdate()),
        "lacks": missing.at_approval(residency),
        "submitted": residency.stage_changes.filter(to_stage="scoping")
        .select_related("by", "on_behalf_of")
        .last(),
    }
    return render(request, "registration/approval.jinja", context)


def condition_met(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Records the day on which a condition was met."""
    residency = scope_of(request).residency(slug, code, permission="edit_registration")
    condition = condition_of(residency, pk)
    today = timezone.localdate()
    form = forms.MetForm(request.POST or None, today=today, initial={"on": today})
    if condition.met_on is not None and request.method == "POST":
        return redirect("registration", slug, code)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.meet_condition(condition=condition, by=request.person, on=form.cleaned_data["on"])
        except StepRefused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, "Saved: the condition is met")
            return redirect("registration", slug, code)
    context = {"residency": residency, "condition": condition, "form": form}
    return render(request, "registration/condition.jinja", context)


def step(request: SignedInRequest, slug: str, code: str, name: str) -> HttpResponse:
    """Takes a step of the residency's life; a reason is asked only where one is owed."""
    scope = scope_of(request)
    taken = STEPS.get(name)
    if name == "extend":
        return _extend(request, slug, code)
    if name in present.OWN_PAGES:
        return redirect(present.OWN_PAGES[name], slug, code)
    if taken is None:
        raise Http404("No such step")
    residency = scope.residency(slug, code, permission=taken.permission)
    today = timezone.localdate()
    asked = {name: getattr(taken, name) for name in ("asks_why", "asks_review", "asks_ended_reason")}
    form = forms.StepForm(request.POST or None, **asked, today=today, initial={"on": today})
    open_now = residency.stage in taken.sources
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_move_on(request, residency, name, form))
        except StepRefused as refused:
            form.add_error("on", str(refused))
    still_open = steps.access_still_open(residency) if name in ("end", "begin_ending", "stop_early") else []
    context = {
        "residency": residency,
        "form": form,
        "step": taken,
        "open_now": open_now,
        "still_open": still_open,
        "not_begun": not_begun(residency, today) if name in steps.ENDS else [],
    }
    return render(request, "registration/step.jinja", context)


def _extend(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    residency = scope_of(request).residency(slug, code, permission="steer")
    initial = {"approved_by": request.person.display_name}
    form: Any = forms.MoveEndForm(request.POST or None, initial=initial)
    if residency.planned_end is None:
        form = forms.AgreeEndForm(request.POST or None, initial=initial, today=timezone.localdate())
    open_now = residency.stage in ("active", "paused", "closing")
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_move_end(request, residency, form))
        except StepRefused as refused:
            form.add_error("new_end", str(refused))
    context = {"residency": residency, "form": form, "open_now": open_now}
    return render(request, "registration/extend.jinja", context)


def _move_on(request: SignedInRequest, residency: Any, name: str, form: forms.StepForm) -> str:
    typed = form.cleaned_data

    def deed() -> str:
        steps.move_on(
            residency=residency,
            step=name,
            by=request.person,
            on=typed["on"],
            why=typed.get("why", ""),
            review_on=typed.get("review_on"),
            ended_reason=typed.get("ended_reason", ""),
        )
        messages.success(request, f"Saved: {residency.title} is {residency.get_stage_display().lower()} now")
        return residency.get_absolute_url()

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


def _move_end(request: SignedInRequest, residency: Any, form: Any) -> str:
    typed, today = form.cleaned_data, timezone.localdate()

    def deed() -> str:
        if not typed["new_end"]:
            steps.look_again(residency=residency, on=typed["look_again_on"], by=request.person)
            messages.success(request, f"Saved: to be looked at again on {day(typed['look_again_on'])}")
            return residency.get_absolute_url()
        steps.move_end(
            residency=residency,
            new_end=typed["new_end"],
            why=typed["why"],
            approved_by=typed["approved_by"],
            by=request.person,
            on=today,
        )
        messages.success(request, f"Saved: it ends on {day(typed['new_end'])} now")
        return residency.get_absolute_url()

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


def _decide_form(request: SignedInRequest, residency: Any, rows: int, *, afresh: bool = False) -> DecideForm:
    """Bound when it was sent; with what was typed and nothing checked when a row was added or it changed meanwhile."""
    options: dict[str, Any] = {
        "ready": missing.at_approval(residency),
        "rows": rows,
        "owner": residency.host_manager_name,
        "today": timezone.localdate(),
        "version": residency.version,
    }
    if request.method != "POST":
        return DecideForm(**options)
    if "add" not in request.POST and not afresh:
        return DecideForm(request.POST, **options)
    return DecideForm(initial=typed_so_far(DecideForm(**options), request.POST), **options)


def _decide(request: SignedInRequest, residency: Any, form: DecideForm) -> str:
    typed, today = form.cleaned_data, timezone.localdate()
    shared = {"residency": residency, "by": request.person, "on": today, "version": typed["version"]}

    def deed() -> str:
        try:
            match typed["decision"]:
                case "return":
                    decisions.send_back(why=typed["why"], **shared)
                case "decline":
                    decisions.decline(why=typed["why"], **shared)
                case _:
                    conditions = [one for one in form.conditions if one]
                    decisions.approve(conditions=conditions, at=timezone.now(), **shared)
        except StepRefused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(
                request, f"Saved: {residency.title} is {residency.get_stage_display().lower()} now"
            )
        return reverse("registration", args=[residency.programme.slug, residency.code])

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)
