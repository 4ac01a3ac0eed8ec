"""The forms of the team: a programme, an invitation in two steps, the first lead of an empty installation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from embedded.nhsuk.forms import (
    DateField,
    EmailField,
    NhsForm,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
)
from programmes.access import ROLES
from programmes.models import FundingScheme, Programme, Residency, Role, Theme
from programmes.registers.field import OrganisationField
from programmes.team.actions import ProgrammeWords


class ProgrammeForm(NhsForm):
    """A programme. Its words for residency and researcher stand in every page of it."""

    name = TextField("What is the programme called?", max_length=160, missing="Enter what it is called")
    lead_organisation = OrganisationField(
        "Which organisation leads it?",
        hint="Type a name, town, postcode or code",
        called="the organisation that leads it",
    )
    start = DateField("When does it start?", called="the date it starts")
    end = DateField("When does it end?", called="the date it ends", required=False)
    scheme = SelectField("Who funds it?", FundingScheme.choices, called="who funds it")
    award_reference = TextField("Award reference", max_length=80, required=False)
    aims = TextAreaField("What is it for?", rows=4, required=False)
    themes = TextAreaField(
        "Themes", rows=4, required=False, hint="One in each line. Leave it empty if there are none."
    )
    topics = TextAreaField(
        "Topics", rows=3, required=False, hint="Your own list, one in each line, such as falls or diabetes"
    )
    residency_word = TextField("One of them is called a", max_length=40)
    residencies_word = TextField("Several of them are called", max_length=40)
    researcher_word = TextField("The person is called an or a", max_length=40)
    researchers_word = TextField("Several people are called", max_length=40)
    half_days_only = TickField(
        "The log asks for half-days alone",
        required=False,
        hint="Coarser is kinder, and enough for every figure here. What is logged already stays as it is.",
    )

    def __init__(self, *args: Any, programme: Programme | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if programme is None:
            del self.fields["half_days_only"]
        else:
            del self.fields["lead_organisation"]
            self.fields["themes"].label = "Themes to add"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("start") and cleaned.get("end") and cleaned["end"] < cleaned["start"]:
            self.add_error("end", "The date it ends must be the same as or after the date it starts")
        for name in ("themes", "topics"):
            longest = 120 if name == "themes" else 60
            if any(len(line) > longest for line in lines(cleaned.get(name, ""))):
                self.add_error(name, f"Each line must be {longest} characters or fewer")
        return cleaned

    def words(self) -> ProgrammeWords:
        names = (set(ProgrammeWords.__dataclass_fields__) - {"topics"}) & self.fields.keys()
        typed = {name: self.cleaned_data[name] for name in names}
        return ProgrammeWords(**typed, topics=lines(self.cleaned_data["topics"]))

    def theme_names(self) -> list[str]:
        return lines(self.cleaned_data["themes"])


def lines(text: str) -> list[str]:
    """The lines that say something, each once."""
    return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def new_programme_values(today: Any) -> dict[str, Any]:
    fresh = Programme()
    fields = ("residency_word", "residencies_word", "researcher_word", "researchers_word", "scheme")
    return {"start": today} | {name: getattr(fresh, name) for name in fields}


def programme_values(programme: Programme) -> dict[str, Any]:
    values = {name: getattr(programme, name) for name in ProgrammeWords.__dataclass_fields__}
    return values | {"topics": "\n".join(programme.topics)}


class RoleForm(NhsForm):
    """The first step of an invitation: what part the person will play."""

    role = RadioField("What part will they play?", called="what part they will play")

    def __init__(self, *args: Any, roles: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        roles = list(roles)
        hints = {role: ROLES[role].description for role in roles}
        self.offer("role", [(role, Role(role).label) for role in roles], hints)


class InviteForm(NhsForm):
    """The second step: who, and where in the programme. Only the place that the role needs is asked."""

    name = TextField("Their name", max_length=120, missing="Enter their name")
    email = EmailField(
        "Their email address",
        hint="Leave it empty to hand them the link yourself",
        required=False,
        autocomplete="off",
    )
    theme = SelectField("Theme", called="the theme")
    organisation = OrganisationField(
        "Organisation", hint="Type a name, town, postcode or code", called="the organisation"
    )
    residency = SelectField("Which one?", called="which one")

    def __init__(
        self,
        *args: Any,
        place: str,
        themes: Iterable[Theme],
        residencies: Iterable[Residency],
        **options: Any,
    ) -> None:
        """`place` is "", "theme", "organisation" or "residency"."""
        super().__init__(*args, **options)
        self.place_asked = place
        self.themes = {str(theme.pk): theme for theme in themes}
        self.residencies = {str(residency.pk): residency for residency in residencies}
        self.offer("theme", [(pk, theme.name) for pk, theme in self.themes.items()])
        self.offer("residency", [(pk, str(one)) for pk, one in self.residencies.items()])
        for name in {"theme", "organisation", "residency"} - {place}:
            del self.fields[name]

    def place(self) -> Any:
        """The Theme, Organisation or Residency chosen; None for a role in the whole programme."""
        if self.place_asked == "organisation":
            return self.cleaned_data["organisation"]
        if self.place_asked == "theme":
            return self.themes[self.cleaned_data["theme"]]
        if self.place_asked == "residency":
            return self.residencies[self.cleaned_data["residency"]]
        return None


class PressForm(NhsForm):
    """Asks nothing: which button was pressed is the answer."""


class FirstLeadForm(NhsForm):
    """Who the first programme lead of an empty installation is."""

    name = TextField("Your name", max_length=120, missing="Enter your name", autocomplete="name")
    email = EmailField("Your email address")
