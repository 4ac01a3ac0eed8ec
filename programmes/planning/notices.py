"""The letters of planning together: a link to whoever answers on their own."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.urls import reverse

from embedded import links, post
from embedded.accounts.models import Person
from embedded.links.models import SignedLink
from programmes.models import PlanVoice
from programmes.planning.themes import QUESTIONS

ANSWER: Final = "planning_answer"


def send_link(voice: PlanVoice, by: Person) -> None:
    """A link for this voice alone; those sent before end."""
    for earlier in SignedLink.objects.about(ANSWER, str(voice.pk)).filter(revoked_at=None):
        links.revoke(earlier)
    link, token = links.issue(ANSWER, str(voice.pk), by=by)
    themes = voice.round.themes if voice.round else []
    asks = "what has changed" if voice.follows_id else "would you say what you think"
    post.write(
        to=voice.email,
        subject=f"{voice.residency.title}: {asks}?",
        template="planning_answer",
        context={
            "voice": voice,
            "residency": voice.residency,
            "by": by,
            "questions": [QUESTIONS[theme] for theme in themes],
            "address": settings.BASE_URL + reverse("planning_answer", args=[token]),
        },
        key=f"planning_answer/{link.pk}",
    )


def letter_problem(voice: PlanVoice) -> str:
    """Why the newest letter to somebody could not be sent, in a sentence; "" while all is well."""
    newest = SignedLink.objects.about(ANSWER, str(voice.pk)).order_by("pk").last()
    return post.problem_of(f"planning_answer/{newest.pk}") if newest else ""


def voice_behind(token: str) -> PlanVoice | None:
    """Whose answer a link is for; None alike for never existed, expired and ended."""
    link = links.find(ANSWER, token)
    return voice_of(link) if link else None


def voice_of(link: SignedLink) -> PlanVoice | None:
    """Whom a link of ours was sent to."""
    found = PlanVoice.objects.select_related("residency__programme", "round", "asked_by")
    return found.filter(pk=int(link.subject)).first()
