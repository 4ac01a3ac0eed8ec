"""The presses of agreements: contracts that are recorded, their files, the working agreement."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from programmes.models import WorkingAgreement
from tests.agreements.telling import PDF
from tests.agreements.telling import typed as agreement_typed
from tests.agreements.telling import words as working_words
from tests.house.addresses import Things
from tests.house.live import live_links
from tests.house.pressing import NOBODY, Press, at, press
from tests.registration.filled import key


class Paper(SimpleUploadedFile):
    """A file that can be sent more than once."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return bytes(super().read(*args))


def _typed(things: Things, **more: Any) -> dict[str, Any]:
    one, other = str(things.world.host.pk), "Made Up Charity"
    return agreement_typed(things.world, parties=one, other_parties=other, covers="data") | more


@press
def agreement_new(things: Things) -> Press:
    return Press("host_manager", at(things, "agreement_new"), _typed(things))


@press
def agreement_edit(things: Things) -> Press:
    return Press("host_manager", at(things, "agreement_edit"), _typed(things, version="1"))


@press
def agreement_file(things: Things) -> Press:
    typed = {"form_key": key(), "file": Paper("contract.pdf", PDF)}
    return Press("rd_office", at(things, "agreement_file"), typed)


@press
def working_agreement(things: Things) -> Press:
    typed = {"form_key": key(), "press": "agree"}
    return Press("researcher", at(things, "working_agreement"), typed)


@press
def working_agreement_edit(things: Things) -> Press:
    return Press("host_manager", at(things, "working_agreement_edit"), working_words() | {"version": "1"})


@press
def working_agreement_ask(things: Things) -> Press:
    draft = WorkingAgreement.objects.create(
        residency=things.world.residency,
        number=2,
        made_by=things.world.people["host_manager"],
        made_at=timezone.now(),
    )
    draft.people.create(name="Maureen Tilley", email="maureen@people.example")
    return Press("host_manager", at(things, "working_agreement_ask"), {"form_key": key()})


@press
def working_agreement_person_add(things: Things) -> Press:
    typed = {"form_key": key(), "name": "Maureen Tilley", "part": "carer"}
    typed |= {"email": "maureen@people.example"}
    return Press("researcher", at(things, "working_agreement_person_add"), typed)


@press
def working_agreement_person(things: Things) -> Press:
    typed = {"form_key": key(), "press": "send"}
    return Press("researcher", at(things, "working_agreement_person"), typed)


@press
def working_agreement_open(things: Things) -> Press:
    return Press(NOBODY, live_links(things)["working_agreement_open"], {"form_key": key()}, lands=200)
