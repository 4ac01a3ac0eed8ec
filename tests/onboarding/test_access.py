"""Access: six things at most, V-30 and V-31 where they belong, an owner's three answers, who is on site."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from embedded.audit.models import Event
from programmes import clearance
from programmes.models import (
    AccessItem,
    Organisation,
    OrganisationPart,
    Placement,
    ResidencyOrganisation,
    Role,
)
from tests.registration.filled import TODAY, boxes, key
from tests.world import World, client_of, join, make_organisation, make_person, make_residency, make_world

DAY = datetime.timedelta(days=1)
ISSUED = {"issuer": "R&D office", "reference": "LOA 7"}


@pytest.fixture
def items(world: World) -> dict[str, AccessItem]:
    clearance.list_needs(world.placement, [world.host])
    return {item.kind: item for item in world.placement.access_items.all()}


def page_of(world: World, item: AccessItem | None = None, more: str = "") -> str:
    return world.url(f"access/{item.pk}/{more}" if item else "access/")


def record(client: Client, world: World, item: AccessItem, state: str, version: int = 0, **typed: str) -> Any:
    item.refresh_from_db()
    sent = {"state": state, "form_key": key(), "version": str(version or item.version)}
    response = client.post(page_of(world, item), sent | typed)
    item.refresh_from_db()
    return response


def add(world: World, kind: str, **fields: Any) -> AccessItem:
    return AccessItem.objects.create(placement=world.placement, host=world.host, kind=kind, **fields)


# how a thing stands


def test_desk_is_a_tick(world: World, items: dict[str, AccessItem]) -> None:
    """V-30 is for permissions in law alone."""
    desk = add(world, "desk")
    assert record(world.client("host_manager"), world, desk, "in_place").status_code == 302
    assert desk.state == "in_place"
    assert Event.objects.filter(deed="access.in_place").count() == 1


@pytest.mark.parametrize("kind", clearance.LEGAL_PERMISSIONS)
def test_permission_in_law_needs_issuer_reference_and_date(world: World, kind: str) -> None:
    """V-30."""
    item, client = add(world, kind), world.client("rd_office")
    page = record(client, world, item, "in_place").content.decode()
    for words in ("Enter the date it was issued", "Enter who issued it", "Enter the reference"):
        assert words in page
    assert item.state == "required"
    record(client, world, item, "in_place", **ISSUED, **boxes("issued_on", TODAY))
    assert (item.state, item.reference, item.issued_on) == ("in_place", "LOA 7", TODAY)


@pytest.mark.parametrize(("days", "right"), [(0, False), (1, True)])
def test_permission_expires_after_it_was_issued(
    world: World, items: dict[str, AccessItem], days: int, right: bool
) -> None:
    """V-30, at its boundary."""
    item = items["letter_of_access"]
    dates = boxes("issued_on", TODAY) | boxes("expires_on", TODAY + days * DAY)
    page = record(world.client("rd_office"), world, item, "in_place", **ISSUED, **dates).content.decode()
    assert (item.state == "in_place") is right
    assert right or "Expiry date must be after the date it was issued" in page


def test_permission_without_its_facts_is_refused_by_the_database_too(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add(world, "letter_of_access", state="in_place")


def test_what_is_not_needed_says_why(world: World, items: dict[str, AccessItem]) -> None:
    client, item = world.client("host_manager"), items["letter_of_access"]
    assert "Enter why it is not needed" in record(client, world, item, "not_required").content.decode()
    record(client, world, item, "not_required", reason="R&D says the contract covers it")
    assert item.state == "not_required"


@pytest.mark.parametrize("kind", ["criminal_record_check", "work_health_assessment"])
def test_nothing_is_written_about_a_check(world: World, kind: str) -> None:
    """V-31: only that it was seen; no text, no file."""
    client, item = world.client("hr"), add(world, kind)
    page = client.get(page_of(world, item)).content.decode()
    assert "never what it says" in page and 'type="file"' not in page
    wrong = record(client, world, item, "problem", reason="A caution in 1998").content.decode()
    assert "write nothing about this check here" in wrong
    item.refresh_from_db()
    assert (item.state, item.reason) == ("required", "")
    assert record(client, world, item, "in_place").status_code == 302
    assert item.state == "in_place"


def test_somebody_else_s_change_is_not_overwritten(world: World, items: dict[str, AccessItem]) -> None:
    """P47."""
    item, client = items["badge"], world.client("hr")
    seen = item.version
    record(world.client("host_manager"), world, item, "problem", reason="Card printer is broken")
    page = record(client, world, item, "requested", version=seen, owner_name="Jo Hart").content.decode()
    assert "Changed since you opened it" in page and "Card printer is broken" in page and "Jo Hart" in page
    assert item.state == "problem"
    record(client, world, item, "requested", owner_name="Jo Hart")
    assert (item.state, item.owner_name) == ("requested", "Jo Hart")


def test_pressed_twice_is_recorded_once(world: World, items: dict[str, AccessItem]) -> None:
    client, same = world.client("host_manager"), key()
    for _ in range(2):
        typed = {"form_key": same, "version": "1", "state": "requested"}
        assert client.post(page_of(world, items["badge"]), typed).status_code == 302
    assert Event.objects.filter(deed="access.requested").count() == 1


def test_another_thing_is_added_once(world: World, items: dict[str, AccessItem]) -> None:
    client = world.client("host_manager")
    typed = {
        "placement": str(world.placement.pk),
        "at": str(world.host.pk),
        "kind": "smartcard",
        "form_key": key(),
    }
    for _ in range(2):
        response = client.post(page_of(world), typed)
    smartcard = world.placement.access_items.get(kind="smartcard")
    assert response["Location"] == page_of(world, smartcard)
    assert Event.objects.filter(deed="access.item_added").count() == 1


@pytest.mark.parametrize("spoilt", [{"kind": ""}, {"kind": "yacht"}, {"at": "0"}, {"placement": "x"}])
def test_another_thing_that_makes_no_sense_is_not_added(
    world: World, items: dict[str, AccessItem], spoilt: dict[str, str]
) -> None:
    typed = {
        "placement": str(world.placement.pk),
        "at": str(world.host.pk),
        "kind": "smartcard",
        "form_key": key(),
    }
    world.client("host_manager").post(page_of(world), typed | spoilt)
    assert world.placement.access_items.count() == 6


# words, never colour alone


@pytest.mark.parametrize(
    ("days", "words"),
    [(61, "In place until"), (60, "Runs out soon on"), (0, "Runs out soon on"), (-1, "Ran out on")],
)
def test_what_runs_out_says_so_in_words(
    world: World, items: dict[str, AccessItem], days: int, words: str
) -> None:
    """V-34: 60 days or fewer, the last day included."""
    AccessItem.objects.filter(pk=items["badge"].pk).update(state="in_place", expires_on=TODAY + days * DAY)
    assert words in words_of(world.client("host_manager").get(page_of(world)))


def words_of(response: Any) -> str:
    """The page without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_number_of_days_is_the_programme_s_own(world: World, items: dict[str, AccessItem]) -> None:
    AccessItem.objects.filter(pk=items["badge"].pk).update(state="in_place", expires_on=TODAY + 30 * DAY)
    world.programme.expiring_within_days = 29
    world.programme.save()
    assert "In place until" in words_of(world.client("host_manager").get(page_of(world)))


