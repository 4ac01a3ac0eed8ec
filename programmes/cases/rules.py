"""Which step of a case study follows which, and what stands in the way of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from programmes.cases.content import lacking
from programmes.models import CaseConsent, CasePerson, CaseState, CaseStudy, ConsentAnswer

STEPS: Final = {
    CaseState.DRAFT: (CaseState.HOST_CHECK,),
    CaseState.HOST_CHECK: (CaseState.DRAFT, CaseState.CONTRIBUTORS_CHECK),
    CaseState.CONTRIBUTORS_CHECK: (CaseState.DRAFT, CaseState.PUBLISHED),
    CaseState.PUBLISHED: (CaseState.WITHDRAWN,),
    CaseState.WITHDRAWN: (),
}


class Refused(Exception):
    """A step that cannot be taken, in a sentence that says what to do."""


def check_step(case: CaseStudy, to: CaseState) -> None:
    """Raises Refused."""
    if to not in STEPS[CaseState(case.state)]:
        raise Refused(f"Check its page again: by now it stands at “{case.get_state_display().lower()}”")


def check_seen(case: CaseStudy, edition: int) -> None:
    """An answer holds for the words that were read: those of that edition. Raises Refused."""
    if edition != case.edition:
        raise Refused("Check the words as they are now: they have changed since you opened it")


def check_told(case: CaseStudy) -> None:
    """V-99. Raises Refused."""
    if missing := lacking(case):
        raise Refused(
            f"Write down {' and '.join(missing)} first: a case study that tells only what went well helps nobody"
        )


def answer_of(case: CaseStudy, answers: Sequence[CaseConsent]) -> CaseConsent | None:
    """The newest answer to the words as they are now: an answer to an older edition counts no more."""
    newest = answers[-1] if answers else None
    return newest if newest and newest.edition == case.edition else None


def without_consent(case: CaseStudy, people: Sequence[CasePerson]) -> list[CasePerson]:
    """Those who have not said yes to the words as they are now (V-98)."""
    found = []
    for one in people:
        answer = answer_of(case, list(one.answers.all()))
        if answer is None or answer.answer != ConsentAnswer.YES:
            found.append(one)
    return found


def check_consents(case: CaseStudy, people: Sequence[CasePerson]) -> None:
    """V-98. Raises Refused."""
    if missing := without_consent(case, people):
        names = ", ".join(one.name for one in missing)
        raise Refused(
            f"Wait for the consent of {names}, or change the words so that nobody can be recognised"
        )
