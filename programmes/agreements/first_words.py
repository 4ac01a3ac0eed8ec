"""The first words of a working agreement: made from what is known of the residency, to be changed in plain parts."""

from __future__ import annotations

from collections.abc import Sequence

from embedded.nhsuk.words import counted, day, start_high
from programmes.models import Agreement, PublicationClause, Residency


def first_words(residency: Residency, agreements: Sequence[Agreement]) -> dict[str, str]:
    """The text of each part, by its name in document.PARTS. `agreements`: those that live today."""
    host = residency.host_manager_name or "the host manager"
    return {
        "supervision": _supervision(host, residency.academic_supervisor_name or "the academic supervisor"),
        "days_and_places": _days(residency),
        "asking": _asking(host),
        "bad_news": _bad_news(host),
        "publishing": _publishing(agreements),
        "no_go": (
            "- Covering shifts, or filling a gap in the team\n"
            "- Judging how a named member of staff works\n"
            "- Passing on what somebody said in confidence\n"
            "- Speaking to the press for the host"
        ),
        "ending": _ending(residency),
    }


def _supervision(host: str, academic: str) -> str:
    return (
        f"On the host's side {host} helps with people, access and what matters most. "
        f"On the academic side {academic} helps with method, writing and the next step in working life.\n"
        "- One to one with each side at least once a month\n"
        "- All together at least every three months, and sooner when one of us asks\n"
        "- When the two sides want different things, they settle it between them, not through the person in the middle"
    )


def _days(residency: Residency) -> str:
    days = residency.days_a_week
    number = f"{days.normalize():f} {'day' if days == 1 else 'days'} a week" if days else "The agreed days"
    host = residency.lead_host.display_name if residency.lead_host else "the host"
    place = f"{host} ({residency.site})" if residency.site else host
    return (
        f"{number} for this work, most of it at {place}.\n"
        "- There is a desk, a login and somewhere quiet to talk\n"
        "- Days are moved when both sides know a week before\n"
        "- Time for reading, writing and meetings at the academic home is working time"
    )


def _asking(host: str) -> str:
    return (
        f"- Work is asked for through {host}, who knows what else is waiting\n"
        "- Whoever asks says what the question is, who will use the answer, and by when\n"
        "- The answer is yes, not now, or no, within a week and with the reason\n"
        "- No is a fair answer: because of the purpose, the time, or because it cannot be found out that way"
    )


def _bad_news(host: str) -> str:
    return (
        f"- {start_high(host)} hears it first, in person, before others read it\n"
        "- Facts may be put right; findings are not left out because they are unwelcome\n"
        "- A risk to somebody's safety is told at once, by the host's own way of raising concerns"
    )


def _publishing(agreements: Sequence[Agreement]) -> str:
    stated = next((one for one in reversed(agreements) if one.publication), None)
    if stated is None:
        return "The host sees what is to be published 30 days before, and may put facts right. It does not decide."
    name = stated.get_kind_display().lower()
    if stated.publication == PublicationClause.NOTICE_PERIOD:
        days = counted(stated.publication_notice_days or 0, "day")
        return f"The host sees what is to be published {days} before, as the {name} says, and may put facts right."
    if stated.publication == PublicationClause.HOST_APPROVAL:
        return (
            f"The {name} lets the host decide on publishing. The host answers within 30 days and gives its reason in "
            "writing. When it says no, both supervisors and the programme lead talk about it together."
        )
    return (
        "The host sees what is to be published 30 days before, and may put facts right. It does not decide."
    )


def _ending(residency: Residency) -> str:
    end = f"It is planned to end on {day(residency.end)}.\n" if residency.end else ""
    return (
        f"{end}- Six months before, we decide whether it goes on\n"
        "- In the last three months nothing new is begun: we hand over, tell people what came of it, and say goodbye\n"
        "- Whoever wants to stop earlier says so to the others first, and we meet within two weeks"
    )
