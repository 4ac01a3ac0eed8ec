"""The working agreement: drafted, asked about, agreed to by link or signed in, and its versions."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from embedded.audit.models import Event
from embedded.links.models import SignedLink
from embedded.post.models import Letter
from programmes.models import Agreement, WorkingAgreement, WorkingAgreementPerson
from tests.agreements.telling import ask, link_to, newest_of, press, words, write
from tests.house.tables import WRITTEN_BY_READING, changed, digests
from tests.world import World


@pytest.fixture
def manager(world: World) -> Client:
    return world.client("host_manager")


def named(world: World, role: str) -> WorkingAgreementPerson:
    return newest_of(world).people.get(person=world.people[role])


def shown(client: Client, world: World) -> str:
    return str(client.get(world.url("working-agreement/")).content.decode())


def test_first_draft_is_made_of_what_is_known(world: World, manager: Client) -> None:
    residency = world.residency
    residency.host_manager_name, residency.days_a_week, residency.site = "Priya Nair", 3, "Ward 4"
    residency.save()
    Agreement.objects.create(
        residency=residency,
        kind="hosting_agreement",
        signed_on=residency.started_on,
        kept_at="x",
        publication="notice_period",
        publication_notice_days=21,
    )
    page = manager.get(world.url("working-agreement/edit/")).content.decode()
    for said in ("Priya Nair", "3 days a week", "Ward 4", "21 days before, as the hosting agreement says"):
        assert said in page
    assert "The log is not a timesheet" in page.replace("the log", "The log")
    assert not WorkingAgreement.objects.exists()


def test_draft_names_the_people_of_the_residency_and_asks_nobody(world: World, manager: Client) -> None:
    write(manager, world)
    draft = newest_of(world)
    assert {one.person for one in draft.people.all()} == {
        world.people["researcher"],
        world.people["host_manager"],
        world.people["academic_supervisor"],
    }
    write(manager, world, bad_news="On the telephone.")
    assert newest_of(world).pk == draft.pk
    assert not Letter.objects.filter(key__startswith="working-agreement-").exists()
    page = shown(manager, world)
    assert "Nobody has been asked yet" in page and "On the telephone." in page
    assert "This is not a contract" in page


def test_supervisors_on_both_sides_are_asked_by_link(world: World, manager: Client) -> None:
    residency = world.residency
    names = {
        "host_supervisor": "Amal Reid",
        "academic_supervisor": "Ada Ford",
        "second_supervisor": "Bo Lund",
    }
    for part, name in names.items():
        setattr(residency, f"{part}_name", name)
        setattr(residency, f"{part}_email", f"{part}@people.example")
    residency.save()
    agreement = ask(manager, world)
    asked = dict(agreement.people.values_list("name", "part"))
    assert [asked[name] for name in names.values()] == [
        "supervisor at the host",
        "academic supervisor",
        "academic supervisor",
    ]
    sent = set(Letter.objects.filter(key__startswith="working-agreement-").values_list("to", flat=True))
    assert {f"{part}@people.example" for part in names} <= sent
    facts = shown(manager, world)
    assert "Amal Reid" in facts and "Ada Ford, Bo Lund" in facts


def test_everybody_is_asked_and_each_agrees_in_their_own_way(world: World, manager: Client) -> None:
    agreement = ask(manager, world)
    assert Letter.objects.filter(key__startswith="working-agreement-").count() == 3
    assert agreement.job is not None
    press(world.client("academic_supervisor"), world.url("working-agreement/"), press="agree")
    assert named(world, "academic_supervisor").agreed_how == "account"
    address = link_to(world.people["researcher"].email)
    page = press(Client(), address).content.decode()
    assert "Thank you" in page
    assert named(world, "researcher").agreed_how == "link"
    page = shown(manager, world)
    assert "2 of 3 have agreed" in page
    press(manager, world.url("working-agreement/"), press="agree")
    assert "Everybody has agreed" in shown(manager, world)
    deeds = Event.objects.filter(deed__startswith="working_agreement.")
    assert deeds.filter(deed="working_agreement.agreed").count() == 3
    assert not any("month" in str(event.details) + event.what for event in deeds)


def test_opening_the_link_changes_nothing_and_agreeing_twice_is_once(world: World, manager: Client) -> None:
    ask(manager, world)
    address = link_to(world.people["researcher"].email)
    before = digests(WRITTEN_BY_READING)
    page = Client().get(address).content.decode()
    assert "Do you agree to this?" in page and "The log is not a timesheet" in page
    assert not changed(before, digests(WRITTEN_BY_READING))
    press(Client(), address)
    first = named(world, "researcher").agreed_at
    press(Client(), address)
    assert named(world, "researcher").agreed_at == first
    assert Event.objects.filter(deed="working_agreement.agreed").count() == 1


def test_new_version_asks_everybody_again_and_shows_what_changed(world: World, manager: Client) -> None:
    ask(manager, world)
    old_link = link_to(world.people["researcher"].email)
    press(Client(), old_link)
    write(manager, world, days_and_places="Two days a week.\n- A desk on ward 4\n- Fridays at the university")
    assert "Version 1 stands until" in shown(manager, world)
    assert Client().get(old_link).status_code == 200  # the first version stands until people are asked
    ask(manager, world)
    assert newest_of(world).number == 2
    assert Client().get(old_link).status_code == 410
    page = Client().get(link_to(world.people["researcher"].email)).content.decode()
    assert "What has changed since version 1" in page
    assert "<del>Three days a week.</del>" in page and "<ins>Two days a week.</ins>" in page
    assert "<del>A desk" not in page
    assert "0 of 3 have agreed" in shown(manager, world)
    earlier = manager.get(world.url("working-agreement/1/")).content.decode()
    assert "Three days a week." in earlier and "1 of 3 have agreed" in earlier


def test_what_people_were_asked_about_stays_when_the_residency_changes(world: World, manager: Client) -> None:
    title = world.residency.title
    ask(manager, world)
    world.residency.title = "Another title"
    world.residency.save()
    page = shown(manager, world)
    assert title in page[page.index("<h1") : page.index("</h1>")]


def test_changed_meanwhile_is_not_written_over(world: World, manager: Client) -> None:
    write(manager, world, asking="Theirs")
    page = write(world.client("researcher"), world, version=99, asking="Mine").content.decode()
    assert "Changed since you opened it" in page and "Mine" in page and "Theirs" in page
    assert newest_of(world).asking == "Theirs"


def test_two_who_begin_at_once_make_one_draft(world: World, manager: Client) -> None:
    write(manager, world)
    typed = words(asking="Second") | {"version": "0"}
    page = manager.post(world.url("working-agreement/edit/"), typed).content.decode()
    assert "Changed since you opened it" in page
    assert WorkingAgreement.objects.count() == 1


def test_person_added_after_asking_is_asked_at_once(world: World, manager: Client) -> None:
    ask(manager, world)
    typed = {"name": "Maureen Tilley", "part": "carer", "email": "maureen@people.example"}
    press(manager, world.url("working-agreement/people/add/"), **typed)
    press(Client(), link_to("maureen@people.example"))
    assert newest_of(world).people.get(name="Maureen Tilley").agreed_at


def test_link_is_copied_sent_again_and_the_older_one_ends(world: World, manager: Client) -> None:
    ask(manager, world)
    one = named(world, "researcher")
    older = link_to(one.email)
    address = world.url(f"working-agreement/people/{one.pk}/")
    page = press(manager, address, press="copy").content.decode()
    assert "/agree/k1_" in page
    assert Client().get(older).status_code == 410
    press(manager, address, press="send")
    assert Client().get(link_to(one.email)).status_code == 200
    press(manager, address, press="off")
    assert newest_of(world).people.count() == 2
    assert Client().get(link_to(one.email)).status_code == 410


@pytest.mark.parametrize("has_agreed", [False, True])
def test_link_that_has_run_out_offers_a_new_one_while_there_is_something_to_agree_to(
    world: World, manager: Client, has_agreed: bool
) -> None:
    ask(manager, world)
    email = world.people["researcher"].email
    old = link_to(email)
    if has_agreed:
        press(Client(), old)
    ago = datetime.timedelta(days=29)
    SignedLink.objects.update(made_at=F("made_at") - ago, expires_at=F("expires_at") - ago)
    page = Client().get(old)
    assert page.status_code == 410 and "Send me a new link" in page.content.decode()
    for _ in range(2):
        said = Client().post(old, {"again": "yes"}, follow=True).content.decode()
        assert "a new one is on its way" in said
    assert (link_to(email) == old) is has_agreed
    assert Letter.objects.filter(to=email).count() == (1 if has_agreed else 2)
    assert Client().get(link_to(email)).status_code == (410 if has_agreed else 200)


def test_link_to_an_earlier_version_is_sent_anew_for_the_newest(world: World, manager: Client) -> None:
    ask(manager, world)
    email = world.people["researcher"].email
    old = link_to(email)
    write(manager, world, ending="Otherwise.")
    ask(manager, world)
    SignedLink.objects.update(made_at=F("made_at") - datetime.timedelta(hours=2))
    Client().post(old, {"again": "yes"})
    assert "Otherwise." in Client().get(link_to(email)).content.decode()


def test_who_has_agreed_stays(world: World, manager: Client) -> None:
    ask(manager, world)
    press(manager, world.url("working-agreement/"), press="agree")
    one = named(world, "host_manager")
    page = manager.post(
        world.url(f"working-agreement/people/{one.pk}/"), {"press": "off"}, follow=True
    ).content.decode()
    assert "has agreed already and stays" in page
    assert newest_of(world).people.count() == 3


def test_letter_to_nobody_and_agreement_of_nobody(world: World, manager: Client) -> None:
    """Without people nobody can be asked; who is not named cannot agree."""
    write(manager, world)
    newest_of(world).people.all().delete()
    page = manager.get(world.url("working-agreement/ask/")).content.decode()
    assert "Nobody is named yet" in page
    press(manager, world.url("working-agreement/ask/"))
    assert newest_of(world).asked_at is None
    assert press(manager, world.url("working-agreement/"), press="agree").status_code == 403


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        ("programme_lead", 200, 200),
        ("host_manager", 200, 200),
        ("researcher", 200, 200),
        ("academic_supervisor", 200, 200),
        ("rd_office", 200, 403),
        ("hr", 200, 403),
        ("exec_sponsor", 200, 403),
        ("public_partner", 403, 403),
        ("funder", 404, 404),
    ],
)
def test_who_reads_it_and_who_writes_it(
    world: World, manager: Client, role: str, reads: int, writes: int
) -> None:
    ask(manager, world)
    client, one = world.client(role), named(world, "researcher")
    for tail in ("", "1/", "1/agreement.docx"):
        assert client.get(world.url(f"working-agreement/{tail}")).status_code == reads
    for tail in ("edit/", "people/add/", f"people/{one.pk}/"):
        assert client.get(world.url(f"working-agreement/{tail}")).status_code == writes


def test_stranger_reaches_nothing(world: World, other_world: World, manager: Client) -> None:
    ask(manager, world)
    one = named(world, "researcher")
    theirs = other_world.client("programme_lead")
    for tail in ("", "edit/", "ask/", "1/", "1/agreement.docx", f"people/{one.pk}/"):
        assert theirs.get(world.url(f"working-agreement/{tail}")).status_code == 404
    ask(other_world.client("host_manager"), other_world)
    assert theirs.get(other_world.url(f"working-agreement/people/{one.pk}/")).status_code == 404


def test_agreement_of_somebody_who_is_not_an_editor(world: World, manager: Client) -> None:
    """HR may read it and is not named."""
    ask(manager, world)
    answer: Any = press(world.client("hr"), world.url("working-agreement/"), press="agree")
    assert answer.status_code == 403
    assert press(world.client("hr"), world.url("working-agreement/"), press="pdf").status_code == 403
