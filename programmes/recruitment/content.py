"""What a written job description holds: texts by name, duties in six groups, criteria that come from duties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

MOST_LINES: Final = 16  # of duties, before the page warns (users.md decision 19)
MOST_DUTIES: Final = 40  # of one group
MOST_CRITERIA: Final = 60

GROUPS: Final = {
    "relational": "Relational",
    "knowledge_creation": "Knowledge creation",
    "educational": "Educational",
    "project_management": "Project management",
    "coproduction": "Co-production and involvement",
    "scholarship": "Scholarship and self-care",
}
HEADINGS: Final = {
    "qualifications": "Qualifications",
    "experience": "Experience",
    "knowledge": "Knowledge",
    "skills": "Skills",
    "attributes": "Attributes",
    "other": "Other",
}
ASSESSED: Final = {
    "application": "Application",
    "interview": "Interview",
    "task": "Task",
    "reference": "Reference",
}


@dataclass(frozen=True)
class Duty:
    """One line of the main duties; `id` stays when its words change."""

    id: int
    group: str
    words: str


@dataclass(frozen=True)
class Criterion:
    """One line of the person specification. `duties` are the ids of those that it comes from."""

    id: int
    heading: str
    words: str
    essential: bool
    duties: tuple[int, ...] = ()
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    texts: Mapping[str, str] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    criteria: tuple[Criterion, ...] = ()

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Content:
        return cls(
            texts=dict(kept.get("texts", {})),
            duties=tuple(Duty(**one) for one in kept.get("duties", [])),
            criteria=tuple(
                Criterion(**(one | {"duties": tuple(one["duties"]), "by": tuple(one["by"])}))
                for one in kept.get("criteria", [])
            ),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "texts": dict(self.texts),
            "duties": [asdict(one) for one in self.duties],
            "criteria": [
                asdict(one) | {"duties": list(one.duties), "by": list(one.by)} for one in self.criteria
            ],
        }

    def in_group(self, group: str) -> list[Duty]:
        return [duty for duty in self.duties if duty.group == group]

    def numbered(self) -> dict[int, int]:
        """The number that each duty has on paper, by its id: counted on through the groups."""
        ordered = [duty for group in GROUPS for duty in self.in_group(group)]
        return {duty.id: number for number, duty in enumerate(ordered, 1)}

    def criterion(self, number: int) -> Criterion | None:
        return next((one for one in self.criteria if one.id == number), None)

    @property
    def has_many_lines(self) -> bool:
        """Beyond sixteen: said, never forbidden."""
        return len(self.duties) > MOST_LINES

    def untied(self) -> list[Criterion]:
        """V-110: essential criteria that come from no duty."""
        known = {duty.id for duty in self.duties}
        return [one for one in self.criteria if one.essential and not known & set(one.duties)]

    # changing: each gives a new content

    def with_texts(self, texts: Mapping[str, str]) -> Content:
        return replace(self, texts={**self.texts, **texts})

    def with_duties(self, lines: Mapping[str, Sequence[str]]) -> Content:
        """The duties as typed, a list of lines for each group. A line that was there keeps its id, and so does one
        whose words were changed in its place; criteria let go of duties that are gone."""
        duties: list[Duty] = []
        following = 1 + max((duty.id for duty in self.duties), default=0)
        for group in GROUPS:
            for words, known in _same_lines(self.in_group(group), lines.get(group, ())):
                duties.append(Duty(known or following, group, words))
                following += not known
        left = {duty.id for duty in duties}
        criteria = tuple(
            replace(one, duties=tuple(number for number in one.duties if number in left))
            for one in self.criteria
        )
        return replace(self, duties=tuple(duties), criteria=criteria)

    def with_criterion(self, criterion: Criterion) -> Content:
        """Puts it in the place of the one with its id; one with the id 0 is new and goes to the end."""
        if criterion.id:
            kept = tuple(criterion if one.id == criterion.id else one for one in self.criteria)
            return replace(self, criteria=kept)
        following = 1 + max((one.id for one in self.criteria), default=0)
        return replace(self, criteria=(*self.criteria, replace(criterion, id=following)))

    def without_criterion(self, number: int) -> Content:
        return replace(self, criteria=tuple(one for one in self.criteria if one.id != number))


def _same_lines(before: Sequence[Duty], lines: Sequence[str]) -> list[tuple[str, int]]:
    """Each line with the id of the duty that it is, 0 for a new one."""
    by_words = {duty.words: duty.id for duty in before}
    taken = {by_words[words] for words in lines if words in by_words}
    found: list[tuple[str, int]] = []
    for place, words in enumerate(lines):
        known = by_words.pop(words, 0)
        if not known and place < len(before) and before[place].id not in taken:
            known = before[place].id
        taken.add(known)
        found.append((words, known))
    return found


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
