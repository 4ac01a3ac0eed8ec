"""The demonstration's researcher keeps a diary, shares a part of it with the supervisor, and hears back."""

from __future__ import annotations

from typing import Final

from embedded.accounts.models import Person
from programmes.demo import cast
from programmes.demo.teller import Teller
from programmes.diary import actions as diary
from programmes.entries.words import Words
from programmes.measures.period import closed_months
from programmes.models import Readers, Residency

# so many days ago · what was written
_WRITTEN: Final = (
    (34, "Three weeks of asking for a desk. I notice that I apologise whenever I sit down."),
    (
        20,
        "The complaints say one thing and the ward says another. Both are right.\n\n"
        "People are told about their medicines while a relative is parking the car. Nobody wrote that down before.",
    ),
    (4, "A good day. Two people came to me with a question, not with a task."),
)
_SHARED: Final = 1  # which of them, and of that the second paragraph
_ANSWER: Final = "That is a finding. Write down how often it happens, and whom you would have to ask."
_OF_THE_MONTH: Final = "Thank you. It helps to see what the month went into."


def tell_diary(teller: Teller, residency: Residency, researcher: Person) -> None:
    """Of the one researcher whom a visitor can play."""
    if researcher != teller.person(cast.RESEARCHER):
        return
    supervisor, manager = teller.person(cast.SUPERVISOR), teller.person(cast.MANAGER)
    entries = [
        diary.write_entry(text=text, on=teller.day(-ago), today=teller.day(-ago), by=researcher)
        for ago, text in _WRITTEN
    ]
    ago, text = _WRITTEN[_SHARED]
    passage = diary.share_passage(
        source=entries[_SHARED],
        version=1,
        residency=residency,
        words=Words(text.partition("\n\n")[2], Readers.PEOPLE, [supervisor]),
        on=teller.day(1 - ago),
        by=researcher,
    )
    answered = teller.day(2 - ago)
    diary.add_comment(residency=residency, text=_ANSWER, on=answered, by=supervisor, passage=passage)
    month = closed_months(teller.day(0), 1).start
    diary.add_comment(residency=residency, text=_OF_THE_MONTH, on=teller.day(0), by=manager, month=month)
