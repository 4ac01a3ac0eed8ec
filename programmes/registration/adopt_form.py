"""The form that brings in something that is running already: what is true of it today."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Final

from embedded.nhsuk.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    NhsForm,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
)
from programmes.models import LEGAL_PERMISSIONS, AgreementCover, Direction, Organisation, Theme
from programmes.registers.field import OrganisationField
from programmes.registration.forms import asked, days_field, no_later_than

PERMISSIONS: Final = [(kind.value, str(kind.label)) for kind in LEGAL_PERMISSIONS]


def _name(label: str, **options: Any) -> TextField:
    return TextField(label, required=False, max_length=120, autocomplete="off", **options)


def _address(whose: str) -> EmailField:
    return EmailField(
        f"{whose}'s email address",
        required=False,
        called=f"the {whose[0].lower()}{whose[1:]}'s email address",
        autocomplete="off",
    )


class AdoptForm(NhsForm):
    """What is true today. `rows` is the number of boxes for further hosts."""

    title = TextField("Title", max_length=200, called="a title")
    host = OrganisationField(
        "Host", hint="Type a name, a place or a code. If there are several, the lead host", called="the host"
    )
    stage = RadioField("How does it stand?", called="how it stands")
    why_paused = asked(TextAreaField("Why is it paused?", called="why it is paused", rows=3, max_length=2000))
    start = DateField(
        "When did it start, or when will it?", hint="For example, 1 9 2025", called="the start date"
    )
    end = asked(
        DateField(
            "When does it end?",
            hint="For example, 31 8 2027. Leave it empty if no end is agreed",
            called="the end date",
        )
    )
    look_again_on = asked(
        DateField(
            "When do you look at it again?",
            hint="Needed if no end is agreed, or if it is paused. Otherwise you can leave it empty",
            called="the day to look at it again",
        )
    )
    direction = asked(
        RadioField(
            "Who goes where?",
            Direction.choices,
            called="who goes where",
            initial=Direction.ACADEMIC_TO_SERVICE,
            empty_value=Direction.ACADEMIC_TO_SERVICE,
        )
    )
    theme = SelectField("Theme", required=False, empty="No theme yet")
    own_reference = TextField(
        "Lead host's own reference",
        hint="For example an EDGE or LPMS number, or a cost centre",
        required=False,
        max_length=80,
        width=20,
    )
    researcher_name = TextField("Researcher", max_length=120, called="the name", autocomplete="off")
    researcher_email = EmailField(
        "Email address",
        called="the email address",
        hint="We send an invitation. Without it you can copy the link later",
        required=False,
        autocomplete="off",
    )
    researcher_role = _name("What do they do?", hint="For example anthropologist", called="what they do")
    days_a_week = days_field()
    academic_home = OrganisationField(
        "Academic home",
        hint="Type the university's name, its town or a code",
        called="the academic home",
        required=False,
    )
    academic_supervisor_name = _name("Academic supervisor", hint="Full name")
    academic_supervisor_email = _address("Academic supervisor")
    host_manager_name = _name("Host manager at the lead host", hint="Full name", called="the host manager")
    host_manager_email = _address("Host manager")
    host_supervisor_name = _name("Supervisor at the host", hint="Full name, if that is not the host manager")
    host_supervisor_email = _address("Host supervisor")
    approved_on = DateField("Approved on", required=False, called="the day it was approved")
    approved_kept_at = TextField("Where is the approval kept?", required=False, max_length=200)
    agreement_on = DateField("Agreement signed on", required=False, called="the day the agreement was signed")
    agreement_kept_at = TextField("Where is the agreement kept?", required=False, max_length=200)
    agreement_covers = CheckboxesField(
        "What does the agreement cover?",
        AgreementCover.choices,
        called="what the agreement covers",
        required=False,
        small=True,
    )
    permission = RadioField(
        "Which permission to be on site does the person hold there?",
        [*PERMISSIONS, ("", "None, or not known")],
        called="which permission it is",
        required=False,
    )
    permission_issued_on = DateField("Permission issued on", required=False, called="the day it was issued")
    permission_reference = TextField("Its reference", required=False, max_length=80, width=20)
    permission_issuer = TextField(
        "Who issued it?", hint="Leave it empty if the lead host did", required=False, max_length=160
    )
    permission_until = DateField("Its last day", required=False, called="the last day of the permission")

    def __init__(
        self,
        *args: Any,
        stages: Iterable[str],
        themes: Iterable[Theme],
        researcher_word: str,
        today: datetime.date,
        rows: int,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.offer("stage", [(word, word[:1].upper() + word[1:]) for word in stages])
        self.by_theme = {str(theme.pk): theme for theme in themes}
        self.offer("theme", [(key, theme.name) for key, theme in self.by_theme.items()])
        if not self.by_theme:
            del self.fields["theme"]
        self.further = [f"further_{number}" for number in range(rows)]
        for name in self.further:
            self.fields[name] = OrganisationField("Further host", called="the further host", required=False)
        self.fields["researcher_name"].label = f"Name of the {researcher_word}"
        no_later_than(today, self, "approved_on", "agreement_on", "permission_issued_on")
        again: Any = self.fields["look_again_on"]
        again.earliest = today + datetime.timedelta(days=1)
        self.today = today

    def entered(self, *beginnings: str) -> bool:
        """Whether anything was entered, or is to be put right, in fields whose names begin so."""
        names = [*self.errors, *(name for name, value in self.data.items() if value)]
        return any(name.startswith(beginnings) for name in names)

    def further_hosts(self) -> list[Organisation]:
        """Each once, without the lead host."""
        found = dict.fromkeys(self.cleaned_data.get(name) for name in self.further)
        return [host for host in found if host and host != self.cleaned_data.get("host")]

    def clean(self) -> None:
        self._check_dates()
        self._check_rest_day()
        self._check_home()
        self._check_earlier()
        self._check_permission()

    def _check_dates(self) -> None:
        typed = self.cleaned_data
        start, end, stage = typed.get("start"), typed.get("end"), typed.get("stage")
        if start and end and end <= start:
            self.add_error("end", "End date must be after the start date")
        if start and stage not in (None, "", "being set up") and start > self.today:
            self.add_error("start", "Start date must be today or in the past, or choose “Being set up”")
        if end and stage == "ended" and end > self.today:
            self.add_error("end", "End date must be today or in the past, or choose “Ending”")
        if stage == "ended" and not end and "end" not in self.errors:
            self.add_error("end", "Enter the date it ended")

    def _check_rest_day(self) -> None:
        """A pause has a reason and a day to look at it again; so has an open end."""
        typed = self.cleaned_data
        stage, again = typed.get("stage"), typed.get("look_again_on")
        if stage == "paused" and not typed.get("why_paused") and "why_paused" not in self.errors:
            self.add_error("why_paused", "Enter why it is paused")
        if stage in (None, "", "ended") or again or "look_again_on" in self.errors:
            return
        if stage == "paused":
            self.add_error("look_again_on", "Enter the day to look at it again")
        elif not typed.get("end") and "end" not in self.errors:
            self.add_error("end", "Enter the end date, or below it the day to look at it again")

    def _check_home(self) -> None:
        """V-4: host and home at once only where people go both ways."""
        typed = self.cleaned_data
        home, hosts = typed.get("academic_home"), [typed.get("host"), *self.further_hosts()]
        if home and home in hosts and typed.get("direction") != Direction.TWO_WAY:
            self.add_error(
                "academic_home",
                f"{home} is a host too. Enter another one, or choose that people go both ways",
            )

    def _check_earlier(self) -> None:
        typed = self.cleaned_data
        self._with_its_day("approved_on", ["approved_kept_at"], "Enter the day it was approved")
        agreed = ["agreement_kept_at", "agreement_covers"]
        self._with_its_day("agreement_on", agreed, "Enter the day the agreement was signed")
        if typed.get("agreement_on") and not typed.get("agreement_kept_at"):
            self.add_error("agreement_kept_at", "Enter where the agreement is kept")

    def _check_permission(self) -> None:
        """V-30: a permission in law has its day and its reference, and ends after it was issued."""
        typed = self.cleaned_data
        rest = ["permission_issued_on", "permission_reference", "permission_issuer", "permission_until"]
        self._with_its_day("permission", rest, "Select which permission it is")
        if not typed.get("permission"):
            return
        if not typed.get("permission_issued_on") and "permission_issued_on" not in self.errors:
            self.add_error("permission_issued_on", "Enter the day it was issued")
        if not typed.get("permission_reference") and "permission_reference" not in self.errors:
            self.add_error("permission_reference", "Enter its reference")
        issued, until = typed.get("permission_issued_on"), typed.get("permission_until")
        if issued and until and until <= issued:
            self.add_error(
                "permission_until", "Last day of the permission must be after the day it was issued"
            )

    def _with_its_day(self, first: str, rest: list[str], instruction: str) -> None:
        """What belongs to an answer is not given without it."""
        given = any(self.cleaned_data.get(name) for name in rest)
        if given and not self.cleaned_data.get(first) and first not in self.errors:
            self.add_error(first, instruction)
