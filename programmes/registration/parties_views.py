"""The pages about organisations: all of them, another one, one of them, and the direction."""

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
from embedded.drafts import Changed, led_before, once
from embedded.nhsuk.forms import NhsForm
from programmes.access import scope_of
from programmes.lifecycle import StepRefused
from programmes.registers.field import learn_from
from programmes.registration import parties
from programmes.registration.parties_forms import DirectionForm, PartyForm, ReferenceForm
from programmes.registration.reading import organisations_of, party_of


@require_safe
def residency_organisations(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Every host and academic home with its own reference, and who goes where."""
    residency = scope_of(request).residency(slug, code, permission="edit_registration")
    context = {
        "residency": residency,
        "rows": organisations_of(residency),
        "both": parties.in_both_parts(residency),
    }
    return render(request, "registration/organisations.jinja", context)


def residency_organisation_add(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Another host or academic home."""
    residency = scope_of(request).residency(slug, code, permission="edit_registration")
    form = PartyForm(request.POST or None, version=residency.version)

    def deed(typed: dict[str, Any]) -> str:
        row = parties.add_organisation(
            residency=residency,
            part=typed["part"],
            organisation=typed["organisation"],
            own_reference=typed["own_reference"],
            by=request.person,
            on=timezone.localdate(),
            version=typed["version"],
        )
        learn_from(form, by=request.person)
        return f"Added: {row.organisation}"

    context = {"residency": residency, "heading": "Add an organisation", "button_text": "Add it"}
    return _page(request, context, form, "organisation", deed)


def residency_organisation(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """One of them: its own reference; a host can become the lead host, and all but the lead host can go."""
    residency = scope_of(request).residency(slug, code, permission="edit_registration")
    if before := _sent_before(request):
        return redirect(before)
    row = party_of(residency, pk)
    form = ReferenceForm(
        request.POST or None, initial={"own_reference": row.own_reference}, version=residency.version
    )

    def deed(typed: dict[str, Any]) -> str:
        claim = {"row": row, "by": request.person, "version": typed["version"]}
        if "remove" in request.POST:
            parties.remove_organisation(**claim)
            return f"Removed: {row.organisation}"
        if "lead" in request.POST:
            parties.make_lead(**claim)
            return f"Lead host: {row.organisation}"
        parties.change_reference(own_reference=typed["own_reference"], **claim)
        return f"Saved: {row.organisation}"

    context = {"residency": residency, "heading": str(row.organisation), "button_text": "Save", "row": row}
    return _page(request, context, form, "own_reference", deed)


def residency_direction(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Who goes where, with what each answer changes."""
    residency = scope_of(request).residency(slug, code, permission="edit_registration")
    form = DirectionForm(
        request.POST or None, initial={"direction": residency.direction}, version=residency.version
    )

    def deed(typed: dict[str, Any]) -> str:
        parties.set_direction(
            residency=residency,
            direction=typed["direction"],
            by=request.person,
            version=typed["version"],
        )
        return "Saved: the direction"

    context = {"residency": residency, "heading": "Direction", "button_text": "Save"}
    return _page(request, context, form, "direction", deed)


def _page(
    request: SignedInRequest,
    context: dict[str, Any],
    form: NhsForm,
    blamed: str,
    deed: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """One form: pressed once, refused in words beside the field `blamed`, or changed meanwhile and asked again."""
    residency = context["residency"]
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            messages.success(request, deed(form.cleaned_data))
            return _back(request, residency)

        try:
            key = form.cleaned_data["form_key"]
            return redirect(once(key, by=request.person, deed=do, content=request.POST))
        except StepRefused as refused:
            form.add_error(blamed, str(refused))
        except Changed:
            residency.refresh_from_db()
            context["changed"] = organisations_of(residency)
            form.renew(residency.version)
    return render(request, "registration/organisation.jinja", context | {"form": form})


def _sent_before(request: SignedInRequest) -> str:
    """Where a second press leads after the first took the organisation out."""
    key = request.POST.get("form_key")
    return led_before(key, by=request.person, content=request.POST) if key else ""


def _back(request: SignedInRequest, residency: Any) -> str:
    """The list of organisations; somebody whose own host has gone reaches no more than the programme."""
    programme = residency.programme
    if scope_of(request).residencies(programme).filter(pk=residency.pk).exists():
        return reverse("residency_organisations", args=[programme.slug, residency.code])
    return reverse("residencies", args=[programme.slug])
