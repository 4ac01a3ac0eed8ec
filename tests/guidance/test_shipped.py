"""Every document that comes with the product keeps the promises of the library (users.md, decision 17)."""

from __future__ import annotations

import re

import pytest

from guidance.actions import check_citations
from guidance.catalogue import ShippedEdition, shipped_editions
from guidance.linking import GLOSSARY
from guidance.medium import PAPER
from guidance.typeset import typeset

SHIPPED = shipped_editions()
FIRST = {"do-you-need-one", "embedded-research-for-nhs-organisations"}


def each(shipped: list[ShippedEdition]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("shipped", shipped, ids=lambda one: f"{one.slug}-{one.number}")


every = each(SHIPPED)


def test_the_two_first_documents_are_there() -> None:
    assert {one.slug for one in SHIPPED} >= FIRST


@every
def test_front_matter_is_complete(shipped: ShippedEdition) -> None:
    assert shipped.title
    assert shipped.summary
    assert shipped.licence
    assert shipped.next_review > shipped.published_on
    assert shipped.notes or "{fact}" not in shipped.body, "what is a fact names its source"


def opens_with_five(shipped: ShippedEdition) -> bool:
    """Case sheets, the glossary and sheets of one page may do without."""
    may_do_without = shipped.audience == "case_study" or shipped.slug == "glossary" or shipped.one_page
    return not may_do_without or shipped.body.startswith("::: five")


@each([one for one in SHIPPED if opens_with_five(one)])
def test_opens_with_five_things_exactly(shipped: ShippedEdition) -> None:
    assert shipped.body.startswith("::: five")
    opening = typeset(shipped.body, shipped.notes, PAPER, True).opening
    assert opening.count("<li>") == 5


@every
def test_ends_with_the_email_to_send(shipped: ShippedEdition) -> None:
    last = shipped.body.rsplit("\n## ", 1)[1]
    assert "::: email" in last
    assert last.rstrip().endswith(":::")
    assert re.search(r"^To: .+\nSubject: .+\n\n", last, re.MULTILINE)


@each([one for one in SHIPPED if one.notes])
def test_says_what_is_fact_advice_or_to_be_checked(shipped: ShippedEdition) -> None:
    """What is drawn from sources marks its facts. Guides keep advice apart from them too; case sheets, the glossary and
    sheets to fill in have little or none."""
    short = shipped.one_page or shipped.audience == "case_study" or shipped.slug == "glossary"
    for mark in ("{fact}",) if short else ("{fact}", "{advice}"):
        assert mark in shipped.body, mark


@every
def test_every_citation_has_its_source_and_every_fact_a_citation(shipped: ShippedEdition) -> None:
    check_citations(shipped)
    without = re.findall(r"[^\n]{0,60}(?<!\])\s\{fact\}", shipped.body)
    assert without == []


@every
def test_every_mark_and_box_was_understood(shipped: ShippedEdition) -> None:
    text = typeset(shipped.body, shipped.notes, PAPER, True)
    assert not re.search(r":::|\{[a-z= ]+|\*\*|\]\(|Table:|____", text.opening + text.rest)


NEWEST = {one.slug: one for one in SHIPPED if one.language == "en-GB"}  # the last of each is the newest


@each(list(NEWEST.values()))
def test_every_link_leads_to_a_document_a_heading_of_it_or_a_term(shipped: ShippedEdition) -> None:
    for link in typeset(shipped.body, shipped.notes, PAPER, True).links:
        kind, _, rest = link.partition(":")
        slug, _, anchor = rest.partition("#") if kind == "guide" else (GLOSSARY, "", rest)
        assert slug in NEWEST, link
        there = NEWEST[slug]
        assert not anchor or anchor in typeset(there.body, there.notes, PAPER, True).anchors, link