def test_what_is_overdue_says_so_in_words(world: World, items: dict[str, AccessItem]) -> None:
    page = world.client("host_manager").get(page_of(world)).content.decode()
    assert page.count("overdue") == 6 and "No permission to be on site yet" in page


# who sees and records what


@pytest.fixture
def second(world: World) -> Organisation:
    """A second host with an R&D office of its own."""
    second = make_organisation("Second Trust")
    ResidencyOrganisation.objects.create(
        residency=world.residency, organisation=second, part=OrganisationPart.HOST
    )
    clearance.list_needs(world.placement, [world.host, second])
    return second


def test_office_sees_and_records_its_own_site_alone(world: World, second: Organisation) -> None:
    office = make_person("Second Office")
    join(office, Role.RD_OFFICE, world.programme, second)
    client = client_of(office)
    page = client.get(page_of(world)).content.decode()
    assert "at Second Trust" in page and "at Made Up Trust" not in page
    theirs = world.placement.access_items.filter(host=world.host).first()
    own = world.placement.access_items.filter(host=second).first()
    assert theirs and own
    assert client.get(page_of(world, theirs)).status_code == 404
    assert client.get(page_of(world, own)).status_code == 200


def test_lead_sees_every_site(world: World, second: Organisation) -> None:
    page = world.client("programme_lead").get(page_of(world)).content.decode()
    assert "at Second Trust" in page and "at Made Up Trust" in page


