"""What a post needs before its person can work at a host: what to ask for, the short list, what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessKind,
    AccessState,
    Organisation,
    OrganisationKind,
    PermissionCase,
    Placement,
)

NHS_BODIES: Final = frozenset(
    {
        OrganisationKind.NHS_TRUST,
        OrganisationKind.NHS_FOUNDATION_TRUST,
        OrganisationKind.AMBULANCE_TRUST,
        OrganisationKind.MENTAL_HEALTH_TRUST,
        OrganisationKind.COMMUNITY_TRUST,
        OrganisationKind.ICB,
        OrganisationKind.HEALTH_BOARD,
        OrganisationKind.HSC_TRUST,
        OrganisationKind.NHS_ENGLAND_REGION,
    }
)
GENERAL_PRACTICE: Final = frozenset({OrganisationKind.GP_PRACTICE, OrganisationKind.GP_FEDERATION})
KINDS: Final = tuple(AccessKind)
PERMISSIONS: Final = tuple(LEGAL_PERMISSIONS)
MOST_LISTED: Final = 6  # users.md §1: show at most six that apply, "add another" for the rest


@dataclass(frozen=True)
class Advice:
    """A row of the decision table of domain.md §3.6, worded as a question to put to whoever decides: what is usual,
    why, and by which source; "" where nobody has published one."""

    case: PermissionCase
    when: str
    usual: str
    ask: str
    why: str
    who: str
    source: str


_GOOD_PRACTICE: Final = "NSPCR Central Office, “Research HR good practice” (nspccro.nihr.ac.uk)"
_FAQ: Final = "HR Good Practice Resource Pack, frequently asked questions"
_PASSPORTS: Final = (
    "University of Portsmouth, “Research passports” (port.ac.uk), on the HR Good Practice Resource Pack"
)
_FOR_HEIS: Final = "HR Good Practice Resource Pack, guide for higher education institutions"
_BARTS: Final = (
    "Joint Research Management Office of Barts and Queen Mary, “Personal research access” (jrmo.org.uk)"
)

_HOST_EMPLOYS: Final = Advice(
    PermissionCase.HOST_EMPLOYS,
    "The host employs the person",
    "Nothing beyond the contract of employment",
    "Nothing beyond the contract of employment. Ask whether the job description covers this work.",
    "The contract of employment already lets the person be there and insures what they do.",
    "the host's HR team",
    "",
)
_OTHER_NHS: Final = Advice(
    PermissionCase.OTHER_NHS,
    "Another NHS organisation employs the person, and the work is research",
    "NHS to NHS confirmation, then a letter of access",
    "For research: ask for NHS to NHS confirmation and a letter of access. An honorary research contract is not used.",
    "The employer has made the NHS checks already and confirms them; NHS insurance stays with the employer.",
    "the host's research office",
    _GOOD_PRACTICE,
)
_UNIVERSITY_BEARING: Final = Advice(
    PermissionCase.UNIVERSITY_BEARING,
    "A university employs the person, and the research could affect a patient's care",
    "Research passport, then an honorary research contract",
    "Ask about a research passport and an honorary research contract.",
    "What is done could change somebody's access to care, pathway or treatment, or could foreseeably cause injury, "
    "such as consenting people to a trial or taking blood: the host has to answer for it as for its own staff.",
    "the host's research office",
    _FAQ,
)
_UNIVERSITY: Final = Advice(
    PermissionCase.UNIVERSITY,
    "A university employs the person, and the research does not affect anybody's care",
    "Research passport, then a letter of access",
    "Ask about a research passport and a letter of access. Interviews that do not feed into care are of this kind.",
    "The passport shows the checks to the host once; the letter lets the person on site. The university stays "
    "responsible for what they do.",
    "the host's research office",
    _PASSPORTS,
)
_CLINICAL_ACADEMIC: Final = Advice(
    PermissionCase.CLINICAL_ACADEMIC,
    "A university employs the person, who also holds an honorary clinical contract with an NHS organisation",
    "NHS to NHS confirmation, without a passport",
    "Ask whether that contract covers this, by NHS to NHS confirmation. A passport may not be needed.",
    "An NHS organisation has made the checks already. An honorary clinical contract covers research too.",
    "the host's research office",
    _FOR_HEIS,
)
_OTHER_EMPLOYER: Final = Advice(
    PermissionCase.OTHER_EMPLOYER,
    "A charity, a council or somebody else employs the person, and the work is research",
    "It differs from host to host",
    "Ask which route the host uses. The research passport was made for universities; some hosts take it from others.",
    "No NHS body and no university has made the checks, so the host has to say who makes them.",
    "the host's research office",
    "",
)
_NOT_RESEARCH: Final = Advice(
    PermissionCase.NOT_RESEARCH,
    "The work is evaluation, improvement or management support, not research",
    "At some hosts an honorary contract; each host has its own rule",
    "Ask whether an honorary contract is needed. Research permissions may not cover it; each host has its own rule.",
    "A letter of access speaks of research. Whether it covers other work is for the host to say, and hosts differ.",
    "the host's HR team or research office: they differ in who answers",
    f"{_BARTS}: one host's rule, not a national one",
)
_COMMERCIAL: Final = Advice(
    PermissionCase.COMMERCIAL,
    "A company employs the person",
    "An agreement between the organisations, and confidentiality",
    "Ask which agreement between the organisations is needed, and about confidentiality.",
    "The NHS pack of passports, letters and honorary contracts was not made for companies.",
    "the host's contracts office",
    _GOOD_PRACTICE,
)
_NOT_NHS: Final = Advice(
    PermissionCase.NOT_NHS,
    "The host is not part of the NHS, such as a council, a charity or a care provider",
    "What the host asks of visitors and secondees",
    "Research passports, letters of access and honorary research contracts do not exist there. Ask what the host "
    "asks of visitors and secondees: often an agreement between the organisations, checks and confidentiality.",
    "The NHS pack ends at the door of the NHS.",
    "the host's HR team or legal team",
    "",
)
_PRACTICE: Final = Advice(
    PermissionCase.PRACTICE,
    "The host is a GP practice or a federation of practices",
    "Each practice decides; sometimes one letter covers several",
    "Ask each practice, and ask the integrated care board's research team whether it gives one letter for several.",
    "A practice is a business of its own under contract to the NHS, and lets in whom it chooses.",
    "the practice manager and the integrated care board",
    "",
)
_REVERSE: Final = Advice(
    PermissionCase.REVERSE,
    "Somebody from the service works in the university",
    "A visiting or honorary appointment at the university",
    "Ask about a visiting or honorary appointment at the university, for its library, systems and insurance.",
    "The NHS pack speaks of people who come into the NHS, not of those who go out from it.",
    "the university's HR team",
    "",
)
TABLE: Final = (
    _HOST_EMPLOYS,
    _OTHER_NHS,
    _UNIVERSITY_BEARING,
    _UNIVERSITY,
    _CLINICAL_ACADEMIC,
    _OTHER_EMPLOYER,
    _NOT_RESEARCH,
    _COMMERCIAL,
    _NOT_NHS,
    _PRACTICE,
    _REVERSE,
)
ROWS: Final = {row.case: row for row in TABLE}


def advice_for(employer: Organisation | None, host: Organisation) -> list[Advice]:
    """The rows worth asking about for this employer at this host. Advice only: the host decides (users.md §2)."""
    if employer is not None and employer.pk == host.pk:
        return [_HOST_EMPLOYS]
    if host.kind == OrganisationKind.HEI:
        return [_REVERSE]
    if host.kind in GENERAL_PRACTICE:
        return [_PRACTICE]
    if host.kind not in NHS_BODIES:
        return [_NOT_NHS]
    if employer is None:
        return [_UNIVERSITY, _UNIVERSITY_BEARING, _OTHER_NHS, _NOT_RESEARCH]
    if employer.kind in NHS_BODIES:
        return [_OTHER_NHS, _NOT_RESEARCH]
    if employer.kind == OrganisationKind.PRIVATE_SECTOR:
        return [_COMMERCIAL]
    if employer.kind != OrganisationKind.HEI:
        return [_OTHER_EMPLOYER, _NOT_RESEARCH]
    return [_UNIVERSITY, _UNIVERSITY_BEARING, _CLINICAL_ACADEMIC, _NOT_RESEARCH]


def kinds_for(employer: Organisation | None, host: Organisation) -> tuple[AccessKind, ...]:
    """The at most six things that are listed for a post at a host from the start."""
    everyday = (AccessKind.IG_TRAINING, AccessKind.IT_ACCOUNT, AccessKind.BADGE, AccessKind.INDUCTION)
    if employer is not None and employer.pk == host.pk:
        return everyday
    if host.kind not in NHS_BODIES:
        return (AccessKind.CONFIDENTIALITY, AccessKind.DATA_AGREEMENT, *everyday)
    if employer is not None and employer.kind in NHS_BODIES:
        return (AccessKind.LETTER_OF_ACCESS, AccessKind.DESK, *everyday)
    if employer is not None and employer.kind == OrganisationKind.PRIVATE_SECTOR:
        return (AccessKind.HONORARY_CONTRACT, AccessKind.CONFIDENTIALITY, *everyday)
    return (AccessKind.RESEARCH_PASSPORT, AccessKind.LETTER_OF_ACCESS, *everyday)


def list_needs(placement: Placement, hosts: Iterable[Organisation]) -> list[AccessItem]:
    """Writes the short list of a post at each host, due the day it starts; what is listed already stays."""
    rows = [
        AccessItem(placement=placement, host=host, kind=kind, due=placement.start)
        for host in hosts
        for kind in kinds_for(placement.employer, host)
    ]
    return AccessItem.objects.bulk_create(rows, ignore_conflicts=True)


def is_live(item: AccessItem, on: datetime.date) -> bool:
    """In place, begun, and its last day is not over."""
    begun = item.issued_on is None or item.issued_on <= on
    return item.state == AccessState.IN_PLACE and begun and (item.expires_on is None or item.expires_on >= on)


def lacks_permission(
    placement: Placement, host: Organisation, items: Iterable[AccessItem], on: datetime.date
) -> bool:
    """V-13, of the permission in law alone: no letter of access, honorary research contract or honorary contract is
    live at an NHS host that does not employ the person, and nobody has said why none is needed."""
    if placement.employer_id == host.pk or host.kind not in NHS_BODIES:
        return False
    permissions = [item for item in items if item.host_id == host.pk and item.kind in LEGAL_PERMISSIONS]
    if any(is_live(item, on) for item in permissions):
        return False
    return not permissions or any(item.state != AccessState.NOT_REQUIRED for item in permissions)


def missing(items: Iterable[AccessItem], on: datetime.date) -> list[AccessItem]:
    """What is neither live nor said to be unneeded."""
    return [item for item in items if item.state != AccessState.NOT_REQUIRED and not is_live(item, on)]


def expires_soon(item: AccessItem, on: datetime.date, within_days: int) -> bool:
    """V-34: in place, with no more than so many days left; the last day itself counts."""
    if not is_live(item, on) or item.expires_on is None:
        return False
    return (item.expires_on - on).days <= within_days


def has_expired(item: AccessItem, on: datetime.date) -> bool:
    return item.state == AccessState.IN_PLACE and item.expires_on is not None and item.expires_on < on
