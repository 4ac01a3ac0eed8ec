"""The demonstration: one story through the real deeds, the same for the same seed; signing in as somebody."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person, User
from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes.demo.cast import EVERYBODY, RESEARCHER, TO_PLAY
from programmes.demo.rhythm import moments
from programmes.demo.telling import tell
from programmes.models import (
    Activity,
    AgreedShare,
    Bite,
    CaseStudy,
    Comment,
    Contact,
    DiaryEntry,
    FirstDaysLine,
    MonthlyPulse,
    Organisation,
    OwnPack,
    Passage,
    PeerMeeting,
    PlannedEntry,
    PortfolioLine,
    Request,
    RequestAnswer,
    Residency,
    ScopeChange,
    Side,
    Stage,
    SupervisionMeeting,
    UseInDecision,
)
from programmes.packs.reading import still_true
from tests.world import make_person


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The story, told once for this file and rolled back at its end."""
    from django.db import transaction

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        tell(today=timezone.localdate(), seed=1)
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def test_every_stage_is_there_at_made_up_hosts(told: None, db: None) -> None:
    stages = set(Residency.objects.values_list("stage", flat=True))
    assert stages >= {
        Stage.IDEA,
        Stage.SCOPING,
        Stage.APPROVED,
        Stage.RECRUITING,
        Stage.ONBOARDING,
        Stage.ACTIVE,
        Stage.PAUSED,
        Stage.CLOSING,
        Stage.ENDED,
        Stage.DECLINED,
    }
    assert 12 <= Residency.objects.count() <= 15
    assert not Organisation.objects.filter(residency_parts__isnull=False, is_made_up=False).exists()


def test_every_address_ends_in_example(told: None, db: None) -> None:
    assert User.objects.count() >= len(EVERYBODY)
    assert not User.objects.exclude(email__endswith=".example").exists()
    assert not Person.objects.exclude(email="").exclude(email__endswith=".example").exists()


def test_the_story_went_through_the_real_deeds(told: None, db: None) -> None:
    deeds = set(Event.objects.values_list("deed", flat=True))
    assert deeds >= {
        "activity.logged",
        "condition.met",
        "job_description.approved",
        "job_description.changed",
        "plan.saved",
        "plan.voice_answered",
        "programme.started",
        "project.added",
        "residency.adopted",
        "residency.approved_with_conditions",
        "residency.submitted",
        "use.confirmed",
        "use.recorded",
    }
    assert Event.objects.filter(deed="activity.logged").count() == Activity.objects.count()


def test_each_room_of_the_log_has_something_in_it(told: None, db: None) -> None:
    researcher = Person.objects.get(display_name=RESEARCHER.name)
    assert set(Request.objects.filter(person=researcher).values_list("answer", flat=True)) == set(
        RequestAnswer.values
    )
    assert set(SupervisionMeeting.objects.values_list("side", flat=True)) == set(Side.values)
    assert {pulse.shared_on is None for pulse in MonthlyPulse.objects.all()} == {True, False}
    for told_of in (
        AgreedShare,
        Contact,
        DiaryEntry,
        FirstDaysLine,
        Passage,
        PeerMeeting,
        PlannedEntry,
        PortfolioLine,
        ScopeChange,
    ):
        assert told_of.objects.exists(), told_of
    subjects = Comment.objects.values_list("passage", "month")
    assert {passage is None for passage, _ in subjects} == {True, False}


def test_what_others_may_read_is_there_at_each_step(told: None, db: None) -> None:
    """A case study published, one with the host and one that waits for a consent; a summary; a pack that is true."""
    states = sorted(CaseStudy.objects.values_list("state", flat=True))
    assert states == ["contributors_check", "host_check", "published"]
    waiting = CaseStudy.objects.get(state="contributors_check").people.get()
    assert not waiting.answers.exists()
    assert Letter.objects.filter(to=waiting.email, text__contains="/case-consent/").count() == 1
    assert Bite.objects.count() == 1
    own = OwnPack.objects.get()
    assert set(own.papers) == {"names", "working-agreement"}
    assert still_true(own, timezone.localdate())


def test_there_are_two_years_of_activity_and_things_used(told: None, db: None) -> None:
    assert Activity.objects.count() > 800
    first = Activity.objects.order_by("date").values_list("date", flat=True)[0]
    assert (timezone.localdate() - first).days > 690
    assert UseInDecision.objects.filter(confirmed_at__isnull=False).count() >= 4
    assert UseInDecision.objects.filter(outcome="considered_not_used").exists()
    assert Activity.objects.filter(sealed__isnull=False, what="").exists()


def shape(seed: int) -> list[Any]:
    import random

    start, today = datetime.date(2024, 11, 4), datetime.date(2026, 11, 20)
    chance = random.Random(seed)  # noqa: S311 (a story, not a secret)
    return list(moments(chance, start, today, today, 3.0, "steady"))


def test_the_same_seed_gives_the_same_log_and_another_one_another() -> None:
    assert shape(1) == shape(1)
    assert shape(1) != shape(2)


def test_nobody_works_at_weekends_or_between_the_years() -> None:
    days = [moment.day for moment in shape(3)]
    assert all(day.weekday() < 5 for day in days)
    assert not any((day.month, day.day) in [(12, 25), (12, 31), (1, 1)] for day in days)


def test_telling_twice_says_so(told: None, db: None) -> None:
    printed = StringIO()
    call_command("seed_demo", stdout=printed)
    assert "there already" in printed.getvalue()


def test_production_refuses_to_tell(db: None, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="cannot be switched on in production"):
        call_command("seed_demo")


def test_one_chooses_whom_to_be(told: None, db: None, settings: Any) -> None:
    settings.DEMONSTRATION = True
    page = Client().get("/demo/").content.decode()
    for actor in TO_PLAY:
        assert f"Be {actor.name}" in page
    browser = Client()
    lead = Person.objects.get(display_name="Ruth Adeyemi")
    answer = browser.post("/demo/", {"person": str(lead.pk)}, follow=True)
    assert "Ruth Adeyemi" in answer.content.decode()


def test_nobody_real_can_be_chosen(db: None, settings: Any) -> None:
    settings.DEMONSTRATION = True
    real = make_person("Somebody Real")
    assert Client().post("/demo/", {"person": str(real.pk)}).status_code == 404


def test_letters_can_be_read(told: None, db: None, settings: Any) -> None:
    settings.DEMONSTRATION = True
    page = Client().get("/demo/letters/").content.decode()
    assert ".example" in page


@pytest.mark.parametrize("address", ["/demo/", "/demo/letters/", "/demo/letters/1/"])
def test_outside_the_demonstration_these_pages_do_not_exist(db: None, address: str) -> None:
    assert Client().get(address).status_code == 404
    assert Client().post(address, {"person": "1"}).status_code == 404
