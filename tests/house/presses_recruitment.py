"""The presses of recruiting: a job description begun, changed, handed in, approved, printed."""

from __future__ import annotations

from tests.house.addresses import Things
from tests.house.pressing import Press, at, press
from tests.recruitment.begun import SMALL_PDF, Sent, typed_criterion, typed_texts
from tests.registration.filled import key


@press
def job_description_new(things: Things) -> Press:
    typed = {"variant": "nhs", "seniority": "senior", "form_key": key()}
    return Press("host_manager", at(things, "job_description_new"), typed)


@press
def job_description_own_form(things: Things) -> Press:
    typed = {"form_key": key(), "file": Sent(SMALL_PDF)}
    return Press("hr", at(things, "job_description_own_form"), typed)


@press
def job_description_page(things: Things) -> Press:
    typed = typed_texts() | {"version": "1", "form_key": key()}
    return Press("academic_supervisor", at(things, "job_description_page"), typed)


@press
def job_description_criterion_new(things: Things) -> Press:
    typed = typed_criterion(duties="1", by="task") | {"version": "1", "form_key": key()}
    return Press("host_manager", at(things, "job_description_criterion_new"), typed)


@press
def job_description_criterion(things: Things) -> Press:
    typed = typed_criterion(duties="1", by="task") | {"version": "1", "form_key": key()}
    return Press("host_manager", at(things, "job_description_criterion"), typed)


@press
def job_description_version(things: Things) -> Press:
    """Has the files made, where there are none."""
    things.job_description.pdf = None
    things.job_description.save(update_fields=["pdf"])
    return Press("host_manager", at(things, "job_description_version"), {"form_key": key()})


@press
def job_description_approve(things: Things) -> Press:
    typed = {"version": "1", "form_key": key()}
    return Press("programme_lead", at(things, "job_description_approve"), typed)
