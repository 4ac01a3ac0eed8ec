"""Adds an organisation by hand that is in no register."""

from __future__ import annotations

from django.db import connection, transaction

from embedded.accounts.models import Person
from embedded.audit import record
from programmes.models import Organisation, Scheme

ONE_AT_A_TIME = 7_310_002  # the advisory lock that keeps two numbers apart


@transaction.atomic
def add_by_hand(
    *,
    by: Person | None,
    name: str,
    kind: str,
    nation: str,
    town: str = "",
    postcode: str = "",
    charity_number: str = "",
    ror_id: str = "",
    is_made_up: bool = False,
) -> Organisation:
    """A new organisation with a code of our own (`O1`, `O2`, …). The form has asked about near-duplicates.

    `is_made_up`: for the demonstration, which then stands as nobody's: `by` is None.
    """
    organisation = Organisation.objects.create(
        scheme=Scheme.OWN,
        code=f"O{_next_number()}",
        legal_name=name,
        display_name=name,
        kind=kind,
        nation=nation,
        address=town,
        town=town,
        postcode=postcode,
        charity_number=charity_number,
        ror_id=ror_id,
        is_made_up=is_made_up,
        added_by=by,
    )
    record(by, "organisation.added", name, f"organisations/own/{organisation.code}")
    return organisation


def _next_number() -> int:
    """One more than the highest number given; two who add at the same moment wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    codes = Organisation.objects.filter(scheme=Scheme.OWN).values_list("code", flat=True)
    return max((int(code[1:]) for code in codes if code[1:].isdigit() and code[0] == "O"), default=0) + 1
