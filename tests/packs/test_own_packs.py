"""A pack with a residency's own names and papers: for those who may read all of it, at the moment they look."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from embedded.audit.models import Event
from embedded.files.models import MadeFile
from embedded.jobs import running
from guidance.models import Pack
from programmes.models import Membership, OwnPack
from programmes.packs import moments
from programmes.packs.actions import forget_changed
from tests.house.addresses import things_in
from tests.house.things.packs import shelved
from tests.world import World, join, make_organisation, make_person

ALL = ("registration", "job-description", "working-agreement", "facts")


@pytest.fixture
def filled(world: World) -> World:
    things_in(world, "willow")
    shelved()
    return world


def ask(client: Client, world: World, *papers: str, moment: str = "none") -> Any:
    typed = {"form_key": str(uuid4()), "moment": moment, "papers": papers}
    return client.post(world.url("pack/"), typed)


def made(world: World, *papers: str, role: str = "researcher", moment: str = "none") -> Pack:
    answer = ask(world.client(role), world, *papers, moment=moment)
    pack = Pack.objects.get(address=answer["Location"].rstrip("/").rsplit("/", 1)[1])
    assert pack.job is not None
    running.run(pack.job.pk)
    pack.refresh_from_db()
    assert pack.pdf is not None, pack.job.error
    return pack


def text_of(client: Client, pack: Pack) -> str:
    answer = client.get(f"{pack.get_absolute_url()}pack.pdf")
    assert answer.status_code == 200, answer.status_code
    content = b"".join(answer) if answer.streaming else answer.content
    read = pypdf.PdfReader(io.BytesIO(content))
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def test_the_cover_carries_title_host_university_names_and_dates(filled: World) -> None:
    pack = made(filled, *ALL, moment="setting-one-up")
    told = text_of(filled.client("researcher"), pack)
    for words in (
        "willow residency",
        filled.host.display_name,
        filled.university.display_name,
        filled.people["researcher"].display_name,
        "willow problem",
        "willow asking",
        "Readiness check",
    ):
        assert words in told, words
    events = set(
        Event.objects.filter(place__startswith=f"p/{filled.programme.slug}").values_list("deed", flat=True)
    )
    assert {"guidance.pack_begun", "guidance.pack_made", "pack.read"} <= events


def test_asked_for_twice_it_is_one_pack(filled: World) -> None:
    before = OwnPack.objects.count()
    first, second = made(filled, "registration"), ask(filled.client("host_manager"), filled, "registration")
    assert second["Location"] == first.get_absolute_url()
    assert OwnPack.objects.count() == before + 1


@pytest.mark.parametrize("role", ["public_partner", "hr"])
def test_only_papers_that_somebody_may_read_are_offered_and_taken(filled: World, role: str) -> None:
    client = filled.client(role)
    shown = client.get(filled.url("pack/")).content.decode()
    may = role == "hr"
    assert ("working-agreement" in shown) == may
    answer = ask(client, filled, "working-agreement")
    assert (answer.status_code == 302) == may


def test_a_reader_who_may_not_read_one_of_its_papers_does_not_get_it(filled: World) -> None:
    pack = made(filled, "working-agreement")
    partner = filled.client("public_partner")
    assert filled.client("hr").get(pack.get_absolute_url()).status_code == 200
    assert partner.get(pack.get_absolute_url()).status_code == 404
    assert partner.get(f"{pack.get_absolute_url()}pack.pdf").status_code == 404
    assert pack.title not in partner.get(filled.url("pack/")).content.decode()


def test_another_programme_another_residency_and_the_signed_out_get_404(
    filled: World, other_world: World
) -> None:
    pack = made(filled, "registration")
    for client in (other_world.client("programme_lead"), other_world.client("researcher"), Client()):
        assert client.get(pack.get_absolute_url()).status_code == 404
        assert client.get(f"{pack.get_absolute_url()}pack.pdf").status_code == 404
    assert other_world.client("programme_lead").get(filled.url("pack/")).status_code == 404


def test_an_office_gets_the_access_list_of_its_own_host_alone(filled: World) -> None:
    elsewhere = make_organisation("Other Host")
    filled.residency.organisations.create(organisation=elsewhere, part="host")
    filled.placement.access_items.create(host=elsewhere, kind="badge")
    office = make_person("Office elsewhere")
    join(office, "hr", filled.programme, elsewhere)
    pack = made(filled, f"access-{filled.host.pk}")
    from tests.world import client_of

    assert client_of(office).get(filled.url("pack/")).status_code == 200
    assert client_of(office).get(pack.get_absolute_url()).status_code == 404
    assert filled.client("hr").get(pack.get_absolute_url()).status_code == 200
    assert filled.client("host_manager").get(pack.get_absolute_url()).status_code == 200


def test_permission_that_was_taken_away_in_between_is_noticed_at_making_and_at_downloading(
    filled: World,
) -> None:
    pack, client = made(filled, "working-agreement"), filled.client("academic_supervisor")
    assert client.get(f"{pack.get_absolute_url()}pack.pdf").status_code == 200
    Membership.objects.filter(person=filled.people["academic_supervisor"]).update(end=timezone.localdate())
    assert client.get(f"{pack.get_absolute_url()}pack.pdf").status_code == 404
    assert ask(client, filled, "registration").status_code == 404


def test_a_pack_whose_papers_have_changed_is_not_handed_out_and_goes(filled: World) -> None:
    forget_changed(today=timezone.localdate())  # the one that the world came with
    kept, gone = made(filled, "job-description"), made(filled, "registration")
    files = [gone.pdf_id, gone.bundle_id]
    filled.residency.problem = "Another problem"
    filled.residency.save()
    client = filled.client("researcher")
    assert client.get(gone.get_absolute_url()).status_code == 404
    assert client.get(kept.get_absolute_url()).status_code == 200
    assert forget_changed(today=timezone.localdate()) == 1
    assert not Pack.objects.filter(pk=gone.pk).exists()
    assert not MadeFile.objects.filter(pk__in=files).exists()
    assert forget_changed(today=timezone.localdate()) == 0


def test_nothing_chosen_is_asked_for(filled: World) -> None:
    before = set(Pack.objects.values_list("pk", flat=True))
    answer = ask(filled.client("researcher"), filled)
    assert answer.status_code == 200
    assert "Select at least one paper, or a set of documents" in answer.content.decode()
    assert set(Pack.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    ("stage", "days", "name"),
    [
        ("idea", 0, "thinking-about-it"),
        ("recruiting", 0, "recruiting"),
        ("active", 100, "first-100-days"),
        ("active", 101, "half-way"),
        ("closing", 400, "ending"),
        ("declined", 0, ""),
    ],
)
def test_the_stage_chooses_beforehand(world: World, stage: str, days: int, name: str) -> None:
    from guidance.packs.ready import ready_packs

    world.residency.stage = stage
    assert moments.name_for(world.residency, ready_packs(), days) == name
    assert moments.name_for(world.residency, [], days) == ""
