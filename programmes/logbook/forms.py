"""The form of the log: four questions in sight, the rest behind "Add detail"."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from embedded.accounts.models import Person
from embedded.nhsuk.forms import (
    CheckboxesField,
    DateField,
    NhsForm,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
)
from embedded.vault import Sealer
from programmes.entries.days import LATE_AFTER, MOST_A_DAY
from programmes.entries.durations import NotADuration, minutes_of, words_of
from programmes.entries.people_met import name_of
from programmes.entries.words import Words, text_of
from programmes.entries.writing import Entry
from programmes.models import (
    PLAIN_KINDS,
    Activity,
    ActivityKind,
    Contact,
    LateReason,
    Organisation,
    Place,
    Project,
    Readers,
)

IN_SIGHT = ("what", "how_long", "kind", "host")


class DurationField(TextField):
    """How long it took, in words or figures; gives whole minutes."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            minutes = minutes_of(text)
        except NotADuration as wrong:
            raise ValidationError(str(wrong), code="invalid") from None
        if not 1 <= minutes <= MOST_A_DAY:
            raise ValidationError("How long it took must be between 1 minute and 16 hours", code="range")
        return str(minutes)


class WordsField(TextAreaField):
    """What was done. It need not be said, and the question is too short to say so every time."""

    marks_optional = False


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
    date = DateField("When was it?", called="the date")
    late_reason = SelectField(
        "Why is it entered late?",
        LateReason.choices,
        hint="Asked when it was more than 31 days ago",
        required=False,
        empty="Not late",
    )
    finer = SelectField(
        "More exactly",
        [(kind.value, str(kind.label)) for kind in (ActivityKind.BID, ActivityKind.REFLECTION)],
        required=False,
        empty="No need",
    )
    place = SelectField("Where were you?", Place.choices, required=False, empty="Not said")
    project = SelectField("Project", required=False, empty="None")
    asked_by = TextField("Who asked for it?", max_length=120, required=False)
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
        **options: Any,
    ) -> None:
        """`check_day(date, minutes)` says what is wrong with so much on that day, or "" (V-60)."""
        super().__init__(*args, **options)
        self.today, self.check_day = today, check_day
        self.hosts = {str(host.pk): host for host in hosts}
        self.projects = {str(project.pk): project for project in projects}
        self.people = {str(person.pk): person for person in everyone}
        if len(self.hosts) > 1:
            self.offer("host", [(pk, host.display_name) for pk, host in self.hosts.items()])
            self.fields["host"].required = True
        else:
            del self.fields["host"]
        self.offer("project", [(pk, project.title) for pk, project in self.projects.items()])
        self.offer("named", [(pk, str(person)) for pk, person in self.people.items()])
        everybody = self.people.values()
        self.offer("readers", _reader_choices(supervisors, everybody), _reader_hints(everybody))

    @property
    def detail_open(self) -> bool:
        if self.is_bound:
            return any(name not in IN_SIGHT for name in self.errors)
        return bool(self.initial.get("pk"))

    def clean_date(self) -> datetime.date:
        date: datetime.date = self.cleaned_data["date"]
        if date > self.today:
            raise ValidationError("The date must be today or in the past", code="future")
        return date

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        date, minutes = cleaned.get("date"), cleaned.get("how_long")
        if date and date < self.today - LATE_AFTER and not cleaned.get("late_reason"):
            self.add_error("late_reason", "Enter why it is entered more than 31 days late")
        if date and minutes and (problem := self.check_day(date, int(minutes))):
            self.add_error("how_long", problem)
        if cleaned.get("what") and cleaned.get("readers") == Readers.PEOPLE and not cleaned.get("named"):
            self.add_error("named", "Select who can read the note")
        return cleaned

    def entry(self, requester: Contact | None) -> Entry:
        """What was typed, as the deeds take it; call it after is_valid(). `requester` is who `asked_by` names."""
        typed = self.cleaned_data
        only_host = next(iter(self.hosts.values()), None)
        return Entry(
            date=typed["date"],
            minutes=int(typed["how_long"]),
            kind=typed.get("finer") or typed["kind"],
            place=typed["place"],
            host=self.hosts.get(typed.get("host", "")) or only_host,
            project=self.projects.get(typed["project"]),
            requester=requester,
            late_reason=typed["late_reason"],
            words=self._words(typed),
        )

    def _words(self, typed: Mapping[str, Any]) -> Words:
        readers = typed["readers"] or Readers.ONLY_ME
        if readers.startswith("person-"):
            return Words(typed["what"], Readers.PEOPLE, [self.people[readers.removeprefix("person-")]])
        named = [self.people[pk] for pk in typed["named"]] if readers == Readers.PEOPLE else []
        return Words(typed["what"], readers, named)


def _reader_choices(supervisors: Iterable[Person], everyone: Iterable[Person]) -> list[tuple[str, str]]:
    """Readers by name (users.md decision 7): only me, each academic supervisor, people named, everyone."""
    choices = [(Readers.ONLY_ME.value, "Only me")]
    choices += [(f"person-{person.pk}", f"{person}, academic supervisor") for person in supervisors]
    if everyone := list(everyone):
        choices += [
            (Readers.PEOPLE.value, "People I name"),
            (Readers.RESIDENCY.value, f"Everyone in the residency ({len(everyone)})"),
        ]
    return choices


def _reader_hints(everyone: Iterable[Person]) -> dict[str, str]:
    return {
        Readers.ONLY_ME.value: "Encrypted with a key of your own. Nobody else can open it, not even your lead.",
        Readers.RESIDENCY.value: ", ".join(str(person) for person in everyone),
    }


def starting_values(activity: Activity | None, today: datetime.date, last_kind: str) -> dict[str, Any]:
    """What the form shows at first: today and the kind chosen last, or the entry that is being changed."""
    if activity is None:
        return {"date": today, "kind": last_kind, "readers": Readers.ONLY_ME.value}
    finer = activity.kind in (ActivityKind.BID, ActivityKind.REFLECTION)
    opener = Sealer(activity.person)
    return {
        "pk": activity.pk,
        "what": text_of(activity, opener),
        "readers": activity.readers,
        "named": [str(reader.pk) for reader in activity.named_readers.all()],
        "how_long": words_of(activity.minutes),
        "kind": _plain(activity.kind),
        "finer": activity.kind if finer else "",
        "host": activity.host_id and str(activity.host_id),
        "date": activity.date,
        "place": activity.place,
        "project": activity.project_id and str(activity.project_id),
        "asked_by": name_of(activity.requester, opener) if activity.requester else "",
        "late_reason": activity.late_reason,
    }


def _plain(kind: str) -> str:
    """The plain kind on the page beneath which a code of A-1 stands."""
    beneath = {
        ActivityKind.BID.value: ActivityKind.PROJECT_MANAGEMENT.value,
        ActivityKind.REFLECTION.value: ActivityKind.SUPERVISION.value,
    }
    return beneath.get(kind, kind)


class AwayForm(NhsForm):
    """Dates away: no reason is asked, because a reason could be about health."""

    start = DateField("First day away", called="the first day away")
    end = DateField("Last day away", called="the last day away")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("start") and cleaned.get("end") and cleaned["end"] < cleaned["start"]:
            self.add_error("end", "The last day away must be the same as or after the first")
        return cleaned


class RemoveForm(NhsForm):
    """Asks nothing: the press is the answer."""
