"""The pages of recorded contracts: the list, one of them, recording and correcting it, its file, the sheet of facts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from embedded.drafts import Changed, once
from embedded.files import Damaged, response
from embedded.word import MEDIA_TYPE
from programmes.access import scope_of
from programmes.agreements import actions, facts, present, reading, word
from programmes.agreements.forms import AgreementForm, FileForm, saved_values

FOLLOWS = {"amendment": "An amendment", "successor": "A new agreement in place of an earlier one"}


@require_safe
def agreements(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The contracts that are recorded, what they do not cover yet, and how the working agreement stands."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code, permission="see_agreements")
    found = reading.agreements_of(residency)
    newest = next(iter(reading.versions_of(residency)), None)
    context = {
        "residency": residency,
        "lines": [present.line(one, found, today) for one in found],
        "still": present.still_to_cover(residency, found, today),
        "ending": present.ending_soon(residency, found, today),
        "reviews": present.to_see_to(residency, found, today, "review"),
        "care": present.to_see_to(residency, found, today, "publishing"),
        "working": newest,
        "standing": present.standing(newest, reading.people_of(newest)) if newest else None,
        "may_edit": scope.can("edit_agreements", residency),
        "may_write": scope.can("edit_working_agreement", residency),
    }
    return render(request, "agreements/agreements.jinja", context)


@require_safe
def agreement(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """One contract, and those that changed it or took its place."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code, permission="see_agreements")
    all_of_them = reading.agreements_of(residency)
    found = reading.agreement_of(all_of_them, pk)
    context = {
        "residency": residency,
        "line": present.line(found, all_of_them, today),
        "followers": [one for one in all_of_them if one.follows_id == found.pk],
        "may_edit": scope.can("edit_agreements", residency),
    }
    return render(request, "agreements/agreement.jinja", context)


def agreement_new(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Records a contract; `?amendment=7` or `?successor=7` says which one it follows."""
    residency = scope_of(request).residency(slug, code, permission="edit_agreements")
    follows, follows_as = _followed(request, residency)
    form = AgreementForm(
        request.POST or None,
        organisations=reading.organisations_of(residency, follows),
        today=timezone.localdate(),
        initial=_first_values(residency, follows),
    )
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            made = actions.record_agreement(
                residency=residency,
                words=form.words(),
                by=request.person,
                at=timezone.now(),
                follows=follows,
                follows_as=follows_as,
            )
            messages.success(request, "Saved: the agreement is recorded")
            return reverse("agreement", args=[slug, code, made.pk])

        return redirect(
            once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        )
    context = {
        "residency": residency,
        "form": form,
        "follows": follows,
        "heading": FOLLOWS.get(follows_as, "Record an agreement"),
    }
    return render(request, "agreements/edit.jinja", context)


def agreement_edit(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Corrects what is recorded of a contract."""
    residency = scope_of(request).residency(slug, code, permission="edit_agreements")
    found = reading.agreement_of(reading.agreements_of(residency), pk)
    form = AgreementForm(
        request.POST or None,
        organisations=reading.organisations_of(residency, found),
        today=timezone.localdate(),
        initial=saved_values(found),
        version=found.version,
    )
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_save(request, found, form))
        except Changed:
            changed = True
            found = reading.agreement_of(reading.agreements_of(residency), pk)
            form.renew(found.version)
    context = {
        "residency": residency,
        "form": form,
        "heading": "Change what is recorded",
        "changed": changed,
        "agreement": found,
        "saved": present.line(found, [found], timezone.localdate()),
    }
    return render(request, "agreements/edit.jinja", context)


def agreement_file(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Takes the file of a contract, once its content has been looked into."""
    residency = scope_of(request).residency(slug, code, permission="edit_agreements")
    found = reading.agreement_of(reading.agreements_of(residency), pk)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_keep(request, found, form))
        except actions.Refused as refused:
            form.add_error("file", str(refused))
    context = {"residency": residency, "agreement": found, "form": form}
    return render(request, "agreements/file.jinja", context)


@require_safe
def agreement_download(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """The file, as an attachment, to whoever may see it at this moment; noted as read (P11)."""
    residency = scope_of(request).residency(slug, code, permission="see_agreements")
    found = reading.agreement_of(reading.agreements_of(residency), pk)
    if found.file is None:
        raise Http404("No file is kept of this agreement")
    try:
        answer = response(found.file)
    except Damaged:
        messages.error(request, "The file cannot be read any more. Add it again.")
        return redirect("agreement", slug, code, pk)
    record_read(request.person, "agreement_file", str(found), actions.place_of(residency))
    return answer


@require_safe
def agreement_facts(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The sheet of facts for the contracts office, in Word; noted as read (P11)."""
    residency = scope_of(request).residency(slug, code, permission="see_agreements")
    today = timezone.localdate()
    content = word.facts_sheet(
        facts.title_of(residency),
        facts.opening(residency, today),
        facts.tables(residency, reading.agreements_of(residency)),
        today,
    )
    record_read(request.person, "facts_sheet", f"Facts, {residency.code}", actions.place_of(residency))
    return word_response(content, f"facts-for-the-contract-{residency.code}.docx")


def word_response(content: bytes, name: str) -> HttpResponse:
    """A Word file that was made just now, to be saved."""
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _followed(request: HttpRequest, residency: Any) -> tuple[Any, str]:
    """Which agreement a new one follows, and how; (None, "") where the address names none."""
    for follows_as in FOLLOWS:
        number = request.GET.get(follows_as, "")
        if number.isascii() and number.isdigit() and len(number) < 10:
            return reading.agreement_of(reading.agreements_of(residency), int(number)), follows_as
    return None, ""


def _first_values(residency: Any, follows: Any) -> dict[str, Any]:
    """What an amendment or a successor has in common with what it follows."""
    if follows is None:
        return {"parties": [str(one.pk) for one in residency.hosts + residency.academic_homes]}
    known = saved_values(follows)
    return {
        name: known[name] for name in ("kind", "parties", "other_parties", "covers", "funder_review_needed")
    }


def _save(request: SignedInRequest, found: Any, form: AgreementForm) -> str:
    residency = found.residency

    def deed() -> str:
        actions.change_agreement(
            agreement=found,
            words=form.words(),
            version=form.cleaned_data["version"],
            by=request.person,
        )
        messages.success(request, "Saved: the agreement is changed")
        return reverse("agreement", args=[residency.programme.slug, residency.code, found.pk])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)


def _keep(request: SignedInRequest, found: Any, form: FileForm) -> str:
    residency, taken = found.residency, form.handed_in

    def deed() -> str:
        actions.keep_file(
            agreement=found,
            content=taken.content,
            name=f"agreement-{residency.code}-{found.pk}{taken.ending}",
            media_type=taken.media_type,
            by=request.person,
        )
        messages.success(request, "Saved: the file is kept")
        return reverse("agreement", args=[residency.programme.slug, residency.code, found.pk])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed)
