"""The pages of the team: programmes, people, invitations, the first lead."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from programmes import invitations
from programmes.access import scope_of
from programmes.invitations import InvitationRefused
from programmes.registers.field import learn_from
from programmes.team import actions, reading
from programmes.team.forms import (
    InviteForm,
    PressForm,
    ProgrammeForm,
    RoleForm,
    new_programme_values,
    programme_values,
)


def programme_new(request: SignedInRequest) -> HttpResponse:
    """Starts a programme; open to those who were given that, and to leads of another."""
    scope = scope_of(request)
    if not (
        request.person.may_start_programmes
        or any(scope.leads_whole("lead_programme", p) for p in scope.programmes())
    ):
        raise PermissionDenied
    today = timezone.localdate()
    form = ProgrammeForm(request.POST or None, initial=new_programme_values(today))
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            learn_from(form, by=request.person)
            programme = actions.start_programme(
                words=form.words(),
                lead_organisation=form.cleaned_data["lead_organisation"],
                themes=form.theme_names(),
                by=request.person,
                at=timezone.now(),
                on=today,
            )
            messages.success(request, "Saved: invite the people of the programme next")
            return reverse("team", args=[programme.slug])

        return redirect(
            once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        )
    return render(request, "team/programme.jinja", {"form": form, "programme": None})


def programme_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = scope_of(request).programme(slug, "lead_programme")
    form = ProgrammeForm(
        request.POST or None,
        programme=programme,
        initial=programme_values(programme),
        version=programme.version,
    )
    changed = False
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            actions.change_programme(
                programme=programme,
                words=form.words(),
                themes=form.theme_names(),
                version=form.cleaned_data["version"],
                by=request.person,
            )
            return reverse("programme_edit", args=[slug])

        try:
            url = once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        except Changed:
            changed = True
            programme.refresh_from_db()
            form.renew(programme.version)
        else:
            messages.success(request, "Saved")
            return redirect(url)
    context = {"form": form, "programme": programme, "changed": changed}
    return render(request, "team/programme.jinja", context)


@require_safe
def team(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who takes part, and how each invitation stands."""
    scope = scope_of(request)
    programme = scope.programme(slug, "invite")
    context = {
        "programme": programme,
        "lines": reading.team_of(scope, programme, scope.today, timezone.now()),
        "may_lead": scope.leads_whole("lead_programme", programme),
    }
    return render(request, "team/team.jinja", context)


def invite(request: SignedInRequest, slug: str) -> HttpResponse:
    """Two steps: the role, then who and where."""
    scope = scope_of(request)
    programme = scope.programme(slug, "invite")
    roles = reading.roles_to_give(scope, programme)
    role = request.GET.get("role", "")
    if role not in roles:
        asked = RoleForm(request.GET if "role" in request.GET else None, roles=roles)
        return render(request, "team/role.jinja", {"programme": programme, "form": asked})
    residencies = scope.residencies(programme, permission="invite")
    form = InviteForm(
        request.POST or None,
        initial=reading.named_already(residencies, role, request.GET.get("of", "")),
        place=reading.place_of(role),
        themes=programme.themes.all(),
        residencies=residencies,
    )
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            learn_from(form, by=request.person)
            invitation = invitations.offer(
                person=invitations.person_called(form.cleaned_data["name"], form.cleaned_data["email"]),
                programme=programme,
                role=role,
                place=form.place(),
                by=request.person,
                at=timezone.now(),
                on=timezone.localdate(),
            )
            return reverse("invitation", args=[slug, invitation.pk])

        try:
            return redirect(
                once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
            )
        except InvitationRefused as refused:
            form.add_error("name", str(refused))
    context = {"programme": programme, "form": form, "role": reading.role_called(role)}
    return render(request, "team/invite.jinja", context)


def invitation(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """How an invitation stands; copy its link, send it again, withdraw it: whoever may give that part."""
    scope = scope_of(request)
    programme = scope.programme(slug, "invite")
    found = reading.invitation_of(scope, programme, pk)
    may_press = found.membership.role in reading.roles_to_give(scope, programme)
    if request.method == "POST" and not may_press:
        raise PermissionDenied
    now, address = timezone.now(), ""
    if request.method == "POST":
        try:
            match request.POST.get("press"):
                case "copy":
                    address = invitations.link_to_copy(found, by=request.person, at=now)
                case "resend":
                    invitations.resend(found, by=request.person, at=now)
                    messages.success(request, "Sent again: the older link has ended")
                case "withdraw":
                    invitations.withdraw(found, by=request.person, at=now, on=scope.today)
                    messages.success(request, "Withdrawn: the link has ended")
        except InvitationRefused as refused:
            messages.error(request, str(refused))
        if not address:
            return redirect("invitation", slug, pk)
    context = {
        "programme": programme,
        "invitation": found,
        "state": invitations.state_of(found, now),
        "letter_problem": invitations.letter_problem(found),
        "address": address,
        "may_press": may_press,
        "form": PressForm(),
    }
    return render(request, "team/invitation.jinja", context)


def membership_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ends somebody's part in the programme; what they did stays."""
    scope = scope_of(request)
    programme = scope.programme(slug, "invite")

    def deed() -> str:
        ending = reading.membership_of(scope, programme, pk)
        actions.end_membership(membership=ending, by=request.person, on=scope.today)
        messages.success(request, f"{ending.person} no longer takes part as {ending.get_role_display()}")
        return reverse("team", args=[slug])

    if request.method == "POST":
        try:
            return redirect(once(request.POST.get("form_key"), by=request.person, deed=deed))
        except actions.LastLead as refused:
            messages.error(request, str(refused))
            return redirect("team", slug)
    membership = reading.membership_of(scope, programme, pk)
    context = {"programme": programme, "membership": membership, "form": PressForm()}
    return render(request, "team/end.jinja", context)
