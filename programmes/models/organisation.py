"""An organisation of a register, or added by hand, with every name that people know it by."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from embedded.accounts.models import Person
from embedded.database.words import words_in
from programmes.models.choices import one_of

ODS_FORMAT = r"^[A-Z0-9]{3,12}$"
ROR_FORMAT = r"^0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}$"
GSS_FORMAT = r"^[A-Z][0-9]{8}$"
UKPRN_FORMAT = r"^[0-9]{8}$"


class Scheme(models.TextChoices):
    """Which register a code belongs to; together with the code it names one organisation for ever (V-1)."""

    ODS = "ods", "Organisation Data Service"
    COUNCIL = "la", "Local authority"
    UKPRN = "ukprn", "UK provider reference number"
    ROR = "ror", "Research Organization Registry"
    OWN = "own", "Added by hand"


class OrganisationKind(models.TextChoices):
    """What sort of organisation it is (list O-1 of the domain, and the regions of NHS England)."""

    NHS_TRUST = "nhs_trust", "NHS trust"
    NHS_FOUNDATION_TRUST = "nhs_foundation_trust", "NHS foundation trust"
    ICB = "icb", "Integrated care board"
    GP_FEDERATION = "gp_federation", "GP federation"
    GP_PRACTICE = "gp_practice", "GP practice"
    AMBULANCE_TRUST = "ambulance_trust", "Ambulance trust"
    MENTAL_HEALTH_TRUST = "mental_health_trust", "Mental health trust"
    COMMUNITY_TRUST = "community_trust", "Community health trust"
    HEALTH_BOARD = "health_board", "Health board"
    HSC_TRUST = "hsc_trust", "Health and social care trust"
    LOCAL_AUTHORITY = "local_authority", "Council or combined authority"
    HEI = "hei", "University or college"
    ARC = "arc", "Applied Research Collaboration"
    HDRC = "hdrc", "Health Determinants Research Collaboration"
    HIN = "hin", "Health Innovation Network"
    BRC = "brc", "Biomedical Research Centre"
    VCSE = "vcse", "Charity or community organisation"
    SOCIAL_CARE_PROVIDER = "social_care_provider", "Social care provider"
    ROYAL_COLLEGE = "royal_college", "Royal college"
    FUNDER = "funder", "Funder"
    PATIENT_ORGANISATION = "patient_organisation", "Patient organisation"
    PRIVATE_SECTOR = "private_sector", "Private company"
    NHS_ENGLAND_REGION = "nhs_england_region", "NHS England region"
    OTHER = "other", "Something else"


class Nation(models.TextChoices):
    """The nation whose rules apply to it."""

    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, asked for in plain words."""

    def live(self, on: date | None = None) -> OrganisationQuerySet:
        """Those with no closing date, or, when a day is given, those that still work on that day."""
        return self.filter(Q(closed=None) | Q(closed__gte=on) if on else Q(closed=None))

    def closed_ones(self) -> OrganisationQuerySet:
        return self.exclude(closed=None)

    def real(self) -> OrganisationQuerySet:
        """Without those made up for the demonstration."""
        return self.filter(is_made_up=False)

    def from_registers(self) -> OrganisationQuerySet:
        return self.exclude(scheme=Scheme.OWN)

    def with_code(self, scheme: str, code: str) -> OrganisationQuerySet:
        return self.filter(scheme=scheme, code=code)


