"""A letter that was refused for good is told to whoever had it sent, on the page they sent it from (trust.md P46)."""

from __future__ import annotations

import pytest

from embedded.post.models import Letter
from programmes.models import AccessItem, Invitation, UseInDecision
from tests.evidence.test_uses import typed as use_typed
from tests.mail_server import MailServer
from tests.post.test_sending import run_all
from tests.team.test_invitations import invite
from tests.world import World

pytestmark = pytest.mark.django_db
DID_NOT_ARRIVE = "The letter did not arrive"
REFUSED = "The mail server refused the letter (code 550)."


@pytest.fixture
def refusing(mail_server: MailServer) -> None:
    mail_server.rule = lambda address: "recipient 550"


@pytest.fixture
def use_page(world: World) -> str:
    world.client("researcher").post(world.url("uses/new/"), use_typed(confirm_by="chair@board.nhs.uk"))
    return world.url(f"uses/{UseInDecision.objects.get().pk}/")


@pytest.fixture
def item_page(world: World) -> str:
    item = AccessItem.objects.create(
        placement=world.placement,
        host=world.host,
        kind="badge",
        state="requested",
        owner_email="desk@trust.nhs.uk",
    )
    page = world.url(f"access/{item.pk}/")
    key = "5d4f1b52-0b0d-4a0e-9d9f-3b1f5a0f9f11"
    assert world.client("programme_lead").post(f"{page}ask/", {"form_key": key}).status_code in (200, 302)
    return page


@pytest.fixture
def invitation_page(world: World) -> str:
    invite(world, email="sam@trust.nhs.uk")
    return f"/p/{world.programme.slug}/team/invitations/{Invitation.objects.get().pk}/"


@pytest.mark.parametrize("asked_from", ["use_page", "item_page", "invitation_page"])
def test_who_had_it_sent_reads_that_it_was_refused(
    world: World, refusing: None, asked_from: str, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(asked_from)
    lead = world.client("programme_lead")
    assert DID_NOT_ARRIVE not in lead.get(page).content.decode()
    run_all()
    assert Letter.objects.get().state == "failed"
    seen = lead.get(page).content.decode()
    assert DID_NOT_ARRIVE in seen
    assert REFUSED in seen
