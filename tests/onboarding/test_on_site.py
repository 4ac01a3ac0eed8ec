"""What On site and the access page say of each host: who lets in, what waits, why none is needed, what is kept."""

from __future__ import annotations

import csv
import datetime
import io
import re
from html import unescape
from typing import Any

import pytest

from programmes import clearance
from programmes.in_order import why_none_needed
from programmes.models import (
    AccessItem,
    Organisation,
    OrganisationPart,
    Residency,
    ResidencyOrganisation,
    Role,
)
from programmes.onboarding import clearing
from tests.registration.filled import TODAY
from tests.world import World, join, make_organisation, make_person

DAY = datetime.timedelta(days=1)
LETTER = {"issuer": "R&D office", "reference": "LOA 7", "issued_on": datetime.date(2026, 3, 5)}


def words(world: World, address: str, role: str = "programme_lead") -> str:
    text = unescape(world.client(role).get(address).content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def on_site(world: World, role: str = "programme_lead") -> str:
    return words(world, f"/p/{world.programme.slug}/on-site/", role)


def rows(world: World) -> list[dict[str, str]]:
    answer: Any = world.client("programme_lead").get(f"/p/{world.programme.slug}/on-site.csv")
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def add(world: World, kind: str = "letter_of_access", **fields: Any) -> AccessItem:
    values = {"placement": world.placement, "host": world.host, "kind": kind} | fields
    return AccessItem.objects.create(**values)


def second_host(world: World, name: str = "Second Trust", kind: str = "nhs_trust") -> Organisation:
    host = make_organisation(name, kind)
    ResidencyOrganisation.objects.create(
        residency=world.residency, organisation=host, part=OrganisationPart.HOST
    )
    return host


# the 60 days after a running one was brought in


@pytest.mark.parametrize(("days", "waits"), [(0, True), (59, True), (60, False)])
def test_permission_waits_sixty_days_to_be_confirmed_and_is_missing_then(
    world: World, days: int, waits: bool
) -> None:
    add(world)
    Residency.objects.filter(pk=world.residency.pk).update(adopted_on=TODAY - days * DAY)
    page = world.client("rd_office").get(f"/p/{world.programme.slug}/on-site/").content.decode()
    assert ("nhsuk-tag--red" in page) is not waits
    assert ("To be confirmed by" in page) is waits
    row = rows(world)[0]
    assert row["Permission"].startswith("To be confirmed by" if waits else "Missing")
    assert ("to be confirmed by" in row["Missing"]) is waits and "Letter of access" in row["Missing"]


def test_permission_that_ran_out_does_not_wait(world: World) -> None:
    add(world, state="in_place", expires_on=TODAY - DAY, **LETTER)
    Residency.objects.filter(pk=world.residency.pk).update(adopted_on=TODAY)
    assert rows(world)[0]["Permission"] == "Missing"


# who lets them in


def test_each_host_shows_who_is_named_for_it(world: World) -> None:
    second, third = second_host(world), second_host(world, "Third Trust")
    join(make_person("Nia Second"), Role.HOST_MANAGER, world.programme, second)
    Residency.objects.filter(pk=world.residency.pk).update(host_manager_name="Sam Hart")
    named = {row["Host"]: row["Let in by"] for row in rows(world)}
    assert named == {
        "Made Up Trust": "Sam Hart",
        "Second Trust": "Nia Second",
        str(third): "Not named yet",
    }


def test_nobody_who_has_left_or_not_come_yet_lets_anybody_in(world: World) -> None:
    second = second_host(world)
    join(make_person("Gone"), Role.HOST_MANAGER, world.programme, second, end=TODAY)
    join(make_person("Asked"), Role.HOST_MANAGER, world.programme, second, accepted_at=None)
    assert "Not named yet" in {row["Let in by"] for row in rows(world)}


def test_host_manager_of_the_host_lets_in_where_the_residency_names_nobody(world: World) -> None:
    """As after bringing in a running one, which asks for no host manager."""
    assert rows(world)[0]["Let in by"] == "Host manager"


@pytest.mark.parametrize(("role", "may"), [("programme_lead", True), ("rd_office", False)])
def test_whoever_may_name_them_is_led_there(world: World, role: str, may: bool) -> None:
    world.people["host_manager"].memberships.update(end=TODAY)
    second_host(world)
    client = world.client(role)
    page = unescape(client.get(f"/p/{world.programme.slug}/on-site/").content.decode())
    assert "Not named yet" in page
    ways = re.findall(r'href="([^"]+)">Name them', page)
    assert len(ways) == (2 if may else 0)
    assert all(client.get(way).status_code == 200 for way in ways)


# why none is needed


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("local_authority", "letters of access exist in the NHS alone"),
        ("gp_practice", "decides for itself whom it lets in"),
        ("hei", "letters of access are for coming into the NHS"),
        ("nhs_trust", ""),
    ],
)
def test_where_no_permission_is_needed_it_says_why(world: World, kind: str, said: str) -> None:
    host = second_host(world, "The Other Place", kind)
    assert (
        (said in why_none_needed(world.placement, host, []))
        if said
        else not why_none_needed(world.placement, host, [])
    )
    for page in (on_site(world), words(world, world.url("access/"))):
        assert ("None needed here, because" in page) is bool(said)
        assert said in page
    permission = {row["Host"]: row["Permission"] for row in rows(world)}["The Other Place"]
    assert said in permission and ("None needed here" in permission) is bool(said)


