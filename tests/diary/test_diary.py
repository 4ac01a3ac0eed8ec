"""The diary: one list with what is logged for oneself, read and found by its writer alone."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from embedded.audit.models import Event
from embedded.vault import Sealer, destroy_key
from programmes.diary import own
from programmes.entries.words import LOST, Words
from programmes.entries.writing import Entry, log_activity
from programmes.models import DiaryEntry
from tests.registration.filled import boxes, key
from tests.world import TODAY, World

AGO = datetime.timedelta(days=3)


def written(text: str, on: datetime.date | None = None, **more: str) -> dict[str, str]:
    return {"text": text, "form_key": key()} | boxes("on", on or TODAY()) | more


def logged(world: World, text: str, on: datetime.date | None = None, *shared: str) -> Any:
    words = Words(text, *shared) if shared else Words(text)
    entry = Entry(date=on or TODAY(), minutes=60, kind="relational", words=words)
    return log_activity(residency=world.residency, entry=entry, by=world.people["researcher"])


def main_of(answer: Any) -> str:
    page = answer.content.decode()
    return str(page[page.index("<main") : page.index("</main>")])


def test_what_is_written_is_sealed_and_read_by_its_writer(world: World) -> None:
    browser = world.client("researcher")
    assert browser.post("/diary/", written("Nobody listens\n\nI am tired")).status_code == 302
    entry = DiaryEntry.objects.get()
    assert b"listens" not in bytes(entry.text)
    assert Sealer(world.people["researcher"]).open(entry.text) == "Nobody listens\n\nI am tired"
    assert "Nobody listens" in main_of(browser.get("/diary/"))
    event = Event.objects.get(deed="diary_entry.written")
    assert (event.place, event.what, event.details) == ("diary", f"Diary entry {entry.pk}", {})


def test_words_of_the_log_for_me_alone_stand_in_it_and_shared_ones_do_not(world: World) -> None:
    logged(world, "For me alone")
    logged(world, "For all of us", None, "residency")
    logged(world, "")
    page = main_of(world.client("researcher").get("/diary/"))
    assert "For me alone" in page and "from your log" in page
    assert "For all of us" not in page and page.count("app-entries__item") == 1


def test_nobody_elses_entry_can_be_opened_changed_or_removed(world: World) -> None:
    browser = world.client("researcher")
    browser.post("/diary/", written("Mine"))
    entry = DiaryEntry.objects.get()
    for who in ("programme_lead", "host_manager", "academic_supervisor"):
        other = world.client(who)
        assert "Mine" not in main_of(other.get("/diary/"))
        for tail in ("", "remove/"):
            assert other.get(f"/diary/{entry.pk}/{tail}").status_code == 404
            assert other.post(f"/diary/{entry.pk}/{tail}", written("Theirs")).status_code == 404
        found = other.post("/diary/find/", {"words": "Mine", "form_key": key()})
        assert "No text of yours holds these words" in main_of(found)
    assert own.words_in(entry, world.people["researcher"]) == "Mine"


def test_it_is_changed_and_of_two_windows_the_second_sees_both(world: World) -> None:
    browser = world.client("researcher")
    browser.post("/diary/", written("First"))
    address = f"/diary/{DiaryEntry.objects.get().pk}/"
    assert browser.post(address, written("Second", version="1")).status_code == 302
    page = browser.post(address, written("Third", version="1")).content.decode()
    assert "Changed since you opened it" in page and "Second" in page and "Third" in page
    assert browser.post(address, written("Third", version="2")).status_code == 302
    assert "Third" in main_of(browser.get("/diary/"))


def test_it_is_removed_after_one_more_question(world: World) -> None:
    browser = world.client("researcher")
    browser.post("/diary/", written("First"))
    address = f"/diary/{DiaryEntry.objects.get().pk}/remove/"
    assert "First" in main_of(browser.get(address))
    assert DiaryEntry.objects.exists()
    browser.post(address, {"form_key": key()})
    assert not DiaryEntry.objects.exists()


def test_a_day_to_come_is_refused_and_what_was_typed_is_kept(world: World) -> None:
    page = world.client("researcher").post("/diary/", written("Soon", TODAY() + AGO)).content.decode()
    assert "The day must be today or in the past" in page and "Soon" in page
    assert not DiaryEntry.objects.exists()


@pytest.mark.parametrize("words", ["QUIET room", "quiet  room", "uiet ro"])
def test_words_are_found_in_both_whatever_their_capitals(world: World, words: str) -> None:
    browser = world.client("researcher")
    browser.post("/diary/", written("The quiet room"))
    logged(world, "In the Quiet\nroom with Sam", TODAY() - AGO)
    logged(world, "A loud hall")
    page = main_of(browser.post("/diary/find/", {"words": words, "form_key": key()}))
    assert page.count("app-entries__item") == 2 and "loud" not in page
    assert "2 texts hold them" in page


def test_what_was_looked_for_is_in_no_address_and_no_trail(world: World) -> None:
    browser, before = world.client("researcher"), Event.objects.count()
    answer = browser.post("/diary/find/", {"words": "walrus", "form_key": key()})
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert Event.objects.count() == before


def test_pages_lose_no_line_and_show_none_twice(world: World) -> None:
    """Whole days a page; a day that is longer than a page is shown whole."""
    person, today = world.people["researcher"], TODAY()
    sealer = Sealer(person)
    days = [1] * 30 + [2] * 70 + [3] * 20 + [5] * 40
    texts = [(today - datetime.timedelta(days=ago), f"line {number}") for number, ago in enumerate(days)]
    DiaryEntry.objects.bulk_create(
        DiaryEntry(person=person, on=on, text=sealer.seal(text), made_on=today) for on, text in texts
    )
    logged(world, "from the log", today - datetime.timedelta(days=5))
    seen: list[str] = []
    before, pages = None, 0
    while pages == 0 or before is not None:
        lines, before = own.page_of(person, before)
        seen += [line.text for line in lines]
        pages += 1
    assert pages == 4
    assert sorted(seen) == sorted([text for _, text in texts] + ["from the log"])


@pytest.mark.parametrize("before", ["", "2026-02-30", "nonsense", "0001-01-01", "9999-12-31"])
def test_any_day_in_the_address_gives_a_page(world: World, before: str) -> None:
    assert world.client("researcher").get("/diary/", {"before": before}).status_code == 200


def test_a_lost_key_is_said_in_words_and_never_breaks_a_page(world: World) -> None:
    """P52: after a restore without keys."""
    browser, person = world.client("researcher"), world.people["researcher"]
    browser.post("/diary/", written("First"))
    logged(world, "Second")
    entry = DiaryEntry.objects.get()
    destroy_key(person, by=person)
    page = main_of(browser.get("/diary/"))
    assert page.count(LOST.partition(":")[0]) == 2
    share = f"/p/{world.programme.slug}/r/{world.residency.code}/diary/{entry.pk}/share/"
    for address in (f"/diary/{entry.pk}/", f"/diary/{entry.pk}/remove/", share):
        assert browser.get(address).status_code == 200
    assert browser.post("/diary/find/", {"words": "First", "form_key": key()}).status_code == 200
    assert browser.post("/diary/", written("After it")).status_code == 302
    assert "After it" in main_of(browser.get("/diary/"))


def test_the_page_asks_the_same_with_one_and_with_forty(world: World) -> None:
    browser = world.client("researcher")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get("/diary/")
        return len(queries)

    browser.post("/diary/", written("First"))
    logged(world, "Second")
    browser.get("/diary/")
    few = asked()
    for number in range(20):
        browser.post("/diary/", written(f"Text {number}"))
        logged(world, f"Words {number}")
    browser.get("/diary/")  # says back what was saved
    assert asked() == few <= 12


def test_the_promise_says_what_the_server_can_do_and_what_law_can_reach(world: World) -> None:
    page = world.client("researcher").get("/diary/promise/").content.decode()
    for words in ("while it runs it can read", "Freedom of information", "Subject access", "Field notes"):
        assert words in page
