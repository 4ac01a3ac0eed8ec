"""The forms about organisations and the direction."""

from __future__ import annotations

from typing import Final

from embedded.nhsuk.forms import NhsForm, RadioField, TextField
from programmes.models import Direction, OrganisationPart
from programmes.registers.field import OrganisationField

PARTS: Final = [
    (OrganisationPart.HOST.value, "Host"),
    (OrganisationPart.ACADEMIC_HOME.value, "Academic home"),
]
CHANGES: Final = {
    Direction.ACADEMIC_TO_SERVICE.value: "Each host says what lets them in. Approval asks for an academic home",
    Direction.SERVICE_TO_ACADEMIC.value: "The host goes on employing them, and the days a week are days at the "
    "university. Approval does not ask for an academic home",
    Direction.TWO_WAY.value: "People work on both sides. One organisation can be host and academic home at once",
}


def reference_field() -> TextField:
    return TextField(
        "Their own reference",
        hint="For example an EDGE or LPMS number, a cost centre, or a data protection assessment",
        called="their own reference",
        required=False,
        max_length=80,
        width=20,
    )


class PartyForm(NhsForm):
    """Another host or academic home."""

    part = RadioField("What is its part?", PARTS, called="its part", inline=True)
    organisation = OrganisationField(
        "Which organisation?", hint="Type a name, a place or a code", called="the organisation"
    )
    own_reference = reference_field()


class ReferenceForm(NhsForm):
    own_reference = reference_field()


class DirectionForm(NhsForm):
    direction = RadioField("Who goes where?", Direction.choices, hints=CHANGES, called="who goes where")
