"""The presses of the work itself: the log, projects, what was used, reports, the dashboard."""

from __future__ import annotations

import datetime
from uuid import uuid4

from django.utils import timezone

from embedded.jobs.models import Job
from programmes.measures.period import closed_months
from programmes.reports.actions import ask_for_report
from tests.coproduction.test_projects import dated
from tests.coproduction.test_projects import typed as project_typed
from tests.evidence.test_uses import typed as use_typed
from tests.house.addresses import Things
from tests.house.handed import HEAD, Again, one_row
from tests.house.live import live_links
from tests.house.pressing import NOBODY, Press, at, press
from tests.logbook.test_log import typed as log_typed
from tests.registration.filled import TODAY, boxes, key
from tests.reports.telling import fail
from tests.reports.telling import typed as report_typed


@press
def log(things: Things) -> Press:
    return Press("researcher", at(things, "log"), log_typed())


@press
def log_entry(things: Things) -> Press:
    return Press("researcher", at(things, "log_entry"), log_typed(what="Met them again", version="1"))


@press
def log_remove(things: Things) -> Press:
    return Press("researcher", at(things, "log_remove"), {"form_key": key()})


@press
def away(things: Things) -> Press:
    until = TODAY + datetime.timedelta(days=3)
    typed = boxes("start", TODAY) | boxes("end", until) | {"form_key": key()}
    return Press("researcher", at(things, "away"), typed)


@press
def project_new(things: Things) -> Press:
    return Press("researcher", at(things, "project_new"), project_typed())


@press
def project_edit(things: Things) -> Press:
    return Press("researcher", at(things, "project_edit"), project_typed(version="1"))


@press
def contribution_agreed(things: Things) -> Press:
    typed = {"form_key": key(), "read_back": "telephone"}
    return Press("researcher", at(things, "contribution_agreed"), typed)


@press
def partner_add(things: Things) -> Press:
    typed = {"form_key": key(), "partner": "new", "name": "Maureen Bell", "kind": "carer"}
    return Press("researcher", at(things, "partner_add"), typed)


@press
def contribution_add(things: Things) -> Press:
    typed = {
        "form_key": str(uuid4()),
        "partner": str(things.partner.pk),
        "stage": "design",
        "mode": "collaborated",
        "description": "Said that letters come too late",
        "what_changed": "Nothing",
    }
    return Press("researcher", at(things, "contribution_add"), typed | dated("on"))


@press
def use_new(things: Things) -> Press:
    return Press("researcher", at(things, "use_new"), use_typed())


@press
def use(things: Things) -> Press:
    typed = {"email": "director@hospital.example", "form_key": key()}
    return Press("researcher", at(things, "use"), typed)


@press
def use_confirm(things: Things) -> Press:
    typed = {"name": "Priya Shah", "form_key": key()}
    return Press(NOBODY, live_links(things)["use_confirm"], typed, lands=200)


@press
def reports(things: Things) -> Press:
    return Press("programme_lead", at(things, "reports"), report_typed())


@press
def report(things: Things) -> Press:
    """Tries again what could not be made."""
    things.report = ask_for_report(
        programme=things.world.programme,
        theme=None,
        period=closed_months(TODAY, 12),
        prepared_for="",
        by=things.world.people["programme_lead"],
        at=timezone.now(),
    )
    fail(things.report)
    assert Job.objects.get(pk=things.report.job_id).state == "failed"
    return Press("programme_lead", at(things, "report"), {"form_key": key()})


@press
def figures(things: Things) -> Press:
    typed = {"rule": "R04", "state": "off", "form_key": key()}
    return Press("programme_lead", at(things, "figures"), typed)


@press
def residency_files(things: Things) -> Press:
    content = HEAD.encode() + one_row("By file", things.world.host.code)
    typed = {"form_key": key(), "file": Again("residencies.csv", content)}
    return Press("programme_officer", at(things, "residency_files"), typed)


@press
def residency_file(things: Things) -> Press:
    """Brings in the rows that are ready."""
    return Press("programme_officer", at(things, "residency_file"), {"form_key": key()})
