"""The pages of the working agreement: read it, write it, ask people, agree to it signed in or by link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest, VisitorRequest
from embedded.drafts import Changed, once
from embedded.files import Damaged, response
from embedded.links.landing import landing
from programmes import contracts
from programmes.access import scope_of
from programmes.agreements import actions, build, document, notices, present, reading, word, working
from programmes.agreements.first_words import first_words
from programmes.agreements.forms import PersonForm, PressForm, WorkingForm
from programmes.agreements.views import word_response


def working_agreement(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The newest version: what it says, what changed, who has agreed; and the press that agrees."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="see_agreements")
    versions = reading.versions_of(residency)
    if request.method == "POST":
        return _press(request, residency, versions)
    if not versions:
        may_write = scope.can("edit_working_agreement", residency)
        return render(request, "agreements/none.jinja", {"residency": residency, "may_write": may_write})
    return render(request, "agreements/working.jinja", _shown(request, residency, versions, versions[0]))


@require_safe
def working_agreement_version(request: SignedInRequest, slug: str, code: str, number: int) -> HttpResponse:
    """An earlier version as it was."""
    residency = scope_of(request).residency(slug, code, permission="see_agreements")
    versions = reading.versions_of(residency)
    found = reading.version_of(versions, number)
    return render(request, "agreements/working.jinja", _shown(request, residency, versions, found))


def _shown(request: SignedInRequest, residency: Any, versions: list[Any], found: Any) -> dict[str, Any]:
    people = reading.people_of(found)
    own = reading.own_of(people, request.person)
    is_newest = found is versions[0]
    is_asked_now = found.asked_at and not any(one.asked_at for one in versions if one.number > found.number)
    return {
        "residency": residency,
        "version": found,
        "versions": versions,
        "document": document.document_of(found, people),
        "changes": document.changes(reading.asked_before(versions, found), found),
        "people": [(one, notices.letter_problem(one) if is_newest else "") for one in people],
        "standing": present.standing(found, people),
        "own": own if own and is_asked_now and own.agreed_at is None else None,
        "is_newest": is_newest,
        "in_force": next((one for one in versions if one.asked_at and one.number < found.number), None),
        "may_write": scope_of(request).can("edit_working_agreement", residency) and is_newest,
        "pdf_words": present.pdf_words(found),
        "pdf_failed": present.pdf_failed(found),
        "form": PressForm(),
    }


def _press(request: SignedInRequest, residency: Any, versions: list[Any]) -> HttpResponse:
    """Agrees for the reader, or tries the PDF again."""
    asked = next((one for one in versions if one.asked_at), None)
    own = reading.own_of(reading.people_of(asked), request.person) if asked else None
    again = request.POST.get("press") == "pdf"
    if again and not scope_of(request).can("edit_working_agreement", residency):
        raise PermissionDenied
    if not again and own is None:
        raise PermissionDenied("You are not named in this working agreement, so you are not asked to agree.")
    form = PressForm(request.POST)
    form.is_valid()

    def deed() -> str:
        if again and asked is not None:
            working.make_pdf_again(agreement=asked, by=request.person)
        elif own is not None:
            working.agree(one=own, by=request.person, at=timezone.now())
            messages.success(request, "You have agreed to the working agreement")
        return reverse("working_agreement", args=[residency.programme.slug, residency.code])

    return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))


def working_agreement_edit(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Writes the words: the first draft, a better draft, or the draft of a new version."""
    residency = scope_of(request).residency(slug, code, permission="edit_working_agreement")
    newest = next(iter(reading.versions_of(residency)), None)
    form = WorkingForm(
        request.POST or None,
        initial=_words_now(residency, newest),
        version=newest.version if newest else 0,
    )
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_write(request, residency, form))
        except Changed:
            changed = True
            newest = next(iter(reading.versions_of(residency)), None)
            form.renew(newest.version if newest else 0)
    context = {
        "residency": residency,
        "form": form,
        "changed": changed,
        "newest": newest,
        "parts": document.PARTS,
        "fixed": (document.TIMESHEET, document.LOG_WORDS),
    }
    return render(request, "agreements/write.jinja", context)


def _words_now(residency: Any, newest: Any) -> dict[str, str]:
    if newest is not None:
        return {name: getattr(newest, name) for name in document.PARTS}
    found, today = reading.agreements_of(residency), timezone.localdate()
    return first_words(residency, [one for one in found if contracts.is_live(one, found, today)])


def _write(request: SignedInRequest, residency: Any, form: WorkingForm) -> str:
    def deed() -> str:
        written = working.write(
            residency=residency,
            parts=form.parts(),
            version=form.cleaned_data["version"],
            by=request.person,
            at=timezone.now(),
        )
        messages.success(request, f"Saved: version {written.number} is a draft. Nobody has been asked yet.")
        return reverse("working_agreement", args=[residency.programme.slug, residency.code])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)


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
    one = reading.person_of(residency, pk)
    now, address = timezone.now(), ""
    if request.method == "POST":
        try:
            match request.POST.get("press"):
                case "copy":
                    token = working.link_again(one=one, by=request.person, at=now, write=False)
                    address = notices.address_of(token)
                case "send":
                    working.link_again(one=one, by=request.person, at=now, write=True)
                    messages.success(request, "Sent again: the older link has ended")
                case "off":
                    working.take_off(one=one, by=request.person)
                    messages.success(request, f"{one.name} is no longer asked")
        except actions.Refused as refused:
            messages.error(request, str(refused))
        if not address:
            return redirect(reverse("working_agreement", args=[slug, code]) + "#people")
    context = {
        "residency": residency,
        "one": one,
        "letter_problem": notices.letter_problem(one),
        "address": address,
        "form": PressForm(),
    }
    return render(request, "agreements/person.jinja", context)


@require_safe
def working_agreement_pdf(request: SignedInRequest, slug: str, code: str, number: int) -> HttpResponse:
    """The PDF that was made when people were asked."""
    residency = scope_of(request).residency(slug, code, permission="see_agreements")
    found = reading.version_of(reading.versions_of(residency), number)
    if found.pdf is None:
        raise Http404("There is no PDF of this version")
    try:
        return response(found.pdf)
    except Damaged:
        messages.error(request, "The PDF cannot be read any more. This page says the same.")
        return redirect("working_agreement_version", slug, code, number)


@require_safe
def working_agreement_word(request: SignedInRequest, slug: str, code: str, number: int) -> HttpResponse:
    """The same in Word."""
    residency = scope_of(request).residency(slug, code, permission="see_agreements")
    found = reading.version_of(reading.versions_of(residency), number)
    made_on = timezone.localtime(found.asked_at or found.made_at).date()
    content = word.working_agreement(document.document_of(found, reading.people_of(found)), made_on)
    return word_response(content, f"{build.file_name(found)}.docx")


@landing
def working_agreement_open(request: VisitorRequest, token: str) -> HttpResponse:
    """What somebody without an account reads, and one press that agrees. Reading changes nothing (P21)."""
    one = working.person_behind(token)
    if one is None:
        return render(request, "links/over.jinja", status=410)
    version = one.agreement
    if request.method == "POST":
        try:
            one = working.agree(one=one, by=None, at=timezone.now())
        except actions.Refused:
            return render(request, "links/over.jinja", status=410)
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
