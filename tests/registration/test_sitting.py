"""A first sitting: at most 14 answers on 8 pages, saved at every step, sent once, for a named manager too."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes.measures.period import add_months
from programmes.models import Residency, Stage, Theme
from programmes.registration import actions
from programmes.registration.pages import MOST_ANSWERS, MOST_PAGES, PAGES, pages_of
from tests.registration.filled import END, START, TODAY, boxes, chosen, fill, key, make_idea, pages
from tests.world import World, client_of, join, make_organisation, make_person


@pytest.fixture
def idea(world: World) -> Residency:
    return make_idea(world.programme, world.host, world.people["host_manager"])


def at(idea: Residency, tail: str = "") -> str:
    return f"/p/{idea.programme.slug}/r/{idea.code}/registration/{tail}"


def save(
    client: Client, idea: Residency, page: str, typed: dict[str, Any], version: int | None = None
) -> Any:
    idea.refresh_from_db()
    sent = typed | {"form_key": key(), "version": str(idea.version if version is None else version)}
    return client.post(at(idea, f"{page}/"), sent)


def labels(page: str) -> list[str]:
    """The questions of a page: labels of boxes and legends of groups, without the parts of a date."""
    found = re.findall(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", page, re.S)
    return [
        text
        for text in (" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found)
        if text not in ("Day", "Month", "Year", "Yes", "Partly", "Not yet")
    ]


def test_sitting_asks_at_most_fourteen_answers_on_eight_pages(world: World, idea: Residency) -> None:
    """users.md §1. Optional questions say so; check answers is the last of the pages."""
    Theme.objects.create(programme=world.programme, name="Falls")
    lead = world.client("programme_lead")
    shown = [f"/p/{world.programme.slug}/register/"] + [at(idea, f"{page.name}/") for page in PAGES[1:]]
    asked = [label for address in shown for label in labels(lead.get(address).content.decode())]
    needed = [label for label in asked if "(optional)" not in label]
    assert len(needed) <= MOST_ANSWERS == 14, needed
    assert len(shown) + 1 <= MOST_PAGES == 8, shown


def test_sitting_goes_from_page_to_page_and_ends_with_the_check(world: World, idea: Residency) -> None:
    client, seen = world.client("host_manager"), ["purpose"]
    for page in ("purpose", "difference", "dates", "topics", "people"):
        typed = pages(world.university).get(page, {})
        seen.append(save(client, idea, page, typed)["Location"].rstrip("/").split("/")[-1])
    assert seen[1:] == ["difference", "dates", "topics", "people", "money"]
    assert save(client, idea, "money", {})["Location"] == at(idea, "check/")


def test_theme_and_topics_are_asked_only_where_there_are_any(world: World, idea: Residency) -> None:
    world.residency.theme = None
    world.residency.save()
    for membership in world.programme.memberships.filter(theme__isnull=False):
        membership.delete()
    world.programme.themes.all().delete()
    assert "topics" not in [page.name for page in pages_of(world.programme)]
    assert world.client("host_manager").get(at(idea, "topics/")).status_code == 404
    world.programme.topics = ["Falls"]
    assert "topics" in [page.name for page in pages_of(world.programme)]


def test_pages_follow_one_another_as_the_list_of_tasks_has_them(world: World, idea: Residency) -> None:
    listed = world.client("host_manager").get(at(idea)).content.decode()
    places = [listed.index(f"/registration/{page.name}/") for page in pages_of(world.programme)]
    assert places == sorted(places)


def test_what_may_stay_empty_is_called_optional(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    for page, optional in (
        ("purpose", ["By when is the decision made? (optional)"]),
        ("difference", ["How would you know? (optional)"]),
        ("dates", ["How many days a week at the host? (optional)"]),
        ("people", ["Academic home (optional)"]),
    ):
        shown = labels(client.get(at(idea, f"{page}/")).content.decode())
        assert set(optional) <= set(shown), shown


def test_manager_who_registers_need_not_type_who_they_are(world: World, idea: Residency) -> None:
    """Their name and address stand in the boxes and can be changed; nobody else's page holds them."""
    person = world.people["host_manager"]
    typed = f'value="{person.display_name}"', f'value="{person.email}"'
    page = world.client("host_manager").get(at(idea, "people/")).content.decode()
    assert all(words in page for words in typed)
    assert not any(
        words in world.client("programme_lead").get(at(idea, "people/")).content.decode() for words in typed
    )
    save(world.client("host_manager"), idea, "people", {"host_manager_name": "Mary Manager"})
    page = world.client("host_manager").get(at(idea, "people/")).content.decode()
    assert "Mary Manager" in page and not any(words in page for words in typed)


