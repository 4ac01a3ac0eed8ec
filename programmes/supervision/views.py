"""The pages of supervision: how both sides stand, record a meeting, change one's own record."""

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
from embedded.nhsuk.forms import NhsForm
from programmes.access import scope_of
from programmes.supervision import actions, reading
from programmes.supervision.forms import MeetingForm, starting_values


@require_safe
def supervision(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code, permission="see_supervision")
    part = reading.part_in(scope, residency)
    meetings = reading.meetings_of(residency, request.person, part)
    own_side = [meeting for meeting in meetings if meeting.side in part.sides]
    own = part.is_own
    context = {
        "residency": residency,
        "part": part,
        "meetings": meetings,
        "stands": reading.stands(meetings, today) if own or len(reading.researchers(residency)) < 2 else [],
        "days": reading.days_at_the_university(residency, request.person, today) if own else None,
        "person_id": request.person.pk,
        "may_record": scope.can("record_supervision", residency)
        and bool(own or (part.sides and reading.researchers(residency))),
        "quiet": not own and not any(meeting.on > today - reading.QUARTER for meeting in own_side),
        "may_see_pulse": scope.can("see_pulse", residency),
        "may_see_sets": scope.can_in_programme("see_peer_sets", residency.programme),
    }
    return render(request, "supervision/supervision.jinja", context)


def supervision_new(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="record_supervision")
    unsaved = Unsaved(request, f"meeting/{slug}/{code}/", words_in("agreed", "with_name"))
    if unsaved.thrown_away:
        return redirect("supervision_new", slug, code)
    form = _form(request, residency, reading.part_in(scope, residency), None, unsaved)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            actions.record_supervision(residency=residency, meeting=form.meeting(), by=request.person)
            unsaved.drop(form.cleaned_data["form_key"])
            return reverse("supervision", args=[slug, code])

        return _done(request, form, deed, "Saved: the meeting is recorded")
    context = {"residency": residency, "form": form, "recorded": None, "unsaved": unsaved}
    return render(request, "supervision/meeting.jinja", context)


def supervision_change(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Changes a meeting that one recorded oneself; nobody else does (decision 8)."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="record_supervision")
    part = reading.part_in(scope, residency)
    recorded = reading.own_meeting(residency, request.person, part, pk)
    unsaved = Unsaved(request, f"meeting-change/{slug}/{code}/{pk}/", words_in("agreed", "with_name"))
    if unsaved.thrown_away:
        return redirect("supervision_change", slug, code, pk)
    form, changed = _form(request, residency, part, recorded, unsaved), False
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            version = form.cleaned_data["version"]
            actions.change_supervision(
                recorded=recorded, meeting=form.meeting(), version=version, by=request.person
            )
            unsaved.drop(form.cleaned_data["form_key"])
            return reverse("supervision", args=[slug, code])

        try:
            return _done(request, form, deed, "Saved")
        except Changed:
            changed, recorded = True, reading.own_meeting(residency, request.person, part, pk)
            form.renew(recorded.version)
    context = {"residency": residency, "form": form, "recorded": recorded, "changed": changed}
    return render(request, "supervision/meeting.jinja", context | {"unsaved": unsaved})


def _form(
    request: SignedInRequest, residency: Any, part: reading.Part, recorded: Any, unsaved: Unsaved
) -> MeetingForm:
    """A supervisor records for a researcher; before anybody has the post there is nobody to record for."""
    researchers = reading.researchers(residency)
    if not part.is_own and not (researchers and part.sides):
        raise PermissionDenied
    form = MeetingForm(
        request.POST or None,
        initial=starting_values(recorded),
        part=part,
        by=request.person,
        researchers=researchers,
        recorded=recorded,
        version=recorded.version if recorded is not None else None,
    )
    unsaved.fill(form)
    return form


def _done(request: SignedInRequest, form: NhsForm, deed: Callable[[], str], said: str) -> HttpResponse:
    """Does the deed once and says so on the page it leads to."""
    url = once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
    messages.success(request, said)
    return redirect(url)
