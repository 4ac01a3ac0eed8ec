"""What the pages of planning together fetch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from embedded.accounts.models import Person
from embedded.nhsuk.addresses import is_number
from programmes.models import (
    Plan,
    PlanAnswer,
    PlanPart,
    PlanRound,
    PlanSay,
    PlanTheme,
    PlanVisit,
    PlanVoice,
    PublicQuestion,
    Residency,
    Stage,
    people_heard,
)
from programmes.planning.actions import Somebody

OVER = (Stage.ENDED, Stage.LEGACY, Stage.TERMINATED_EARLY, Stage.WITHDRAWN, Stage.DECLINED)


def is_over(residency: Residency) -> bool:
    """Whether nothing is planned in it any more: its plan can be read, and is not added to."""
    return residency.stage in OVER


@dataclass(frozen=True)
class Kept:
    """All that was planned at the table, visit by visit, and what was said on each theme, the earliest first."""

    version: int
    visits: list[PlanVisit]
    by_theme: dict[str, list[PlanAnswer]]

    def positions(self) -> dict[str, str]:
        """The themes that have an answer, with the position that stands ("" for none)."""
        return {
            theme: next((one.position for one in reversed(answers) if one.position), "")
            for theme, answers in self.by_theme.items()
            if answers
        }


def kept_of(residency: Residency) -> Kept:
    plan = Plan.objects.filter(residency=residency).first()
    visits: list[PlanVisit] = []
    if plan is not None:
        visits = list(plan.visits.select_related("typed_by").prefetch_related("presences", "answers"))
    by_theme: dict[str, list[PlanAnswer]] = {theme: [] for theme in PlanTheme.values}
    for visit in visits:
        for answer in visit.answers.all():
            answer.visit = visit
            by_theme[answer.theme].append(answer)
    return Kept(plan.version if plan else 0, visits, by_theme)


def voices_of(residency: Residency) -> list[PlanVoice]:
    """The public partners who were asked the five questions."""
    return list(_voices().filter(residency=residency, round__isnull=True))


def voice_of(residency: Residency, pk: int) -> PlanVoice:
    """A public partner of this residency; anybody of a round, and any other, is a 404."""
    voice = _voices().filter(residency=residency, round__isnull=True, pk=pk).first()
    if voice is None:
        raise Http404("Nobody of that number was asked in this residency")
    return voice


def own_voice(residency: Residency, pk: int, person: Person) -> PlanVoice:
    """What the reader was asked to answer on their own; what anybody else was asked is a 404."""
    voice = _voices().filter(residency=residency, person=person, pk=pk).first()
    if voice is None:
        raise Http404("Nothing of that number was asked of you in this residency")
    return voice


def waiting_for(voices: Iterable[PlanVoice], person: Person) -> list[PlanVoice]:
    """Those of them to which the reader has not answered yet."""
    return [one for one in voices if one.person_id == person.pk and one.answered_at is None]


def rounds_of(residency: Residency) -> list[PlanRound]:
    return list(_rounds().filter(residency=residency))


def round_of(residency: Residency, pk: int) -> PlanRound:
    """A round of this residency; any other is a 404."""
    found = _rounds().filter(residency=residency, pk=pk).first()
    if found is None:
        raise Http404("No round of that number in this residency")
    return found


def questions_to(voice: PlanVoice) -> list[str]:
    """What somebody is asked: the themes of their round in their order, or the five."""
    if voice.round is None:
        return list(PublicQuestion.values)
    return [theme for theme in PlanTheme.values if theme in voice.round.themes]


def said_by(voice: PlanVoice) -> dict[str, PlanSay]:
    return {say.question: say for say in voice.says.all()}


def words_before(voice: PlanVoice) -> dict[str, str] | None:
    """What the same public partner said to each question the last time; None for who is asked the first time."""
    if voice.follows is None:
        return None
    return {code: say.words for code, say in said_by(voice.follows).items() if say.words}


def answered_before(residency: Residency, pk: str) -> PlanVoice | None:
    """Whom to ask what has changed; None where nobody is meant, 404 for who has not answered or is asked already."""
    if not pk:
        return None
    voice = voice_of(residency, int(pk)) if is_number(pk) else None
    if voice is None or voice.answered_at is None or voice.later.exists():
        raise Http404("Nobody of that number is to be asked again")
    return voice


def may_be_there(residency: Residency, kept: Kept) -> list[Somebody]:
    """Whom the residency knows by name and part: those to tick before anybody types a name."""
    named = [
        (residency.host_manager_name, PlanPart.HOST_MANAGER),
        *((str(post.person), PlanPart.RESEARCHER) for post in residency.placements.all()),
        (residency.researcher_name, PlanPart.RESEARCHER),
        (residency.host_supervisor_name, PlanPart.HOST),
        (residency.academic_supervisor_name, PlanPart.ACADEMIC),
        (residency.second_supervisor_name, PlanPart.ACADEMIC),
        *((one.name, one.part) for visit in kept.visits for one in visit.presences.all()),
        *((voice.name, voice.part) for voice in voices_of(residency)),
    ]
    return list(dict.fromkeys(Somebody(name, str(part)) for name, part in named if name))


def heard_in(residency: Residency) -> dict[str, set[str]]:
    """Who has had a say so far, by part."""
    return people_heard(residency)


def _voices() -> QuerySet[PlanVoice]:
    return PlanVoice.objects.select_related(
        "residency__programme", "round", "asked_by", "typed_in_by", "follows"
    ).prefetch_related("says")


def _rounds() -> QuerySet[PlanRound]:
    voices = PlanVoice.objects.select_related("asked_by").prefetch_related("says")
    return PlanRound.objects.select_related("asked_by", "residency__programme").prefetch_related(
        Prefetch("voices", voices)
    )
