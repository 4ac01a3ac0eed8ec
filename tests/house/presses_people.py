"""The presses about people and places: programmes, invitations, parts, one's own account, the directory."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from embedded.accounts.models import Person, SignIn
from tests.house.addresses import Things
from tests.house.live import live_links
from tests.house.pressing import NOBODY, Press, at, press
from tests.registration.filled import chosen, key
from tests.team.test_invitations import programme_form
from tests.world import make_person


@press
def programme_new(things: Things) -> Press:
    return Press("programme_lead", at(things, "programme_new"), programme_form(things.world))


@press
def programme_edit(things: Things) -> Press:
    typed = programme_form(things.world, version="1")
    typed = {name: value for name, value in typed.items() if not name.startswith("lead_organisation")}
    return Press("programme_lead", at(things, "programme_edit"), typed)


@press
def invite(things: Things) -> Press:
    typed = {"form_key": key(), "name": "Ines Costa", "email": "ines@trust.example"}
    typed |= chosen("organisation", things.world.host)
    return Press("programme_lead", at(things, "invite") + "?role=hr", typed)


@press
def invitation(things: Things) -> Press:
    return Press("programme_lead", at(things, "invitation"), {"press": "withdraw", "form_key": key()})


@press
def invitation_open(things: Things) -> Press:
    typed = {"press": "decline", "form_key": key()}
    return Press(NOBODY, live_links(things)["invitation_open"], typed, lands=200)


@press
def invitation_accept(things: Things) -> Press:
    invited: Person = things.invitation.membership.person
    if invited.user is None:
        account = make_person("Account of the invited")
        invited.user, account.user = account.user, None
        account.save()
        invited.save()
    things.world.people["invited"] = invited
    return Press("invited", at(things, "invitation_accept"), {"form_key": key()})


@press
def interest(things: Things) -> Press:
    typed = {"organisation": "A trust", "problem": "Falls", "name": "Ruth", "email": "ruth@trust.example"}
    return Press(NOBODY, at(things, "interest"), typed | {"phone": "", "form_key": key()})


@press
def interests(things: Things) -> Press:
    return Press("programme_lead", at(things, "interests"), {"press": "close", "form_key": key()})


@press
def interest_answer(things: Things) -> Press:
    typed = {"title": "Falls at night", "press": "idea", "form_key": key()}
    return Press("programme_lead", at(things, "interest_answer"), typed | chosen("host", things.world.host))


@press
def first_lead_open(things: Things) -> Press:
    typed = {"name": "Ada Rees", "email": "ada@arc.example", "form_key": key()}
    return Press(NOBODY, live_links(things)["first_lead_open"], typed)


@press
def membership_end(things: Things) -> Press:
    return Press("programme_lead", at(things, "membership_end"), {"form_key": key()})


@press
def account_details(things: Things) -> Press:
    typed = {"display_name": "Another Name", "pronouns": "", "job_title": "", "phone": "", "form_key": key()}
    return Press("researcher", at(things, "account_details"), typed)


@press
def account_sign_out_elsewhere(things: Things) -> Press:
    return Press("researcher", at(things, "account_sign_out_elsewhere"), {"form_key": key()})


@press
def account_sign_in_end(things: Things) -> Press:
    now = timezone.now()
    there = SignIn.objects.create(
        user=things.world.people["researcher"].user,
        session_key="elsewhere",
        device="Edge on Windows",
        began_at=now,
        seen_at=now,
    )
    return Press("researcher", reverse("account_sign_in_end", kwargs={"pk": there.pk}), {"form_key": key()})


@press
def organisation_add(things: Things) -> Press:
    typed = {"name": "Lambeth Carers Circle", "kind": "vcse", "nation": "england", "form_key": key()}
    return Press("programme_lead", at(things, "organisation_add"), typed)
