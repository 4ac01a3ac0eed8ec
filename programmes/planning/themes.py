"""The words of planning together: what helps with each theme, its two ends, and positions between them."""

from __future__ import annotations

from typing import Final

from programmes.models import PlanPosition, PlanTheme, PublicQuestion

NUMBERS: Final = {theme.value: number for number, theme in enumerate(PlanTheme, start=1)}
QUESTIONS: Final = dict([*PlanTheme.choices, *PublicQuestion.choices])

# the same five to a public partner who has answered before: what has changed
LATER: Final = {
    PublicQuestion.PROBLEM.value: "Is it still the right problem?",
    PublicQuestion.HEARD.value: "Who should be heard by now who is not here?",
    PublicQuestion.PART.value: "How is taking part going for you, and what would make it easier?",
    PublicQuestion.GOOD.value: "Has it changed what a good result would look like to you?",
    PublicQuestion.WORRY.value: "What worries you now?",
}


def question(code: str, *, later: bool) -> str:
    """`later`: to somebody who has answered before."""
    return LATER[code] if later and code in LATER else QUESTIONS[code]


# one line to start the talk, in our own words after domain.md §4.1
HELP: Final = {
    PlanTheme.OUTCOMES: "What would each of you point to after a year? Whose skills should grow?",
    PlanTheme.POWER: "Who pays, who gives time or contacts, who gets something back? What could be shared more?",
    PlanTheme.SCALE: "How long does it need? What may change on the way, and who may change it?",
    PlanTheme.INVOLVEMENT: "In the projects only, or in running it too? Are patients and the public in from the start?",
    PlanTheme.PROXIMITY: "Where to sit, with whom, and who needs to know that the researcher is there?",
    PlanTheme.BELONGING: "Contract, badge, appraisal, team meetings, away days. What if the two sides clash?",
    PlanTheme.ACTIVITIES: "What fits into the hours? What will the researcher not be asked to do?",
    PlanTheme.SKILLS: "Knowing the subject, knowing the methods, getting on with people. Nobody has it all.",
    PlanTheme.RELATIONAL_ROLE: "How is bad news told, and to whom first? What will the researcher not do?",
    PlanTheme.LEARNING: "Dates to look at it together. What is only for learning, and not for checking?",
}

# themes that are a position between two ends; neither end is the better one
ENDS: Final = {
    PlanTheme.OUTCOMES.value: ("what helps here", "what others can use too"),
    PlanTheme.POWER.value: ("the researchers decide and gain", "we decide together and all gain something"),
    PlanTheme.SCALE.value: ("one question, agreed now", "whatever comes up"),
    PlanTheme.PROXIMITY.value: ("one place", "many places"),
    PlanTheme.RELATIONAL_ROLE.value: ("a critical friend", "an advocate"),
}


def position_choices(theme: str) -> list[tuple[str, str]]:
    """The positions of a theme from end to end, each in words."""
    one, other = ENDS[theme]
    words = {
        PlanPosition.ONE_END: one,
        PlanPosition.NEARER_ONE: f"mostly {one}",
        PlanPosition.BETWEEN: "in between",
        PlanPosition.NEARER_OTHER: f"mostly {other}",
        PlanPosition.OTHER_END: other,
        PlanPosition.NOT_SURE: "not sure",
    }
    return [(position.value, text[:1].upper() + text[1:]) for position, text in words.items()]


def ends_words(theme: str) -> str:
    """Between what and what a theme is a position; "" for a theme without ends."""
    return "between “{}” and “{}”".format(*ENDS[theme]) if theme in ENDS else ""


def position_words(theme: str, position: str) -> str:
    """A position in words; "" for none, and for a theme without ends."""
    return dict(position_choices(theme)).get(position, "") if theme in ENDS else ""
