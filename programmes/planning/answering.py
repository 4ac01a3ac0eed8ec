"""The pages on which somebody answers on their own: by the link in their letter, or signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from embedded import links
from embedded.accounts.models import Person
from embedded.accounts.requests import SignedInRequest, VisitorRequest
from embedded.drafts import Changed, led_before, once
from embedded.links.landing import landing, over
from programmes.access import scope_of
from programmes.planning import actions, notices, present, reading
from programmes.planning.forms import VoiceForm, position_name


@landing
def planning_answer(request: VisitorRequest, token: str) -> HttpResponse:
    """Somebody's own page, by signed link: the questions, kept as they go, sent when they say so. Reading changes
    nothing (F14). A link that has run out offers a new one."""
    voice = notices.voice_behind(token)
    if voice is None or reading.is_over(voice.residency):
        return over(request, partial(_send_afresh, token))
    return _page(request, voice, None, lambda: notices.voice_behind(token) or voice)


def planning_own(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """The same for whoever is asked and has an account: no link is needed."""
    residency = scope_of(request).residency(slug, code, permission="see_plan")
    voice = reading.own_voice(residency, pk, request.person)
    if reading.is_over(residency):
        return redirect("planning", slug, code)
    return _page(request, voice, request.person, partial(reading.own_voice, residency, pk, request.person))


def _page(
    request: SignedInRequest | VisitorRequest, voice: Any, by: Person | None, again: Callable[[], Any]
) -> HttpResponse:
    """The questions, or what was answered; `again` reads what is asked once more, after somebody else wrote to it."""
    is_open = voice.answered_at is None and (voice.round is None or voice.round.closed_at is None)
    sent = request.POST if request.method == "POST" and is_open else None
    form = voice_form(sent, voice, typed_in=False)
    changed = False
    refuses = "no" in request.POST
    if sent is not None and (form.is_valid() or refuses):
        try:
            (_decline if refuses else _keep)(request, voice, form, by)
            return redirect(request.path)
        except Changed:
            changed, voice = True, again()
            is_open = voice.answered_at is None
            form.renew(voice.version)
    elif sent_before(request, by):
        return redirect(request.path)
    context = {
        "voice": voice,
        "residency": voice.residency,
        "by_link": by is None,
        "form": form if is_open else None,
        "changed": changed,
        "answers": present.answers_of(voice),
        "kept": bool(reading.said_by(voice)),
    }
    return render(request, "planning/answer.jinja", context)


def sent_before(request: SignedInRequest | VisitorRequest, by: Any) -> str:
    """Where a second press of the same form leads: what it was about has been answered by the first."""
    if request.method != "POST":
        return ""
    return led_before(request.POST.get("form_key"), by=by, content=request.POST)


def voice_form(sent: Any, voice: Any, *, typed_in: bool) -> VoiceForm:
    """What was kept so far stands in it, for whoever wrote it; whoever types in starts with empty boxes."""
    initial: dict[str, Any] = {}
    if not typed_in:
        for code, say in reading.said_by(voice).items():
            initial |= {code: say.words, position_name(code): say.position}
    return VoiceForm(
        sent,
        questions=reading.questions_to(voice),
        before=reading.words_before(voice),
        typed_in=typed_in,
        initial=initial,
        version=voice.version,
    )


def _keep(request: SignedInRequest | VisitorRequest, voice: Any, form: VoiceForm, by: Person | None) -> None:
    """The page it leads to is this one; its address may hold the token, so it is not what `once` keeps."""

    def deed() -> str:
        actions.keep_answer(
            voice=voice,
            answers=form.said(),
            finished="later" not in request.POST,
            version=form.cleaned_data["version"],
            at=timezone.now(),
            by=by,
        )
        return "/"

    once(form.cleaned_data["form_key"], by=by, deed=deed, content=request.POST)


def _decline(
    request: SignedInRequest | VisitorRequest, voice: Any, form: VoiceForm, by: Person | None
) -> None:
    """One press, whatever stands in the boxes."""

    def deed() -> str:
        actions.decline(voice=voice, version=form.cleaned_data["version"], at=timezone.now(), by=by)
        return "/"

    once(form.cleaned_data["form_key"], by=by, deed=deed, content=request.POST)


def _send_afresh(token: str) -> None:
    """A new link to the address that had this one, while there is something to answer."""
    link = links.lapsed(notices.ANSWER, token)
    voice = notices.voice_of(link) if link else None
    if voice is not None and voice.email and not reading.is_over(voice.residency):
        actions.send_again(voice=voice, by=None)
