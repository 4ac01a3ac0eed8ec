"""A placement: one person's post within a residency, and the permissions and practical things it needs."""

from __future__ import annotations

import datetime
from typing import Final, Self

from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from programmes.models.choices import one_of
from programmes.models.organisation import Organisation
from programmes.models.residency import Residency, Stage

NOT_WITHDRAWN: Final = Q(residency__ended_on__isnull=True) | Q(residency__ended_on__gte=F("start"))


class PlacementQuerySet(models.QuerySet["Placement"]):
    def on(self, day: datetime.date) -> Self:
        """Begun and not yet over on that day."""
        return self.filter(Q(end__isnull=True) | Q(end__gt=day), start__lte=day)

    def not_withdrawn(self) -> Self:
        """Without those whose residency had ended before they were to begin."""
        return self.filter(NOT_WITHDRAWN)


class Placement(models.Model):
    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="placements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="placements")
    employer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="placements_employed"
    )
    role = models.CharField("what the person does", max_length=120, blank=True, default="", db_default="")
    wte = models.DecimalField("share of full time", max_digits=3, decimal_places=2)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["start", "id"]
        indexes = [models.Index("accepted_on", name="placement_by_acceptance")]
        constraints = [
            models.CheckConstraint(condition=Q(wte__gte="0.05", wte__lte="1.00"), name="placement_wte_v14"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="placement_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.residency.code}"

    @property
    def is_withdrawn(self) -> bool:
        """The residency was given up, or had ended, before the post was to begin."""
        ended_on = self.residency.ended_on
        return self.residency.stage == Stage.WITHDRAWN or (ended_on is not None and ended_on < self.start)


class AccessKind(models.TextChoices):
    """Kinds of domain.md §3.6; the first four are permissions in law to be on site and do the work."""

    RESEARCH_PASSPORT = "research_passport", "Research passport"
    HONORARY_RESEARCH_CONTRACT = "honorary_research_contract", "Honorary research contract"
    LETTER_OF_ACCESS = "letter_of_access", "Letter of access"
    HONORARY_CONTRACT = "honorary_contract", "Honorary contract"
    IDENTITY_CHECK = "identity_check", "Identity check"
    RIGHT_TO_WORK = "right_to_work", "Right to work"
    REGISTRATION = "professional_registration_qualifications", "Registration and qualifications"
    HISTORY = "employment_history_references", "Employment history and references"
    CRIMINAL_RECORD = "criminal_record_check", "Criminal record check"
    WORK_HEALTH = "work_health_assessment", "Work health assessment"
    IG_TRAINING = "information_governance_training", "Information governance training"
    GCP_TRAINING = "gcp_training", "Good clinical practice training"
    CONFIDENTIALITY = "confidentiality_agreement", "Confidentiality agreement"
    IT_ACCOUNT = "it_account", "IT account"
    SMARTCARD = "smartcard", "Smartcard"
    BADGE = "badge", "Badge"
    BUILDING_ACCESS = "building_access", "Building access"
    DESK = "desk", "Desk"
    INDUCTION = "local_induction", "Local induction"
    DATA_AGREEMENT = "dpia_or_data_agreement", "Data protection assessment or data agreement"
    INDEMNITY = "indemnity_confirmation", "Indemnity confirmed"


LEGAL_PERMISSIONS = (
    AccessKind.HONORARY_RESEARCH_CONTRACT,
    AccessKind.LETTER_OF_ACCESS,
    AccessKind.HONORARY_CONTRACT,
)


CLOSED_AT_THE_END = (  # what somebody holds, and hands back or loses; a check, a training or an induction just was
    *LEGAL_PERMISSIONS,
    AccessKind.IT_ACCOUNT,
    AccessKind.SMARTCARD,
    AccessKind.BADGE,
    AccessKind.BUILDING_ACCESS,
    AccessKind.DESK,
)


class AccessState(models.TextChoices):
    REQUIRED = "required", "Needed"
    REQUESTED = "requested", "Asked for"
    IN_PROGRESS = "in_progress", "Being dealt with"
    IN_PLACE = "in_place", "In place"
    NOT_REQUIRED = "not_required", "Not needed"
    PROBLEM = "problem", "There is a problem"
    REFUSED = "refused", "Refused"
    REVOKED = "revoked", "Ended"


class AccessItem(models.Model):
    """One thing that a placement needs at one host. V-31: never the content of a check, only that it was seen."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="access_items")
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="access_items")
    kind = models.CharField(max_length=50, choices=AccessKind)
    state = models.CharField(max_length=20, choices=AccessState, default=AccessState.REQUIRED)
    owner_name = models.CharField("who sees to it", max_length=120, blank=True)
    owner_email = models.EmailField(blank=True)
    due = models.DateField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=160, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    kept_at = models.CharField("where it is kept", max_length=200, blank=True, db_default="")
    is_clinical = models.BooleanField("an honorary contract for clinical work", null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    reason = models.CharField("why it is not needed, or what the problem is", max_length=300, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["placement"],
                name="access_item_missing",
                condition=~Q(state__in=[AccessState.IN_PLACE, AccessState.NOT_REQUIRED]),
            ),
            models.Index(
                fields=["placement", "expires_on"],
                name="access_item_running_out",
                condition=Q(state=AccessState.IN_PLACE, expires_on__isnull=False),
            ),
        ]
        constraints = [
            one_of("kind", AccessKind, "access_kind_is_known"),
            one_of("state", AccessState, "access_state_is_known"),
            models.UniqueConstraint(
                "placement", "host", "kind", name="access_item_once_a_placement_and_host"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(expires_on__gt=F("issued_on")),
                name="access_expires_after_issue_v30",
            ),
            models.CheckConstraint(
                condition=~Q(state=AccessState.IN_PLACE, kind__in=LEGAL_PERMISSIONS)
                | (Q(issued_on__isnull=False) & ~Q(issuer="") & ~Q(reference="")),
                name="access_legal_permission_in_place_v30",
            ),
            models.CheckConstraint(
                condition=~Q(state=AccessState.NOT_REQUIRED) | ~Q(reason=""),
                name="access_not_needed_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.host}"


class StartOverride(models.Model):
    """A named person's reason for starting without the legal permission to be on site (V-13)."""

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="start_override")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="start_overrides")
    on = models.DateField()
    why = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="start_override_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.placement}: started without permission"
