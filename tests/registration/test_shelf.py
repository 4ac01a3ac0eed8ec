"""The shelf of links: a title and an https address; added, shown on the page, taken off."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from programmes.models import Residency, ShelfLink
from programmes.registration.shelf import MOST_LINKS
from tests.registration.filled import key
from tests.world import World

FOLDER = "https://teams.example/folder?id=7&view=all"


def at(residency: Residency, tail: str = "") -> str:
    return f"/p/{residency.programme.slug}/r/{residency.code}/{tail}"


def add(client: Client, residency: Residency, address: str, title: str = "Minutes") -> Any:
    return client.post(at(residency, "shelf/"), {"title": title, "address": address, "form_key": key()})


def test_link_is_added_and_shown_to_all_who_read_the_page(world: World) -> None:
    assert add(world.client("host_manager"), world.residency, FOLDER).status_code == 302
    for role in ("programme_lead", "researcher", "academic_supervisor", "public_partner"):
        page = world.client(role).get(at(world.residency)).content.decode()
        assert 'href="https://teams.example/folder?id=7&amp;view=all"' in page and "Minutes" in page


@pytest.mark.parametrize(
    "address",
    [
        "http://teams.example/folder",
        "teams.example/folder",
        "javascript:alert(1)//https://x.example",
        "https://",
        "https://bank.example@evil.example/",
        "https://x.example/" + "a" * 1000,
        "https://x.example/a b",
    ],
)
def test_address_that_is_none_says_what_to_enter_and_is_kept(world: World, address: str) -> None:
    page = add(world.client("host_manager"), world.residency, address).content.decode()
    assert "<title>Error: " in page and "Minutes" in page
    assert not ShelfLink.objects.exists()


def test_scheme_in_capitals_is_the_same_address(world: World) -> None:
    manager = world.client("host_manager")
    add(manager, world.residency, FOLDER.replace("https", "HTTPS"))
    assert "on the shelf already" in add(manager, world.residency, FOLDER).content.decode()
    assert ShelfLink.objects.get().address == FOLDER


def test_shelf_has_an_end(world: World) -> None:
    manager, by = world.client("host_manager"), world.people["host_manager"]
    links = [
        ShelfLink(residency=world.residency, title="x", address=f"{FOLDER}{number}", added_by=by)
        for number in range(MOST_LINKS - 1)
    ]
    ShelfLink.objects.bulk_create(links)
    assert add(manager, world.residency, FOLDER).status_code == 302
    assert (
        f"There are {MOST_LINKS} links already"
        in add(manager, world.residency, FOLDER + "y").content.decode()
    )


def test_link_is_asked_about_and_taken_off_once(world: World) -> None:
    manager = world.client("host_manager")
    add(manager, world.residency, FOLDER)
    link = ShelfLink.objects.get()
    address = at(world.residency, f"shelf/{link.pk}/remove/")
    assert "Take this link off the shelf?" in manager.get(address).content.decode()
    assert ShelfLink.objects.exists()  # to look changes nothing
    typed = {"form_key": key()}
    for _ in range(2):
        assert manager.post(address, typed)["Location"] == at(world.residency, "shelf/")
    assert not ShelfLink.objects.exists()


def test_link_of_another_residency_is_not_found(world: World, other_world: World) -> None:
    add(other_world.client("programme_lead"), other_world.residency, FOLDER)
    link = ShelfLink.objects.get()
    tail = f"shelf/{link.pk}/remove/"
    assert (
        world.client("programme_lead").post(at(world.residency, tail), {"form_key": key()}).status_code == 404
    )
    assert ShelfLink.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("researcher", 200), ("academic_supervisor", 403), ("hr", 403)])
def test_shelf_is_filled_by_those_who_add_projects(world: World, role: str, status: int) -> None:
    assert world.client(role).get(at(world.residency, "shelf/")).status_code == status
