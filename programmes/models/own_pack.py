"""A pack that was made for one residency, with its names and papers: which, and as they stood."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from guidance.models import Pack
from programmes.models.residency import Residency


class OwnPack(models.Model):
    """`papers` holds, by the key of each paper, the SHA-256 of what it said; under "names" that of the lines of the
    cover. Where one of them says something else today, or may not be read, nobody gets the pack."""

    pack = models.OneToOneField(Pack, on_delete=models.CASCADE, related_name="own")
    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="own_packs")
    papers = models.JSONField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="own_packs_made")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(papers__has_key="names"), name="own_pack_knows_its_names"),
        ]

    def __str__(self) -> str:
        return f"{self.pack.title}, {self.residency.code}"
