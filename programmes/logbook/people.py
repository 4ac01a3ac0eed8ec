"""My own list of names: found by three letters while typing, put right, taken out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.vault import Sealer
from programmes.access import Scope, scope_of
from programmes.entries import people_met
from programmes.logbook import reading
from programmes.logbook.short_forms import NameForm, RemoveForm


@never_cache
@require_POST
def people_find(request: SignedInRequest) -> JsonResponse:
    """The names in which these letters stand. By POST, so that no letters of a name stand in an address."""
    names = reading.names_found(_logging(request), request.POST.get("letters", "")[:120])
    return JsonResponse({"names": names})


@never_cache
@require_safe
def log_people(request: SignedInRequest) -> HttpResponse:
    """All of my list; it stays mine when the post is over."""
    people = people_met.listed(request.person)
    if not people:
        _logging(request)
    return render(request, "logbook/people.jinja", {"people": people})


@never_cache
def log_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Puts one name right, or takes it out of the list and of every entry."""
    person = request.person
    if request.method == "POST" and "remove" in request.POST:
        return _take_out(request, pk)
    contact = reading.own_contact(person, pk)
    names = people_met.names_of([contact], Sealer(person))
    form = NameForm(
        request.POST or None,
        initial={
            "name": names[0] if names else "",
            "kind": contact.kind,
            "organisation": str(contact.organisation_id or ""),
        },
        is_taken=lambda name: people_met.is_taken(person, name, contact),
        organisations=people_met.organisations(person),
        version=contact.version,
    )
    kept: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_put_right(request, contact, form))
        except Changed:
            contact = reading.own_contact(person, pk)
            kept = people_met.names_of([contact], Sealer(person)) or [people_met.LOST]
            form.renew(contact.version)
    context = {"form": form, "contact": contact, "kept": kept, "press": RemoveForm(auto_id=False)}
    return render(request, "logbook/person.jinja", context)


def _put_right(request: SignedInRequest, contact: Any, form: NameForm) -> str:
    typed = form.cleaned_data

    def deed() -> str:
        people_met.put_right(
            contact=contact,
            name=typed["name"],
            kind=typed["kind"],
            organisation=form.organisation_chosen,
            version=typed["version"],
            by=request.person,
        )
        messages.success(request, "Saved")
        return reverse("log_people")

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


def _take_out(request: SignedInRequest, pk: int) -> HttpResponse:
    def deed() -> str:
        people_met.take_out(contact=reading.own_contact(request.person, pk), by=request.person)
        messages.success(request, "Taken out of your list")
        return reverse("log_people")

    return redirect(once(request.POST.get("form_key"), by=request.person, deed=deed))


def _logging(request: SignedInRequest) -> Scope:
    """The scope of somebody who has a log; there is no list for anybody else."""
    scope = scope_of(request)
    if not scope.has_log:
        raise Http404("No log of yours")
    return scope
