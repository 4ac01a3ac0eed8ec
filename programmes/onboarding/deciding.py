"""Which permission is usual: from the answers to five questions to rows of the decision table. Nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from programmes.clearance import GENERAL_PRACTICE, NHS_BODIES, ROWS, Advice
from programmes.models import Classification, Organisation, OrganisationKind, PermissionCase, Project

INTO, OUT_OF = "to_service", "from_service"
DIRECTIONS: Final = [
    (INTO, "Somebody comes into the service"),
    (OUT_OF, "Somebody from the service goes to the university"),
]
EMPLOYERS: Final = [
    ("host", "The host itself"),
    ("nhs", "Another NHS organisation"),
    ("university", "A university"),
    (
        "clinical_academic",
        "A university, and they hold an honorary clinical contract with an NHS organisation",
    ),
    ("company", "A company"),
    ("other", "A charity, a council or somebody else"),
]
HOSTS: Final = [
    ("nhs", "An NHS trust, board or integrated care board"),
    ("practice", "A GP practice or a federation of practices"),
    ("not_nhs", "A council, a charity, a care provider or another host outside the NHS"),
    ("university", "A university"),
]
WORK: Final = [
    ("research", "Research"),
    ("other", "Service evaluation, improvement, clinical audit, surveillance or support"),
    ("both", "Both, in different projects"),
    ("unknown", "Not decided yet"),
]
BEARING: Final = [("yes", "Yes"), ("no", "No"), ("unknown", "Not sure")]
QUESTIONS: Final = ("direction", "employer", "host", "work", "bearing")

_BY_EMPLOYER: Final = {
    "nhs": [PermissionCase.OTHER_NHS],
    "clinical_academic": [PermissionCase.CLINICAL_ACADEMIC],
    "other": [PermissionCase.OTHER_EMPLOYER],
}
_BY_BEARING: Final = {
    "yes": [PermissionCase.UNIVERSITY_BEARING],
    "no": [PermissionCase.UNIVERSITY],
    "unknown": [PermissionCase.UNIVERSITY, PermissionCase.UNIVERSITY_BEARING],
}


@dataclass(frozen=True)
class Answers:
    """One answer to each question; the values of the lists above."""

    direction: str
    employer: str
    host: str
    work: str
    bearing: str


def rows_for(answers: Answers) -> list[Advice]:
    """The rows of the table that fit, the likeliest first: never none."""
    return [ROWS[case] for case in _cases(answers)]


def _cases(answers: Answers) -> list[PermissionCase]:
    if answers.employer == "host":
        return [PermissionCase.HOST_EMPLOYS]
    if answers.direction == OUT_OF or answers.host == "university":
        return [PermissionCase.REVERSE]
    if answers.host == "practice":
        return [PermissionCase.PRACTICE]
    if answers.host == "not_nhs":
        return [PermissionCase.NOT_NHS]
    if answers.employer == "company":
        return [PermissionCase.COMMERCIAL]
    if answers.work == "other":
        return [PermissionCase.NOT_RESEARCH]
    research = _BY_EMPLOYER.get(answers.employer) or _BY_BEARING[answers.bearing]
    return research if answers.work == "research" else [*research, PermissionCase.NOT_RESEARCH]


def answers_known(
    employer: Organisation | None, host: Organisation, projects: list[Project]
) -> dict[str, str]:
    """What the records of a post at a host answer already; what they do not say is left to be asked."""
    known = {"direction": INTO, "host": _host(host), "work": _work(projects), "bearing": "unknown"}
    if host.kind == OrganisationKind.HEI:
        known["direction"] = OUT_OF
    if employer is not None:
        known["employer"] = "host" if employer.pk == host.pk else _employer(employer)
    return known


def _host(host: Organisation) -> str:
    if host.kind == OrganisationKind.HEI:
        return "university"
    if host.kind in GENERAL_PRACTICE:
        return "practice"
    return "nhs" if host.kind in NHS_BODIES else "not_nhs"


def _employer(employer: Organisation) -> str:
    if employer.kind in NHS_BODIES:
        return "nhs"
    by_kind = {OrganisationKind.HEI.value: "university", OrganisationKind.PRIVATE_SECTOR.value: "company"}
    return by_kind.get(employer.kind, "other")


def _work(projects: list[Project]) -> str:
    kinds = {one.classification for one in projects} - {Classification.NOT_YET}
    if not kinds:
        return "unknown"
    if kinds == {Classification.RESEARCH}:
        return "research"
    return "both" if Classification.RESEARCH in kinds else "other"
