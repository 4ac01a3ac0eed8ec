"""The pages on which posts change, are handed over and end, and other parts change hands."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, led_before, once
from embedded.nhsuk.forms import NhsForm
from embedded.nhsuk.words import day
from programmes import posts as deeds
from programmes.access import scope_of
from programmes.course import actions, forms, reading
from programmes.lifecycle import StepRefused
from programmes.registers.field import learn_from


@require_safe
def posts(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """All posts, now and earlier, and the other parts: what can change hands, and what has."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="see_programme")
    may = scope.can("set_up", residency)
    context = {
        "residency": residency,
        "posts": reading.post_lines(residency, timezone.localdate()),
        "parts": reading.part_lines(residency),
        "may_change": may and residency.stage in deeds.OPEN_STAGES,
        "may_invite": scope.can("invite", residency),
        "may_change_parts": may and residency.stage not in actions.CLOSED,
    }
    return render(request, "course/posts.jinja", context)


def post_change(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Another share, other dates; what it was stays in the history."""
    residency, placement = _post(request, slug, code, pk)
    today = timezone.localdate()
    saved = {"wte": placement.wte, "start": placement.start, "end": placement.end, "on": today}

    def deed(form: Any) -> str:
        typed = form.cleaned_data
        deeds.change_post(
            placement=placement,
            wte=forms.share_of(typed["wte"]),
            start=typed["start"],
            end=typed["end"],
            on=typed["on"],
            by=request.person,
            version=typed["version"],
        )
        for words in deeds.warnings_for(placement):
            messages.warning(request, words)
        return f"Saved: the post of {placement.person}"

    return _page(request, residency, placement, forms.PostChangeForm, saved, deed, "course/post_change.jinja")


def post_hand_over(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """A new person takes the post over and is invited; the earlier person's history stays theirs."""
    residency, placement = _post(request, slug, code, pk)
    saved = {"wte": placement.wte, "employer": placement.employer, "role": placement.role}

    def deed(form: Any) -> str:
        typed = form.cleaned_data
        new = deeds.hand_over(
            placement=placement,
            name=typed["name"],
            email=typed["email"],
            wte=forms.share_of(typed["wte"]),
            employer=typed["employer"],
            role=typed["role"],
            on=typed["on"],
            by=request.person,
            today=timezone.localdate(),
            at=timezone.now(),
            version=typed["version"],
        )
        learn_from(form, by=request.person)
        return f"{new.person} takes the post over on {day(typed['on'])} and has been invited"

    return _page(request, residency, placement, forms.HandOverForm, saved, deed, "course/hand_over.jinja")


def post_end(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """The post ends and stays empty."""
    residency, placement = _post(request, slug, code, pk)

    def deed(form: Any) -> str:
        typed = form.cleaned_data
        deeds.end_post(placement=placement, on=typed["on"], by=request.person, version=typed["version"])
        return f"Saved: the post of {placement.person} is empty from {day(typed['on'])}"

    return _page(request, residency, placement, forms.PostEndForm, {}, deed, "course/post_end.jinja")


def part_change(request: SignedInRequest, slug: str, code: str, part: str) -> HttpResponse:
    """The host manager, the academic supervisor or the sponsor changes."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code, permission="set_up")
    line = reading.part_line(residency, part)
    may_invite = line.invites and scope.can("invite", residency)
    form = forms.PartForm(
        request.POST or None, initial={"on": today}, version=residency.version, asks_address=line.asks_address
    )
    changed, over = False, residency.stage in actions.CLOSED
    if request.method == "POST" and form.is_valid() and not over:
        typed = form.cleaned_data

        def deed() -> str:
            actions.change_part(
                residency=residency,
                part=part,
                name=typed["name"],
                email=typed.get("email", ""),
                on=typed["on"],
                by=request.person,
                today=today,
                at=timezone.now(),
                version=typed["version"],
                may_invite=may_invite,
            )
            messages.success(request, f"Saved: {typed['name']}")
            return reverse("posts", args=[slug, code])

        try:
            return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
        except StepRefused as refused:
            form.add_error("name", str(refused))
        except Changed:
            changed, residency = True, scope.residency(slug, code)
            line = reading.part_line(residency, part)
            form.renew(residency.version)
    context = {"residency": residency, "line": line, "form": form, "changed": changed, "over": over}
    return render(request, "course/part_change.jinja", context | {"may_invite": may_invite})


def _post(request: SignedInRequest, slug: str, code: str, pk: int) -> tuple[Any, Any]:
    residency = scope_of(request).residency(slug, code, permission="set_up")
    placement = reading.post_of(residency, pk)
    if placement is None:
        raise Http404("No post of that number here")
    return residency, placement


def _form(
    request: SignedInRequest, form_class: Callable[..., Any], saved: dict[str, Any], version: int
) -> Any:
    return form_class(request.POST or None, initial=saved, version=version)


def _page(
    request: SignedInRequest,
    residency: Any,
    placement: Any,
    form_class: type[NhsForm],
    saved: dict[str, Any],
    deed: Callable[[Any], str],
    template: str,
) -> HttpResponse:
    """One form about one post: pressed once, refused in words, or changed meanwhile and shown with what is saved."""
    form = _form(request, form_class, saved, deeds.version_of(placement))
    changed, over = False, _is_over(residency, placement, timezone.localdate())
    if request.method == "POST" and form.is_valid() and not over:

        def do() -> str:
            messages.success(request, deed(form))
            return reverse("posts", args=[residency.programme.slug, residency.code])

        try:
            key = form.cleaned_data["form_key"]
            return redirect(once(key, by=request.person, deed=do, content=request.POST))
        except StepRefused as refused:
            form.add_error(None, str(refused))
        except Changed:
            changed = True
            placement.refresh_from_db()
            form.renew(deeds.version_of(placement))
    elif before := _sent_before(request):
        return redirect(before)
    context = {"residency": residency, "post": placement, "form": form, "changed": changed, "over": over}
    return render(request, template, context)


def _sent_before(request: SignedInRequest) -> str:
    """Where a second press of the same form leads: the first one may have ended the post."""
    if request.method != "POST":
        return ""
    return led_before(request.POST.get("form_key"), by=request.person, content=request.POST)


def _is_over(residency: Any, placement: Any, today: datetime.date) -> bool:
    return residency.stage not in deeds.OPEN_STAGES or (placement.end is not None and placement.end <= today)
