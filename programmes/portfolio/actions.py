"""Puts lines into a portfolio, words them, moves them and takes them out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import Max

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import check_version
from embedded.vault import Sealer
from programmes.models import Activity, PortfolioLine, Project, UseInDecision

_FIELDS: Final = {Activity: "activity", UseInDecision: "use", Project: "project"}


@transaction.atomic
def add_lines(
    *, module: int, things: Sequence[Activity | UseInDecision | Project], text: str, by: Person
) -> list[PortfolioLine]:
    """One for each thing that is not in the module yet, and one of own words where there are any; at the end."""
    there = PortfolioLine.objects.filter(person=by, module=module)
    last = there.aggregate(last=Max("position"))["last"] or 0
    known = {one for line in there.values(*_FIELDS.values()) for one in line.items()}
    named = [(_FIELDS[type(thing)], thing) for thing in things]
    new = [PortfolioLine(**{name: thing}) for name, thing in named if (name, thing.pk) not in known]
    if text.strip():
        new.append(PortfolioLine(text=Sealer(by).seal(text.strip())))
    for number, line in enumerate(new, start=1):
        line.person, line.module, line.position = by, module, min(last + number, 32_000)
    made = PortfolioLine.objects.bulk_create(new)
    record(
        by=by, deed="portfolio.lines_added", what="Portfolio", place="portfolio", details={"lines": len(made)}
    )
    return made


@transaction.atomic
def word_line(*, line: PortfolioLine, text: str, version: int, by: Person) -> None:
    """Says it in words of one's own; without any it is said as the record says it. Changed as everywhere."""
    check_version(line, version)
    line.text = Sealer(by).seal(text.strip()) if text.strip() else None
    line.save(update_fields=["text"])
    record(by=by, deed="portfolio.line_changed", what=f"Portfolio line {line.pk}", place="portfolio")


@transaction.atomic
def move_up(*, line: PortfolioLine, by: Person) -> None:
    """Changes places with the line before it in its module."""
    lines = list(PortfolioLine.objects.select_for_update().filter(person=by, module=line.module))
    here = next((number for number, one in enumerate(lines) if one.pk == line.pk), 0)
    if here:
        lines[here - 1], lines[here] = lines[here], lines[here - 1]
    for number, one in enumerate(lines, start=1):
        one.position = number
    PortfolioLine.objects.bulk_update(lines, ["position"])
    record(by=by, deed="portfolio.line_moved", what=f"Portfolio line {line.pk}", place="portfolio")


@transaction.atomic
def remove_line(*, line: PortfolioLine, by: Person) -> None:
    """Takes it out of the portfolio; what it points to stays."""
    record(by=by, deed="portfolio.line_removed", what=f"Portfolio line {line.pk}", place="portfolio")
    line.delete()
