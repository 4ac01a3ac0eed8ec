"""The pages on which people are asked to agree to a working agreement, and the one that their link opens."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest, VisitorRequest
from embedded.drafts import led_before, once
from embedded.links.landing import landing, over
from programmes.access import scope_of
from programmes.agreements import actions, document, notices, reading, working
from programmes.agreements.forms import PersonForm, PressForm


def working_agreement_ask(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Says who will be asked, and asks them by one press."""
    residency = scope_of(request).residency(slug, code, permission="edit_working_agreement")
    versions = reading.versions_of(residency)
    if not versions or versions[0].asked_at is not None:
        return redirect("working_agreement", slug, code)
    draft = versions[0]
    form = PressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            working.ask_everybody(agreement=draft, by=request.person, at=timezone.now())
            messages.success(request, "Everybody has been asked to agree")
            return reverse("working_agreement", args=[slug, code])

        try:
            return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))
        except actions.Refused as refused:
            messages.error(request, str(refused))
            return redirect("working_agreement", slug, code)
    context = {
        "residency": residency,
        "draft": draft,
        "people": reading.people_of(draft),
        "changes": document.changes(reading.asked_before(versions, draft), draft),
        "form": form,
    }
    return render(request, "agreements/ask.jinja", context)


def working_agreement_person_add(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Names one more who is asked to agree."""
    residency = scope_of(request).residency(slug, code, permission="edit_working_agreement")
    versions = reading.versions_of(residency)
    if not versions:
        return redirect("working_agreement", slug, code)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            one = working.add_person(
                agreement=versions[0],
                name=typed["name"],
                part=typed["part"],
                email=typed["email"],
                by=request.person,
                at=timezone.now(),
            )
            messages.success(request, f"Added: {one.name}")
            return reverse("working_agreement", args=[slug, code]) + "#people"

        try:
            return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
        except actions.Refused as refused:
            form.add_error("name", str(refused))
    context = {"residency": residency, "form": form, "is_asked": versions[0].asked_at is not None}
    return render(request, "agreements/person_add.jinja", context)


def working_agreement_person(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """One who is asked: how it stands, send it again, copy the link, take them off."""
    residency = scope_of(request).residency(slug, code, permission="edit_working_agreement")
    form = PressForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["form_key"]
        if before := led_before(key, by=request.person):
            return redirect(before)
        issued: list[str] = []
        url = once(key, by=request.person, deed=lambda: _do(request, residency, pk, issued))
        if not issued:
            return redirect(url)
        address = notices.address_of(issued[0])
    one = reading.person_of(residency, pk)
    context = {
        "residency": residency,
        "one": one,
        "letter_problem": notices.letter_problems([one]).get(one.pk, ""),
        "address": address,
        "form": PressForm(),
    }
    return render(request, "agreements/person.jinja", context)


def _do(request: SignedInRequest, residency: Any, pk: int, issued: list[str]) -> str:
    """The press that was meant; a link that is only copied is put into `issued`."""
    one, now = reading.person_of(residency, pk), timezone.now()
    try:
        match request.POST.get("press"):
            case "copy":
                issued.append(working.link_again(one=one, by=request.person, at=now, write=False))
            case "send":
                working.link_again(one=one, by=request.person, at=now, write=True)
                messages.success(request, "Sent again: the older link has ended")
            case "off":
                working.take_off(one=one, by=request.person)
                messages.success(request, f"{one.name} is no longer asked")
    except actions.Refused as refused:
        messages.error(request, str(refused))
    return reverse("working_agreement", args=[residency.programme.slug, residency.code]) + "#people"


@landing
def working_agreement_open(request: VisitorRequest, token: str) -> HttpResponse:
    """What somebody without an account reads, and one press that agrees. Reading changes nothing (P21)."""
    one = working.person_behind(token)
    if one is None:
        return _over(request, token)
    version = one.agreement
    if request.method == "POST":
        try:
            one = working.agree(one=one, by=None, at=timezone.now())
        except actions.Refused:
            return _over(request, token)
    versions = reading.versions_of(version.residency)
    context = {
        "one": one,
        "version": version,
        "residency": version.residency,
        "document": document.document_of(version, reading.people_of(version)),
        "changes": document.changes(reading.asked_before(versions, version), version),
        "form": PressForm(),
    }
    return render(request, "agreements/open.jinja", context)


def _over(request: VisitorRequest, token: str) -> HttpResponse:
    return over(request, lambda: working.send_afresh(token, at=timezone.now()))
