"""What a host says about permissions: its own rule for each case, and its one line on whether one covers the work."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from programmes.models.choices import one_of
from programmes.models.organisation import Organisation
from programmes.models.placement import Placement
from programmes.models.programme import Programme


class PermissionCase(models.TextChoices):
    """The rows of the decision table of domain.md §3.6, with those of users.md decision 4."""

    HOST_EMPLOYS = "host_employs", "The host employs the person"
    OTHER_NHS = "other_nhs", "Another NHS organisation employs the person; research"
    UNIVERSITY_BEARING = (
        "university_bearing",
        "A university employs the person; research that could affect care",
    )
    UNIVERSITY = "university", "A university employs the person; research that does not affect care"
    CLINICAL_ACADEMIC = "clinical_academic", "A university employs the person, who is a clinical academic"
    OTHER_EMPLOYER = "other_employer", "A charity, a council or somebody else employs the person; research"
    NOT_RESEARCH = "not_research", "Work that is not research"
    COMMERCIAL = "commercial", "A company employs the person"
    NOT_NHS = "not_nhs", "The host is not part of the NHS"
    PRACTICE = "practice", "The host is a GP practice or a federation of practices"
    REVERSE = "reverse", "Somebody from the service works in the university"


class RuleAsks(models.TextChoices):
    """What a host asks for work that is not research: V-32 compares by it, and by nothing else."""

    HONORARY_CONTRACT = "honorary_contract", "An honorary contract"
    ANY_PERMISSION = "any_permission", "A letter of access or an honorary contract: either covers it"
    NOTHING = "nothing", "No permission beyond the agreement of the team"
    DEPENDS = "depends", "It depends: we decide case by case"


class HostRule(models.Model):
    """A host's own rule for one case within a programme, shown before our table: who says so, and since when."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="host_rules")
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="host_rules")
    case = models.CharField(max_length=30, choices=PermissionCase)
    words = models.CharField("what the host asks for", max_length=600)
    asks = models.CharField(max_length=30, choices=RuleAsks, blank=True, db_default="")
    said_by_name = models.CharField("who at the host says so", max_length=120)
    said_on = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="host_rules_recorded")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("case", PermissionCase, "host_rule_case_is_known"),
            models.UniqueConstraint("programme", "host", "case", name="host_rule_once_a_case"),
            models.CheckConstraint(condition=~Q(words=""), name="host_rule_says_what"),
            models.CheckConstraint(condition=~Q(said_by_name=""), name="host_rule_says_who"),
            models.CheckConstraint(
                condition=Q(case=PermissionCase.NOT_RESEARCH, asks__in=RuleAsks.values)
                | (~Q(case=PermissionCase.NOT_RESEARCH) & Q(asks="")),
                name="host_rule_asks_of_other_work_v32",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host}: {self.get_case_display()}"


class PermissionAnswer(models.Model):
    """The host's one line on whether a post's permission covers its work; it closes the question for good (V-32)."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="permission_answers")
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="permission_answers")
    words = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="permission_answers")
    on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("placement", "host", name="permission_answer_once_a_post_and_host"),
            models.CheckConstraint(condition=~Q(words=""), name="permission_answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.host} on {self.placement}"


class QuietAddress(models.Model):
    """An email address that wants no weekly letter on access; what is urgent still goes to it."""

    email = models.EmailField(max_length=254, unique=True)
    since = models.DateField()

    class Meta:
        verbose_name_plural = "quiet addresses"
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="quiet_address_is_one"),
        ]

    def __str__(self) -> str:
        return f"Quiet since {self.since}"
