"""How a thing of the record is said in a portfolio, unless its owner says it in words of their own."""

from __future__ import annotations

from embedded.nhsuk.words import counted, day, month
from embedded.vault import CannotBeRead, Sealer
from programmes.entries.words import LOST, text_of
from programmes.models import Activity, Placement, PortfolioLine, Project, UseInDecision, UseOutcome


def said_of(thing: Activity | UseInDecision | Project, opener: Sealer, own: str = "") -> str:
    """One sentence or two: what it is and when, and then `own`, or what the record says. A project carries the number
    of contributions that partners made to it, as `contributed`."""
    match thing:
        case Activity():
            return _sentence(_entry_is(thing), own or _first_line(text_of(thing, opener)))
        case UseInDecision():
            opening = (
                "Used in a decision" if thing.outcome == UseOutcome.USED else thing.get_outcome_display()
            )
            decided = f"{thing.what}: {thing.decision} ({thing.decided_by})"
            return _sentence(f"{opening}, {month(thing.decided_on)}", own or decided)
    return _sentence(_project_is(thing), own)


def said_of_post(post: Placement) -> str:
    """What they are, where, with which university, and from when to when."""
    residency = post.residency
    where = [one.display_name for one in [*residency.hosts, *residency.academic_homes]]
    dates = f"{day(post.start)} to {day(post.end)}" if post.end else f"from {day(post.start)}"
    return ", ".join([post.role or "Embedded researcher", *where, dates])


def own_words(line: PortfolioLine, opener: Sealer) -> str:
    if line.text is None:
        return ""
    try:
        return opener.open(line.text)
    except CannotBeRead:
        return LOST


def said_in(line: PortfolioLine, opener: Sealer) -> str:
    """A line as page, PDF and Word file print it."""
    own = own_words(line, opener)
    if line.activity is not None:
        return said_of(line.activity, opener, own)
    if line.use is not None:
        return said_of(line.use, opener, own)
    if line.project is not None:
        line.project.contributed = line.contributed  # type: ignore[attr-defined]
        return said_of(line.project, opener, own)
    return own


def _entry_is(entry: Activity) -> str:
    what = entry.get_output_display() or entry.get_sign_display() or entry.get_kind_display()
    return f"{what}, {month(entry.date)}"


def _project_is(project: Project) -> str:
    until = f" to {month(project.ended_on)}" if project.ended_on else ""
    opening = f"Project “{project.title}”, from {month(project.started_on)}{until}"
    count: int = project.contributed  # type: ignore[attr-defined]
    return f"{opening}, with {counted(count, 'contribution')} by partners" if count else opening


def _first_line(text: str) -> str:
    return "" if text == LOST else text.strip().partition("\n")[0]


def _sentence(opening: str, more: str) -> str:
    return f"{opening}. {more}" if more else f"{opening}."
