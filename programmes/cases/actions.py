"""The deeds of a case study: write it, have it checked by the host, publish it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from django.db import transaction

from embedded import jobs, links
from embedded.accounts.models import Person
from embedded.drafts import check_version
from programmes.cases import notices
from programmes.cases.consents import ask_everybody, tell_if_ready
from programmes.cases.content import WORDS
from programmes.cases.rules import Refused, check_consents, check_seen, check_step, check_told
from programmes.cases.steps import lock, noted, take_step
from programmes.models import CaseState, CaseStudy, Residency

KIND: Final = "case_study"
HOST: Final = "case_host"


@transaction.atomic
def write_case(
    *,
    residency: Residency,
    words: Mapping[str, str],
    embargo_until: datetime.date | None,
    by: Person,
    at: datetime.datetime,
) -> CaseStudy:
    """A draft; `words` by the names of programmes.cases.content.WORDS."""
    texts = {name: words[name] for name in WORDS}
    case = CaseStudy.objects.create(
        residency=residency, embargo_until=embargo_until, begun_by=by, begun_at=at, **texts
    )
    take_step(case, CaseState.DRAFT, by, str(by), at)
    noted(case, "case.begun", by)
    return case


@transaction.atomic
def change_case(
    *,
    case: CaseStudy,
    words: Mapping[str, str],
    embargo_until: datetime.date | None,
    version: int | str | None,
    by: Person,
) -> CaseStudy:
    """Other words, while it is a draft. Raises Changed and Refused."""
    check_version(case, version)
    if case.state != CaseState.DRAFT:
        raise Refused("Choose to take it back first: its words stay as they are while others read them")
    for name in WORDS:
        setattr(case, name, words[name])
    case.embargo_until = embargo_until
    case.save()
    noted(case, "case.changed", by)
    return case


@transaction.atomic
def send_to_host(*, case: CaseStudy, email: str, by: Person, at: datetime.datetime) -> CaseStudy:
    """Asks the host by a link; from now on these words are an edition of their own. Raises Refused (V-99)."""
    locked = lock(case)
    check_step(locked, CaseState.HOST_CHECK)
    check_told(locked)
    locked.edition += 1
    locked.host_email, locked.host_agreed_by = email, ""
    link, token = links.issue(HOST, str(locked.pk), by=by)
    locked.host_link = link
    take_step(locked, CaseState.HOST_CHECK, by, str(by), at)
    notices.ask_host(locked, link.pk, token, by)
    noted(locked, "case.host_asked", by)
    return locked


@transaction.atomic
def host_agrees(
    *, case: CaseStudy, edition: int, name: str, by: Person | None, at: datetime.datetime, why: str = ""
) -> CaseStudy:
    """The host says that the words of `edition` may be told like this; everybody who can be recognised in them is
    asked. Twice is once. Raises Refused."""
    locked = lock(case)
    check_seen(locked, edition)
    if locked.state == CaseState.CONTRIBUTORS_CHECK:
        return locked
    check_step(locked, CaseState.CONTRIBUTORS_CHECK)
    locked.host_agreed_by = (name or locked.host_email or str(by))[:120]
    take_step(locked, CaseState.CONTRIBUTORS_CHECK, by, locked.host_agreed_by, at, why)
    noted(locked, "case.host_agreed", by)
    ask_everybody(case=locked, at=at)
    tell_if_ready(locked)
    return locked


@transaction.atomic
def host_returns(
    *, case: CaseStudy, edition: int, why: str, name: str, by: Person | None, at: datetime.datetime
) -> CaseStudy:
    """The host says what is to be changed in the words of `edition`; it is a draft again, and its writer is told.
    Raises Refused."""
    locked = lock(case)
    check_seen(locked, edition)
    if locked.state != CaseState.HOST_CHECK:
        raise Refused("Check its page again: it is not with the host any more")
    _back_to_draft(locked, by, (name or locked.host_email or str(by))[:120], why, at)
    notices.returned(locked, why, at)
    noted(locked, "case.returned", by)
    return locked


@transaction.atomic
def take_back(*, case: CaseStudy, by: Person, at: datetime.datetime) -> CaseStudy:
    """To change the words: everybody is asked again afterwards. Raises Refused."""
    locked = lock(case)
    _back_to_draft(locked, by, str(by), "", at)
    noted(locked, "case.taken_back", by)
    return locked


def _back_to_draft(case: CaseStudy, by: Person | None, name: str, why: str, at: datetime.datetime) -> None:
    check_step(case, CaseState.DRAFT)
    case.host_agreed_by = ""
    if case.host_link is not None:
        links.revoke(case.host_link)
    take_step(case, CaseState.DRAFT, by, name, at, why)


@transaction.atomic
def publish(*, case: CaseStudy, by: Person, at: datetime.datetime, on: datetime.date) -> CaseStudy:
    """To be read by everybody from the day on which it is no longer held back. Raises Refused (V-98, V-99)."""
    locked = lock(case)
    check_step(locked, CaseState.PUBLISHED)
    check_told(locked)
    check_consents(locked, list(locked.people.prefetch_related("answers")))
    locked.published_on = on
    locked.job = jobs.ask(KIND, f"{KIND}:{locked.pk}:{locked.edition}", {"case": locked.pk}, by.user)
    take_step(locked, CaseState.PUBLISHED, by, str(by), at)
    noted(locked, "case.published", by)
    return locked


def case_behind(token: str) -> CaseStudy | None:
    """The case study that a host's link is about; None alike for never existed, expired and ended (F14)."""
    link = links.find(HOST, token)
    found = CaseStudy.objects.filter(host_link=link) if link else CaseStudy.objects.none()
    return found.select_related("residency__programme", "begun_by", "host_link").first()
