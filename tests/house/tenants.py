"""A second tenant that is full (P3): one and another of everything, and a word in every text of it that nobody else
may ever read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from embedded.files.models import MadeFile
from embedded.jobs.models import Job
from embedded.post.models import Letter
from programmes.models import (
    Agreement,
    ClassificationChange,
    ClosingTask,
    HostRule,
    LookingBack,
    Organisation,
    OrganisationName,
    PermissionAnswer,
    ProgrammeVisit,
    QuietAddress,
    RegisterLoad,
    StartOverride,
)
from tests.house.addresses import Things, things_in
from tests.house.growing import one_more_of_everything
from tests.house.shapes import Ids, known_ids, our_models
from tests.reports.telling import ask, keep_made
from tests.world import World, make_residency

CANARY: Final = "quokka4417"

# The directory of organisations is everybody's: it is a register, and holds nothing of anybody's work. Whether an
# address wants a weekly letter belongs to whoever reads there, in whichever programme.
SHARED: Final = (Organisation, OrganisationName, QuietAddress, RegisterLoad)
# Text that people type, or that is made of it. The others hold codes, hashes and ciphertext; the trail of events is
# never changed, and speaks of the rest by the names that they have.
TYPED_IN: Final = ("accounts.Person", "files.MadeFile", "jobs.Job", "post.Letter")
# Codes that stand in addresses or are asked for by name.
CODES: Final = {
    "programmes.Programme": {"slug", "code_prefix", "rules_on"},
    "programmes.Residency": {"code", "money_confirmed"},
    "files.MadeFile": {"sha256", "media_type"},
    "jobs.Job": {"kind", "key", "state"},
    "programmes.ShelfLink": {"address"},
    "post.Letter": {"key", "to", "template", "state"},
}


@dataclass
class Tenant:
    """A programme's things, and the number of every row that came into the database with it."""

    things: Things
    ids: Ids
    told: int

    def numbers(self, model: type[models.Model]) -> list[int]:
        return sorted(self.ids.get(model, ()))


def full_tenant(world: World, known: Ids, canary: str = CANARY) -> Tenant:
    """Fills a world that was made after `known` was taken."""
    things = things_in(world, canary)
    sent = make_residency(world.programme, world.host, "scoping", created_by=world.people["host_manager"])
    one_more_of_everything(things, sent)
    _seldom(world)
    told = say_everywhere(known, canary)
    for one in vars(things).values():
        if isinstance(one, models.Model):
            one.refresh_from_db()
    world.residency.refresh_from_db()
    things.report = keep_made(ask(world, prepared_for=f"{canary} board"))
    for person in world.people.values():
        person.refresh_from_db()
    return Tenant(things, new_since(known), told)


def _seldom(world: World) -> None:
    """What hardly any residency has."""
    lead, today, now = world.people["programme_lead"], timezone.localdate(), timezone.now()
    Agreement.objects.create(
        residency=world.residency, kind="hosting_agreement", signed_on=today, kept_at="R&D", covers=["data"]
    )
    StartOverride.objects.create(
        placement=world.placement, by=lead, on=today, why="The letter is in the post"
    )
    ProgrammeVisit.objects.create(programme=world.programme, person=lead, began_at=now)
    HostRule.objects.create(
        programme=world.programme,
        host=world.host,
        case="not_nhs",
        words="x",
        said_by_name="x",
        said_on=today,
        recorded_by=lead,
    )
    PermissionAnswer.objects.create(placement=world.placement, host=world.host, words="x", by=lead, on=today)
    project = world.residency.projects.first()
    assert project
    ClassificationChange.objects.create(
        project=project, old="research", new="clinical_audit", note="x", on=today, by=lead
    )
    ClosingTask.objects.create(residency=world.residency, kind="work", owner_name="Sam", recorded_by=lead)
    LookingBack.objects.create(residency=world.residency, months=12, carried_on_by="Ward 9")


def new_since(known: Ids) -> Ids:
    """The rows that came later."""
    return {model: found - known[model] for model, found in known_ids().items()}


def say_everywhere(known: Ids, canary: str) -> int:
    """Puts the word into every text of every row that came later; gives how many texts now hold it."""
    told = 0
    for model in our_models():
        if model in SHARED or not (model._meta.app_label == "programmes" or model._meta.label in TYPED_IN):
            continue
        fields = [field for field in model._meta.concrete_fields if _takes(field, canary)]
        for row in model._default_manager.exclude(pk__in=known[model]):
            told += sum(_said(row, field, canary) for field in fields)
    return told


def _takes(field: Any, canary: str) -> bool:
    if field.choices or field.primary_key or field.name in CODES.get(field.model._meta.label, ()):
        return False
    if isinstance(field, ArrayField):
        return isinstance(field.base_field, models.CharField)
    return (
        isinstance(field, (models.CharField, models.TextField))
        and (field.max_length or 999) > len(canary) + 8
    )


def _said(row: models.Model, field: Any, canary: str) -> bool:
    """False where a rule of the record forbids words there, as with the plain text of a sealed note."""
    words: Any = f"{canary} {field.name} {row.pk}"[: field.max_length]
    if isinstance(field, models.EmailField):
        words = f"{canary}.{row.pk}@people.example"
    if isinstance(field, ArrayField):
        words = [f"{canary} {field.name}"]
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{field.name: words})
    except IntegrityError:
        return False
    return True


def of_nobody_else() -> tuple[type[models.Model], ...]:
    """The models whose rows belong to one tenant alone."""
    of_programmes = (model for model in our_models() if model._meta.app_label == "programmes")
    return (*(model for model in of_programmes if model not in SHARED), Job, Letter, MadeFile)
