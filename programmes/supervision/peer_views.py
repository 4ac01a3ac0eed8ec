"""The pages of sets of peers: which there are, one of them, its members, its rules, its meetings."""

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
from embedded.drafts import Changed, Unsaved, led_before, once, words_in
from embedded.nhsuk.forms import NhsForm
from programmes.access import scope_of
from programmes.supervision import peer_actions, peer_reading
from programmes.supervision.peer_forms import MemberForm, PeerMeetingForm, RulesForm, SetForm


@require_safe
def peer_sets(request: SignedInRequest, slug: str) -> HttpResponse:
    scope = scope_of(request)
    programme = scope.programme(slug, "see_peer_sets")
    sets = peer_reading.sets_of(programme, request.person, timezone.localdate())
    may_keep = scope.can_in_programme("keep_peer_sets", programme)
    context = {"programme": programme, "sets": sets, "may_keep": may_keep}
    return render(request, "supervision/sets.jinja", context)


def peer_set_new(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = scope_of(request).programme(slug, "keep_peer_sets")
    form = SetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            made = peer_actions.make_set(programme=programme, words=form.words(), by=request.person)
            return reverse("peer_set_members", args=[slug, made.pk])

        return _done(request, form, deed, "Saved. Now say who belongs to it")
    context = {"form": form, "heading": "Make a set", "back": reverse("peer_sets", args=[slug])}
    return render(request, "supervision/set_form.jinja", context)


@require_safe
def peer_set(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Members read who is in it and its rules; everybody else how many came, and what was let out (V-70)."""
    scope = scope_of(request)
    programme = scope.programme(slug, "see_peer_sets")
    seen = peer_reading.seen(peer_reading.set_of(programme, pk), request.person, timezone.localdate())
    may_keep = scope.can_in_programme("keep_peer_sets", programme)
    return render(
        request, "supervision/set.jinja", {"programme": programme, "seen": seen, "may_keep": may_keep}
    )


def peer_set_members(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Takes somebody in, or records that somebody has left."""
    programme = scope_of(request).programme(slug, "keep_peer_sets")
    found, today = peer_reading.set_of(programme, pk), timezone.localdate()
    here = reverse("peer_set_members", args=[slug, pk])
    if "leave" in request.POST:
        return _leave(request, found, here)
    form = MemberForm(request.POST or None, people=peer_reading.to_choose(found, today))
    if request.method == "POST" and not form.is_valid():  # whoever was taken in is no choice any more
        if led := led_before(request.POST.get("form_key"), by=request.person, content=request.POST):
            return redirect(led)
    elif request.method == "POST":

        def deed() -> str:
            peer_actions.add_member(peer_set=found, person=form.chosen(), since=today, by=request.person)
            return here

        return _done(request, form, deed, "Saved: they belong to it")
    seen = peer_reading.seen(found, request.person, today)
    return render(request, "supervision/members.jinja", {"programme": programme, "seen": seen, "form": form})


def _leave(request: SignedInRequest, found: Any, here: str) -> HttpResponse:
    def deed() -> str:
        today = timezone.localdate()
        member = peer_reading.member_of(found, request.POST["leave"], today)
        peer_actions.end_membership(member=member, by=request.person, on=today)
        messages.success(request, "Saved: they have left")
        return here

    form_key = request.POST.get("form_key")
    return redirect(once(form_key, by=request.person, deed=deed, content=request.POST))


def peer_set_rules(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    programme = scope_of(request).programme(slug, "see_peer_sets")
    found, today, changed = peer_reading.set_of(programme, pk), timezone.localdate(), False
    peer_reading.need_member(found, request.person, today)
    there = reverse("peer_set", args=[slug, pk])
    unsaved = Unsaved(request, f"peer-rules/{slug}/{pk}/", words_in("ground_rules"))
    if unsaved.thrown_away:
        return redirect(request.path)
    form = RulesForm(
        request.POST or None, initial={"ground_rules": found.ground_rules}, version=found.version
    )
    unsaved.fill(form)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            rules, version = typed["ground_rules"], typed["version"]
            peer_actions.agree_rules(peer_set=found, rules=rules, version=version, by=request.person)
            return there

        try:
            return _done(request, form, deed, "Saved: your ground rules", unsaved)
        except Changed:
            changed, found = True, peer_reading.set_of(programme, pk)
            form.renew(found.version)
    kept = found.ground_rules if changed else ""
    context = {"form": form, "heading": f"Ground rules of {found.name}", "back": there, "unsaved": unsaved}
    return render(request, "supervision/set_form.jinja", context | {"changed": changed, "kept": kept})


def peer_meeting_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    programme = scope_of(request).programme(slug, "see_peer_sets")
    found, today = peer_reading.set_of(programme, pk), timezone.localdate()
    peer_reading.need_member(found, request.person, today)
    people = [member.person for member in peer_reading.members_of(found, today)]
    everybody = [str(person.pk) for person in people]
    there = reverse("peer_set", args=[slug, pk])
    unsaved = Unsaved(request, f"peer-meeting/{slug}/{pk}/", words_in("learning"))
    if unsaved.thrown_away:
        return redirect(request.path)
    form = PeerMeetingForm(
        request.POST or None,
        initial={"on": today, "attended": everybody},
        people=people,
        is_taken=lambda on: peer_reading.met_on(found, on, None),
    )
    unsaved.fill(form)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            came, learning = form.came(), typed["learning"]
            peer_actions.record_meeting(
                peer_set=found, on=typed["on"], attended=came, learning=learning, by=request.person
            )
            return there

        return _done(request, form, deed, "Saved: the meeting is recorded", unsaved)
    if before := _sent_before(request):
        return redirect(before)
    context = {"form": form, "heading": "Record a meeting", "back": there, "unsaved": unsaved}
    return render(request, "supervision/set_form.jinja", context)


def peer_meeting(request: SignedInRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Changes what is recorded of a meeting."""
    programme = scope_of(request).programme(slug, "see_peer_sets")
    found, today, changed = peer_reading.set_of(programme, pk), timezone.localdate(), False
    peer_reading.need_member(found, request.person, today)
    meeting = peer_reading.meeting_of(found, number)
    members = [member.person for member in peer_reading.members_of(found, today)]
    there = reverse("peer_set", args=[slug, pk])
    unsaved = Unsaved(request, f"peer-meeting-change/{slug}/{pk}/{number}/", words_in("learning"))
    if unsaved.thrown_away:
        return redirect(request.path)
    form = PeerMeetingForm(
        request.POST or None,
        initial={
            "on": meeting.on,
            "attended": [str(person.pk) for person in meeting.attended.all()],
            "learning": meeting.learning,
        },
        people={person.pk: person for person in [*members, *meeting.attended.all()]}.values(),
        is_taken=lambda on: peer_reading.met_on(found, on, meeting),
        version=meeting.version,
    )
    unsaved.fill(form)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            peer_actions.change_meeting(
                meeting=meeting,
                on=typed["on"],
                attended=form.came(),
                learning=typed["learning"],
                version=typed["version"],
                by=request.person,
            )
            return there

        try:
            return _done(request, form, deed, "Saved", unsaved)
        except Changed:
            changed, meeting = True, peer_reading.meeting_of(found, number)
            form.renew(meeting.version)
    elif before := _sent_before(request):
        return redirect(before)
    kept = meeting.learning if changed else ""
    context = {"form": form, "heading": "Change the meeting", "back": there, "unsaved": unsaved}
    return render(request, "supervision/set_form.jinja", context | {"changed": changed, "kept": kept})


def _sent_before(request: SignedInRequest) -> str:
    """Where a second press of the same form leads: by then a meeting on that day is recorded."""
    if request.method != "POST":
        return ""
    return led_before(request.POST.get("form_key"), by=request.person, content=request.POST)


def _done(
    request: SignedInRequest,
    form: NhsForm,
    deed: Callable[[], str],
    said: str,
    unsaved: Unsaved | None = None,
) -> HttpResponse:
    """Does the deed once, forgets what was kept of its form, and says so on the page it leads to."""
    url = once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
    if unsaved:
        unsaved.drop(form.cleaned_data["form_key"])
    messages.success(request, said)
    return redirect(url)
