"""Agreements that end too soon or are to be looked at again, for the letters on what is due."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from programmes.concerns import LOOK_AHEAD, SOON, concerns_of
from programmes.models import Agreement, FollowsAs, Membership, Residency, Role
from programmes.onboarding.due import UNDER_WAY, Due, Reader, manager_of


def agreements_due(today: datetime.date) -> list[Due]:
    """What `concerns_of` finds with a day, of residencies that are set up or go on; told to the host manager and to
    whoever leads."""
    near = Agreement.objects.filter(
        Q(effective_to__range=(today, today + SOON))
        | Q(review_on__lte=today + LOOK_AHEAD)
        | Q(follows_as=FollowsAs.AMENDMENT, effective_to__isnull=False),
        residency=OuterRef("pk"),
    )
    found = Residency.objects.filter(Exists(near), stage__in=UNDER_WAY).order_by("pk")
    residencies = list(found.select_related("programme", "created_by").prefetch_related("agreements"))
    leads = _leads(residencies, today)
    return [
        Due(
            one.due,
            f"{residency.code}: {one.with_day}",
            residency,
            (manager_of(residency), *leads[residency.pk]),
        )
        for residency in residencies
        for one in concerns_of(residency, list(residency.agreements.all()), today)
        if one.due is not None
    ]


def _leads(residencies: Iterable[Residency], today: datetime.date) -> dict[int, list[Reader]]:
    """The programme's leads and the lead of the theme, by residency: asked once for all of them."""
    wanted = list(residencies)
    held = Membership.objects.filter(
        role__in=(Role.PROGRAMME_LEAD, Role.THEME_LEAD), programme__in={one.programme_id for one in wanted}
    )
    leads = list(held.live_on(today).select_related("person")) if wanted else []
    return {
        one.pk: [
            (lead.person.email, lead.person.display_name, False)
            for lead in leads
            if lead.programme_id == one.programme_id
            and (lead.theme_id is None or lead.theme_id == one.theme_id)
        ]
        for one in wanted
    }
