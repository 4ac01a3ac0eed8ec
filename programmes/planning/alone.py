"""The pages on which somebody answers on their own: a public partner, and named people apart from each other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest, VisitorRequest
from embedded.drafts import Changed, led_before, once
from embedded.links.landing import landing
from programmes.access import scope_of
from programmes.planning import actions, notices, present, reading
from programmes.planning.forms import ApartForm, AskForm, PressForm, VoiceForm, position_name

PEOPLE_APART = 4


def planning_ask(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Asks a member of the public the five questions, by link or to be typed in."""
    residency = scope_of(request).residency(slug, code, permission="plan")
    if reading.is_over(residency):
        return redirect("planning", slug, code)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            voice = actions.ask_partner(
                residency=residency,
                name=typed["name"],
                offered=typed["offered"],
                email=typed["email"],
                by=request.person,
                at=timezone.now(),
            )
            if voice.email:
                messages.success(request, f"A link was sent to {voice.email}")
            return reverse("planning_voice", args=[slug, code, voice.pk])

        return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
    return render(request, "planning/ask.jinja", {"residency": residency, "form": form})


def planning_voice(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """One public partner: what they said, or typing in what they tell, or sending the link again."""
    residency = scope_of(request).residency(slug, code, permission="plan")
    voice = reading.voice_of(residency, pk)
    is_open = voice.answered_at is None and not reading.is_over(residency)
    if request.method == "POST" and is_open and "again" in request.POST:
        return redirect(_send_again(request, voice))
    sent = request.POST if request.method == "POST" and is_open else None
    form = _voice_form(sent, voice, typed_in=True)
    changed = False
    if sent is not None and form.is_valid():
        try:
            return redirect(_type_in(request, voice, form))
        except Changed:
            changed, voice = True, reading.voice_of(residency, pk)
            is_open = voice.answered_at is None
            form.renew(voice.version)
    elif before := _sent_before(request, request.person):
        return redirect(before)
    context = {
        "residency": residency,
        "voice": voice,
        "form": form if is_open else None,
        "again": PressForm() if is_open and voice.email else None,
        "changed": changed,
        "answers": present.answers_of(voice),
        "how_told": present.how_told(voice),
        "letter_problem": notices.letter_problem(voice),
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
    }
    return render(request, "planning/round.jinja", context)


@landing
def planning_answer(request: VisitorRequest, token: str) -> HttpResponse:
    """Somebody's own page, by signed link: the questions, kept as they go, sent when they say so. Reading changes
    nothing (F14)."""
    voice = notices.voice_behind(token)
    if voice is None or reading.is_over(voice.residency):
        return render(request, "links/over.jinja", status=410)
    is_open = voice.answered_at is None and (voice.round is None or voice.round.closed_at is None)
    sent = request.POST if request.method == "POST" and is_open else None
    form = _voice_form(sent, voice, typed_in=False)
    changed = False
    if sent is not None and form.is_valid():
        try:
            _keep(request, voice, form)
            return redirect(request.path)
        except Changed:
            changed, voice = True, notices.voice_behind(token) or voice
            is_open = voice.answered_at is None
            form.renew(voice.version)
    elif _sent_before(request, None):
        return redirect(request.path)
    context = {
        "voice": voice,
        "residency": voice.residency,
        "form": form if is_open else None,
        "changed": changed,
        "answers": present.answers_of(voice),
        "kept": bool(reading.said_by(voice)),
    }
    return render(request, "planning/answer.jinja", context)


def _sent_before(request: SignedInRequest | VisitorRequest, by: Any) -> str:
    """Where a second press of the same form leads: what it was about has been answered by the first."""
    if request.method != "POST":
        return ""
    return led_before(request.POST.get("form_key"), by=by, content=request.POST)


def _voice_form(sent: Any, voice: Any, *, typed_in: bool) -> VoiceForm:
    """What was kept so far stands in it, for whoever wrote it; whoever types in starts with empty boxes."""
    initial: dict[str, Any] = {}
    if not typed_in:
        for code, say in reading.said_by(voice).items():
            initial |= {code: say.words, position_name(code): say.position}
    return VoiceForm(
        sent,
        questions=reading.questions_to(voice),
        typed_in=typed_in,
        initial=initial,
        version=voice.version,
    )


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


def _keep(request: VisitorRequest, voice: Any, form: VoiceForm) -> None:
    """The page it leads to is this one; its address may hold the token, so it is not what `once` keeps."""

    def deed() -> str:
        actions.keep_answer(
            voice=voice,
            answers=form.said(),
            finished="later" not in request.POST,
            version=form.cleaned_data["version"],
            at=timezone.now(),
        )
        return "/"

    once(form.cleaned_data["form_key"], by=None, deed=deed, content=request.POST)
