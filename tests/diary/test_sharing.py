"""A chosen part for named readers, after one more question; withdrawn; commented on; P8 and V-6."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from embedded.audit.models import Event
from embedded.vault import Sealer
from programmes.diary.reading import mark_of
from programmes.focus.actions import Asked, note_request
from programmes.measures.period import closed_months
from programmes.models import Activity, Comment, DiaryEntry, Membership, MonthlyPulse, Passage
from programmes.reflection.actions import answer_pulse, share_pulse
from tests.diary.test_diary import logged, main_of
from tests.registration.filled import key
from tests.world import TODAY, World, client_of, join, make_person

DAY = datetime.timedelta(days=1)
TEXT = "The first thought\n\nThe second, about the ward\n\nThe third is mine"


@pytest.fixture
def entry(world: World) -> DiaryEntry:
    person = world.people["researcher"]
    text = Sealer(person).seal(TEXT)
    return DiaryEntry.objects.create(person=person, on=TODAY(), text=text, made_on=TODAY())


def share(world: World, entry: DiaryEntry, **typed: Any) -> Any:
    given = {"parts": "2", "readers": "residency", "version": "1", "form_key": key()} | typed
    return world.client("researcher").post(world.url(f"diary/{entry.pk}/share/"), given)


def notes(world: World, who: str) -> str:
    return main_of(world.client(who).get(world.url("notes/")))


def test_one_more_page_names_every_reader_before_anything_is_shared(world: World, entry: DiaryEntry) -> None:
    page = main_of(share(world, entry))
    assert "Share this?" in page and "cannot be taken back once it is read" in page
    for who in ("academic_supervisor", "public_partner"):
        assert str(world.people[who]) in page
    assert "second, about the ward" in page and "third is mine" not in page
    assert not Passage.objects.exists()


def test_the_chosen_part_alone_is_copied_for_those_who_are_named(world: World, entry: DiaryEntry) -> None:
    supervisor = world.people["academic_supervisor"]
    assert share(world, entry, readers=f"person-{supervisor.pk}", press="share").status_code == 302
    passage = Passage.objects.get()
    assert passage.text == "The second, about the ward"
    assert list(passage.named_readers.all()) == [supervisor]
    assert "about the ward" in notes(world, "academic_supervisor")
    assert "about the ward" not in notes(world, "public_partner")
    assert "third is mine" not in notes(world, "academic_supervisor")
    assert Event.objects.get(deed="passage.shared").details == {}


def test_people_i_name_must_be_named(world: World, entry: DiaryEntry) -> None:
    assert "Select who can read it" in share(world, entry, readers="people", press="share").content.decode()
    partner = world.people["public_partner"]
    share(world, entry, readers="people", named=str(partner.pk), press="share")
    assert "about the ward" in notes(world, "public_partner")
    assert "about the ward" not in notes(world, "academic_supervisor")


def test_nobody_outside_the_residency_can_be_named(world: World, entry: DiaryEntry) -> None:
    outsider = world.people["programme_lead"]
    for readers, named in ((f"person-{outsider.pk}", ""), ("people", str(outsider.pk)), ("only_me", "")):
        assert share(world, entry, readers=readers, named=named, press="share").status_code == 200
    assert not Passage.objects.exists()


def test_a_text_that_was_changed_meanwhile_is_chosen_from_anew(world: World, entry: DiaryEntry) -> None:
    """The numbers of its parts may mean others by now."""
    text = Sealer(world.people["researcher"]).seal("Something else\n\nwhich nobody chose")
    DiaryEntry.objects.update(text=text, version=2)
    page = main_of(share(world, entry, press="share"))
    assert "Look again at what you share" in page and "which nobody chose" in page
    assert not Passage.objects.exists()


def test_a_part_of_an_entry_for_me_alone_is_shared_the_same_way(world: World) -> None:
    activity = logged(world, TEXT)
    typed = {"parts": ["1", "3"], "readers": "residency", "press": "share", "version": "1", "form_key": key()}
    world.client("researcher").post(world.url(f"log/{activity.pk}/share/"), typed)
    assert Passage.objects.get().text == "The first thought\n\nThe third is mine"
    assert Activity.objects.get().readers == "only_me"
    page = notes(world, "academic_supervisor")
    assert "The third is mine" in page and "second" not in page


def test_what_is_withdrawn_is_gone_for_its_readers_at_once(world: World, entry: DiaryEntry) -> None:
    share(world, entry, press="share")
    passage, browser = Passage.objects.get(), world.client("researcher")
    assert "about the ward" in main_of(browser.get("/diary/shared/"))
    comment(world, "academic_supervisor", passage)
    browser.post(f"/diary/shared/{passage.pk}/withdraw/", {"form_key": key()})
    browser.post(f"/diary/shared/{passage.pk}/withdraw/", {"form_key": key()})
    passage.refresh_from_db()
    assert (passage.withdrawn_on, passage.version) == (TODAY(), 2)
    for who in ("academic_supervisor", "public_partner"):
        assert "ward" not in notes(world, who) and "We saw it too" not in notes(world, who)
        assert comment(world, who, passage).status_code == 404
    assert "about the ward" not in main_of(browser.get("/diary/shared/"))
    assert Event.objects.filter(deed="passage.withdrawn").count() == 1


def comment(world: World, who: str | Client, passage: Passage) -> Any:
    browser = world.client(who) if isinstance(who, str) else who
    typed = {"text": "We saw it too", "form_key": key()}
    return browser.post(world.url(f"notes/{mark_of(passage)}/comment/"), typed)


def test_readers_comment_and_author_and_readers_read_it(world: World, entry: DiaryEntry) -> None:
    share(world, entry, press="share")
    passage = Passage.objects.get()
    assert comment(world, "academic_supervisor", passage).status_code == 302
    assert "We saw it too" in main_of(world.client("researcher").get("/diary/shared/"))
    assert "We saw it too" in notes(world, "public_partner")
    assert comment(world, "researcher", passage)["Location"] == "/diary/shared/"
    passage.refresh_from_db()
    assert (passage.text, passage.version) == ("The second, about the ward", 1)


def test_v6_whoever_left_reads_and_says_nothing_any_more(world: World, entry: DiaryEntry) -> None:
    share(world, entry, press="share")
    supervisor, passage = world.people["academic_supervisor"], Passage.objects.get()
    membership = Membership.objects.get(person=supervisor)
    membership.end = TODAY()
    membership.save()
    join(supervisor, "hr", world.programme, world.host)
    assert "ward" not in notes(world, "academic_supervisor")
    assert comment(world, "academic_supervisor", passage).status_code in (403, 404)
    assert not Comment.objects.exists()


def test_nobody_comments_on_what_they_cannot_read(world: World, entry: DiaryEntry) -> None:
    supervisor = world.people["academic_supervisor"]
    share(world, entry, readers=f"person-{supervisor.pk}", press="share")
    passage = Passage.objects.get()
    for who in ("public_partner", "host_manager", "programme_lead", "exec_sponsor"):
        assert comment(world, who, passage).status_code == 404
    only_me = logged(world, "Mine")
    for browser in (world.client("academic_supervisor"), world.client("researcher")):
        address = world.url(f"notes/entry/{mark_of(only_me)}/comment/")
        assert browser.post(address, {"text": "x", "form_key": key()}).status_code == 404
    assert not Comment.objects.exists()


def test_readers_cannot_tell_what_was_written_before_what(world: World) -> None:
    """Neither by a number in an address nor by the order within a month."""
    month = closed_months(TODAY(), 1).start
    for day in range(8):
        logged(world, f"Words {day}", month + day * DAY, "residency")
    page = main_of(world.client("academic_supervisor").get(world.url("notes/")))
    marks = [mark_of(entry) for entry in Activity.objects.order_by("date")]
    there = re.findall(r"notes/entry/(\w+)/comment/", page)
    assert there == sorted(marks, reverse=True) and len(there) == 8
    assert not re.search(r"notes/entry/\d{1,9}/", page)
    first = world.client("academic_supervisor").get(world.url(f"notes/entry/{marks[0]}/comment/"))
    assert "Words 0" in main_of(first)


def test_a_comment_on_a_month_is_for_a_month_that_is_over(world: World) -> None:
    browser, address = world.client("host_manager"), world.url("log/months/comment/")
    closed = closed_months(TODAY(), 1).start
    for month in (TODAY().replace(day=1).isoformat(), "2001-01-01", "x", ""):
        typed = {"month": month, "text": "A full month", "form_key": key()}
        assert "Select the month" in browser.post(address, typed).content.decode()
    browser.post(address, {"month": closed.isoformat(), "text": "A full month", "form_key": key()})
    assert Comment.objects.get().month == closed
    for who in ("researcher", "academic_supervisor", "programme_lead"):
        assert "A full month" in main_of(world.client(who).get(world.url("log/months/")))
    assert world.client("public_partner").get(address).status_code == 403


def test_another_researcher_shares_nothing_of_somebody_elses(world: World, entry: DiaryEntry) -> None:
    other = make_person()
    join(other, "researcher", world.programme, world.residency)
    share(world, entry, press="share")
    browser, passage = client_of(other), Passage.objects.get()
    for address in (world.url(f"diary/{entry.pk}/share/"), f"/diary/shared/{passage.pk}/withdraw/"):
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"form_key": key()}).status_code == 404
    passage.refresh_from_db()
    assert passage.withdrawn_on is None


@pytest.fixture
def after(world: World) -> Any:
    """The researcher's browser once their post is over; shared before were words of an entry and three answers."""
    logged(world, "Shared words", TODAY(), "residency")
    person, month = world.people["researcher"], TODAY().replace(day=1)
    answers = {"getting_in": "stuck", "line_of_work": "well", "academic": "so_so"}
    pulse = answer_pulse(residency=world.residency, month=month, answers=answers, version=0, by=person)
    share_pulse(pulse=pulse, answers=answers, version=pulse.version, by=person, on=TODAY())
    asked = Asked(what="A dashboard by Friday", on=TODAY(), by_name="Ada")
    note_request(residency=world.residency, asked=asked, by=person, today=TODAY())
    Membership.objects.filter(person=person).update(end=TODAY())
    return world.client("researcher")


