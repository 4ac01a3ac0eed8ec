"""My own list of names: found by three letters, put right, taken out; nobody else's."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from embedded.vault import Sealer
from programmes.entries import people_met
from programmes.models import Activity, Contact
from tests.logbook.test_log import typed
from tests.world import World, client_of, join, make_organisation, make_person


def found(client: Any, letters: str) -> list[str]:
    answer = client.post("/log/people/find/", {"letters": letters})
    assert "no-store" in answer["Cache-Control"]
    names: list[str] = answer.json()["names"]
    return names


@pytest.mark.parametrize(
    ("letters", "names"), [("be", []), ("bel", ["Ada Bell"]), (" BELL ", ["Ada Bell"]), ("belx", [])]
)
def test_three_letters_find_a_name(world: World, letters: str, names: list[str]) -> None:
    people_met.add(person=world.people["researcher"], name="Ada Bell")
    assert found(world.client("researcher"), letters) == names


def test_people_of_the_residency_are_offered_too(world: World) -> None:
    supervisor = str(world.people["academic_supervisor"])
    assert supervisor in found(world.client("researcher"), supervisor[:4])
    assert found(world.client("researcher"), "%%%") == []


def test_nobody_finds_the_names_of_somebody_else(world: World) -> None:
    contact = people_met.add(person=world.people["researcher"], name="Ada Bell")
    colleague = make_person("Second researcher")
    join(colleague, "researcher", world.programme, world.residency)
    browser = client_of(colleague)
    assert found(browser, "bell") == []
    assert b"Ada Bell" not in browser.get("/log/people/").content
    assert browser.get(f"/log/people/{contact.pk}/").status_code == 404
    removal = {"remove": "1", "form_key": str(uuid4())}
    assert browser.post(f"/log/people/{contact.pk}/", removal).status_code == 404
    assert world.client("programme_lead").get("/log/people/").status_code == 404
    assert Contact.objects.exists()


def test_a_name_is_put_right_in_every_entry(world: World) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(met="Ada Bel, Bo Cole"))
    contact = Contact.objects.earliest("pk")
    address = f"/log/people/{contact.pk}/"
    taken = client.post(address, {"name": "bo  cole", "form_key": str(uuid4())}).content.decode()
    assert "Enter a name that is not in your list already" in taken
    client.post(address, {"name": "Ada Bell", "version": "1", "form_key": str(uuid4())})
    contact.refresh_from_db()
    assert Sealer(contact.person).open(contact.name) == "Ada Bell"
    entry = Activity.objects.get()
    assert "Ada Bell, Bo Cole" in client.get(world.url(f"log/{entry.pk}/")).content.decode()
    assert people_met.add(person=contact.person, name="ada bell") == contact


def test_who_somebody_is_and_where_from_is_told_and_taken_away(world: World) -> None:
    """Organisations of one's own residencies alone; never asked while logging."""
    client, person = world.client("researcher"), world.people["researcher"]
    contact = people_met.add(person=person, name="Ada Bell")
    address, foreign = f"/log/people/{contact.pk}/", make_organisation("Another Trust")
    sent = {"name": "Ada Bell", "version": "1", "kind": "clinician"}
    page = client.get(address).content.decode()
    assert "Made Up Trust" in page and "Made Up University" in page and "Another Trust" not in page
    refused = client.post(address, sent | {"form_key": str(uuid4()), "organisation": str(foreign.pk)})
    assert refused.status_code == 200
    client.post(address, sent | {"form_key": str(uuid4()), "organisation": str(world.host.pk)})
    assert "Clinician, Made Up Trust" in client.get("/log/people/").content.decode()
    assert "selected" in client.get(address).content.decode()
    rows = json.loads(b"".join(client.get("/log/export.json")))["People"]
    assert rows == [{"Name": "Ada Bell", "Kind": "Clinician", "Organisation": "Made Up Trust"}]


def test_a_name_taken_out_leaves_its_entries(world: World) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(met="Ada Bell", asked_by="Ada Bell"))
    removal, address = {"remove": "1", "form_key": str(uuid4())}, f"/log/people/{Contact.objects.get().pk}/"
    for _ in range(2):
        assert client.post(address, removal).status_code == 302
    entry = Activity.objects.get()
    assert (entry.requester, entry.met.count(), Contact.objects.count()) == (None, 0, 0)


def test_the_list_asks_the_same_for_1_and_30_names(world: World, django_assert_max_num_queries: Any) -> None:
    client, person = world.client("researcher"), world.people["researcher"]
    people_met.add(person=person, name="Ada Bell")
    with django_assert_max_num_queries(25) as few:
        client.get("/log/people/")
    for number in range(29):
        people_met.add(person=person, name=f"Ada Bell {number}")
    with django_assert_max_num_queries(25) as many:
        client.get("/log/people/")
    assert len(many) == len(few)


def test_p37_one_key_is_fetched_for_many_names(world: World) -> None:
    client = world.client("researcher")

    def fetched(names: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.post(world.url("log/"), typed(how_long="5", met=names))
        return sum('FROM "vault_personkey"' in query["sql"] for query in queries)

    fetched("Ada Bell")
    assert fetched("Bo Cole") == fetched(", ".join(f"Somebody {number}" for number in range(9)))
