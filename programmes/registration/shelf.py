"""The shelf of a residency: links to what is kept elsewhere, such as a folder, minutes or a plan."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from embedded.nhsuk.forms import NhsForm, TextField
from programmes.founding import place_of
from programmes.lifecycle import StepRefused
from programmes.models import Residency, ShelfLink

MOST_LINKS: Final = 50
NOT_AN_ADDRESS: Final = "Enter a web address in the correct format, like https://teams.example/folder"


class ShelfForm(NhsForm):
    """A title and an address that is encrypted on its way."""

    title = TextField("What is it?", hint="For example: Minutes", called="what it is", max_length=120)
    address = TextField(
        "Web address", hint="It starts with https://", called="the web address", max_length=1000
    )

    def clean_address(self) -> str:
        typed = str(self.cleaned_data["address"])
        address = "https://" + typed[8:] if typed[:8].lower() == "https://" else typed
        URLValidator(schemes=["https"], message=NOT_AN_ADDRESS)(address)
        if "@" in urlsplit(address).netloc:
            raise ValidationError("Enter the web address without a name or password before “@”", code="name")
        return address


@transaction.atomic
def add_link(*, residency: Residency, title: str, address: str, by: Person) -> ShelfLink:
    """Puts a link on the shelf. StepRefused for an address that is there already, and for one too many."""
    Residency.objects.select_for_update().get(pk=residency.pk)
    if residency.shelf.filter(address=address).exists():
        raise StepRefused("This web address is on the shelf already")
    if residency.shelf.count() >= MOST_LINKS:
        raise StepRefused(f"There are {MOST_LINKS} links already. Remove one that is no longer needed first")
    link = ShelfLink.objects.create(residency=residency, title=title, address=address, added_by=by)
    _tell(residency, "shelf_link.added", by, link=link.pk)
    return link


@transaction.atomic
def remove_link(*, link: ShelfLink, by: Person) -> None:
    """Takes a link off the shelf; what it leads to is not touched."""
    _tell(link.residency, "shelf_link.removed", by, link=link.pk)
    link.delete()


def _tell(residency: Residency, deed: str, by: Person, **details: Any) -> None:
    audit.record(by, deed, str(residency), place_of(residency), details=details)
