"""The columns of a file of residencies: how each is headed, by which everyday words it is known, what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from embedded.tables.reading.headings import Vocabulary, plain

ALWAYS, BEGUN, NO = "always", "unless it is only planned", "no"
OR_AGAIN, PAUSED, HELD = (
    "unless it is only planned, or “Look again on” is filled",
    "if it is paused",
    "if a permission is named",
)
OFFERED_DIRECTIONS: Final = "researcher to service, service to university, both ways"
OFFERED_PERMISSIONS: Final = "letter of access, honorary research contract, honorary contract"
OFFERED_COVERS: Final = (
    "supervision; publication; data; termination; employment; money; indemnity; intellectual property; "
    "confidentiality; public involvement costs; raising concerns"
)
NO_END: Final = "if it is paused, or runs without an agreed end"
WHY: Final = "What to put right"  # the column that we add to the rows handed back; never read


@dataclass(frozen=True)
class Column:
    """`must` says when a cell has to be filled; `spellings` are other headings under which it is known."""

    name: str
    heading: str
    must: str
    what: str
    example: str
    spellings: tuple[str, ...] = ()


def _column(name: str, heading: str, must: str, what: str, example: str, spellings: str = "") -> Column:
    return Column(name, heading, must, what, example, tuple(one for one in spellings.split(", ") if one))


COLUMNS: Final = (
    _column(
        "title",
        "Title",
        ALWAYS,
        "What it is about, in a few words, up to 200 characters",
        "Falls on the way home",
        "Residency, Residency title, Project, Project title, Name of residency, Topic",
    ),
    _column(
        "host",
        "Host",
        ALWAYS,
        "The organisation where the person works: its whole name or its code, such as RJ1",
        "RJ1",
        "Host organisation, Lead host, NHS host, Trust, NHS trust, Organisation, Host trust, Site",
    ),
    _column(
        "further_hosts",
        "Further hosts",
        NO,
        "Other hosts, with a semicolon between them",
        "RYJ; RRU",
        "Other hosts, Additional hosts, More hosts, Second host",
    ),
    _column(
        "stage",
        "Stage",
        ALWAYS,
        "One of: being planned, being set up, running, paused, ending, ended",
        "running",
        "Status, State, Stand, How does it stand, Current stage",
    ),
    _column(
        "start",
        "Start",
        BEGUN,
        "The day it started, or will: like 1/9/2025 or 2025-09-01",
        "1/9/2025",
        "Start date, Started, Started on, From, Begin, Begins, Date started, Date of start, Planned start",
    ),
    _column(
        "end",
        "End",
        OR_AGAIN,
        "The day it ends or ended: like 31/8/2027 or 2027-08-31. Empty if no end is agreed",
        "31/8/2027",
        "End date, Ends, Ended, Ended on, Until, To, Finish, Finish date, Date of end, Planned end",
    ),
    _column(
        "look_again_on",
        "Look again on",
        NO_END,
        "The day on which somebody looks at it again, after today",
        "1/3/2027",
        "To be looked at again, Review date, Review on, Next review, Date of review",
    ),
    _column(
        "why_paused",
        "Why it is paused",
        PAUSED,
        "The reason, in a sentence",
        "The ward moves to another site",
        "Reason for the pause, Reason paused, Pause reason, Why paused",
    ),
    _column(
        "researcher_name",
        "Researcher",
        BEGUN,
        "The full name of the person in the post",
        "Jo Bell",
        "Researcher name, Name of researcher, Name of the researcher, Embedded researcher, Name, Person, Full name, "
        "Resident, Post holder, Postholder",
    ),
    _column(
        "researcher_email",
        "Researcher's email",
        NO,
        "Where we send the invitation. Without it nobody is written to, and you can copy the link later",
        "jo.bell@university.example",
        "Email, E-mail, Email address, Researcher email, Researcher email address, Mail, Researchers email",
    ),
    _column(
        "researcher_role",
        "What the researcher does",
        NO,
        "What the person does in the post",
        "Anthropologist",
        "Role, Job title, Role of the researcher, What they do, Post",
    ),
    _column(
        "days_a_week",
        "Days a week",
        NO,
        "Days a week at the host, from 0.5 to 5",
        "2.5",
        "Days, Days per week, Days week",
    ),
    _column(
        "academic_home",
        "Academic home",
        NO,
        "The university: its whole name or its code",
        "University of Bristol",
        "University, HEI, Academic host, Employer, Home university",
    ),
    _column(
        "direction",
        "Who goes where",
        NO,
        f"One of: {OFFERED_DIRECTIONS}. Empty means researcher to service",
        "researcher to service",
        "Direction",
    ),
    _column(
        "host_manager_name",
        "Host manager",
        NO,
        "The full name of the manager at the host, the first one where there are several",
        "Priya Nair",
        "Manager, Line manager at the host, Host lead, Name of host manager",
    ),
    _column(
        "host_manager_email",
        "Host manager's email",
        NO,
        "Where we send reminders about access. Nobody is invited",
        "priya.nair@trust.example",
        "Host manager email, Host manager email address, Managers email, Manager email",
    ),
    _column(
        "host_supervisor_name",
        "Supervisor at the host",
        NO,
        "The full name of whoever supervises there, if that is not the host manager",
        "Dr Amal Reid",
        "Host supervisor, Clinical supervisor, Local supervisor",
    ),
    _column(
        "host_supervisor_email",
        "Host supervisor's email",
        NO,
        "For the working agreement, which people agree to by link",
        "amal.reid@trust.example",
        "Host supervisor email, Email of the supervisor at the host",
    ),
    _column(
        "academic_supervisor_name",
        "Academic supervisor",
        NO,
        "The full name of the supervisor at the university",
        "Professor Ada Ford",
        "University supervisor, Supervisor, Principal supervisor, PI",
    ),
    _column(
        "academic_supervisor_email",
        "Academic supervisor's email",
        NO,
        "For the working agreement, which people agree to by link",
        "ada.ford@university.example",
        "Academic supervisor email, Supervisor email, Supervisors email",
    ),
    _column("theme", "Theme", NO, "One of the programme's themes, as it is written there", "Ageing well", "Themes"),
    _column(
        "own_reference",
        "Your reference",
        NO,
        "The host's own reference, such as an EDGE or LPMS number",
        "EDGE 100234",
        "Reference, Own reference, Our reference, Ref, EDGE, EDGE ID, LPMS, Local reference",
    ),
    _column(
        "approved_on",
        "Approved on",
        NO,
        "The day it was approved",
        "12/6/2025",
        "Approved, Approval date, Date approved",
    ),
    _column(
        "approved_kept_at",
        "Approval kept at",
        NO,
        "Where the approval is kept, not the paper itself",
        "Research office, folder 12",
        "Where is the approval kept",
    ),
    _column(
        "agreement_on",
        "Agreement signed on",
        NO,
        "The day the agreement was signed",
        "20/7/2025",
        "Agreement, Agreement date, Agreement signed, Contract signed on, Contract date",
    ),
    _column(
        "agreement_kept_at",
        "Agreement kept at",
        NO,
        "Where the agreement is kept. Needed if the day is given",
        "Contracts office, CT-88",
        "Where is the agreement kept, Contract kept at",
    ),
    _column(
        "agreement_covers",
        "Agreement covers",
        NO,
        f"What the agreement speaks of, with a semicolon between them. Any of: {OFFERED_COVERS}",
        "supervision; publication; data; termination",
        "What the agreement covers, Covers, Contract covers",
    ),
    _column(
        "permission",
        "Permission",
        NO,
        f"The permission to be on site that the person holds at the host. One of: {OFFERED_PERMISSIONS}. "
        "Leave it empty if you do not have its day and reference: it can be recorded later",
        "letter of access",
        "Permission held, Permission to be on site, Type of permission",
    ),
    _column(
        "permission_issued_on",
        "Permission issued on",
        HELD,
        "The day it was issued",
        "15/8/2025",
        "Date of issue, Issued on, Permission issued, Permission date",
    ),
    _column(
        "permission_reference",
        "Permission reference",
        HELD,
        "The number or name under which it is kept",
        "LoA 2025/117",
        "Reference of the permission",
    ),
    _column(
        "permission_issuer",
        "Permission issued by",
        NO,
        "Who issued it. Empty means the host",
        "Research office",
        "Issued by, Issuer",
    ),
    _column(
        "permission_until",
        "Permission ends",
        NO,
        "Its last day. Empty if it has none",
        "31/8/2027",
        "Permission end date, Permission until, Permission expires, Expiry date, Access end date",
    ),
)  # fmt: skip
BY_NAME: Final = {column.name: column for column in COLUMNS}
VOCABULARY: Final = Vocabulary(
    known={plain(one): column.name for column in COLUMNS for one in (column.heading, *column.spellings)},
    headings={column.name: column.heading for column in COLUMNS},
    needed=("title", "host", "stage"),
    passed_over=(plain(WHY),),
)
