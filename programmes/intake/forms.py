"""The form that takes a file of residencies."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from embedded.nhsuk.forms import NhsForm
from embedded.nhsuk.uploads import UploadField
from embedded.tables.reading.bounds import MEGABYTE, Bounds

MOST_BYTES = Bounds.most_bytes
TOO_LARGE = f"The selected file must be smaller than {MOST_BYTES // MEGABYTE}MB"


class UploadForm(NhsForm):
    """One file. What is in it is looked at later, and not here."""

    file = UploadField(
        "Upload a file",
        hint=f"CSV or Excel (.xlsx), smaller than {MOST_BYTES // MEGABYTE}MB",
        accept=".csv,.txt,.tsv,.xlsx",
        called="a file",
    )

    def __init__(self, *args: Any, too_large: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if too_large:  # it was not kept, so the field finds nothing
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(TOO_LARGE, code="too_large")
        return file


class PressForm(NhsForm):
    """One press: bring them in, or try again."""
