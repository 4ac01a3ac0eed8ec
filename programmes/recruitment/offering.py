"""What the pages of a job description offer to be added by one press: lines of the bank of wording, by seniority, and
what was said about the post when it was planned together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from embedded.nhsuk.words import day, start_low
from programmes.models import JobDescription, PlanAnswer, PlanTheme, Residency, Seniority
from programmes.recruitment import bank
from programmes.recruitment.asking import DUTIES, TERMS, Page
from programmes.recruitment.content import GROUPS, HEADINGS, Content, Criterion
from programmes.recruitment.drafting import names_of

LIMITS: Final = (PlanTheme.ACTIVITIES, PlanTheme.RELATIONAL_ROLE)  # T7 and T9, where limits are spoken of


@dataclass(frozen=True)
class Offer:
    """One line; `value` names it in a press. `criterion` is what it becomes in the person specification."""

    value: str
    words: str
    hint: str = ""
    criterion: Criterion | None = None


@dataclass(frozen=True)
class Shelf:
    heading: str
    offers: tuple[Offer, ...]


def on_page(
    page: Page, residency: Residency, description: JobDescription, *, may_see_plan: bool
) -> Mapping[str, list[Shelf]]:
    """By the name of the text that it would be added to."""
    if page is DUTIES:
        return _duties(residency, description)
    if page is TERMS and may_see_plan:
        return {"scope": _said_when_planned(residency)}
    return {}


def criteria(residency: Residency, description: JobDescription, content: Content) -> list[Shelf]:
    """The criteria of the bank that are not asked for yet, each tied to the duties that it comes from (V-110)."""
    names = names_of(residency, description.variant)
    ids = _ids_by_key(names, content)
    shelves = [
        Shelf(heading, tuple(_criterion(seniority, one, ids) for one in bank.criteria(seniority, names)))
        for seniority, heading in _seniorities(description)
    ]
    return left(shelves, (one.words for one in content.criteria))


def left(shelves: Iterable[Shelf], taken: Iterable[str]) -> list[Shelf]:
    """What is not taken yet, each line once; a shelf with nothing left is gone."""
    seen = set(taken)
    found = []
    for shelf in shelves:
        kept = tuple(one for one in shelf.offers if one.words not in seen)
        seen |= {one.words for one in kept}
        found.append(replace(shelf, offers=kept))
    return [shelf for shelf in found if shelf.offers]


def find(shelves: Iterable[Shelf], value: str) -> Offer | None:
    return next((one for shelf in shelves for one in shelf.offers if one.value == value), None)


def _duties(residency: Residency, description: JobDescription) -> Mapping[str, list[Shelf]]:
    names = names_of(residency, description.variant)
    found: dict[str, list[Shelf]] = {group: [] for group in GROUPS}
    for seniority, heading in _seniorities(description):
        for group, lines in bank.duties(seniority, names).items():
            offers = tuple(Offer(f"{seniority}.{line.key}", line.words) for line in lines)
            found[group].append(Shelf(heading, offers))
    return found


def _seniorities(description: JobDescription) -> list[tuple[str, str]]:
    """That of the post first, each with a heading."""
    ordered = sorted(Seniority, key=lambda one: one != description.seniority)
    short = {one: start_low(one.label.partition(":")[0]) for one in ordered}
    as_this = {ordered[0]: ", as this one"}
    return [(str(one), f"Worded for {short[one]} posts{as_this.get(one, '')}") for one in ordered]


def _criterion(seniority: str, asked: bank.Asked, ids: Mapping[str, Sequence[int]]) -> Offer:
    duties = tuple(number for key in asked.duties for number in ids.get(key, ()))
    made = Criterion(0, asked.heading, asked.words, asked.essential, duties, asked.by)
    hint = f"{HEADINGS[asked.heading]}, {'essential' if asked.essential else 'desirable'}"
    return Offer(f"{seniority}.{asked.key}", asked.words, hint, made)


def _ids_by_key(names: Mapping[str, str], content: Content) -> Mapping[str, list[int]]:
    """The duties that still stand in the words of the bank, by their key there."""
    keys = {
        line.words: line.key
        for seniority in Seniority.values
        for lines in bank.duties(seniority, names).values()
        for line in lines
    }
    found: dict[str, list[int]] = {}
    for duty in content.duties:
        if duty.words in keys:
            found.setdefault(keys[duty.words], []).append(duty.id)
    return found


def _said_when_planned(residency: Residency) -> list[Shelf]:
    """What the newest visit said on what is not the job (T7) and on how critical to be, and where (T9), a sentence a
    line."""
    said = PlanAnswer.objects.filter(visit__plan__residency=residency, theme__in=LIMITS).exclude(words="")
    newest = {one.theme: one for one in said.select_related("visit").order_by("visit__number")}
    return [
        Shelf(
            f"{newest[theme].get_theme_display()} (said on {day(newest[theme].visit.on)})",
            tuple(
                Offer(f"{theme}.{newest[theme].pk}.{number}", words)
                for number, words in enumerate(sentences(newest[theme].words))
            ),
        )
        for theme in LIMITS
        if theme in newest
    ]


def sentences(text: str) -> list[str]:
    """The sentences of a text, one a line, in one line each."""
    parts = re.split(r"(?<=[.!?;])\s+|\n+", text)
    return [" ".join(part.split()) for part in parts if part.strip()]
