"""Counts readings by month and kind of organisation, and nothing that tells who it was (V-97)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from guidance.models import Edition, ReadingCount


def count(request: HttpRequest, edition: Edition, form: str) -> None:
    """Adds one to the month's row of "html" or "pdf". Only a GET counts: programs that look with HEAD read nothing."""
    if request.method == "GET":
        month = timezone.localdate().replace(day=1)
        ReadingCount.objects.add_one(edition, form, month, reader_kind(request))


def reader_kind(request: HttpRequest) -> str:
    """ "signed out", or the kind of organisation that the upper storey knows this person by."""
    person = getattr(request, "person", None)
    if person is None:
        return ReadingCount.SIGNED_OUT
    kind: str = import_string(settings.READER_KIND)(person)
    return kind[:40]
