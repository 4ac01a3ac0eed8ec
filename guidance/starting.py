"""Where a reader begins: the three or four documents to read first, and the order of the shelves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guidance.choices import Audience, Moment, Reader

# A document of a slug that is not in the library is left out.
FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    Reader.MANAGER: ("do-you-need-one", "embedded-research-in-two-pages", "readiness-check", "costs-sheet"),
    Reader.RESEARCHER: (
        "embedded-research-for-researchers",
        "first-100-days",
        "working-agreement",
        "twelve-e-mails",
    ),
    Reader.PUBLIC: ("for-public-contributors", "embedded-research-in-two-pages", "glossary"),
    Reader.INVOLVEMENT: (
        "public-involvement-in-embedded-research",
        "payment-policy-starter",
        "guiding-group-terms-of-reference",
        "co-production-tensions-workbook",
    ),
    Reader.ACADEMIC: (
        "for-university-departments-and-supervisors",
        "working-agreement",
        "access-and-classification",
        "learning-set-card",
    ),
    Reader.TEAM: ("a-researcher-is-joining-you", "embedded-research-in-two-pages", "glossary"),
    Reader.RECRUITER: (
        "job-description-and-person-specification",
        "attitudes-skills-and-knowledge",
        "job-matching-note",
        "access-and-classification",
    ),
    Reader.LEADER: ("embedded-research-in-two-pages", "board-paper", "cases-compared", "readiness-check"),
}

# What is listed first for these readers, whatever the moment
ALWAYS_FIRST: Final[Mapping[str, str]] = {Reader.PUBLIC: "for-public-contributors"}

# The ready-made pack of each moment
PACKS: Final[Mapping[str, str]] = {
    Moment.THINKING: "thinking-about-it",
    Moment.SETTING_UP: "setting-one-up",
    Moment.RECRUITING: "recruiting",
    Moment.FIRST_100_DAYS: "first-100-days",
    Moment.HALF_WAY: "half-way",
    Moment.ENDING: "ending",
}

COMPARED: Final = "cases-compared"  # what leads to the case sheets

# The order on the shelves, by and large that of a residency's life; what is not named here follows by title.
ORDER: Final = (
    "embedded-research-in-two-pages",
    "do-you-need-one",
    "readiness-check",
    "embedded-research-for-nhs-organisations",
    "costs-sheet",
    "board-paper",
    "access-and-classification",
    "working-agreement",
    "a-researcher-is-joining-you",
    "first-100-days",
    "embedded-research-for-researchers",
    "twelve-e-mails",
    "for-university-departments-and-supervisors",
    "learning-set-card",
    "exit-interview",
    "hand-over",
    "looking-back",
    "for-public-contributors",
    "public-involvement-in-embedded-research",
    "welcoming-public-contributors",
    "guiding-group-terms-of-reference",
    "payment-policy-starter",
    "job-description-and-person-specification",
    "attitudes-skills-and-knowledge",
    "job-matching-note",
    COMPARED,
    "case-east-london",
    "case-uclh",
    "case-bristol",
    "case-torbay",
    "case-great-ormond-street",
    "case-gateshead",
    "case-council-public-health-teams",
    "case-patient-safety-collaborative",
    "case-tower-hamlets",
    "case-hospital-group",
    "case-five-public-health-researchers",
    "case-obesity-to-universal-credit",
    "case-leaders-study",
    "co-production-tensions-workbook",
    "map-of-resources",
    "ninety-minute-session",
    "glossary",
)
SHELVES: Final = (
    Audience.SUMMARY,
    Audience.NHS_ORGANISATION,
    Audience.RESEARCHER,
    Audience.PUBLIC_INVOLVEMENT,
    Audience.RECRUITMENT,
    Audience.COPRODUCTION_LEADERS,
    Audience.CASE_STUDY,
)
_PLACE: Final = {slug: place for place, slug in enumerate(ORDER)}


def place_of(audience: str, slug: str, title: str) -> tuple[int, int, str]:
    """What the documents are sorted by."""
    return SHELVES.index(Audience(audience)), _PLACE.get(slug, len(ORDER)), title.casefold()
