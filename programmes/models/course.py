"""The course of a residency: posts that change, parts that change hands, what is done before it ends, looking back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from embedded.links.models import SignedLink
from programmes.models.choices import one_of
from programmes.models.placement import Placement
from programmes.models.residency import Residency


class PostChange(models.Model):
    """What a post was and what it became. With a `successor` the post was handed over on the day `on`: the earlier
    person's history stays with the earlier post."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="changes")
    successor = models.ForeignKey(
        Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_over"
    )
    old_wte = models.DecimalField(max_digits=3, decimal_places=2)
    new_wte = models.DecimalField(max_digits=3, decimal_places=2)
    old_start = models.DateField()
    new_start = models.DateField()
    old_end = models.DateField(null=True, blank=True)
    new_end = models.DateField(null=True, blank=True)
    on = models.DateField("the day from which it holds")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="post_changes_made")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("placement")),
                name="post_is_not_handed_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}: changed on {self.on}"


class Part(models.TextChoices):
    """The parts beside the post that change hands; each stands as a name in the registration."""

    HOST_MANAGER = "host_manager", "Host manager"
    HOST_SUPERVISOR = "host_supervisor", "Supervisor at the host"
    ACADEMIC_SUPERVISOR = "academic_supervisor", "Academic supervisor"
    SECOND_SUPERVISOR = "second_supervisor", "Second academic supervisor"
    SPONSOR = "sponsor", "Executive sponsor"
    NAVIGATOR = "navigator", "Navigator"
    MENTOR = "mentor", "Mentor"


class PartChange(models.Model):
    """A part that went from one person to another."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="part_changes")
    part = models.CharField(max_length=30, choices=Part)
    old_name = models.CharField(max_length=120, blank=True)
    new_name = models.CharField(max_length=120)
    on = models.DateField("the day from which it holds")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="part_changes_made")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("part", Part, "part_change_part_is_known"),
            models.CheckConstraint(condition=~Q(new_name=""), name="part_change_names_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.residency.code}: {self.get_part_display()} is {self.new_name}"


class Correction(models.Model):
    """A start or a number of days a week that was recorded wrongly: what it was, what it is, and the reason. A pair
    that is empty was not corrected."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="corrections")
    old_start = models.DateField(null=True, blank=True)
    new_start = models.DateField(null=True, blank=True)
    old_days = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    new_days = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    why = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="corrections_made")
    on = models.DateField("the day it was corrected")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="correction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(new_start__isnull=False) | Q(new_days__isnull=False),
                name="correction_corrects_something",
            ),
            models.CheckConstraint(
                condition=Q(new_days__isnull=True) | Q(new_days__gt=0, new_days__lte=5),
                name="correction_days_a_week_up_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.residency.code}: corrected on {self.on}"


class ClosingKind(models.TextChoices):
    """What is seen to before it ends (domain.md stage 9, V-15, V-16), in plain words."""

    WORK = "work", "Somebody takes over the work that goes on"
    MADE = "made", "Everything that was made has somebody who keeps it"
    DATA = "data", "Data and notes are where they belong, or destroyed"
    ACCESS = "access", "Badges, accounts and permissions are closed, or have a last day"
    PUBLIC = "public", "Members of the public who took part know what came of it, and are paid"
    TOLD = "told", "The host and the university have talked about how it went"
    REPORT = "report", "What was found is written down where others find it"


class ClosingTask(models.Model):
    """A line of the closing checklist that somebody has taken on or done. V-16: shown, and stops nobody."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="closing_tasks")
    kind = models.CharField(max_length=20, choices=ClosingKind)
    owner_name = models.CharField("who sees to it", max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="closing_tasks_recorded")
    recorded_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("kind", ClosingKind, "closing_task_kind_is_known"),
            models.UniqueConstraint("residency", "kind", name="closing_task_once"),
        ]

    def __str__(self) -> str:
        return f"{self.residency.code}: {self.get_kind_display()}"


class LookingBack(models.Model):
    """What lasted, six and twelve months after the end; answered by account, or by a link without one."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="looking_back")
    months = models.PositiveSmallIntegerField("months after the end")
    lasted = models.TextField("what lasted", blank=True)
    did_not_last = models.TextField("what did not", blank=True)
    carried_on_by = models.CharField("who carries it on", max_length=300, blank=True)
    asked_of = models.EmailField(blank=True)
    link = models.OneToOneField(
        SignedLink, on_delete=models.PROTECT, null=True, blank=True, related_name="looking_back"
    )
    reminded_on = models.DateField("when whoever was asked was reminded, once", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=254, blank=True)

    class Meta:
        ordering = ["months"]
        verbose_name_plural = "looking back"
        constraints = [
            models.CheckConstraint(condition=Q(months__in=[6, 12]), name="looking_back_at_6_and_12_months"),
            models.UniqueConstraint("residency", "months", name="looking_back_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by_name="")
                | (Q(answered_at__isnull=False) & ~Q(answered_by_name="") & ~Q(lasted="")),
                name="looking_back_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.residency.code}: looking back after {self.months} months"
