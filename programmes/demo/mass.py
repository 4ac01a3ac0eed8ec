"""The demonstration at any scale: around the story, a mass of made-up residencies under the same constraints."""

from __future__ import annotations

import datetime
import random
import time
from typing import Final

from django.db import connection

from embedded import audit
from programmes.demo import cast
from programmes.demo.mass_lives import Scale, day_of, first_day, lives
from programmes.demo.mass_log import Keeper, Say, keep_log
from programmes.demo.mass_places import make_hosts
from programmes.demo.mass_posts import fill_posts
from programmes.demo.mass_records import Made, Setting, make_residencies
from programmes.demo.mass_steps import take_steps
from programmes.demo.mass_work import record_uses, sign_agreements, start_projects
from programmes.models import Activity, Membership, Organisation, Programme, Role

HOMES: Final = "hei"


def told_already(programme: Programme) -> Scale:
    """How much of it there is by the story alone."""
    return Scale(
        programme.residencies.count(), Activity.objects.filter(residency__programme=programme).count()
    )


def add_the_mass(programme: Programme, more: Scale, *, today: datetime.date, seed: int, say: Say) -> None:
    """Adds `more` to a programme whose story was told on the same day. The same for the same seed and day; the caller
    sees to it that it is added once. `say` is told how far it has come, for people to read."""
    chance = random.Random(f"mass {seed}")  # noqa: S311 (a story, not a secret)
    found = lives(chance, more.residencies)
    setting = _setting(chance, programme, more, today)
    say(f"Adding {more.residencies:,} residencies at {len(setting.hosts)} hosts")
    made = make_residencies(chance, setting, found)
    take_steps(setting, made)
    placements = fill_posts(chance, setting, made)
    sign_agreements(chance, setting, made)
    projects = start_projects(chance, setting, made)
    record_uses(chance, setting, made, projects)
    keepers = [
        Keeper(
            one.plan.life,
            one.residency,
            placements[one.residency.pk],
            one.plan.host.organisation.pk,
            projects[one.residency.pk],
        )
        for one in made
        if one.plan.life.begun
    ]
    _log(random.Random(f"log {seed}"), keepers, more.activities, setting, say)  # noqa: S311 (as above)
    _finish(setting, made)


def _setting(chance: random.Random, programme: Programme, more: Scale, today: datetime.date) -> Setting:
    """The programme must have begun before the first of these was registered."""
    first = first_day(more.residencies)
    begun = day_of(today, first - 180)
    if programme.start > begun:
        programme.start = begun
        programme.save(update_fields=["start"])
    lead = Membership.objects.get(
        programme=programme, role=Role.PROGRAMME_LEAD, person__email=cast.LEAD.email
    ).person
    return Setting(
        programme=programme,
        lead=lead,
        homes=list(Organisation.objects.filter(is_made_up=True, kind=HOMES).order_by("pk")),
        hosts=make_hosts(chance, more.residencies, programme, begun),
        today=today,
        first=first,
        themes=list(programme.themes.order_by("pk").values_list("pk", flat=True)),
    )


def _log(chance: random.Random, keepers: list[Keeper], count: int, setting: Setting, say: Say) -> None:
    say(f"Logging {count:,} activities")
    began = time.perf_counter()
    keep_log(chance, keepers, count, today=setting.today, first=setting.first, say=say)
    say(f"Logged {count:,} activities in {time.perf_counter() - began:.1f} s")


def _finish(setting: Setting, made: list[Made]) -> None:
    """One line in the audit trail for all of it, and statistics, so that queries are planned for what is there."""
    programme = setting.programme
    audit.record(
        setting.lead,
        "demonstration.filled",
        f"{len(made)} residencies in bulk",
        f"p/{programme.slug}",
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
