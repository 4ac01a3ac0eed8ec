"""The one list of pages that are open to somebody who is not signed in, besides allauth's own (trust.md P1).

A view on this list carries `login_not_required`; one that is not on it must not.
"""

from __future__ import annotations

from typing import Final

# At most twelve: everybody may read these.
FOR_EVERYBODY: Final = frozenset(
    {
        "accessibility",
        "contact",
        "home",
        "interest",
        "livez",
        "privacy",
        "ready",
        "readyz",
    }
)

# The guidance: everybody may read, download and put together all of it.
IN_THE_LIBRARY: Final = frozenset(
    {
        "guidance_compare",
        "guidance_document",
        "guidance_editions",
        "guidance_library",
        "guidance_pack",
        "guidance_pack_choose",
        "guidance_pack_file",
        "guidance_packs",
        "guidance_pdf",
        "guidance_ready_pack",
        "guidance_sheet",
        "guidance_useful",
        "guidance_word",
    }
)

# Case studies that everybody in them agreed to publish; 410 once one is withdrawn.
PUBLISHED: Final = frozenset({"open_case", "open_case_pdf", "open_cases"})

# For whoever holds a signed link: one thing each, and nothing else.
BY_SIGNED_LINK: Final = frozenset(
    {
        "access_answer",
        "case_consent",
        "case_host",
        "first_lead_open",
        "invitation_open",
        "look_back_answer",
        "nudge_open",
        "planning_answer",
        "registration_confirm",
        "use_confirm",
        "weekly_letter_open",
        "working_agreement_open",
    }
)

# For whoever holds the token of HEALTH_TOKEN or of a private calendar address, a 404 for everybody else.
BY_TOKEN: Final = frozenset({"calendar_feed", "health_detail"})

# For somebody's own programs, which have no session: 401 without a token; what they can ask for is there for anybody.
FOR_PROGRAMS: Final = frozenset({"api_description", "api_entries", "api_entry", "api_nothing"})

# There only where there is a demonstration, a 404 everywhere else.
IN_THE_DEMONSTRATION: Final = frozenset({"demo_letter", "demo_letters", "demo_people"})

# There only where a provider is switched on, a 404 everywhere else.
TO_SIGN_IN_ELSEWHERE: Final = frozenset({"sso_back", "sso_leave"})

OPEN: Final = (
    FOR_EVERYBODY
    | IN_THE_LIBRARY
    | PUBLISHED
    | BY_SIGNED_LINK
    | BY_TOKEN
    | FOR_PROGRAMS
    | IN_THE_DEMONSTRATION
    | TO_SIGN_IN_ELSEWHERE
)
