"""The deeds of the course: a part changes hands, a line of the closing list is recorded, somebody looks back."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from embedded import audit, links, post
from embedded.accounts.models import Person
from embedded.drafts import Changed, check_version
from programmes.founding import place_of
from programmes.invitations import InvitationRefused, offer, person_called
from programmes.lifecycle import LOOK_BACK_AFTER, StepRefused, take_step
from programmes.measures.period import add_months
from programmes.models import ClosingTask, LookingBack, Part, PartChange, Residency, Role, Stage

PURPOSE: Final = "look_back_answer"
REMINDED_AFTER: Final = datetime.timedelta(days=14)
OVER: Final = (Stage.ENDED, Stage.LEGACY, Stage.TERMINATED_EARLY)
CLOSED: Final = (*OVER, Stage.DECLINED, Stage.WITHDRAWN)
FIELDS: Final = {
    Part.HOST_MANAGER: "host_manager_name",
    Part.HOST_SUPERVISOR: "host_supervisor_name",
    Part.ACADEMIC_SUPERVISOR: "academic_supervisor_name",
    Part.SECOND_SUPERVISOR: "second_supervisor_name",
    Part.SPONSOR: "sponsor_name",
    Part.NAVIGATOR: "navigator_name",
    Part.MENTOR: "mentor_name",
}
# those whose address stands beside the name, so that they can be asked by link
ADDRESSES: Final = {
    Part.HOST_MANAGER: "host_manager_email",
    Part.HOST_SUPERVISOR: "host_supervisor_email",
    Part.ACADEMIC_SUPERVISOR: "academic_supervisor_email",
    Part.SECOND_SUPERVISOR: "second_supervisor_email",
}
# the parts that come with an account; the others are named and need none
ROLES: Final = {
    Part.HOST_MANAGER: Role.HOST_MANAGER,
    Part.ACADEMIC_SUPERVISOR: Role.ACADEMIC_SUPERVISOR,
    Part.SECOND_SUPERVISOR: Role.ACADEMIC_SUPERVISOR,
    Part.SPONSOR: Role.EXEC_SPONSOR,
}


@transaction.atomic
def change_part(
    *,
    residency: Residency,
    part: str,
    name: str,
    on: datetime.date,
    by: Person,
    today: datetime.date,
    at: datetime.datetime,
    version: int,
    email: str = "",
    may_invite: bool = False,
) -> PartChange | None:
    """Somebody else takes a part over from the day `on`. The earlier person's part in this residency ends; what they
    did stays theirs. With an address the new one is invited, if the part has a role and `by` may invite. The same
    name with another address corrects the address, and nobody takes over: None. Changed if somebody saved since."""
    check_version(residency, version)
    if residency.stage in CLOSED:
        raise StepRefused("This has ended and can no longer be changed.")
    field, role = FIELDS[Part(part)], ROLES.get(Part(part))
    old = getattr(residency, field)
    address = ADDRESSES.get(Part(part), "")
    if old.casefold() == name.strip().casefold():
        if address and email not in ("", getattr(residency, address)):
            _correct_address(residency, address, email, by)
            return None
        raise StepRefused("Enter another name: this person has the part now")
    values: dict[str, object] = {field: name}
    if address:
        values[address] = email
    if part == Part.SPONSOR:
        values["sponsor_left_on"] = None  # R18: the gap is over
    for key, value in values.items():
        setattr(residency, key, value)
    residency.save(update_fields=list(values))
    if role is not None:
        _leave(residency, role, old, on)
    if email and may_invite and role is not None:
        _invite(residency, role, name, email, by, today, at)
    change = PartChange.objects.create(
        residency=residency, part=part, old_name=old, new_name=name, on=on, by=by
    )
    audit.record(by, "part.changed", str(residency), place_of(residency), details={"part": part, "on": on})
    return change


def _correct_address(residency: Residency, field: str, email: str, by: Person) -> None:
    told = [[field, getattr(residency, field)[:200], email[:200]]]
    setattr(residency, field, email)
    residency.save(update_fields=[field])
    details = {"page": "people", "from_to": told}
    audit.record(by, "residency.registration_saved", str(residency), place_of(residency), details=details)


def _leave(residency: Residency, role: Role, name: str, on: datetime.date) -> None:
    """The part in this residency of whoever goes by that name ends."""
    for held in residency.memberships.filter(role=role, end=None, person__display_name__iexact=name or "-"):
        held.end = max(on, held.start)
        held.save(update_fields=["end"])


def _invite(
    residency: Residency,
    role: str,
    name: str,
    email: str,
    by: Person,
    on: datetime.date,
    at: datetime.datetime,
) -> None:
    try:
        offer(
            person=person_called(name, email),
            programme=residency.programme,
            role=role,
            place=residency,
            by=by,
            at=at,
            on=on,
        )
    except InvitationRefused as refused:
        raise StepRefused(str(refused)) from refused


@transaction.atomic
def record_task(
    *,
    residency: Residency,
    kind: str,
    owner_name: str,
    due: datetime.date | None,
    done_on: datetime.date | None,
    by: Person,
    version: int,
) -> ClosingTask:
    """A line of the closing list: who sees to it, by when, and the day it was done. Changed if somebody saved since
    `version` (0: nobody had)."""
    Residency.objects.select_for_update().get(pk=residency.pk)
    task = ClosingTask.objects.filter(residency=residency, kind=kind).first()
    if task is None:
        task = ClosingTask(residency=residency, kind=kind, recorded_by=by)
    else:
        if version == 0:
            raise Changed(task)
        check_version(task, version)
    task.owner_name, task.due, task.done_on, task.recorded_by = owner_name, due, done_on, by
    task.save()
    audit.record(
        by,
        "closing.recorded",
        str(residency),
        place_of(residency),
        details={"kind": kind, "due": due, "done_on": done_on},
    )
    return task


@dataclass(frozen=True)
class Answer:
    """What is said when looking back; what lasted is needed, "nothing" counts."""

    lasted: str
    did_not_last: str = ""
    carried_on_by: str = ""


def due_on(residency: Residency, months: int) -> datetime.date | None:
    """The day on which looking back is due; None while it has not ended."""
    return add_months(residency.ended_on, months) if residency.ended_on else None


@transaction.atomic
def ask_to_look_back(
    *, residency: Residency, months: int, email: str, by: Person, on: datetime.date, may_steer: bool
) -> LookingBack:
    """Sends somebody a link with a short form; a link that was sent before ends."""
    row = _row(residency, months)
    if row.answered_at is not None:
        raise StepRefused("This has been answered already.")
    row.reminded_on = None
    send_link(row, email, by=by, contact=by)
    _begin(residency, by, on, may_steer)
    audit.record(by, "looking_back.asked", str(residency), place_of(residency), details={"months": months})
    return row


@transaction.atomic
def ask_when_due(
    *, residency: Residency, months: int, email: str, contact: Person | None, on: datetime.date
) -> bool:
    """Asks whoever is to say what lasted, nobody's press needed: once when it is due, and once more when nobody has
    answered for REMINDED_AFTER. Whether a letter was written; a second call on the same day writes none."""
    row = _row(residency, months)
    if row.answered_at is not None or row.reminded_on is not None:
        return False
    again = row.link is not None
    if row.link is not None:
        if timezone.localtime(row.link.made_at).date() > on - REMINDED_AFTER:
            return False
        email, row.reminded_on = row.asked_of, on
    send_link(row, email, by=None, contact=contact)
    details = {"months": months, "again": again}
    audit.record(None, "looking_back.asked_when_due", str(residency), place_of(residency), details=details)
    return True


def send_link(row: LookingBack, email: str, *, by: Person | None, contact: Person | None) -> None:
    """A letter with a link to the short form; a link that was sent before ends."""
    if row.link is not None:
        links.revoke(row.link)
    link, token = links.issue(PURPOSE, str(row.pk), by=by)
    row.link, row.asked_of = link, email
    row.save(update_fields=["link", "asked_of", "reminded_on"])
    post.write(
        to=email,
        subject=f"{'Reminder: what' if row.reminded_on else 'What'} lasted of “{row.residency.title}”?",
        template="look_back",
        context={
            "residency": row.residency,
            "months": row.months,
            "by": contact,
            "address": settings.BASE_URL + reverse("look_back_answer", args=[token]),
        },
        key=f"look-back-{link.pk}",
    )


@transaction.atomic
def answer(
    *,
    residency: Residency,
    months: int,
    said: Answer,
    name: str,
    by: Person | None,
    on: datetime.date,
    at: datetime.datetime,
    may_steer: bool = False,
) -> LookingBack:
    """Keeps what is said by somebody with an account, or by whoever holds the link (`by` is None). The first answer
    stays; the next day to look back, or none, is set."""
    row = _row(residency, months)
    if row.answered_at is not None:
        return row
    row.lasted, row.did_not_last, row.carried_on_by = said.lasted, said.did_not_last, said.carried_on_by
    row.answered_at, row.answered_by_name = at, (name or row.asked_of)
    row.save()
    if by is not None:
        _begin(residency, by, on, may_steer)
    answered = set(residency.looking_back.exclude(answered_at=None).values_list("months", flat=True))
    open_ = [one for one in LOOK_BACK_AFTER if one not in answered]
    residency.review_on = due_on(residency, open_[0]) if open_ else None
    residency.save(update_fields=["review_on"])
    audit.record(by, "looking_back.answered", str(residency), place_of(residency), details={"months": months})
    return row


def letter_problem(row: LookingBack) -> str:
    """Why the letter could not be sent, in a sentence; "" while all is well."""
    return post.problem_of(f"look-back-{row.link_id}") if row.link_id else ""


def behind(token: str) -> LookingBack | None:
    """What a link asks about; None alike for never existed, expired and ended. Changes nothing (F14)."""
    link = links.find(PURPOSE, token)
    if link is None:
        return None
    found = LookingBack.objects.filter(link=link)
    return found.select_related("residency__programme", "link__made_by").first()


def _row(residency: Residency, months: int) -> LookingBack:
    locked = Residency.objects.select_for_update().get(pk=residency.pk)
    if locked.stage not in OVER or locked.ended_on is None or months not in LOOK_BACK_AFTER:
        raise StepRefused("This has not ended yet. We look back six and twelve months after the end.")
    return LookingBack.objects.get_or_create(residency=residency, months=months)[0]


def _begin(residency: Residency, by: Person, on: datetime.date, may_steer: bool) -> None:
    if may_steer and residency.stage == Stage.ENDED:
        take_step(residency, "look_back", by=by, on=on)
