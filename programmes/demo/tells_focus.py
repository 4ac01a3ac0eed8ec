"""What the demonstration's researcher was asked for, how the scope moved, supervision, the three questions, a set."""

from __future__ import annotations

import datetime
from typing import Final

from embedded.accounts.models import Person
from programmes.demo import cast
from programmes.demo.teller import Teller
from programmes.demo.under_way import UNDER_WAY
from programmes.focus import actions as focus
from programmes.models import Residency
from programmes.reflection import actions as reflection
from programmes.settling import actions as settling
from programmes.settling.plan import WEEK, from_the_record
from programmes.settling.reading import first_day
from programmes.supervision import actions as supervision
from programmes.supervision import peer_actions as peers

DAY: Final = datetime.timedelta(days=1)
# asked so many days ago · by whom · what · the answer · whether they know
_ASKED: Final = (
    (3, "Head of quality", "A slide on falls for the board, by Friday", "waiting", False),
    (9, "Ward manager, Beech", "Look at the complaints of the last year", "not_now", False),
    (24, "Information team", "Check the readmission query with them", "yes", True),
    (51, "Deputy director", "Write the winter pressures bid", "no", True),
)
_SCOPE: Final = (
    (250, "Telephone calls after discharge", "The second ward survey, until the spring"),
    (120, "Three people who fell join the group", "One meeting a month with the information team"),
)
_SHARES: Final = {
    "relational": 25,
    "knowledge_creation": 35,
    "educational": 10,
    "project_management": 10,
    "academic_home": 20,
}
# so many days ago · side · what was agreed
_MET: Final = (
    (40, "university", "First draft of the paper by the end of next month. A seminar in the spring."),
    (12, "host", "The board slide is done by the information team. The survey waits."),
)


def tell_focus(teller: Teller, residency: Residency, researcher: Person) -> None:
    """Of the one researcher whom a visitor can play."""
    if researcher != teller.person(cast.RESEARCHER):
        return
    for ago, name, what, answer, told in _ASKED:
        on = teller.day(-ago)
        asked = focus.Asked(what=what, on=on, by_name=name, answer=answer, told=told)
        focus.note_request(residency=residency, asked=asked, by=researcher, today=on)
    manager = teller.person(cast.MANAGER)
    for ago, what, gave_way in _SCOPE:
        focus.change_scope(residency=residency, on=teller.day(-ago), what=what, gave_way=gave_way, by=manager)
    focus.agree_shares(residency=residency, shares=_SHARES, since=teller.day(-250), by=manager)
    _supervise(teller, residency, researcher)
    _reflect(teller, residency, researcher)
    _meet_peers(teller, residency, researcher)
    _settle_in(residency, researcher)


def _supervise(teller: Teller, residency: Residency, researcher: Person) -> None:
    supervisors = {"university": teller.person(cast.SUPERVISOR), "host": teller.person(cast.MANAGER)}
    for ago, side, agreed in _MET:
        meeting = supervision.Meeting(
            person=researcher,
            side=side,
            with_name=str(supervisors[side]),
            with_person=supervisors[side],
            on=teller.day(-ago),
            agreed=agreed,
            next_on=teller.day(28 - ago),
        )
        supervision.record_supervision(residency=residency, meeting=meeting, by=supervisors[side])


def _reflect(teller: Teller, residency: Residency, researcher: Person) -> None:
    """Two months, of which the earlier one is shared."""
    this = teller.today.replace(day=1)
    before = (this - teller.today.resolution).replace(day=1)
    first = {"getting_in": "well", "line_of_work": "stuck", "academic": "so_so"}
    pulse = reflection.answer_pulse(
        residency=residency, month=before, answers=first, version=0, by=researcher
    )
    reflection.share_pulse(pulse=pulse, answers=first, version=1, by=researcher, on=teller.today)
    now = {"getting_in": "well", "line_of_work": "so_so", "academic": "stuck"}
    reflection.answer_pulse(residency=residency, month=this, answers=now, version=0, by=researcher)


def _meet_peers(teller: Teller, residency: Residency, researcher: Person) -> None:
    """A set of those whose residencies run."""
    lead = teller.person(cast.LEAD)
    words = peers.SetWords("als", "Thursday set", "Fay Underhill", 6)
    made = peers.make_set(programme=residency.programme, words=words, by=lead)
    members = [teller.person(story.researcher) for story in UNDER_WAY if story.researcher]
    for person in members:
        peers.add_member(peer_set=made, person=person, since=teller.day(-100), by=lead)
    rules = "We listen before we advise. What is said here stays here."
    peers.agree_rules(peer_set=made, rules=rules, version=1, by=researcher)
    learning = "Ask early what would make somebody stop the work."
    peers.record_meeting(
        peer_set=made, on=teller.day(-44), attended=members[:-1], learning=learning, by=researcher
    )


def _settle_in(residency: Residency, researcher: Person) -> None:
    """Each line of the record in its week, but the last two."""
    first = first_day(residency, researcher)
    for line in list(from_the_record(residency))[:-2]:
        on = first + line.week * WEEK - DAY if first else None
        settling.tick(residency=residency, line=line, by=researcher, on=on)
