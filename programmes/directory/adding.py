"""Who may add an organisation by hand."""

from __future__ import annotations

from programmes.access import Scope

NEEDED = ("register", "edit_projects")  # the errands that ask for organisations


def may_add(scope: Scope) -> bool:
    """Whoever registers residencies or adds partners anywhere, or may start a programme."""
    return scope.person.may_start_programmes or any(
        scope.can_in_programme(permission, programme)
        for programme in scope.programmes()
        for permission in NEEDED
    )
