"""What the pages of agreements fetch."""

from __future__ import annotations

from django.http import Http404

from embedded.accounts.models import Person
from programmes.models import (
    Agreement,
    Organisation,
    Residency,
    WorkingAgreement,
    WorkingAgreementPerson,
)


def agreements_of(residency: Residency) -> list[Agreement]:
    """All that are recorded, in the order in which they were signed."""
    found = residency.agreements.select_related("file", "recorded_by", "follows")
    agreements = list(found.prefetch_related("parties__organisation"))
    for one in agreements:
        one.residency = residency
    return agreements


def agreement_of(agreements: list[Agreement], pk: int) -> Agreement:
    """One of this residency's; any other is a 404."""
    found = next((one for one in agreements if one.pk == pk), None)
    if found is None:
        raise Http404("No agreement of that number in this residency")
    return found


def organisations_of(residency: Residency, agreement: Agreement | None = None) -> list[Organisation]:
    """Those that may have signed: of the registration, of the posts, the programme's, and who is named already."""
    found = [part.organisation for part in residency.organisations.all()]
    found += [post.employer for post in residency.placements.select_related("employer") if post.employer]
    found.append(residency.programme.lead_organisation)
    if agreement is not None:
        found += [party.organisation for party in agreement.parties.all()]
    return list({one.pk: one for one in found}.values())


def versions_of(residency: Residency) -> list[WorkingAgreement]:
    """The working agreement's versions, the newest first."""
    found = residency.working_agreements.select_related("made_by", "asked_by", "pdf", "job")
    versions = list(found.order_by("-number"))
    for one in versions:
        one.residency = residency
    return versions


def version_of(versions: list[WorkingAgreement], number: int) -> WorkingAgreement:
    found = next((one for one in versions if one.number == number), None)
    if found is None:
        raise Http404("No version of that number in this residency")
    return found


def asked_before(versions: list[WorkingAgreement], version: WorkingAgreement) -> WorkingAgreement | None:
    """The version that people were asked about before this one."""
    return next((one for one in versions if one.number < version.number and one.asked_at), None)


def people_of(version: WorkingAgreement) -> list[WorkingAgreementPerson]:
    people = list(version.people.select_related("person", "link"))
    for one in people:
        one.agreement = version
    return people


def person_of(residency: Residency, pk: int) -> WorkingAgreementPerson:
    """Somebody named in the newest version; anybody else is a 404."""
    versions = versions_of(residency)
    people = people_of(versions[0]) if versions else []
    found = next((one for one in people if one.pk == pk), None)
    if found is None:
        raise Http404("Nobody of that number in this working agreement")
    return found


def own_of(people: list[WorkingAgreementPerson], person: Person) -> WorkingAgreementPerson | None:
    """The reader, if they are named."""
    return next((one for one in people if one.person_id == person.pk), None)
