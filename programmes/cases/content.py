"""What a case study says, part by part: the page, its print and its form all go by this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from embedded.nhsuk.words import day, start_high
from programmes.models import CaseStudy, Contribution, Residency

GLANCE: Final = {
    "setting": "Setting",
    "period": "Period",
    "team": "Team",
    "hosts": "Host",
    "funding": "Who paid",
}
PARTS: Final = {
    "problem": "The problem",
    "what_was_done": "What was done",
    "challenges": "What was hard",
    "strategies": "What was tried",
    "what_changed": "What changed, and who says so",
    "public_involvement": "How the public was involved",
    "do_differently": "What we would do differently",
    "not_known": "What is not known",
    "quotes": "In their own words",
    "sources": "Where it is written",
}
WORDS: Final = ("title", *GLANCE, *PARTS)
NEEDED: Final = {"challenges": "what was hard", "not_known": "what is not known"}  # V-99


@dataclass(frozen=True)
class Told:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """The whole sheet. `origin` says whose it is, and that the host has checked it."""

    title: str
    origin: str
    glance: tuple[tuple[str, str], ...]
    parts: tuple[Told, ...]


def document_of(case: CaseStudy) -> Document:
    """The sheet as it is read; what is empty is left out."""
    return Document(
        title=case.title,
        origin=f"From {case.residency.programme.name}: {_checked(case)}",
        glance=tuple((label, getattr(case, name)) for name, label in GLANCE.items() if getattr(case, name)),
        parts=tuple(
            Told(heading, tuple(line.strip() for line in getattr(case, name).splitlines() if line.strip()))
            for name, heading in PARTS.items()
            if getattr(case, name).strip()
        ),
    )


def _checked(case: CaseStudy) -> str:
    return "checked with the host" if case.host_agreed_by else "not checked with the host yet"


def lacking(case: CaseStudy) -> list[str]:
    """What has to be said before anybody is asked to check it (V-99)."""
    return [words for name, words in NEEDED.items() if not getattr(case, name).strip()]


def from_record(residency: Residency) -> dict[str, str]:
    """What a first draft says, from what is recorded: to be edited."""
    start, end = residency.started_on or residency.planned_start, residency.end
    posts = residency.placements.all()
    word = start_high(residency.programme.researcher_word)
    uses = residency.uses.filter(confirmed_at__isnull=False)
    return {
        "title": residency.title[:160],
        "setting": residency.site,
        "period": " to ".join(filter(None, [day(start), day(end)])),
        "team": "; ".join(f"{word}, {one.wte * 100:.0f}% of full time" for one in posts)[:300],
        "hosts": "; ".join(one.display_name for one in residency.hosts)[:300],
        "funding": "; ".join(one.display_name for one in residency.funders)[:300],
        "problem": "\n".join(filter(None, [residency.problem, residency.decision])),
        "what_was_done": "\n".join(
            f"{one.title}. {one.question}".strip() for one in residency.projects.order_by("started_on", "pk")
        ),
        "what_changed": "\n".join(
            f"{one.what}: {one.get_outcome_display().lower()} in a decision of {one.decided_by} on "
            f"{day(one.decided_on)} ({one.decision}). Confirmed by the host."
            for one in uses.order_by("decided_on", "pk")
        ),
        "public_involvement": "\n".join(_contributions(residency)),
    }


def _contributions(residency: Residency) -> list[str]:
    """Without names: only what kind of partner each was, and what was confirmed (V-51)."""
    told = Contribution.objects.filter(project__residency=residency, confirmed_at__isnull=False)
    return [
        f"{one.partner.get_kind_display()}: {one.description}"
        + (f" What changed: {one.what_changed}" if one.what_changed else "")
        for one in told.select_related("partner").order_by("project__started_on", "project", "on", "pk")
    ]
