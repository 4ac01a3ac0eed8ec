"""The pages on which a job description is read, approved and downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from embedded.drafts import Changed, once
from embedded.files import Damaged, response
from programmes.access import scope_of
from programmes.founding import place_of
from programmes.recruitment import actions, present, reading
from programmes.recruitment.content import Content
from programmes.recruitment.forms import PressForm

if TYPE_CHECKING:
    from programmes.models import JobDescription, Residency

WRITE: Final = "write_job_description"
APPROVE: Final = "approve_job_description"


@require_safe
def job_description(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The newest version, or how to begin."""
    residency = scope_of(request).residency(slug, code)
    return _show(request, residency, reading.newest_of(residency))


def version(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """One version, as it was; a press has its files made, or sends it to whoever may approve it."""
    needed = WRITE if request.method == "POST" else "see_residency"
    residency = scope_of(request).residency(slug, code, permission=needed)
    found = reading.version_of(residency, pk)
    if request.method == "POST":
        return _press(request, found)
    return _show(request, residency, found)


def _press(request: SignedInRequest, found: JobDescription) -> HttpResponse:
    form = PressForm(request.POST)
    form.is_valid()

    def deed() -> str:
        if request.POST.get("press") == "send":
            actions.send_for_approval(description=found, by=request.person, at=timezone.now())
        elif found.own_form is None:
            actions.ask_for_files(description=found, by=request.person)
        return found.get_absolute_url()

    try:
        return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))
    except actions.NotNow as refused:
        messages.info(request, str(refused))
        return redirect(found.get_absolute_url())


def _show(request: SignedInRequest, residency: Residency, found: JobDescription | None) -> HttpResponse:
    scope, versions = scope_of(request), reading.versions_of(residency)
    content = Content.from_json(found.content if found else {})
    newest = found is not None and found.number == versions[0].number
    may_write = scope.can(WRITE, residency)
    context = {
        "residency": residency,
        "description": found,
        "view": present.view(found, versions) if found else None,
        "versions": [present.line(one, versions) for one in versions],
        "may_list": scope.can_in_programme("see_programme", residency.programme),
        "may_write": may_write,
        "may_change": may_write and newest and found is not None and found.own_form is None,
        "ways": present.ways_to_change(residency, content),
        "criteria": present.criteria_by_heading(content),
        "employer": present.another_employer(residency, content) if found and not found.own_form else "",
        "form": PressForm(),
    }
    if newest and found is not None and found.approved_at is None:
        context |= _approval(found, may_write=may_write, may_approve=scope.can(APPROVE, residency))
    return render(request, "recruitment/job_description.jinja", context)


def _approval(found: JobDescription, *, may_write: bool, may_approve: bool) -> dict[str, Any]:
    """How the newest draft comes to be approved: who was asked already, and what the reader can do about it."""
    asked, content = reading.asked_about(found), Content.from_json(found.content)
    waits = asked is not None and asked.stands
    return {
        "asked": asked,
        "may_approve": may_approve,
        "may_send": may_write and not may_approve and not waits and not content.untied(),
        "sending": PressForm(),
    }


def approve(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Says what is being approved and what is in the way; then one press."""
    residency = scope_of(request).residency(slug, code, permission=APPROVE)
    found = reading.version_of(residency, pk)
    form = PressForm(request.POST or None, version=found.version)
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_approve(request, found, form))
        except Changed:
            changed, found = True, reading.version_of(residency, pk)
            form.renew(found.version)
        except actions.NotNow as refused:
            messages.info(request, str(refused))
            return redirect(found.get_absolute_url())
    if found.approved_at is not None:
        return redirect(found.get_absolute_url())
    view = present.view(found, reading.versions_of(residency))
    context = {"residency": residency, "view": view, "form": form, "changed": changed}
    return render(request, "recruitment/approve.jinja", context)


def _approve(request: SignedInRequest, found: JobDescription, form: PressForm) -> str:
    typed = form.cleaned_data

    def deed() -> str:
        actions.approve(description=found, version=typed["version"], by=request.person, at=timezone.now())
        messages.success(request, f"Approved: version {found.number} of the job description")
        return reverse("job_description", args=[found.residency.programme.slug, found.residency.code])

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


@require_safe
def download(request: SignedInRequest, slug: str, code: str, pk: int, kind: str) -> HttpResponse:
    """One of its files, to whoever may read the residency at this moment; always saved, never shown (P28)."""
    residency = scope_of(request).residency(slug, code)
    found = reading.version_of(residency, pk)
    kept = {"pdf": found.pdf, "word": found.word, "form": found.own_form}.get(kind)
    if kept is None:
        raise Http404("This version has no such file")
    try:
        answer = response(kept)
    except Damaged:
        messages.error(request, "This file cannot be read any more.")
        return redirect(found.get_absolute_url())
    record_read(request.person, "job_description", str(found), place_of(residency), details={"form": kind})
    return answer
