"""The task list of a registration in its seven sections: what there is to do, on which page, whether it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils import timezone

from embedded.nhsuk.words import counted, day
from programmes.access import Scope
from programmes.in_order import confirm_by, is_to_confirm
from programmes.models import Direction, Residency, Stage
from programmes.registration import missing
from programmes.registration.pages import Page, elsewhere, is_open, pages_of, saved_in
from programmes.registration.permissions import AccessSeen

TWO: Final = 2  # public partners by default, so that nobody is alone (users.md decision 12)
CAN_WAIT: Final = "You can send it without"


@dataclass(frozen=True)
class Task:
    """A row of the task list; no address once the page is closed."""

    title: str
    url: str
    completed: bool
    hint: str = ""


@dataclass(frozen=True)
class TaskSection:
    """One of the seven."""

    title: str
    tasks: list[Task]


def task_sections(scope: Scope, residency: Residency, seen: AccessSeen | None) -> list[TaskSection]:
    """About, people, money, agreement, access, plan, public partners: each with the rows whose pages are open to this
    person. What is asked for before it is sent, and what may follow, have the same two statuses."""
    lacks = missing.before_sending(residency)
    pages = {
        page.name: _page(residency, page, [lack.words for lack in lacks if lack.page == page.name])
        for page in pages_of(residency.programme)
    }
    about = [pages[name] for name in ("idea", "purpose", "difference", "dates", "topics") if name in pages]
    found: list[tuple[str, list[Task | None]]] = [
        ("About it", [*about, _organisations(residency), _if(scope, "edit_projects", _shelf, residency)]),
        ("People", [pages["people"], _if(scope, "set_up", _behind_it, residency)]),
        ("Money", [pages["money"]]),
        ("Agreement", [_if(scope, "see_agreements", _agreement, residency)]),
        ("Access", [_access(residency, seen) if seen else None]),
        ("Plan", [_if(scope, "see_plan", _plan, residency)]),
        ("Public partners", [_if(scope, "set_up", _partners, residency)]),
    ]
    listed = [TaskSection(title, [task for task in tasks if task]) for title, tasks in found]
    return [section for section in listed if section.tasks]


def _if(
    scope: Scope, permission: str, task: Callable[[Residency], Task], residency: Residency
) -> Task | None:
    return task(residency) if scope.can(permission, residency) else None


def _page(residency: Residency, page: Page, lacking: list[str]) -> Task:
    """A page with what is missing on it; an optional page is complete once anything stands there."""
    completed = not lacking and any(saved_in(page, residency, []).values())
    hint = ""
    if lacking:
        hint = "; ".join(lacking[:1] + [words[0].lower() + words[1:] for words in lacking[1:]])
    elif page.optional and not completed:
        hint = CAN_WAIT if residency.stage == Stage.IDEA else ""
    if is_open(page, residency):
        return Task(page.title, _url(residency, "registration_page", page.name), completed, hint)
    there = elsewhere(page, residency)
    return Task(page.title, _url(residency, there) if there else "", completed, hint)


def _organisations(residency: Residency) -> Task:
    home = bool(residency.academic_homes) or residency.direction == Direction.SERVICE_TO_ACADEMIC
    hint = "" if home else "Name the academic home here or with the people"
    if len(residency.hosts) > 1:
        hint = ". ".join(filter(None, [f"{len(residency.hosts)} hosts", hint]))
    return Task("Hosts, homes and direction", _url(residency, "residency_organisations"), home, hint)


def _shelf(residency: Residency) -> Task:
    filled = residency.shelf.exists()
    hint = "" if filled else "Folders, minutes and plans kept elsewhere"
    return Task("Shelf of links", _url(residency, "shelf"), filled, hint)


def _behind_it(residency: Residency) -> Task:
    parts = {
        "sponsor": residency.sponsor_name,
        "navigator": residency.navigator_name,
        "mentor": residency.mentor_name,
    }
    lacking = [called for called, name in parts.items() if not name]
    hint = f"Not named yet: {', '.join(lacking)}" if lacking else ""
    return Task(
        "Supervisor at the host, sponsor, navigator and mentor", _url(residency, "posts"), not lacking, hint
    )


def _agreement(residency: Residency) -> Task:
    live = missing.has_live_agreement(residency)
    return Task(
        "How you work together, and the contracts",
        _url(residency, "agreements"),
        live,
        "" if live else "Supervision, publication, data and how it can end",
    )


def _access(residency: Residency, seen: AccessSeen) -> Task:
    today = timezone.localdate()
    posts, open_ones = bool(seen.posts), seen.lacking(today)
    confirming = sum(is_to_confirm(item, residency, today) for item in open_ones)
    hint = "Listed for each person and host once somebody is named"
    if posts:
        told = [f"{len(open_ones) - confirming} not in place"] if len(open_ones) > confirming else []
        told += [f"{confirming} to be confirmed by {day(confirm_by(residency, today))}"] if confirming else []
        asked = len(seen.questions)
        told += [f"{counted(asked, 'question')} on what a permission covers"] if asked else []
        hint = ", ".join(told)
    done = posts and not hint
    return Task("Permission to be on site", _url(residency, "access"), done, hint)


def _plan(residency: Residency) -> Task:
    absent = missing.not_at_the_table(residency)
    hint = f"Still to be heard: {absent}" if absent else ""
    return Task("Plan it together", _url(residency, "planning"), not absent, hint)


def _partners(residency: Residency) -> Task:
    known = residency.guiding_group_entered_on is not None
    there = residency.public_partners_in_guiding_group if known else 0
    hint = "" if there >= TWO else "Two or more, so that nobody is alone"
    address = f"{_url(residency, 'steering')}#id_guiding_group"
    return Task("Public partners in the group that guides it", address, there >= TWO, hint)


def _url(residency: Residency, name: str, *args: object) -> str:
    return reverse(name, args=[residency.programme.slug, residency.code, *args])
