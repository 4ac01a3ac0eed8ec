"""What makes a password good enough (trust.md P13): length, and not being one that everybody guesses."""

from __future__ import annotations

from itertools import pairwise

from django.contrib.auth import password_validation as django_rules
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

SHORTEST, LONGEST = 12, 256
HERE = ("embedded", "research", "residency", "nhs", "hospital", "programme", "trust", "password", "welcome")


class LongEnough:
    """At least 12 characters, at most 256: nothing is cut off in silence."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(f"Password must be {SHORTEST} characters or more", code="short")
        if len(password) > LONGEST:
            raise ValidationError(f"Password must be {LONGEST} characters or fewer", code="long")

    def get_help_text(self) -> str:
        return f"Use {SHORTEST} characters or more."


class NotCommon(django_rules.CommonPasswordValidator):
    """Not one of the 20,000 that everybody tries first, and not only counting on, such as "123456789012"."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        steps = {ord(after) - ord(before) for before, after in pairwise(password)}
        if steps and steps <= {1, -9}:  # from 9 it goes on with 0
            raise ValidationError(self.get_error_message(), code="common")
        super().validate(password)

    def get_error_message(self) -> str:
        return "Choose a password that is harder to guess: this one is on lists that attackers try first"


class NotAboutYou(django_rules.UserAttributeSimilarityValidator):
    """Not the person's own e-mail address or nearly so."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("email",))

    def get_error_message(self) -> str:
        return "Choose a password that is not like your email address"


class NotAboutHere:
    """Not mostly made of the words that this place suggests, such as "ResearchNHS2026!"."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        rest = password.lower()
        for word in HERE:
            rest = rest.replace(word, "")
        letters = [sign for sign in rest if sign.isalpha()]
        if rest != password.lower() and len(letters) < 4 and len(set(rest)) < 8:
            text = "Choose a password that is harder to guess: this one is made of words used here"
            raise ValidationError(text, code="context")

    def get_help_text(self) -> str:
        return "Do not make it of words used here."
