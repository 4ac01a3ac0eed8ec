"""Turns a list of choices into the database's own check, so that no other value can be stored."""

from django.db import models


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """A named check that `field` holds one of the values of `choices`."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)


def one_of_or_none(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The same for a field that may be left empty."""
    empty = models.Q(**{field: ""})
    return models.CheckConstraint(condition=empty | models.Q(**{f"{field}__in": choices.values}), name=name)
