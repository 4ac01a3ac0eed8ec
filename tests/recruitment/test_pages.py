"""The pages of the job description: begun, changed, approved; versions that stay; who may do what."""

from __future__ import annotations

import pytest

from embedded.audit.models import Event
from programmes.models import JobDescription
from tests.recruitment.begun import approve, begin, content_of, hand_in, key, typed_criterion, typed_texts
from tests.world import World

AT = "job-description/"


def page(world: World, role: str, tail: str = AT) -> str:
    answer = world.client(role).get(world.url(tail))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def newest(world: World) -> JobDescription:
    return world.residency.job_descriptions.first()  # type: ignore[return-value]


def change_title(world: World, title: str, version: int = 1) -> None:
    typed = typed_texts(title=title) | {"version": str(version), "form_key": key()}
    answer = world.client("host_manager").post(world.url(f"{AT}change/post/"), typed)
    assert answer.status_code == 302


def test_begins_with_two_questions_and_leads_to_a_whole_draft(world: World) -> None:
    client = world.client("host_manager")
    assert "Write one" in page(world, "host_manager")
    typed = {"variant": "university", "seniority": "early", "form_key": key()}
    answer = client.post(world.url(f"{AT}new/"), typed, follow=True)
    shown = answer.content.decode()
    for words in (
        "Saved: a draft",
        "Made Up Trust",
        "Main duties",
        "Scholarship and self-care",
        "Version 1, a draft",
    ):
        assert words in shown
    client.post(world.url(f"{AT}new/"), typed)
    assert world.residency.job_descriptions.count() == 1
    assert Event.objects.filter(deed="job_description.begun").count() == 1


def test_who_may_not_write_reads_and_is_offered_nothing(world: World) -> None:
    assert "The host manager, the academic supervisor or the programme writes it" in page(world, "researcher")
    begin(world)
    for role in ("researcher", "public_partner", "rd_office"):
        shown = page(world, role)
        assert "Main duties" in shown
        assert "Change it" not in shown and "Approve version" not in shown
        assert world.client(role).get(world.url(f"{AT}change/post/")).status_code == 403
    assert "Approve version" not in page(world, "host_manager")
    assert "Approve version 1" in page(world, "hr")


def test_a_draft_is_changed_in_its_place(world: World) -> None:
    begin(world)
    change_title(world, "Researcher in the emergency department")
    assert newest(world).number == 1
    assert "Researcher in the emergency department" in page(world, "researcher")


def test_an_approved_version_stays_and_a_change_begins_the_next(world: World) -> None:
    first = approve(world, begin(world))
    kept = content_of(first)
    assert "Approved" in page(world, "researcher")
    change_title(world, "Another title", version=first.version)
    assert newest(world).number == 2 and newest(world).approved_at is None
    assert content_of(first) == kept
    earlier = page(world, "researcher", f"{AT}{first.pk}/")
    assert "Approved" in earlier and "Version 2 has taken its place" not in earlier
    second = approve(world, newest(world))
    earlier = page(world, "researcher", f"{AT}{first.pk}/")
    assert "Approved earlier" in earlier and "Version 2 has taken its place" in earlier
    assert "Another title" not in earlier
    assert second.number == 2


def test_only_the_newest_version_is_approved_and_by_whom_may(world: World) -> None:
    first = begin(world)
    begin(world)
    typed = {"form_key": key(), "version": str(first.version)}
    address = world.url(f"{AT}{first.pk}/approve/")
    assert world.client("host_manager").post(address, typed).status_code == 403
    assert world.client("programme_officer").post(address, typed).status_code == 403
    shown = world.client("hr").post(address, typed, follow=True).content.decode()
    assert "There is a later version" in shown
    assert not JobDescription.objects.approved().exists()


def test_what_was_changed_meanwhile_is_not_approved_unread(world: World) -> None:
    first = begin(world)
    seen = first.version
    change_title(world, "Changed meanwhile")
    answer = world.client("hr").post(
        world.url(f"{AT}{first.pk}/approve/"), {"form_key": key(), "version": str(seen)}
    )
    assert "This has changed since you opened it" in answer.content.decode()
    assert not JobDescription.objects.approved().exists()


