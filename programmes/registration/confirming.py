"""The deeds of the manager's word on a registration: ask for it again, and keep it for what was read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.db import transaction

from embedded import audit, links
from embedded.accounts.models import Person
from embedded.drafts import Changed
from embedded.links.models import SignedLink
from programmes.founding import place_of
from programmes.invitations import person_called
from programmes.lifecycle import StepRefused
from programmes.models import Residency, Stage
from programmes.registration import notices
from programmes.registration.actions import CLOSED_STAGES
from programmes.registration.present import NOT_PROVIDED, Section
from programmes.registration.reading import registration_of


@dataclass(frozen=True)
class Waiting:
    """A manager's word that is waited for: the link that was sent last, if any, and why it did not arrive."""

    link: SignedLink | None
    problem: str


def waiting(residency: Residency) -> Waiting | None:
    """None where nobody is asked: it is not sent yet, or over, or confirmed, or no address is known."""
    if not _is_asked(residency):
        return None
    link = notices.last_asked(residency)
    return Waiting(link, notices.letter_problem(link) if link else "")


def _is_asked(residency: Residency) -> bool:
    sent = residency.stage not in (Stage.IDEA, *CLOSED_STAGES) and residency.submitted_at is not None
    return sent and residency.confirmed_by_manager_at is None and bool(residency.host_manager_email)


@transaction.atomic
def send_again(*, residency: Residency, by: Person | None) -> None:
    """A fresh link in place of the one before; without `by` whoever held that one asked for it."""
    if not _is_asked(residency):
        raise StepRefused("There is nobody to ask: it is confirmed already, or names no manager's address.")
    notices.ask_manager(residency, by)
    audit.record(by, "residency.manager_asked_again", str(residency), place_of(residency))


def send_afresh(token: str) -> None:
    """A new link in place of one that has run out, to the address that had it, while its word is waited for."""
    link = links.lapsed(notices.CONFIRM, token)
    residency = _residency_of(link) if link else None
    if residency is not None and _is_asked(residency):
        send_again(residency=residency, by=None)


def residency_behind(token: str) -> Residency | None:
    """What a link asks about; None alike for never existed, expired, ended and another manager by now."""
    link = links.find(notices.CONFIRM, token)
    return _residency_of(link) if link else None


def _residency_of(link: SignedLink) -> Residency | None:
    residency = registration_of(links.number_in(link))
    return residency if notices.asked_of(residency) == link.subject else None


def seen(sections: Sequence[Section]) -> str:
    """The answers as the page shows them, signed, so that the press says what was read."""
    rows = [(section.title, *row) for section in sections for row in section.rows]
    return signing.dumps(rows, salt=notices.CONFIRM, compress=True)


def changed_since(what_was_seen: str, sections: Sequence[Section]) -> list[tuple[str, str, str]]:
    """Label, what was read and what is there now, where they differ. Who brings nothing of ours has read nothing."""
    try:
        read = signing.loads(what_was_seen, salt=notices.CONFIRM)
    except signing.BadSignature:
        read = []
    before = {(title, label): value for title, label, value in read}
    now = {(section.title, label): value for section in sections for label, value in section.rows}
    return [
        (key[1], before.get(key, NOT_PROVIDED), now.get(key, NOT_PROVIDED))
        for key in {**now, **before}
        if before.get(key) != now.get(key)
    ]


@transaction.atomic
def confirm(*, residency: Residency, version: int, at: datetime.datetime) -> None:
    """The named manager says by one press that the registration is right; a second press changes nothing. Changed if
    somebody saved it since `version`."""
    locked = Residency.objects.select_for_update().get(pk=residency.pk)
    if locked.confirmed_by_manager_at is not None:
        return
    if locked.version != version:
        raise Changed(locked)
    residency.confirmed_by_manager_at = at
    residency.save(update_fields=["confirmed_by_manager_at"])
    email = residency.host_manager_email
    manager = person_called(residency.host_manager_name or email, email)
    audit.record(manager, "residency.confirmed_by_manager", str(residency), place_of(residency))
