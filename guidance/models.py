"""What the library holds: documents, their editions, who reviewed them, and how often they are read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Q

from embedded.nhsuk.words import start_high
from guidance.choices import Audience, Moment, Reader, Topic
from guidance.packed import Pack as Pack
from guidance.packed import PackCount as PackCount
from guidance.packed import PackForm as PackForm
from guidance.packed import PackPart as PackPart
from guidance.records import Opinion as Opinion
from guidance.records import SearchPassage as SearchPassage
from guidance.records import SearchText as SearchText


class Form(models.TextChoices):
    """How an edition was read."""

    HTML = "html", "Web page"
    PDF = "pdf", "PDF"
    WORD = "word", "Word file"
    SHEET = "sheet", "Spreadsheet"


def _several(choices: type[models.TextChoices]) -> ArrayField:
    """A list of values out of the choices; none when nobody has said."""
    value = models.CharField(max_length=20, choices=choices.choices)
    return ArrayField(value, default=list, db_default=[], blank=True)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, as readers look for them."""

    def readable(self) -> DocumentQuerySet:
        """Those with an edition that is published today or was."""
        published = Edition.objects.filter(document=models.OuterRef("pk"), state=Edition.State.PUBLISHED)
        return self.filter(models.Exists(published))


class Document(models.Model):
    """A piece of guidance under one address; its words are in its editions."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    audience = models.CharField(max_length=30, choices=Audience.choices)
    moments = _several(Moment)
    readers = _several(Reader)
    topics = _several(Topic)
    summary = models.CharField(max_length=400)
    review_owner = models.CharField(max_length=120)
    next_review = models.DateField()
    licence = models.CharField(max_length=120)

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="document_audience_is_listed"
            ),
            models.CheckConstraint(
                condition=Q(moments__contained_by=Moment.values), name="document_moments_are_listed"
            ),
            models.CheckConstraint(
                condition=Q(readers__contained_by=Reader.values), name="document_readers_are_listed"
            ),
            models.CheckConstraint(
                condition=Q(topics__contained_by=Topic.values), name="document_topics_are_listed"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="document_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions, newest first."""

    def published(self) -> EditionQuerySet:
        return self.filter(state=Edition.State.PUBLISHED)

    def of(self, slug: str, language: str = "en-GB") -> EditionQuerySet:
        return self.filter(document__slug=slug, language=language).select_related(
            "document", "pdf", "docx", "xlsx"
        )

    def numbered(self, version: tuple[int, int, int]) -> EditionQuerySet:
        return self.filter(major=version[0], minor=version[1], patch=version[2])

    def newest_first(self) -> EditionQuerySet:
        return self.order_by("-major", "-minor", "-patch", "-pk")


