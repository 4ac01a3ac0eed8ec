"""Papers of a residency's own in a pack: their headings become sections, like those of documents."""

from __future__ import annotations

import re
from html import unescape

from guidance.models import Pack
from guidance.packs.binding import Loose
from guidance.rules import Section

MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)
HEADING = re.compile(r"<h2((?:\"[^\"]*\"|[^\">])*)>(.*?)</h2>", re.DOTALL)
ID = re.compile(r"\bid=\"([^\"]*)\"")


def own_papers(pack: Pack) -> list[Loose]:
    """Each `ExtraPart` of a pack; of a whole document what stands in `<main>`."""
    return [_own_paper(number, extra) for number, extra in enumerate(pack.extras, 1)]


def _own_paper(number: int, extra: dict[str, str]) -> Loose:
    main = MAIN.search(extra["html"])
    html = _with_anchors(main[1] if main else extra["html"])
    return Loose(
        title=extra["title"],
        prefix=f"p{number}-",
        slug="",
        language="en-GB",
        form="",
        facts=extra["made_from"],
        edition_line=f"{extra['title']} · {extra['made_from']}",
        newer_line="Only for those who work on this residency",
        sections=_sections(html),
        html=html,
    )


def _with_anchors(html: str) -> str:
    """Gives each heading of the second level an anchor."""
    numbers = iter(range(1, len(HEADING.findall(html)) + 1))

    def named(match: re.Match[str]) -> str:
        number = next(numbers)
        return match[0] if ID.search(match[1]) else f'<h2{match[1]} id="section-{number}">{match[2]}</h2>'

    return HEADING.sub(named, html)


def _sections(html: str) -> tuple[Section, ...]:
    """Those headings that say something."""
    found = []
    for match in HEADING.finditer(html):
        anchor, words = ID.search(match[1]), " ".join(re.sub(r"<[^>]*>", "", match[2]).split())
        if anchor and words:
            found.append(Section(0, unescape(words), anchor[1]))
    return tuple(found)
