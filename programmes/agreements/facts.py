"""The sheet of facts for a contracts office: who, what, when, how much. It holds no legal wording."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from embedded.nhsuk.words import day, pounds
from programmes.agreements.word import Table
from programmes.models import Agreement, Organisation, Residency

NOT_YET: Final = "Not recorded yet"
CONFIRMED: Final = {"yes": "Yes", "no": "No", "partly": "Partly"}


def title_of(residency: Residency) -> str:
    return f"Facts for the contract: {residency.code}"


def opening(residency: Residency, on: datetime.date) -> list[str]:
    return [
        residency.title,
        f"These facts were recorded for {residency.programme.name} and written out on {day(on)}. This is not a "
        "contract and holds no legal wording: it is for whoever writes one, to copy from and to check.",
    ]


def tables(residency: Residency, agreements: Sequence[Agreement]) -> list[Table]:
    return [
        Table("Purpose", _named(_purpose(residency))),
        _organisations(residency),
        _people(residency),
        _posts(residency),
        Table("Dates", _named(_dates(residency))),
        Table("Money", _named(_money(residency))),
        _projects(residency),
        _agreements(agreements),
    ]


def _named(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, text or NOT_YET) for name, text in pairs]


def _purpose(residency: Residency) -> list[tuple[str, str]]:
    decision = residency.decision
    if decision and residency.decision_by:
        decision = f"{decision} (by {day(residency.decision_by)})"
    return [
        ("Title", residency.title),
        ("Reference", residency.code),
        ("Direction", residency.get_direction_display()),
        ("Hospital, site or team", residency.site),
        ("The problem", residency.problem),
        ("The decision it should inform", decision),
        ("What should be different in a year", residency.difference),
    ]


def _organisations(residency: Residency) -> Table:
    parts = list(residency.organisations.all())
    rows = [
        (
            part.get_part_display(),
            part.organisation.legal_name,
            identifiers(part.organisation),
            ", ".join(line for line in part.organisation.address.splitlines() if line.strip()) or NOT_YET,
            part.own_reference or NOT_YET,
        )
        for part in parts
    ]
    lead = residency.programme.lead_organisation
    if lead.pk not in {part.organisation_id for part in parts}:
        address = ", ".join(line for line in lead.address.splitlines() if line.strip()) or NOT_YET
        rows.append(("Leads the programme", lead.legal_name, identifiers(lead), address, NOT_YET))
    head = ("Part", "Registered name", "Identifiers", "Address", "Their reference")
    return Table("Organisations", rows, head)


def identifiers(organisation: Organisation) -> str:
    """Every code that a register gives it."""
    known = (
        ("ODS", organisation.ods_code),
        ("ROR", organisation.ror_id and f"https://ror.org/{organisation.ror_id}"),
        ("UKPRN", organisation.ukprn),
        ("GSS", organisation.gss_code),
        ("Charity", organisation.charity_number),
    )
    return "; ".join(f"{name} {code}" for name, code in known if code) or NOT_YET


def _people(residency: Residency) -> Table:
    asked = (
        ("Host manager", residency.host_manager_name, residency.host_manager_email),
        ("Academic supervisor", residency.academic_supervisor_name, residency.academic_supervisor_email),
        ("Executive sponsor", residency.sponsor_name, ""),
    )
    others = (
        ("Supervisor at the host", residency.host_supervisor_name, residency.host_supervisor_email),
        ("Second academic supervisor", residency.second_supervisor_name, residency.second_supervisor_email),
    )
    word = residency.programme.researcher_word.capitalize()
    shown = [*asked, *(other for other in others if other[1])]
    rows = [(part, name or NOT_YET, email or NOT_YET) for part, name, email in shown]
    rows += [(word, str(post.person), post.person.email or NOT_YET) for post in residency.placements.all()]
    if not residency.placements.all():
        rows.append((word, residency.researcher_name or NOT_YET, NOT_YET))
    return Table("People", rows, ("Part", "Name", "Email address"))


def _posts(residency: Residency) -> Table:
    rows = [
        (
            str(post.person),
            post.employer.legal_name if post.employer else NOT_YET,
            f"{post.wte:.2f}",
            day(post.start),
            day(post.end) or "No end recorded",
        )
        for post in residency.placements.all()
    ]
    head = ("Person", "Employer", "Whole-time equivalent", "From", "To")
    return Table("Posts", rows, head, "Nobody holds a post yet.")


def _dates(residency: Residency) -> list[tuple[str, str]]:
    days = residency.days_a_week
    return [
        ("Planned start", day(residency.planned_start)),
        ("Planned end", day(residency.planned_end)),
        ("Started on", day(residency.started_on)),
        ("Days a week", f"{days.normalize():f}" if days else ""),
    ]


def _money(residency: Residency) -> list[tuple[str, str]]:
    return [
        ("Who pays", residency.money_who_pays),
        ("How much", pounds(residency.money_amount)),
        ("Held by", residency.money_held_by),
        ("Cost code", residency.money_cost_code),
        ("Confirmed", CONFIRMED.get(residency.money_confirmed, residency.money_confirmed)),
        ("Funding scheme", residency.programme.get_scheme_display()),
        ("Award reference", residency.programme.award_reference),
    ]


def _projects(residency: Residency) -> Table:
    rows = [
        (
            project.title,
            project.get_classification_display(),
            day(project.classified_on) or "Not classified yet",
        )
        for project in residency.projects.order_by("started_on", "pk")
    ]
    head = ("Project", "Classification of the work and its data", "Classified on")
    return Table("Data and classification of the work", rows, head, "No project is recorded yet.")


def _agreements(agreements: Sequence[Agreement]) -> Table:
    rows = [
        (
            one.get_kind_display(),
            day(one.signed_on),
            day(one.effective_to) or "No end recorded",
            one.get_publication_display() or NOT_YET,
            "Yes" if one.funder_review_needed else "Not said",
            one.kept_at,
        )
        for one in agreements
    ]
    head = ("Kind", "Signed on", "Last day", "May findings be published?", "Funder sees it first", "Kept at")
    return Table("Agreements that are recorded", rows, head, "None is recorded yet.")
