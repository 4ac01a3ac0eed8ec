"""The deeds of evidence: record what was used in a decision, ask the host to confirm it, confirm it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from embedded import links, post
from embedded.accounts.models import Person
from embedded.audit import record
from programmes.models import Project, Residency, UseInDecision

PURPOSE: Final = "use_confirm"


@dataclass(frozen=True)
class UseWords:
    """What a record of use says (users.md decision 3); `outcome` is a UseOutcome value."""

    what: str
    outcome: str
    decision: str
    decided_by: str
    decided_on: datetime.date
    written_where: str = ""
    project: Project | None = None


@transaction.atomic
def record_use(
    *, residency: Residency, words: UseWords, by: Person, at: datetime.datetime, confirm_by: str = ""
) -> UseInDecision:
    """Records a use; with the address `confirm_by` the host is asked at once to confirm it."""
    use = UseInDecision.objects.create(
        residency=residency,
        project=words.project,
        what=words.what,
        outcome=words.outcome,
        decision=words.decision,
        decided_by=words.decided_by,
        decided_on=words.decided_on,
        written_where=words.written_where,
        recorded_by=by,
        recorded_at=at,
    )
    record(by=by, deed="use.recorded", what=f"Use {use.pk}", place=_place(use))
    if confirm_by:
        ask_to_confirm(use=use, email=confirm_by, by=by)
    return use


@transaction.atomic
def ask_to_confirm(*, use: UseInDecision, email: str, by: Person) -> UseInDecision:
    """Sends a link to somebody at the host; a link that was sent before ends."""
    if use.confirm_link is not None:
        links.revoke(use.confirm_link)
    link, token = links.issue(PURPOSE, str(use.pk), by=by)
    use.confirm_link, use.confirm_asked_of = link, email
    use.save(update_fields=["confirm_link", "confirm_asked_of"])
    address = settings.BASE_URL + reverse("use_confirm", args=[token])
    post.write(
        to=email,
        subject="Was this used in a decision?",
        template="use_confirm",
        context={"use": use, "by": by, "address": address},
        key=f"use-confirm-{link.pk}",
    )
    record(by=by, deed="use.confirmation_asked", what=f"Use {use.pk}", place=_place(use))
    return use


def letter_problem(use: UseInDecision) -> str:
    """Why the letter that asks for confirmation could not be sent, in a sentence; "" while all is well."""
    return post.problem_of(f"use-confirm-{use.confirm_link_id}") if use.confirm_link_id else ""


def use_behind(token: str) -> UseInDecision | None:
    """The use that a link is about; None alike for never existed, expired and ended. Changes nothing (F14)."""
    link = links.find(PURPOSE, token)
    if link is None:
        return None
    return (
        UseInDecision.objects.filter(confirm_link=link)
        .select_related("residency__programme", "recorded_by", "project", "confirm_link")
        .first()
    )


@transaction.atomic
def confirm(*, use: UseInDecision, name: str, at: datetime.datetime) -> UseInDecision:
    """The host says: yes, that is how it was. Twice is once, and the first name stays. Without a name it is whoever
    was asked, by the address."""
    locked = UseInDecision.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if locked.confirmed_at is None:
        locked.confirmed_at, locked.confirmed_by_name = at, (name or locked.confirm_asked_of)[:120]
        locked.save(update_fields=["confirmed_at", "confirmed_by_name"])
        record(by=None, deed="use.confirmed", what=f"Use {use.pk}", place=_place(use))
    return locked


def _place(use: UseInDecision) -> str:
    return f"p/{use.residency.programme.slug}/r/{use.residency.code}"
