"""The pages of the working agreement: read it, agree to it, write it, take it along as PDF or Word."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.files import Damaged, response
from programmes import contracts
from programmes.access import scope_of
from programmes.agreements import build, document, notices, present, reading, word, working
from programmes.agreements.first_words import first_words
from programmes.agreements.forms import PressForm, WorkingForm
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
    problems = notices.letter_problems(people) if is_newest else {}
    return {
        "residency": residency,
        "version": found,
        "versions": versions,
        "document": document.document_of(found, people),
        "changes": document.changes(reading.asked_before(versions, found), found),
        "people": [(one, problems.get(one.pk, "")) for one in people],
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
