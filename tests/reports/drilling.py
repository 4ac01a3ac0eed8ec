"""What drills of reports ask for and count: reports asked for by the page, and each of them there exactly once."""

from __future__ import annotations

from typing import Any

from embedded.audit.models import Event
from embedded.files.models import MadeFile
from embedded.jobs.models import Job
from embedded.post.models import Letter
from programmes.models import Report
from tests.reports.telling import press
from tests.world import World

ASKERS = ("programme_lead", "programme_officer", "theme_lead")
PREPARED = "Your report is being prepared"


def asked(world: World, role: str = "programme_lead", **fields: Any) -> Report:
    """By the page, as people do."""
    answer = press(world.client(role), world.programme, **fields)
    assert answer.status_code == 302
    return Report.objects.select_related("job").get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


def asked_in_turn(world: World, number: int) -> Report:
    """The report of this number: another reader each, and by another person than the one before, as nobody may
    have more than ten waiting."""
    role = ASKERS[number % len(ASKERS)]
    about = str(world.residency.theme_id) if role == "theme_lead" else "whole"
    return asked(world, role, about=about, prepared_for=f"Reader {number}")


def asker_of(world: World, report: Report) -> str:
    """The role in the world of the person who asked."""
    return next(role for role, person in world.people.items() if person.pk == report.asked_by_id)


def job_of(report: Report) -> Job:
    assert report.job
    return report.job


def assert_made_once(*reports: Report) -> None:
    """One row, one job, one file, one letter, one event a report, and each of them readable."""
    keys = sorted(report.pk for report in reports)
    assert sorted(Report.objects.filter(made_at__isnull=False).values_list("pk", flat=True)) == keys
    assert Report.objects.count() == Job.objects.filter(kind="programme_report").count() == len(keys)
    assert MadeFile.objects.count() == len(keys)
    letters = Letter.objects.filter(key__startswith="report-").values_list("key", flat=True)
    assert sorted(letters) == sorted(f"report-made-{key}" for key in keys)
    events = Event.objects.filter(deed="report.made").values_list("place", flat=True)
    assert sorted(place.rpartition("/")[2] for place in events) == sorted(str(key) for key in keys)