class Edition(models.Model):
    """One version of a document's text in one language. A published text does not change: a new one has a
    new version. `fingerprint` is the SHA-256 of the shipped file, `pdf_made_from` of what its PDF shows; so are
    `docx_made_from` and `xlsx_made_from` of what its Word file and its spreadsheet were made from."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Source(models.TextChoices):
        SHIPPED = "shipped", "Came with the product"
        EDITED = "edited", "Edited here"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    major = models.PositiveSmallIntegerField()
    minor = models.PositiveSmallIntegerField()
    patch = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=12, default="en-GB")
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=400)
    authors = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    notes = models.JSONField(default=dict, blank=True, help_text="Source key → {text, url}")
    changelog = models.CharField(max_length=600)
    reading_minutes = models.PositiveSmallIntegerField()
    one_page = models.BooleanField(default=False)
    word = models.BooleanField("also a Word file", default=False, db_default=False)
    sheet = models.BooleanField("also a spreadsheet", default=False, db_default=False)
    landscape = models.BooleanField("paper lies on its side", default=False, db_default=False)
    large_print = models.BooleanField("16 point on paper", default=False, db_default=False)
    published_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=600, blank=True, default="", db_default="")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.SHIPPED)
    fingerprint = models.CharField(max_length=64, blank=True)
    pdf = models.ForeignKey(
        "files.MadeFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pdf_made_from = models.CharField(max_length=64, blank=True)
    pdf_pages = models.PositiveSmallIntegerField(null=True, blank=True)
    docx = models.ForeignKey(
        "files.MadeFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    docx_made_from = models.CharField(max_length=64, blank=True, db_default="")
    xlsx = models.ForeignKey(
        "files.MadeFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    xlsx_made_from = models.CharField(max_length=64, blank=True, db_default="")

    objects: ClassVar[models.Manager[Edition]] = EditionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "major", "minor", "patch", "language", "source"],
                name="edition_once_a_version",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "withdrawn"]), name="edition_state_is_listed"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["shipped", "edited"]), name="edition_source_is_listed"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_on__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_on__isnull=True)),
                name="edition_withdrawn_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("published_on")),
                name="edition_not_withdrawn_before_published",
            ),
            models.CheckConstraint(condition=Q(reading_minutes__gte=1), name="edition_takes_a_minute"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def number(self) -> tuple[int, int, int]:
        return (self.major, self.minor, self.patch)

    @property
    def version(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


class Review(models.Model):
    """Somebody real who read an edition and said what should change. Named only if they agreed to it."""

    class Reader(models.TextChoices):
        PUBLIC = "public", "member of the public"
        MANAGER = "manager", "manager in an NHS or care organisation"
        RESEARCHER = "researcher", "researcher"
        PROFESSIONAL = "professional", "health or care professional"
        HOST = "host", "somebody from the host of the case"

        @property
        def unnamed(self) -> str:
            """As a sentence begins with one of them: "A researcher"."""
            return start_high(self.label) if self is Review.Reader.HOST else f"A {self.label}"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reviews")
    reader = models.CharField(max_length=20, choices=Reader.choices)
    name = models.CharField(max_length=120, blank=True, help_text="Empty when they prefer not to be named")
    reviewed_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["reviewed_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reader__in=["public", "manager", "researcher", "professional", "host"]),
                name="review_reader_is_listed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or 'Somebody'}, {self.get_reader_display()}"


class ReadingCountQuerySet(models.QuerySet["ReadingCount"]):
    """Counts, never of a person."""

    def add(self, counts: Mapping[tuple[int, str, datetime.date, str], int]) -> None:
        """Adds to the rows of (edition, form, month, reader), whoever else does so at the same time. Leaves out
        editions and forms that there are not: what was counted may be older than the database."""
        known = [(*row, number) for row, number in sorted(counts.items()) if row[1] in Form.values]
        if known:
            with connection.cursor() as cursor:
                cursor.execute(_ADD, [list(column) for column in zip(*known, strict=True)])


_ADD = """
    INSERT INTO guidance_readingcount (edition_id, form, month, reader, readings)
    SELECT one.* FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::text[], %s::int[])
        AS one (edition_id, form, month, reader, readings)
    WHERE EXISTS (SELECT FROM guidance_edition WHERE id = one.edition_id)
    ON CONFLICT (edition_id, form, month, reader)
    DO UPDATE SET readings = guidance_readingcount.readings + excluded.readings
"""


class ReadingCount(models.Model):
    """How often an edition was opened or downloaded in a month, by kind of organisation (V-97). Nothing
    here tells who it was: no person, address, session or time."""

    SIGNED_OUT: ClassVar[str] = "signed out"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="readings")
    form = models.CharField(max_length=8, choices=Form.choices)
    month = models.DateField()
    reader = models.CharField(max_length=40, default=SIGNED_OUT)
    readings = models.PositiveIntegerField(default=0)

    objects: ClassVar[ReadingCountQuerySet] = ReadingCountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "form", "month", "reader"], name="reading_counted_in_one_row"
            ),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="reading_form_is_listed"),
            models.CheckConstraint(condition=Q(month__day=1), name="reading_month_is_a_first_day"),
        ]

    def __str__(self) -> str:
        return (
            f"{self.edition}, {self.get_form_display()}, {self.month:%B %Y}, {self.reader}: {self.readings}"
        )
