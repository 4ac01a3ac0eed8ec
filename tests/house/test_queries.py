"""No page asks the database more because there is more to show (P37): every address with 1 and 30 of everything."""

from __future__ import annotations

from typing import Any

import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from embedded.post.models import Letter
from tests.house.addresses import Things, address_of, our_names, things_in
from tests.house.growing import one_more_of_everything
from tests.registration.filled import make_idea
from tests.registration.test_decisions import make_sent
from tests.world import World

MOST = 25
DASHBOARDS = {"dashboard": 40, "figures": 40}
# reading it prints or streams a file that was made before
FILES = {"guidance_pack_file", "guidance_pdf", "guidance_sheet", "guidance_word", "report_pdf"}
SEEN = 60  # of our addresses answer a look by somebody with a page, at the least


def pages(things: Things, browsers: list[Client], more: dict[str, str]) -> dict[str, tuple[str, Client]]:
    """The address of every page and somebody who may open it, each opened once so that nothing is asked first."""
    addresses = {name: address_of(name, things) for name in our_names() if name not in FILES} | more
    addresses["demo_letter"] = f"/demo/letters/{Letter.objects.latest('pk').pk}/"
    found: dict[str, tuple[str, Client]] = {}
    for name, address in addresses.items():
        for browser in browsers:
            if browser.get(address).status_code == 200:
                found[name] = (address, browser)
                break
    return found


def asked(opened: dict[str, tuple[str, Client]]) -> dict[str, list[str]]:
    """What each page asks of the database. The clock stands still: once a minute a sign-in notes that it is in use."""
    found: dict[str, list[str]] = {}
    with time_machine.travel(timezone.now(), tick=False):
        for name, (address, browser) in opened.items():
            browser.get(address)  # the index of organisations is made again once one was added
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200, name
            found[name] = [query["sql"] for query in queries]
    return found


def test_p37_no_page_asks_more_with_thirty_than_with_one(world: World, settings: Any) -> None:
    settings.DEMONSTRATION = True
    call_command("load_guidance", no_packs=True, verbosity=0)
    things, sent = things_in(world), make_sent(world)
    idea = make_idea(world.programme, world.host, world.people["host_manager"])
    more = {
        "approval": f"/p/{world.programme.slug}/r/{sent.code}/approval/",
        "registration of one that was sent": f"/p/{world.programme.slug}/r/{sent.code}/registration/",
        "registration_check": f"/p/{world.programme.slug}/r/{idea.code}/registration/check/",
        "organisations looked up": "/organisations/?q=one more",
        "residencies looked up": f"/p/{world.programme.slug}/residencies/?q=residency",
        "invite to a role": f"/p/{world.programme.slug}/team/invite/?role=researcher",
    }
    one_more_of_everything(things, sent)
    opened = pages(things, [world.client("programme_lead"), world.client("researcher")], more)
    assert len(opened) >= SEEN and opened.keys() >= more.keys()
    few = asked(opened)
    for _ in range(29):
        one_more_of_everything(things, sent)
    many = asked(opened)
    wrong = [
        f"{name}: {len(few[name])} with one, {len(many[name])} with thirty, at most {DASHBOARDS.get(name, MOST)}"
        for name in opened
        if len(many[name]) != len(few[name]) or len(many[name]) > DASHBOARDS.get(name, MOST)
    ]
    assert not wrong, "\n".join(wrong)
