"""The records: one file per noun."""

from programmes.models.activity import (
    PLAIN_KINDS,
    Activity,
    ActivityKind,
    ActivityMonth,
    Away,
    Note,
    Place,
    Readers,
)
from programmes.models.agreement import Agreement, AgreementKind
from programmes.models.membership import Invitation, Membership, Role
from programmes.models.organisation import (
    Nation,
    Organisation,
    OrganisationKind,
    OrganisationName,
)
from programmes.models.placement import (
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessKind,
    AccessState,
    Placement,
    StartOverride,
)
from programmes.models.programme import FundingScheme, Programme, ProgrammeVisit, Theme
from programmes.models.project import (
    PUBLIC_KINDS,
    Classification,
    Contribution,
    ContributionMode,
    LifecycleStage,
    Partner,
    PartnerKind,
    Project,
    ProjectPartner,
)
from programmes.models.report import Report
from programmes.models.residency import (
    Condition,
    Direction,
    EndChange,
    OrganisationPart,
    Residency,
    ResidencyOrganisation,
    ResidencyQuerySet,
    Stage,
    StageChange,
)
from programmes.models.use import UseInDecision, UseOutcome

__all__ = [
    "LEGAL_PERMISSIONS",
    "PLAIN_KINDS",
    "PUBLIC_KINDS",
    "AccessItem",
    "AccessKind",
    "AccessState",
    "Activity",
    "ActivityKind",
    "ActivityMonth",
    "Agreement",
    "AgreementKind",
    "Away",
    "Classification",
    "Condition",
    "Contribution",
    "ContributionMode",
    "Direction",
    "EndChange",
    "FundingScheme",
    "Invitation",
    "LifecycleStage",
    "Membership",
    "Nation",
    "Note",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "OrganisationPart",
    "Partner",
    "PartnerKind",
    "Place",
    "Placement",
    "Programme",
    "ProgrammeVisit",
    "Project",
    "ProjectPartner",
    "Readers",
    "Report",
    "Residency",
    "ResidencyOrganisation",
    "ResidencyQuerySet",
    "Role",
    "Stage",
    "StageChange",
    "StartOverride",
    "Theme",
    "UseInDecision",
    "UseOutcome",
]
