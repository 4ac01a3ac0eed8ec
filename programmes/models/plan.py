"""Planning together: what those round the table said on each of ten themes, and what one person said on their own."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from programmes.models.choices import one_of
from programmes.models.residency import Residency


class PlanTheme(models.TextChoices):
    """The ten themes of domain.md §4.1, each as its plain question (users.md §9)."""

    OUTCOMES = "outcomes", "What should be different in a year, and how would we tell?"
    POWER = "power", "Who decides what is looked at, and who gains?"
    SCALE = "scale", "One question, several, or whatever comes up; for how long?"
    INVOLVEMENT = "involvement", "Who is in from the start, and who is missing?"
    PROXIMITY = "proximity", "Where will the researcher be, on which days, and more at the start?"
    BELONGING = (
        "belonging",
        "Who employs, who manages day to day, what are they invited to on each side?",
    )
    ACTIVITIES = "activities", "What is the time for, and what is not the job?"
    SKILLS = "skills", "Which skills matter most, and who else holds the others?"
    RELATIONAL_ROLE = "relational_role", "How critical may the researcher be, and in which room?"
    LEARNING = "learning", "How will we know it works, when do we look, what would make us stop?"


# the themes on which people may answer apart and blind (users.md decision 6)
APART: Final = (PlanTheme.OUTCOMES, PlanTheme.POWER, PlanTheme.RELATIONAL_ROLE)


class PublicQuestion(models.TextChoices):
    """The five open questions to a public partner (users.md §9)."""

    PROBLEM = "right_problem", "Is this the right problem?"
    HEARD = "who_is_missing", "Who should be heard who is not here?"
    PART = "taking_part", "How would you like to take part, how much, and what would make it easy?"
    GOOD = "good_result", "What would a good result look like to you?"
    WORRY = "worries", "What worries you?"


class PlanPosition(models.TextChoices):
    """Where an answer stands between the two ends of a theme: words, never points (domain.md §4.0)."""

    ONE_END = "one_end", "The one end"
    NEARER_ONE = "nearer_one", "Nearer to the one"
    BETWEEN = "between", "In between"
    NEARER_OTHER = "nearer_other", "Nearer to the other"
    OTHER_END = "other_end", "The other end"
    NOT_SURE = "not_sure", "Not sure"


class PlanPart(models.TextChoices):
    """As whom somebody sat at the table."""

    HOST_MANAGER = "host_manager", "Host manager"
    HOST = "host", "Somebody else at the host"
    RESEARCHER = "researcher", "Researcher"
    ACADEMIC = "academic", "Academic supervisor or university"
    PUBLIC = "public", "Member of the public"
    PROGRAMME = "programme", "Programme"
    OTHER = "other", "Somebody else"


class HowTold(models.TextChoices):
    """How an answer came to us; all but the first two are typed in by somebody else and say so for ever."""

    LINK = "link", "By link"
    ACCOUNT = "account", "Signed in"
    TELEPHONE = "telephone", "By telephone"
    PAPER = "paper", "On paper"
    IN_PERSON = "in_person", "In person"


TYPED_IN: Final = (HowTold.TELEPHONE, HowTold.PAPER, HowTold.IN_PERSON)


class Plan(models.Model):
    """What a residency has planned together. Its version is the number of its newest visit: 0 before the first."""

    residency = models.OneToOneField(Residency, on_delete=models.PROTECT, related_name="plan")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"Plan of {self.residency.code}"


class PlanVisit(models.Model):
    """One time at the table: a version of the plan, with its day and who typed it in."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="visits")
    number = models.PositiveIntegerField()
    on = models.DateField("the day they sat together")
    typed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_visits_typed")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("plan", "number", name="plan_visit_number_once")]

    def __str__(self) -> str:
        return f"{self.plan}, {self.number}"


