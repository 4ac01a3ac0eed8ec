"""The pages of co-production: projects, their partners, what was contributed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.nhsuk.forms import NhsForm
from programmes.access import scope_of
from programmes.coproduction import actions, notices, reading
from programmes.coproduction.forms import (
    AgreedForm,
    ContributionForm,
    NewProjectForm,
    PartnerForm,
    ProjectForm,
    project_values,
)
from programmes.lifecycle import StepRefused


@require_safe
def projects(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    scope = scope_of(request)
    residency = scope.residency(slug, code)
    context = {
        "residency": residency,
        "projects": [(one, actions.still_to_record(one)) for one in reading.projects_of(residency)],
        "may_edit": scope.can("edit_projects", residency),
    }
    return render(request, "coproduction/projects.jinja", context)


@require_safe
def project(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    scope = scope_of(request)
    residency = scope.residency(slug, code)
    found = reading.project_of(residency, pk)
    context = {
        "residency": residency,
        "project": found,
        "view": reading.project_view(found),
        "still_to_record": actions.still_to_record(found),
        "untold": _untold(found),
        "may_edit": scope.can("edit_projects", residency),
    }
    return render(request, "coproduction/project.jinja", context)


def project_new(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    residency = scope_of(request).residency(slug, code, permission="edit_projects")
    today = timezone.localdate()
    form = NewProjectForm(request.POST or None, initial={"started_on": today})
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            made = actions.add_project(residency=residency, words=form.words(), by=request.person, on=today)
            return reverse("project", args=[slug, code, made.pk])

        return _done(request, form, deed, "Saved: the project is added")
    return render(request, "coproduction/project_form.jinja", {"residency": residency, "form": form})


def project_edit(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    residency = scope_of(request).residency(slug, code, permission="edit_projects")
    found = reading.project_of(residency, pk)
    form = ProjectForm(
        request.POST or None, initial=project_values(found), version=found.version, project=found
    )
    changed = False
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            actions.change_project(
                project=found,
                words=form.words(),
                version=form.cleaned_data["version"],
                by=request.person,
                on=timezone.localdate(),
            )
            return reverse("project", args=[slug, code, pk])

        try:
            return _done(request, form, deed, "Saved")
        except Changed:
            changed, found = True, reading.project_of(residency, pk)
            form.renew(found.version)
        except StepRefused as refused:
            form.add_error(None, str(refused))
    context = {"residency": residency, "project": found, "form": form, "changed": changed}
    return render(request, "coproduction/project_form.jinja", context | {"untold": _untold(found)})


def partner_add(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="edit_projects")
    found = reading.project_of(residency, pk)
    reach = scope.residencies(residency.programme, permission="edit_projects")
    form = PartnerForm(request.POST or None, known=reading.partners_to_choose(found, reach))
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            actions.add_partner(
                project=found, partner=form.chosen(), by=request.person, on=timezone.localdate()
            )
            return reverse("project", args=[slug, code, pk])

        return _done(request, form, deed, "Saved: the partner is added")
    context = {"residency": residency, "project": found, "form": form}
    return render(request, "coproduction/partner_form.jinja", context)


def contribution_add(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    residency = scope_of(request).residency(slug, code, permission="edit_projects")
    found = reading.project_of(residency, pk)
    partners = reading.partners_of(found)
    form = ContributionForm(
        request.POST or None, partners=partners, initial={"on": timezone.localdate(), "stage": found.stage}
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.add_contribution(
                project=found,
                partner=form.partners[typed["partner"]],
                stage=typed["stage"],
                mode=typed["mode"],
                on=typed["on"],
                description=typed["description"],
                what_changed=typed["what_changed"],
                by=request.person,
            )
            return reverse("project", args=[slug, code, pk])

        return _done(request, form, deed, "Saved: the contribution is recorded")
    context = {"residency": residency, "project": found, "form": form, "partners": partners}
    return render(request, "coproduction/contribution_form.jinja", context)


def contribution_agreed(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Writes down that a partner, to whom it was read back, agrees."""
    residency = scope_of(request).residency(slug, code, permission="edit_projects")
    contribution = reading.contribution_of(residency, pk)
    form = AgreedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            actions.agree_on_behalf(
                contribution=contribution,
                read_back=form.cleaned_data["read_back"],
                by=request.person,
                at=timezone.now(),
            )
            return reverse("project", args=[slug, code, contribution.project_id])

        return _done(request, form, deed, "Saved: the partner agrees")
    context = {"residency": residency, "contribution": contribution, "form": form}
    return render(request, "coproduction/agreed.jinja", context)


def _untold(project: Any) -> str:
    """The hosts of whose research office nobody would be told that the kind of work changes (V-41)."""
    asks = actions.asks_note(project)
    return notices.hosts_without_office(project.residency, timezone.localdate()) if asks else ""


def _done(request: SignedInRequest, form: NhsForm, deed: Callable[[], str], said: str) -> HttpResponse:
    """Does the deed once and says so on the page it leads to."""
    url = once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
    messages.success(request, said)
    return redirect(url)
