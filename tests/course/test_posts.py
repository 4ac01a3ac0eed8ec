"""Posts that change, are handed over and end (V-12, V-14); parts that change hands; whose history stays whose."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from embedded.audit.models import Event
from embedded.drafts import Changed
from programmes import invitations, posts
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.lifecycle import StepRefused
from programmes.models import Activity, Invitation, Membership, PartChange, Placement, PostChange, Residency
from tests.registration.filled import TODAY, boxes, key
from tests.world import World, client_of, make_organisation, make_person, make_residency

WEEK = datetime.timedelta(days=7)


@pytest.fixture
def manager(world: World) -> Client:
    return world.client("host_manager")


def hand_over(client: Client, world: World, on: datetime.date = TODAY, version: int = 0, **typed: str) -> Any:
    said = {"name": "Nia Newcomer", "email": "nia@people.example", "wte": "0.6"} | typed
    said |= {"form_key": key(), "version": str(version)} | boxes("on", on)
    return client.post(world.url(f"posts/{world.placement.pk}/hand-over/"), said)


def test_hand_over_gives_the_new_person_a_post_of_their_own(world: World, manager: Client) -> None:
    old, first_day = world.placement, TODAY + WEEK
    assert hand_over(manager, world, first_day).status_code == 302
    old.refresh_from_db()
    new = Placement.objects.get(person__display_name="Nia Newcomer")
    assert (old.end, new.start, new.end) == (first_day, first_day, world.residency.planned_end)
    assert (new.wte, new.accepted_on, old.person) == (Decimal("0.60"), None, world.people["researcher"])
    assert new.access_items.exists() and not old.access_items.exists()
    change = PostChange.objects.get()
    assert (change.placement, change.successor, change.old_end, change.new_end) == (old, new, None, first_day)
    assert Invitation.objects.get().membership.person == new.person
    held = Membership.objects.get(person=old.person, role="researcher")
    assert held.end == first_day


@pytest.mark.parametrize(("typed", "does"), [({"role": "Economist"}, "Economist"), ({"role": ""}, "")])
def test_hand_over_says_what_the_new_person_does(
    world: World, manager: Client, typed: dict[str, str], does: str
) -> None:
    Placement.objects.filter(pk=world.placement.pk).update(role="Anthropologist")
    form = manager.get(world.url(f"posts/{world.placement.pk}/hand-over/")).content.decode()
    assert 'value="Anthropologist"' in form
    said = {"name": "Nia Newcomer", "email": "nia@people.example", "wte": "0.6", "form_key": key()} | typed
    address = world.url(f"posts/{world.placement.pk}/hand-over/")
    assert manager.post(address, said | {"version": "0"} | boxes("on", TODAY)).status_code == 302
    assert Placement.objects.get(person__display_name="Nia Newcomer").role == does
    page = manager.get(world.url("posts/")).content.decode()
    assert "Anthropologist, employed by Made Up University" in page


def test_hand_over_leaves_log_and_notes_with_whoever_wrote_them(world: World, manager: Client) -> None:
    """The earlier person reads on; nobody else gets them, the new person least of all."""
    researcher = world.client("researcher")
    words = Words("Sat with the team\n\nMine alone")
    written = Entry(date=TODAY, minutes=60, kind="relational", words=words)
    log_activity(residency=world.residency, entry=written, by=world.people["researcher"])
    entry = Activity.objects.get()
    hand_over(manager, world, TODAY)
    assert Activity.objects.get().person == entry.person == world.people["researcher"]
    assert researcher.get(world.url("log/")).status_code == 404
    held = f"/held/{world.placement.pk}/"
    page = researcher.get(held).content.decode()
    assert "Sat with the team" in page and "Mine alone" in page
    new = Placement.objects.get(person__display_name="Nia Newcomer").person
    assert f"/held/{world.placement.pk}/" in researcher.get("/held/").content.decode()
    for other in (manager, world.client("programme_lead")):
        assert other.get(held).status_code == 404
    assert not Activity.objects.filter(person=new).exists()


def test_hand_over_to_the_same_person_is_refused(world: World, manager: Client) -> None:
    person = world.people["researcher"]
    page = hand_over(manager, world, name=person.display_name, email=person.email)
    assert "Enter somebody else" in page.content.decode()
    assert not PostChange.objects.exists()


@pytest.mark.parametrize(("days", "instruction"), [(-200, "Enter a day after"), (-199, "")])
def test_hand_over_comes_after_the_first_day(
    world: World, manager: Client, days: int, instruction: str
) -> None:
    answer = hand_over(manager, world, TODAY + datetime.timedelta(days=days))
    assert answer.status_code == (200 if instruction else 302)
    assert instruction in answer.content.decode()


@pytest.mark.parametrize(("wte", "status"), [("0.05", 302), ("1", 302), ("0.04", 200), ("1.01", 200)])
def test_v14_a_share_lies_between_a_twentieth_and_all_of_full_time(
    world: World, manager: Client, wte: str, status: int
) -> None:
    assert hand_over(manager, world, wte=wte).status_code == status
    assert PostChange.objects.exists() == (status == 302)


@pytest.mark.parametrize(("other", "allowed"), [("0.40", True), ("0.41", False)])
def test_v14_posts_of_one_person_are_full_time_at_most(world: World, other: str, allowed: bool) -> None:
    """The world's post is 0.60; what overlaps counts, what has ended does not."""
    person = world.people["researcher"]
    second = make_residency(world.programme, world.host)
    end = TODAY + WEEK
    post = posts.Post(person.display_name, person.email, TODAY, end, Decimal(other))
    if allowed:
        assert posts.make_post(second, post).wte == Decimal(other)
    else:
        with pytest.raises(StepRefused, match=r"1\.01 of full time"):
            posts.make_post(second, post)
    Placement.objects.filter(pk=world.placement.pk).update(end=TODAY)
    assert posts.make_post(second, post)


