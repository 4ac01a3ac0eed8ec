"""The addresses on the web that the newest editions name, looked up once a week; what was found is written down."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Final

from django.conf import settings

from guidance.desk.knocking import Answer, look
from guidance.desk.models import Revision, WebAddress
from guidance.models import Edition

WEB: Final = re.compile(r"\]\(\s*<?(https?://[^\s)>]+)|<(https?://[^\s<>]+)>")
LONGEST: Final = 2000
Look = Callable[[str], Answer]
Tell = Callable[[str, int, int], None]


def addresses_in(edition: Edition | Revision) -> list[str]:
    """Every address on the web in its text and its sources, once each, in order."""
    found = [one or other for one, other in WEB.findall(edition.body)]
    found += [note["url"] for note in edition.notes.values() if note.get("url")]
    return list(dict.fromkeys(url for url in found if len(url) <= LONGEST))


def newest_editions(slug: str = "") -> list[Edition]:
    """The newest published edition of every document and language, or of one document."""
    found = Edition.objects.published().select_related("document")
    if slug:
        found = found.filter(document__slug=slug)
    in_order = found.order_by("document_id", "language", "-major", "-minor", "-patch", "-pk")
    return list(in_order.distinct("document_id", "language"))


def look_up_all(at: datetime.datetime, tell: Tell, knock: Look = look) -> int:
    """Looks every address up and writes down what was found; how many. Addresses that no document names any more are
    forgotten. Nothing is looked up where settings.LINKS_ARE_CHECKED is off."""
    if not settings.LINKS_ARE_CHECKED:
        return 0
    named = list(dict.fromkeys(url for edition in newest_editions() for url in addresses_in(edition)))
    WebAddress.objects.exclude(url__in=named).delete()
    for number, url in enumerate(named, start=1):
        tell("Looking up web addresses", number, len(named))
        answer = knock(url)
        WebAddress.objects.update_or_create(
            url=url, defaults={"state": answer.state, "found": answer.words[:200], "looked_at": at}
        )
    return len(named)


def broken_in(editions: Iterable[Edition | Revision]) -> dict[int, list[WebAddress]]:
    """By the key of each edition, the addresses in it that were broken when they were last looked up."""
    broken = {one.url: one for one in WebAddress.objects.filter(state=WebAddress.State.BROKEN)}
    if not broken:
        return {}
    found = {one.pk: [broken[url] for url in addresses_in(one) if url in broken] for one in editions}
    return {pk: those for pk, those in found.items() if those}
