"""Case studies of one's own: held back until everybody agreed, gone as soon as one takes it back (V-98, V-99)."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from embedded.audit.models import Event
from embedded.files.models import MadeFile
from embedded.jobs import running
from embedded.post.models import Letter
from programmes.cases.counting import take_over
from programmes.models import CaseConsent, CaseCount, CaseStudy, Contribution, UseInDecision
from tests.house.addresses import things_in
from tests.own_cases.telling import (
    agree,
    consent,
    host_says,
    link_to,
    name,
    press,
    publish,
    published,
    send,
    typed,
    write,
)
from tests.world import World


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_it_begins_with_what_is_recorded_and_confirmed(world: World) -> None:
    things_in(world, "willow")
    UseInDecision.objects.update(confirmed_at=timezone.now(), confirmed_by_name="Host")
    client = world.client("researcher")
    form = page(client, world.url("cases/new/"))
    for words in (world.host.display_name, "willow problem", "willow use", "willow residency"):
        assert words in form
    assert "willow contribution" not in form
    Contribution.objects.update(confirmed_at=timezone.now())
    form = page(client, world.url("cases/new/"))
    assert "willow contribution" in form
    assert "willow partner" not in form  # the kind of partner, never the name


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"challenges": ""}, "what was hard"), ({"not_known": ""}, "what is not known"), ({}, "")],
)
def test_v99_challenges_and_what_is_not_known_come_before_any_check(
    world: World, fields: dict[str, str], words: str
) -> None:
    case = write(world, **fields)
    answer = send(world, case)
    case.refresh_from_db()
    assert case.state == ("draft" if words else "host_check")
    if words:
        assert f"Write down {words} first" in answer.content.decode()
        assert "Still to say before" in page(world.client("researcher"), case.get_absolute_url())


def test_v98_without_the_consent_of_everybody_in_it_nothing_is_published(world: World) -> None:
    case = write(world)
    name(world, case)
    name(world, case, "Ben Nurse", "ben@work.example")
    agree(world, case)
    consent(case)
    assert "Wait for the consent of Ben Nurse" in publish(world, case).content.decode()
    consent(case, "no", "ben@work.example")
    publish(world, case)
    case.refresh_from_db()
    assert case.state == "contributors_check"
    assert Client().get(f"/cases/{case.pk}/").status_code == 404
    consent(case, "yes", "ben@work.example")
    publish(world, case)
    shown = page(Client(), f"/cases/{case.pk}/")
    assert "A made-up ward listens" in shown
    assert f"From {world.programme.name}: checked with the host" in shown
    assert "A made-up ward listens" in page(Client(), "/cases/")


def test_v98_a_consent_taken_back_takes_page_and_file_away_at_once(world: World) -> None:
    case = published(world)
    pdf = case.pdf_id
    assert Client().get(f"/cases/{case.pk}/case-study.pdf").status_code == 200
    assert "It was withdrawn" in consent(case, "withdrawn")
    for address in (f"/cases/{case.pk}/", f"/cases/{case.pk}/case-study.pdf"):
        gone = Client().get(address)
        assert gone.status_code == 410
        assert "This case study was withdrawn" in gone.content.decode()
        assert "Nobody had time" not in gone.content.decode()
    assert "A made-up ward listens" not in page(Client(), "/cases/")
    assert not MadeFile.objects.filter(pk=pdf).exists()
    told = set(Letter.objects.filter(text__contains="was withdrawn").values_list("to", flat=True))
    assert told == {world.people[role].email for role in ("researcher", "programme_lead", "theme_lead")}
    assert Letter.objects.filter(text__contains="was withdrawn by Ada Carer").count() == 3
    assert "It was withdrawn" in page(Client(), link_to("ada@home.example"))  # the page stays theirs
    assert Event.objects.filter(deed="case.withdrawn").count() == 1


def test_one_that_is_withdrawn_before_it_is_printed_gets_no_file(world: World) -> None:
    case = write(world)
    name(world, case)
    agree(world, case)
    consent(case)
    publish(world, case)
    consent(case, "withdrawn")
    case.refresh_from_db()
    assert case.job is not None
    running.run(case.job.pk)
    case.refresh_from_db()
    assert case.pdf is None


def test_words_that_change_are_asked_about_again(world: World) -> None:
    case = write(world)
    one = name(world, case)
    agree(world, case)
    consent(case)
    client = world.client("researcher")
    client.post(world.url(f"cases/{case.pk}/"), press(press="take_back"))
    case.refresh_from_db()
    client.post(world.url(f"cases/{case.pk}/change/"), typed(title="Other words", version=case.version))
    agree(world, case)
    assert "Wait for the consent of Ada Carer" in publish(world, case).content.decode()
    old = Client().post(link_to("ada@home.example"), press(press="yes", version=1)).content.decode()
    assert "they have changed since you opened it" in old
    consent(case)
    publish(world, case)
    case.refresh_from_db()
    assert (case.state, case.title, one.answers.count()) == ("published", "Other words", 2)


@pytest.mark.parametrize("what", ["agree", "return"])
def test_the_host_answers_about_the_words_that_were_read(world: World, what: str) -> None:
    """The page was open while the words were taken back, changed and sent again."""
    case = write(world)
    send(world, case)
    writer, manager = world.client("researcher"), world.client("host_manager")
    writer.post(world.url(f"cases/{case.pk}/"), press(press="take_back"))
    case.refresh_from_db()
    writer.post(world.url(f"cases/{case.pk}/change/"), typed(title="Other words", version=case.version))
    send(world, case)
    address = world.url(f"cases/{case.pk}/check/")
    said = manager.post(address, press(press=what, why="Too long", version=1)).content.decode()
    assert "Check the words as they are now" in said and "Too long" in said
    assert 'name="version" value="2"' in said
    case.refresh_from_db()
    assert (case.state, case.edition) == ("host_check", 2)


def test_an_answer_that_is_typed_in_is_about_the_words_that_were_read(world: World) -> None:
    case = write(world)
    one = name(world, case, "Cy Carer", "")
    agree(world, case)
    world.client("researcher").post(world.url(f"cases/{case.pk}/"), press(press="take_back"))
    agree(world, case)
    said = press(answer="yes", read_back="in_person", version=1)
    shown = world.client("researcher").post(world.url(f"cases/people/{one.pk}/said/"), said)
    assert "Check the words as they are now" in shown.content.decode()
    assert not CaseConsent.objects.exists()


def test_who_can_publish_gets_one_letter_once_nobody_is_missing(world: World) -> None:
    case = write(world)
    name(world, case)
    name(world, case, "Ben Nurse", "ben@work.example")
    agree(world, case)
    consent(case)
    ready = Letter.objects.filter(text__contains="can publish it now")
    assert not ready.exists()
    consent(case, "yes", "ben@work.example")
    consent(case, "withdrawn", "ben@work.example")
    consent(case, "yes", "ben@work.example")
    told = sorted(ready.values_list("to", flat=True))
    assert told == sorted(world.people[one].email for one in ("researcher", "programme_lead", "theme_lead"))
    waits = page(world.client("researcher"), case.get_absolute_url())
    assert "can publish it now and has a letter that says so" in waits


def test_nobody_to_ask_is_ready_as_soon_as_the_host_agrees(world: World) -> None:
    case = write(world)
    agree(world, case)
    assert Letter.objects.filter(text__contains="can publish it now").count() == 3
    assert "Nobody is named who has to agree" in page(world.client("researcher"), case.get_absolute_url())


def test_words_stay_as_they_are_while_others_read_them(world: World) -> None:
    case = write(world)
    send(world, case)
    changed = typed(title="Behind their back", version=case.version)
    answer = world.client("researcher").post(world.url(f"cases/{case.pk}/change/"), changed)
    assert "Choose to take it back first" in answer.content.decode()
    case.refresh_from_db()
    assert case.title == "A made-up ward listens"


def test_the_host_returns_it_with_what_is_to_be_changed(world: World) -> None:
    case = write(world)
    send(world, case)
    assert "Enter what has to be changed" in host_says("return")
    assert "It goes back to its writer" in host_says("return", why="Our ward has another name")
    case.refresh_from_db()
    assert case.state == "draft"
    assert "Our ward has another name" in page(world.client("researcher"), case.get_absolute_url())
    told = Letter.objects.filter(to=world.people["researcher"].email)
    assert told.filter(text__contains="another name").exists()


@pytest.mark.parametrize("what", ["agree", "return"])
def test_the_host_answers_signed_in_too(world: World, what: str) -> None:
    case = write(world)
    manager = world.client("host_manager")
    address = world.url(f"cases/{case.pk}/check/")
    assert manager.get(address).status_code == 404  # a draft is not the host's to read
    send(world, case)
    assert "Nobody had time in winter" in page(manager, address)
    manager.post(address, press(press=what, why="Too long", version=1))
    case.refresh_from_db()
    assert case.state == ("contributors_check" if what == "agree" else "draft")


def test_the_answer_of_somebody_without_an_address_is_typed_in_and_shown_as_such(world: World) -> None:
    case = write(world)
    one = name(world, case, "Cy Carer", "")
    agree(world, case)
    said = press(answer="yes", read_back="in_person", version=1)
    assert world.client("researcher").post(world.url(f"cases/people/{one.pk}/said/"), said).status_code == 302
    shown = page(world.client("programme_lead"), case.get_absolute_url())
    assert f"typed in by {world.people['researcher'].display_name}" in shown
    publish(world, case)
    case.refresh_from_db()
    assert case.state == "published"


@pytest.mark.parametrize(("days", "status"), [(1, 404), (0, 200), (-1, 200)])
def test_before_the_day_until_which_it_is_held_back_nobody_reads_it(
    world: World, days: int, status: int
) -> None:
    until = timezone.localdate() + datetime.timedelta(days=days)
    boxes: dict[str, Any] = {
        "embargo_until_day": until.day,
        "embargo_until_month": until.month,
        "embargo_until_year": until.year,
    }
    case = published(world, **boxes)
    assert Client().get(f"/cases/{case.pk}/").status_code == status
    assert Client().get(f"/cases/{case.pk}/case-study.pdf").status_code == status
    assert ("A made-up ward listens" in page(Client(), "/cases/")) == (status == 200)


def test_who_may_do_what(world: World, other_world: World) -> None:
    case = write(world)
    name(world, case)
    agree(world, case)
    consent(case)
    for role in ("researcher", "programme_officer", "host_manager"):
        assert publish(world, case, role).status_code == 403
    for role in ("public_partner", "hr", "exec_sponsor", "academic_supervisor"):
        assert world.client(role).get(case.get_absolute_url()).status_code == 403
    assert other_world.client("programme_lead").get(case.get_absolute_url()).status_code == 404
    publish(world, case, "theme_lead")
    case.refresh_from_db()
    assert case.state == "published"


def test_reading_the_links_changes_nothing_and_an_answer_twice_is_one(world: World) -> None:
    case = write(world)
    name(world, case)
    agree(world, case)
    Client().get(link_to("ada@home.example"))
    assert not CaseConsent.objects.exists()
    consent(case)
    consent(case)
    assert CaseConsent.objects.count() == 1


def test_the_print_says_the_same_and_is_tagged(world: World) -> None:
    case = published(world)
    answer: Any = Client().get(f"/cases/{case.pk}/case-study.pdf")
    read = pypdf.PdfReader(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))
    told = " ".join(" ".join(one.extract_text() for one in read.pages).split())
    for words in ("A made-up ward listens", "What was hard", "Nobody had time in winter", "Whether it lasts"):
        assert words in told
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]


def test_withdrawn_by_the_programme_with_a_reason(world: World) -> None:
    case = published(world)
    lead, address = world.client("programme_lead"), world.url(f"cases/{case.pk}/withdraw/")
    assert "Enter why it is withdrawn" in lead.post(address, press()).content.decode()
    lead.post(address, press(why="A number was wrong"))
    assert Client().get(f"/cases/{case.pk}/").status_code == 410
    last = CaseStudy.objects.get().steps.last()
    assert last is not None
    assert last.why == "A number was wrong"


def test_taken_off_only_while_it_is_written(world: World) -> None:
    case = write(world)
    one = name(world, case)
    agree(world, case)
    client, off = world.client("researcher"), world.url(f"cases/people/{one.pk}/")
    client.post(off, press(press="off"))
    assert case.people.count() == 1
    client.post(world.url(f"cases/{case.pk}/"), press(press="take_back"))
    client.post(off, press(press="off"))
    assert case.people.count() == 0


def test_who_is_added_while_the_others_are_asked_is_asked_at_once(world: World) -> None:
    case = write(world)
    agree(world, case)
    name(world, case)
    assert "Do you agree to this?" in page(Client(), link_to("ada@home.example"))
    address = world.url(f"cases/{case.pk}/people/add/")
    twice = world.client("researcher").post(address, press(name="Ada Carer", part="", email=""))
    assert "Ada Carer is named already" in twice.content.decode()


def test_v97_readings_are_counted_by_kind_of_organisation_and_by_nobody(world: World) -> None:
    case = published(world)
    for tail in ("", "", "case-study.pdf"):
        Client().get(f"/cases/{case.pk}/{tail}")
    page(world.client("host_manager"), f"/cases/{case.pk}/")
    take_over()
    rows = set(CaseCount.objects.values_list("form", "reader", "readings"))
    assert rows == {("html", "signed out", 2), ("pdf", "signed out", 1), ("html", "NHS trust", 1)}
