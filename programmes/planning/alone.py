"""The pages for those who ask: a public partner five questions, and named people apart from each other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from programmes.access import scope_of
from programmes.planning import actions, notices, present, reading
from programmes.planning.answering import sent_before, voice_form
from programmes.planning.forms import ApartForm, AskForm, PressForm, VoiceForm

PEOPLE_APART = 4


def planning_ask(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Asks a member of the public the five questions, by link or to be typed in; `?after=` somebody who has answered
    before, what has changed."""
    residency = scope_of(request).residency(slug, code, permission="plan")
    if reading.is_over(residency):
        return redirect("planning", slug, code)
    if before := sent_before(request, request.person):
        return redirect(before)
    earlier = reading.answered_before(residency, request.GET.get("after", ""))
    form = AskForm(request.POST or None, again=earlier is not None, initial=_known(request, earlier))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            voice = actions.ask_partner(
                residency=residency,
                name=earlier.name if earlier else typed["name"],
                offered=typed["offered"],
                email=typed["email"],
                by=request.person,
                at=timezone.now(),
                follows=earlier,
            )
            if voice.email:
                messages.success(request, f"A link was sent to {voice.email}")
            return reverse("planning_voice", args=[slug, code, voice.pk])

        return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
    return render(request, "planning/ask.jinja", {"residency": residency, "form": form, "earlier": earlier})


def _known(request: SignedInRequest, earlier: Any) -> dict[str, str]:
    """What stands in the form about somebody who was asked before; the address for who may reach them (V-8)."""
    if earlier is None:
        return {}
    email = earlier.email if _may_reach(request, earlier) else ""
    return {"way": "link" if earlier.email else "told", "email": email, "offered": earlier.offered}


def _may_reach(request: SignedInRequest, voice: Any) -> bool:
    """V-8: whoever asked, and those who keep the records."""
    asked = voice.asked_by_id == request.person.pk
    return asked or scope_of(request).can("act_for_others", voice.residency)


def planning_voice(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """One public partner: what they said, or typing in what they tell, or sending the link again."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="plan")
    voice = reading.voice_of(residency, pk)
    may_reach = _may_reach(request, voice)
    is_open = voice.answered_at is None and not reading.is_over(residency)
    if request.method == "POST" and is_open and "again" in request.POST:
        return redirect(_send_again(request, voice))
    sent = request.POST if request.method == "POST" and is_open else None
    form = voice_form(sent, voice, typed_in=True)
    changed = False
    if sent is not None and form.is_valid():
        try:
            return redirect(_type_in(request, voice, form))
        except Changed:
            changed, voice = True, reading.voice_of(residency, pk)
            is_open = voice.answered_at is None
            form.renew(voice.version)
    elif before := sent_before(request, request.person):
        return redirect(before)
    context = {
        "residency": residency,
        "voice": voice,
        "form": form if is_open else None,
        "again": PressForm() if is_open and voice.email else None,
        "changed": changed,
        "answers": present.answers_of(voice),
        "how_told": present.how_told(voice),
        "letter_problem": notices.letter_problem(voice) if may_reach else "",
        "may_reach": may_reach,
    }
    return render(request, "planning/voice.jinja", context)


def planning_apart(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Asks named people to answer up to three questions apart from each other."""
    residency = scope_of(request).residency(slug, code, permission="plan")
    if reading.is_over(residency):
        return redirect("planning", slug, code)
    form = ApartForm(request.POST or None, rows=PEOPLE_APART)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            asked = actions.ask_apart(
                residency=residency,
                themes=form.cleaned_data["themes"],
                people=form.asked,
                by=request.person,
                at=timezone.now(),
            )
            messages.success(request, f"Links were sent to {len(form.asked)} people")
            return reverse("planning_round", args=[slug, code, asked.pk])

        return redirect(
            once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        )
    return render(request, "planning/apart.jinja", {"residency": residency, "form": form})


def planning_round(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Who has answered; once all have, or it is closed, all answers side by side."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="plan" if request.method == "POST" else "see_plan")
    asked = reading.round_of(residency, pk)
    form = PressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close_round(asked=asked, by=request.person, at=timezone.now())
        return redirect("planning_round", slug, code, pk)
    context = {
        "residency": residency,
        "asked": asked,
        "form": form if asked.closed_at is None and scope.can("plan", residency) else None,
        "may_plan": scope.can("plan", residency) and not reading.is_over(residency),
        "themes": present.side_by_side(asked),
        "own": reading.waiting_for([*asked.voices.all()], request.person),
    }
    return render(request, "planning/round.jinja", context)


def _type_in(request: SignedInRequest, voice: Any, form: VoiceForm) -> str:
    residency = voice.residency

    def deed() -> str:
        actions.type_in(
            voice=voice,
            how=form.cleaned_data["how"],
            answers=form.said(),
            version=form.cleaned_data["version"],
            by=request.person,
            at=timezone.now(),
        )
        messages.success(request, f"Saved: what {voice.name} told you")
        return reverse("planning", args=[residency.programme.slug, residency.code])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)


def _send_again(request: SignedInRequest, voice: Any) -> str:
    form = PressForm(request.POST)
    form.is_valid()
    here = reverse("planning_voice", args=[voice.residency.programme.slug, voice.residency.code, voice.pk])

    def deed() -> str:
        if voice.email:
            actions.send_again(voice=voice, by=request.person)
            messages.success(request, f"A link was sent to {voice.email}")
        return here

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed)
