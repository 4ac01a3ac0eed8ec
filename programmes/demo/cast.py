"""The people and organisations of the demonstration: all invented, every address ends in .example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Actor:
    """A made-up person; `speaks_as` is how the sign-in page offers them, empty for those who are only named."""

    name: str
    email: str
    job: str
    speaks_as: str = ""
    says: str = ""


@dataclass(frozen=True)
class Place:
    """A made-up organisation; `code` is what the story calls it."""

    code: str
    name: str
    kind: str
    town: str


ORGANISATIONS: Final = (
    Place(
        "DEMO-WENDING", "Wending Valley Hospitals NHS Foundation Trust", "nhs_foundation_trust", "Wendingham"
    ),
    Place(
        "DEMO-LARKMOOR", "Larkmoor Community and Mental Health NHS Trust", "mental_health_trust", "Larkmoor"
    ),
    Place("DEMO-EASTMERE", "NHS Eastmere Integrated Care Board", "icb", "Eastmere"),
    Place("DEMO-SALTMARSH", "Saltmarsh Borough Council", "local_authority", "Saltmarsh"),
    Place("DEMO-HARTBRIDGE", "Hartbridge Hospitals NHS Trust", "nhs_trust", "Hartbridge"),
    Place("DEMO-WRENFORD", "University of Wrenford", "hei", "Wrenford"),
    Place("DEMO-CALDERSEA", "Caldersea Metropolitan University", "hei", "Caldersea"),
)

LEAD: Final = Actor(
    "Ruth Adeyemi",
    "ruth.adeyemi@closer-together.example",
    "Programme lead",
    "Programme lead",
    "Sees what needs attention, approves, asks for reports",
)
OFFICER: Final = Actor(
    "Tom Wickham",
    "tom.wickham@closer-together.example",
    "Programme officer",
    "Programme officer",
    "Keeps records complete, fills in for others",
)
THEME_LEAD: Final = Actor(
    "Professor Helen Marsh",
    "helen.marsh@wrenford.example",
    "Lead of the theme Ageing well",
    "Theme lead",
    "The same as the lead, for one theme",
)
MANAGER: Final = Actor(
    "Priya Nair",
    "priya.nair@wending.example",
    "Head of research and improvement",
    "Host manager",
    "Registers residencies at Wending Valley Hospitals",
)
RESEARCHER: Final = Actor(
    "Dr Amara Cole",
    "amara.cole@wrenford.example",
    "Research fellow",
    "Researcher",
    "Logs activity, keeps notes, records what was used",
)
SUPERVISOR: Final = Actor(
    "Professor Idris Vaughan",
    "idris.vaughan@wrenford.example",
    "Professor of health services research",
    "Academic supervisor",
    "Reads the notes that name him, and how it is going",
)
RD_OFFICER: Final = Actor(
    "Gareth Boyle",
    "gareth.boyle@wending.example",
    "R&D manager",
    "R&D officer",
    "Sees who is on site and under which permission",
)
PARTNER: Final = Actor(
    "Maureen Tilley",
    "maureen.tilley@home.example",
    "Carer and public contributor",
    "Public partner",
    "Helps to guide one residency",
)
LARKMOOR_MANAGER: Final = Actor(
    "Dele Okonjo", "dele.okonjo@larkmoor.example", "Associate director of nursing"
)
EASTMERE_MANAGER: Final = Actor("Fiona Craig", "fiona.craig@eastmere.example", "Head of strategy")
SALTMARSH_MANAGER: Final = Actor("Aled Prosser", "aled.prosser@saltmarsh.example", "Public health manager")
HARTBRIDGE_MANAGER: Final = Actor(
    "Nadia Rahman", "nadia.rahman@hartbridge.example", "Deputy chief operating officer"
)

TO_PLAY: Final = (LEAD, OFFICER, THEME_LEAD, MANAGER, RESEARCHER, SUPERVISOR, RD_OFFICER, PARTNER)
EVERYBODY: Final = (*TO_PLAY, LARKMOOR_MANAGER, EASTMERE_MANAGER, SALTMARSH_MANAGER, HARTBRIDGE_MANAGER)
