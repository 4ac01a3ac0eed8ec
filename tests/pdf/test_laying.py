"""Every edition that comes with the product is laid out well and can be read aloud (P33, V-95); each printed once."""

from __future__ import annotations

from functools import cache
from unittest.mock import patch

import pytest

from embedded.pdf import PrintedPdf, print_pdf
from guidance import paper as printing
from guidance.catalogue import ShippedEdition, shipped_editions
from guidance.linking import GLOSSARY, targets, terms_of
from guidance.models import Document, Edition
from tests.pdf.checking import faults
from tests.pdf.laying import Paper, untidiness
from tests.pdf.papers import paper

SHIPPED = shipped_editions()
# Lengths that are promised somewhere; every other document has at most twelve pages, every other sheet two.
PAGES = {
    "do-you-need-one": (1, 1),
    "embedded-research-for-nhs-organisations": (8, 10),
    "for-public-contributors": (1, 4),
}
MOST, MOST_OF_A_SHEET = 12, 2


def as_edition(shipped: ShippedEdition) -> Edition:
    """What would be in the library; nobody has reviewed it."""
    about = "slug title audience moments readers topics summary review_owner next_review licence".split()
    said = (
        "title summary authors body notes changelog reading_minutes one_page word sheet landscape large_print "
        "published_on language"
    ).split()
    major, minor, patched = shipped.number
    edition = Edition(
        pk=1,
        document=Document(pk=1, **{name: getattr(shipped, name) for name in about}),
        major=major,
        minor=minor,
        patch=patched,
        **{name: getattr(shipped, name) for name in said},
    )
    edition._prefetched_objects_cache = {"reviews": []}
    return edition


def loose(body: str) -> frozenset[str]:
    slugs = {one.slug for one in SHIPPED}
    terms = {term for one in SHIPPED if one.slug == GLOSSARY for term in terms_of(one.body)}
    there = {f"guide:{slug}" for slug in slugs} | {f"term:{term}" for term in terms}
    return targets(body) - there


@cache
def printed(place: int) -> PrintedPdf:
    edition = as_edition(SHIPPED[place])
    with patch.object(printing, "loose_links", loose):
        return printing.printed(edition, printing.printed_html(edition))


@pytest.mark.parametrize(
    "place", range(len(SHIPPED)), ids=[f"{one.slug}-{'.'.join(map(str, one.number))}" for one in SHIPPED]
)
def test_every_edition_is_tagged_and_laid_out_well(place: int) -> None:
    shipped, made = SHIPPED[place], printed(place)
    assert faults(made) == []
    assert untidiness(made) == []
    usual = MOST_OF_A_SHEET if shipped.one_page and not shipped.large_print else MOST
    fewest, most = PAGES.get(shipped.slug, (1, usual))
    assert fewest <= made.pages <= most
    with_title = Paper(made)
    assert str(with_title.pdf.docinfo.Title) == shipped.title
    assert {font for font in fonts(with_title) if "Arimo" not in font} == set()


def fonts(looked_at: Paper) -> set[str]:
    return {
        str(font.BaseFont)
        for page in looked_at.pdf.pages
        for font in page.Resources.get("/Font", {}).values()
    }


ROWS = "".join(f'<tr><th scope="row">Row {n}</th><td>Words</td></tr>' for n in range(60))
HEAD = '<thead><tr><th scope="col">Which</th><th scope="col">What</th></tr></thead>'
TABLE = f"<table>{HEAD}<tbody>{ROWS}</tbody></table>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>\U0010fffd</p>", "letters that the font does not know"),
        (
            '<p style="margin-left: 180mm; width: 80mm; white-space: nowrap">Far to the right, too far</p>',
            "at its edge",
        ),
        ('<p style="margin-top: -150mm">Above</p>', "at its edge or outside"),
        ('<h2 style="margin-top: 180mm">Alone</h2><p style="break-before: page">x</p>', "stands alone"),
        (TABLE.replace("<thead", '<thead style="display: table-row-group"'), "without its head"),
        (
            '<nav class="contents"><h2>Contents</h2><ol><li><a href="#a">A</a> </li></ol></nav>'
            '<h2 id="a" style="break-before: page">A</h2><p>x</p><style>.contents a::after { content: "1" }</style>',
            "leads to page {2}",
        ),
        ('<p><a href="#nowhere">Gone</a></p>', "leads nowhere"),
    ],
)
def test_what_is_not_laid_out_well_is_told(body: str, said: str) -> None:
    """So that the tests of guides would see it."""
    assert said in " ".join(untidiness(print_pdf(paper(body), "Care plan")))


def test_what_is_laid_out_well_is_not_complained_of() -> None:
    contents = '<nav class="contents"><h2>Contents</h2><ol><li><a href="#a">A</a></li></ol></nav>'
    body = (
        f'{contents}<h2 id="a" style="break-before: page">A</h2><p>x</p>{TABLE}<p><a href="#a">Back</a></p>'
    )
    assert untidiness(print_pdf(paper(body), "Care plan")) == []
