"""The deeds of registering: each page of it, sending it for approval, copying it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from embedded.drafts import check_version
from programmes.founding import place_of, refuse_both_parts, save_idea, set_organisation
from programmes.invitations import person_called
from programmes.lifecycle import StepRefused, take_step
from programmes.models import (
    Organisation,
    OrganisationPart,
    Residency,
    ResidencyOrganisation,
    Stage,
    StageChange,
)
from programmes.registration import missing, notices
from programmes.registration.lead_host import change_lead_host

COPIED: Final = (
    "theme_id direction site problem decision difference how_known fairer_for topics days_a_week host_manager_name "
    "host_manager_email host_supervisor_name host_supervisor_email academic_supervisor_name academic_supervisor_email "
    "second_supervisor_name second_supervisor_email money_who_pays money_held_by money_cost_code"
).split()
# pages that are closed once it has started, and the address at which their answers change from then on
ONCE_STARTED: Final = {"dates": "correct", "people": "posts"}
CLOSED_STAGES: Final = (Stage.ENDED, Stage.LEGACY, Stage.TERMINATED_EARLY, Stage.WITHDRAWN, Stage.DECLINED)


def acting_for(residency: Residency, by: Person) -> Person | None:
    """The named host manager, when somebody else fills in for them; None when nobody is named by address."""
    email = residency.host_manager_email
    if not email or is_manager(residency, by):
        return None
    return person_called(residency.host_manager_name or email, email)


def acting_for_named(residency: Residency, by: Person) -> Person | None:
    """The same, without making the person: None until the registration was sent once."""
    if not residency.host_manager_email or is_manager(residency, by):
        return None
    named = Person.objects.filter(email__iexact=residency.host_manager_email)
    return named.filter(display_name__iexact=residency.host_manager_name).order_by("pk").first()


def is_manager(residency: Residency, by: Person) -> bool:
    """Whether `by` is the named host manager: by address, or by name where no address is given."""
    if residency.host_manager_email:
        return residency.host_manager_email.casefold() == by.email.casefold()
    return residency.host_manager_name.casefold() == by.display_name.casefold()


@transaction.atomic
def save_page(
    *,
    residency: Residency,
    page: str,
    answers: Mapping[str, Any],
    version: int,
    by: Person,
    on_behalf_of: Person | None = None,
    on: datetime.date | None = None,
) -> Residency:
    """Keeps the answers of one page. `answers` holds fields of the record, and `host`, `academic_home` and
    `own_reference`. Changed if somebody saved since `version`; StepRefused once it has ended, and for dates and people
    once it has started. Another host lists what the posts need there that are not over on the day `on`."""
    check_version(residency, version)
    if residency.stage in CLOSED_STAGES:
        raise StepRefused("This has ended and can no longer be changed.")
    if page in ONCE_STARTED and residency.started_on is not None:
        raise StepRefused("This has started. Open it again to see where this is changed from now on.")
    organisations = {"host", "academic_home", "own_reference"}
    before, texts = _facts_of(residency), {name: getattr(residency, name) for name in _TEXTS}
    for name in set(answers) - organisations:
        setattr(residency, name, answers[name])
    residency.save()
    if "host" in answers:
        change_lead_host(residency, answers["host"], on)
    if "academic_home" in answers:
        set_organisation(residency, OrganisationPart.ACADEMIC_HOME, answers["academic_home"])
    if "own_reference" in answers:
        lead = ResidencyOrganisation.objects.filter(residency=residency, part=OrganisationPart.LEAD_HOST)
        lead.update(own_reference=answers["own_reference"])
    audit.record(
        by,
        "residency.registration_saved",
        str(residency),
        place_of(residency),
        on_behalf_of=on_behalf_of,
        details={
            "page": page,
            "fields": sorted(answers),
            "from_to": _changed(before, _facts_of(residency)),
            "rewritten": [name for name in texts if texts[name] != getattr(residency, name)],
        },
    )
    return residency


# what the history tells with the value it had and the one it has: dates, numbers, choices, names and a few words
_TOLD: Final = (
    "title site planned_start planned_end decision_by days_a_week direction host_manager_name host_manager_email "
    "host_supervisor_name host_supervisor_email academic_supervisor_name academic_supervisor_email "
    "second_supervisor_name second_supervisor_email researcher_name people_not_known money_who_pays money_amount "
    "money_held_by money_cost_code money_confirmed"
).split()
# longer ones, of which it tells no more than that they are others now
_TEXTS: Final = ("problem", "decision", "difference", "how_known", "fairer_for")


def _facts_of(residency: Residency) -> dict[str, object]:
    values = {name: getattr(residency, name) for name in _TOLD}
    found: dict[str, object] = {k: one[:200] if isinstance(one, str) else one for k, one in values.items()}
    found["theme"] = residency.theme.name[:200] if residency.theme else ""
    found["topics"] = ", ".join(residency.topics)[:200]
    if residency.days_a_week is not None:
        found["days_a_week"] = f"{residency.days_a_week.normalize():f}"
    parts = {OrganisationPart.LEAD_HOST: "host", OrganisationPart.ACADEMIC_HOME: "academic_home"}
    for row in residency.organisations.select_related("organisation"):
        if name := parts.get(OrganisationPart(row.part)):
            found.setdefault(name, row.organisation.display_name[:200])  # the first home stands for all
    return found


def _changed(before: dict[str, object], after: dict[str, object]) -> list[list[object]]:
    """[field, what it was, what it is] of each that is another now."""
    names = sorted({*before, *after})
    return [
        [name, before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)
    ]


@transaction.atomic
def submit(
    *, residency: Residency, by: Person, on: datetime.date, at: datetime.datetime, version: int | None = None
) -> StageChange:
    """Sends it for approval, tells those who decide, and asks a named manager who did not fill it in to confirm it
    by link. StepRefused while something that is asked for is missing; Changed if it is not what `by` has seen."""
    if version is not None:
        check_version(residency, version)
    needed = missing.before_sending(residency)
    if needed:
        raise StepRefused(needed[0].words)
    manager = acting_for(residency, by)
    change = take_step(residency, "submit", by=by, on=on, on_behalf_of=manager)
    residency.submitted_at = at
    residency.confirmed_by_manager_at = at if is_manager(residency, by) else None
    residency.save(update_fields=["submitted_at", "confirmed_by_manager_at"])
    audit.record(by, "residency.submitted", str(residency), place_of(residency), on_behalf_of=manager)
    notices.tell_approvers(residency, change)
    if manager is not None:
        notices.ask_manager(residency, by)
    return change


@transaction.atomic
def copy_residency(
    *,
    earlier: Residency,
    title: str,
    host: Organisation,
    by: Person,
    on: datetime.date,
    answers: Mapping[str, Any],
) -> Residency:
    """A second residency like an earlier one: `answers` are the fields that differ, everything in COPIED is kept, and
    so are the further hosts, the academic homes and the funders. InBothParts for what V-4 forbids."""
    residency = save_idea(
        programme=earlier.programme, title=title, host=host, by=by, on=on, theme=earlier.theme
    )
    for name in COPIED:
        setattr(residency, name, getattr(earlier, name))
    for name, value in answers.items():
        setattr(residency, name, value)
    residency.save()
    for row in earlier.organisations.all():
        leads_now = row.part == OrganisationPart.HOST and row.organisation == host
        if row.part != OrganisationPart.LEAD_HOST and not leads_now:
            refuse_both_parts(residency, row.part, row.organisation)
            residency.organisations.create(part=row.part, organisation=row.organisation)
    audit.record(
        by, "residency.copied", str(residency), place_of(residency), details={"earlier": earlier.code}
    )
    return residency
