"""Signed links that live: what somebody without an account is sent."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone

from embedded import links
from embedded.accounts.models import Person
from programmes import invitations
from programmes.cases.actions import HOST as CASE_HOST
from programmes.cases.consents import PURPOSE as CASE_CONSENT
from programmes.course import actions as course
from programmes.evidence import actions as evidence
from programmes.models import LookingBack, Residency, Stage
from programmes.nudges.actions import NUDGE
from programmes.onboarding.asking import ANSWER
from programmes.onboarding.asking import asked_of as access_asked_of
from programmes.onboarding.reminding import WEEKLY
from programmes.planning.notices import ANSWER as OWN_ANSWER
from programmes.registration.notices import CONFIRM, asked_of
from programmes.team.invitations import FIRST_LEAD
from tests.house.addresses import Things
from tests.house.agreed import link_for
from tests.world import make_residency


def live_links(things: Things) -> dict[str, str]:
    """An address with a live token for every page that a signed link opens, by the page's name."""
    lead, now = things.world.people["programme_lead"], timezone.now()
    copied = invitations.link_to_copy(things.invitation, by=lead, at=now)
    first, _ = Person.objects.get_or_create(display_name="First programme lead", may_start_programmes=True)
    link, use_token = links.issue(evidence.PURPOSE, str(things.use.pk), by=lead)
    things.use.confirm_link, things.use.confirm_asked_of = link, "director@hospital.example"
    things.use.save(update_fields=["confirm_link", "confirm_asked_of"])
    things.world.residency.host_manager_email = "manager@hospital.example"
    things.world.residency.save(update_fields=["host_manager_email"])
    with_host, named = things.more["case_with_host"], things.more["case_person"]
    with_host.host_link, host_token = links.issue(CASE_HOST, str(with_host.pk), by=lead)
    with_host.save(update_fields=["host_link"])
    named.link, named_token = links.issue(CASE_CONSENT, str(named.pk), by=lead)
    named.save(update_fields=["link"])
    tokens = {
        "access_answer": links.issue(ANSWER, access_asked_of(things.access_item), by=lead)[1],
        "case_consent": named_token,
        "case_host": host_token,
        "first_lead_open": links.issue(FIRST_LEAD, str(first.pk))[1],
        "invitation_open": copied.rstrip("/").rpartition("/")[2],
        "look_back_answer": links_to_look_back(things),
        "nudge_open": links.issue(NUDGE, str(things.world.people["researcher"].pk))[1],
        "planning_answer": links.issue(OWN_ANSWER, str(things.plan_voice.pk), by=lead)[1],
        "registration_confirm": links.issue(CONFIRM, asked_of(things.world.residency), by=lead)[1],
        "use_confirm": use_token,
        "weekly_letter_open": links.issue(WEEKLY, "owner@hospital.example")[1],
        "working_agreement_open": link_for(things.named),
    }
    return {name: reverse(name, args=[token]) for name, token in tokens.items()}


def links_to_look_back(things: Things) -> str:
    """A live token for what is asked half a year after a residency of the same host ended."""
    world = things.world
    over = Residency.objects.filter(programme=world.programme, stage=Stage.ENDED).first()
    if over is None:
        ended_on = timezone.localdate() - datetime.timedelta(days=190)
        over = make_residency(world.programme, world.host, Stage.ENDED, ended_on=ended_on)
    row, _ = LookingBack.objects.get_or_create(residency=over, months=6, asked_of="ward@trust.example")
    row.link, token = links.issue(course.PURPOSE, str(row.pk), by=world.people["programme_lead"])
    row.save(update_fields=["link"])
    return token
