"""A print reaches nothing: no network, and from the disk only our own assets (P31; payloads of trust.md §4.3)."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded.env import ROOT
from embedded.pdf import ASSETS, NotAnAsset, asset, print_pdf
from tests.pdf.papers import everything_in, paper, read

CANARY = "canary-7f3a-in-a-file-that-nobody-may-print"

ADDRESSES = [
    "file://{secret}",
    "FILE://{secret}",
    "file:{secret}",
    "file:/{secret}",
    "file://localhost{secret}",
    "{secret}",
    "../../../../../../..{secret}",
    "jar:file://{secret}!/x",
    "ftp://127.0.0.1:{port}/x",
    "gopher://127.0.0.1:{port}/x",
    "data:text/html,<p>{canary}</p>",
    "data:text/css,p{{}}",
    "//127.0.0.1:{port}/x",
    "http://127.0.0.1:{port}/x",
    "HTTP://127.0.0.1:{port}/x",
    "https://127.0.0.1:{port}/x",
    "http://localhost:{port}/x",
    "http://[::1]:{port}/x",
    "http://2130706433:{port}/x",
    "http://127.1:{port}/x",
    "http://0x7f.1:{port}/x",
    "http://user:word@127.0.0.1:{port}/x",
    "http://169.254.169.254/latest/meta-data/",
    "http:127.0.0.1:{port}/x",
    "asset:../settings.py",
    "asset:fonts/../../../embedded/settings.py",
    "asset:fonts/..%2f..%2fpaper.css",
    "asset:/etc/passwd",
    "asset://127.0.0.1:{port}/x",
    "asset:fonts/LICENSE",
    "asset:img/../built/embedded.css",
    "asset:file://{secret}",
]
PLACES = [
    '<img src="{}" alt="x">',
    '<img srcset="{} 2x" alt="x">',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<a rel="attachment" href="{}">x</a>',
    '<style>@import url("{}");</style>',
    '<style>@font-face {{ font-family: Foe; src: url("{}"); }} p {{ font-family: Foe }}</style><p>x</p>',
    '<ul style="list-style-image: url({})"><li>x</li></ul>',
    '<p style="background: url({})">x</p>',
    '<p style="content: url({})">x</p>',
    '<style>p::before {{ content: url("{}"); }}</style><p>x</p>',
    '<style>@page {{ background: url("{}") }}</style>',
    '<base href="{}"><img src="x.png" alt="x">',
    '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><image href="{}" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><use href="{}#a"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><style>@import url("{}");</style></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><iframe src="{}"></iframe></foreignObject></svg>',
    '<meta http-equiv="refresh" content="0; url={}">',
    '<video src="{0}" poster="{0}"></video><iframe src="{0}"></iframe>',
]


class Listener:
    """A server on loopback that only counts who knocks."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(0.2)
        self.port = self.socket.getsockname()[1]
        self.knocks = 0
        self.open = True
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        while self.open:
            try:
                visitor, _ = self.socket.accept()
            except TimeoutError:
                continue
            self.knocks += 1
            visitor.close()

    def stop(self) -> None:
        self.open = False
        self.thread.join(timeout=5)
        self.socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.stop()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{CANARY}</text></svg>')
    return path


def test_every_address_in_every_place_reaches_nothing(listener: Listener, secret: Path) -> None:
    """31 addresses × 21 places: no connection, no file in the PDF, no page that fails to print."""
    addresses = [
        one.format(secret=secret, port=listener.port, canary=CANARY).replace('"', "&quot;")
        for one in ADDRESSES
    ]
    for place in PLACES:
        for page in _pages(place, addresses):
            printed = print_pdf(page, "Hostile")
            pdf = read(printed)
            assert "/EmbeddedFiles" not in pdf.trailer["/Root"].get("/Names", {}), page
            assert not pdf.attachments, page
            assert CANARY.encode() not in printed, page
        assert listener.knocks == 0, place


def _pages(place: str, addresses: list[str]) -> list[str]:
    """All addresses on one page, where a page can hold several; else a page for each of the worst."""
    if place.startswith(("<base", "<meta", "<style>@page")):
        return [paper(head=place.format(one)) for one in addresses if "127.0.0.1" in one or "file" in one]
    markup = "".join(place.format(one) for one in addresses)
    return [paper(head=markup) if place.startswith(("<link", "<style")) else paper(markup)]


def test_a_file_is_not_hidden_inside_packed_streams(secret: Path) -> None:
    hostile = "".join(place.format(f"file://{secret}") for place in PLACES if not place.startswith("<base"))
    pdf = read(print_pdf(paper(hostile), "Hostile"))
    inside = everything_in(pdf)
    assert b"Care plan" in inside or len(inside) > 10_000, "the look-through itself must find something"
    assert b"canary" not in inside


def test_the_listener_would_hear_a_knock(listener: Listener) -> None:
    with socket.create_connection(("127.0.0.1", listener.port)):
        pass
    listener.thread.join(timeout=0.5)
    assert listener.knocks == 1


@pytest.mark.parametrize(
    "name",
    [
        "",
        "fonts/",
        "fonts/../paper.css",
        "fonts/..",
        "fonts/.hidden.ttf",
        "fonts/a/b.ttf",
        "fonts/missing.ttf",
        "fonts/ARIMO-LATIN-400-NORMAL.TTF",
        "fonts/arimo-latin-400-normal.ttf\n",
        "fonts/arimo-latin-400-normal.ttf?x",
        "fonts/arimo-latin-400-normal.ttf#x",
        "paper.css/",
        "paper.css.bak",
        "xpaper.css",
        "embedded.css",
        "img/mark.png",
        "img/%2e%2e/built/paper.css",
        "\\..\\settings.py",
        "fonts\\arimo-latin-400-normal.ttf",
    ],
)
def test_asset_refuses_every_other_name(name: str) -> None:
    with pytest.raises(NotAnAsset):
        asset(name)


def test_asset_refuses_a_link_out_of_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = tmp_path / "outside.svg"
    outside.write_text(CANARY)
    folder = tmp_path / "img"
    folder.mkdir()
    (folder / "inside.svg").symlink_to(outside)
    monkeypatch.setitem(ASSETS, "img/", (folder, *ASSETS["img/"][1:]))
    with pytest.raises(NotAnAsset):
        asset("img/inside.svg")


def test_asset_gives_fonts_style_and_pictures() -> None:
    content, media_type = asset("fonts/arimo-latin-400-normal.ttf")
    assert (content[:4], media_type) == (b"\x00\x01\x00\x00", "font/ttf")
    assert asset("paper.css")[1] == "text/css"
    picture = next((ROOT / "static" / "img").glob("*.svg")).name
    assert asset(f"img/{picture}")[1] == "image/svg+xml"


def test_hostile_shapes_print_or_are_refused_in_plain_words() -> None:
    """Nothing here may take the process down or leave a half-made file."""
    shapes = [
        '<div style="width: 1e9px; height: 1e9px">x</div>',
        "<table>" * 60 + "<tr><td>x" + "</table>" * 60,
        "<ul><li>" * 60 + "x",
        '<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="1e9"><rect width="1e9" height="1e9"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><use id="a" href="#a"/></svg>',
        f"<p>{'word' * 20_000}</p>",
        "<p>‮olleh‬ سلام hello 日本</p>",
        "<style>@page { size: 100000mm }</style><p>x</p>",
        '<style>a::after { content: target-counter(attr(href), page) }</style><a id="b" href="#b">x</a>',
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><p>&b;</p>",
    ]
    for shape in shapes:
        assert print_pdf(paper(shape), "Odd")[:5] == b"%PDF-"
