"""The owner's answer by link: what is asked, once and again, by whom; a problem is told at once; links that end."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from embedded.audit.models import Event
from embedded.links.models import SignedLink
from embedded.post.models import Letter
from programmes import clearance
from programmes.models import AccessItem, OrganisationPart, ResidencyOrganisation, Role
from tests.onboarding.test_access import ISSUED, add, items, page_of, record, words_of
from tests.registration.filled import TODAY, boxes, key
from tests.world import World, client_of, join, make_organisation, make_person

__all__ = ["items"]

DAY = datetime.timedelta(days=1)
JO = {"owner_name": "Jo Hart", "owner_email": "jo@trust.example"}


def ask(world: World, item: AccessItem) -> str:
    AccessItem.objects.filter(pk=item.pk).update(**JO)
    client = world.client("host_manager")
    page = client.post(page_of(world, item, "ask/"), {"form_key": key()}).content.decode()
    return re.search(r"http://localhost:8000(/access/[^\"]+)\"", page)[1]  # type: ignore[index]


def answer(address: str, item: AccessItem, state: str, **typed: str) -> Any:
    item.refresh_from_db()
    sent = {"state": state, "form_key": key(), "version": str(item.version)}
    response = Client().post(address, sent | typed, follow=True)
    item.refresh_from_db()
    return response


def test_one_press_saves_who_sees_to_it_and_sends_the_link(
    world: World, items: dict[str, AccessItem]
) -> None:
    badge, client = items["badge"], world.client("host_manager")
    typed = {"state": "required", "version": str(badge.version), "ask": "yes"}
    lacking = client.post(page_of(world, badge), typed | {"form_key": key()}).content.decode()
    assert "Enter the email address of whoever sees to it" in lacking and not Letter.objects.exists()
    assert client.post(page_of(world, badge), typed | JO | {"form_key": key()}).status_code == 302
    badge.refresh_from_db()
    assert badge.owner_name == "Jo Hart" and badge.asked_on == TODAY
    assert Letter.objects.get().to == "jo@trust.example"


def test_address_of_asking_leads_to_the_item_when_it_is_opened(
    world: World, items: dict[str, AccessItem]
) -> None:
    opened = world.client("host_manager").get(page_of(world, items["badge"], "ask/"))
    assert opened["Location"] == page_of(world, items["badge"]) and not Letter.objects.exists()


def test_owner_is_asked_by_a_letter_with_a_link(world: World, items: dict[str, AccessItem]) -> None:
    address = ask(world, items["badge"])
    letter = Letter.objects.get()
    assert letter.to == "jo@trust.example" and address in letter.text
    items["badge"].refresh_from_db()
    assert items["badge"].asked_on == TODAY


def test_owner_without_an_address_is_not_asked(world: World, items: dict[str, AccessItem]) -> None:
    client = world.client("host_manager")
    client.post(page_of(world, items["badge"], "ask/"), {"form_key": key()})
    assert not SignedLink.objects.exists()


def test_owner_is_asked_once_by_two_presses(world: World, items: dict[str, AccessItem]) -> None:
    AccessItem.objects.filter(pk=items["badge"].pk).update(owner_email="jo@trust.example")
    client, same = world.client("host_manager"), key()
    for _ in range(2):
        client.post(page_of(world, items["badge"], "ask/"), {"form_key": same})
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "typed"),
    [("requested", {}), ("in_place", {}), ("problem", {"reason": "The printer is broken"})],
)
def test_owner_answers_without_an_account(
    world: World, items: dict[str, AccessItem], state: str, typed: dict[str, str]
) -> None:
    item = items["badge"]
    address = ask(world, item)
    page = answer(address, item, state, **typed).content.decode()
    assert item.state == state and "Thank you" in page
    assert Event.objects.filter(deed=f"access.{state}").get().who == "Nobody signed in"


def test_owner_s_look_changes_nothing(world: World, items: dict[str, AccessItem]) -> None:
    address = ask(world, items["badge"])
    response = Client().get(address)
    assert response.status_code == 200 and "no-referrer" in response["Referrer-Policy"]
    items["badge"].refresh_from_db()
    assert items["badge"].state == "required"


def test_owner_may_answer_again_by_the_same_link(world: World, items: dict[str, AccessItem]) -> None:
    item = items["badge"]
    address = ask(world, item)
    answer(address, item, "requested")
    answer(address, item, "in_place")
    assert item.state == "in_place"


@pytest.mark.parametrize(
    ("kind", "state", "instruction"),
    [
        ("badge", "", "Select how it stands"),
        ("badge", "problem", "Enter what the problem is"),
        ("letter_of_access", "in_place", "Enter the reference"),
        ("badge", "refused", "Select how it stands"),
    ],
)
def test_owner_s_answer_says_what_to_put_right(
    world: World, items: dict[str, AccessItem], kind: str, state: str, instruction: str
) -> None:
    item = items[kind]
    page = answer(ask(world, item), item, state).content.decode()
    assert instruction in page and "<title>Error: " in page and item.state == "required"


def test_owner_of_a_permission_gives_date_reference_and_expiry(
    world: World, items: dict[str, AccessItem]
) -> None:
    item = items["letter_of_access"]
    dates = boxes("issued_on", TODAY) | boxes("expires_on", TODAY + 300 * DAY)
    answer(ask(world, item), item, "in_place", **ISSUED, **dates)
    assert (item.state, item.reference, item.expires_on) == ("in_place", "LOA 7", TODAY + 300 * DAY)


def test_owner_of_a_check_is_not_asked_for_words(world: World) -> None:
    """V-31."""
    item = add(world, "criminal_record_check")
    address = ask(world, item)
    assert 'name="reason"' not in Client().get(address).content.decode()
    answer(address, item, "problem", reason="A caution in 1998")
    assert (item.state, item.reason) == ("problem", "")


def test_owner_sees_what_somebody_else_answered_meanwhile_and_loses_no_word(
    world: World, items: dict[str, AccessItem]
) -> None:
    """P47: both texts are shown, and sent again the second takes the place of the first."""
    item = items["badge"]
    address = ask(world, item)
    record(world.client("hr"), world, item, "problem", reason="Card printer is broken", **JO)
    sent = {"state": "problem", "reason": "No photograph came", "form_key": key(), "version": "1"}
    page = Client().post(address, sent).content.decode()
    item.refresh_from_db()
    assert "This has changed since you opened it" in page and item.reason == "Card printer is broken"
    assert "Card printer is broken" in page and 'value="No photograph came"' in page
    again = dict(re.findall(r'name="(version|form_key)" value="([^"]*)"', page))
    assert Client().post(address, sent | again).status_code == 302
    item.refresh_from_db()
    assert item.reason == "No photograph came"


# what is asked of what


FACTS = ("issued_on_day", "issuer", "reference", "expires_on_day")


def asked_in(page: str) -> set[str]:
    return {name for name in FACTS if f'name="{name}"' in page}


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        *((kind, set(FACTS)) for kind in (*clearance.PERMISSIONS, "criminal_record_check")),
        *((kind, {"expires_on_day"}) for kind in ("badge", "desk", "it_account", "research_passport")),
    ],
)
def test_v30_issuer_reference_and_date_are_asked_of_permissions_in_law_and_of_a_check_alone(
    world: World, kind: str, asked: set[str]
) -> None:
    """A badge, a desk, a laptop is a tick and at most a date, by link as signed in (users.md §8)."""
    item = add(world, kind)
    assert asked_in(Client().get(ask(world, item)).content.decode()) == asked
    assert asked_in(world.client("hr").get(page_of(world, item)).content.decode()) == asked


def test_facts_that_are_not_asked_stay_as_they_are(world: World, items: dict[str, AccessItem]) -> None:
    item = items["badge"]
    AccessItem.objects.filter(pk=item.pk).update(issued_on=TODAY, **ISSUED)
    address = ask(world, item)
    answer(address, item, "in_place", reference="another", **boxes("expires_on", TODAY + DAY))
    assert (item.reference, item.issued_on, item.expires_on) == ("LOA 7", TODAY, TODAY + DAY)
    page = answer(address, item, "in_place", **boxes("expires_on", TODAY)).content.decode()
    assert "Expiry date must be after the date it was issued" in page


@pytest.mark.parametrize("by_link", [True, False])
def test_v31_a_criminal_record_check_is_asked_for_who_saw_it_number_and_level_alone(
    world: World, by_link: bool
) -> None:
    item = add(world, "criminal_record_check")
    address = ask(world, item)
    page = Client().get(address) if by_link else world.client("hr").get(page_of(world, item))
    for words in (
        "Seen by",
        "Only the number and the level, never what the certificate says",
        "never a copy",
    ):
        assert words in words_of(page)
    assert 'type="file"' not in page.content.decode()
    seen = {"issuer": "Jo Hart", "reference": "001234 enhanced"} | boxes("issued_on", TODAY)
    if by_link:
        answer(address, item, "in_place", **seen)
    else:
        record(world.client("hr"), world, item, "in_place", **seen)
    assert (item.state, item.issuer, item.reference) == ("in_place", "Jo Hart", "001234 enhanced")


# a problem


def told() -> list[tuple[str, str]]:
    return list(Letter.objects.filter(key__startswith="access_problem/").values_list("to", "text"))


def manager_is(world: World, email: str) -> None:
    world.residency.host_manager_name, world.residency.host_manager_email = "Mary Manager", email
    world.residency.save()


def test_problem_is_told_at_once_to_the_named_manager_and_shown_to_who_sees_access(
    world: World, items: dict[str, AccessItem]
) -> None:
    manager_is(world, "mary@trust.example")
    item = items["badge"]
    answer(ask(world, item), item, "problem", reason="The printer is broken")
    assert [to for to, _ in told()] == ["mary@trust.example"]
    assert "The printer is broken" in told()[0][1] and page_of(world, item) in told()[0][1]
    for role in ("host_manager", "researcher"):
        for page in (page_of(world), world.url("")):
            assert "“The printer is broken”" in words_of(world.client(role).get(page))
    assert "printer is broken" not in words_of(world.client("public_partner").get(world.url("")))


def test_problem_at_another_host_is_not_told_to_an_office(world: World, items: dict[str, AccessItem]) -> None:
    second = make_organisation("Second Trust")
    ResidencyOrganisation.objects.create(
        residency=world.residency, organisation=second, part=OrganisationPart.HOST
    )
    AccessItem.objects.filter(pk=items["badge"].pk).update(state="problem", reason="The printer is broken")
    office = make_person("Second Office")
    join(office, Role.RD_OFFICE, world.programme, second)
    assert "printer is broken" in words_of(world.client("rd_office").get(world.url("")))
    assert "printer is broken" not in words_of(client_of(office).get(world.url("")))


@pytest.mark.parametrize("manager", ["", "JO@trust.example"])
def test_problem_is_told_to_who_registered_where_nobody_is_named_or_the_manager_answered(
    world: World, items: dict[str, AccessItem], manager: str
) -> None:
    manager_is(world, manager)
    answer(ask(world, items["badge"]), items["badge"], "problem", reason="The printer is broken")
    assert [to for to, _ in told()] == [world.residency.created_by.email]


def test_the_same_problem_is_told_once_and_another_one_again(
    world: World, items: dict[str, AccessItem]
) -> None:
    item = items["badge"]
    address = ask(world, item)
    for reason in ("The printer is broken", "The printer is broken", "The office is closed"):
        answer(address, item, "problem", reason=reason)
    answer(address, item, "in_place")
    assert len(told()) == 2


def test_v31_letter_about_a_check_has_no_words_of_it(world: World) -> None:
    item = add(world, "work_health_assessment")
    answer(ask(world, item), item, "problem", reason="Something private")
    assert len(told()) == 1 and "private" not in told()[0][1] and "Jo Hart" in told()[0][1]


# links that end


def run_out(hours: int = 2) -> None:
    """The links that were sent have expired, the newest some hours ago."""
    then = timezone.now() - datetime.timedelta(hours=hours)
    SignedLink.objects.update(made_at=then - 28 * DAY, expires_at=then)


def test_expired_link_offers_a_new_one_to_the_same_address(
    world: World, items: dict[str, AccessItem]
) -> None:
    address = ask(world, items["badge"])
    run_out()
    page = Client().get(address)
    assert page.status_code == 410 and "Send me a new link" in words_of(page)
    assert SignedLink.objects.count() == 1
    for _ in range(2):
        said = words_of(Client().post(address, {"again": "yes"}, follow=True))
        assert "on its way to the address that the old one went to" in said
    assert SignedLink.objects.count() == 2
    letter = Letter.objects.order_by("pk").last()
    assert letter and letter.to == JO["owner_email"]
    fresh = re.search(r"(/access/k1_\S+)", letter.text)
    assert fresh and answer(fresh[1], items["badge"], "in_place").status_code == 200
    assert items["badge"].state == "in_place"


def test_new_link_is_promised_in_the_same_words_to_whoever_asks_and_goes_to_nobody_else(
    world: World, items: dict[str, AccessItem]
) -> None:
    item = items["badge"]
    address = ask(world, item)
    never = "/access/k1_" + "A" * 43 + "/"
    AccessItem.objects.filter(pk=item.pk).update(owner_email="new@trust.example")
    run_out()
    said = [words_of(Client().post(one, {"again": "yes"}, follow=True)) for one in (address, never)]
    assert said[0] == said[1] and SignedLink.objects.count() == 1


def test_asking_again_ends_the_earlier_link(world: World, items: dict[str, AccessItem]) -> None:
    first, second = ask(world, items["badge"]), ask(world, items["badge"])
    assert (Client().get(first).status_code, Client().get(second).status_code) == (410, 200)


@pytest.mark.parametrize(("email", "status"), [("jo@trust.example", 200), ("new@trust.example", 410)])
def test_link_ends_with_another_owner(
    world: World, items: dict[str, AccessItem], email: str, status: int
) -> None:
    address = ask(world, items["badge"])
    record(world.client("hr"), world, items["badge"], "requested", owner_name="J Hart", owner_email=email)
    assert Client().get(address).status_code == status
    assert SignedLink.objects.filter(revoked_at=None).exists() is (status == 200)
    assert (items["badge"].asked_on == TODAY) is (status == 200)
    if status == 410:  # and stays ended when it goes back
        record(world.client("hr"), world, items["badge"], "requested", **JO)
        assert Client().get(address).status_code == 410


@pytest.mark.parametrize("token", ["lk_nothing", "x", "lk_" + "A" * 43])
def test_link_that_never_was_is_over(db: None, token: str) -> None:
    page = Client().get(f"/access/{token}/")
    assert page.status_code == 410 and "This link does not work" in page.content.decode()
