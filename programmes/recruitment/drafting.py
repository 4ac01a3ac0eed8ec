"""Makes a first draft from what is recorded about a residency: who, where, why, how long, in the programme's words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from embedded.nhsuk.words import day, start_low
from programmes.models import AccessItem, AccessState, PostVariant, Residency
from programmes.recruitment import bank
from programmes.recruitment.content import Content, Criterion, Duty

TO_CONFIRM: Final = "To be confirmed"
FULL_TIME: Final = Decimal("37.5")  # hours a week on Agenda for Change


def draft(residency: Residency, variant: str, seniority: str) -> Content:
    """The whole content; nothing in it is fixed, and everything can be edited."""
    names = names_of(residency, variant)
    duties, ids = _duties(seniority, names)
    texts = _post(residency, variant, seniority, names) | _purpose(residency, names)
    for name in ("scope", "support", "conditions", "general"):
        texts[name] = "\n".join(bank.terms(name, variant, names))
    texts["checks"] = "\n".join(_checks(residency, variant, names))
    return Content(texts=texts, duties=duties, criteria=_criteria(seniority, names, ids))


def names_of(residency: Residency, variant: str) -> Mapping[str, str]:
    """What stands for {host}, {home} and the others in the bank of wording."""
    programme = residency.programme
    host = residency.lead_host.display_name if residency.lead_host else "the host"
    home = next((one.display_name for one in residency.academic_homes), "the university")
    return {
        "host": host,
        "home": home,
        "employer": host if variant == PostVariant.NHS else home,
        "programme": programme.name,
        "residency": programme.residency_word,
        "researcher": programme.researcher_word,
        "researchers": programme.researchers_word,
    }


def _duties(seniority: str, names: Mapping[str, str]) -> tuple[tuple[Duty, ...], dict[str, int]]:
    """The duties of a fresh draft, and the id that each key of the bank got."""
    duties: list[Duty] = []
    ids: dict[str, int] = {}
    for group, lines in bank.duties(seniority, names).items():
        for line in lines:
            if line.used:
                ids[line.key] = len(duties) + 1
                duties.append(Duty(ids[line.key], group, line.words))
    return tuple(duties), ids


def _criteria(seniority: str, names: Mapping[str, str], ids: Mapping[str, int]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(
            id=number,
            heading=asked.heading,
            words=asked.words,
            essential=asked.essential,
            duties=tuple(ids[key] for key in asked.duties if key in ids),
            by=asked.by,
        )
        for number, asked in enumerate(bank.criteria(seniority, names), 1)
    )


def _post(residency: Residency, variant: str, seniority: str, names: Mapping[str, str]) -> dict[str, str]:
    host_manager = _person(residency.host_manager_name, "Host manager", names["host"])
    supervisor = _person(residency.academic_supervisor_name, "Academic supervisor", names["home"])
    word = names["researcher"]
    return {
        "title": f"{word[:1].upper()}{word[1:]}: {residency.title}"[:200],
        "grade": bank.grade(variant, seniority, names),
        "hours": _hours(residency.days_a_week, variant),
        "contract": _contract(residency),
        "employer": names["employer"],
        "host": ", ".join(one.display_name for one in residency.hosts) or TO_CONFIRM,
        "base": ", ".join(part for part in (residency.site, names["host"]) if part),
        "accountable_to": host_manager if variant == PostVariant.NHS else supervisor,
        "supervised_by": supervisor,
        "reports_to": host_manager,
        "guided_by": residency.guiding_group
        or "A group with people from both organisations and at least two members of the public",
    }


def _person(name: str, part: str, organisation: str) -> str:
    return f"{name}, {organisation}" if name else f"{part} at {organisation} ({TO_CONFIRM.lower()})"


def _hours(days: Decimal | None, variant: str) -> str:
    if days is None:
        return TO_CONFIRM
    share = f"{days / 5:.2f} of full time"
    words = f"{days.normalize():f} {'day' if days == 1 else 'days'} a week ({share})"
    if variant == PostVariant.UNIVERSITY:
        return words
    hours = (FULL_TIME * days / 5).normalize()
    return f"{words}: {hours:f} hours, where full time is {FULL_TIME} hours"


def _contract(residency: Residency) -> str:
    start, end = residency.planned_start, residency.planned_end
    if start and end:
        return f"Fixed term, from {day(start)} to {day(end)}"
    return f"Fixed term, from {day(start)}" if start else "Fixed term, dates to be confirmed"


def _purpose(residency: Residency, names: Mapping[str, str]) -> dict[str, str]:
    word = names["researcher"]
    article = "an" if word[:1].lower() in "aeiou" else "a"
    parts = [
        f"As {article} {word} you will work inside {names['host']}, together with {names['home']}, so that evidence "
        "is there when things are decided.",
        _sentence("", residency.problem),
        _sentence("Your work is meant to inform this decision: ", start_low(residency.decision)),
        _sentence("We hope to see this within a year: ", start_low(residency.difference)),
        _sentence(
            "The work should make health or care fairer, above all for those who are easily missed: ",
            start_low(residency.fairer_for),
        ),
    ]
    programme = [
        f"This {names['residency']} is part of {names['programme']}.",
        _sentence("", residency.programme.aims),
    ]
    host = f"{names['host']} is where you will work" + (f", at {residency.site}." if residency.site else ".")
    home = f"{names['home']} is your academic home: your link to other researchers, methods and a library."
    return {
        "purpose": " ".join(part for part in parts if part),
        "about_host": host,
        "about_home": home,
        "about_programme": " ".join(part for part in programme if part),
        "relationships": "\n".join(bank.terms("relationships", PostVariant.NHS, names)),
    }


def _sentence(opening: str, words: str) -> str:
    words = " ".join(words.split())
    if not words:
        return ""
    return f"{opening}{words}{'' if words[-1] in '.!?' else '.'}"


def _checks(residency: Residency, variant: str, names: Mapping[str, str]) -> list[str]:
    """The checks that an NHS employer makes before it employs anybody (domain.md §3.6). Of a post at a university: what
    the access list of the residency asks for, or what is usual while there is none."""
    if variant == PostVariant.NHS:
        return bank.terms("checks", variant, names)
    items = AccessItem.objects.filter(placement__residency=residency)
    kinds = items.exclude(state=AccessState.NOT_REQUIRED).order_by("id")
    listed = list(dict.fromkeys(item.get_kind_display() for item in kinds))
    return listed or bank.terms("checks", variant, names)
