"""What the library keeps beside its words: what the search looks through, and whether a page was of use."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


class SearchText(models.Model):
    """The newest edition of a document as the search looks through it: title, summary, headings and text weigh
    A, B, C and D. `made_from` is the SHA-256 of its words; `words` are in plain letters, each once."""

    document = models.OneToOneField(
        "guidance.Document", on_delete=models.PROTECT, related_name="search_text", primary_key=True
    )
    made_from = models.CharField(max_length=64)
    vector = SearchVectorField()
    words = models.TextField(help_text="Parted by blanks")

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["vector"], name="search_text_by_words")]

    def __str__(self) -> str:
        return f"Words of {self.document}"


class SearchPassage(models.Model):
    """A part of a document, with the address of the part on its page."""

    document = models.ForeignKey(
        "guidance.Document", on_delete=models.PROTECT, related_name="search_passages"
    )
    position = models.PositiveSmallIntegerField()
    anchor = models.CharField(max_length=80, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    vector = SearchVectorField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "position"], name="search_passage_once_in_its_place"),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.heading or 'the beginning'}"


class Opinion(models.Model):
    """Whether somebody found a page useful, and why. Nothing here tells who it was: no person, address,
    session or time of day."""

    LONGEST: ClassVar[int] = 600  # characters

    edition = models.ForeignKey("guidance.Edition", on_delete=models.PROTECT, related_name="opinions")
    useful = models.BooleanField()
    why = models.CharField(max_length=LONGEST, blank=True)
    said_on = models.DateField()
    why_removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-said_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(why_removed_on__isnull=True) | Q(why=""), name="opinion_removed_has_no_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {'useful' if self.useful else 'not useful'}"
