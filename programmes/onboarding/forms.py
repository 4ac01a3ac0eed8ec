"""The forms of getting started: name the person, how an access item stands, the owner's answer, start."""

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
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
)
from programmes.models import LEGAL_PERMISSIONS, AccessItem, AccessKind, AccessState, Organisation
from programmes.onboarding.clearing import NO_WORDS, Standing
from programmes.registers.field import OrganisationField

DAYS_OF_FULL_TIME: Final = 5
LEAST, MOST = Decimal("0.05"), Decimal("1.00")  # V-14
ENTERED = (
    AccessState.REQUIRED,
    AccessState.REQUESTED,
    AccessState.IN_PROGRESS,
    AccessState.IN_PLACE,
    AccessState.NOT_REQUIRED,
    AccessState.PROBLEM,
    AccessState.REFUSED,
    AccessState.REVOKED,
)
ANSWERS: Final = [
    (AccessState.REQUESTED.value, "It has been asked for"),
    (AccessState.IN_PLACE.value, "It is in place"),
    (AccessState.PROBLEM.value, "There is a problem"),
]


CLINICAL: Final = [("yes", "Yes, an honorary clinical contract"), ("no", "No"), ("unknown", "Not known")]
CLINICAL_WORD: Final = {True: "yes", False: "no", None: "unknown"}
CLINICAL_VALUE: Final = {word: value for value, word in CLINICAL_WORD.items()}
OWED: Final = ("issued_on", "issuer", "reference")  # V-30, of a permission in law


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


class ItemForm(NhsForm):
    """How one access item stands, and who sees to it. What a permission in law owes is asked of it alone (V-30)."""

    state = RadioField("How does it stand?", called="how it stands")
    issued_on = DateField("Date issued", called="the date it was issued", required=False)
    issuer = TextField("Who issued it", called="who issued it", required=False, max_length=160)
    reference = TextField("Reference", called="the reference", required=False, max_length=80, width=20)
    expires_on = DateField("Expires on", called="the expiry date", required=False)
    is_clinical = RadioField(
        "Is it for clinical work?", CLINICAL, called="whether it is clinical", required=False
    )
    kept_at = TextField(
        "Where is it kept?",
        hint="For example a file of the research office. Only the place, never a copy",
        called="where it is kept",
        required=False,
        max_length=200,
    )
    reason = TextField(
        "Why is it not needed, or what is the problem?", called="why", required=False, max_length=300
    )
    owner_name = TextField("Who sees to it", called="who sees to it", required=False, max_length=120)
    owner_email = EmailField(
        "Their email address", called="their email address", required=False, autocomplete="off"
    )
    due = DateField("Needed by", called="the date it is needed by", required=False)

    def __init__(self, *args: Any, item: AccessItem, **options: Any) -> None:
        super().__init__(*args, **options)
        self.item = item
        state_field: Any = self.fields["state"]
        state_field.choices = [(state.value, state.label) for state in ENTERED]
        if item.kind == AccessKind.CRIMINAL_RECORD:
            self.fields["issuer"].label = "Seen by"
            self.fields["reference"].label = "Reference number and level"
            self.fields[
                "reference"
            ].help_text = "Only the number and the level, never what the certificate says"
        elif item.kind not in LEGAL_PERMISSIONS:
            del self.fields["issuer"]
        if item.kind in NO_WORDS:
            del self.fields["kept_at"]
        _ask_clinical(self, item)
        not_called_optional(self, "reason", *(OWED if item.kind in LEGAL_PERMISSIONS else ()))

    def clean(self) -> None:
        check_standing(self, self.item)

    def standing(self) -> Standing:
        """What was typed; who issued it stays as it is where the page does not ask."""
        names = ("state", "issued_on", "reference", "expires_on", "reason")
        known = {name: self.cleaned_data[name] for name in names}
        return Standing(
            **known,
            issuer=self.cleaned_data.get("issuer", self.item.issuer),
            kept_at=self.cleaned_data.get("kept_at", ""),
            is_clinical=_clinical(self),
        )


