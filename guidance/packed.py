"""What is kept of packs: what stands in each, the file that was made of it, and how often it was taken away."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import ClassVar

from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse

PackRow = tuple[str, str, datetime.date, str]


class PackQuerySet(models.QuerySet["Pack"]):
    """Packs, as the room looks for them."""

    def made(self) -> PackQuerySet:
        """Those with a file."""
        return self.filter(pdf__isnull=False)

    def without_withdrawn(self) -> PackQuerySet:
        """Those of which every edition may still be read."""
        gone = PackPart.objects.filter(pack=models.OuterRef("pk")).exclude(edition__state="published")
        return self.filter(~models.Exists(gone))


class Pack(models.Model):
    """One collection of editions, and of papers of a residency's own, under an address that always means the same.

    `key` is the SHA-256 of what stands in it, `address` the beginning of that. `ready` names the ready-made pack that
    it is an edition of. `made_from` is the SHA-256 of what its file shows, layout included. `private_to` is the place
    whose readers alone may have it, and `extras` are papers of that place: a list of {title, html, made_from}.
    `names` are lines of the cover: a list of [name, value].
    """

    key = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=24, unique=True)
    ready = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=160)
    whom = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=600, blank=True)
    private_to = models.CharField(max_length=200, blank=True)
    names = models.JSONField(default=list, blank=True)
    extras = models.JSONField(default=list, blank=True)
    begun_on = models.DateField()
    asked_on = models.DateField()
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    printings = models.PositiveSmallIntegerField(default=0)
    pdf = models.ForeignKey(
        "files.MadeFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    bundle = models.ForeignKey(
        "files.MadeFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    made_from = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Pack]] = PackQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-begun_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(key__regex=r"^[0-9a-f]{64}$") & Q(address__regex=r"^[0-9a-f]{24}$"),
                name="pack_has_key_and_address",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="pack_has_a_title"),
            models.CheckConstraint(
                condition=Q(
                    pdf__isnull=False,
                    bundle__isnull=False,
                    pages__isnull=False,
                    made_at__isnull=False,
                    made_from__regex=r"^[0-9a-f]{64}$",
                )
                | Q(
                    pdf__isnull=True,
                    bundle__isnull=True,
                    pages__isnull=True,
                    made_at__isnull=True,
                    made_from="",
                ),
                name="pack_made_has_all_its_files",
            ),
            models.CheckConstraint(
                condition=~Q(private_to="") | Q(names=[], extras=[]), name="pack_with_own_papers_is_private"
            ),
            models.CheckConstraint(condition=Q(asked_on__gte=F("begun_on")), name="pack_asked_after_begun"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.address})"

    def get_absolute_url(self) -> str:
        return reverse("guidance_pack", args=[self.address])


class PackPart(models.Model):
    """An edition that stands in a pack. `sections` are the anchors of those that were chosen; none means all of it."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveSmallIntegerField()
    edition = models.ForeignKey("guidance.Edition", on_delete=models.PROTECT, related_name="in_packs")
    sections = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["pack", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pack", "place"], name="pack_part_has_its_own_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.edition}"


class PackForm(models.TextChoices):
    """How a pack was taken away."""

    PDF = "pdf", "PDF"
    ZIP = "zip", "ZIP"


class PackCountQuerySet(models.QuerySet["PackCount"]):
    """Counts, never of a person."""

    def add(self, counts: Mapping[PackRow, int]) -> None:
        """Adds to the rows of (kind, form, month, reader), whoever else does so at the same time. Leaves out forms that
        there are not: what was counted may be older than the database."""
        known = [(*row, number) for row, number in sorted(counts.items()) if row[1] in PackForm.values]
        if known:
            with connection.cursor() as cursor:
                cursor.execute(_ADD, [list(column) for column in zip(*known, strict=True)])


_ADD = """
    INSERT INTO guidance_packcount (kind, form, month, reader, downloads)
    SELECT one.* FROM unnest(%s::text[], %s::text[], %s::date[], %s::text[], %s::int[]) AS one
    ON CONFLICT (kind, form, month, reader)
    DO UPDATE SET downloads = guidance_packcount.downloads + excluded.downloads
"""


class PackCount(models.Model):
    """How often packs of a kind were downloaded in a month, by kind of organisation (V-97). `kind` is the name of a
    ready-made pack, "chosen", or "own" for those with papers of a residency. Nothing here tells who it was."""

    CHOSEN: ClassVar[str] = "chosen"
    OWN: ClassVar[str] = "own"

    kind = models.CharField(max_length=40)
    form = models.CharField(max_length=8, choices=PackForm.choices)
    month = models.DateField()
    reader = models.CharField(max_length=40)
    downloads = models.PositiveIntegerField(default=0)

    objects: ClassVar[PackCountQuerySet] = PackCountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "form", "month", "reader"], name="pack_download_counted_in_one_row"
            ),
            models.CheckConstraint(condition=Q(form__in=PackForm.values), name="pack_form_is_listed"),
            models.CheckConstraint(condition=Q(month__day=1), name="pack_month_is_a_first_day"),
            models.CheckConstraint(condition=~Q(kind=""), name="pack_count_has_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.get_form_display()}, {self.month:%B %Y}, {self.reader}: {self.downloads}"
