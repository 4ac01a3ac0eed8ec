"""The forms of calendars: the file, what is ticked, and one press."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from embedded.nhsuk.forms import CheckboxesField, NhsForm, RadioField, SelectField, TextField
from embedded.nhsuk.uploads import UploadField
from embedded.nhsuk.words import day
from embedded.tables.reading.bounds import MEGABYTE
from programmes.calendars.actions import Ticked
from programmes.calendars.choosing import Draft, Place
from programmes.calendars.work import BOUNDS
from programmes.entries.days import LATE_AFTER, check_length
from programmes.entries.durations import NotADuration, minutes_of
from programmes.models import PLAIN_KINDS, LateReason, PlannedEntry

TOO_LARGE: Final = f"The selected file must be smaller than {BOUNDS.most_bytes // MEGABYTE}MB"
HOW_LONG: Final = "Enter how long it took, like 90, 1:30 or half a day"
GONE: Final = "Check the ticks and press again: one of these was answered in another window"
LENGTHS: Final = {"half": "half a day", "day": "a day"}


class UploadForm(NhsForm):
    """One calendar. What is in it is looked at later, and not here."""

    file = UploadField(
        "Your calendar file",
        hint="A file that ends in .ics, or the ZIP file that Google gives, smaller than "
        f"{BOUNDS.most_bytes // MEGABYTE}MB",
        accept=".ics,.zip",
        called="a calendar file",
    )

    def __init__(self, *args: Any, too_large: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if too_large:  # it was not kept, so the field finds nothing
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > BOUNDS.most_bytes:
            raise ValidationError(TOO_LARGE, code="too_large")
        return file


class PressForm(NhsForm):
    """Asks nothing: the press is the answer."""


class TicksForm(NhsForm):
    """Which meetings belong in the log, and what they were: once for all that are ticked."""

    tick = CheckboxesField("Which of these belong in your log?", missing="Select one meeting or more")
    kind = RadioField(
        "What kind of work were they?",
        [(kind.value, str(kind.label)) for kind in PLAIN_KINDS],
        called="the kind of work",
        small=True,
    )
    place = SelectField("What were they for?", called="what they were for")
    whole_day = RadioField(
        "What does a whole day count as?",
        [("half", "Half a day"), ("day", "A day")],
        hint="Asked when you tick a whole day and leave its box empty",
        required=False,
        inline=True,
        small=True,
    )
    late_reason = SelectField(
        "Why are they entered late?",
        LateReason.choices,
        hint="Asked when one of them was more than 31 days ago",
        required=False,
        empty="Choose a reason",
    )

    def __init__(
        self,
        *args: Any,
        drafts: Sequence[Draft],
        places: Mapping[str, Place],
        today: datetime.date,
        check_day: Callable[[datetime.date, int], str],
        leave_out: bool = False,
        **options: Any,
    ) -> None:
        """`check_day(date, minutes)` says what is wrong with so much on that day, or "" (V-60). With `leave_out` only
        the ticks are asked."""
        super().__init__(*args, **options)
        self.drafts = {str(one.planned.pk): one for one in drafts}
        self.places, self.today, self.check_day, self.leave_out = places, today, check_day, leave_out
        self.offer("tick", [(pk, one.title) for pk, one in self.drafts.items()])
        self.fields["tick"].error_messages["invalid_choice"] = GONE
        self.offer("place", [(key, str(place)) for key, place in places.items()])
        if len(places) == 1:
            del self.fields["place"]
        if all(not self._is_late(one.planned) for one in drafts):
            del self.fields["late_reason"]
        if all(one.planned.minutes for one in drafts):
            del self.fields["whole_day"]
        if leave_out:
            for field in self.fields.values():
                field.required = field is self.fields["tick"]
        for pk, one in self.drafts.items():
            self.fields[f"long_{pk}"] = TextField(
                "How long", max_length=20, required=False, initial=one.how_long, spellcheck=False
            )

    def _is_late(self, planned: PlannedEntry) -> bool:
        return planned.on < self.today - LATE_AFTER

    @property
    def place_said(self) -> Place | None:
        if "place" in self.fields:
            return self.places.get(self.cleaned_data.get("place", ""))
        return next(iter(self.places.values()))

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.leave_out:
            return typed
        chosen = typed.get("tick") or []
        self.minutes = {pk: self._minutes(pk) for pk in chosen}
        by_day: dict[datetime.date, list[str]] = defaultdict(list)
        for pk in chosen:
            by_day[self.drafts[pk].planned.on].append(pk)
        for on, ticked in by_day.items():
            whole = sum(self.minutes[pk] for pk in ticked)
            if on <= self.today and whole and (problem := self.check_day(on, whole)):
                self._tell(ticked[0], problem)
        late = any(self._is_late(self.drafts[pk].planned) for pk in chosen)
        if late and not typed.get("late_reason"):
            self.add_error("late_reason", "Select why they are entered more than 31 days late")
        return typed

    def _minutes(self, pk: str) -> int:
        """0 with an error where it cannot be used."""
        said = self.cleaned_data.get(f"long_{pk}") or ""
        if not said and not self.drafts[pk].planned.minutes:
            said = LENGTHS.get(self.cleaned_data.get("whole_day", ""), "")
        try:
            minutes = minutes_of(said)
        except NotADuration:
            self._tell(pk, HOW_LONG)
            return 0
        place = self.place_said
        halves = place is not None and place.residency.programme.half_days_only
        if problem := check_length(minutes, half_days_only=halves):
            self._tell(pk, problem)
        return minutes

    def _tell(self, pk: str, problem: str) -> None:
        """The summary on top stands far from the box, so it says of which meeting."""
        one = self.drafts[pk]
        self.add_error(f"long_{pk}", f"{problem} (“{one.title}”, {day(one.planned.on)})")

    def planned(self) -> list[PlannedEntry]:
        """Those that are ticked, the earliest first."""
        ticked = [self.drafts[pk].planned for pk in self.cleaned_data["tick"]]
        return sorted(ticked, key=lambda one: (one.on, one.pk))

    def ticked(self) -> Ticked:
        """Call it after is_valid()."""
        place = self.place_said
        assert place  # noqa: S101 - the form is valid
        return Ticked(
            minutes={int(pk): minutes for pk, minutes in self.minutes.items()},
            kind=self.cleaned_data["kind"],
            place=place,
            late_reason=self.cleaned_data.get("late_reason", ""),
            late_before=self.today - LATE_AFTER,
        )
