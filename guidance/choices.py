"""The lists from which a document says whom it is for, when it helps and what it is about."""

from __future__ import annotations

from django.db import models


class Audience(models.TextChoices):
    """Whom a document is written for (domain.md §3.16, list G-1): its shelf in the library."""

    NHS_ORGANISATION = "nhs_organisation", "NHS and care organisations"
    RESEARCHER = "researcher", "Embedded researchers"
    PUBLIC_INVOLVEMENT = "public_involvement", "Public contributors and those who work with them"
    RECRUITMENT = "recruitment", "People who recruit"
    CASE_STUDY = "case_study", "Anybody who wants examples"
    COPRODUCTION_LEADERS = "coproduction_leaders", "People who lead co-production"
    SUMMARY = "summary", "Anybody with five minutes"


class Moment(models.TextChoices):
    """When in the life of a residency a document helps (users.md §10). A document with none helps at any time."""

    THINKING = "thinking", "Thinking about it"
    SETTING_UP = "setting_up", "Setting one up"
    RECRUITING = "recruiting", "Recruiting"
    FIRST_100_DAYS = "first_100_days", "The first 100 days"
    HALF_WAY = "half_way", "Half-way"
    ENDING = "ending", "Ending well"


class Reader(models.TextChoices):
    """Who the reader is. A document may be for several."""

    MANAGER = "manager", "NHS and care managers, and R&D offices"
    RESEARCHER = "researcher", "Embedded researchers"
    PUBLIC = "public", "Public contributors"
    INVOLVEMENT = "involvement", "Those who support public involvement"
    ACADEMIC = "academic", "University departments and supervisors"
    TEAM = "team", "The team that a researcher joins"
    RECRUITER = "recruiter", "HR and interview panels"
    LEADER = "leader", "Programme leads, sponsors and boards"


class Topic(models.TextChoices):
    """What a document is about."""

    DECIDING = "deciding", "Deciding whether to have one"
    AGREEMENTS = "agreements", "Agreements"
    ACCESS = "access", "Access and permissions"
    MONEY = "money", "Money and payments"
    RECRUITMENT = "recruitment", "Recruitment"
    INVOLVEMENT = "involvement", "Public involvement"
    COPRODUCTION = "coproduction", "Co-production"
    WORKING_TOGETHER = "working-together", "Working together"
    FOCUS = "focus", "Keeping to the focus"
    EVIDENCE = "evidence", "Evidence and its use"
    ETHICS = "ethics", "Ethics and information"
    SUPERVISION = "supervision", "Supervision"
    WELLBEING = "wellbeing", "Wellbeing"
    LEARNING = "learning", "Learning and skills"
    ENDING = "ending", "Ending and handing over"
    EXAMPLES = "examples", "Examples"
    WORDS = "words", "What words mean"
