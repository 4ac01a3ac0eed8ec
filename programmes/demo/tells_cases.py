"""What the demonstration's researcher tells others: three case studies, one of them published, one with the host and
one that waits for a consent, and two pages."""

from __future__ import annotations

from typing import Final

from embedded.accounts.models import Person
from programmes.bite import actions as bites
from programmes.bite import content as two_pages
from programmes.cases import actions as cases
from programmes.cases import consents
from programmes.cases.content import WORDS, from_record
from programmes.demo import cast
from programmes.demo.teller import Teller
from programmes.models import CaseStudy, ConsentAnswer, Residency

_FALLS: Final = {
    "title": "A falls clinic that opened on Saturdays",
    "what_was_done": "The researcher sat with the clinic for a year, asked 40 people who had fallen how they got "
    "there, and brought first numbers to the monthly meeting before they were finished.",
    "challenges": "In winter nobody had time to look at numbers. For two months the researcher was asked for slides "
    "instead.\nThe first survey asked nobody who cannot fill in a form.",
    "strategies": "One page a month instead of a report. A carer read every question aloud before it was asked.",
    "public_involvement": "A carer in the group that guides it changed the questions and read the results with us.",
    "do_differently": "Agree in writing in the first month what the researcher is not there for.",
    "not_known": "Whether fewer people fall. Whether it would work without this clinic’s lead.",
    "quotes": "“For the first time somebody asked how I get there.” A carer",
    "sources": "Minutes of the falls group, kept by its secretary",
}
_HANDOVER: Final = {
    "title": "Handing over between ward and home: what a year of listening showed",
    "what_was_done": "Ten handovers were watched from beginning to end, and talked about with those who were there.",
    "challenges": "Being seen as somebody who checks. It took three months until people said what they thought.",
    "not_known": "Whether it is the same at night and at weekends.",
}
_VISITS: Final = {
    "title": "Why half of the first visits after a fall came too late",
    "what_was_done": "The researcher went along on 30 first visits and asked, each time, when it had been asked for.",
    "challenges": "The two computer systems count the days differently. Nobody knew, and for a month we argued.",
    "strategies": "We counted by hand for six weeks, with the two people who book the visits.",
    "public_involvement": "A carer kept a diary of the days between coming home and the first visit.",
    "not_known": "Whether those who never asked for a visit would have needed one.",
    "quotes": "“On the ninth day I stopped waiting and rang.” Maureen Tilley, carer",
}
_TWO_PAGES: Final = {
    "why": "Whoever comes home from hospital and falls in the first week often comes straight back.",
    "done": "We asked people and their carers, looked at one year of records together with the ward, and tried a call "
    "on the third day.",
    "hard": "The ward had no time in winter, and the records say little about who lives alone.",
    "not_known": "Whether the call itself helps, or the care that is taken to make it.",
    "next_step": "The ward goes on with the calls. In spring we look again, with the group that guides the work.",
}


def tell_cases(teller: Teller, residency: Residency, researcher: Person) -> None:
    """Of the one researcher whom a visitor can play."""
    if researcher != teller.person(cast.RESEARCHER):
        return
    _publish(teller, _written(teller, residency, researcher, _FALLS, -60), researcher)
    sent = _written(teller, residency, researcher, _HANDOVER, -9)
    at = teller.at(teller.day(-4))
    cases.send_to_host(case=sent, email=teller.person(cast.MANAGER).email, by=researcher, at=at)
    _wait_for_consent(teller, _written(teller, residency, researcher, _VISITS, -20), researcher)
    project = residency.projects.order_by("started_on", "pk").first()
    if project is not None:
        texts = dict.fromkeys(two_pages.PARTS, "") | two_pages.from_record(project) | _TWO_PAGES
        at = teller.at(teller.day(-6))
        bites.save_bite(project=project, texts=texts, version=0, by=researcher, at=at)


def _written(
    teller: Teller, residency: Residency, by: Person, words: dict[str, str], number: int
) -> CaseStudy:
    return cases.write_case(
        residency=residency,
        words=dict.fromkeys(WORDS, "") | from_record(residency) | words,
        embargo_until=None,
        by=by,
        at=teller.at(teller.day(number)),
    )


def _wait_for_consent(teller: Teller, case: CaseStudy, writer: Person) -> None:
    """The carer who is quoted has a letter with a link: a visitor can answer for her."""
    consents.add_person(
        case=case,
        name=cast.PARTNER.name,
        part="the carer who is quoted",
        email=cast.PARTNER.email,
        by=writer,
        at=teller.at(teller.day(-19)),
    )
    manager = teller.person(cast.MANAGER)
    asked = cases.send_to_host(case=case, email=manager.email, by=writer, at=teller.at(teller.day(-18)))
    agreed_at = teller.at(teller.day(-12))
    cases.host_agrees(case=asked, edition=asked.edition, name=str(manager), by=manager, at=agreed_at)


def _publish(teller: Teller, case: CaseStudy, writer: Person) -> None:
    """A carer can be recognised by a quote: asked by her contact, who types in what she says."""
    carer = consents.add_person(
        case=case,
        name=cast.PARTNER.name,
        part="the carer who is quoted",
        email="",
        by=writer,
        at=teller.at(teller.day(-59)),
    )
    manager = teller.person(cast.MANAGER)
    asked = cases.send_to_host(case=case, email=manager.email, by=writer, at=teller.at(teller.day(-55)))
    agreed_at = teller.at(teller.day(-50))
    agreed = cases.host_agrees(case=asked, edition=asked.edition, name=str(manager), by=manager, at=agreed_at)
    carer.refresh_from_db()
    consents.answer(
        one=carer,
        answer=ConsentAnswer.YES,
        edition=agreed.edition,
        at=teller.at(teller.day(-45)),
        by=writer,
        read_back="in_person",
    )
    on = teller.day(-40)
    cases.publish(case=agreed, by=teller.person(cast.LEAD), at=teller.at(on), on=on)
