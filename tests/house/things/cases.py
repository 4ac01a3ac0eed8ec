"""Case studies of one's own: a draft, one with the host, one with the people in it, one that is published."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from embedded.files import keep
from programmes.models import CasePerson, CaseState, CaseStudy, ConsentAnswer
from tests.house.registry import growing, thing


def case_in(things: Any, state: str, **fields: Any) -> CaseStudy:
    """One in that state, with what it has gone through."""
    world, now = things.world, timezone.now()
    canary = things.canary
    values = {
        "residency": world.residency,
        "title": f"{canary} case study",
        "problem": f"{canary} case problem",
        "challenges": f"{canary} case challenges",
        "not_known": f"{canary} case not known",
        "state": state,
        "edition": 0 if state == CaseState.DRAFT else 1,
        "begun_by": world.people["researcher"],
        "begun_at": now,
    }
    case: CaseStudy = CaseStudy.objects.create(**(values | fields))
    case.steps.create(to_state=state, edition=case.edition, at=now, by_name=f"{canary} writer")
    return case


@thing("case_draft", "case_edit", "case_person_add", "case_send")
def draft(things: Any) -> CaseStudy:
    return case_in(things, CaseState.DRAFT)


@thing("case_with_host", "case_check")
def with_host(things: Any) -> CaseStudy:
    return case_in(things, CaseState.HOST_CHECK, host_email="manager@hospital.example")


@thing("case_with_people", "case")
def with_people(things: Any) -> CaseStudy:
    return case_in(things, CaseState.CONTRIBUTORS_CHECK, host_agreed_by="Host")


@thing("case_person", "case_person", "case_person_said")
def person(things: Any) -> CasePerson:
    case = case_in(things, CaseState.CONTRIBUTORS_CHECK, host_agreed_by="Host")
    one: CasePerson = case.people.create(name=f"{things.canary} carer", email="carer@home.example")
    return one


@thing("case_published", "case_withdraw")
def published(things: Any) -> CaseStudy:
    """Held back, so that nobody but its own people reads it; who is in it has agreed."""
    today = timezone.localdate()
    case = case_in(
        things,
        CaseState.PUBLISHED,
        host_agreed_by="Host",
        published_on=today,
        embargo_until=today.replace(year=today.year + 1, day=1),
    )
    one = case.people.create(name=f"{things.canary} nurse", email="nurse@home.example")
    one.answers.create(edition=case.edition, answer=ConsentAnswer.YES, at=timezone.now())
    case.counts.create(form="pdf", month=today.replace(day=1), reader="signed out", readings=1)
    return case


@thing("case_open", "open_case", "open_case_pdf")
def open_to_all(things: Any) -> CaseStudy:
    """What it says is everybody's."""
    return case_in(
        things,
        CaseState.PUBLISHED,
        title="An open case study",
        problem="",
        challenges="Time",
        not_known="Whether it lasts",
        host_agreed_by="Host",
        published_on=timezone.localdate(),
        pdf=keep(b"%PDF-1.7", "case.pdf", "application/pdf"),
    )


@growing
def one_more(things: Any) -> None:
    case = case_in(things, CaseState.DRAFT)
    for one in (things.more["case_with_people"], case):
        one.people.create(name=f"{things.canary} {CasePerson.objects.count()}")
    open_to_all(things)