def test_two_at_once_the_second_sees_both_texts(world: World) -> None:
    begin(world)
    change_title(world, "The first one’s title")
    typed = typed_texts(title="The second one’s title") | {"version": "1", "form_key": key()}
    shown = world.client("academic_supervisor").post(world.url(f"{AT}change/post/"), typed).content.decode()
    assert "The first one’s title" in shown and "The second one’s title" in shown
    assert "This has changed since you opened it" in shown


def test_more_than_sixteen_lines_are_warned_of_and_saved(world: World) -> None:
    begin(world)
    lines = "\n".join(f"Duty number {number}" for number in range(12))
    for version, many, warned in ((1, lines, False), (2, lines + "\nOne more", True)):
        typed = {
            "relational": many,
            "knowledge_creation": "A\nB\nC\nD",
            "version": str(version),
            "form_key": key(),
        }
        answer = world.client("host_manager").post(world.url(f"{AT}change/duties/"), typed, follow=True)
        assert answer.redirect_chain
        assert ("Many duties" in answer.content.decode()) is warned
    assert len(content_of(newest(world)).duties) == 17


def test_v110_an_essential_criterion_comes_from_a_duty(world: World) -> None:
    """Refused without one, taken with one; a desirable one needs none."""
    begin(world)
    client, address = world.client("host_manager"), world.url(f"{AT}criteria/new/")
    held = {"version": "1", "form_key": key()}
    refused = client.post(address, typed_criterion(duties=[]) | held)
    assert "Select at least one duty that it comes from" in refused.content.decode()
    assert client.post(address, typed_criterion() | held).status_code == 302
    held = {"version": "2", "form_key": key()}
    assert client.post(address, typed_criterion(duties=[], essential="no") | held).status_code == 302


def test_v110_approval_waits_until_each_essential_criterion_comes_from_a_duty(world: World) -> None:
    description = begin(world)
    lead = world.client("programme_lead")
    typed = {"knowledge_creation": "Find things out", "version": "1", "form_key": key()}
    assert lead.post(world.url(f"{AT}change/duties/"), typed).status_code == 302
    description.refresh_from_db()
    assert content_of(description).untied()
    assert "Essential criteria without a duty" in page(world, "host_manager")
    address = world.url(f"{AT}{description.pk}/approve/")
    assert "needs a duty" in lead.get(address).content.decode()
    lead.post(address, {"version": str(description.version), "form_key": key()})
    assert not JobDescription.objects.approved().exists()
    only = str(content_of(description).duties[0].id)
    for number, criterion in enumerate(content_of(description).untied(), 2):
        held = {"version": str(number), "form_key": key()}
        answer = lead.post(world.url(f"{AT}criteria/{criterion.id}/"), typed_criterion(duties=[only]) | held)
        assert answer.status_code == 302
    description.refresh_from_db()
    lead.post(address, {"version": str(description.version), "form_key": key()})
    assert JobDescription.objects.approved().count() == 1


def test_a_criterion_is_removed_by_the_other_button(world: World) -> None:
    description = begin(world)
    before = len(content_of(description).criteria)
    typed = {"version": "1", "form_key": key(), "remove": "yes"}
    assert world.client("host_manager").post(world.url(f"{AT}criteria/1/"), typed).status_code == 302
    assert len(content_of(description).criteria) == before - 1
    assert world.client("host_manager").get(world.url(f"{AT}criteria/1/")).status_code == 404


def test_another_residencys_version_is_not_found(world: World, other_world: World) -> None:
    theirs = begin(other_world)
    for tail in (f"{theirs.pk}/", f"{theirs.pk}/approve/", f"{theirs.pk}/download/pdf/"):
        assert world.client("programme_lead").get(world.url(f"{AT}{tail}")).status_code == 404


def test_hrs_own_form_is_not_changed_on_pages(world: World) -> None:
    hand_in(world)
    shown = page(world, "host_manager")
    assert "HR’s own form" in shown and "has not been scanned for viruses" in shown
    assert "Change it" not in shown
    assert world.client("host_manager").get(world.url(f"{AT}change/post/")).status_code == 404


@pytest.mark.parametrize("versions", [1, 10])
def test_p37_queries_do_not_grow_with_versions(
    world: World, versions: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(versions):
        begin(world)
    client = world.client("host_manager")
    client.get(world.url(AT))
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get(world.url(AT))