@pytest.mark.parametrize(("wte", "told"), [("0.80", 0), ("0.81", 1)])
def test_v14_warns_of_more_than_four_fifths_outside_the_academic_home(
    world: World, wte: str, told: int
) -> None:
    world.placement.wte = Decimal(wte)
    assert len(posts.warnings_for(world.placement)) == told


@pytest.mark.parametrize(("start", "end", "allowed"), [(0, 0, True), (-1, 0, False), (0, 1, False)])
def test_v12_a_post_lies_within_the_dates_of_the_residency(
    world: World, start: int, end: int, allowed: bool
) -> None:
    residency, day = world.residency, datetime.timedelta(days=1)
    assert residency.planned_start and residency.planned_end
    dates = (residency.planned_start + start * day, residency.planned_end + end * day)
    if allowed:
        posts.check_dates(residency, *dates)
        return
    with pytest.raises(StepRefused, match="must be the same as or"):
        posts.check_dates(residency, *dates)


def change(client: Client, world: World, version: int = 0, **typed: str) -> Any:
    post = world.placement
    said = {"wte": "0.4", "form_key": key(), "version": str(version)} | boxes("start", post.start)
    said |= boxes("end", world.residency.planned_end) | boxes("on", TODAY)
    return client.post(world.url(f"posts/{post.pk}/change/"), said | typed)


def test_change_of_a_post_keeps_what_it_was(world: World, manager: Client) -> None:
    assert change(manager, world).status_code == 302
    kept = PostChange.objects.get()
    assert (kept.old_wte, kept.new_wte) == (Decimal("0.60"), Decimal("0.40"))
    world.placement.refresh_from_db()
    assert (world.placement.wte, world.placement.end) == (Decimal("0.40"), world.residency.planned_end)
    history = manager.get(world.url("history/")).content.decode()
    assert "the share of full time from 0.60 to 0.40" in history


