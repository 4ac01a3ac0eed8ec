"""An edition as a Word file: the same text as its page and its print, to be filled in, changed and sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.conf import settings
from markdown_it.tree import SyntaxTreeNode as Node

from embedded.nhsuk.words import day
from embedded.word import (
    About,
    Block,
    Box,
    Cards,
    Heading,
    Item,
    List,
    NewPage,
    Paragraph,
    Run,
    Table,
    Write,
)
from guidance.blocks import lines_and_label
from guidance.linking import address_of
from guidance.medium import WORD
from guidance.models import Edition
from guidance.paper import author, edition_line
from guidance.present import review_line, reviewers
from guidance.reading import loose_links
from guidance.typeset import Source, parsed

GAP: Final = "_" * 12
LONG_GAP: Final = "_" * 36
WORKED_OUT: Final = "worked out for you"
MARKS: Final = (
    ("fact", "comes from the source named."),
    ("advice", "is ours, drawn from the sources."),
    ("check locally", "differs from place to place."),
)


def word_blocks(edition: Edition) -> list[Block]:
    """Everything that the file says, block by block."""
    tokens, sources = parsed(
        edition.body, edition.notes, WORD, not edition.one_page, loose_links(edition.body)
    )
    marked = any(child.type == "mark" for token in tokens for child in token.children or [])
    return [
        *_cover(edition),
        *text_blocks(Node(tokens).children),
        *_sources(sources),
        *_about(edition, marked),
    ]


def word_about(edition: Edition) -> About:
    """What the file says about itself, and how its paper is cut."""
    return About(
        edition.title,
        edition.published_on,
        author(edition),
        subject=edition.summary,
        language=edition.language,
        footer=edition_line(edition),
        landscape=edition.landscape,
        large_print=edition.large_print,
    )


def text_blocks(nodes: Iterable[Node]) -> list[Block]:
    """Parsed text as blocks of a Word file."""
    found: list[Block] = []
    for node in nodes:
        if "new-page" in str(node.attrs.get("class", "") if node.nester_tokens else "").split():
            found.append(NewPage())
        if node.type in _BLOCKS:
            found += _BLOCKS[node.type](node)
    return found


def _cover(edition: Edition) -> Iterator[Block]:
    minutes = f"{edition.reading_minutes} minute{'' if edition.reading_minutes == 1 else 's'} to read"
    address = address_of(f"guide:{edition.document.slug}", settings.BASE_URL)
    yield Paragraph(f"For {edition.document.get_audience_display()}", style="Subtitle")
    yield Heading(edition.title, 1)
    yield Paragraph([Run(edition.summary, bold=True)])
    yield Paragraph(f"Version {edition.version} · {day(edition.published_on)} · {minutes}")
    yield Paragraph(review_line(edition))
    yield Paragraph([Run("Check for a newer version at "), Run(address, link=address)])


def _sources(sources: Sequence[Source]) -> Iterator[Block]:
    if sources:
        yield Heading("Sources", 2, anchor="sources")
        yield List(
            [Item([Run(one.text, link=one.url, anchor=f"source-{one.number}")]) for one in sources], start=1
        )


def about_lines(edition: Edition) -> list[str]:
    """What every form says of the document at its end."""
    document, read = edition.document, reviewers(edition)
    return [
        " ".join([review_line(edition), *([f"{edition.authors}."] if edition.authors else [])]),
        *([f"Reviewed by: {'; '.join(read)}."] if read else []),
        f"Looked after by {document.review_owner}; next review by {day(document.next_review)}. Licence: "
        f"{document.licence}. For large print, Easy Read or another format, write to {settings.CONTACT_EMAIL}.",
    ]


def _about(edition: Edition, marked: bool) -> Iterator[Block]:
    *said, care = about_lines(edition)
    yield Heading("About this document", 2)
    yield from map(Paragraph, said)
    if marked:
        yield Paragraph([run for mark, means in MARKS for run in (Run(mark, mark=True), Run(f" {means} "))])
    yield Paragraph(care)


def _heading(node: Node) -> Iterator[Block]:
    yield Heading(words_of(node), int(node.tag[1:]), anchor=str(node.attrs.get("id", "")))


def _paragraph(node: Node) -> Iterator[Block]:
    yield Paragraph(words_of(node))


def _list(node: Node) -> Iterator[Block]:
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
    yield List([_item(one) for one in node.children], start)


def _item(node: Node) -> Item:
    tick = "tick" in str(node.attrs.get("class", "")).split()
    inside = node.children
    if inside and inside[0].type == "paragraph":
        return Item(words_of(inside[0]), text_blocks(inside[1:]), tick)
    return Item("", text_blocks(inside), tick)


def _table(node: Node) -> Iterator[Block]:
    parts = {part.type: part for part in node.children}
    rows = [
        [(words_of(cell), "numeric" in str(cell.attrs.get("class", ""))) for cell in row.children]
        for name in ("thead", "tbody")
        if name in parts
        for row in parts[name].children
    ]
    texts = [[words for words, _ in row] for row in rows]
    yield Table(
        rows=texts[1:],
        head=texts[0],
        caption="".join(run.words for run in words_of(parts["caption"])) if "caption" in parts else "",
        right=[number for number, (_, right) in enumerate(rows[0]) if right],
    )


def _box(node: Node) -> Iterator[Block]:
    kind, heading = node.meta["kind"], node.meta["heading"]
    if kind == "write":
        lines, label = lines_and_label(heading)
        yield Write(label, lines, text_blocks(node.children))
    elif kind == "figure":
        yield from _figure(node)
    else:
        yield Box(heading, 2 if kind == "five" else 3, text_blocks(node.children))


def _figure(node: Node) -> Iterator[Block]:
    """Its caption. What it draws stands beneath it as a table or a list, as in every form of the text."""
    for block in text_blocks(node.children):
        yield replace(block, style="Caption") if isinstance(block, Paragraph) else block


def _cards(node: Node) -> Iterator[Block]:
    yield Cards([Box(card.meta["heading"], 3, text_blocks(card.children)) for card in node.children])


def _terms(node: Node) -> Iterator[Block]:
    for entry in node.children:
        term, explanation = entry.children
        first, *rest = explanation.children
        anchor = str(term.attrs.get("id", ""))
        named = [replace(run, bold=True) for run in words_of(term)]
        yield Paragraph([Run("", anchor=anchor), *named, Run(" — "), *_runs(first.children, Run(""))])
        yield from text_blocks(rest)


def _quotation(node: Node) -> Iterator[Block]:
    yield Box("", 3, text_blocks(node.children))


_BLOCKS: Final[dict[str, Callable[[Node], Iterator[Block]]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "bullet_list": _list,
    "ordered_list": _list,
    "table": _table,
    "box": _box,
    "cards": _cards,
    "dl": _terms,
    "blockquote": _quotation,
}


def words_of(node: Node) -> Sequence[Run]:
    """The runs of whatever holds a line of text."""
    return list(_runs([child for line in node.children for child in line.children], Run("")))


def _runs(nodes: Iterable[Node], look: Run) -> Iterator[Run]:
    """Pieces of a line, each with the look that it has from those around it."""
    for node in nodes:
        match node.type:
            case "text" | "code_inline":
                yield replace(look, words=node.content)
            case "softbreak":
                yield replace(look, words=" ")
            case "hardbreak":
                yield replace(look, words="\n")
            case "note":
                comma = ", " if node.meta.get("follows") else ""
                number = node.meta["number"]
                yield Run(f"{comma}{number}", raised=True, link=f"#source-{number}")
            case "mark":
                yield Run(node.meta["words"], mark=True)
            case "blank":
                yield Run(LONG_GAP if node.meta["long"] else GAP)
            case "formula":
                yield replace(look, words=WORKED_OUT, italic=True)
            case _:
                yield from _runs(node.children, _look(node, look))


def _look(node: Node, look: Run) -> Run:
    match node.type:
        case "strong":
            return replace(look, bold=True)
        case "em":
            return replace(look, italic=True)
        case "link":
            return replace(look, link=str(node.attrs["href"]))
        case "gap" if node.attrs.get("class") == "letter-head":
            return replace(look, bold=True)
    return look