@pytest.mark.parametrize("role", ["researcher", "academic_supervisor", "exec_sponsor"])
def test_those_who_only_see_cannot_record(world: World, items: dict[str, AccessItem], role: str) -> None:
    client = world.client(role)
    assert client.get(page_of(world)).status_code == 200
    assert client.get(page_of(world, items["badge"])).status_code == 403
    assert client.post(page_of(world), {"kind": "desk"}).status_code == 403
    assert client.post(page_of(world, items["badge"], "ask/")).status_code == 403


@pytest.mark.parametrize(("role", "status"), [("public_partner", 403), ("funder", 404)])
def test_access_is_not_for_everybody(world: World, role: str, status: int) -> None:
    assert world.client(role).get(page_of(world)).status_code == status


def test_item_of_another_residency_is_not_found(world: World, other_world: World) -> None:
    clearance.list_needs(other_world.placement, [other_world.host])
    foreign = other_world.placement.access_items.first()
    assert foreign
    assert world.client("programme_lead").get(page_of(world, foreign)).status_code == 404
    assert other_world.client("programme_lead").get(page_of(world, foreign)).status_code == 404


def test_access_asks_the_same_number_of_queries_for_thirty_things(
    world: World, items: dict[str, AccessItem], django_assert_max_num_queries: Any
) -> None:
    client = world.client("programme_lead")

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get(page_of(world))
        return len(counted)

    client.get(page_of(world))
    first = queries()
    for number in range(5):
        person = make_person(f"Person {number}")
        placement = Placement.objects.create(
            residency=world.residency, person=person, employer=world.university, wte="0.2", start=TODAY
        )
        clearance.list_needs(placement, [world.host])
    assert AccessItem.objects.count() == 36
    assert queries() == first


# our people on site


def on_site(world: World, role: str = "rd_office") -> str:
    return world.client(role).get(f"/p/{world.programme.slug}/on-site/").content.decode()


def test_people_on_site_are_shown_with_permission_until_when_and_what_is_missing(
    world: World, items: dict[str, AccessItem]
) -> None:
    AccessItem.objects.filter(pk=items["letter_of_access"].pk).update(
        state="in_place", issued_on=TODAY - DAY, expires_on=TODAY + 300 * DAY, **ISSUED
    )
    page = on_site(world)
    assert "Embedded researcher" in page and "Letter of access" in page and "IT account" in page
    assert "1 post on site" in page


def test_people_on_site_without_permission_are_marked_in_words(
    world: World, items: dict[str, AccessItem]
) -> None:
    assert re.search(r"nhsuk-tag--red\">Missing<", on_site(world))


@pytest.mark.parametrize(("end", "here"), [(TODAY + DAY, True), (TODAY, False), (None, True)])
def test_people_are_on_site_until_the_day_they_end(
    world: World, items: dict[str, AccessItem], end: datetime.date | None, here: bool
) -> None:
    Placement.objects.filter(pk=world.placement.pk).update(end=end)
    assert ("1 post on site" in on_site(world)) is here


@pytest.mark.parametrize(("days", "listed"), [(-61, False), (-60, True), (60, True), (61, False)])
def test_leavers_of_the_last_and_next_sixty_days_are_listed(
    world: World, items: dict[str, AccessItem], days: int, listed: bool
) -> None:
    Placement.objects.filter(pk=world.placement.pk).update(end=TODAY + days * DAY)
    assert ("Leavers of the last and the next 60 days" in on_site(world)) is listed


