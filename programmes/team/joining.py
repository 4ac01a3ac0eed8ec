"""The pages by which somebody joins: the link of a letter, the answer, the first lead's link."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.models import User
from embedded.accounts.requests import SignedInRequest, VisitorRequest
from embedded.drafts import once
from embedded.links.landing import landing
from programmes import invitations
from programmes.access import scope_of
from programmes.invitations import InvitationRefused
from programmes.team import actions, reading
from programmes.team.forms import FirstLeadForm, PressForm
from programmes.team.invitations import first_lead_behind, hold

if TYPE_CHECKING:
    from programmes.models import Invitation


@landing
def invitation_open(request: VisitorRequest, token: str) -> HttpResponse:
    """What the letter's link opens: what it is about, and one press to go on. A look changes nothing (F14)."""
    found = invitations.open_invitation(token)
    if found is None or found.accepted_at or found.declined_at:
        return render(request, "links/over.jinja", {"answered": found is not None}, status=410)
    if request.method != "POST":
        return render(request, "team/invited.jinja", {"invitation": found, "form": PressForm()})
    now = timezone.now()
    if request.POST.get("press") == "decline":
        try:
            invitations.decline(found, at=now, on=timezone.localdate())
        except InvitationRefused:  # another press was a moment faster
            return render(request, "links/over.jinja", {"answered": True}, status=410)
        return render(request, "team/declined.jinja", {"invitation": found})
    invitations.note_opened(found, at=now)
    if request.person is not None:
        return _accepted(request, found)
    hold(request, token)
    has_account = found.membership.person.user_id is not None
    name = "account_login" if has_account else "account_signup"
    return redirect(f"{reverse(name)}?{urlencode({'next': reverse('invitation_accept', args=[found.pk])})}")


def invitation_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """The last press, by the invited person, signed in."""
    found = reading.own_invitation(scope_of(request), pk)
    if found.accepted_at:
        return redirect(_first_place(found))
    if request.method == "POST":
        return _accepted(request, found)
    return render(request, "team/accept.jinja", {"invitation": found, "form": PressForm()})


def _accepted(request: HttpRequest, found: Invitation) -> HttpResponse:
    try:
        invitations.accept(found, user=cast(User, request.user), at=timezone.now())
    except InvitationRefused as refused:
        messages.error(request, str(refused))
        return redirect("home")
    messages.success(request, f"You are now part of {found.membership.programme}")
    return redirect(_first_place(found))


def _first_place(found: Invitation) -> str:
    """Where the person's part begins: a researcher is led to the post, everybody else to the front page."""
    residency = found.membership.residency
    if found.membership.role == "researcher" and residency is not None:
        return reverse("accept", args=[residency.programme.slug, residency.code])
    return reverse("home")


@landing
def first_lead_open(request: VisitorRequest, token: str) -> HttpResponse:
    """The link that an empty installation prints: who is the first programme lead?"""
    person = first_lead_behind(token)
    if person is None:
        return render(request, "links/over.jinja", status=410)
    form = FirstLeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.name_first_lead(person=person, name=typed["name"], email=typed["email"])
            return f"{reverse('account_signup')}?{urlencode({'next': reverse('programme_new')})}"

        url = once(typed["form_key"], by=None, deed=deed, content=request.POST)
        hold(request, token)
        return redirect(url)
    return render(request, "team/first_lead.jinja", {"form": form})
