"""A project's summary of two pages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from programmes.models import Bite
from tests.house.registry import thing


@thing("bite_of", "bite", "bite_edit", "bite_pdf", "bite_word")
def bite(things: Any) -> Any:
    """The project that it is of: its addresses count that."""
    Bite.objects.create(
        project=things.project,
        question=f"{things.canary} question",
        hard=f"{things.canary} was hard",
        saved_by=things.world.people["researcher"],
        saved_at=timezone.now(),
    )
    return things.project
