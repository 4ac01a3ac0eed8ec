"""What the pretend residencies planned together: one that came back to it a year later, and what a carer said."""

from __future__ import annotations

from typing import Final

from programmes.demo import cast
from programmes.demo.teller import Teller
from programmes.models import Residency
from programmes.planning import actions as planning
from programmes.planning.actions import Somebody, VisitWords

_TABLE: Final = (
    Somebody(cast.MANAGER.name, "host_manager"),
    Somebody(cast.RESEARCHER.name, "researcher"),
    Somebody(cast.SUPERVISOR.name, "academic"),
    Somebody("Maureen Tilley", "public"),
)
# day, answers by theme: (words, position)
_VISITS: Final = (
    (
        -712,
        {
            "outcomes": ("Fewer people over 75 back within a month. Staff can say what helped.", "one_end"),
            "power": ("The trust picks the topic, the researcher how to look at it.", "nearer_one"),
            "scale": ("One question to begin with, looked at again after six months.", "one_end"),
            "involvement": ("Maureen from the start. Nobody yet who has come back after a fall.", ""),
            "proximity": ("On the ward three days, every day in the first month.", "one_end"),
            "skills": ("Listening first; the information team helps with the figures.", ""),
            "relational_role": ("Bad news goes to Priya first, then to the group.", "nearer_one"),
            "learning": ("We look at it every six months. We stop if the ward closes.", ""),
        },
    ),
    (
        -250,
        {
            "power": ("Maureen and the Over Sixties chose the last two questions.", "nearer_other"),
            "scale": ("Telephone calls after discharge came up and were taken in.", "between"),
            "involvement": ("Three people who fell now come to the group.", ""),
        },
    ),
)
_CHANGED: Final = {
    "taking_part": ("Better since it moved to the afternoon.", ""),
    "worries": ("That the telephone calls stop when the money does.", ""),
}
_TOLD: Final = {
    "right_problem": ("Yes, but it begins with the ride home.", ""),
    "who_is_missing": ("People in the villages. The meeting is over before the first bus.", ""),
    "worries": ("That it is written up and nothing is done.", ""),
}


def plan_it(teller: Teller, residency: Residency) -> None:
    """Two times at the table, and what a carer said by telephone the first time and what had changed the second."""
    writer = teller.person(cast.RESEARCHER)
    for number, (day, said) in enumerate(_VISITS):
        on = teller.day(day)
        words = VisitWords(on=on, there=_TABLE, answers=said)
        planning.save_visit(residency=residency, visit=words, version=number, by=writer, at=teller.at(on))
    asked = teller.at(teller.day(_VISITS[0][0] + 5))
    voice = planning.ask_partner(
        residency=residency, name="Jean Abbott", offered="£12.50 in vouchers", by=writer, at=asked
    )
    planning.type_in(voice=voice, how="telephone", answers=_TOLD, version=voice.version, by=writer, at=asked)
    then = teller.at(teller.day(_VISITS[-1][0] + 5))
    later = planning.ask_partner(
        residency=residency, name=voice.name, offered=voice.offered, by=writer, at=then, follows=voice
    )
    planning.type_in(
        voice=later, how="telephone", answers=_CHANGED, version=later.version, by=writer, at=then
    )
