"""Prints HTML as a tagged PDF; fetches nothing from the network, and from disk only our own paper assets."""

from __future__ import annotations

import datetime
import gc
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from embedded.env import ROOT
from embedded.tagging import finish_tags

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

STATIC = ROOT / "static"
MOST_PAGES = 200
MOST_CHARACTERS = 4_000_000  # of HTML: about 2,000 table rows (trust.md F6)
PANGO = (
    "The PDF printer needs the library Pango, which is not installed. "
    "Install it with: apt-get install libpango-1.0-0 libpangoft2-1.0-0"
)
# The only files that paper may use, by the name after `asset:`
ASSETS = {
    "fonts/": (STATIC / "built" / "fonts", re.compile(r"[a-z0-9-]+\.(?:ttf|woff2)"), "font/ttf"),
    "img/": (STATIC / "img", re.compile(r"[a-z0-9-]+\.svg"), "image/svg+xml"),
    "paper.css": (STATIC / "built", re.compile(r"paper\.css"), "text/css"),
}

_one_at_a_time = threading.Lock()


class CannotPrint(Exception):
    """There will be no PDF; the message says in plain words why, and what to install or change."""


class PrintedPdf(bytes):
    """The bytes of a PDF file, and how many pages it has."""

    pages: int = 0


class NotAnAsset(ValueError):
    """An address that paper may not use."""


def print_pdf(
    html: str,
    title: str,
    language: str = "en-GB",
    *,
    author: str = "",
    made_on: datetime.date | None = None,
    subject: str = "",
) -> PrintedPdf:
    """A whole HTML document (templates/paper/base.jinja) as a tagged PDF/UA-1 file.

    The same arguments give the same bytes. Raises CannotPrint when Pango or our stylesheet is missing,
    when the HTML has more than 4 million characters, or when it fills more than 200 pages.
    """
    if len(html) > MOST_CHARACTERS:
        raise CannotPrint("This is too long to print. Ask for less of it, or for a spreadsheet.")
    with _one_at_a_time, _few_collections():
        return _print(html, _metadata(title, language, author, made_on, subject))


def asset(name: str) -> tuple[bytes, str]:
    """The content and media type of a paper asset such as "fonts/arimo-latin-400-normal.ttf".
    Raises NotAnAsset for every other name, paths with dots or links out of the folder included."""
    for prefix, (folder, allowed, media_type) in ASSETS.items():
        bare = name if prefix == "paper.css" else name.removeprefix(prefix)
        if not name.startswith(prefix) or not allowed.fullmatch(bare):
            continue
        path = folder / bare
        if path.is_file() and path.resolve().parent == folder.resolve():
            return path.read_bytes(), media_type
    raise NotAnAsset(f"Paper may not use {name[:80]!r}.")


def stylesheet() -> str:
    """How paper looks. Raises CannotPrint before the first build."""
    try:
        return asset("paper.css")[0].decode()
    except NotAnAsset as error:
        raise CannotPrint("The paper stylesheet is not built yet. Build it with: npm run build") from error


def _print(html: str, metadata: Mapping[str, Any]) -> PrintedPdf:
    fonts, css, fetcher = _workshop()
    from weasyprint import HTML

    document = HTML(string=_drawings_in_our_font(html), base_url="asset:", url_fetcher=fetcher).render(
        stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    if len(document.pages) > MOST_PAGES:
        raise CannotPrint(
            f"This would fill more than {MOST_PAGES} pages. Ask for less, or for a spreadsheet."
        )
    for name, value in metadata.items():
        setattr(document.metadata, name, value)
    printed = PrintedPdf(document.write_pdf(finisher=finish_tags, pdf_variant="pdf/ua-1") or b"")
    printed.pages = len(document.pages)
    return printed


def _drawings_in_our_font(html: str) -> str:
    """The stylesheet does not reach into inline SVG, so the drawing itself has to name the font."""
    return re.sub(r"<svg(?=[\s>])(?![^>]*font-family)", '<svg font-family="Arimo"', html)


def _metadata(
    title: str, language: str, author: str, made_on: datetime.date | None, subject: str
) -> dict[str, Any]:
    """What the file says about itself; whatever the HTML claims to attach is not attached."""
    made = made_on.isoformat() if made_on else None
    return {
        "title": _one_line(title),
        "lang": language,
        "authors": [_one_line(author)] if author else [],
        "description": _one_line(subject) or None,
        "created": made,
        "modified": made,
        "generator": "Embedded",
        "keywords": [],
        "custom": {},
        "attachments": [],
        "xmp_metadata": [],
    }


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@lru_cache(maxsize=1)
def _workshop() -> tuple[FontConfiguration, CSS, Any]:
    """Fonts, stylesheet and fetcher, made once a process: they cost more than a page."""
    try:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as error:
        raise CannotPrint(PANGO) from error

    class AssetsOnly(URLFetcher):
        """Knows no scheme but ours; opens no socket, follows no redirect."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            scheme, _, name = url.partition(":")
            if scheme != "asset":
                raise NotAnAsset(f"Paper may not use {url[:80]!r}.")
            content, media_type = asset(name)
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    style = stylesheet()
    fonts, fetcher = FontConfiguration(), AssetsOnly(allowed_protocols=("asset",), allow_redirects=False)
    css = CSS(string=style, base_url="asset:", url_fetcher=fetcher, font_config=fonts)
    gc.collect()
    gc.freeze()  # what is loaded by now lives as long as the process
    return fonts, css, fetcher


@contextmanager
def _few_collections() -> Iterator[None]:
    """Laying out makes millions of small objects that live until the end: collecting often costs a third of
    the time (stack.md), so it is put off until the page is done, and then done at once."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.collect()
