"""The lists from which an entry of the log is chosen: kinds, places, reasons, signs, outputs, readers."""

from __future__ import annotations

from django.db import models


class ActivityKind(models.TextChoices):
    """A-1, the codes beneath the seven plain kinds of PLAIN_KINDS."""

    RELATIONAL = "relational", "Meeting and connecting people"
    KNOWLEDGE_CREATION = "knowledge_creation", "Finding, making or feeding back evidence"
    EDUCATIONAL = "educational", "Teaching and coaching"
    ADVICE = "advice_consultation", "Answering a question"
    PROJECT_MANAGEMENT = "project_management", "Planning, approvals, reporting and bids"
    SUPERVISION = "supervision_support", "Supervision, peers and thinking time"
    ACADEMIC_HOME = "academic_home", "University work"
    BID = "bid_development", "Writing a bid"
    REFLECTION = "reflection", "Thinking time"


PLAIN_KINDS = (
    ActivityKind.RELATIONAL,
    ActivityKind.KNOWLEDGE_CREATION,
    ActivityKind.EDUCATIONAL,
    ActivityKind.ADVICE,
    ActivityKind.PROJECT_MANAGEMENT,
    ActivityKind.SUPERVISION,
    ActivityKind.ACADEMIC_HOME,
)
FINER = {  # the codes beneath a plain kind, each with that kind
    ActivityKind.BID.value: ActivityKind.PROJECT_MANAGEMENT.value,
    ActivityKind.REFLECTION.value: ActivityKind.SUPERVISION.value,
}


class Place(models.TextChoices):
    HOST = "host", "At the host"
    ACADEMIC_HOME = "academic_home", "At the university"
    REMOTE = "remote", "At home or on the way"
    COMMUNITY = "community", "In the community"


class LateReason(models.TextChoices):
    """Why an entry comes more than 31 days late (V-60); a list, so that What stays the only text."""

    AWAY = "away", "I was away"
    NO_TIME = "no_time", "I had no time"
    NO_ACCESS = "no_access", "I could not sign in"
    COPIED = "copied", "Copied from another record"
    OTHER = "other", "Another reason"


class Readers(models.TextChoices):
    ONLY_ME = "only_me", "Only me"
    PEOPLE = "people", "People I name"
    RESIDENCY = "residency", "Everyone in the residency"


class EarlySign(models.TextChoices):
    """MK-1, the markers of change, worded as what can be seen."""

    SEEN = "seen", "Somebody asked for me by name"
    VALUED = "valued", "I was asked to help decide"
    TRUSTED = "trusted", "I was shown something unfinished, or bad news"
    NETWORK = "network", "People I put in touch still talk after three months"
    ASKED = "evidence_asked_for", "Somebody asked for evidence without being prompted"
    CITED = "evidence_cited", "A local paper cited evidence"
    METHOD = "method_taken_up", "Somebody else ran the method"


class OutputKind(models.TextChoices):
    """What came of it: the kinds that a funder asks for, and those of the place itself."""

    PUBLICATION = "publication", "Publication"
    COLLABORATION = "collaboration", "Collaboration or partnership"
    FUNDING = "further_funding", "Further funding"
    ENGAGEMENT = "engagement", "Engagement activity"
    INFLUENCE = "influence", "Influence on policy or practice"
    METHOD = "tool_or_method", "Research tool or method"
    DATA = "dataset", "Dataset, database or model"
    SOFTWARE = "software", "Software"
    AWARD = "award", "Award or recognition"
    BRIEFING = "briefing", "Briefing"
    DASHBOARD = "dashboard", "Dashboard"
    SLIDES = "slide_set", "Slide set"
    SERVICE_REPORT = "service_report", "Service report"
    TRAINING = "training_pack", "Training pack"
    PROTOCOL = "protocol", "Protocol"
    SUMMARY = "plain_summary", "Plain English summary"
    ANIMATION = "animation", "Animation"
