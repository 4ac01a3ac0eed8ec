"""The four modules of a narrative CV, and what of a person's record is offered for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from programmes.models import ActivityKind, EarlySign, OutputKind, PortfolioModule


@dataclass(frozen=True)
class Module:
    """`outputs`, `signs` and `kinds` of entries that are offered; an entry of such a kind needs words of its own."""

    heading: str
    about: str
    outputs: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    projects: bool = False
    uses: bool = False


MODULES: Final[dict[int, Module]] = {
    PortfolioModule.KNOWLEDGE.value: Module(
        "Contributions to knowledge",
        "Evidence, methods and data that others can build on, and the projects in which they were made",
        outputs=(
            OutputKind.PUBLICATION,
            OutputKind.METHOD,
            OutputKind.DATA,
            OutputKind.SOFTWARE,
            OutputKind.PROTOCOL,
            OutputKind.SERVICE_REPORT,
        ),
        signs=(EarlySign.METHOD,),
        projects=True,
    ),
    PortfolioModule.INDIVIDUALS.value: Module(
        "Contributions to the development of individuals",
        "People whom you taught, coached or supervised, and what you made for them",
        outputs=(OutputKind.TRAINING,),
        kinds=(ActivityKind.EDUCATIONAL, ActivityKind.SUPERVISION),
    ),
    PortfolioModule.COMMUNITY.value: Module(
        "Contributions to the wider research community",
        "Partnerships, bids, university work and recognition",
        outputs=(OutputKind.COLLABORATION, OutputKind.FUNDING, OutputKind.AWARD),
        signs=(EarlySign.NETWORK,),
        kinds=(ActivityKind.ACADEMIC_HOME, ActivityKind.BID),
    ),
    PortfolioModule.SOCIETY.value: Module(
        "Contributions to broader society",
        "What was used in decisions, and what you made for those who decide, work or are cared for there",
        outputs=(
            OutputKind.ENGAGEMENT,
            OutputKind.INFLUENCE,
            OutputKind.BRIEFING,
            OutputKind.DASHBOARD,
            OutputKind.SLIDES,
            OutputKind.SUMMARY,
            OutputKind.ANIMATION,
        ),
        signs=(
            EarlySign.SEEN,
            EarlySign.VALUED,
            EarlySign.TRUSTED,
            EarlySign.ASKED,
            EarlySign.CITED,
        ),
        uses=True,
    ),
}
