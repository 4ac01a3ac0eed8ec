"""Approve, with conditions, return or decline: V-10, V-11 and V-20 are offered as conditions and stop nobody."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from embedded.accounts.models import Person, User
from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes import invitations
from programmes.lifecycle import StepRefused
from programmes.models import Agreement, Condition, Membership, Residency, Role, Stage, StageChange
from programmes.registration import actions, decisions
from tests.registration.filled import END, START, TODAY, boxes, key, make_idea
from tests.world import World, client_of, make_world

DUE = TODAY + datetime.timedelta(days=10)


def make_sent(world: World) -> Residency:
    manager = world.people["host_manager"]
    residency = make_idea(world.programme, world.host, manager)
    for name, value in {
        "problem": "Falls",
        "decision": "Keep it?",
        "difference": "Fewer",
        "planned_start": START,
        "planned_end": END,
        "host_manager_name": manager.display_name,
        "host_manager_email": manager.email,
        "academic_supervisor_name": "Ada Academic",
    }.items():
        setattr(residency, name, value)
    residency.save()
    actions.submit(residency=residency, by=manager, on=TODAY, at=actions_now())
    return residency


def actions_now() -> datetime.datetime:
    return datetime.datetime.now(tz=datetime.UTC)


@pytest.fixture
def sent(world: World) -> Residency:
    residency = make_sent(world)
    Letter.objects.all().delete()
    return residency


def approval(residency: Residency) -> str:
    return f"/p/{residency.programme.slug}/r/{residency.code}/approval/"


def decide(client: Client, residency: Residency, decision: str, **typed: str) -> Any:
    sent = {"decision": decision, "form_key": key(), "version": str(residency.version), "rows": "1"} | typed
    response = client.post(approval(residency), sent)
    residency.refresh_from_db()
    return response


def test_approval_shows_what_is_missing_as_ready_made_conditions(world: World, sent: Residency) -> None:
    """V-10, V-11, V-20: nothing of it stops the approval."""
    page = world.client("programme_lead").get(approval(sent)).content.decode()
    for words in (
        "Plan it together: the host, the researcher&#39;s side and at least two members of the public",
        "Agree a job description, or name the person",
        "Sign an agreement on supervision, publication, data and how it can end",
        "Name the academic home",
        "Confirm the money: who pays, how much, who holds it",
    ):
        assert words in page
    assert f'value="{sent.host_manager_name}"' in page  # who sees to it is filled in


def test_approval_offers_no_condition_for_what_is_there(world: World, sent: Residency) -> None:
    sent.researcher_name, sent.money_confirmed = "Rae", "yes"
    sent.save()
    covers = ["supervision", "publication", "data"]
    agreement = Agreement.objects.create(
        residency=sent, kind="hosting_agreement", signed_on=TODAY, kept_at="Teams", covers=covers
    )
    lead = world.client("programme_lead")
    page = lead.get(approval(sent)).content.decode()
    assert "Agree a job description" not in page and "Confirm the money" not in page
    assert "Sign an agreement" in page  # V-20: termination is not covered
    agreement.covers = [*covers, "termination"]
    agreement.save()
    assert "Sign an agreement" not in lead.get(approval(sent)).content.decode()


def test_approve_is_one_choice_and_tells_those_who_wait(world: World, sent: Residency) -> None:
    assert decide(world.client("programme_lead"), sent, "approve").status_code == 302
    assert sent.stage == Stage.APPROVED
    change = sent.stage_changes.get(to_stage=Stage.APPROVED)
    assert change.by == world.people["programme_lead"] and not change.with_conditions
    letter = Letter.objects.get()
    assert letter.to == world.people["host_manager"].email and "has been approved by" in letter.text
    assert Event.objects.filter(deed="residency.approved").count() == 1


def test_approval_invites_the_supervisor_who_is_named_with_an_address_once(
    world: World, sent: Residency
) -> None:
    Residency.objects.filter(pk=sent.pk).update(academic_supervisor_email="ada@uni.example")
    sent.refresh_from_db()
    account = User.objects.create_user("ada@uni.example", None)
    posts = f"/p/{sent.programme.slug}/r/{sent.code}/posts/"
    lead = world.client("programme_lead")
    assert "Not invited yet" in lead.get(posts).content.decode()
    assert decide(lead, sent, "approve").status_code == 302
    assert "Not invited yet" not in lead.get(posts).content.decode()
    held = Membership.objects.get(residency=sent, role=Role.ACADEMIC_SUPERVISOR)
    assert str(held.person) == "Ada Academic" and held.accepted_at is None
    assert Letter.objects.filter(to="ada@uni.example", text__contains="Ada Academic").count() == 1
    invitations.accept(held.invitations.get(), user=account, at=actions_now())
    supervisor = client_of(Person.objects.get(user=account))
    assert supervisor.get(sent.get_absolute_url()).status_code == 200
    invitations.invite_supervisors(sent, by=sent.created_by, at=actions_now(), on=TODAY)
    assert Membership.objects.filter(residency=sent, role=Role.ACADEMIC_SUPERVISOR).count() == 1


def test_supervisor_who_was_named_later_is_invited_beside_the_name(world: World, sent: Residency) -> None:
    decide(world.client("programme_lead"), sent, "approve")
    Residency.objects.filter(pk=sent.pk).update(academic_supervisor_email="ada@uni.example")
    posts = f"/p/{sent.programme.slug}/r/{sent.code}/posts/"
    invite = f"/p/{sent.programme.slug}/team/invite/?role=academic_supervisor&amp;of={sent.pk}"
    shown = world.client("programme_lead").get(posts).content.decode()
    assert invite in shown
    form = world.client("programme_lead").get(invite.replace("&amp;", "&")).content.decode()
    assert 'value="Ada Academic"' in form and 'value="ada@uni.example"' in form
    assert f'value="{sent.pk}" selected' in form
    seen_by_manager = world.client("host_manager").get(posts).content.decode()
    assert "Not invited yet" in seen_by_manager and "team/invite" not in seen_by_manager


def test_approve_with_conditions_says_what_who_and_by_when(world: World, sent: Residency) -> None:
    ticked = {"tick_0": "on", "ready_0_owner": "Sam Okoro"} | boxes("ready_0_due", DUE)
    own = {"what_0": "Find a desk", "own_0_owner": "Mary"} | boxes("own_0_due", DUE)
    assert decide(world.client("programme_lead"), sent, "conditions", **ticked, **own).status_code == 302
    rows = list(sent.conditions.values_list("what", "owner_name", "due"))
    assert rows[0][0].startswith("Plan it together") and rows[0][1:] == ("Sam Okoro", DUE)
    assert rows[1] == ("Find a desk", "Mary", DUE)
    assert sent.stage_changes.get(to_stage=Stage.APPROVED).with_conditions
    letter = Letter.objects.get()
    assert "- Find a desk (Mary, by" in letter.text
    assert letter.subject.endswith(": approved with conditions") and letter.text.count("with conditions") == 1


@pytest.mark.parametrize(
    ("typed", "instruction"),
    [
        ({}, "Select or enter at least one condition"),
        ({"tick_0": "on", "ready_0_owner": ""} | boxes("ready_0_due", DUE), "Enter who sees to it"),
        ({"tick_0": "on", "ready_0_owner": "Sam"} | boxes("ready_0_due", None), "Enter the date"),
        ({"what_0": "", "own_0_owner": "Sam"} | boxes("own_0_due", DUE), "Enter what has to be done"),
        (
            {"what_0": "A desk", "own_0_owner": "Sam"}
            | boxes("own_0_due", TODAY - datetime.timedelta(days=1)),
            "Date must be the same as or after",
        ),
    ],
)
def test_conditions_say_what_to_put_right(
    world: World, sent: Residency, typed: dict[str, str], instruction: str
) -> None:
    page = decide(world.client("programme_lead"), sent, "conditions", **typed).content.decode()
    assert instruction in page and "<title>Error: " in page
    assert sent.stage == Stage.SCOPING and not Condition.objects.exists()


def test_another_condition_is_added_without_a_script_and_nothing_typed_is_lost(
    world: World, sent: Residency
) -> None:
    lead = world.client("programme_lead")
    typed = {"what_0": "Find a desk", "own_0_owner": "Mary", "add": "yes"} | boxes("own_0_due", DUE)
    page = decide(lead, sent, "conditions", **typed).content.decode()
    assert 'name="what_1"' in page and 'value="Find a desk"' in page and 'value="Mary"' in page
    assert "There is a problem" not in page and 'name="rows" value="2"' in page
    more = {"what_1": "Find a phone", "own_1_owner": "Jo", "rows": "2"} | boxes("own_1_due", DUE)
    final = {name: value for name, value in (typed | more).items() if name != "add"}
    decide(lead, sent, "conditions", **final)
    assert set(sent.conditions.values_list("what", flat=True)) == {"Find a desk", "Find a phone"}


@pytest.mark.parametrize(("decision", "stage"), [("return", Stage.IDEA), ("decline", Stage.DECLINED)])
def test_return_and_decline_need_a_reason(world: World, sent: Residency, decision: str, stage: str) -> None:
    lead = world.client("programme_lead")
    assert "Enter the reason" in decide(lead, sent, decision).content.decode()
    assert sent.stage == Stage.SCOPING
    decide(lead, sent, decision, why="Say who pays")
    assert sent.stage == stage
    assert sent.stage_changes.last().why == "Say who pays"
    assert "The reason: Say who pays" in Letter.objects.get().text


def test_returned_one_shows_the_reason_and_can_be_sent_again(world: World, sent: Residency) -> None:
    decide(world.client("programme_lead"), sent, "return", why="Say who pays")
    client = world.client("host_manager")
    address = f"/p/{sent.programme.slug}/r/{sent.code}/registration/"
    assert "Say who pays" in client.get(address).content.decode()
    client.post(address + "check/", {"form_key": key(), "version": str(sent.version)})
    sent.refresh_from_db()
    assert sent.stage == Stage.SCOPING


def test_decision_on_what_was_changed_meanwhile_asks_to_read_it_again(world: World, sent: Residency) -> None:
    """P47: what was typed is kept."""
    lead, seen = world.client("programme_lead"), sent.version
    actions.save_page(
        residency=sent, page="money", answers={"money_who_pays": "Nobody"}, version=seen, by=sent.created_by
    )
    typed = {"decision": "return", "why": "My reason", "form_key": key(), "version": str(seen), "rows": "1"}
    page = lead.post(approval(sent), typed).content.decode()
    assert "This has changed since you opened it" in page and "My reason" in page and "Nobody" in page
    sent.refresh_from_db()
    assert sent.stage == Stage.SCOPING


def test_decision_pressed_twice_is_one_decision(world: World, sent: Residency) -> None:
    lead = world.client("programme_lead")
    typed = {"decision": "approve", "form_key": key(), "version": str(sent.version), "rows": "1"}
    for _ in range(2):
        assert lead.post(approval(sent), typed).status_code == 302
    assert sent.stage_changes.filter(to_stage=Stage.APPROVED).count() == 1


@pytest.mark.parametrize("role", ["host_manager", "programme_officer", "rd_office", "exec_sponsor"])
def test_decision_is_refused_to_those_who_do_not_approve(world: World, sent: Residency, role: str) -> None:
    assert world.client(role).get(approval(sent)).status_code == 403


def test_decision_belongs_to_the_lead_of_its_own_theme_only(world: World, sent: Residency) -> None:
    theme_lead = world.client("theme_lead")
    assert theme_lead.get(approval(sent)).status_code == 404
    Residency.objects.filter(pk=sent.pk).update(theme=world.programme.themes.get())
    assert theme_lead.get(approval(sent)).status_code == 200


def test_decision_of_a_stranger_is_not_found(other_world: World, sent: Residency) -> None:
    assert other_world.client("programme_lead").get(approval(sent)).status_code == 404


def make_condition(world: World, residency: Residency) -> Condition:
    return Condition.objects.create(
        residency=residency, what="A desk", owner_name="Sam", due=DUE, set_by=world.people["programme_lead"]
    )


def test_condition_is_open_until_it_is_met(world: World, sent: Residency) -> None:
    condition, client = make_condition(world, sent), world.client("host_manager")
    decisions.approve(residency=sent, by=world.people["programme_lead"], on=TODAY, at=actions_now())
    address = f"/p/{sent.programme.slug}/r/{sent.code}/"
    assert "Record that it is met" in client.get(address + "registration/").content.decode()
    for _ in range(2):
        client.post(f"{address}conditions/{condition.pk}/", boxes("on", TODAY) | {"form_key": key()})
    condition.refresh_from_db()
    assert (condition.met_on, condition.met_by) == (TODAY, world.people["host_manager"])
    assert Event.objects.filter(deed="condition.met").count() == 1
    assert "Record that it is met" not in client.get(address + "registration/").content.decode()


def test_condition_is_met_today_or_before(world: World, sent: Residency) -> None:
    condition = make_condition(world, sent)
    tomorrow = TODAY + datetime.timedelta(days=1)
    address = f"/p/{sent.programme.slug}/r/{sent.code}/conditions/{condition.pk}/"
    page = world.client("host_manager").post(address, boxes("on", tomorrow) | {"form_key": key()})
    assert "must be today or in the past" in page.content.decode()
    condition.refresh_from_db()
    assert condition.met_on is None


def test_condition_of_another_residency_is_not_found(world: World, sent: Residency) -> None:
    condition = make_condition(world, world.residency)
    address = f"/p/{sent.programme.slug}/r/{sent.code}/conditions/{condition.pk}/"
    assert world.client("programme_lead").get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_decisions_at_the_same_time_leave_one_legal_history(transactional_db: None) -> None:
    """P47: racing approve, return and decline."""
    world = make_world()
    residency = make_sent(world)
    lead = world.people["programme_lead"]

    def race(number: int) -> None:
        mine = Residency.objects.get(pk=residency.pk)
        try:
            if number % 3 == 0:
                decisions.approve(residency=mine, by=lead, on=TODAY, at=actions_now())
            elif number % 3 == 1:
                decisions.send_back(residency=mine, by=lead, on=TODAY, why="No")
            else:
                decisions.decline(residency=mine, by=lead, on=TODAY, why="No")
        except StepRefused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(race, range(12)))
    assert StageChange.objects.filter(residency=residency, from_stage=Stage.SCOPING).count() == 1
