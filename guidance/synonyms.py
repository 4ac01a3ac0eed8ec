"""The field's words that people write in several ways: whoever searches for one means the others too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from embedded.spelling import plain

# One line a meaning, the ways of writing it apart by commas.
_SAME: Final = """
co-production, coproduction, co production
co-design, codesign, co design
job description, JD, person specification, JDPS
public involvement, patient and public involvement, PPI, PPIE, patient involvement, public engagement
public contributor, public partner, lay member, PPI member, expert by experience, patient representative
research and development, R&D, R and D, RandD
letter of access, LoA
honorary research contract, HRC
honorary contract, honorary clinical contract
research passport, passport
information governance, IG
data protection impact assessment, DPIA
data protection, GDPR, UK GDPR
research ethics committee, REC, ethics committee
health research authority, HRA
human resources, HR, workforce team, personnel
full-time equivalent, whole-time equivalent, WTE, FTE, days a week
integrated care board, ICB
applied research collaboration, ARC
health determinants research collaboration, HDRC
embedded researcher, researcher in residence, researcher-in-residence, RiR, embedded research
agenda for change, AfC, pay band, banding
job matching, job evaluation
knowledge mobilisation, knowledge mobilization, knowledge transfer, knowledge exchange, knowledge translation
e-mail, email
letter, message
pay, payment, fee, paid, honorarium
cost, budget, finance
induction, onboarding, first 100 days, first hundred days, settling in
terms of reference, ToR
guiding group, steering group, advisory group, steering committee
learning set, action learning set, peer group
working agreement, ways of working, ground rules
hand-over, handover, hand over
exit interview, leaving interview, leaver
looking back, legacy, after it ended
case study, case sheet, example
interview, selection, panel
supervisor, supervision, line manager
service evaluation, evaluation
clinical audit, audit
disclosure and barring, DBS, criminal record check
occupational health, OH
research capability funding, RCF
excess treatment costs, ETC
intellectual property, IP
freedom of information, FOI
easy read, plain English, plain words, large print
glossary, jargon, abbreviations, acronyms, what words mean
board, chief executive, executive
burnout, stress, wellbeing, well-being
ethnography, observation, participant observation
authorship, co-author, first author, names on the paper
suppressed, blocked, censored, gagged, suppression, hold back, wont let me publish, stop me publishing
conflict, disagreement, disagree, not going well, goes wrong
DSPT, data security and protection toolkit
travel expenses, expenses, pays for my travel, pay for my travel
easyread, easy read
say no, saying no, phrases for no
refuse, turn down, phrases for no
"""


@lru_cache(maxsize=1)
def meanings() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """From the words of one way of writing, in plain letters, to all the ways of the same meaning."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in _SAME.strip().splitlines():
        ways = tuple(way.strip() for way in line.split(","))
        for way in ways:
            found[words_of(way)] = tuple(dict.fromkeys((way, *ways)))
    return found


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in plain letters: "R&D" is r and d, "co-production" is co and production."""
    letters = "".join(
        sign if sign.isalnum() else " " for sign in plain(text).replace("'", "").replace("’", "")
    )
    return tuple(letters.split())


def terms(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The words as units of meaning, each with the ways of writing it: the longest known phrase first."""
    known, found, at = meanings(), [], 0
    longest = max(map(len, known))
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            phrase = tuple(words[at : at + length])
            if phrase in known or length == 1:
                found.append(known.get(phrase, (phrase[0],)))
                at += length
                break
    return found
