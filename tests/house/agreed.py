"""A contract with its file, and a working agreement that the researcher is asked to agree to, for a test's world."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from django.utils import timezone
from pypdf import PdfWriter

from embedded import links
from embedded.files import keep
from programmes.agreements.working import PURPOSE
from programmes.models import Agreement, AgreementParty, WorkingAgreement, WorkingAgreementPerson
from tests.world import World


@cache
def paper() -> bytes:
    """A PDF of one empty page."""
    written, kept = PdfWriter(), BytesIO()
    written.add_blank_page(200, 200)
    written.write(kept)
    return kept.getvalue()


def contract_in(world: World, canary: str) -> Agreement:
    agreement = Agreement.objects.create(
        residency=world.residency,
        kind="hosting_agreement",
        signed_on=timezone.localdate(),
        covers=["data"],
        publication="free",
        publication_words=f"{canary} clause",
        kept_at=f"{canary} cupboard",
        file=keep(paper(), f"{canary}.pdf", "application/pdf"),
        recorded_by=world.people["host_manager"],
        recorded_at=timezone.now(),
    )
    AgreementParty.objects.create(agreement=agreement, organisation=world.host)
    return agreement


def named_in(world: World, canary: str) -> WorkingAgreementPerson:
    """Somebody who is asked, in a version that was asked about."""
    manager, researcher, now = world.people["host_manager"], world.people["researcher"], timezone.now()
    version = WorkingAgreement.objects.create(
        residency=world.residency,
        number=1,
        asking=f"{canary} asking",
        facts=[["", f"{canary} facts"]],
        made_by=manager,
        made_at=now,
        asked_by=manager,
        asked_at=now,
        pdf=keep(paper(), f"{canary}.pdf", "application/pdf"),
    )
    return version.people.create(
        name=researcher.display_name, part="embedded researcher", email=researcher.email, person=researcher
    )


def link_for(one: WorkingAgreementPerson) -> str:
    """The token of a fresh link, in place of an earlier one."""
    one.link, token = links.issue(PURPOSE, str(one.pk), by=one.agreement.asked_by)
    one.save(update_fields=["link"])
    return token
