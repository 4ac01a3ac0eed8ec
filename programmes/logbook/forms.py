"""The form of the log: four questions in sight, the rest behind "Add detail"."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from embedded.accounts.models import Person
from embedded.nhsuk.forms import (
    CheckboxesField,
    DateField,
    NhsForm,
    RadioField,
    SelectField,
    TextField,
)
from programmes.entries.days import LATE_AFTER
from programmes.entries.people_met import LONGEST_NAME
from programmes.entries.words import Words
from programmes.entries.writing import Entry
from programmes.logbook.questions import (
    DurationField,
    WordsField,
    half_days_asked,
    reader_choices,
    reader_hints,
)
from programmes.models import (
    FINER,
    PLAIN_KINDS,
    ActivityKind,
    Contact,
    EarlySign,
    LateReason,
    Organisation,
    OutputKind,
    Place,
    Project,
    Readers,
)

IN_SIGHT = ("what", "how_long", "kind", "host")
WHO_READS = ("readers", "named")
FURTHEST = datetime.timedelta(days=366)
MOST_NAMES = 20


class LogForm(NhsForm):
    """`detail_open` tells the page to show "Add detail" unfolded: something behind it was typed or is wrong."""

    what = WordsField(
        "What did you do?",
        rows=2,
        required=False,
        hint="Do not name patients, staff or people who take part in research",
    )
    how_long = DurationField(
        "How long did it take?",
        hint="For example 90, 1:30, 1.5 or half a day",
        missing="Enter how long it took, like 90, 1:30 or 1.5",
        called="how long it took",
        width=10,
    )
    kind = RadioField(
        "Kind of work",
        [(kind.value, str(kind.label)) for kind in PLAIN_KINDS],
        called="the kind of work",
        small=True,
    )
    host = SelectField("Which host was it for?", called="the host", required=False)
    date = DateField("When was it?", hint="A day to come waits until then", called="the date")
    late_reason = SelectField(
        "Why is it entered late?",
        LateReason.choices,
        hint="Asked when it was more than 31 days ago",
        required=False,
        empty="Not late",
    )
    finer = SelectField(
        "More exactly",
        [(code, str(ActivityKind(code).label)) for code in FINER],
        hint="Counts instead of the kind of work above",
        required=False,
        empty="No need",
    )
    place = SelectField("Where were you?", Place.choices, required=False, empty="Not said")
    project = SelectField("Project", required=False, empty="None")
    met = TextField(
        "Who was with you?",
        hint="Names parted by commas. Only you see them. Do not name people who take part in research.",
        max_length=1_000,
        required=False,
        spellcheck=False,
    )
    asked_by = TextField("Who asked for it?", max_length=LONGEST_NAME, required=False, spellcheck=False)
    output = SelectField("What came of it?", OutputKind.choices, required=False, empty="Nothing yet")
    sign = SelectField("An early sign of change", EarlySign.choices, required=False, empty="None")
    readers = RadioField("Who can read what you did?", required=False, small=True)
    named = CheckboxesField("Who do you name?", hint="Only for “People I name”", required=False, small=True)

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        hosts: Iterable[Organisation],
        projects: Iterable[Project],
        supervisors: Iterable[Person],
        everyone: Iterable[Person],
        check_day: Callable[[datetime.date, int], str],
        half_days: bool = False,
        may_wait: bool = True,
        **options: Any,
    ) -> None:
        """`check_day(date, minutes)` says what is wrong with so much on that day, or "" (V-60). `half_days`: the
        programme knows nothing finer. `may_wait`: a day to come is no mistake."""
        super().__init__(*args, **options)
        self.today, self.check_day, self.may_wait = today, check_day, may_wait
        self.hosts = {str(host.pk): host for host in hosts}
        self.projects = {str(project.pk): project for project in projects}
        self.people = {str(person.pk): person for person in everyone}
        if len(self.hosts) > 1:
            self.offer("host", [(pk, host.display_name) for pk, host in self.hosts.items()])
            self.fields["host"].required = True
        else:
            del self.fields["host"]
        if half_days:
            self.fields["how_long"] = half_days_asked(self.initial.get("how_long"))
        self.offer("project", [(pk, project.title) for pk, project in self.projects.items()])
        self.offer("named", [(pk, str(person)) for pk, person in self.people.items()])
        everybody = self.people.values()
        self.offer("readers", reader_choices(supervisors, everybody), reader_hints(everybody))

    @property
    def detail_open(self) -> bool:
        if self.is_bound:
            return any(name not in IN_SIGHT + WHO_READS for name in self.errors)
        return bool(self.initial.get("pk")) or self.date_shown != self.today

    @property
    def readers_open(self) -> bool:
        return self.is_bound and any(name in WHO_READS for name in self.errors)

    @property
    def who_reads(self) -> str:
        """Who reads the box as it stands, by name, for the line beside it."""
        chosen = str(self["readers"].value() or Readers.ONLY_ME)
        if chosen == Readers.RESIDENCY:
            return "Everyone in the residency can read this"
        named = self["named"].value() or [] if chosen == Readers.PEOPLE else [chosen.removeprefix("person-")]
        people = [str(self.people[str(pk)]) for pk in named if str(pk) in self.people]
        return f"{' and '.join(people)} can read this" if people else "Only you read this"

    @property
    def date_shown(self) -> datetime.date:
        """The date as it stands in the boxes; today where there is none."""
        if self.is_bound:
            self.is_valid()
        shown = (self.cleaned_data if self.is_bound else self.initial).get("date")
        return shown if isinstance(shown, datetime.date) else self.today

    @property
    def is_to_come(self) -> bool:
        """Whether what was typed is for a day to come; call it after is_valid()."""
        return bool(self.cleaned_data["date"] > self.today)

    def clean_date(self) -> datetime.date:
        date: datetime.date = self.cleaned_data["date"]
        if date > self.today and not self.may_wait:
            raise ValidationError("The date must be today or in the past", code="future")
        if date > self.today + FURTHEST:
            raise ValidationError("The date must be within a year from today", code="future")
        return date

    def clean_met(self) -> list[str]:
        names = [" ".join(name.split()) for name in self.cleaned_data["met"].split(",")]
        names = list(dict.fromkeys(name for name in names if name))
        if len(names) > MOST_NAMES:
            raise ValidationError(f"Enter {MOST_NAMES} names or fewer", code="many")
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(f"Each name must be {LONGEST_NAME} characters or fewer", code="long")
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        date, minutes = cleaned.get("date"), cleaned.get("how_long")
        if date and date < self.today - LATE_AFTER and not cleaned.get("late_reason"):
            self.add_error("late_reason", "Enter why it is entered more than 31 days late")
        if date and minutes and date <= self.today and (problem := self.check_day(date, int(minutes))):
            self.add_error("how_long", problem)
        if cleaned.get("what") and cleaned.get("readers") == Readers.PEOPLE and not cleaned.get("named"):
            self.add_error("named", "Select who can read it")
        return cleaned

    def entry(self, requester: Contact | None = None, met: Sequence[Contact] = ()) -> Entry:
        """What was typed, as the deeds take it; call it after is_valid(). `requester` is who `asked_by` names, `met`
        whom `met` names."""
        typed = self.cleaned_data
        only_host = next(iter(self.hosts.values()), None)
        return Entry(
            date=typed["date"],
            minutes=int(typed["how_long"]),
            kind=self._kind(typed["kind"], typed["finer"]),
            place=typed["place"],
            host=self.hosts.get(typed.get("host", "")) or only_host,
            project=self.projects.get(typed["project"]),
            requester=requester,
            met=met,
            sign=typed["sign"],
            output=typed["output"],
            late_reason=typed["late_reason"],
            words=self._words(typed),
        )

    def _kind(self, kind: str, finer: str) -> str:
        """What is chosen now goes before what stood there: another kind leaves the finer one of the old kind behind."""
        counts = finer and (finer != self.initial.get("finer", "") or FINER[finer] == kind)
        return finer if counts else kind

    def _words(self, typed: Mapping[str, Any]) -> Words:
        readers = typed["readers"] or Readers.ONLY_ME
        if readers.startswith("person-"):
            return Words(typed["what"], Readers.PEOPLE, [self.people[readers.removeprefix("person-")]])
        named = [self.people[pk] for pk in typed["named"]] if readers == Readers.PEOPLE else []
        return Words(typed["what"], readers, named)
