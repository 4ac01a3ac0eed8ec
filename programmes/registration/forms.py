"""The forms of registering. Every page may be saved half filled in; what must be there is asked when it is sent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from embedded.nhsuk.fields import Drawn
from embedded.nhsuk.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    MoneyField,
    NhsForm,
    NumberField,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
)
from programmes.lifecycle import EARLY_REASONS
from programmes.measures.period import add_months
from programmes.models import Organisation, Programme
from programmes.registers.field import OrganisationField

MOST_MONTHS = 60
CONFIRMED = [("yes", "Yes"), ("partly", "Partly"), ("no", "Not yet")]


def asked(field: Drawn) -> Any:
    """A field that may wait until it is sent, and so is not called optional."""
    field.required = False
    field.marks_optional = False
    return field


def days_field(label: str = "Days a week", *, required: bool = True) -> NumberField:
    return NumberField(
        label,
        at_least=Decimal("0.5"),
        at_most=5,
        places=1,
        width=4,
        suffix="days",
        hint="For example 3 or 2.5",
        called="the days a week",
        required=required,
    )


def no_later_than(day: datetime.date, form: forms.Form, *names: str) -> None:
    """Dates of what has happened lie in the past."""
    for name in names:
        date: Any = form.fields[name]
        date.latest = day


def start_and_end_fit(form: forms.Form, start: str, end: str) -> None:
    """The end lies at least one month and at most 60 months after the start."""
    first, last = form.cleaned_data.get(start), form.cleaned_data.get(end)
    if first and last and last <= first:
        form.add_error(end, "End date must be after the start date")
    elif first and last and last < add_months(first, 1):
        form.add_error(end, "End date must be at least one month after the start date")
    elif first and last and last > add_months(first, MOST_MONTHS):
        form.add_error(end, f"End date must be at most {MOST_MONTHS} months after the start date")


class IdeaForm(NhsForm):
    """An idea: two answers. The host is not asked of somebody who manages for one organisation alone."""

    title = TextField("Title", hint="What is it about, in a few words", max_length=200, called="a title")
    site = TextField(
        "Hospital, site or team", hint="If it is at one place of a large host", required=False, max_length=160
    )

    def __init__(self, *args: Any, hosts: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(host.pk): host for host in hosts}
        if not self.known:
            self.fields["host"] = OrganisationField(
                "Host", hint="Where the person will work. Type a name, a place or a code", called="the host"
            )
        elif len(self.known) > 1:
            choices = [(key, host.display_name) for key, host in self.known.items()]
            self.fields["host"] = RadioField("Host", choices, called="the host")
        self.order_fields(["title", "host", "site"])

    def host(self) -> Organisation:
        if "host" not in self.fields:
            return next(iter(self.known.values()))
        chosen = self.cleaned_data["host"]
        return chosen if isinstance(chosen, Organisation) else self.known[chosen]


class PurposeForm(NhsForm):
    problem = asked(TextAreaField("What is the problem?", called="the problem", max_length=6000))
    decision = asked(
        TextAreaField(
            "Which decision should this inform?",
            hint="For example: whether to keep the new clinic, and in which form",
            called="the decision",
            rows=3,
            max_length=2000,
        )
    )
    decision_by = DateField(
        "By when is the decision made?",
        hint="For example, 31 3 2027. Leave it empty if nobody knows yet",
        called="the date of the decision",
        required=False,
    )


class DifferenceForm(NhsForm):
    difference = asked(
        TextAreaField(
            "What should be different in a year?", called="what should be different", rows=4, max_length=4000
        )
    )
    how_known = TextAreaField(
        "How would you know?", called="how you would know", rows=4, max_length=4000, required=False
    )
    fairer_for = TextAreaField(
        "Whose health or care should become fairer, and who is likely to be missed?",
        called="whose health or care should become fairer",
        rows=3,
        max_length=2000,
        required=False,
    )


class DatesForm(NhsForm):
    planned_start = asked(
        DateField("When should it start?", hint="For example, 1 9 2027", called="the start date")
    )
    planned_end = asked(
        DateField("When should it end?", hint="For example, 31 8 2029", called="the end date")
    )
    days_a_week = days_field("How many days a week at the host?", required=False)

    def clean(self) -> None:
        start_and_end_fit(self, "planned_start", "planned_end")


class PeopleForm(NhsForm):
    """Who takes part; each may still be unknown."""

    host_manager_name = asked(TextField("Host manager", hint="Full name", max_length=120, autocomplete="off"))
    host_manager_email = EmailField(
        "Host manager's email address",
        hint="If this is not you, we send a link with which they confirm the registration",
        required=False,
        called="the host manager's email address",
        autocomplete="off",
    )
    academic_supervisor_name = asked(
        TextField("Academic supervisor", hint="Full name", max_length=120, autocomplete="off")
    )
    academic_supervisor_email = EmailField(
        "Academic supervisor's email address",
        hint="With it they are invited once this is approved, and asked by link to agree to how you work together",
        required=False,
        called="the academic supervisor's email address",
        autocomplete="off",
    )
    academic_home = OrganisationField(
        "Academic home",
        hint="Type the university's name, its town or a code",
        called="the academic home",
        required=False,
    )
    researcher_name = asked(TextField("Researcher", max_length=120, autocomplete="off"))
    people_not_known = TextField(
        "Who of them is not known yet, who will find out, and by when?",
        hint="For example: supervisor not known yet, Sam Okoro will find out by 1 March",
        called="who will find out",
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, researcher_word: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["researcher_name"].label = researcher_word[:1].upper() + researcher_word[1:]
        self.fields["researcher_name"].help_text = "Full name, if you know who it will be"


class MoneyForm(NhsForm):
    """Five answers about money and one reference, none of which has to be given."""

    money_who_pays = TextField("Who pays?", required=False, max_length=160, called="who pays")
    money_amount = MoneyField("How much in all?", required=False, called="the amount", at_most=99_999_999)
    money_held_by = TextField(
        "Which organisation holds the money?", required=False, max_length=160, called="who holds the money"
    )
    money_cost_code = TextField("Cost code", required=False, max_length=60, width=20)
    money_confirmed = RadioField(
        "Is the money confirmed?", CONFIRMED, required=False, inline=True, called="whether it is confirmed"
    )
    own_reference = TextField(
        "Your own reference",
        hint="For example an EDGE or LPMS number, a cost centre, or a data protection assessment",
        required=False,
        max_length=80,
        width=20,
    )


class TopicsForm(NhsForm):
    """Only asked where the programme has topics or themes."""

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        themes = [(str(theme.pk), theme.name) for theme in programme.themes.all()]
        if themes:
            self.fields["theme"] = SelectField("Theme", themes, required=False, empty="No theme yet")
        if programme.topics:
            topics = [(topic, topic) for topic in programme.topics]
            self.fields["topics"] = CheckboxesField("Topics", topics, required=False, small=True)


class CopyForm(IdeaForm):
    """What differs from the earlier one; everything else comes along. KEPT are the fields of the record."""

    KEPT = ("site", "planned_start", "planned_end", "decision_by", "researcher_name")
    planned_start = asked(DateField("When should it start?", called="the start date"))
    planned_end = asked(DateField("When should it end?", called="the end date"))
    decision_by = asked(DateField("By when is the decision made?", called="the date of the decision"))
    researcher_name = TextField("Researcher", required=False, max_length=120, autocomplete="off")

    def clean(self) -> None:
        start_and_end_fit(self, "planned_start", "planned_end")


class ConfirmForm(NhsForm):
    """One press."""


class StepForm(NhsForm):
    """A step of the life of a residency: the day, and a reason where one is owed."""

    on = DateField("On which day?", called="the date")

    def __init__(
        self,
        *args: Any,
        asks_why: bool,
        asks_review: bool,
        asks_ended_reason: bool,
        today: datetime.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        no_later_than(today, self, "on")
        if asks_ended_reason:
            self.fields["ended_reason"] = RadioField(
                "Why does it end early?",
                [(one.value, str(one.label)) for one in EARLY_REASONS],
                called="why it ends early",
            )
        if asks_why:
            question = "Say it in a sentence" if asks_ended_reason else "What is the reason?"
            self.fields["why"] = TextAreaField(question, called="the reason", rows=3, max_length=2000)
        if asks_review:
            self.fields["review_on"] = DateField(
                "When do you look at it again?",
                hint="It stays paused until somebody says that it goes on. The day appears in what is ahead",
                called="the day to look at it again",
                earliest=today + datetime.timedelta(days=1),
            )


class MoveEndForm(NhsForm):
    """A new end, with the reason (V-18)."""

    new_end = DateField("When does it end now?", called="the new end date")
    why = TextAreaField("What is the reason?", called="the reason", rows=3, max_length=2000)
    approved_by = TextField(
        "Who approved it?",
        hint="Leave it as it is if it was you",
        called="who approved it",
        max_length=120,
    )


class AgreeEndForm(NhsForm):
    """The end of something that has none: its day and how it was agreed (V-18), or the day to look at it again."""

    new_end = asked(DateField("When does it end?", called="the end date"))
    why = asked(TextAreaField("How was it agreed?", called="how it was agreed", rows=3, max_length=2000))
    approved_by = asked(
        TextField(
            "Who approved it?",
            hint="Leave it as it is if it was you",
            called="who approved it",
            max_length=120,
        )
    )
    look_again_on = asked(
        DateField("If nobody knows yet, when do you look at it again?", called="the day to look at it again")
    )

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        again: Any = self.fields["look_again_on"]
        again.earliest = today + datetime.timedelta(days=1)

    def clean(self) -> None:
        typed, dates = self.cleaned_data, ("new_end", "look_again_on")
        if typed.get("new_end") and not typed.get("why"):
            self.add_error("why", "Enter how it was agreed")
        if not any(typed.get(name) or name in self.errors for name in dates):
            self.add_error("new_end", "Enter the end date, or the day to look at it again")


class MetForm(NhsForm):
    """The day on which a condition was met."""

    on = DateField("When was it met?", called="the day it was met")

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        no_later_than(today, self, "on")
