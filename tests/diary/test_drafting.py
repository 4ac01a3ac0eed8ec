"""What is typed into the diary and not saved is kept: two tabs, two drafts; saved, thrown away or removed, it goes."""

from __future__ import annotations

from typing import Any

from embedded.drafts.models import Draft
from programmes.diary import own
from programmes.models import DiaryEntry
from tests.diary.test_diary import main_of, written
from tests.registration.filled import boxes, key
from tests.world import TODAY, World


def keep(browser: Any, purpose: str, text: str, **more: str) -> str:
    """Sends a form as its script does; gives the form's key."""
    form = key()
    typed = {"draft": f"{purpose}{form}", "text": text, **more}
    assert browser.post("/drafts/save/", typed).status_code == 204
    return form


def test_two_tabs_keep_two_and_one_goes_on_with_either(world: World) -> None:
    browser = world.client("researcher")
    first = keep(browser, "diary/", "In the first tab", on_day="40", on_month="May", on_year="")
    keep(browser, "diary/", "In the second tab")
    keep(browser, "diary/", "   ")
    page = main_of(browser.get("/diary/"))
    assert "In the first tab" in page and "In the second tab" in page and page.count("Go on with it") == 2
    page = main_of(browser.get(f"/diary/?draft={first}"))
    assert f'value="{first}"' in page and 'value="40"' in page and 'value="May"' in page
    browser.post("/diary/", written("In the first tab, to its end", form_key=first))
    page = main_of(browser.get("/diary/"))
    assert page.count("Go on with it") == 1 and "to its end" in page


def test_nobody_else_is_offered_it(world: World) -> None:
    form = keep(world.client("researcher"), "diary/", "Mine")
    page = main_of(world.client("host_manager").get(f"/diary/?draft={form}"))
    assert "Mine" not in page and form not in page


def test_one_is_thrown_away(world: World) -> None:
    browser = world.client("researcher")
    form = keep(browser, "diary/", "Not this")
    assert browser.post("/diary/", {"throw_away": form})["Location"] == "/diary/"
    assert not Draft.objects.exists() and not DiaryEntry.objects.exists()


def test_of_a_change_the_version_from_which_it_was_begun_counts(world: World) -> None:
    browser, person = world.client("researcher"), world.people["researcher"]
    browser.post("/diary/", written("First"))
    entry = DiaryEntry.objects.get()
    address = f"/diary/{entry.pk}/"
    form = keep(browser, f"diary-entry/{entry.pk}/", "Half a", version="1", **boxes("on", TODAY()))
    browser.post(address, written("Second", version="1"))
    page = main_of(browser.get(f"{address}?draft={form}"))
    assert 'name="version" value="1"' in page and "Half a" in page
    sent = browser.post(address, written("Half a sentence", form_key=form, version="1"))
    assert "Changed since you opened it" in sent.content.decode()
    assert own.words_in(DiaryEntry.objects.get(), person) == "Second"
    assert Draft.objects.exists()
    browser.post(address, {"throw_away": form})
    assert not Draft.objects.exists()


def test_with_an_entry_go_its_drafts(world: World) -> None:
    browser = world.client("researcher")
    for words in ("First", "Second"):
        browser.post("/diary/", written(words))
    there, other = DiaryEntry.objects.order_by("pk")
    keep(browser, f"diary-entry/{there.pk}/", "To be gone", version="1")
    keep(browser, f"diary-entry/{other.pk}/", "To stay", version="1")
    browser.post(f"/diary/{there.pk}/remove/", {"form_key": key()})
    assert Draft.objects.get().purpose.startswith(f"diary-entry/{other.pk}/")
