"""Everybody who asks in the matrix (P2), each with a browser: the roles of programmes.access, their namesakes next
door, people without a part, and holders of signed links."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.test import Client, override_settings

from embedded import links
from embedded.accounts.models import Person
from embedded.links.models import SignedLink
from embedded.open_pages import BY_SIGNED_LINK
from programmes.models import Role, Theme
from tests.house.addresses import Things, address_of
from tests.house.live import live_links
from tests.world import World, client_of, join, make_organisation, make_person, make_residency

DAY = datetime.timedelta(days=1)
# They confirmed that it is them at the start, and a whole matrix takes longer than the five minutes of P19.
STAY_CONFIRMED: Final = override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=3600)

LINK_HOLDERS: Final = {
    "link_valid": "nobody signed in, holding the live link that the address asks for",
    "link_expired": "the same, the link's time is over",
    "link_revoked": "the same, the link was ended",
    "link_other_tenant": "the same, the link is live and another programme's: it opens that programme's thing only",
}
WITHOUT_A_PART: Final = {
    "anonymous": "nobody signed in",
    "suspended": "a programme lead whose account was switched off",
    "stranger": "an account with no part in anything",
    "may_start": "an account that may start programmes, the nearest thing to a platform administrator: there is none",
    "other_lead": "the lead of another programme",
    "invited_lead": "invited to lead this programme, not yet accepted",
    "former_lead": "led this programme until yesterday",
}
EDITORS: Final = {
    "editor": "edits the guidance library: a right of the whole service, with no part in a programme",
    "second_editor": "edits it too, and asked for the approval of one of the editions",
}
NEXT_DOOR: Final = {
    "theme_lead_elsewhere": "leads another theme of this programme",
    "manager_elsewhere": "manages at another host of this programme",
    "rd_office_elsewhere": "the research office of another host of this programme",
    "researcher_same_host": "holds another post at the same host",
    "researcher_elsewhere": "holds a post at another host of this programme",
}
PRINCIPALS: Final = [
    *WITHOUT_A_PART,
    *LINK_HOLDERS,
    *[role.value for role in Role],
    *NEXT_DOOR,
    *EDITORS,
]


@dataclass
class Everybody:
    """A browser for each principal, and where the holders of links go."""

    browsers: dict[str, Client]
    links: dict[str, dict[str, str]] = field(default_factory=dict)

    def address(self, name: str, who: str, things: Things) -> str:
        """What this principal opens for that name: their own link where a link is what opens it."""
        return self.links.get(who, {}).get(name) or address_of(name, things)


def everybody(things: Things, theirs: Things) -> Everybody:
    """All principals around the things of one programme; `theirs` are another programme's."""
    world = things.world
    people = {
        "suspended": _member(world, Role.PROGRAMME_LEAD, None),
        "stranger": stranger(),
        "may_start": make_person("Starter", may_start_programmes=True),
        "other_lead": theirs.world.people["programme_lead"],
        "invited_lead": _member(world, Role.PROGRAMME_LEAD, None, accepted_at=None),
        "former_lead": _former_lead(world),
    }
    people |= world.people | _next_door(world)
    browsers = {who: client_of(person) for who, person in people.items() if who in PRINCIPALS}
    switch_off(people["suspended"])
    return Everybody(
        browsers | {who: Client() for who in ("anonymous", *LINK_HOLDERS)}, _links(things, theirs)
    )


def stranger() -> Person:
    """Somebody with an account and no part in anything; the address is the account's, as sign-up makes it."""
    person = make_person("Stranger")
    EmailAddress.objects.create(user=person.user, email=person.email, verified=True, primary=True)
    return person


def switch_off(person: Person) -> None:
    """What whoever runs the service does to an account that must not be used any more."""
    assert person.user
    person.user.is_active = False
    person.user.save(update_fields=["is_active"])


def _member(world: World, role: Role, place: Any, **fields: Any) -> Person:
    person = make_person()
    join(person, role, world.programme, place, **fields)
    return person


def _former_lead(world: World) -> Person:
    person = make_person("Former lead")
    held = join(person, Role.PROGRAMME_LEAD, world.programme)
    held.end = held.start + DAY
    held.save()
    return person


def _next_door(world: World) -> dict[str, Person]:
    programme, host = world.programme, make_organisation("Another Trust")
    theme = Theme.objects.create(programme=programme, name="Another theme")
    here, there = make_residency(programme, world.host), make_residency(programme, host)
    return {
        "theme_lead_elsewhere": _member(world, Role.THEME_LEAD, theme),
        "manager_elsewhere": _member(world, Role.HOST_MANAGER, host),
        "rd_office_elsewhere": _member(world, Role.RD_OFFICE, host),
        "researcher_same_host": _member(world, Role.RESEARCHER, here),
        "researcher_elsewhere": _member(world, Role.RESEARCHER, there),
    }


def _links(things: Things, theirs: Things) -> dict[str, dict[str, str]]:
    """Live links last: making new ones ends some of the older."""
    expired, revoked = live_links(things), live_links(things)
    for address in expired.values():
        expire(link_of(address))
    for address in revoked.values():
        links.revoke(link_of(address))
    found = {
        "link_valid": live_links(things),
        "link_expired": expired,
        "link_revoked": revoked,
        "link_other_tenant": live_links(theirs),
    }
    assert all(set(one) == BY_SIGNED_LINK for one in found.values())
    return found


def expire(link: SignedLink) -> None:
    SignedLink.objects.filter(pk=link.pk).update(
        made_at=link.made_at - 60 * DAY, expires_at=link.made_at - DAY
    )


def link_of(address: str) -> SignedLink:
    """The row behind an address that ends in a token."""
    token = address.rstrip("/").rpartition("/")[2]
    return SignedLink.objects.get(token_sha256=hashlib.sha256(token.encode()).hexdigest())
