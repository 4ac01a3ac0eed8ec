"""What the pages of the directory show."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from embedded.nhsuk.words import day
from programmes.registers.found import Found, Successor
from programmes.registers.lookup import Facts

ON_A_PAGE = 50
LINE_BREAK = mark_safe("<br>")  # our own


def as_data(one: Found) -> dict[str, str]:
    """One result for the box in forms: what to send, what to show, and one line below it."""
    return {"reference": one.reference, "name": one.display_name, "note": one.note}


def rows(facts: Facts) -> list[tuple[str, str]]:
    """Name and value of every fact that the register knows."""
    code = "" if facts.is_added_by_hand or facts.is_made_up else f"{facts.code} ({facts.scheme_label})"
    all_rows = [
        ("Kind", facts.kind_label),
        ("Code", code or facts.code),
        ("Legal name", facts.legal_name),
        ("Address", _lines([*facts.address, facts.postcode])),
        ("Nation", facts.nation_label),
        ("Region", facts.region),
        ("Integrated care board", _links([facts.board] if facts.board else [])),
        ("ONS code", facts.gss_code),
        ("ROR id", facts.ror_address),
        ("Charity number", facts.charity_number),
        ("Opened", day(facts.opened)),
        ("Closed", day(facts.closed)),
        ("Now", _links(facts.successors)),
        ("Took over from", _links(facts.predecessors)),
        ("Former names", _lines(_former(facts))),
        ("Also known as", _lines(facts.other_names)),
        ("Hospitals and sites", _lines(facts.sites)),
    ]
    return [(name, value) for name, value in all_rows if value]


def _former(facts: Facts) -> list[str]:
    return [f"{one.name} (until {day(one.until)})" if one.until else one.name for one in facts.former_names]


def _lines(lines: list[str] | tuple[str, ...]) -> str:
    return format_html_join(LINE_BREAK, "{}", ((line,) for line in lines if line))


def _links(organisations: list[Successor] | tuple[Successor, ...]) -> str:
    return format_html_join(
        LINE_BREAK,
        '<a class="nhsuk-link" href="{}">{}</a>',
        ((reverse("organisation", args=[one.scheme, one.code]), one.display_name) for one in organisations),
    )