def test_page_is_saved_half_filled_in_and_found_again(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    assert save(client, idea, "purpose", {"problem": "Too many falls", "later": "yes"})["Location"] == at(
        idea
    )
    assert "Too many falls" in client.get(at(idea, "purpose/")).content.decode()
    tasks = client.get(at(idea)).content.decode()
    assert "Enter the decision that it should inform" in tasks and "Incomplete" in tasks


def test_page_is_completed_when_nothing_it_needs_is_missing(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    before = client.get(at(idea)).content.decode().count("Completed")
    save(client, idea, "purpose", pages(world.university)["purpose"])
    assert client.get(at(idea)).content.decode().count("Completed") == before + 1


def test_page_keeps_what_is_wrong_and_says_how_to_put_it_right(world: World, idea: Residency) -> None:
    wrong = boxes("planned_start", START) | boxes("planned_end", START) | {"days_a_week": "six"}
    page = save(world.client("host_manager"), idea, "dates", wrong).content.decode()
    assert "<title>Error: " in page and 'value="six"' in page
    assert "End date must be after the start date" in page and "Days a week must be a number" in page


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (add_months(START, 1) - datetime.timedelta(days=1), "at least one month after"),
        (add_months(START, 1), ""),
        (add_months(START, 60), ""),
        (add_months(START, 60) + datetime.timedelta(days=1), "at most 60 months after"),
    ],
)
def test_end_lies_one_to_sixty_months_after_the_start(
    world: World, idea: Residency, end: datetime.date, words: str
) -> None:
    response = save(
        world.client("host_manager"), idea, "dates", boxes("planned_start", START) | boxes("planned_end", end)
    )
    assert (response.status_code == 302) is not bool(words)
    assert words in response.content.decode()


@pytest.mark.parametrize(("days", "right"), [("0.4", False), ("0.5", True), ("5", True), ("5.1", False)])
def test_days_a_week_are_half_a_day_to_five(world: World, idea: Residency, days: str, right: bool) -> None:
    response = save(world.client("host_manager"), idea, "dates", {"days_a_week": days})
    assert (response.status_code == 302) is right


