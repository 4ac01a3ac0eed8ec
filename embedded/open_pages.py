"""The one list of pages that are open to somebody who is not signed in, besides allauth's own (trust.md P1)."""

from __future__ import annotations

from typing import Final

# At most twelve. A view on this list carries `login_not_required`; one that is not on it must not.
OPEN: Final = frozenset(
    {
        "livez",
        "readyz",
        "privacy",
        "accessibility",
        "contact",
        "guidance_library",
        "guidance_document",
        "guidance_editions",
        "guidance_pdf",
        "home",
        "access_answer",
        "registration_confirm",
        "use_confirm",
        "invitation_open",
        "first_lead_open",
    }
)
