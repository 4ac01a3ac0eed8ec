"""The pages of the people who can be recognised in a case study: add one, ask again, type in what they said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import led_before, once
from programmes.access import scope_of
from programmes.cases import consents, notices, reading
from programmes.cases.forms import PersonForm, PressForm, TypedInForm
from programmes.cases.rules import Refused, answer_of


def case_person_add(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Names one more who can be recognised."""
    residency = scope_of(request).residency(slug, code, permission="write_case")
    case = reading.case_of(residency, pk)
    form = PersonForm(request.POST or None)
    key = request.POST.get("form_key")
    if key and (led := led_before(key, by=request.person, content=request.POST)):
        return redirect(led)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            one = consents.add_person(
                case=case,
                name=typed["name"],
                part=typed["part"],
                email=typed["email"],
                by=request.person,
                at=timezone.now(),
            )
            messages.success(request, f"Added: {one.name}")
            return f"{case.get_absolute_url()}#people"

        try:
            return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
        except Refused as refused:
            form.add_error("name", str(refused))
    return render(request, "cases/person_add.jinja", {"residency": residency, "case": case, "form": form})


def case_person(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """One of them: what they answered; send the link again, copy it, take them off."""
    residency = scope_of(request).residency(slug, code, permission="write_case")
    address = ""
    if request.method == "POST":
        key, issued = request.POST.get("form_key"), list[str]()
        if before := led_before(key, by=request.person):
            return redirect(before)
        url = once(key, by=request.person, deed=lambda: _do(request, residency, pk, issued))
        if not issued:
            return redirect(url)
        address = notices.consent_address(issued[0])
    one = reading.person_of(residency, pk)
    context = {
        "residency": residency,
        "one": one,
        "answers": list(one.answers.all()),
        "newest": answer_of(one.case, list(one.answers.all())),
        "letter_problem": notices.letter_problem(one),
        "address": address,
        "form": PressForm(),
    }
    return render(request, "cases/person.jinja", context)


def _do(request: SignedInRequest, residency: Any, pk: int, issued: list[str]) -> str:
    """The press that was meant; a link that is only copied is put into `issued`."""
    one, now = reading.person_of(residency, pk), timezone.now()
    try:
        match request.POST.get("press"):
            case "copy":
                issued.append(consents.link_again(one=one, by=request.person, at=now, write=False))
            case "send":
                consents.link_again(one=one, by=request.person, at=now, write=True)
                messages.success(request, "Sent again: the older link has ended")
            case "off":
                consents.take_off(one=one, by=request.person)
                messages.success(request, f"{one.name} is no longer asked")
    except Refused as refused:
        messages.error(request, f"{refused}.")
    return f"{one.case.get_absolute_url()}#people"


def case_person_said(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Types in what somebody said who was asked otherwise than by link."""
    residency = scope_of(request).residency(slug, code, permission="write_case")
    one = reading.person_of(residency, pk)
    form = TypedInForm(request.POST or None, version=one.case.edition)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            consents.answer(
                one=one,
                answer=typed["answer"],
                edition=typed["version"],
                at=timezone.now(),
                by=request.person,
                read_back=typed["read_back"],
            )
            messages.success(request, "Saved: what they said, with your name")
            return f"{one.case.get_absolute_url()}#people"

        try:
            return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
        except Refused as refused:
            form.add_error(None, str(refused))
            form.renew(one.case.edition)
    return render(request, "cases/said.jinja", {"residency": residency, "one": one, "form": form})
