"""Which ready-made pack fits the stage of a residency, and which of its own papers go with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from guidance.packs.ready import ReadyPack
from programmes.models import Residency, Stage

_BY_STAGE: Final = {
    Stage.IDEA: "thinking-about-it",
    Stage.SCOPING: "setting-one-up",
    Stage.APPROVED: "recruiting",
    Stage.RECRUITING: "recruiting",
    Stage.ONBOARDING: "first-100-days",
    Stage.ACTIVE: "first-100-days",
    Stage.PAUSED: "half-way",
    Stage.CLOSING: "ending",
    Stage.ENDED: "ending",
    Stage.LEGACY: "ending",
    Stage.TERMINATED_EARLY: "ending",
}
_PAPERS: Final = {
    "thinking-about-it": ("registration",),
    "setting-one-up": ("registration", "facts"),
    "recruiting": ("job-description",),
    "first-100-days": ("working-agreement",),
    "half-way": ("working-agreement",),
    "ending": ("working-agreement",),
}
DAYS_OF_THE_BEGINNING: Final = 100


def name_for(residency: Residency, ready: Sequence[ReadyPack], days_since_start: int) -> str:
    """The name of the pack that is chosen beforehand; "" where none of those that are there fits."""
    name = _BY_STAGE.get(Stage(residency.stage), "")
    if residency.stage == Stage.ACTIVE and days_since_start > DAYS_OF_THE_BEGINNING:
        name = "half-way"
    return name if name in {one.name for one in ready} else ""


def papers_for(name: str) -> tuple[str, ...]:
    """The keys of the papers that are ticked beforehand with that pack."""
    return _PAPERS.get(name, ())
