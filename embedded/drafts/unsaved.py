"""What was typed into one form and never sent: offered on the form's own page, to go on with or to throw away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from embedded.accounts.requests import SignedInRequest
from embedded.drafts.kept import drop_draft, kept_under

Fields = Mapping[str, list[str]]  # of a form, the values by name


@dataclass(frozen=True)
class Left:
    """One draft as the page offers it; `words` tell it from the others."""

    key: str
    at: datetime
    words: str
    typed: dict[str, Any]


class Unsaved:
    """The drafts of one form, kept under `prefix` and the key of each sheet of it: two tabs keep two. `words_of` says
    a draft in words, and "" of one that is not worth going on with. A press that throws one away is done here."""

    def __init__(self, request: SignedInRequest, prefix: str, words_of: Callable[[Fields], str]) -> None:
        self.person, self.prefix = request.person, prefix
        self.thrown_away = "throw_away" in request.POST
        if self.thrown_away:
            self.drop(request.POST["throw_away"][:80])
        found = kept_under(self.person, prefix) if request.method != "POST" else []
        self.left = [
            Left(one.key, one.at, words, one.typed) for one in found if (words := words_of(one.typed))
        ]
        self.chosen = next((one for one in self.left if one.key == request.GET.get("draft")), None)

    def fill(self, form: Any) -> None:
        """Shows in the form what the draft holds that was chosen."""
        if self.chosen:
            form.take_up(self.chosen.typed, self.chosen.key)

    def drop(self, form_key: UUID | str) -> None:
        """Forgets the draft of a form that was saved."""
        drop_draft(self.person, f"{self.prefix}{form_key}")


def words_in(*names: str) -> Callable[[Fields], str]:
    """Says a draft by the first of these boxes in which there are words."""

    def words_of(typed: Fields) -> str:
        return next((text for name in names if (text := "".join(typed.get(name, ())[:1]).strip())), "")

    return words_of
