"""The letters of case studies: to the host, to the people in it, to its writer and its leads."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from embedded import post
from embedded.accounts.models import Person
from programmes.models import CaseConsent, CasePerson, CaseStudy


def ask_host(case: CaseStudy, link: int, token: str, by: Person) -> None:
    post.write(
        to=case.host_email,
        subject="Please check a case study before others read it",
        template="case_host",
        context={"case": case, "by": by, "address": settings.BASE_URL + reverse("case_host", args=[token])},
        key=f"case-host-{link}",
    )


def ask_consent(one: CasePerson, link: int, token: str) -> None:
    post.write(
        to=one.email,
        subject="You can be recognised in a case study: do you agree to it?",
        template="case_consent",
        context={"one": one, "case": one.case, "by": one.case.begun_by, "address": consent_address(token)},
        key=f"case-consent-{link}",
    )


def consent_address(token: str) -> str:
    return settings.BASE_URL + reverse("case_consent", args=[token])


def letter_problem(one: CasePerson) -> str:
    """Why the letter could not be sent, in a sentence; "" while all is well."""
    return post.problem_of(f"case-consent-{one.link_id}") if one.link_id and one.sent_at else ""


def returned(case: CaseStudy, why: str, at: datetime.datetime) -> None:
    said = f"The host returned the case study “{case.title}” and says what is to be changed."
    _tell(case, case.begun_by, said, why, f"case-returned-{case.pk}-{case.edition}")


def answered(one: CasePerson, given: CaseConsent) -> None:
    said = (
        f"{one.name} answered about the case study “{one.case.title}”: {given.get_answer_display().lower()}."
    )
    _tell(one.case, one.case.begun_by, said, given.words, f"case-answered-{given.pk}")


def ready(case: CaseStudy, people: Sequence[Person]) -> None:
    said = (
        f"The host and everybody who can be recognised in it have agreed to the case study “{case.title}”. "
        "The programme lead or the lead of its theme can publish it now."
    )
    for person in people:
        _tell(case, person, said, "", f"case-ready-{case.pk}-{case.edition}-{person.pk}")


def withdrawn(case: CaseStudy, people: Sequence[Person], *, why: str, name: str) -> None:
    """`name` took it away, who may be somebody who took back their consent."""
    said = (
        f"The case study “{case.title}” was withdrawn by {name}. Its page and its PDF are no longer there for "
        "anybody."
    )
    for person in people:
        _tell(case, person, said, why, f"case-withdrawn-{case.pk}-{person.pk}")


def _tell(case: CaseStudy, person: Person, said: str, why: str, key: str) -> None:
    if person.email:
        post.write(
            to=person.email,
            subject=f"Case study: {case.title}"[:150],
            template="case_told",
            context={"said": said, "why": why, "address": settings.BASE_URL + case.get_absolute_url()},
            key=key,
        )
