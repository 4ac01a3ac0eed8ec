"""The field that takes one file, by the macro of NHS.UK."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from embedded.nhsuk.fields import Drawn


class UploadField(Drawn, forms.FileField):
    """One file; `accept` tells the browser which endings to offer. What is in the file is checked by the form."""

    macro = "file-upload"
    verb = "Select"

    def __init__(self, label: str = "", *, accept: str = "", **options: Any) -> None:
        super().__init__(label, **options)
        self.accept = accept
        self.error_messages["empty"] = "The selected file is empty"
        self.error_messages["invalid"] = "The selected file could not be uploaded – try again"

    def shown(self, bound: BoundField) -> str:
        """A browser never sends a file back into its box."""
        return ""

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        accepted = {"accept": self.accept} if self.accept else {}
        return super().params(bound, options) | {"attributes": accepted}
