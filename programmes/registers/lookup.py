"""Fetches one organisation, and the facts about it that a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from programmes.models import NameKind, Nation, Organisation, OrganisationKind, Scheme
from programmes.registers.found import Successor, closed_note
from programmes.registers.identifiers import ror_address


@dataclass(frozen=True)
class OtherName:
    """A name and, for a former one, the last day on which it was borne where that is known."""

    name: str
    until: date | None


@dataclass(frozen=True)
class Facts:
    """Everything that the register says of an organisation; texts are empty where it says nothing."""

    scheme: str
    code: str
    scheme_label: str
    display_name: str
    legal_name: str
    kind_label: str
    nation_label: str
    address: tuple[str, ...]
    postcode: str
    region: str
    board: Successor | None
    gss_code: str
    ukprn: str
    ror_address: str
    charity_number: str
    opened: date | None
    closed: date | None
    closed_note: str
    is_made_up: bool
    is_added_by_hand: bool
    former_names: tuple[OtherName, ...]
    other_names: tuple[str, ...]
    sites: tuple[str, ...]
    successors: tuple[Successor, ...]
    predecessors: tuple[Successor, ...]


def organisation_of(reference: str) -> Organisation | None:
    """The organisation that a form means by `ods:RJ1`; None for one that is unknown or made up elsewhere."""
    scheme, _, code = reference.partition(":")
    organisation = Organisation.objects.with_code(scheme, code).first()
    if organisation and organisation.is_made_up and not settings.DEMONSTRATION:
        return None
    return organisation


def facts_of(scheme: str, code: str) -> Facts | None:
    """The facts about one organisation, or None when there is none of that code."""
    one = organisation_of(f"{scheme}:{code}")
    if one is None:
        return None
    names = list(one.names.all())
    after = [*([one.successor] if one.successor else []), *one.further_successors.all()]
    before = [*one.predecessors.all(), *one.further_predecessors.all()]
    board = Organisation.objects.with_code(Scheme.ODS, one.icb_code).first() if one.icb_code else None
    return Facts(
        scheme=one.scheme,
        code=one.code,
        scheme_label=str(Scheme(one.scheme).label),
        display_name=one.display_name,
        legal_name=one.legal_name if one.legal_name.casefold() != one.display_name.casefold() else "",
        kind_label=str(OrganisationKind(one.kind).label),
        nation_label=str(Nation(one.nation).label),
        address=tuple(one.address.splitlines()),
        postcode=one.postcode,
        region=one.region,
        board=_link(board) if board else None,
        gss_code=one.gss_code,
        ukprn=one.ukprn,
        ror_address=ror_address(one.ror_id),
        charity_number=one.charity_number,
        opened=one.opened,
        closed=one.closed,
        closed_note=closed_note(one.closed, [other.display_name for other in after]),
        is_made_up=one.is_made_up,
        is_added_by_hand=one.scheme == Scheme.OWN and not one.is_made_up,
        former_names=tuple(OtherName(n.name, n.until) for n in names if n.kind == NameKind.FORMER),
        other_names=tuple(n.name for n in names if n.kind == NameKind.OTHER),
        sites=tuple(n.name for n in names if n.kind == NameKind.SITE),
        successors=tuple(_link(other) for other in after),
        predecessors=tuple(_link(other) for other in before),
    )


def _link(one: Organisation) -> Successor:
    return Successor(one.pk, one.scheme, one.code, one.display_name)


def live_with_ror(bare: str) -> Organisation | None:
    """The live organisation that has this ROR id; there is at most one (V-3)."""
    return Organisation.objects.live().filter(ror_id=bare).first()
