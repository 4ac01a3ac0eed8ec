"""The people who can be recognised in a case study: who they are, how they are asked, and what they answer (V-98)."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction

from embedded import links
from embedded.accounts.models import Person
from programmes.access import leads_of
from programmes.cases import notices
from programmes.cases.rules import Refused, answer_of, check_seen, without_consent
from programmes.cases.steps import lock, noted, withdraw
from programmes.models import CaseConsent, CasePerson, CaseState, CaseStudy, ConsentAnswer

PURPOSE: Final = "case_consent"
TEN_YEARS: Final = datetime.timedelta(days=3650)  # whoever consented keeps the page on which to take it back
MOST_PEOPLE: Final = 20


@transaction.atomic
def add_person(
    *, case: CaseStudy, name: str, part: str, email: str, by: Person, at: datetime.datetime
) -> CasePerson:
    """Names one more who can be recognised; asked at once where the others are being asked. Raises Refused."""
    locked = lock(case)
    if locked.state in (CaseState.PUBLISHED, CaseState.WITHDRAWN):
        raise Refused("Choose to withdraw it if somebody was not asked: nobody can be added any more")
    if locked.people.count() >= MOST_PEOPLE:
        raise Refused(f"Leave somebody out: {MOST_PEOPLE} people are named already")
    if locked.people.filter(name=name).exists():
        raise Refused(f"Check the name: {name} is named already")
    one = CasePerson.objects.create(case=locked, name=name, part=part, email=email)
    if locked.state == CaseState.CONTRIBUTORS_CHECK:
        send_link(one, at=at)
    noted(locked, "case.person_added", by, {"number": one.pk})
    return one


@transaction.atomic
def take_off(*, one: CasePerson, by: Person) -> None:
    """Somebody who can no longer be recognised in the words; only in a draft, and not one who has answered."""
    case = lock(one.case)
    if case.state != CaseState.DRAFT:
        raise Refused(
            "Take the case study back first, and change the words so that they cannot be recognised"
        )
    if one.answers.exists():
        raise Refused(f"{one.name} has answered, and that stays. They are asked again about the new words")
    noted(case, "case.person_taken_off", by, {"number": one.pk})
    one.delete()


def ask_everybody(*, case: CaseStudy, at: datetime.datetime) -> None:
    for one in case.people.select_related("link"):
        send_link(one, at=at)


@transaction.atomic
def link_again(*, one: CasePerson, by: Person | None, at: datetime.datetime, write: bool) -> str:
    """A fresh link: sent again, or only given out to be handed over. The earlier one ends. Raises Refused."""
    case = lock(one.case)
    if case.state not in (CaseState.CONTRIBUTORS_CHECK, CaseState.PUBLISHED):
        raise Refused("There is nothing to ask yet: the host reads it first")
    locked = CasePerson.objects.select_related("link").get(pk=one.pk)
    token = send_link(locked, at=at, write=write)
    noted(case, "case.asked_again" if write else "case.link_copied", by, {"number": one.pk})
    return token


def send_link(one: CasePerson, *, at: datetime.datetime, write: bool = True) -> str:
    """A link that works for ten years, in place of an earlier one; by letter where there is an address."""
    if one.link is not None:
        links.revoke(one.link)
    link, token = links.issue(PURPOSE, str(one.pk), TEN_YEARS, by=one.case.begun_by)
    one.link = link
    if write and one.email:
        one.sent_at = at
        notices.ask_consent(one, link.pk, token)
    one.save(update_fields=["link", "sent_at"])
    return token


@transaction.atomic
def answer(
    *,
    one: CasePerson,
    answer: str,
    edition: int,
    words: str = "",
    at: datetime.datetime,
    by: Person | None = None,
    read_back: str = "",
) -> CaseConsent:
    """What somebody says about the words of `edition`, by link, or typed in by whoever asked them. Anything but yes
    to what is published takes it away at once (V-98). The same answer twice is one. Raises Refused."""
    case = lock(one.case)
    check_seen(case, edition)
    if case.state not in (CaseState.CONTRIBUTORS_CHECK, CaseState.PUBLISHED):
        raise Refused("Wait until you are asked again: it is being written anew")
    before = answer_of(case, list(one.answers.all()))
    if before and before.answer == answer and before.words == words:
        return before
    given = CaseConsent.objects.create(
        person=one, edition=case.edition, answer=answer, words=words, at=at, by=by, read_back=read_back
    )
    noted(case, "case.consent_answered", by, {"number": one.pk, "answer": str(answer)})
    if case.state == CaseState.PUBLISHED and answer != ConsentAnswer.YES:
        withdraw(case=case, why=f"{one.name} has taken back their consent", by=by, name=one.name, at=at)
    elif words or answer != ConsentAnswer.YES:
        notices.answered(one, given)
    if case.state == CaseState.CONTRIBUTORS_CHECK and answer == ConsentAnswer.YES:
        tell_if_ready(case)
    return given


def tell_if_ready(case: CaseStudy) -> None:
    """A letter to those who can publish it, and to its writer, once nobody's consent is missing; one an edition."""
    if not without_consent(case, list(case.people.prefetch_related("answers"))):
        people = {one.pk: one for one in [*leads_of(case.residency), case.begun_by]}
        notices.ready(case, list(people.values()))


def person_behind(token: str) -> CasePerson | None:
    """Whoever a link was sent to; None alike for never existed, expired and ended. Changes nothing (F14)."""
    link = links.find(PURPOSE, token)
    found = CasePerson.objects.filter(link=link) if link else CasePerson.objects.none()
    return found.select_related("case__residency__programme", "case__begun_by").first()


@transaction.atomic
def send_afresh(token: str, *, at: datetime.datetime) -> None:
    """A new link in place of one that has run out, to the address that had it."""
    link = links.lapsed(PURPOSE, token)
    one = CasePerson.objects.select_related("case").filter(pk=int(link.subject)).first() if link else None
    if (
        one is not None
        and one.email
        and one.case.state in (CaseState.CONTRIBUTORS_CHECK, CaseState.PUBLISHED)
    ):
        link_again(one=one, by=None, at=at, write=True)
