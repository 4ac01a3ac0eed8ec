"""The forms of planning together: the ten questions on one screen, asking a public partner, answering on one's own."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.forms.boundfield import BoundField

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
from programmes.models import APART, TYPED_IN, PlanPart, PlanTheme
from programmes.planning.actions import Answers, AskedOne, Somebody, VisitWords
from programmes.planning.themes import ENDS, HELP, NUMBERS, position_choices, question

LONGEST: Final = 3000
NOTHING_SAID: Final = "Answer at least one question"


def quiet(field: Any) -> Any:
    """A field that may stay empty without saying so each time: the page says it once."""
    field.required, field.marks_optional = False, False
    return field


def words_field(label: str, *, hint: str = "", rows: int = 3) -> TextAreaField:
    field: TextAreaField = quiet(
        TextAreaField(label, hint=hint, called="the answer", rows=rows, max_length=LONGEST)
    )
    return field


def position_field(theme: str) -> RadioField:
    one, other = ENDS[theme]
    legend = f"Between “{one}” and “{other}”, where do you stand?"
    field: RadioField = quiet(RadioField(legend, position_choices(theme), called="a position", small=True))
    field.classes += " app-scale"
    return field


def position_name(theme: str) -> str:
    return f"{theme}_position"


class PeopleRows(NhsForm):
    """A form with rows of a name and a part, some of which may stay empty."""

    def add_rows(self, number: int, *, with_email: bool = False) -> None:
        self.rows = number
        for row in range(number):
            which = "" if with_email else f" of person {row + 1}"  # those with an address have a group each
            name = quiet(TextField(f"Name{which}", called="the name", max_length=120, autocomplete="off"))
            part = quiet(SelectField(f"Part{which}", PlanPart.choices, called="the part"))
            self.fields[f"name_{row}"], self.fields[f"part_{row}"] = name, part
            if with_email:
                email = EmailField("Email address", called="the email address", autocomplete="off")
                self.fields[f"email_{row}"] = quiet(email)

    def people_rows(self) -> list[list[BoundField]]:
        kinds = ("name", "part", "email")
        return [
            [self[f"{kind}_{row}"] for kind in kinds if f"{kind}_{row}" in self.fields]
            for row in range(self.rows)
        ]

    def people(self) -> list[AskedOne]:
        """Those whose row is filled in; a half-filled row gets its instruction."""
        found, typed = [], self.cleaned_data
        for row in range(self.rows):
            name, part = typed.get(f"name_{row}"), typed.get(f"part_{row}")
            email = typed.get(f"email_{row}", "")
            if not (name or part or email):
                continue
            if not name:
                self.add_error(f"name_{row}", "Enter the name")
            if not part and f"part_{row}" not in self.errors:
                self.add_error(f"part_{row}", "Select their part")
            if f"email_{row}" in self.fields and not email and f"email_{row}" not in self.errors:
                self.add_error(f"email_{row}", "Enter the email address")
            found.append(AskedOne(name or "", part or "", email or ""))
        return found


class TableForm(PeopleRows):
    """The ten questions on one screen. `before` names the themes that have an answer already, with the position that
    stands: of those it asks what has changed."""

    on = DateField("When did you sit together?", called="the date")

    def __init__(
        self,
        *args: Any,
        known: Sequence[Somebody],
        rows: int,
        before: Mapping[str, str],
        today: datetime.date,
        earliest: datetime.date | None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.known = {f"{one.part}:{one.name}": one for one in known}
        self.before = before
        on: Any = self.fields["on"]
        on.latest, on.earliest = today, earliest
        if self.known:
            labels = dict(PlanPart.choices)
            choices = [(key, f"{one.name}, {labels[one.part].lower()}") for key, one in self.known.items()]
            there = CheckboxesField("Who is at the table?", choices, called="who is at the table", small=True)
            self.fields["there"] = quiet(there)
        self.add_rows(rows)
        for theme in PlanTheme:
            asked = "What has changed?" if theme.value in before else "What do you say?"
            self.fields[theme.value] = words_field(asked)
            if theme.value in ENDS:
                self.fields[position_name(theme.value)] = position_field(theme.value)

    def questions(self) -> list[tuple[int, str, str, str, list[BoundField]]]:
        """(number, theme, question, help, fields) of each theme, in their order."""
        return [
            (
                NUMBERS[theme.value],
                theme.value,
                str(theme.label),
                HELP[theme],
                [self[name] for name in (theme.value, position_name(theme.value)) if name in self.fields],
            )
            for theme in PlanTheme
        ]

    def clean(self) -> None:
        typed = self.cleaned_data
        there = [self.known[key] for key in typed.get("there") or []]
        self.there = list(dict.fromkeys([*there, *(Somebody(one.name, one.part) for one in self.people())]))
        if not self.there and not any(name.startswith(("name_", "part_", "there")) for name in self.errors):
            self.add_error("there" if self.known else "name_0", "Say who is at the table")
        self.answers = {
            theme.value: (typed.get(theme.value, ""), self._moved_to(theme.value))
            for theme in PlanTheme
            if typed.get(theme.value) or self._moved_to(theme.value)
        }
        if not self.answers and not self.errors:
            first = PlanTheme.OUTCOMES.value
            self.add_error(first, "Write down at least one change" if self.before else NOTHING_SAID)

    def _moved_to(self, theme: str) -> str:
        """The position, unless it is the one that stands already."""
        position = self.cleaned_data.get(position_name(theme)) or ""
        return "" if position == self.before.get(theme, "") else position

    def visit(self) -> VisitWords:
        return VisitWords(on=self.cleaned_data["on"], there=self.there, answers=self.answers)


class AskForm(NhsForm):
    """Asks a member of the public the five questions; `again`: somebody who has answered them before."""

    name = TextField("What is their name?", called="their name", max_length=120, autocomplete="off")
    way = RadioField(
        "How will they answer?",
        [("link", "By a link that we email to them"), ("told", "They tell me, and I type it in")],
        hints={"told": "By telephone, on paper or when you meet. It will say so"},
        called="how they will answer",
    )
    email = EmailField("Their email address", required=False, autocomplete="off")
    offered = TextField(
        "What is offered for their time?",
        hint="We tell them before they answer, with the ten minutes it takes. For example £12.50, a voucher, or "
        "nothing and why",
        called="what is offered for their time",
        max_length=200,
    )

    def __init__(self, *args: Any, again: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if again:
            del self.fields["name"]

    def clean(self) -> None:
        typed = self.cleaned_data
        if typed.get("way") == "link" and not typed.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter their email address, or choose that they tell you")
        elif typed.get("way") == "told" and typed.get("email"):
            self.add_error("email", "Leave this empty, or choose that they answer by a link")


class VoiceForm(NhsForm):
    """One person's answers, to five open questions or to themes of a round. None is compulsory, one is asked for.
    `before`: what they said to each the last time, where they are asked what has changed."""

    def __init__(
        self,
        *args: Any,
        questions: Collection[str],
        before: Mapping[str, str] | None = None,
        typed_in: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.questions = list(questions)
        for code in self.questions:
            label, said = question(code, later=before is not None), (before or {}).get(code, "")
            hint = f"Last time: {said}" if said else HELP[PlanTheme(code)] if code in ENDS else ""
            self.fields[code] = words_field(label, hint=hint)
            if code in ENDS:
                self.fields[position_name(code)] = position_field(code)
        if typed_in:
            ways = [(way.value, str(way.label)) for way in TYPED_IN]
            self.fields["how"] = RadioField("How did they tell you?", ways, called="how they told you")
            self.order_fields(["how"])

    def clean(self) -> None:
        if not self.said() and not self.errors:
            self.add_error(self.questions[0], NOTHING_SAID)

    def said(self) -> Answers:
        typed = self.cleaned_data
        found = {code: (typed.get(code, ""), typed.get(position_name(code)) or "") for code in self.questions}
        return {code: answer for code, answer in found.items() if any(answer)}


class ApartForm(PeopleRows):
    """Asks named people to answer up to three themes, each on their own."""

    themes = CheckboxesField(
        "Which questions?",
        [(theme.value, f"{NUMBERS[theme.value]}. {theme.label}") for theme in APART],
        called="at least one question",
        small=True,
    )

    def __init__(self, *args: Any, rows: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_rows(rows, with_email=True)

    def clean(self) -> None:
        self.asked = self.people()
        empty = next((row for row in range(self.rows) if not self.cleaned_data.get(f"name_{row}")), None)
        if len(self.asked) < 2 and not any(
            name.startswith(("name_", "part_", "email_")) for name in self.errors
        ):
            self.add_error(f"name_{empty or 0}", "Enter at least two people")
        names = [one.name.casefold() for one in self.asked if one.name]
        if len(set(names)) < len(names):
            self.add_error("name_0", "Enter each person once")
        self._check_both_sides()

    def _check_both_sides(self) -> None:
        """V-7: nobody answers as researcher and as host manager in one round, whatever they are called."""
        of_part = {
            part: {one.email.casefold() for one in self.asked if one.part == part} for part in PlanPart
        }
        both = (of_part[PlanPart.RESEARCHER] & of_part[PlanPart.HOST_MANAGER]) - {""}
        for row in range(self.rows):
            is_theirs = str(self.cleaned_data.get(f"email_{row}") or "").casefold() in both
            if is_theirs and self.cleaned_data.get(f"part_{row}") == PlanPart.RESEARCHER:
                words = "Enter another address: this one answers as host manager already"
                self.add_error(f"email_{row}", words)


class PressForm(NhsForm):
    """One press."""