class PlanPresence(models.Model):
    """Somebody who was there, by plain name."""

    visit = models.ForeignKey(PlanVisit, on_delete=models.PROTECT, related_name="presences")
    name = models.CharField(max_length=120)
    part = models.CharField(max_length=20, choices=PlanPart)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("part", PlanPart, "plan_presence_part_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="plan_presence_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PlanAnswer(models.Model):
    """What was said on a theme at one visit: the answer the first time, what has changed the times after."""

    visit = models.ForeignKey(PlanVisit, on_delete=models.PROTECT, related_name="answers")
    theme = models.CharField(max_length=20, choices=PlanTheme)
    words = models.TextField(blank=True)
    position = models.CharField(max_length=20, choices=PlanPosition, blank=True)

    class Meta:
        ordering = ["visit__number", "id"]
        constraints = [
            one_of("theme", PlanTheme, "plan_answer_theme_is_known"),
            models.CheckConstraint(
                condition=Q(position="") | Q(position__in=PlanPosition.values),
                name="plan_answer_position_is_known",
            ),
            models.CheckConstraint(condition=~Q(words="", position=""), name="plan_answer_says_something"),
            models.UniqueConstraint("visit", "theme", name="plan_answer_theme_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.theme}"


class PlanRound(models.Model):
    """Named people answer one to three themes each on their own; side by side once all have, or once it is closed."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="plan_rounds")
    themes = ArrayField(models.CharField(max_length=20))
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_rounds_asked")
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(themes__contained_by=[str(theme) for theme in APART]) & ~Q(themes=[]),
                name="plan_round_themes_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Apart in {self.residency.code}, {self.asked_at:%Y-%m-%d}"


class PlanVoice(models.Model):
    """Somebody who answers on their own: a public partner with five open questions, or one of a round."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="plan_voices")
    round = models.ForeignKey(
        PlanRound, on_delete=models.PROTECT, null=True, blank=True, related_name="voices"
    )
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="later",
        help_text="what the same public partner said before: now they are asked what has changed",
    )
    name = models.CharField(max_length=120)
    part = models.CharField(max_length=20, choices=PlanPart)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_voices",
        help_text="whose account may answer, beside whoever holds the link",
    )
    email = models.EmailField(blank=True)
    offered = models.CharField("what is offered for their time", max_length=200, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_voices_asked")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField("how we were told", max_length=20, choices=HowTold, blank=True)
    typed_in_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_voices_typed_in"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            one_of("part", PlanPart, "plan_voice_part_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="plan_voice_has_a_name"),
            models.CheckConstraint(
                condition=Q(how="", answered_at__isnull=True)
                | Q(how__in=HowTold.values, answered_at__isnull=False),
                name="plan_voice_answered_says_how",
            ),
            models.CheckConstraint(
                condition=Q(how__in=TYPED_IN, typed_in_by__isnull=False)
                | ~Q(how__in=TYPED_IN) & Q(typed_in_by__isnull=True),
                name="plan_voice_typed_in_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def declined(self) -> bool:
        """Would rather not answer: who answers says something."""
        return self.answered_at is not None and not self.says.all()


class PlanSay(models.Model):
    """What one voice says to one question; kept as it goes, shown to others once it was sent."""

    voice = models.ForeignKey(PlanVoice, on_delete=models.PROTECT, related_name="says")
    question = models.CharField(max_length=20, choices=[*PublicQuestion.choices, *PlanTheme.choices])
    words = models.TextField(blank=True)
    position = models.CharField(max_length=20, choices=PlanPosition, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(question__in=[*PublicQuestion.values, *PlanTheme.values]),
                name="plan_say_question_is_known",
            ),
            models.CheckConstraint(
                condition=Q(position="") | Q(position__in=PlanPosition.values),
                name="plan_say_position_is_known",
            ),
            models.UniqueConstraint("voice", "question", name="plan_say_question_once"),
        ]

    def __str__(self) -> str:
        return f"{self.voice}: {self.question}"


def people_heard(residency: Residency) -> dict[str, set[str]]:
    """The names of those who have had a say in a residency's plan, at the table or on their own, by their part."""
    there = PlanPresence.objects.filter(visit__plan__residency=residency).values_list("part", "name")
    alone = PlanVoice.objects.filter(residency=residency, answered_at__isnull=False, says__isnull=False)
    found: dict[str, set[str]] = {part: set() for part in PlanPart.values}
    for part, name in there.order_by().union(alone.order_by().values_list("part", "name")):
        found[part].add(" ".join(name.casefold().split()))
    return found
