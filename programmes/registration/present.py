"""What the pages of registering show: the task list, the answers as given, what happens next and whose it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from embedded.nhsuk.forms import NhsForm
from embedded.nhsuk.words import day, pounds
from programmes.access import Scope, leads_of
from programmes.founding import HOSTING
from programmes.in_order import confirm_by
from programmes.lifecycle import steps_from
from programmes.models import OrganisationPart, Residency, ResidencyOrganisation, Stage, StageChange
from programmes.registration import forms
from programmes.registration.pages import Page, is_open, pages_of, saved_in
from programmes.registration.reading import organisations_of

NOT_PROVIDED: Final = "Not provided"
NOT_YET: Final = "Not recorded yet"
# steps that are taken on a page of their own, by its URL name
OWN_PAGES: Final = {
    "submit": "registration_check",
    "approve": "approval",
    "return": "approval",
    "decline": "approval",
    "appoint": "appoint",
    "start": "start",
}


@dataclass(frozen=True)
class Section:
    """The answers of one page: rows of (label, value), where they are changed ("" if they cannot be), and what is
    said where there is no answer."""

    title: str
    url: str
    rows: list[tuple[str, str]]
    nothing: str

    @property
    def given(self) -> list[tuple[str, str]]:
        return [row for row in self.rows if row[1] != self.nothing]

    @property
    def lacking(self) -> list[str]:
        return [label for label, value in self.rows if value == self.nothing]


@dataclass(frozen=True)
class NextStep:
    """A step that the person may take now, and the page on which it is taken."""

    words: str
    url: str


def _url(residency: Residency, page: str) -> str:
    return reverse("registration_page", args=[residency.programme.slug, residency.code, page])


def answers(residency: Residency, *, change: bool, today: datetime.date) -> list[Section]:
    """Everything as given, money included; Change links lead back to check answers."""
    nothing = NOT_YET if confirm_by(residency, today) else NOT_PROVIDED
    sections = [
        Section(
            page.title,
            f"{_url(residency, page.name)}?then=check" if change and is_open(page, residency) else "",
            [(label, value or nothing) for label, value in _rows(residency, page)],
            nothing,
        )
        for page in pages_of(residency.programme)
    ]
    return [*sections, _organisations(residency, change=change, nothing=nothing)]


def _organisations(residency: Residency, *, change: bool, nothing: str) -> Section:
    """Every organisation with its own reference, and who goes where."""
    url = reverse("residency_organisations", args=[residency.programme.slug, residency.code])
    found = organisations_of(residency)
    hosts = [_with_reference(row) for row in found if row.part in HOSTING]
    homes = [_with_reference(row) for row in found if row.part == OrganisationPart.ACADEMIC_HOME]
    rows = [("All hosts", "\n".join(hosts)), ("All academic homes", "\n".join(homes))]
    where = ("Who goes where", str(residency.get_direction_display()))
    given = [row for row in rows if row[1]]
    return Section("Hosts, homes and direction", url if change else "", [*given, where], nothing)


def _with_reference(row: ResidencyOrganisation) -> str:
    name = row.organisation.display_name
    return f"{name}, reference {row.own_reference}" if row.own_reference else name


def _rows(residency: Residency, page: Page) -> list[tuple[str, str]]:
    saved = saved_in(page, residency, [])
    labels = LABELS | {"researcher_name": residency.programme.researcher_word.capitalize()}
    if page.name == "topics":
        return [("Theme", str(residency.theme or "")), ("Topics", ", ".join(residency.topics))]
    return [(labels[name], _shown(name, value)) for name, value in saved.items() if name in labels]


def _shown(name: str, value: Any) -> str:
    if name == "money_amount":
        return pounds(value)
    if name == "money_confirmed":
        return dict(forms.CONFIRMED).get(value, "")
    if isinstance(value, datetime.date):
        return day(value)
    if name == "days_a_week" and value is not None:
        return f"{value.normalize():f}"
    return str(value) if value else ""


LABELS: Final = {
    "title": "Title",
    "host": "Host",
    "site": "Hospital, site or team",
    "problem": "The problem",
    "decision": "The decision it should inform",
    "decision_by": "When the decision is made",
    "difference": "What should be different in a year",
    "how_known": "How you would know",
    "fairer_for": "Whose health or care should become fairer, and who is likely to be missed",
    "planned_start": "Start",
    "planned_end": "End",
    "days_a_week": "Days a week",
    "host_manager_name": "Host manager",
    "host_manager_email": "Host manager's email address",
    "academic_supervisor_name": "Academic supervisor",
    "academic_supervisor_email": "Academic supervisor's email address",
    "academic_home": "Academic home",
    "people_not_known": "Who will find out what is not known yet",
    "money_who_pays": "Who pays",
    "money_amount": "How much",
    "money_held_by": "Who holds the money",
    "money_cost_code": "Cost code",
    "money_confirmed": "Money confirmed",
    "own_reference": "Your own reference",
}


def compared(page: Page, residency: Residency, form: NhsForm) -> list[tuple[str, str, str]]:
    """For the page "changed since you opened it": label, what is saved now, what was typed, where they differ."""
    saved, typed = saved_in(page, residency, []), form.cleaned_data
    rows = []
    for name, value in saved.items():
        label = LABELS.get(name) or str(form.fields[name].label if name in form.fields else name)
        if name in typed and _shown(name, value) != _shown(name, typed[name]):
            rows.append(
                (label, _shown(name, value) or NOT_PROVIDED, _shown(name, typed[name]) or NOT_PROVIDED)
            )
    return rows


def next_steps(scope: Scope, residency: Residency) -> list[NextStep]:
    """The steps that lead on from here for this person, each to its page; a withdrawn or declined one has none."""
    roles = [step for step in steps_from(residency.stage) if scope.can(step.permission, residency)]
    slug, code = residency.programme.slug, residency.code
    found = [
        NextStep(step.words, reverse("step", args=[slug, code, step.name]))
        for step in roles
        if step.name not in OWN_PAGES
    ]
    if residency.stage in (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING) and scope.can("steer", residency):
        words = "Move the end" if residency.planned_end else "Agree when it ends"
        found.append(NextStep(words, reverse("step", args=[slug, code, "extend"])))
    return found


def deciders(residency: Residency) -> str:
    """Who decides, by name."""
    names = [person.display_name for person in leads_of(residency)]
    return _listed(names) if names else "the programme lead"


def last_return(changes: Iterable[StageChange]) -> StageChange | None:
    """The row of a return that has not been answered by sending it again."""
    rows = list(changes)
    return rows[-1] if rows and rows[-1].to_stage == Stage.IDEA and rows[-1].from_stage else None


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
