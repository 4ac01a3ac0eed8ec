"""The people whom somebody met or who asked for something, as that somebody wrote them down."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from embedded.accounts.models import Person
from programmes.models.choices import one_of_or_none
from programmes.models.organisation import Organisation
from programmes.models.project import PartnerKind


class Contact(models.Model):
    """One name in one person's own list. `name` is sealed with that person's key; `name_mark` finds the same name
    again without opening it. What they are (PT-1) and where they are from is asked beside it, never while logging."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name", "name_mark"})

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="contacts", db_index=False
    )  # the rule below finds them
    name = models.BinaryField()
    name_mark = models.BinaryField()
    kind = models.CharField(max_length=30, choices=PartnerKind, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "name_mark", name="contact_once"),
            one_of_or_none("kind", PartnerKind, "contact_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"Contact {self.pk}"
