"""What one host of the story says about permissions itself, before our table and so that its question is asked."""

from __future__ import annotations

from typing import Final

from programmes.demo import cast
from programmes.demo.teller import Teller
from programmes.models import PermissionCase, RuleAsks
from programmes.onboarding.ruling import RuleWords, state_rule

_SAYS: Final = f"{cast.RD_OFFICER.name}, R&D office"
RULES: Final = (
    (
        PermissionCase.UNIVERSITY,
        RuleWords(
            "A letter of access from us, on the passport that the university sends. Three weeks.", _SAYS
        ),
    ),
    (
        PermissionCase.NOT_RESEARCH,
        RuleWords(
            "Ask us first: the letter can name the evaluation. Where it does not, HR gives an honorary contract.",
            _SAYS,
            RuleAsks.HONORARY_CONTRACT,
        ),
    ),
)


def state_rules(teller: Teller) -> None:
    """By the research office of the host at which most of the story is told."""
    for case, words in RULES:
        state_rule(
            programme=teller.programme,
            host=teller.organisations["DEMO-WENDING"],
            case=case,
            words=words,
            version=0,
            by=teller.person(cast.RD_OFFICER),
            on=teller.day(-200),
        )
