"""Every record of the work, re-exported from one file a noun."""

from programmes.models.organisation import (
    Nation,
    NameKind,
    Organisation,
    OrganisationKind,
    OrganisationName,
    RegisterLoad,
    Scheme,
)

__all__ = [
    "NameKind",
    "Nation",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "RegisterLoad",
    "Scheme",
]