class AnswerForm(NhsForm):
    """An owner's answer by link: one of three."""

    state = RadioField("How does it stand?", ANSWERS, called="how it stands")
    issued_on = DateField("Date issued", called="the date it was issued", required=False)
    issuer = TextField("Who issued it", called="who issued it", required=False, max_length=160)
    reference = TextField("Reference", called="the reference", required=False, max_length=80, width=20)
    expires_on = DateField("Expires on", called="the expiry date", required=False)
    is_clinical = RadioField(
        "Is it for clinical work?", CLINICAL, called="whether it is clinical", required=False
    )
    reason = TextField("What is the problem?", called="what the problem is", required=False, max_length=300)

    def __init__(self, *args: Any, item: AccessItem, **options: Any) -> None:
        super().__init__(*args, **options)
        self.item = item
        not_called_optional(self, "reason", *(OWED if item.kind in LEGAL_PERMISSIONS else ()))
        if item.kind in NO_WORDS:
            del self.fields["reason"]
        _ask_clinical(self, item)

    def clean(self) -> None:
        if self.cleaned_data.get("state") == AccessState.REQUESTED:
            for name in ("issued_on", "issuer", "reference", "expires_on", "reason"):
                self.errors.pop(name, None)
            return
        if self.cleaned_data.get("state") == AccessState.PROBLEM and "reason" in self.fields:
            for name in ("issued_on", "issuer", "reference", "expires_on"):
                self.errors.pop(name, None)
            if not self.cleaned_data.get("reason"):
                self.add_error("reason", "Enter what the problem is")
            return
        check_standing(self, self.item)

    def standing(self) -> Standing:
        """The answer, keeping what is known of the item where the answer says nothing of it."""
        typed, state, item = self.cleaned_data, self.cleaned_data["state"], self.item
        if state == AccessState.IN_PLACE:
            asked = ("issued_on", "issuer", "reference", "expires_on")
            known = {name: typed[name] for name in asked} | {"is_clinical": _clinical(self)}
            return Standing(state, **known, kept_at=item.kept_at)
        kept = ("issued_on", "issuer", "reference", "expires_on", "kept_at", "is_clinical")
        reason = typed.get("reason", "") if state == AccessState.PROBLEM else ""
        return Standing(state, reason=reason, **{name: getattr(item, name) for name in kept})


def _ask_clinical(form: NhsForm, item: AccessItem) -> None:
    """Asked of an honorary contract alone: a clinical one covers research too (users.md decision 4)."""
    if item.kind != AccessKind.HONORARY_CONTRACT:
        del form.fields["is_clinical"]
    else:
        form.fields["is_clinical"].initial = CLINICAL_WORD[item.is_clinical]


def _clinical(form: NhsForm) -> bool | None:
    return CLINICAL_VALUE[form.cleaned_data.get("is_clinical") or "unknown"]


def check_standing(form: NhsForm, item: AccessItem) -> None:
    """V-30 and V-31 as errors beside their fields."""
    typed = form.cleaned_data
    state = typed.get("state")
    if state == AccessState.IN_PLACE and item.kind in LEGAL_PERMISSIONS:
        for name, words in (
            ("issued_on", "Enter the date it was issued"),
            ("issuer", "Enter who issued it"),
            ("reference", "Enter the reference"),
        ):
            if not typed.get(name) and name not in form.errors:
                form.add_error(name, words)
    issued, expires = typed.get("issued_on"), typed.get("expires_on")
    if issued and expires and expires <= issued:
        form.add_error("expires_on", "Expiry date must be after the date it was issued")
    if state == AccessState.NOT_REQUIRED and not typed.get("reason"):
        form.add_error("reason", "Enter why it is not needed")
    if typed.get("reason") and item.kind in NO_WORDS and state != AccessState.NOT_REQUIRED:
        form.add_error("reason", "Leave this empty: write nothing about this check here")


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

    on = DateField("First day", called="the first day")

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
