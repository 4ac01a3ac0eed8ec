"""The pages of case studies for those who write, check and publish them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, Unsaved, once, words_in
from programmes.access import scope_of
from programmes.cases import actions, reading, steps
from programmes.cases.content import document_of, from_record, lacking
from programmes.cases.forms import CaseForm, CheckForm, PressForm, SendForm, WithdrawForm, saved_values
from programmes.cases.rules import Refused, answer_of, without_consent


@require_safe
def cases(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Those of one residency, and how each stands."""
    scope = scope_of(request)
    residency = reading.readable(scope, slug, code)
    context = {
        "residency": residency,
        "cases": reading.cases_of(scope, residency),
        "may_write": scope.can("write_case", residency),
    }
    return render(request, "cases/cases.jinja", context)


def case_new(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """A first draft, filled from what is recorded."""
    residency = scope_of(request).residency(slug, code, permission="write_case")
    unsaved = Unsaved(request, f"case-new/{residency.pk}/", words_in("title", "problem"))
    if unsaved.thrown_away:
        return redirect("case_new", slug, code)
    form = CaseForm(request.POST or None, initial=from_record(residency))
    unsaved.fill(form)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            made = actions.write_case(
                residency=residency,
                words=form.words(),
                embargo_until=form.cleaned_data["embargo_until"],
                by=request.person,
                at=timezone.now(),
            )
            unsaved.drop(form.cleaned_data["form_key"])
            return made.get_absolute_url()

        return _done(request, form, deed, "Saved as a draft")
    context = {"residency": residency, "form": form, "unsaved": unsaved, "case": None}
    return render(request, "cases/write.jinja", context)


def case_edit(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Changes the words of a draft."""
    residency = scope_of(request).residency(slug, code, permission="write_case")
    found, changed = reading.case_of(residency, pk), False
    unsaved = Unsaved(request, f"case/{pk}/", words_in("title", "problem"))
    if unsaved.thrown_away:
        return redirect("case_edit", slug, code, pk)
    form = CaseForm(request.POST or None, initial=saved_values(found), version=found.version)
    unsaved.fill(form)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.change_case(
                case=found,
                words=form.words(),
                embargo_until=typed["embargo_until"],
                version=typed["version"],
                by=request.person,
            )
            unsaved.drop(typed["form_key"])
            return found.get_absolute_url()

        try:
            return _done(request, form, deed, "Saved")
        except Changed:
            changed, found = True, reading.case_of(residency, pk)
            form.renew(found.version)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"residency": residency, "case": found, "form": form, "unsaved": unsaved}
    return render(request, "cases/write.jinja", context | {"changed": changed})


def case(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """The sheet, how it stands, who has agreed; the presses that take it back and publish it."""
    scope = scope_of(request)
    residency = reading.readable(scope, slug, code)
    if request.method == "POST":
        return _pressed(request, residency, pk)
    found = reading.seen_case(scope, residency, pk)
    people = reading.people_of(found)
    context = {
        "residency": residency,
        "case": found,
        "document": document_of(found),
        "lacks": lacking(found),
        "people": [(one, answer_of(found, list(one.answers.all()))) for one in people],
        "waiting": without_consent(found, people),
        "steps": found.steps.select_related("by"),
        "may": {one: scope.can(one, residency) for one in reading.READERS},
        "held_back": reading.is_held_back(found),
        "form": PressForm(),
    }
    return render(request, "cases/case.jinja", context)


def _pressed(request: SignedInRequest, residency: Any, pk: int) -> HttpResponse:
    press = "publish" if request.POST.get("press") == "publish" else "take_back"
    needed = "publish_case" if press == "publish" else "write_case"
    if not scope_of(request).can(needed, residency):
        raise PermissionDenied
    found, now = reading.case_of(residency, pk), timezone.now()

    def deed() -> str:
        if press == "publish":
            actions.publish(case=found, by=request.person, at=now, on=timezone.localdate())
            messages.success(request, "Published")
        else:
            actions.take_back(case=found, by=request.person, at=now)
            messages.success(request, "Taken back: it is a draft again")
        return found.get_absolute_url()

    try:
        return redirect(
            once(request.POST.get("form_key"), by=request.person, deed=deed, content=request.POST)
        )
    except Refused as refused:
        messages.error(request, f"{refused}.")
        return redirect(found.get_absolute_url())


def case_send(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Asks the host to check it."""
    residency = scope_of(request).residency(slug, code, permission="write_case")
    found = reading.case_of(residency, pk)
    form = SendForm(request.POST or None, initial={"email": found.host_email or residency.host_manager_email})
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            email = form.cleaned_data["email"]
            actions.send_to_host(case=found, email=email, by=request.person, at=timezone.now())
            return found.get_absolute_url()

        try:
            return _done(request, form, deed, "The host was asked to check it")
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "cases/send.jinja", {"residency": residency, "case": found, "form": form})


def case_check(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """The host's answer, signed in."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="check_case")
    found = reading.seen_case(scope, residency, pk)
    form = CheckForm(request.POST or None, version=found.edition)
    form.fields.pop("name")
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            does = actions.host_returns if form.returns else actions.host_agrees
            name, now = str(request.person), timezone.now()
            does(case=found, **form.said(), name=name, by=request.person, at=now)
            return found.get_absolute_url()

        try:
            return _done(request, form, deed, "Your answer is kept, and its writer can see it")
        except Refused as refused:
            found = reading.seen_case(scope, residency, pk)
            form.add_error(None, str(refused))
            form.renew(found.edition)
    context = {"residency": residency, "case": found, "document": document_of(found), "form": form}
    return render(request, "cases/check.jinja", context)


def case_withdraw(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Takes a published one away, with a reason."""
    residency = scope_of(request).residency(slug, code, permission="write_case")
    found = reading.case_of(residency, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            steps.withdraw(
                case=found,
                why=form.cleaned_data["why"],
                by=request.person,
                name=str(request.person),
                at=timezone.now(),
            )
            return reverse("cases", args=[slug, code])

        try:
            return _done(request, form, deed, "Withdrawn: nobody can read it any more")
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "cases/withdraw.jinja", {"residency": residency, "case": found, "form": form})


def _done(request: SignedInRequest, form: Any, deed: Callable[[], str], said: str) -> HttpResponse:
    """Does the deed once and says so on the page it leads to."""
    url = once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
    messages.success(request, said)
    return redirect(url)
