"""The library as a whole: what was promised is in it, links lead somewhere, words are spelt and can be read."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guidance.actions import load_library
from guidance.catalogue import LIBRARY, ShippedEdition, shipped_editions
from guidance.measuring import anchors_of, measured, reading_grade
from guidance.medium import WEB
from guidance.models import Edition
from guidance.passages import words_in
from guidance.typeset import typeset

ROOT = Path(__file__).resolve().parents[2]
OWN_WORDS = LIBRARY / "words.txt"
NEWEST = {one.slug: one for one in shipped_editions()}  # sorted by version, so that the last stays
ANCHORS = {slug: anchors_of(one) for slug, one in NEWEST.items()}
PROMISED = """
embedded-research-for-nhs-organisations embedded-research-for-researchers public-involvement-in-embedded-research
for-public-contributors for-university-departments-and-supervisors a-researcher-is-joining-you
job-description-and-person-specification attitudes-skills-and-knowledge co-production-tensions-workbook
embedded-research-in-two-pages cases-compared map-of-resources ninety-minute-session do-you-need-one costs-sheet
first-100-days twelve-e-mails readiness-check working-agreement access-and-classification payment-policy-starter
guiding-group-terms-of-reference learning-set-card board-paper exit-interview hand-over looking-back job-matching-note
glossary case-east-london case-uclh case-bristol case-torbay case-great-ormond-street case-gateshead
case-council-public-health-teams case-patient-safety-collaborative case-tower-hamlets case-hospital-group
case-five-public-health-researchers case-obesity-to-universal-credit case-leaders-study
welcoming-public-contributors
""".split()
# the reading grade that a document may have at most; 7 is a reading age of twelve (domain.md §5.8, users.md §5)
GRADES = {
    "for-public-contributors": 7.0,
    "welcoming-public-contributors": 7.0,
    "embedded-research-in-two-pages": 9.0,
}
every = pytest.mark.parametrize("shipped", NEWEST.values(), ids=list(NEWEST))


def text_of(shipped: ShippedEdition) -> str:
    page = typeset(shipped.body, shipped.notes, WEB, numbered=not shipped.one_page)
    return words_in(page.opening + page.rest)


def test_every_document_that_was_promised_is_there() -> None:
    assert set(PROMISED) - set(NEWEST) == set()


@every
def test_links_and_sources_of_a_document_lead_somewhere(shipped: ShippedEdition) -> None:
    found = measured(shipped, ANCHORS)
    assert found.nowhere == ()
    assert found.unknown == ()


def test_a_source_is_the_same_reference_wherever_it_is_cited() -> None:
    told: dict[str, dict[str, list[str]]] = {}
    for slug, shipped in NEWEST.items():
        for key, note in shipped.notes.items():
            told.setdefault(key, {}).setdefault(json.dumps(note), []).append(slug)
    assert {key: ways for key, ways in told.items() if len(ways) > 1} == {}


@pytest.mark.parametrize("slug", GRADES)
def test_what_is_for_everybody_is_easy_to_read(slug: str) -> None:
    assert 0 < measured(NEWEST[slug], ANCHORS).grade <= GRADES[slug]


def test_two_pages_hold_650_words_at_most() -> None:
    assert measured(NEWEST["embedded-research-in-two-pages"], ANCHORS).words <= 650


def test_the_grade_rises_with_long_words_and_long_sentences() -> None:
    plain = reading_grade("You can say no. You can stop at any time. We will ask you once.")
    hard = reading_grade(
        "Participatory organisational governance necessitates continuously renegotiated responsibilities, "
        "notwithstanding hierarchical accountability arrangements."
    )
    assert plain < 3 < 15 < hard
    assert reading_grade("A heading") == 0.0


def misspelt(text: str) -> list[str]:
    """The words of a text that neither British English nor our own list knows."""
    node = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert node, "bin/setup.sh makes sure of a Node"
    bare = re.sub(r"https?://\S+|\S+@\S+|\b(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:uk|org|com)\b\S*", " ", text)
    words = sorted(set(re.findall(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-zÀ-ÿ]+)?", bare.replace("’", "'"))))
    done = subprocess.run(
        [node, str(Path(__file__).with_name("spelling.mjs")), str(OWN_WORDS)],
        input="\n".join(words),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout.split()


def test_the_library_is_spelt_in_british_english() -> None:
    everything = "\n".join(f"{one.title}\n{one.summary}\n{text_of(one)}" for one in NEWEST.values())
    assert misspelt(everything) == []


def test_the_spelling_check_knows_a_slip_and_an_american_word() -> None:
    assert misspelt("The organization of behavior was recieved by organisations.") == [
        "behavior",
        "organization",
        "recieved",
    ]


@pytest.mark.django_db
def test_the_report_names_each_document_and_what_is_wrong_with_it() -> None:
    load_library()
    told = StringIO()
    call_command("report_guidance", stdout=told)
    assert told.getvalue().count(" words, ") == len(NEWEST)
    edition = Edition.objects.get(document__slug="do-you-need-one")
    edition.body += "\nSee [the other one](guide:there-is-none).\n"
    edition.save()
    with pytest.raises(CommandError, match="do-you-need-one"):
        call_command("report_guidance", "--csv", stdout=told)
    assert "guide:there-is-none" in told.getvalue()
