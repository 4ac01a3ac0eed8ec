"""Brings 2,000 residencies in by file in this process, as a worker would, and prints what it took as JSON."""

from __future__ import annotations

import json
import resource
import time
from dataclasses import asdict
from typing import Final

import django

ROWS: Final = 2_000
FIRST_YEAR: Final = 2019
YEARS: Final = 6  # a programme has codes for 999 residencies of a year
HEAD: Final = "Title;Host;Stage;Start;End;Researcher;Researcher's email;Days a week"


def file_of(rows: int, hosts: list[str]) -> bytes:
    lines = [
        f"Residency {n};{hosts[n % len(hosts)]};running;{1 + n % 28}/9/{FIRST_YEAR + n % YEARS};31/8/2040;"
        f"Person {n};person.{n}@university.example;2.5"
        for n in range(rows)
    ]
    return "\r\n".join([HEAD, *lines]).encode()


def main() -> None:
    django.setup()
    from django.utils import timezone

    from embedded.accounts.models import Person, User
    from embedded.jobs import running
    from embedded.jobs.models import Job
    from embedded.tables.reading.bounds import Bounds
    from embedded.tables.reading.opening import TABLES, run_child
    from programmes.intake import actions
    from programmes.intake.columns import VOCABULARY
    from programmes.models import Membership, Organisation, Programme, Residency, ResidencyFile

    user = User.objects.create(email="lead@programme.example")
    lead = Person.objects.create(user=user, display_name="Lead", email=user.email)
    home = Organisation.objects.filter(kind="hei").order_by("pk")[0]
    today = timezone.localdate()
    programme = Programme.objects.create(
        slug="by-file", code_prefix="FIL", name="By file", start=today, lead_organisation=home
    )
    Membership.objects.create(
        person=lead, programme=programme, role="programme_lead", start=today, accepted_at=timezone.now()
    )
    trusts = (
        Organisation.objects.live()
        .filter(scheme="ods", kind="nhs_foundation_trust", code__regex="[0-9]")
        .order_by("pk")
    )
    content = file_of(ROWS, list(trusts.values_list("code", flat=True)[:10]))
    began = time.perf_counter()
    file = actions.hand_in(programme=programme, content=content, name="rows.csv", by=lead, at=timezone.now())
    running.run(file.job_id or 0)
    checked = time.perf_counter() - began
    actions.ask_to_bring_in(file=ResidencyFile.objects.get(pk=file.pk), by=lead)
    while job := Job.objects.filter(kind=actions.IMPORT, state="waiting").first():
        running.run(job.pk)
    took = time.perf_counter() - began
    *_, said = run_child(TABLES, {"vocabulary": asdict(VOCABULARY)}, content, Bounds())
    print(
        json.dumps(
            {
                "residencies": Residency.objects.filter(programme=programme).count(),
                "checked": checked,
                "seconds": took,
                "worker_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "opening_mib": said["peak_kib"] / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
