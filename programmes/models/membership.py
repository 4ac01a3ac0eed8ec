"""A membership: the part that a person plays in a programme, a theme, an organisation or a residency."""

from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from embedded.links.models import SignedLink
from programmes.models.choices import one_of
from programmes.models.organisation import Organisation
from programmes.models.programme import Programme, Theme
from programmes.models.residency import Residency


class Role(models.TextChoices):
    """Code names of domain.md §1.1. What each may do stands as prose in `programmes.access`."""

    PROGRAMME_LEAD = "programme_lead", "Programme lead"
    PROGRAMME_OFFICER = "programme_officer", "Programme officer"
    FUNDER = "funder", "Funder"
    THEME_LEAD = "theme_lead", "Theme lead"
    HOST_MANAGER = "host_manager", "Host manager"
    EXEC_SPONSOR = "exec_sponsor", "Executive sponsor"
    RD_OFFICE = "rd_office", "R&D office"
    HR = "hr", "HR"
    IG_LEAD = "ig_lead", "Information governance"
    RESEARCHER = "researcher", "Embedded researcher"
    ACADEMIC_SUPERVISOR = "academic_supervisor", "Academic supervisor"
    PUBLIC_PARTNER = "public_partner", "Public partner"


PROGRAMME_ROLES = (Role.PROGRAMME_LEAD, Role.PROGRAMME_OFFICER, Role.FUNDER)
THEME_ROLES = (Role.THEME_LEAD,)
ORGANISATION_ROLES = (Role.HOST_MANAGER, Role.EXEC_SPONSOR, Role.RD_OFFICE, Role.HR, Role.IG_LEAD)
RESIDENCY_ROLES = (
    Role.HOST_MANAGER,
    Role.EXEC_SPONSOR,
    Role.RESEARCHER,
    Role.ACADEMIC_SUPERVISOR,
    Role.PUBLIC_PARTNER,
)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live_on(self, day: datetime.date) -> Self:
        """Accepted, begun and not ended on that day."""
        return self.filter(Q(end__isnull=True) | Q(end__gt=day), accepted_at__isnull=False, start__lte=day)


class Membership(models.Model):
    """Always within a programme; narrower where theme, organisation or residency is set (at most one of them)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="memberships")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    residency = models.ForeignKey(
        Residency, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=30, choices=Role)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    invited_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships_offered"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("role", Role, "membership_role_is_known"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="membership_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=PROGRAMME_ROLES,
                    theme__isnull=True,
                    organisation__isnull=True,
                    residency__isnull=True,
                )
                | Q(
                    role__in=THEME_ROLES,
                    theme__isnull=False,
                    organisation__isnull=True,
                    residency__isnull=True,
                )
                | Q(
                    role__in=ORGANISATION_ROLES,
                    theme__isnull=True,
                    organisation__isnull=False,
                    residency__isnull=True,
                )
                | Q(
                    role__in=RESIDENCY_ROLES,
                    theme__isnull=True,
                    organisation__isnull=True,
                    residency__isnull=False,
                ),
                name="membership_role_fits_its_place",
            ),
            models.UniqueConstraint(
                "person",
                "programme",
                "theme",
                "organisation",
                "residency",
                "role",
                condition=Q(end__isnull=True),
                nulls_distinct=False,
                name="membership_held_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} of {self.place}"

    @property
    def place(self) -> Programme | Theme | Organisation | Residency:
        return self.residency or self.organisation or self.theme or self.programme


class Invitation(models.Model):
    """An invitation to one membership. Its state is read from its dates; its link can be copied (users.md §2)."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    link = models.OneToOneField(SignedLink, on_delete=models.PROTECT, related_name="invitation")
    sent_at = models.DateTimeField(null=True, blank=True)
    link_copied_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | Q(withdrawn_at__isnull=True, declined_at__isnull=True),
                name="invitation_has_one_ending",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.membership}"
