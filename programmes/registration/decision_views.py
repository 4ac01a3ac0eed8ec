"""The pages on which something is decided: approval, a condition met, adopting, a step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.nhsuk.words import day
from programmes import adopting
from programmes.access import scope_of
from programmes.lifecycle import STEPS, StepRefused
from programmes.registers.field import learn_from
from programmes.registration import decisions, forms, missing, pages, present, steps
from programmes.registration.deciding import DecideForm
from programmes.registration.reading import condition_of, registration_of

FIRST_ROWS = 1
MOST_ROWS = 20


def approval(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Everything that was given, money included, and what is missing; then one decision."""
    residency = scope_of(request).residency(slug, code, permission="approve")
    if residency.stage != "scoping":
        return redirect("registration", slug, code)
    rows = _rows_asked(request)
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


def adopt(request: SignedInRequest, slug: str) -> HttpResponse:
    """Brings in something that is running already."""
    scope = scope_of(request)
    programme = scope.programme(slug, "adopt")
    themes = pages.themes_offered(scope, programme)
    if not (scope.leads_whole("adopt", programme) or themes):
        raise PermissionDenied
    form = forms.AdoptForm(
        request.POST or None,
        stages=adopting.STAGES,
        researcher_word=programme.researcher_word,
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            residency = adopting.adopt(
                programme=programme,
                running=_running(form.cleaned_data),
                theme=next(iter(themes), None),
                by=request.person,
                on=timezone.localdate(),
                at=timezone.now(),
            )
            learn_from(form, by=request.person)
            messages.success(request, f"Brought in: {residency.title}, {residency.code}")
            another = "another" in request.POST
            return reverse("adopt", args=[slug]) if another else residency.get_absolute_url()

        try:
            return redirect(
                once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
            )
        except StepRefused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "programme": programme, "by_file": scope.leads_whole("adopt", programme)}
    return render(request, "registration/adopt.jinja", context)


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
    }
    return render(request, "registration/step.jinja", context)


def _extend(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    residency = scope_of(request).residency(slug, code, permission="steer")
    form = forms.MoveEndForm(request.POST or None, initial={"approved_by": request.person.display_name})
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


def _move_end(request: SignedInRequest, residency: Any, form: forms.MoveEndForm) -> str:
    typed, today = form.cleaned_data, timezone.localdate()

    def deed() -> str:
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


def _rows_asked(request: SignedInRequest) -> int:
    """How many empty conditions to show; one more after "Add another condition"."""
    typed = request.POST.get("rows", "")
    rows = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else FIRST_ROWS
    return min(max(rows, FIRST_ROWS) + ("add" in request.POST), MOST_ROWS)


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
    blank = DecideForm(**options)
    typed = {
        name: field.widget.value_from_datadict(request.POST, {}, name)
        for name, field in blank.fields.items()
        if name not in ("form_key", "version")
        and not field.widget.value_omitted_from_data(request.POST, {}, name)
    }
    return DecideForm(initial=typed, **options)


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
                    decisions.approve(conditions=[one for one in form.conditions if one], **shared)
        except StepRefused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(
                request, f"Saved: {residency.title} is {residency.get_stage_display().lower()} now"
            )
        return reverse("registration", args=[residency.programme.slug, residency.code])

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


def _running(typed: dict[str, Any]) -> adopting.Running:
    approved, agreed = typed["approved_on"], typed["agreement_on"]
    return adopting.Running(
        title=typed["title"],
        host=typed["host"],
        stage=typed["stage"],
        start=typed["start"],
        end=typed["end"],
        researcher_name=typed["researcher_name"],
        researcher_email=typed["researcher_email"],
        days_a_week=typed["days_a_week"],
        academic_home=typed["academic_home"],
        approved=adopting.EarlierStep(approved, typed["approved_kept_at"]) if approved else None,
        agreement=adopting.EarlierStep(agreed, typed["agreement_kept_at"]) if agreed else None,
    )
