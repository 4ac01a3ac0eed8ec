"""What the story says of a post that is to be filled: a job description that is approved, and one that is changed."""

from __future__ import annotations

from embedded.accounts.models import Person
from programmes.demo import cast
from programmes.demo.plot import Story
from programmes.demo.teller import Teller
from programmes.models import Residency
from programmes.recruitment import actions

_HOST = (
    "Hartbridge Hospitals runs two hospitals and takes on about 140 newly qualified nurses a year. Practice educators "
    "on each floor look after them in their first two years."
)


def describe_post(teller: Teller, story: Story, residency: Residency, manager: Person) -> None:
    """Drafted by the manager, approved by the lead; where nobody is found yet, a new draft says more of the host."""
    drafted, approved = teller.day(story.registered + 22), teller.day(story.registered + 27)
    description = actions.begin(
        residency=residency,
        variant="university",
        seniority="early",
        by=manager,
        at=teller.at(drafted),
    )
    actions.approve(
        description=description,
        version=description.version,
        by=teller.person(cast.LEAD),
        at=teller.at(approved),
    )
    if story.goes_to == "recruiting":
        actions.change(
            description=description,
            doing=lambda content: content.with_texts({"about_host": _HOST}),
            version=description.version,
            by=manager,
            at=teller.at(teller.day(story.registered + 40)),
        )
