"""A job description is sent to those who may approve it, the page says so, and a letter comes back."""

from __future__ import annotations

from typing import Any

from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes.models import JobDescription
from tests.recruitment.begun import approve, begin, key, typed_texts
from tests.world import World


def send(world: World, description: JobDescription, role: str = "host_manager") -> Any:
    address = world.url(f"job-description/{description.pk}/")
    return world.client(role).post(address, {"form_key": key(), "press": "send"}, follow=True)


def letters(template: str) -> list[str]:
    return sorted(Letter.objects.filter(key__startswith=template).values_list("to", flat=True))


def page(world: World, role: str = "host_manager") -> str:
    return str(world.client(role).get(world.url("job-description/")).content.decode())


def test_one_press_asks_whoever_may_approve_and_the_page_says_whom(world: World) -> None:
    description = begin(world)
    assert "Send for approval" in page(world) and "Send for approval" not in page(world, "hr")
    shown = send(world, description).content.decode()
    lead, hr = world.people["programme_lead"], world.people["hr"]
    asked = letters("job_description_waiting")
    assert {lead.email, hr.email} <= set(asked)
    assert not {world.people[one].email for one in ("host_manager", "programme_officer")} & set(asked)
    assert "sent it for approval on" in shown and str(lead) in shown and str(hr) in shown
    assert "Send for approval" not in shown and "Send it again" not in shown
    send(world, description)
    assert letters("job_description_waiting") == asked
    assert Event.objects.filter(deed="job_description.sent_for_approval").count() == 1


def test_what_is_changed_after_it_was_sent_can_be_sent_again(world: World) -> None:
    description = begin(world)
    send(world, description)
    before = len(letters("job_description_waiting"))
    typed = typed_texts(title="Another title") | {"version": "1", "form_key": key()}
    world.client("host_manager").post(world.url("job-description/change/post/"), typed)
    shown = page(world)
    assert "It has been changed since then" in shown and "Send it again" in shown
    send(world, description)
    assert len(letters("job_description_waiting")) == 2 * before


def test_an_earlier_version_is_not_sent(world: World) -> None:
    first = begin(world)
    begin(world)
    assert "There is a later version. Send that one" in send(world, first).content.decode()
    assert not letters("job_description_waiting")


def test_who_may_not_write_sends_nothing(world: World) -> None:
    assert send(world, begin(world), "researcher").status_code == 403


def test_approval_is_told_to_who_sent_it_and_not_to_who_approved(world: World) -> None:
    description = begin(world)
    send(world, description, "academic_supervisor")
    description.refresh_from_db()
    approve(world, description)
    told = letters("job_description_approved")
    assert {world.people["academic_supervisor"].email, world.people["host_manager"].email} <= set(told)
    assert world.people["programme_lead"].email not in told
    approve(world, description)
    assert letters("job_description_approved") == told
    assert "Send for approval" not in page(world)
