"""What readers of the library have said."""

from __future__ import annotations

import datetime
from typing import Any

from guidance.models import Opinion
from guidance.opinions import give_opinion
from tests.house.registry import growing, thing, worded


@thing("opinion", "guidance_words_remove")
def opinion(things: Any) -> Opinion:
    """Said of the document that lies on the desk."""
    edition = things.more["desk_revision"].document.editions.get()
    return give_opinion(edition=edition, useful=False, why="Too long", on=datetime.date(2026, 3, 2))


@worded("guidance_useful")
def of_one_that_is_read(things: Any) -> dict[str, Any]:
    return {"slug": things.more["desk_revision"].document.slug}


@growing
def one_more_opinion(things: Any) -> None:
    opinion(things)
