"""What others did when they were stuck, by challenge (domain.md §4.7), in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Challenge:
    """A question of the month, and what may help where the answer is "stuck"."""

    key: str
    question: str
    about: str
    looks_like: str
    try_this: tuple[str, ...]


CHALLENGES: Final = (
    Challenge(
        "getting_in",
        "Getting in with the people here",
        "getting in",
        "Not being asked along, being taken for an inspector, no desk, doors that somebody keeps",
        (
            "Be seen: the same place, the same days, a way to reach you that everybody knows",
            "Ask for more days at the host for a while, most of all at the start",
            "Find one person who knows the place, and go about with them",
            "Be of use early with something small that was asked for",
            "Learn how each team likes to hear things, and put it that way",
        ),
    ),
    Challenge(
        "line_of_work",
        "Keeping a clear line of work",
        "a clear line of work",
        "Everything is asked of you, the scope drifts, several people give you work",
        (
            "Say what each piece of work is for, and agree it with whoever asked",
            "Put requests on one list and answer each: yes, not now, no",
            "Go through what is expected with your managers again, and again after a change",
            "Take what does not fit to the group that guides the work, and ask what gives way",
        ),
    ),
    Challenge(
        "academic",
        "Staying an academic",
        "staying an academic",
        "No papers, no seminars, being alone with it, doubts whether you are still independent",
        (
            "Meet your academic supervisor at a fixed time, and talk of more than the project",
            "Keep days at the university, and a seminar that you go to",
            "Join a learning set or a peer group, where one may say what is hard",
            "Agree with the host that you are a critical friend: in which room, about what",
            "Look once more at what is agreed about publishing",
        ),
    ),
)
KEYS: Final = tuple(challenge.key for challenge in CHALLENGES)
