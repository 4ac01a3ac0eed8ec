"""The forms of the course: a post changed, handed over or ended, a part, a line of the closing list, looking back."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from embedded.nhsuk.forms import DateField, EmailField, NhsForm, NumberField, TextAreaField, TextField
from programmes.posts import FULL_TIME, LEAST
from programmes.registers.field import OrganisationField


def _share() -> Any:
    return NumberField(
        "Share of full time",
        hint="For example 0.6 for three days a week",
        places=2,
        width=4,
        called="the share of full time",
        at_least=LEAST,
        at_most=FULL_TIME,
    )


class PostChangeForm(NhsForm):
    """Another share, other dates (V-12, V-14)."""

    wte = _share()
    start = DateField("Start", called="the start date")
    end = DateField("End", called="the end date", required=False)
    on = DateField("From which day does this hold?", called="the day from which it holds")


class HandOverForm(NhsForm):
    """A new person takes the post over."""

    name = TextField(
        "Full name of the new person", max_length=120, called="the full name", autocomplete="off"
    )
    email = EmailField(
        "Email address", hint="We send an invitation", called="the email address", autocomplete="off"
    )
    on = DateField(
        "From which day?",
        hint="The first day of the new person. The earlier person's last day is the day before",
        called="the day from which the new person has the post",
    )
    wte = _share()
    role = TextField(
        "What does the new person do?",
        hint="For example anthropologist",
        max_length=120,
        called="what the new person does",
        required=False,
    )
    employer = OrganisationField(
        "Employer",
        hint="Who pays the new person's salary. Type a name, a town or a code",
        called="the employer",
        required=False,
    )


class PostEndForm(NhsForm):
    """The post ends and nobody takes it over."""

    on = DateField(
        "From which day is the post empty?",
        hint="The day after the person's last day",
        called="the day from which the post is empty",
    )


class PartForm(NhsForm):
    """Somebody else takes a part over."""

    name = TextField(
        "Full name of the new person", max_length=120, called="the full name", autocomplete="off"
    )
    email = EmailField("Email address", called="the email address", autocomplete="off", required=False)
    on = DateField("From which day?", called="the day from which the new person has the part")

    def __init__(self, *args: Any, asks_address: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_address:
            del self.fields["email"]


class CorrectForm(NhsForm):
    """What was recorded wrongly, with the reason."""

    started_on = DateField("When did it start?", called="the day it started")
    days_a_week = NumberField(
        "How many days a week?",
        hint="For example 3 or 2.5. Each post has its own share of full time, which stays as it is",
        at_least=Decimal("0.5"),
        at_most=5,
        places=1,
        width=4,
        suffix="days",
        called="the days a week",
        required=False,
    )
    why = TextAreaField("What is the reason?", called="the reason", rows=3, max_length=2000)

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        started: Any = self.fields["started_on"]
        started.latest = today


class TaskForm(NhsForm):
    """A line of the closing list; everything may stay empty."""

    owner_name = TextField("Who sees to it?", max_length=120, called="who sees to it", required=False)
    due = DateField("By when?", called="the day by which it is done", required=False)
    done_on = DateField("When was it done?", called="the day it was done", required=False)

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        done: Any = self.fields["done_on"]
        done.latest = today


class AskForm(NhsForm):
    """Asks somebody by link."""

    email = EmailField(
        "Who can say what lasted?",
        hint="Somebody who is still there. They get a link to a short form and need no account",
        called="the email address",
    )


class LookBackForm(NhsForm):
    """Three questions about what lasted; the second and third may stay empty. `by_link` asks the name too."""

    lasted = TextAreaField(
        "What has lasted?",
        hint="For example a clinic, a way of working, people who still talk to each other. “Nothing” counts. "
        "Do not name patients or staff",
        called="what has lasted",
        rows=4,
        max_length=2000,
        missing="Enter what has lasted, or that nothing has",
    )
    did_not_last = TextAreaField(
        "What has not?",
        hint="What stopped when the person left is worth knowing. Do not name patients or staff",
        called="what has not lasted",
        rows=4,
        max_length=2000,
        required=False,
    )
    carried_on_by = TextField(
        "Who carries it on?",
        hint="A team or a job title is enough",
        called="who carries it on",
        max_length=300,
        required=False,
    )
    name = TextField(
        "Your name",
        hint="Leave it empty and we keep the address that we wrote to",
        max_length=120,
        required=False,
        autocomplete="name",
    )

    def __init__(self, *args: Any, by_link: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not by_link:
            del self.fields["name"]


def share_of(typed: Any) -> Decimal:
    """A share as it was typed, with two places."""
    return Decimal(typed).quantize(Decimal("0.01"))