def test_change_by_somebody_else_is_shown_and_not_overwritten(world: World, manager: Client) -> None:
    change(manager, world)
    page = change(manager, world, wte="0.3").content.decode()
    assert "This has changed since you opened it" in page and "0.40 of full time" in page
    assert 'value="0.3"' in page
    world.placement.refresh_from_db()
    assert world.placement.wte == Decimal("0.40")
    again = change(manager, world, version=PostChange.objects.get().pk, wte="0.3")
    assert again.status_code == 302
    with pytest.raises(Changed):
        posts.end_post(placement=world.placement, on=TODAY, by=world.people["host_manager"], version=0)


def test_change_that_changes_nothing_says_so(world: World, manager: Client) -> None:
    page = change(manager, world, wte="0.6", **boxes("end", None))
    assert "Change the share or a date" in page.content.decode()


def end(client: Client, world: World, on: datetime.date) -> Any:
    typed = {"form_key": key(), "version": "0"} | boxes("on", on)
    return client.post(world.url(f"posts/{world.placement.pk}/end/"), typed)


def test_end_of_a_post_ends_the_part_and_nothing_else(world: World, manager: Client) -> None:
    assert end(manager, world, TODAY).status_code == 302
    world.placement.refresh_from_db()
    world.residency.refresh_from_db()
    assert (world.placement.end, world.residency.stage) == (TODAY, "active")
    assert Membership.objects.get(role="researcher").end == TODAY
    assert world.client("researcher").get(world.url()).status_code == 404
    page = manager.get(world.url(f"posts/{world.placement.pk}/change/")).content.decode()
    assert "This cannot be done now" in page


def test_end_of_one_of_two_posts_leaves_the_part(world: World) -> None:
    Placement.objects.create(
        residency=world.residency, person=world.people["researcher"], wte="0.10", start=TODAY
    )
    by = world.people["host_manager"]
    posts.end_post(placement=world.placement, on=TODAY, by=by, version=0)
    assert Membership.objects.get(role="researcher").end is None


def test_post_of_another_residency_is_not_found(world: World, manager: Client) -> None:
    other = make_residency(world.programme, world.host)
    post = Placement.objects.create(
        residency=other, person=world.people["researcher"], wte="0.10", start=TODAY
    )
    assert manager.get(world.url(f"posts/{post.pk}/end/")).status_code == 404


def part(client: Client, world: World, name: str, part: str = "academic_supervisor", **typed: str) -> Any:
    version = str(Residency.objects.get(pk=world.residency.pk).version)
    said = {"name": name, "email": "", "form_key": key(), "version": version} | boxes("on", TODAY)
    return client.post(world.url(f"parts/{part}/"), said | typed)


def test_part_changes_hands_and_keeps_who_had_it(world: World) -> None:
    lead = world.client("programme_lead")
    supervisor = world.people["academic_supervisor"]
    Residency.objects.filter(pk=world.residency.pk).update(academic_supervisor_name=supervisor.display_name)
    assert part(lead, world, "Sue Pervisor", email="sue@university.example").status_code == 302
    world.residency.refresh_from_db()
    assert world.residency.academic_supervisor_name == "Sue Pervisor"
    kept = PartChange.objects.get()
    assert (kept.old_name, kept.new_name) == (supervisor.display_name, "Sue Pervisor")
    assert Membership.objects.get(person=supervisor).end == TODAY
    assert Invitation.objects.get().membership.role == "academic_supervisor"
    page = lead.get(world.url("posts/")).content.decode()
    assert f"{supervisor.display_name} until" in page
    history = lead.get(world.url("history/")).content.decode()
    assert f"academic supervisor from {supervisor.display_name} to Sue Pervisor" in history


def test_part_by_somebody_who_may_not_invite_is_a_name_only(world: World, manager: Client) -> None:
    part(manager, world, "Sue Pervisor", email="sue@university.example")
    assert PartChange.objects.exists() and not Invitation.objects.exists()


