"""One letter a month to every editor, when a document is past its review date or soon will be; and how to stop it."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.test import Client

from embedded.accounts.models import Person
from embedded.audit.models import Event
from embedded.jobs.models import Job
from embedded.post import outbox
from embedded.post.models import Letter
from guidance.actions import withdraw_edition
from guidance.desk.reminding import MOST_LISTED, due_on, remind
from guidance.desk.tasks import remind_reviews
from guidance.models import Document, Edition
from tests.guidance.desk.desk import page, press
from tests.house.things.desk import document_with
from tests.world import make_person

pytestmark = pytest.mark.django_db
DESK = "/guidance/desk/"
DAY = datetime.timedelta(days=1)
REVIEW = datetime.date(2027, 11, 1)  # of "A guide"
MONTH_BEFORE = REVIEW - 30 * DAY


def letters() -> list[tuple[str, str]]:
    return [(one.to, one.text) for one in Letter.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (MONTH_BEFORE - DAY, ""),
        (MONTH_BEFORE, "- A guide: to be reviewed by 1 November 2027"),
        (REVIEW, "- A guide: to be reviewed by 1 November 2027"),
        (REVIEW + DAY, "- A guide: was to be reviewed by 1 November 2027"),
        (REVIEW + 900 * DAY, "- A guide: was to be reviewed by 1 November 2027"),
    ],
)
def test_documents_are_listed_from_a_month_before_their_date_on(
    guide: Edition, ruth: Person, today: datetime.date, told: str
) -> None:
    assert remind(today) == bool(told)
    assert [told in text and DESK in text for _, text in letters()] == [True] * bool(told)


def test_every_editor_gets_it_once_in_thirty_days(guide: Edition, ruth: Person, tom: Person) -> None:
    assert remind(REVIEW) == 2
    assert sorted(to for to, _ in letters()) == sorted([ruth.email, tom.email])
    assert remind(REVIEW) == 0
    assert remind(REVIEW + 29 * DAY) == 0
    assert remind(REVIEW + 30 * DAY) == 2
    assert remind(REVIEW + 31 * DAY) == 0


def test_nobody_else_gets_it(guide: Edition, ruth: Person, tom: Person, stranger: Person) -> None:
    Person.objects.filter(pk=tom.pk).update(email="")
    assert ruth.user
    ruth.user.is_active = False
    ruth.user.save()
    assert remind(REVIEW) == 0
    assert letters() == []


@pytest.fixture
def stranger() -> Person:
    return make_person("Somebody Else", may_start_programmes=True)


def test_document_that_nobody_can_read_is_not_listed(guide: Edition, ruth: Person) -> None:
    withdraw_edition(edition=guide, by=ruth, on=REVIEW, because="It is wrong")
    assert due_on(REVIEW) == []
    assert remind(REVIEW) == 0


def test_long_list_is_cut_and_says_so(guide: Edition, ruth: Person) -> None:
    for number in range(MOST_LISTED + 2):
        document_with(f"more-{number}", (1, 0, 0))
    Document.objects.update(next_review=REVIEW)
    assert remind(REVIEW) == 1
    text = letters()[0][1]
    assert text.count("to be reviewed by") == MOST_LISTED
    assert "- and 3 more, which are on the desk" in text


def test_new_review_date_takes_it_off(guide: Edition, ruth: Person) -> None:
    Document.objects.update(next_review=REVIEW + 365 * DAY)
    assert remind(REVIEW) == 0


def test_editor_stops_it_and_has_it_again(guide: Edition, hers: Client, ruth: Person, tom: Person) -> None:
    press(hers, DESK, letters="off")
    assert "You have stopped the letter" in page(hers, DESK)
    assert Event.objects.get(deed="library_letters.stopped").who_id == str(ruth.pk)
    assert remind(REVIEW) == 1
    assert letters()[0][0] == tom.email
    press(hers, DESK, letters="on")
    assert "Stop this letter to me" in page(hers, DESK)
    assert remind(REVIEW + DAY) == 1
    assert letters()[1][0] == ruth.email


@pytest.mark.parametrize(("hour", "count"), [(7, 0), (8, 1), (11, 1), (12, 0)])
def test_it_is_written_in_the_morning_alone(guide: Edition, ruth: Person, hour: int, count: int) -> None:
    with time_machine.travel(datetime.datetime(2027, 11, 1, hour, 30, tzinfo=datetime.UTC), tick=False):
        remind_reviews(Job(kind="guidance.remind_reviews"), lambda words, done, of: None)
    assert Letter.objects.count() == count


def test_whoever_got_a_letter_that_day_waits(guide: Edition, ruth: Person) -> None:
    today = datetime.date(2027, 11, 1)
    with time_machine.travel(datetime.datetime(2027, 11, 1, 9, tzinfo=datetime.UTC), tick=False):
        outbox.post(to=ruth.email, subject="Hello", text="Hello", html="Hello", key="hello")
        assert remind(today) == 0
    with time_machine.travel(datetime.datetime(2027, 11, 2, 9, tzinfo=datetime.UTC), tick=False):
        assert remind(today + DAY) == 1
