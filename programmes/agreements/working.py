"""The deeds of a working agreement: write it, ask everybody, and agree to it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.db.models import Q

from embedded import audit, jobs, links
from embedded.accounts.models import Person
from embedded.drafts import Changed, check_version
from embedded.nhsuk.words import start_low
from programmes.agreements import notices
from programmes.agreements.actions import Refused, place_of
from programmes.agreements.document import PARTS, facts_of
from programmes.models import (
    AgreedHow,
    Membership,
    Part,
    Residency,
    Role,
    WorkingAgreement,
    WorkingAgreementPerson,
)

KIND: Final = "working_agreement"
PURPOSE: Final = "working_agreement"
MOST_PEOPLE: Final = 12


@transaction.atomic
def write(
    *, residency: Residency, parts: Mapping[str, str], version: int, by: Person, at: datetime.datetime
) -> WorkingAgreement:
    """Saves the words as a draft. A version that people were asked to agree to stays; its successor is a new draft
    with the same people. Changed if somebody saved since `version` (0 while there is none)."""
    Residency.objects.select_for_update(no_key=True).get(pk=residency.pk)
    latest = WorkingAgreement.objects.filter(residency=residency).order_by("number").last()
    if latest is None and version != 0:
        raise Changed(residency)
    if latest is not None:
        check_version(latest, version)
    texts = {name: parts[name] for name in PARTS}
    if latest is not None and latest.asked_at is None:
        WorkingAgreement.objects.filter(pk=latest.pk).update(**texts, made_by=by, made_at=at)
        latest.refresh_from_db()
        written = latest
    else:
        written = _next(residency, latest, texts, by, at)
    _record(written, "working_agreement.saved", by)
    return written


def _next(
    residency: Residency,
    latest: WorkingAgreement | None,
    texts: Mapping[str, str],
    by: Person,
    at: datetime.datetime,
) -> WorkingAgreement:
    """The draft after the version that stands, with its people; the first has those of the residency."""
    written = WorkingAgreement.objects.create(
        residency=residency,
        number=latest.number + 1 if latest else 1,
        made_by=by,
        made_at=at,
        version=latest.version if latest else 1,
        **texts,
    )
    people = _same_people(latest) if latest else _first_people(residency)
    for one in people:
        one.agreement = written
    WorkingAgreementPerson.objects.bulk_create(people)
    return written


def _same_people(latest: WorkingAgreement) -> list[WorkingAgreementPerson]:
    return [
        WorkingAgreementPerson(name=one.name, part=one.part, email=one.email, person=one.person)
        for one in latest.people.select_related("person")
    ]


def _first_people(residency: Residency) -> list[WorkingAgreementPerson]:
    """Whoever holds the post, the host manager and the supervisors on both sides."""
    word = residency.programme.researcher_word
    found = [_named(one.person, word) for one in residency.placements.select_related("person")]
    found += _of_role(residency, Role.HOST_MANAGER, residency.host_manager_name, residency.host_manager_email)
    found += _supervisor(
        residency.host_supervisor_name, residency.host_supervisor_email, Part.HOST_SUPERVISOR
    )
    supervisor, email = residency.academic_supervisor_name, residency.academic_supervisor_email
    found += _of_role(residency, Role.ACADEMIC_SUPERVISOR, supervisor, email)
    if residency.second_supervisor_name:
        second, email = residency.second_supervisor_name, residency.second_supervisor_email
        found += _of_role(residency, Role.ACADEMIC_SUPERVISOR, second, email)
    return list({(one.name, one.part): one for one in found}.values())[:MOST_PEOPLE]


def _of_role(residency: Residency, role: Role, name: str, email: str) -> list[WorkingAgreementPerson]:
    """By the name in the registration, with the account of the member so called; else the first member there is."""
    members = Membership.objects.filter(programme=residency.programme, role=role, end=None).filter(
        Q(residency=residency) | Q(organisation__in=[host.pk for host in residency.hosts])
    )
    part = start_low(role.label)
    known = members.filter(person__display_name__iexact=name) if name else members
    if member := known.select_related("person").order_by("pk").first():
        return [_named(member.person, part)]
    return [_known(WorkingAgreementPerson(name=name, part=part, email=email))] if name else []


def _supervisor(name: str, email: str, part: Part) -> list[WorkingAgreementPerson]:
    """One who has no role of their own, and so no account for it."""
    named = WorkingAgreementPerson(name=name, part=start_low(part.label), email=email)
    return [_known(named)] if name else []


def _named(person: Person, part: str) -> WorkingAgreementPerson:
    return WorkingAgreementPerson(
        name=person.display_name[:120], part=part[:120], email=person.email, person=person
    )


def _known(one: WorkingAgreementPerson) -> WorkingAgreementPerson:
    """With the account of whoever has that name and that address, if there is one."""
    if one.email and one.person is None:
        same = Person.objects.filter(
            display_name__iexact=one.name, email__iexact=one.email, user__isnull=False
        )
        one.person = same.order_by("pk").first()
    return one


@transaction.atomic
def ask_everybody(*, agreement: WorkingAgreement, by: Person, at: datetime.datetime) -> WorkingAgreement:
    """From now on the words stay as they are. Everybody named is sent a link, links to earlier versions end, and the
    PDF is made in the background."""
    locked = _lock(agreement)
    if locked.asked_at is not None:
        raise Refused("People have been asked already. Change the words to ask about a new version")
    people = list(locked.people.select_related("person"))
    if not people:
        raise Refused("Add the people who are to agree first")
    facts = [list(fact) for fact in facts_of(locked.residency)]
    WorkingAgreement.objects.filter(pk=locked.pk).update(asked_at=at, asked_by=by, facts=facts)
    locked.refresh_from_db()
    earlier = WorkingAgreementPerson.objects.filter(agreement__residency=locked.residency)
    for one in earlier.filter(agreement__number__lt=locked.number, link__isnull=False).select_related("link"):
        links.revoke(one.link)  # type: ignore[arg-type]
    locked.job = jobs.ask(KIND, f"{KIND}:{locked.pk}", {"working_agreement": locked.pk}, by.user)
    locked.save(update_fields=["job"])
    for one in people:
        send_link(one, by=by, at=at)
    _record(locked, "working_agreement.asked", by, {"people": len(people)})
    return locked


def send_link(one: WorkingAgreementPerson, *, by: Person, at: datetime.datetime, write: bool = True) -> str:
    """A fresh link in place of an earlier one, and its token; a letter with it where there is an address."""
    if one.link is not None:
        links.revoke(one.link)
    link, token = links.issue(PURPOSE, str(one.pk), by=by)
    one.link = link
    if write and one.email:
        one.sent_at = at
        notices.ask_to_agree(one, link.pk, token, by)
    one.save(update_fields=["link", "sent_at"])
    return token


@transaction.atomic
def agree(*, one: WorkingAgreementPerson, by: Person | None, at: datetime.datetime) -> WorkingAgreementPerson:
    """Yes to this version: by the account of `by`, or by link. Twice is once, and the first moment stays."""
    agreement = _lock(one.agreement)
    newest = _newest_asked(agreement.residency)
    if newest is None or newest.pk != agreement.pk:
        raise Refused("There is a newer version. Read that one first")
    locked = WorkingAgreementPerson.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if locked.agreed_at is None:
        locked.agreed_at = at
        locked.agreed_how = AgreedHow.ACCOUNT if by else AgreedHow.LINK
        locked.save(update_fields=["agreed_at", "agreed_how"])
        _print_again(agreement, f"agreed-{one.pk}", by)
        _record(agreement, "working_agreement.agreed", by, {"how": locked.agreed_how, "number": locked.pk})
    return locked


@transaction.atomic
def add_person(
    *, agreement: WorkingAgreement, name: str, part: str, email: str, by: Person, at: datetime.datetime
) -> WorkingAgreementPerson:
    """Names one more; somebody who is named after people were asked is asked at once."""
    locked = _lock(agreement)
    if locked.people.count() >= MOST_PEOPLE:
        raise Refused(f"{MOST_PEOPLE} people are named already. Take somebody off first")
    one = _known(WorkingAgreementPerson(agreement=locked, name=name, part=part, email=email))
    one.save()
    if locked.asked_at is not None:
        send_link(one, by=by, at=at)
        _print_again(locked, f"with-{one.pk}", by)
    _record(locked, "working_agreement.person_added", by, {"number": one.pk})
    return one


@transaction.atomic
def take_off(*, one: WorkingAgreementPerson, by: Person) -> None:
    """Somebody who has not agreed is no longer asked; who has agreed stays."""
    agreement = _lock(one.agreement)
    locked = WorkingAgreementPerson.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if locked.agreed_at is not None:
        raise Refused(f"{locked.name} has agreed already and stays. Write a new version without them")
    if locked.link is not None:
        links.revoke(locked.link)
    if agreement.asked_at is not None:
        _print_again(agreement, f"without-{one.pk}", by)
    _record(agreement, "working_agreement.person_taken_off", by, {"number": one.pk})
    locked.delete()


def _print_again(agreement: WorkingAgreement, why: str, by: Person | None) -> None:
    """The PDF names the people and says who has agreed, so it is made afresh when they are others or one agrees."""
    earlier, agreement.pdf = agreement.pdf, None
    agreement.job = jobs.ask(
        KIND, f"{KIND}:{agreement.pk}:{why}", {"working_agreement": agreement.pk}, by.user if by else None
    )
    agreement.save(update_fields=["pdf", "job"])
    if earlier is not None:
        earlier.delete()


@transaction.atomic
def link_again(*, one: WorkingAgreementPerson, by: Person | None, at: datetime.datetime, write: bool) -> str:
    """A fresh link: sent again, or only given out to be copied. The earlier one ends. Without `by` whoever held the
    old one asked for it."""
    locked = WorkingAgreementPerson.objects.select_for_update(of=("self",)).get(pk=one.pk)
    agreement = one.agreement
    if agreement.asked_at is None or locked.agreed_at is not None:
        raise Refused("There is nothing to ask: it is a draft, or they have agreed")
    asker = by or agreement.asked_by
    if asker is None:  # who asked is kept with when (agreement.asked_at)
        raise Refused("Nobody has been asked yet")
    token = send_link(locked, by=asker, at=at, write=write)
    deed = "working_agreement.sent_again" if write else "working_agreement.link_copied"
    _record(agreement, deed, by, {"number": one.pk})
    return token


@transaction.atomic
def make_pdf_again(*, agreement: WorkingAgreement, by: Person) -> bool:
    """Puts a PDF that could not be made back into the queue; False if there is nothing to try again."""
    put_back = agreement.job is not None and jobs.retry(agreement.job)
    if put_back:
        _record(agreement, "working_agreement.pdf_tried_again", by)
    return put_back


def person_behind(token: str) -> WorkingAgreementPerson | None:
    """Whoever a link was sent to; None alike for never existed, expired and ended. Changes nothing (F14)."""
    link = links.find(PURPOSE, token)
    if link is None:
        return None
    found = WorkingAgreementPerson.objects.filter(link=link, agreement__asked_at__isnull=False)
    return found.select_related("agreement__residency__programme", "agreement__asked_by", "person").first()


@transaction.atomic
def send_afresh(token: str, *, at: datetime.datetime) -> None:
    """A new link in place of one that has run out, to the address that had it, while its holder has not agreed to the
    newest version. Otherwise nothing."""
    link = links.lapsed(PURPOSE, token)
    held = WorkingAgreementPerson.objects.filter(pk=int(link.subject)).first() if link else None
    asked = _newest_asked(held.agreement.residency) if held else None
    if held is None or asked is None or not held.email:
        return
    waiting = asked.people.filter(name=held.name, email=held.email, agreed_at=None).select_related("person")
    if one := waiting.first():
        one.agreement = asked
        link_again(one=one, by=None, at=at, write=True)


def _newest_asked(residency: Residency) -> WorkingAgreement | None:
    asked = WorkingAgreement.objects.filter(residency=residency, asked_at__isnull=False)
    return asked.order_by("number").last()


def _lock(agreement: WorkingAgreement) -> WorkingAgreement:
    found = WorkingAgreement.objects.select_for_update(of=("self",))
    return found.select_related("residency__programme").get(pk=agreement.pk)


def _record(
    agreement: WorkingAgreement, deed: str, by: Person | None, details: dict[str, object] | None = None
) -> None:
    audit.record(by, deed, str(agreement), place_of(agreement.residency), details=details)
