"""The wrapped data key of each person; without the key from the environment it opens nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person


class PersonKey(models.Model):
    """One person's data key, wrapped by VAULT_KEY. Deleting the row makes what it sealed unreadable for ever."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="vault_key")
    wrapped_key = models.BinaryField()
    key_version = models.CharField(max_length=16, db_index=True, help_text="which VAULT_KEY wrapped it")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(key_version__regex=r"^[0-9a-f]{16}$"), name="person_key_version_is_hex"
            ),
        ]

    def __str__(self) -> str:
        return f"Key of person {self.person_id}"