class Organisation(models.Model):
    """One legal body. Never deleted: it is closed, and points to its successors (V-1)."""

    scheme = models.CharField(max_length=8, choices=Scheme)
    code = models.CharField(max_length=20)
    legal_name = models.CharField(max_length=250)
    display_name = models.CharField(max_length=250)
    kind = models.CharField(max_length=24, choices=OrganisationKind)
    nation = models.CharField(max_length=16, choices=Nation)
    address = models.TextField("address, one line below the other", blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    region = models.CharField(max_length=80, blank=True)
    icb_code = models.CharField("integrated care board", max_length=12, blank=True)
    ods_code = models.CharField(max_length=12, blank=True)
    gss_code = models.CharField(max_length=9, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)
    ror_id = models.CharField("ROR id without its address", max_length=9, blank=True)
    charity_number = models.CharField(max_length=12, blank=True)
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField("last day, as its register gives it", null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    further_successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="further_predecessors"
    )
    is_made_up = models.BooleanField("made up for the demonstration", default=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[OrganisationQuerySet] = OrganisationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["display_name", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(words_in("display_name"), name="organisation_by_words"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scheme", "code"], name="organisation_code_once"),
            models.UniqueConstraint(
                fields=["ods_code"],
                condition=Q(closed=None) & ~Q(ods_code=""),
                name="organisation_live_ods_code_once",  # V-3
            ),
            models.UniqueConstraint(
                fields=["ror_id"],
                condition=Q(closed=None) & ~Q(ror_id=""),
                name="organisation_live_ror_id_once",  # V-3
            ),
            one_of("scheme", Scheme, "organisation_scheme_is_listed"),
            one_of("kind", OrganisationKind, "organisation_kind_is_listed"),
            one_of("nation", Nation, "organisation_nation_is_listed"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(legal_name="") & ~Q(display_name=""),
                name="organisation_has_code_and_names",
            ),
            models.CheckConstraint(
                condition=Q(ods_code="") | Q(ods_code__regex=ODS_FORMAT),
                name="organisation_ods_code_format",  # V-1
            ),
            models.CheckConstraint(
                condition=Q(ror_id="") | Q(ror_id__regex=ROR_FORMAT),
                name="organisation_ror_id_format",  # V-2
            ),
            models.CheckConstraint(
                condition=Q(gss_code="") | Q(gss_code__regex=GSS_FORMAT), name="organisation_gss_code_format"
            ),
            models.CheckConstraint(
                condition=Q(ukprn="") | Q(ukprn__regex=UKPRN_FORMAT), name="organisation_ukprn_format"
            ),
            models.CheckConstraint(
                condition=~Q(scheme=Scheme.ODS) | Q(ods_code=F("code")),
                name="organisation_ods_code_is_its_code",
            ),
            models.CheckConstraint(
                condition=Q(opened=None) | Q(closed=None) | Q(closed__gte=F("opened")),
                name="organisation_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(closed__isnull=False),
                name="organisation_with_successor_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")),
                name="organisation_does_not_succeed_itself",
            ),
            models.CheckConstraint(
                condition=Q(scheme=Scheme.OWN) | Q(added_by=None, is_made_up=False),
                name="organisation_of_a_register_is_nobodys_own",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class NameKind(models.TextChoices):
    """Why somebody may know an organisation by this name."""

    FORMER = "former", "Former name"
    OTHER = "other", "Other name"
    SITE = "site", "Hospital or site"
    LEARNED = "learned", "Learned from what people picked"


class OrganisationName(models.Model):
    """Another name of an organisation. A learned one counts the people who picked it, up to two that matter:
    `picked` rises only when somebody other than `picked_by`, who picked it first, picks it too."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=8, choices=NameKind)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    picked = models.PositiveIntegerField(default=0)
    picked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "organisation", Lower("name"), "kind", name="organisation_name_once_a_kind"
            ),
            one_of("kind", NameKind, "organisation_name_kind_is_listed"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_name_is_not_empty"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="organisation_name_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind=NameKind.LEARNED, picked__gt=0)
                | (~Q(kind=NameKind.LEARNED) & Q(picked=0, picked_by=None)),
                name="organisation_name_learned_if_picked",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegisterLoad(models.Model):
    """One loading of the shipped register: the content's SHA-256 and what it changed."""

    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    added = models.PositiveIntegerField(default=0)
    renamed = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="register_load_digest_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loaded_at:%Y-%m-%d} {self.digest[:12]}"
