"""The pages of a clear line of work: requests of one's own, changes of scope, what the time is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, Unsaved, drop_under, once, words_in
from embedded.nhsuk.forms import NhsForm
from programmes.access import scope_of
from programmes.focus import actions, reading
from programmes.focus.forms import RequestForm, ScopeChangeForm, SharesForm, starting_values
from programmes.measures.own_rows import shares_on

SAID = {"yes": "Your answer is yes", "not_now": "Your answer is not now", "no": "Your answer is no"}


@require_safe
def focus(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Requests for whoever holds the post and for nobody else, or held it: their own; scope and time for everyone in
    the residency."""
    scope = scope_of(request)
    residency = scope.own_log(slug, code, permission="see_focus")
    writes, is_part = scope.can("log", residency), scope.can("see_focus", residency)
    lists = reading.lists_of(residency, request.person)
    context = {
        "residency": residency,
        "lists": lists if writes or not is_part or lists.any else None,
        "writes": writes,
        "is_part": is_part,
        "form": NhsForm(),
        "changes": reading.scope_changes(residency),
        "shares": shares_on(residency, timezone.localdate()),
        "may_edit": scope.can("edit_focus", residency),
    }
    return render(request, "focus/focus.jinja", context)


def request_new(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    residency = scope_of(request).residency(slug, code, permission="log")
    today = timezone.localdate()
    unsaved = Unsaved(request, f"request/{slug}/{code}/", words_in("what", "asked_by"))
    if unsaved.thrown_away:
        return redirect("request_new", slug, code)
    form = _request_form(request, residency, None, unsaved)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            actions.note_request(residency=residency, asked=form.asked(), by=request.person, today=today)
            unsaved.drop(form.cleaned_data["form_key"])
            return reverse("focus", args=[slug, code])

        return _done(request, form, deed, "Saved on your list")
    context = {"residency": residency, "form": form, "line": None, "unsaved": unsaved}
    return render(request, "focus/request.jinja", context)


def request_change(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Changes a request of one's own."""
    residency = scope_of(request).residency(slug, code, permission="log")
    line = reading.own_request(residency, request.person, pk)
    unsaved = Unsaved(request, f"request-change/{slug}/{code}/{pk}/", words_in("what", "asked_by"))
    if unsaved.thrown_away:
        return redirect("request_change", slug, code, pk)
    form, changed = _request_form(request, residency, line, unsaved), False
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            actions.change_request(
                request=line.request,
                asked=form.asked(),
                version=form.cleaned_data["version"],
                by=request.person,
                today=timezone.localdate(),
            )
            unsaved.drop(form.cleaned_data["form_key"])
            return reverse("focus", args=[slug, code])

        try:
            return _done(request, form, deed, "Saved")
        except Changed:
            changed, line = True, reading.own_request(residency, request.person, pk)
            form.renew(line.request.version)
    context = {"residency": residency, "form": form, "line": line, "changed": changed, "unsaved": unsaved}
    return render(request, "focus/request.jinja", context)


@require_POST
def request_answer(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """One press on the list: yes, not now, no, or that they have been told."""
    residency = scope_of(request).residency(slug, code, permission="log")
    found = reading.own_request(residency, request.person, pk).request
    pressed, today = request.POST.get("press", ""), timezone.localdate()

    def deed() -> str:
        if pressed == "told":
            actions.tell(request=found, by=request.person, on=today)
        elif pressed in SAID:
            actions.answer_request(request=found, answer=pressed, by=request.person, on=today)
        return reverse("focus", args=[slug, code])

    url = once(request.POST.get("form_key"), by=request.person, deed=deed, content=request.POST)
    if pressed in SAID:
        messages.success(request, f"{SAID[pressed]}. Now tell whoever asked")
    elif pressed == "told":
        messages.success(request, "Saved: they know")
    return redirect(url)


def request_remove(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Asks once more, then takes a request off the list."""
    residency = scope_of(request).residency(slug, code, permission="log")
    if request.method == "POST":

        def deed() -> str:
            found = reading.own_request(residency, request.person, pk).request
            actions.remove_request(request=found, by=request.person)
            drop_under(request.person, f"request-change/{slug}/{code}/{pk}/")
            return reverse("focus", args=[slug, code])

        url = once(request.POST.get("form_key"), by=request.person, deed=deed)
        messages.success(request, "Removed from your list")
        return redirect(url)
    line = reading.own_request(residency, request.person, pk)
    return render(request, "focus/remove.jinja", {"residency": residency, "line": line, "form": NhsForm()})


def scope_change_new(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    residency = scope_of(request).residency(slug, code, permission="edit_focus")
    today = timezone.localdate()
    form = ScopeChangeForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.change_scope(
                residency=residency,
                on=typed["on"],
                what=typed["what"],
                gave_way=typed["gave_way"],
                by=request.person,
            )
            return reverse("focus", args=[slug, code])

        return _done(request, form, deed, "Saved: the change of scope is recorded")
    return render(request, "focus/scope.jinja", {"residency": residency, "form": form})


def agreed_shares(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    residency = scope_of(request).residency(slug, code, permission="edit_focus")
    today = timezone.localdate()
    agreed = shares_on(residency, today)
    form = SharesForm(request.POST or None, shares=agreed, initial={"since": today})
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            since, shares = form.cleaned_data["since"], form.shares()
            actions.agree_shares(residency=residency, shares=shares, since=since, by=request.person)
            return reverse("focus", args=[slug, code])

        return _done(request, form, deed, "Saved: what the time is for")
    return render(request, "focus/shares.jinja", {"residency": residency, "form": form})


def _request_form(
    request: SignedInRequest, residency: Any, line: reading.Line | None, unsaved: Unsaved
) -> RequestForm:
    form = RequestForm(
        request.POST or None,
        initial=starting_values(line, timezone.localdate()),
        projects=residency.projects.all(),
        version=line.request.version if line is not None else None,
    )
    unsaved.fill(form)
    return form


def _done(request: SignedInRequest, form: NhsForm, deed: Callable[[], str], said: str) -> HttpResponse:
    """Does the deed once and says so on the page it leads to."""
    url = once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
    messages.success(request, said)
    return redirect(url)
