"""Erasing: the key goes, and everything that it locked; what was shared stays until it is withdrawn (P7, P19)."""

from __future__ import annotations

from typing import Any

from embedded.accounts.models import Person
from embedded.audit.models import Event
from embedded.drafts import save_draft
from embedded.drafts.models import Draft, FormKey
from embedded.vault import Sealer
from embedded.vault.models import PersonKey
from programmes.diary import erasing, own
from programmes.models import Activity, Contact, MonthlyPulse, Passage
from tests.house.addresses import things_in
from tests.house.presses import press_of
from tests.house.sealed import sealed_columns
from tests.registration.filled import key
from tests.world import World, make_person


def left_of(person: Any) -> list[str]:
    return [
        f"{model.__name__}.{name}"
        for model, name, owner in sealed_columns()
        for blob in model._default_manager.filter(**{owner: person}).values_list(name, flat=True)
        if blob
    ]


def test_nothing_that_was_sealed_is_left_and_every_table_is_looked_at(world: World) -> None:
    things, person = things_in(world), world.people["researcher"]
    save_draft(person, "log", {"what": "x"})
    named = {column.partition(".")[0] for column in left_of(person)}
    assert named >= {"Activity", "Contact", "DiaryEntry", "Draft", "FirstDaysLine", "MonthlyPulse"}
    assert named >= {"PlannedEntry", "Request"}
    entries = Activity.objects.of(person).count()
    erasing.erase(by=person)
    assert left_of(person) == []
    assert not PersonKey.objects.filter(person=person).exists()
    assert Activity.objects.of(person).count() == entries
    assert Passage.objects.get(pk=things.more["passage"].pk).text == "canary passage"
    assert Event.objects.filter(deed="vault_key.destroyed", who_id=str(person.pk)).count() == 1


def test_somebody_elses_stays_as_it_was(world: World) -> None:
    other = make_person()
    contact = Contact.objects.create(
        person=other, name=Sealer(other).seal("Ada"), name_mark=Sealer(other).mark("ada")
    )
    save_draft(other, "log", {"what": "x"})
    erasing.erase(by=world.people["researcher"])
    assert Sealer(other).open(Contact.objects.get(pk=contact.pk).name) == "Ada"
    assert Draft.objects.filter(person=other).count() == 1


def test_shared_answers_stay_and_their_sealed_copy_goes(world: World) -> None:
    things, person = things_in(world), world.people["researcher"]
    pulse: Any = MonthlyPulse.objects.filter(person=person)
    answers = dict.fromkeys(("getting_in", "line_of_work", "academic"), "well")
    pulse.update(shared_on=things.use.decided_on, **answers)
    erasing.erase(by=person)
    assert [bytes(one.answers) for one in pulse.all()] == [b""] * pulse.count()
    assert pulse.exists()


def test_it_asks_for_a_tick_and_afterwards_one_can_write_again(world: World) -> None:
    things, person = things_in(world), world.people["researcher"]
    press = press_of("diary_erase", things)
    browser = press.by(things)
    page = press.typing(kept="").send(browser).content.decode()
    assert "Confirm that you have kept" in page and left_of(person)
    assert press.typing(form_key=key()).send(browser)["Location"] == "/diary/"
    assert "Erased: nobody can read it any more" in browser.get("/diary/").content.decode()
    assert press_of("diary", things).send(browser).status_code == 302
    assert [line.text for line in own.page_of(Person.objects.get(pk=person.pk), None)[0]] == [
        "A long day, and a good one"
    ]


def test_nothing_is_left_that_was_made_of_what_was_typed(world: World) -> None:
    """Of the form that erases itself there is: pressed twice, it erases once."""
    things, person = things_in(world), world.people["researcher"]
    saved, erased = press_of("diary", things), press_of("diary_erase", things)
    browser = erased.by(things)
    saved.send(browser)
    assert FormKey.objects.filter(person=person).exclude(content_sha256="").count() == 1
    for _ in range(2):
        assert erased.send(browser)["Location"] == "/diary/"
    assert [str(one.key) for one in FormKey.objects.filter(person=person)] == [erased.typed["form_key"]]
    assert Event.objects.filter(deed="vault_key.destroyed").count() == 1


def test_it_cannot_be_done_without_a_fresh_confirmation(world: World) -> None:
    browser = world.client("researcher")
    session = browser.session
    session.pop("account_authentication_methods")
    session.save()
    for answer in (browser.get("/diary/erase/"), browser.post("/diary/erase/", {"kept": "on"})):
        assert answer.status_code == 302 and "reauthenticate" in answer["Location"]
    assert not Event.objects.filter(deed="vault_key.destroyed").exists()


def test_the_page_says_what_it_cannot_do(world: World) -> None:
    page = world.client("researcher").get("/diary/erase/").content.decode()
    assert "Backups that were made before still hold your key" in page
