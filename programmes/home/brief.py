"""One residency on one page, to read or print before a call: what stands, who is who, what is open, what came of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string

from embedded.nhsuk.words import day, start_low
from embedded.pdf import PrintedPdf, print_pdf
from programmes.access import Scope
from programmes.clearance import has_expired
from programmes.home.finding import UNDER_WAY
from programmes.home.following import Next
from programmes.home.lines import dates
from programmes.home.present import ResidencyView, missing_access, residency_view
from programmes.in_order import confirm_by, is_to_confirm, state_words
from programmes.models import AccessItem, Placement, Residency


@dataclass(frozen=True)
class Room:
    """How much there is room for: lines of a list, characters of a text and of a line."""

    lines: int
    text: int
    short: int


USUAL: Final = Room(3, 230, 90)
TIGHT: Final = Room(2, 110, 60)


@dataclass(frozen=True)
class Brief:
    """The page: what is next, (label, text) pairs, and headed lists with what to say where one is empty."""

    title: str
    code: str
    stage: str
    colour: str
    dates: str
    next: Next | None
    facts: list[tuple[str, str]]
    lists: list[tuple[str, list[str], str]]
    made_on: datetime.date


def brief_of(scope: Scope, residency: Residency, today: datetime.date, room: Room = USUAL) -> Brief:
    """What its reader may see, and no more than fills a page."""
    view = residency_view(scope, residency, today)
    return Brief(
        title=residency.title,
        code=residency.code,
        stage=view.stage,
        colour=view.colour,
        dates=dates(residency, today),
        next=view.next,
        facts=[*_people(scope, residency, room), *_purpose(residency, room)],
        lists=[
            ("Open", _open(scope, residency, view, room), "Nothing is open."),
            ("Dates ahead", _dates_ahead(residency, today), "No date is known."),
            ("Used in decisions", _uses(residency, room), "Nothing is recorded yet."),
            ("Happened last", _steps(view, room), "Nothing yet."),
        ],
        made_on=today,
    )


def _people(scope: Scope, residency: Residency, room: Room) -> list[tuple[str, str]]:
    posts = [
        f"{post.person} ({_for_how_long(post)})" for post in list(residency.placements.all())[-room.lines :]
    ]
    inside = scope.can("see_programme", residency)

    def reached(name: str, email: str) -> str:
        return ", ".join(filter(None, [name, email if inside else ""]))

    supervisors = (
        reached(residency.academic_supervisor_name, residency.academic_supervisor_email),
        reached(residency.second_supervisor_name, residency.second_supervisor_email),
    )
    return [
        ("Hosts", "; ".join(host.display_name for host in residency.hosts)),
        ("Academic homes", "; ".join(home.display_name for home in residency.academic_homes)),
        ("Who pays", "; ".join(funder.display_name for funder in residency.funders)),
        (residency.programme.researcher_word.capitalize(), "; ".join(posts) or residency.researcher_name),
        ("Host manager", reached(residency.host_manager_name, residency.host_manager_email)),
        ("Supervisor at the host", reached(residency.host_supervisor_name, residency.host_supervisor_email)),
        ("Academic supervisor", "; ".join(filter(None, supervisors))),
        ("Executive sponsor", residency.sponsor_name),
        ("Guiding group", shortened(residency.guiding_group, room.short)),
    ]


def _for_how_long(post: Placement) -> str:
    if post.is_withdrawn:
        return f"withdrawn, was to begin on {day(post.start)}"
    to = f" to {day(post.end)}" if post.end else ""
    return f"{post.wte * 100:.0f}% of full time from {day(post.start)}{to}"


def _purpose(residency: Residency, room: Room) -> list[tuple[str, str]]:
    by = f" (by {day(residency.decision_by)})" if residency.decision and residency.decision_by else ""
    return [
        ("The problem", shortened(residency.problem, room.text)),
        ("The decision it should inform", shortened(residency.decision, room.text) + by),
        ("Different in a year", shortened(residency.difference, room.text)),
        ("Fairer for whom", shortened(residency.fairer_for, room.text)),
    ]


def _open(scope: Scope, residency: Residency, view: ResidencyView, room: Room) -> list[str]:
    """Conditions that are not met, what access lacks, then what is left of the closing list; the rest counted."""
    found = [
        f"Condition: {shortened(one.what, room.short)} ({one.owner_name}, by {day(one.due)})"
        for one in view.conditions
        if one.met_on is None
    ]
    if residency.stage in UNDER_WAY and scope.can("see_access", residency):
        for item in missing_access(residency, scope.today):
            by = f", by {day(item.due)}" if item.due and not has_expired(item, scope.today) else ""
            found.append(
                f"{item.get_kind_display()} for {item.placement.person} at {item.host}: "
                f"{_stands(item, residency, scope.today)} ({item.owner_name or 'nobody named'}{by})"
            )
    for one in view.to_close:
        by = f", by {day(one.due)}" if one.due else ""
        found.append(
            f"To close: {shortened(start_low(one.words), room.short)} ({one.who or 'nobody named'}{by})"
        )
    return some(found, room)


def _stands(item: AccessItem, residency: Residency, today: datetime.date) -> str:
    if is_to_confirm(item, residency, today):
        return f"to be confirmed by {day(confirm_by(residency, today))}"
    words = start_low(state_words(item, today))
    return f"{words} on {day(item.expires_on)}" if has_expired(item, today) else words


def _dates_ahead(residency: Residency, today: datetime.date) -> list[str]:
    looks_back = residency.ended_on is not None
    ahead = [
        (residency.planned_start if residency.started_on is None else None, "It should start"),
        (residency.decision_by, "The decision is made"),
        (residency.review_on, "Looking back: what lasted?" if looks_back else "To be looked at again"),
        (residency.planned_end if residency.ended_on is None else None, "It ends"),
    ]
    return [
        f"{day(on)}: {words}"
        for on, words in sorted((on, words) for on, words in ahead if on and on >= today)
    ]


def _uses(residency: Residency, room: Room) -> list[str]:
    rows = residency.uses.all()[: room.lines + 1]
    return some(
        [
            f"{shortened(use.what, room.short)}, in: {shortened(use.decision, room.short)} ({use.decided_by}, "
            f"{day(use.decided_on)}, {'confirmed' if use.confirmed_at else 'not confirmed yet'})"
            for use in rows
        ],
        room,
        counted=False,
    )


def _steps(view: ResidencyView, room: Room) -> list[str]:
    return [
        f"{day(step.on)}: {step.get_to_stage_display()}"
        f"{f'. {shortened(step.why, room.short)}' if step.why else ''}"
        for step in reversed(view.history[-room.lines :])
    ]


def some(lines: list[str], room: Room, *, counted: bool = True) -> list[str]:
    """The first ones, and that there are more."""
    more = len(lines) - room.lines
    if more <= 0:
        return lines
    return [*lines[: room.lines], f"And {more} more" if counted else "And more"]


def shortened(text: str, longest: int) -> str:
    """One line of at most so many characters, broken between words where it can be."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"


def printed(scope: Scope, residency: Residency, today: datetime.date) -> PrintedPdf:
    """The same page as a tagged PDF: where it would run over, in fewer words. Raises CannotPrint."""
    sheet = _printed(brief_of(scope, residency, today), residency)
    if sheet.pages > 1:
        sheet = _printed(brief_of(scope, residency, today, TIGHT), residency)
    return sheet


def _printed(brief: Brief, residency: Residency) -> PrintedPdf:
    standing = f"{brief.stage.capitalize()}. {brief.dates}"
    paper = render_to_string(
        "paper/brief.jinja",
        {
            "title": brief.title,
            "paper": brief,
            "sheet": True,
            "edition_line": f"{brief.code} · {standing} · {day(brief.made_on)}",
            "newer_line": f"Made with {settings.SERVICE_NAME}. It shows what stood on that day.",
        },
    )
    return print_pdf(
        paper,
        f"Brief: {brief.title}",
        author=str(residency.programme),
        made_on=brief.made_on,
        subject=standing,
    )
