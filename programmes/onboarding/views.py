"""The pages of getting started: name the person, accept, access, how one thing stands, start."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from programmes import clearance, posts, questions
from programmes.access import scope_of
from programmes.lifecycle import StepRefused
from programmes.onboarding import actions, asking, clearing, forms, item_forms, permissions, present, reading
from programmes.registers.field import learn_from


def appoint(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Names the person, and invites them."""
    residency = scope_of(request).residency(slug, code, permission="set_up")
    employer = next(iter(residency.academic_homes), None)
    initial = {
        "name": residency.researcher_name,
        "start": residency.planned_start,
        "end": residency.planned_end,
        "days": residency.days_a_week,
        "employer": employer,
    }
    form = forms.PostForm(
        request.POST or None, initial=initial, earliest=residency.planned_start, latest=residency.planned_end
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_appoint(request, residency, form))
        except StepRefused as refused:
            form.add_error(None, str(refused))
    context = {
        "form": form,
        "residency": residency,
        "open_now": residency.stage in ("approved", "recruiting", "onboarding", "active"),
        "host_advice": [(host, clearance.advice_for(employer, host)) for host in residency.hosts],
    }
    return render(request, "onboarding/appoint.jinja", context)


def accept(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The person accepts the post by one press, and sees what is still missing."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code, permission="accept")
    placement = reading.own_placement(residency, scope)
    if request.method == "POST":
        actions.accept_post(placement=placement, by=request.person, on=today)
        messages.success(request, "You have accepted the post")
        return redirect("access", slug, code)
    context = {"residency": residency, "placement": placement, "form": forms.PressForm()}
    return render(request, "onboarding/accept.jinja", context)


def access(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """What each person needs at each host, and how it stands; another thing can be added."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code, permission="see_access")
    hosts = scope.hosts_seen(residency)
    may_edit = scope.can("edit_access", residency)
    placements = reading.placements_with_items(residency)
    said = _said(scope, residency, placements, hosts)
    shown = present.groups(residency, placements, hosts, today, said, may_record=may_edit)
    mine = permissions.hosts_in(scope, residency.programme, "state_rule")
    adding: list[Any] = [None] * len(shown)
    if may_edit:
        adding = [forms.AddItemForm(kinds=group.more, hosts=[group.host]) for group in shown]
    if request.method == "POST":
        return _add_item(request, residency, hosts)
    context = {
        "residency": residency,
        "groups": list(zip(shown, adding, strict=True)),
        "may_edit": may_edit,
        "may_state": [host.pk for host in mine],
        "standing": present.standing(shown, residency, today),
    }
    return render(request, "onboarding/access.jinja", context)


def access_item(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """How one thing stands, and who sees to it."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="edit_access")
    hosts = scope.hosts_seen(residency, "edit_access")
    item = reading.item_of(residency, pk, hosts)
    form = _item_form(request.POST or None, item)
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_save_item(request, item, form))
        except Changed:
            changed, item = True, reading.item_of(residency, pk, hosts)
            form.renew(item.version)
    context = {"residency": residency, "item": item, "form": form, "changed": changed}
    context |= {"ask": forms.PressForm(), "letter_problem": asking.letter_problem(item)}
    context |= {"wordless": item.kind in clearing.NO_WORDS}
    return render(request, "onboarding/item.jinja", context)


def start(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Starts it, whatever is missing; only a missing permission in law asks for somebody's reason (V-13)."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code, permission="set_up")
    may_override = scope.can("override_start", residency)
    lacking = actions.without_permission(residency, today)
    form = forms.StartForm(
        request.POST or None,
        lacking=lacking if may_override else [],
        today=today,
        initial={"on": residency.planned_start or today},
    )
    open_now = residency.stage == "onboarding"
    if request.method == "POST" and lacking and not may_override:
        raise PermissionDenied(
            "The permission to be on site is missing. Ask somebody who may start without it."
        )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_start(request, residency, form, may_override))
        except StepRefused as refused:
            form.add_error("on", str(refused))
    context = {
        "residency": residency,
        "form": form,
        "open_now": open_now,
        "lacking": lacking,
        "may_override": may_override,
        "missing": actions.things_missing(residency, today),
        "waiting": [post for post in actions.starting(residency, today) if post.accepted_on is None],
    }
    return render(request, "onboarding/start.jinja", context)


def _said(scope: Any, residency: Any, placements: list[Any], hosts: list[Any]) -> present.Said:
    """What hosts say, and the questions that this person is shown."""
    rules = questions.rules_of(residency.programme, hosts)
    answers = questions.answers_in(residency)
    shown = questions.shown_questions(scope, residency, placements, hosts, rules, answers)
    return present.Said(rules, shown, answers)


def _appoint(request: SignedInRequest, residency: Any, form: forms.PostForm) -> str:
    typed = form.cleaned_data

    def deed() -> str:
        placement = actions.appoint(
            residency=residency,
            post=posts.Post(
                name=typed["name"],
                email=typed["email"],
                start=typed["start"],
                end=typed["end"],
                wte=form.wte,
                employer=typed["employer"],
                role=typed["role"],
            ),
            by=request.person,
            on=timezone.localdate(),
            at=timezone.now(),
        )
        learn_from(form, by=request.person)
        for words in posts.warnings_for(placement):
            messages.warning(request, words)
        messages.success(request, f"{placement.person} is named and has been invited")
        return reverse("access", args=[residency.programme.slug, residency.code])

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


def _save_item(request: SignedInRequest, item: Any, form: item_forms.ItemForm) -> str:
    typed, residency = form.cleaned_data, item.placement.residency

    def deed() -> str:
        clearing.record_item(
            item=item,
            standing=form.standing(),
            by=request.person,
            version=typed["version"],
            owner_name=typed["owner_name"],
            owner_email=typed["owner_email"],
            due=typed["due"],
        )
        saved = f"Saved: {item.get_kind_display()}, {item.get_state_display().lower()}"
        if form.asks_owner:
            asking.ask_owner(item=item, by=request.person, on=timezone.localdate())
            saved += f". A link is on its way to {item.owner_email}"
        messages.success(request, saved)
        return reverse("access", args=[residency.programme.slug, residency.code])

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


def _start(request: SignedInRequest, residency: Any, form: forms.StartForm, may_override: bool) -> str:
    on = form.cleaned_data["on"]

    def deed() -> str:
        actions.start(
            residency=residency, by=request.person, on=on, reasons=form.reasons(), may_override=may_override
        )
        number = len(actions.things_missing(residency, timezone.localdate()))
        words = f" with {present.missing_words(number)}" if number else ""
        messages.success(request, f"{residency.title} has started{words}")
        return residency.get_absolute_url()

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)


def _add_item(request: SignedInRequest, residency: Any, hosts: list[Any]) -> HttpResponse:
    """Adds what was chosen for one post at one host, then goes to it."""
    scope = scope_of(request)
    if not scope.can("edit_access", residency):
        raise PermissionDenied
    slug, code = residency.programme.slug, residency.code
    placement = reading.placement_in(residency, request.POST.get("placement", ""))
    editable = scope.hosts_seen(residency, "edit_access")
    host = next((one for one in editable if str(one.pk) == request.POST.get("at")), None)
    form = forms.AddItemForm(request.POST, kinds=clearance.KINDS, hosts=[host] if host else hosts[:1])
    if placement is None or host is None or not form.is_valid():
        messages.info(request, "Select what else is needed, then add it")
        return redirect("access", slug, code)
    item = clearing.add_item(
        placement=placement, host=host, kind=form.cleaned_data["kind"], by=request.person
    )
    return redirect("access_item", slug, code, item.pk)


def _item_form(data: Any, item: Any) -> item_forms.ItemForm:
    names = "state issued_on issuer reference expires_on kept_at reason owner_name owner_email due".split()
    initial = {name: getattr(item, name) for name in names}
    return item_forms.ItemForm(data, item=item, initial=initial, version=item.version)
