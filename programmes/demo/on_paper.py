"""What the story keeps on paper: a contract with its file and an amendment, a working agreement that one has yet to
agree to, and the links on its shelf."""

from __future__ import annotations

from embedded.nhsuk.words import day
from embedded.word import MEDIA_TYPE
from programmes.agreements import actions, word, working
from programmes.agreements.actions import AgreementWords
from programmes.agreements.first_words import first_words
from programmes.demo import cast
from programmes.demo.teller import Teller
from programmes.models import Agreement, Residency
from programmes.registration.shelf import add_link

_COVERS = ("supervision", "publication", "data", "termination", "intellectual_property", "confidentiality")

ON_THE_SHELF = (
    ("Standards for public involvement", "https://sites.google.com/nihr.ac.uk/pi-standards/home"),
    (
        "What the Health Research Authority asks for",
        "https://www.hra.nhs.uk/planning-and-improving-research/",
    ),
)


def put_on_paper(teller: Teller, residency: Residency) -> None:
    """Recorded by the host's research office; written by the researcher, and agreed to by two of three."""
    by, signed = teller.person(cast.RD_OFFICER), teller.day(-622)
    parties = (*residency.hosts, *residency.academic_homes)
    contract = actions.record_agreement(
        residency=residency,
        words=AgreementWords(
            kind="hosting_agreement",
            parties=parties,
            signed_on=signed,
            effective_from=teller.day(-600),
            effective_to=teller.day(-30),
            covers=_COVERS,
            publication="notice_period",
            publication_notice_days=30,
            publication_words="The University may publish. It sends the Trust what it means to publish 30 days before.",
            kept_at="Contracts office, file 2024-117",
        ),
        by=by,
        at=teller.at(signed),
    )
    _hand_in(teller, contract)
    amended = teller.day(-75)
    actions.record_agreement(
        residency=residency,
        words=AgreementWords(
            kind="hosting_agreement",
            parties=parties,
            signed_on=amended,
            effective_to=teller.day(45),
            review_on=teller.day(10),
            publication="notice_period",
            publication_notice_days=30,
            kept_at="Contracts office, file 2024-117, amendment 1",
            funder_review_needed=True,
        ),
        by=by,
        at=teller.at(amended),
        follows=contract,
        follows_as="amendment",
    )
    _agree(teller, residency)
    researcher = teller.person(cast.RESEARCHER)
    for title, address in ON_THE_SHELF:
        add_link(residency=residency, title=title, address=address, by=researcher)


def _hand_in(teller: Teller, contract: Agreement) -> None:
    """The file of the contract: a short one that says of itself that it is made up."""
    signed = contract.signed_on
    paper = [
        "This paper is made up for the demonstration. Nobody signed it, and it binds nobody.",
        f"Signed on {day(signed)} for {' and '.join(one.display_name for one in contract.residency.hosts)}.",
    ]
    actions.keep_file(
        agreement=contract,
        content=word.facts_sheet("Hosting agreement (made up)", paper, [], signed),
        name=f"agreement-{contract.residency.code}-{contract.pk}.docx",
        media_type=MEDIA_TYPE,
        by=teller.person(cast.RD_OFFICER),
    )


def _agree(teller: Teller, residency: Residency) -> None:
    writer, day = teller.person(cast.RESEARCHER), teller.day(-20)
    draft = working.write(
        residency=residency,
        parts=first_words(residency, list(residency.agreements.all())),
        version=0,
        by=writer,
        at=teller.at(day),
    )
    asked = working.ask_everybody(agreement=draft, by=writer, at=teller.at(day))
    for actor, later in ((cast.RESEARCHER, -20), (cast.MANAGER, -17)):
        person = teller.person(actor)
        one = asked.people.get(person=person)
        working.agree(one=one, by=person, at=teller.at(teller.day(later)))
