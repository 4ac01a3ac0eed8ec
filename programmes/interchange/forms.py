"""The forms of a log by file: the file, what its columns mean, and one press."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from embedded.nhsuk.addresses import is_number
from embedded.nhsuk.forms import NhsForm, RadioField, SelectField
from embedded.nhsuk.uploads import UploadField
from embedded.nhsuk.words import counted
from embedded.tables.reading.bounds import MEGABYTE
from embedded.tables.reading.headings import letter
from programmes.interchange.columns import BOUNDS, COLUMNS, NEEDED
from programmes.interchange.words import Strange
from programmes.models import PLAIN_KINDS, BareNumber, LateReason, Residency

TOO_LARGE: Final = f"The selected file must be smaller than {BOUNDS.most_bytes // MEGABYTE}MB"
NOT_THERE: Final = {
    "date": "Select the column with the day",
    "how_long": "Select the column with how long it took",
}
LONGEST_HEADING: Final = 60
KINDS: Final = [(kind.value, str(kind.label)) for kind in PLAIN_KINDS]


class UploadForm(NhsForm):
    """One file. What is in it is looked at later, and not here."""

    file = UploadField(
        "File with your log",
        hint=f"CSV or Excel (.xlsx), smaller than {BOUNDS.most_bytes // MEGABYTE}MB",
        accept=".csv,.txt,.tsv,.xlsx",
        called="a file",
    )

    def __init__(self, *args: Any, too_large: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if too_large:  # it was not kept, so the field finds nothing
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > BOUNDS.most_bytes:
            raise ValidationError(TOO_LARGE, code="too_large")
        return file


class PressForm(NhsForm):
    """One press: bring them in, try again, or undo."""


class ColumnsForm(NhsForm):
    """Which column means what, and what the file does not say itself."""

    dates = RadioField(
        "What does 3/5/2026 mean in this file?",
        [("day", "3 May 2026"), ("month", "5 March 2026")],
        small=True,
    )
    unit = RadioField(
        "What does a bare number mean, in the column of how long it took?",
        [(one.value, str(one.label)) for one in BareNumber],
        hint="1:30, 1h30 and 01:30:00 are understood in any case",
        small=True,
    )
    usual_kind = SelectField(
        "Kind of work where a row says none",
        KINDS,
        called="the kind of work",
        required=False,
        empty="Every row says its kind",
    )
    residency = SelectField("Which residency was it for?", called="the residency")
    late_reason = SelectField(
        "Why do entries of more than 31 days ago come late?", LateReason.choices, called="why they come late"
    )

    def __init__(
        self,
        *args: Any,
        head: list[str],
        words: Sequence[Strange],
        matched: dict[str, str],
        residencies: Iterable[Residency],
        **options: Any,
    ) -> None:
        """`words` are asked about each; `matched` is what was said of words before."""
        super().__init__(*args, **options)
        self.matched = matched
        self.words = {f"word_{mark}": mark for mark, _, _ in words}
        places = [
            (str(at), f"{letter(at)}: {text[:LONGEST_HEADING]}") for at, text in enumerate(head) if text
        ]
        for column in COLUMNS:
            self.fields[column.name + "_at"] = SelectField(
                column.question,
                places,
                required=column.name in NEEDED,
                empty="Not in this file",
                missing=NOT_THERE.get(column.name, ""),
            )
        for mark, word, rows in words:
            self.fields[f"word_{mark}"] = SelectField(
                f"“{word}” ({counted(rows, 'row', 'rows')})",
                KINDS,
                required=False,
                empty="Choose a kind of work",
                initial=matched.get(mark, ""),
            )
        self.order_fields([f"{column.name}_at" for column in COLUMNS] + list(self.words))
        self.offer("residency", [(str(one.pk), f"{one.title} ({one.code})") for one in residencies])

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        first: dict[str, str] = {}
        for column in COLUMNS:
            at = typed.get(f"{column.name}_at")
            if at and at in first:
                self.add_error(
                    f"{column.name}_at", f"Select another column: this one is “{first[at]}” already"
                )
            elif at:
                first[at] = column.question
        if not typed.get("kind_at") and not typed.get("usual_kind"):
            self.add_error("usual_kind", "Select the kind of work, as no column says it")
        return typed

    def columns(self) -> dict[str, Any]:
        """As a file keeps them."""
        typed = self.cleaned_data
        at = {one.name: int(typed[f"{one.name}_at"]) for one in COLUMNS if typed[f"{one.name}_at"]}
        said = {mark: typed[field] for field, mark in self.words.items()}
        words = {mark: kind for mark, kind in (self.matched | said).items() if kind}
        return {"at": at, "kind": typed["usual_kind"], "dates": typed["dates"], "words": words}

    def taken(self) -> set[int]:
        """The columns that are taken, as the form stands now."""
        said = [str(self[f"{column.name}_at"].value() or "") for column in COLUMNS]
        return {int(at) for at in said if is_number(at)}
