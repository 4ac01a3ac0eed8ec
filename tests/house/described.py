"""A draft of a job description, printed, for a test's world."""

from __future__ import annotations

from django.utils import timezone

from embedded.files import keep
from programmes.models import JobDescription
from programmes.recruitment import actions
from programmes.recruitment.content import Content
from tests.world import World


def described_in(world: World, canary: str) -> JobDescription:
    """The newest version; its texts carry the canary."""
    manager, now = world.people["host_manager"], timezone.now()
    description = actions.begin(
        residency=world.residency, variant="university", seniority="early", by=manager, at=now
    )
    texts = {"title": f"{canary} title", "purpose": f"{canary} purpose"}
    description.content = Content.from_json(description.content).with_texts(texts).to_json()
    description.pdf = keep(b"%PDF-1.7", f"{canary}.pdf", "application/pdf")
    description.save()
    return description