def test_when_the_post_is_over_what_was_shared_can_be_taken_back(world: World, after: Any) -> None:
    """By its writer and by nobody else; once more changes nothing."""
    entry, page = Activity.objects.get(), main_of(after.get("/diary/shared/"))
    month = world.url(f"pulse/{TODAY():%Y-%m}/")
    withdraw = f"/diary/shared/entry/{entry.pk}/withdraw/"
    assert withdraw in page and month in page and "/log/" not in page
    assert world.client("host_manager").post(withdraw).status_code == 404
    for _ in range(2):
        assert after.post(withdraw, {"form_key": key()}).status_code == 302
    entry.refresh_from_db()
    assert (entry.readers, entry.what, entry.version) == ("only_me", "", 2)
    assert Sealer(world.people["researcher"]).open(entry.sealed) == "Shared words"
    assert Event.objects.filter(deed="activity.withdrawn").count() == 1
    assert after.post(month, {"form_key": key(), "press": "take_back", "version": "1"}).status_code == 302
    assert MonthlyPulse.objects.get().shared_on is None
    after.post(month, {"form_key": key(), "press": "share", "version": "2"})
    assert MonthlyPulse.objects.get().shared_on is None, "nothing is shared out of a post that is over"
    assert "You have shared nothing" in after.get("/diary/shared/").content.decode()


def test_when_the_post_is_over_what_is_ones_own_can_be_read_and_nothing_of_others(
    world: World, after: Any
) -> None:
    for tail, told in (("focus/", "A dashboard by Friday"), ("pulse/", "Stuck")):
        page = main_of(after.get(world.url(tail)))
        assert told in page and "<form" not in page and "the scope moved" not in page
        assert client_of(make_person()).get(world.url(tail)).status_code == 404
    assert after.post(world.url("pulse/"), {"form_key": key()}).status_code == 404
    assert "Ada" in after.get("/log/people/").content.decode()
