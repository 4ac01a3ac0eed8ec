"""The forms of getting started: name the person, another thing that is needed, one press, start."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from embedded.nhsuk.forms import (
    DateField,
    EmailField,
    NhsForm,
    NumberField,
    SelectField,
    TextAreaField,
    TextField,
)
from programmes.models import AccessKind, Organisation
from programmes.registers.field import OrganisationField

DAYS_OF_FULL_TIME: Final = 5
LEAST, MOST = Decimal("0.05"), Decimal("1.00")  # V-14


def not_called_optional(form: NhsForm, *names: str) -> None:
    """Questions that are asked only in some cases, and then need an answer."""
    for name in names:
        field: Any = form.fields[name]
        field.marks_optional = False


class PostForm(NhsForm):
    """Who is named; the share is given as days a week or as a share of full time."""

    name = TextField("Full name", max_length=120, called="the full name", autocomplete="off")
    email = EmailField(
        "Email address", hint="We send an invitation", called="the email address", autocomplete="off"
    )
    role = TextField(
        "What do they do?",
        hint="For example anthropologist. Useful where several people work together",
        max_length=120,
        called="what they do",
        required=False,
    )
    start = DateField("Start", called="the start date")
    end = DateField("End", called="the end date")
    days = NumberField(
        "Days a week",
        hint="For example 3 or 2.5",
        places=2,
        width=4,
        suffix="days",
        called="the days a week",
        required=False,
    )
    share = NumberField(
        "Or share of full time",
        hint="For example 0.6, if that is how the contract says it",
        places=2,
        width=4,
        called="the share of full time",
        required=False,
    )
    employer = OrganisationField(
        "Employer",
        hint="Who pays the salary. Type a name, a town or a code",
        called="the employer",
        required=False,
    )

    def __init__(
        self, *args: Any, earliest: datetime.date | None, latest: datetime.date | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.earliest, self.latest = earliest, latest
        not_called_optional(self, "days", "share")

    def clean(self) -> None:
        self._check_dates()
        typed = self.cleaned_data
        if "days" in self.errors or "share" in self.errors:
            return
        days: Any = typed.get("days")
        share: Any = typed.get("share")
        if days is None and share is None:
            self.add_error("days", "Enter the days a week, or the share of full time")
            return
        field = "share" if share is not None else "days"
        of_days = share if days is None else (days / DAYS_OF_FULL_TIME).quantize(Decimal("0.01"))
        self.wte = of_days if share is None else share
        if abs(of_days - self.wte) > Decimal("0.01"):
            self.add_error("share", "Enter either the days or the share: these two do not say the same")
        elif not LEAST <= self.wte <= MOST:
            least, most = ("0.05", "1.00") if field == "share" else ("0.25", "5")
            called = "Share of full time" if field == "share" else "Days a week"
            self.add_error(field, f"{called} must be between {least} and {most}")

    def _check_dates(self) -> None:
        """V-12: within the residency's own dates."""
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and self.earliest and start < self.earliest:
            self.add_error("start", f"Start date must be the same as or after {_day(self.earliest)}")
        if end and self.latest and end > self.latest:
            self.add_error("end", f"End date must be the same as or before {_day(self.latest)}")
        if start and end and end <= start:
            self.add_error("end", "End date must be after the start date")


class AddItemForm(NhsForm):
    """Another thing that a post needs at a host."""

    kind = SelectField("What else is needed?", called="what is needed")

    def __init__(
        self, *args: Any, kinds: Iterable[AccessKind], hosts: Sequence[Organisation], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        kind_field: Any = self.fields["kind"]
        kind_field.choices = [(kind.value, kind.label) for kind in kinds]
        if len(hosts) > 1:
            self.fields["host"] = SelectField(
                "At which host?", [(str(host.pk), host.display_name) for host in hosts], called="the host"
            )
        self.hosts = {str(host.pk): host for host in hosts}

    def host(self) -> Organisation:
        return (
            self.hosts[self.cleaned_data["host"]]
            if "host" in self.fields
            else next(iter(self.hosts.values()))
        )


class PressForm(NhsForm):
    """One press."""


class StartForm(NhsForm):
    """The first day; a reason for each person who has no permission in law to be on site (V-13)."""

    on = DateField(
        "First day",
        hint="Today or earlier. Where that is before the first post was to begin, the post begins on that day too",
        called="the first day",
    )

    def __init__(self, *args: Any, lacking: Iterable[Any], today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        first_day: Any = self.fields["on"]
        first_day.latest = today
        self.lacking = list(lacking)
        for placement in self.lacking:
            self.fields[f"why_{placement.pk}"] = TextAreaField(
                f"Why does {placement.person} start without permission to be on site?",
                hint="Your name stands beside the reason",
                called=f"the reason for {placement.person}",
                rows=3,
                max_length=2000,
            )

    def reasons(self) -> dict[int, str]:
        return {placement.pk: self.cleaned_data[f"why_{placement.pk}"] for placement in self.lacking}


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
