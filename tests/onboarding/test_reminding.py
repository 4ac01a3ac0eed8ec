"""The weekly letter, and the one at once: at seven days and on the day; each once, to each address once."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from embedded.accounts.models import Person
from embedded.audit.models import Event
from embedded.links.models import SignedLink
from embedded.post.models import Letter
from programmes.models import AccessItem, Placement, QuietAddress, Residency, Stage
from programmes.onboarding.reminding import remind
from tests.agreements.telling import sign
from tests.registration.filled import key
from tests.world import World, make_residency

DAY = datetime.timedelta(days=1)
MONDAY = datetime.date(2026, 11, 23)
OWNER = "jo@trust.example"


@pytest.fixture
def badge(world: World) -> AccessItem:
    """Needed in ten days; its owner has an address, and so has the named manager."""
    Residency.objects.filter(pk=world.residency.pk).update(
        host_manager_name="Sam Hart", host_manager_email="Sam@Trust.example"
    )
    return AccessItem.objects.create(
        placement=world.placement,
        host=world.host,
        kind="badge",
        owner_name="Jo Hart",
        owner_email=OWNER,
        due=MONDAY + 10 * DAY,
    )


def put(item: AccessItem, **fields: Any) -> None:
    AccessItem.objects.filter(pk=item.pk).update(**fields)


def in_place(item: AccessItem, days: int, on: datetime.date = MONDAY) -> None:
    put(item, state="in_place", due=None, expires_on=on + days * DAY)


def letters(to: str = OWNER) -> list[Letter]:
    return list(Letter.objects.filter(to=to).order_by("pk"))


def test_weekly_letter_goes_to_owner_and_manager_once(badge: AccessItem) -> None:
    assert [remind(MONDAY), remind(MONDAY)] == [2, 0]
    assert {letter.to for letter in Letter.objects.all()} == {OWNER, "sam@trust.example"}
    text = letters()[0].text
    assert "- Badge for Embedded researcher at Made Up Trust is needed by 3 December 2026: http" in text
    assert letters()[0].html.count("<li>") == 1


def test_letter_greets_by_the_name_that_fits_its_address(badge: AccessItem) -> None:
    """Whoever has the address, else the one name under which it is written down, else no name."""
    remind(MONDAY)
    assert letters()[0].text.startswith("Dear Jo Hart,")
    put(badge, owner_name="IT and estates")
    other = AccessItem.objects.create(
        placement=badge.placement,
        host=badge.host,
        kind="desk",
        owner_name="HR",
        owner_email=OWNER,
        due=badge.due,
    )
    remind(MONDAY + 7 * DAY)
    assert letters()[1].text.startswith("Hello,")
    Person.objects.create(display_name="Jo Porter", email=OWNER)
    put(other, due=MONDAY + 20 * DAY)
    remind(MONDAY + 14 * DAY)
    assert letters()[2].text.startswith("Dear Jo Porter,")


@pytest.mark.parametrize(("later", "number"), [(1, 1), (6, 1), (7, 2)])
def test_weekly_letter_comes_once_a_week(badge: AccessItem, later: int, number: int) -> None:
    remind(MONDAY)
    put(badge, due=MONDAY + (later + 9) * DAY)
    remind(MONDAY + later * DAY)
    assert len(letters()) == number


def test_weekly_letter_comes_later_in_the_week_if_there_is_nothing_before(badge: AccessItem) -> None:
    put(badge, due=MONDAY + 15 * DAY)
    assert remind(MONDAY) == 0
    assert remind(MONDAY + DAY) == 2


@pytest.mark.parametrize(
    ("days", "subject"),
    [
        (15, ""),
        (14, "Access this week: 1 thing to see to"),
        (8, "Access this week: 1 thing to see to"),
        (7, "Access: 1 thing with a day that is near"),
        (6, "Access this week: 1 thing to see to"),
        (0, "Access: 1 thing with a day that is near"),
        (-1, "Access this week: 1 thing to see to"),
    ],
)
def test_what_is_due_is_told_weekly_and_alone_at_seven_days_and_on_the_day(
    badge: AccessItem, days: int, subject: str
) -> None:
    put(badge, due=MONDAY + days * DAY)
    remind(MONDAY)
    assert [letter.subject for letter in letters()] == ([subject] if subject else [])


@pytest.mark.parametrize(
    ("days", "words"),
    [(61, ""), (60, "runs out on"), (7, "runs out on"), (0, "runs out on"), (-1, "ran out on")],
)
def test_what_runs_out_is_told_from_sixty_days_on(badge: AccessItem, days: int, words: str) -> None:
    """V-34, at its boundary."""
    in_place(badge, days)
    remind(MONDAY)
    assert [words in letter.text for letter in letters()] == ([True] if words else [])


def test_days_before_are_the_programme_s_own(world: World, badge: AccessItem) -> None:
    """V-34."""
    in_place(badge, 30)
    world.programme.expiring_within_days = 29
    world.programme.save()
    assert remind(MONDAY) == 0


def test_person_is_told_of_what_runs_out_and_of_nothing_else(world: World, badge: AccessItem) -> None:
    address = world.people["researcher"].email
    remind(MONDAY)
    assert not letters(address)
    in_place(badge, 20, MONDAY + 7 * DAY)
    remind(MONDAY + 7 * DAY)
    assert len(letters(address)) == 1


def test_one_address_gets_one_letter_with_everything_in_it(world: World, badge: AccessItem) -> None:
    """Whoever is owner and manager at once is told of each thing once."""
    put(badge, owner_email=" SAM@trust.example")
    for kind in ("desk", "smartcard"):
        AccessItem.objects.create(placement=world.placement, host=world.host, kind=kind, due=MONDAY + DAY)
    remind(MONDAY)
    letter = Letter.objects.get()
    assert letter.subject == "Access this week: 3 things to see to" and letter.text.count("\n- ") == 3


def test_thing_that_is_told_alone_is_not_told_twice_that_day(badge: AccessItem, world: World) -> None:
    put(badge, due=MONDAY + 7 * DAY)
    AccessItem.objects.create(
        placement=world.placement, host=world.host, kind="desk", due=MONDAY + DAY, owner_email=OWNER
    )
    remind(MONDAY)
    assert sorted("Badge" in letter.text for letter in letters()) == [False, True]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"state": "requested"}, True),
        ({"state": "problem"}, True),
        ({"state": "not_required", "reason": "x"}, False),
        ({"state": "refused"}, False),
        ({"state": "revoked"}, False),
        ({"state": "in_place"}, False),
        ({"due": None}, False),
    ],
)
def test_only_what_waits_is_told(badge: AccessItem, fields: dict[str, Any], told: bool) -> None:
    put(badge, **fields)
    assert bool(remind(MONDAY)) is told


@pytest.mark.parametrize(("end", "told"), [(1, True), (0, False)])
def test_posts_that_are_over_are_not_told(badge: AccessItem, end: int, told: bool) -> None:
    Placement.objects.update(end=MONDAY + end * DAY)
    assert bool(remind(MONDAY)) is told


@pytest.mark.parametrize(
    ("stage", "told"), [(Stage.ONBOARDING, True), (Stage.CLOSING, True), (Stage.ENDED, False)]
)
def test_residencies_that_are_over_are_not_told(badge: AccessItem, stage: str, told: bool) -> None:
    Residency.objects.update(stage=stage)
    assert bool(remind(MONDAY)) is told


@pytest.mark.parametrize(("days", "told"), [(59, False), (60, True)])
def test_what_nobody_entered_is_left_alone_for_sixty_days_after_it_was_brought_in(
    badge: AccessItem, days: int, told: bool
) -> None:
    Residency.objects.update(adopted_on=MONDAY - days * DAY)
    assert bool(remind(MONDAY)) is told


def test_owner_answers_by_the_link_in_the_letter(badge: AccessItem) -> None:
    remind(MONDAY)
    address = re.search(r"http://localhost:8000(/access/\S+)", letters()[0].text)[1]  # type: ignore[index]
    sent = {"state": "requested", "form_key": key(), "version": "1"}
    assert "Thank you" in Client().post(address, sent, follow=True).content.decode()
    badge.refresh_from_db()
    assert badge.state == "requested"
    manager = letters("sam@trust.example")[0].text
    assert "/r/" in manager and "/access/k1_" not in manager


def test_letter_that_stands_already_makes_no_more_links(badge: AccessItem) -> None:
    remind(MONDAY)
    before = SignedLink.objects.count()
    remind(MONDAY)
    assert SignedLink.objects.count() == before


def test_letter_on_a_check_says_nothing_of_it(badge: AccessItem) -> None:
    """V-31."""
    put(badge, kind="criminal_record_check", reference="001234 enhanced")
    remind(MONDAY)
    assert "001234" not in letters()[0].text


# a round that was missed


@pytest.mark.parametrize("missed", [0, 1, 3])
@pytest.mark.parametrize("before", [7, 0])
def test_round_that_was_missed_is_made_up_for_once(badge: AccessItem, missed: int, before: int) -> None:
    """Nothing ran on the day itself: the next round writes at once, and no later one does."""
    put(badge, due=MONDAY + before * DAY)
    remind(MONDAY - DAY)
    Letter.objects.all().delete()
    for later in (missed, missed, missed + 1):
        remind(MONDAY + later * DAY)
    assert [letter.subject for letter in letters()].count("Access: 1 thing with a day that is near") == 1


def test_round_that_was_missed_writes_at_once_and_not_in_the_weekly_letter(badge: AccessItem) -> None:
    put(badge, due=MONDAY + 7 * DAY)
    remind(MONDAY - 7 * DAY)
    Letter.objects.all().delete()
    remind(MONDAY + 2 * DAY)
    assert [letter.subject for letter in letters()] == ["Access: 1 thing with a day that is near"]


def test_round_of_the_day_before_has_told_what_was_due_then(badge: AccessItem) -> None:
    put(badge, due=MONDAY)
    assert remind(MONDAY) == 2
    remind(MONDAY + DAY)
    assert [letter.subject for letter in letters()][1:] == ["Access this week: 1 thing to see to"]


def test_first_round_of_all_makes_up_for_none(badge: AccessItem) -> None:
    put(badge, due=MONDAY + 6 * DAY)
    remind(MONDAY)
    assert letters()[0].subject == "Access this week: 1 thing to see to"


def test_round_that_breaks_off_leaves_nothing_behind(badge: AccessItem) -> None:
    """Letters and the day of the round are written together or not at all."""
    put(badge, due=MONDAY)

    def broken_off() -> None:
        with transaction.atomic():
            remind(MONDAY)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert not Letter.objects.exists() and not Event.objects.filter(deed="access_round.done").exists()
    remind(MONDAY + DAY)
    assert letters()[0].subject == "Access this week: 1 thing to see to"  # it was the first of all


# agreements


def lead_of(world: World) -> str:
    return world.people["programme_lead"].email


@pytest.mark.parametrize(
    ("days", "subject"),
    [
        (15, ""),
        (14, "Access and agreements this week: 1 thing to see to"),
        (7, "Access and agreements: 1 thing with a day that is near"),
        (0, "Access and agreements: 1 thing with a day that is near"),
        (-1, "Access and agreements this week: 1 thing to see to"),
    ],
)
def test_day_to_look_at_an_agreement_again_is_told_to_manager_and_leads(
    world: World, days: int, subject: str
) -> None:
    Residency.objects.filter(pk=world.residency.pk).update(host_manager_email="sam@trust.example")
    sign(world.residency, signed_on=MONDAY - 300 * DAY, review_on=MONDAY + days * DAY)
    remind(MONDAY)
    for to in ("sam@trust.example", lead_of(world), world.people["theme_lead"].email):
        assert [letter.subject for letter in letters(to)] == ([subject] if subject else [])


@pytest.mark.parametrize(("days", "told"), [(61, False), (60, True), (0, True), (-1, False)])
def test_agreement_that_ends_before_the_residency_is_told(world: World, days: int, told: bool) -> None:
    sign(world.residency, signed_on=MONDAY - 300 * DAY, effective_to=MONDAY + days * DAY)
    remind(MONDAY)
    said = [letter.text for letter in letters(lead_of(world))]
    assert len(said) == told
    assert all("Renew the hosting agreement" in text and "/agreements/" in text for text in said)


def test_agreement_whose_end_an_amendment_gave_it_is_told(world: World) -> None:
    first = sign(world.residency, signed_on=MONDAY - 300 * DAY)
    sign(
        world.residency,
        signed_on=MONDAY - 9 * DAY,
        effective_to=MONDAY + 30 * DAY,
        follows=first,
        follows_as="amendment",
    )
    remind(MONDAY)
    assert "Renew" in letters(lead_of(world))[0].text


def test_lead_of_another_theme_and_residencies_that_are_over_are_not_told(world: World) -> None:
    sign(world.residency, signed_on=MONDAY - 300 * DAY, review_on=MONDAY)
    Residency.objects.filter(pk=world.residency.pk).update(theme=None)
    remind(MONDAY)
    assert letters(lead_of(world)) and not letters(world.people["theme_lead"].email)
    Residency.objects.filter(pk=world.residency.pk).update(stage=Stage.ENDED, ended_on=MONDAY)
    assert remind(MONDAY + 7 * DAY) == 0


# off and on again


def stop_link() -> str:
    return re.search(r"http://localhost:8000(/weekly-letter/\S+)", letters()[0].text)[1]  # type: ignore[index]


def test_weekly_letter_is_stopped_by_its_own_link_and_had_again(badge: AccessItem) -> None:
    remind(MONDAY)
    address = stop_link()
    assert "Stop the weekly letter" in Client().get(address).content.decode()
    assert not QuietAddress.objects.exists()  # looking changes nothing
    for _ in range(2):
        page = Client().post(address, {"form_key": key(), "weekly": "off"}, follow=True).content.decode()
    assert "Off" in page and QuietAddress.objects.get().email == OWNER
    put(badge, due=MONDAY + 17 * DAY)
    remind(MONDAY + 7 * DAY)
    assert len(letters()) == 1
    Client().post(address, {"form_key": key(), "weekly": "on"})
    assert remind(MONDAY + 7 * DAY) == 1 and len(letters()) == 2
    assert OWNER not in str(list(Event.objects.filter(deed__startswith="weekly").values()))


def test_what_is_urgent_comes_all_the_same(badge: AccessItem) -> None:
    QuietAddress.objects.create(email=OWNER, since=MONDAY)
    put(badge, due=MONDAY)
    remind(MONDAY)
    assert len(letters()) == 1 and "weekly-letter" not in letters()[0].text


def test_weekly_letter_is_switched_off_signed_in(world: World) -> None:
    client = world.client("host_manager")
    assert "Stop the weekly letter" in client.get("/weekly-letter/").content.decode()
    client.post("/weekly-letter/", {"form_key": key(), "weekly": "off"})
    assert QuietAddress.objects.get().email == world.people["host_manager"].email.lower()
    assert "again" in client.get("/weekly-letter/").content.decode()


def test_somebody_without_an_address_is_told_so(world: World) -> None:
    person = world.people["host_manager"]
    person.email = ""
    person.save()
    client = world.client("host_manager")
    assert "no email address" in client.get("/weekly-letter/").content.decode()
    client.post("/weekly-letter/", {"form_key": key(), "weekly": "off"})
    assert not QuietAddress.objects.exists()


def test_link_of_a_letter_that_never_was_is_over(db: None) -> None:
    assert Client().get("/weekly-letter/k1_nothing/").status_code == 410


def test_round_asks_no_more_for_thirty_things_of_one_address(
    world: World, badge: AccessItem, django_assert_max_num_queries: Any
) -> None:
    def queries(on: datetime.date) -> int:
        with django_assert_max_num_queries(60) as counted:
            remind(on)
        return len(counted)

    put(badge, owner_email="sam@trust.example", due=MONDAY - DAY)
    sign(world.residency, signed_on=MONDAY - 300 * DAY, review_on=MONDAY - DAY)
    first = queries(MONDAY)
    for _ in range(9):
        residency = make_residency(world.programme, world.host, created_by=world.residency.created_by)
        Residency.objects.filter(pk=residency.pk).update(host_manager_email="sam@trust.example")
        post = Placement.objects.create(
            residency=residency, person=world.people["researcher"], wte="0.1", start=MONDAY
        )
        AccessItem.objects.create(placement=post, host=world.host, kind="desk", due=MONDAY)
        sign(residency, signed_on=MONDAY - 300 * DAY, review_on=MONDAY - DAY)
    assert queries(MONDAY + 7 * DAY) == first
