"""The words of a sheet for what is chosen from a list: as our pages say it, as we keep it, and as people write it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import TextChoices

from programmes.models import LEGAL_PERMISSIONS, AccessKind, AgreementCover, Direction

_DIRECTIONS: Final = {
    Direction.ACADEMIC_TO_SERVICE: ("researcher to service", "university to service", "to the service"),
    Direction.SERVICE_TO_ACADEMIC: ("service to university", "to the university", "from the service"),
    Direction.TWO_WAY: ("both ways", "both", "two ways"),
}
_PERMISSIONS: Final = {
    AccessKind.LETTER_OF_ACCESS: ("letter of access", "loa", "letter"),
    AccessKind.HONORARY_RESEARCH_CONTRACT: ("honorary research contract", "hrc"),
    AccessKind.HONORARY_CONTRACT: ("honorary contract", "hc"),
}
_COVERS: Final = {
    AgreementCover.TERMINATION: ("termination", "ending", "notice"),
    AgreementCover.COST_RECOVERY: ("money", "costs", "finance"),
    AgreementCover.INTELLECTUAL_PROPERTY: ("ip",),
    AgreementCover.PUBLICATION: ("publishing",),
    AgreementCover.RAISING_CONCERNS: ("concerns",),
}


def _spelt(kinds: Iterable[TextChoices], everyday: Mapping[Any, tuple[str, ...]]) -> dict[str, str]:
    return {
        spelling: kind.value
        for kind in kinds
        for spelling in (str(kind.label).casefold(), kind.value.replace("_", " "), *everyday.get(kind, ()))
    }


DIRECTIONS: Final = _spelt(Direction, _DIRECTIONS)
PERMISSIONS: Final = _spelt(LEGAL_PERMISSIONS, _PERMISSIONS)
COVERS: Final = _spelt(AgreementCover, _COVERS)