def test_who_left_long_ago_is_listed_while_access_is_to_be_closed(
    world: World, items: dict[str, AccessItem]
) -> None:
    Placement.objects.filter(pk=world.placement.pk).update(end=TODAY - 100 * DAY)
    assert "Leavers" not in on_site(world)
    AccessItem.objects.filter(pk=items["it_account"].pk).update(state="in_place")
    assert "Leavers" in on_site(world)


def test_whoever_lets_them_in_is_named(world: World, items: dict[str, AccessItem]) -> None:
    world.residency.host_manager_name = "Sam Hart"
    world.residency.save()
    assert "Sam Hart" in on_site(world)


def test_people_on_site_in_all_programmes_that_the_reader_reaches_and_no_other(
    world: World, other_world: World, items: dict[str, AccessItem]
) -> None:
    """One page and one table across residencies and programmes; those of a programme out of reach stay there."""
    third = make_world()
    clearance.list_needs(other_world.placement, [other_world.host])
    office = world.people["rd_office"]
    join(office, Role.RD_OFFICE, other_world.programme, other_world.host)
    join(office, Role.FUNDER, third.programme)
    second = make_residency(world.programme, world.host)
    Placement.objects.create(residency=second, person=make_person("Second Person"), wte="0.5", start=TODAY)
    client = client_of(office)
    page = words_of(client.get("/on-site/"))
    assert "3 posts on site" in page and "Second Person" in page
    assert world.programme.name in page and other_world.programme.name in page
    assert third.programme.name not in page and third.residency.code + " " not in page
    text = b"".join(client.get("/on-site.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["Programme"] for row in rows} == {world.programme.name, other_world.programme.name}
    assert len(rows) == 3
    assert "/on-site/" in client.get(f"/p/{world.programme.slug}/on-site/").content.decode()


@pytest.mark.parametrize(("role", "status"), [("hr", 200), ("funder", 403), ("public_partner", 403)])
@pytest.mark.parametrize("address", ["/on-site/", "/on-site.csv"])
def test_people_everywhere_are_for_those_who_see_access(
    world: World, role: str, status: int, address: str
) -> None:
    assert world.client(role).get(address).status_code == status


def test_people_on_another_site_are_not_shown_to_an_office(
    world: World, items: dict[str, AccessItem]
) -> None:
    office = make_person("Second Office")
    join(office, Role.HR, world.programme, make_organisation("Second Trust"))
    page = client_of(office).get(f"/p/{world.programme.slug}/on-site/").content.decode()
    assert "Nobody is on site today" in page and "Embedded researcher</" not in page


def test_people_on_site_as_csv(world: World, items: dict[str, AccessItem]) -> None:
    Placement.objects.filter(pk=world.placement.pk).update(end=TODAY + 100 * DAY)
    world.people["researcher"].display_name = "=cmd()"
    world.people["researcher"].save()
    response = world.client("rd_office").get(f"/p/{world.programme.slug}/on-site.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 1 and rows[0]["Person"] == "'=cmd()"
    assert (rows[0]["Permission"], rows[0]["Host"]) == ("Missing", "Made Up Trust")


@pytest.mark.parametrize("tail", ["on-site/", "on-site.csv"])
@pytest.mark.parametrize(
    ("role", "status"), [("rd_office", 200), ("hr", 200), ("ig_lead", 200), ("funder", 403)]
)
def test_people_on_site_are_for_those_who_see_access(world: World, role: str, status: int, tail: str) -> None:
    assert world.client(role).get(f"/p/{world.programme.slug}/{tail}").status_code == status


def test_people_on_site_of_a_stranger_are_not_found(world: World, other_world: World) -> None:
    assert other_world.client("rd_office").get(f"/p/{world.programme.slug}/on-site/").status_code == 404


def test_people_on_site_ask_the_same_number_of_queries_for_thirty(
    world: World, items: dict[str, AccessItem], django_assert_max_num_queries: Any
) -> None:
    client, address = world.client("rd_office"), f"/p/{world.programme.slug}/on-site/"

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get(address)
        return len(counted)

    client.get(address)
    first = queries()
    for _ in range(29):
        residency = make_residency(world.programme, world.host)
        placement = Placement.objects.create(
            residency=residency, person=make_person(), employer=world.university, wte="0.5", start=TODAY
        )
        clearance.list_needs(placement, [world.host])
    assert queries() == first