def test_money_and_reference_are_optional_and_shown_to_the_approver(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    fill(client, idea, world.university)
    money = {
        "money_who_pays": "NIHR",
        "money_amount": "64,000",
        "money_held_by": "Made Up Trust",
        "money_cost_code": "R-77",
        "money_confirmed": "partly",
        "own_reference": "EDGE 12345",
    }
    save(client, idea, "money", money)
    client.post(
        at(idea, "check/"), {"form_key": key(), "version": str(Residency.objects.get(pk=idea.pk).version)}
    )
    page = (
        world.client("programme_lead")
        .get(f"/p/{world.programme.slug}/r/{idea.code}/approval/")
        .content.decode()
    )
    assert all(words in page for words in ("NIHR", "£64,000", "R-77", "Partly", "EDGE 12345"))


def test_somebody_else_s_change_is_not_overwritten(world: World, idea: Residency) -> None:
    """P47: the page says so, shows both texts, keeps what was typed, and saves it when it is sent again."""
    manager, lead = world.client("host_manager"), world.client("programme_lead")
    seen = idea.version
    save(lead, idea, "purpose", {"problem": "What the lead typed"})
    page = save(
        manager, idea, "purpose", {"problem": "What the manager typed"}, version=seen
    ).content.decode()
    assert "Changed since you opened it" in page and "Programme lead saved this registration" in page
    assert "What the lead typed" in page and page.count("What the manager typed") >= 2
    idea.refresh_from_db()
    assert idea.problem == "What the lead typed" and f'name="version" value="{idea.version}"' in page
    save(manager, idea, "purpose", {"problem": "What the manager typed"})
    idea.refresh_from_db()
    assert idea.problem == "What the manager typed"


def test_page_pressed_twice_is_saved_once(world: World, idea: Residency) -> None:
    client, typed = world.client("host_manager"), {"problem": "Falls", "form_key": key(), "version": "1"}
    for _ in range(2):
        assert client.post(at(idea, "purpose/"), typed).status_code == 302
    idea.refresh_from_db()
    assert idea.version == 2


def test_change_leads_back_to_the_check(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    fill(client, idea, world.university)
    check = client.get(at(idea, "check/")).content.decode()
    assert f"{at(idea, 'purpose/')}?then=check" in check and "Not provided" in check
    typed = {"problem": "More falls", "decision": "Keep it?", "form_key": key(), "version": str(idea.version)}
    assert client.post(at(idea, "purpose/") + "?then=check", typed)["Location"] == at(idea, "check/")


def test_check_names_all_that_is_missing_and_sends_nothing(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    page = client.post(at(idea, "check/"), {"form_key": key(), "version": "1"}).content.decode()
    for words in (
        "Enter the problem",
        "Enter the decision that it should inform",
        "Enter what should be different in a year",
        "Enter the planned start date",
        "Enter the planned end date",
        "Enter the host manager, or who will find out",
        "Enter the academic supervisor, or who will find out",
    ):
        assert words in page
    assert "<title>Error: " in page
    idea.refresh_from_db()
    assert idea.stage == Stage.IDEA and not Letter.objects.exists()


def test_people_who_are_not_known_yet_do_not_stop_it(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    fill(client, idea, world.university)
    save(client, idea, "people", {"people_not_known": "Sam will find out by March"})
    send(client, idea)
    assert idea.stage == Stage.SCOPING


def send(client: Client, idea: Residency, form_key: str = "") -> Any:
    idea.refresh_from_db()
    response = client.post(at(idea, "check/"), {"form_key": form_key or key(), "version": str(idea.version)})
    idea.refresh_from_db()
    return response


def test_sending_tells_those_who_decide_and_ends_with_the_reference(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    fill(client, idea, world.university)
    assert send(client, idea)["Location"] == at(idea, "sent/")
    page = client.get(at(idea, "sent/")).content.decode()
    assert "Sent for approval" in page and idea.code in page and "Programme lead" in page
    assert idea.stage == Stage.SCOPING and idea.submitted_at is not None
    assert Letter.objects.get().to == world.people["programme_lead"].email
    assert Event.objects.filter(deed="residency.submitted").count() == 1


def test_sending_tells_the_lead_of_its_theme_too(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    fill(client, idea, world.university)
    Residency.objects.filter(pk=idea.pk).update(theme=world.programme.themes.get())
    send(client, idea)
    people = {world.people["programme_lead"].email, world.people["theme_lead"].email}
    assert set(Letter.objects.values_list("to", flat=True)) == people


def test_sending_pressed_twice_is_sent_once(world: World, idea: Residency) -> None:
    client, same = world.client("host_manager"), key()
    fill(client, idea, world.university)
    typed = {"form_key": same, "version": str(idea.version)}
    client.post(at(idea, "check/"), typed)
    client.post(at(idea, "check/"), typed)
    idea.refresh_from_db()
    assert idea.stage_changes.filter(to_stage=Stage.SCOPING).count() == 1 and Letter.objects.count() == 1


def test_sending_what_somebody_changed_meanwhile_asks_to_read_it_again(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    fill(client, idea, world.university)
    seen = idea.version
    save(world.client("programme_lead"), idea, "purpose", {"problem": "Other", "decision": "Other"})
    page = client.post(at(idea, "check/"), {"form_key": key(), "version": str(seen)}).content.decode()
    idea.refresh_from_db()
    assert idea.stage == Stage.IDEA and "Read it again before you send it" in page


@pytest.fixture
def sent_for_manager(world: World, idea: Residency) -> Residency:
    """An officer fills it in for a manager who has no account."""
    officer = world.client("programme_officer")
    fill(officer, idea, world.university)
    people = pages(world.university)["people"] | {"host_manager_email": "mary@hospital.example"}
    save(officer, idea, "people", people)
    send(officer, idea)
    return idea


def test_officer_fills_in_for_a_manager_recorded_as_such(world: World, sent_for_manager: Residency) -> None:
    change = sent_for_manager.stage_changes.get(to_stage=Stage.SCOPING)
    assert change.by == world.people["programme_officer"]
    assert change.on_behalf_of is not None and change.on_behalf_of.display_name == "Mary Manager"
    event = Event.objects.get(deed="residency.submitted")
    assert (event.who, event.on_behalf_of) == ("Programme officer", "Mary Manager")
    assert sent_for_manager.confirmed_by_manager_at is None


def test_manager_who_sends_it_has_confirmed_it(world: World, idea: Residency) -> None:
    client, manager = world.client("host_manager"), world.people["host_manager"]
    fill(client, idea, world.university)
    people = {"host_manager_name": manager.display_name, "host_manager_email": manager.email}
    save(client, idea, "people", pages(world.university)["people"] | people)
    send(client, idea)
    assert idea.confirmed_by_manager_at is not None
    assert idea.stage_changes.get(to_stage=Stage.SCOPING).on_behalf_of is None


def test_copy_asks_at_most_ten_answers_and_brings_the_rest_along(world: World, idea: Residency) -> None:
    client = world.client("host_manager")
    fill(client, idea, world.university)
    address = f"/p/{world.programme.slug}/r/{idea.code}/copy/"
    page = client.get(address).content.decode()
    assert len(labels(page)) <= 10
    typed = {"title": "Falls by day", "form_key": key(), "researcher_name": "New Person"}
    typed |= boxes("planned_start", END) | boxes("planned_end", END + datetime.timedelta(days=400))
    for _ in range(2):
        client.post(address, typed)
    copy = Residency.objects.get(title="Falls by day")
    assert (copy.stage, copy.problem, copy.host_manager_name) == (
        Stage.IDEA,
        "Too many falls",
        "Mary Manager",
    )
    assert (copy.lead_host, copy.academic_homes) == (world.host, [world.university])
    assert (copy.planned_start, copy.researcher_name, copy.decision_by) == (END, "New Person", None)
    assert copy.code != idea.code and not actions.missing.before_sending(copy)


@pytest.mark.parametrize("tail", ["purpose/", "check/"])
@pytest.mark.parametrize("role", ["researcher", "academic_supervisor", "rd_office", "exec_sponsor", "funder"])
def test_pages_are_refused_to_those_who_do_not_register(
    world: World, idea: Residency, role: str, tail: str
) -> None:
    person = make_person(role)
    place = {"rd_office": world.host, "exec_sponsor": world.host, "funder": None}.get(role, idea)
    join(person, role, world.programme, place)
    expected = 404 if role == "funder" else 403
    assert client_of(person).get(at(idea, tail)).status_code == expected


def test_pages_of_a_stranger_are_not_found(world: World, other_world: World, idea: Residency) -> None:
    lead = other_world.client("programme_lead")
    for tail in ("", "purpose/", "check/", "sent/"):
        assert lead.get(at(idea, tail)).status_code == 404


def test_page_that_does_not_exist_is_not_found(world: World, idea: Residency) -> None:
    assert world.client("host_manager").get(at(idea, "nonsense/")).status_code == 404


def test_dates_of_a_running_one_are_not_changed_here(world: World) -> None:
    """V-18: its end is moved with a reason."""
    assert world.client("host_manager").get(at(world.residency, "dates/")).status_code == 302
    assert world.client("host_manager").get(at(world.residency, "money/")).status_code == 200


def test_host_can_be_changed_until_it_is_sent(world: World, idea: Residency) -> None:
    other = make_organisation("Other Trust")
    save(world.client("programme_lead"), idea, "idea", {"title": "Falls"} | chosen("host", other))
    assert Residency.objects.get(pk=idea.pk).lead_host == other


def test_registration_asks_the_same_number_of_queries_for_thirty_conditions(
    world: World, idea: Residency, django_assert_max_num_queries: Any
) -> None:
    lead, client = world.people["programme_lead"], world.client("programme_lead")
    Residency.objects.filter(pk=idea.pk).update(stage=Stage.APPROVED)

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get(at(idea))
        return len(counted)

    def add(number: int) -> None:
        for count in range(number):
            idea.conditions.create(what=f"Thing {count}", owner_name="Sam", due=TODAY, set_by=lead)

    add(1)
    client.get(at(idea))  # the session is written once
    first = queries()
    add(29)
    assert queries() == first