def test_host_that_employs_and_host_that_says_so_give_their_reasons(world: World) -> None:
    item = add(world, state="not_required", reason="The contract covers it")
    assert rows(world)[0]["Permission"] == "None needed here, because the contract covers it"
    assert why_none_needed(world.placement, world.host, [item]) == "the contract covers it"
    world.placement.employer = world.host
    assert why_none_needed(world.placement, world.host, []) == "Made Up Trust employs them"


# what is recorded of a thing in place


def test_checklist_shows_what_is_recorded_once_it_is_in_place(world: World) -> None:
    add(world, state="in_place", kept_at="File 3", expires_on=TODAY + 300 * DAY, **LETTER)
    page = words(world, world.url("access/"), "researcher")
    assert "Issued 5 March 2026 by R&D office. Reference LOA 7. Kept at File 3" in page
    AccessItem.objects.update(state="requested")
    assert "LOA 7" not in words(world, world.url("access/"), "researcher")


def test_of_a_check_readers_see_the_day_alone(world: World) -> None:
    """V-31."""
    seen = {"issued_on": datetime.date(2026, 3, 5), "issuer": "Jo Hart", "reference": "001234 enhanced"}
    add(world, "criminal_record_check", state="in_place", **seen)
    reader = words(world, world.url("access/"), "researcher")
    assert "Seen 5 March 2026" in reader and "001234" not in reader and "Jo Hart" not in reader
    assert "001234 enhanced" in words(world, world.url("access/"), "hr")


def test_pages_ask_no_more_for_three_hosts(world: World, django_assert_max_num_queries: Any) -> None:
    client, address = world.client("programme_lead"), f"/p/{world.programme.slug}/on-site/"

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get(address)
        return len(counted)

    client.get(address)
    first = queries()
    for number in range(2):
        clearance.list_needs(world.placement, [second_host(world, f"Trust {number}")])
    assert queries() == first


# what a renewed one covered before


def test_history_keeps_the_period_of_a_permission_that_is_renewed(world: World) -> None:
    """From when to when it was, and is now, who renewed it and when; not shown to an office of one host alone."""
    item = add(world)
    years = [(datetime.date(2025, 3, 5), datetime.date(2026, 3, 4))]
    years += [(datetime.date(2026, 3, 5), datetime.date(2027, 3, 4))]
    for issued, expires in years:
        clearing.record_item(
            item=item,
            standing=clearing.Standing("in_place", issued, "R&D office", "LOA 7", expires),
            by=world.people["rd_office"],
            version=item.version,
        )
    page = words(world, world.url("history/"), "host_manager")
    now, was = "from 5 March 2026 to 4 March 2027", "from 5 March 2025 to 4 March 2026"
    recorded = f"R&D office recorded letter of access for {item.placement.person} at {item.host}: in place"
    assert f"{recorded}, {now} (it was: in place, {was})." in page
    assert f"{recorded}, {was} (it was: needed)." in page
    assert was not in words(world, world.url("history/"), "hr")


def test_history_repeats_no_period_that_stays(world: World) -> None:
    item = add(world, state="in_place", **LETTER)
    same = clearing.Standing("in_place", LETTER["issued_on"], "R&D office", "LOA 8")  # type: ignore[arg-type]
    clearing.record_item(item=item, standing=same, by=world.people["hr"], version=item.version)
    recorded = f"recorded letter of access for {item.placement.person} at {item.host}: in place."
    assert recorded in words(world, world.url("history/"), "host_manager")