def test_new_sponsor_ends_the_gap(world: World, manager: Client) -> None:
    """R18"""
    Residency.objects.filter(pk=world.residency.pk).update(sponsor_left_on=TODAY - WEEK)
    part(manager, world, "Chief nurse", "sponsor")
    world.residency.refresh_from_db()
    assert (world.residency.sponsor_name, world.residency.sponsor_left_on) == ("Chief nurse", None)


@pytest.mark.parametrize("side", ["host", "second"])
def test_supervisors_on_both_sides_are_named_with_their_address(world: World, side: str) -> None:
    """A second academic supervisor is asked for only where there is a second academic home, and is invited."""
    lead, name = world.client("programme_lead"), f"{side}_supervisor"
    before = lead.get(world.url("posts/")).content.decode()
    assert "Supervisor at the host" in before and "Second academic supervisor" not in before
    home = make_organisation("Second University", "hei")
    world.residency.organisations.create(organisation=home, part="academic_home")
    assert "Second academic supervisor" in lead.get(world.url("posts/")).content.decode()
    assert part(lead, world, "Sue Pervisor", name, email="sue@people.example").status_code == 302
    world.residency.refresh_from_db()
    assert getattr(world.residency, f"{name}_email") == "sue@people.example"
    assert Invitation.objects.filter(membership__role="academic_supervisor").exists() == (side == "second")
    assert "Sue Pervisor" in lead.get(world.residency.get_absolute_url()).content.decode()


@pytest.mark.parametrize("part_name", ["navigator", "mentor"])
def test_navigator_and_mentor_change_hands_with_their_dates_and_without_an_account(
    world: World, part_name: str
) -> None:
    lead = world.client("programme_lead")
    form = lead.get(world.url(f"parts/{part_name}/")).content.decode()
    assert f"Who is the {part_name}?" in form and "Email address" not in form
    first = TODAY - WEEK
    part(lead, world, "Ward Sister", part_name, email="sister@trust.example", **boxes("on", first))
    part(lead, world, "Ada Other", part_name)
    world.residency.refresh_from_db()
    assert getattr(world.residency, f"{part_name}_name") == "Ada Other"
    kept = list(PartChange.objects.values_list("part", "old_name", "new_name", "on"))
    assert kept == [
        (part_name, "", "Ward Sister", first),
        (part_name, "Ward Sister", "Ada Other", TODAY),
    ]
    assert not Invitation.objects.exists()
    page = lead.get(world.url("posts/")).content.decode()
    today = f"{TODAY.day} {TODAY:%B %Y}"
    assert f"Ward Sister until {today}" in page and f"from {today}" in page
    history = lead.get(world.url("history/")).content.decode()
    assert f"changed the {part_name} from Ward Sister to Ada Other" in history
    assert f"named Ward Sister as {part_name}" in history


def test_part_to_the_same_name_or_of_another_version_is_refused(world: World, manager: Client) -> None:
    part(manager, world, "Sue Pervisor")
    assert "Enter another name" in part(manager, world, "sue pervisor").content.decode()
    stale = part(manager, world, "Ada Other", version="0").content.decode()
    assert "This has changed since you opened it" in stale and "Ada Other" in stale
    assert manager.get(world.url("parts/caretaker/")).status_code == 404


def test_deeds_leave_one_event_each(world: World, manager: Client) -> None:
    change(manager, world)
    hand_over(manager, world, TODAY, PostChange.objects.get().pk)
    part(manager, world, "Sue Pervisor")
    found = Event.objects.filter(deed__regex=r"^(post|part)\.").values_list("deed", flat=True)
    assert sorted(found) == ["part.changed", "post.changed", "post.handed_over"]


def test_new_person_who_accepts_logs_in_the_same_residency(world: World, manager: Client) -> None:
    hand_over(manager, world, TODAY)
    invitation = Invitation.objects.get()
    account = make_person("Nia Own")
    invitations.accept(invitation, user=account.user, at=timezone.now())  # type: ignore[arg-type]
    assert Placement.objects.get(start=TODAY).person == account
    assert client_of(account).get(world.url("log/")).status_code == 200
