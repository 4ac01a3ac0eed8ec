"""The form that makes a residency's own pack: which documents of the library, and which of its own papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from embedded.nhsuk.forms import CheckboxesField, NhsForm, RadioField
from guidance.packs.ready import ReadyPack
from programmes.papers import Paper

NO_DOCUMENTS: Final = "none"
NOTHING: Final = "Select at least one paper, or a set of documents"


class OwnPackForm(NhsForm):
    """`ready` and `chosen` are what was ticked."""

    moment = RadioField("Which documents of the library?", missing="Select which documents of the library")
    papers = CheckboxesField(
        "Which papers of its own?",
        hint="Only those that you may read are here. Whoever opens the pack must be allowed to read them all.",
        required=False,
    )

    def __init__(
        self, *args: Any, ready: Sequence[ReadyPack], papers: Sequence[Paper], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._ready = {one.name: one for one in ready}
        self._papers = {one.key: one for one in papers}
        moments = [(one.name, one.title) for one in ready]
        hints = {one.name: f"For {one.whom}" for one in ready}
        self.offer("moment", [*moments, (NO_DOCUMENTS, "None: only papers of its own")], hints)
        standings = {one.key: one.standing for one in papers}
        if papers:
            self.offer("papers", [(one.key, one.title) for one in papers], standings)
        else:
            del self.fields["papers"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("moment") == NO_DOCUMENTS and not typed.get("papers") and "papers" not in self.errors:
            self.add_error("papers" if "papers" in self.fields else "moment", NOTHING)
        return typed

    @property
    def ready(self) -> ReadyPack | None:
        return self._ready.get(self.cleaned_data["moment"])

    @property
    def chosen(self) -> list[Paper]:
        return [self._papers[key] for key in self.cleaned_data.get("papers") or ()]
