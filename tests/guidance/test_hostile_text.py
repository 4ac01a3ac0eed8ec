"""Markdown is tame (P25): whatever is typed, only our tags come out, quickly."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from guidance import rules
from guidance.medium import PAPER, WEB, Medium
from guidance.typeset import ATTRIBUTES, LONGEST_TEXT, SCHEMES, TAGS, TooLong, typeset

SCRIPTS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//x.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<body onload=alert(1)>",
    "<link rel=stylesheet href=//x.example>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<style>@import url(//x.example);</style>",
    "<base href=//x.example>",
    "<meta http-equiv=refresh content='0;url=//x.example'>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<div style=background:url(javascript:alert(1))>x</div>",
    "<p class=box onclick=alert(1)>x</p>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<x-foo onmouseover=alert(1)>x",
    "<details open ontoggle=alert(1)>x",
    "<template><script>alert(1)</script></template>",
    "<table background=javascript:alert(1)><tr><td>x</table>",
    "</div></main><script>alert(1)</script>",
    "<textarea></textarea><script>alert(1)</script>",
    '"><svg/onload=alert(1)>',
    "'-alert(1)-'",
    "{{7*7}}{% include 'x' %}${7*7}",
    "\u2028<script>alert(1)</script>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\\<script>alert(1)\\</script>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java%0ascript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "%6Aavascript:alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "file:///etc/passwd",
    "ftp://x.example/",
    "ssh://x.example",
    "bitcoin:abc",
    "tel:999",
    "blob:x",
    "jar:x",
    "view-source:x",
    "//x.example",
    "/\\x.example",
    "https://user:word@x.example/",
    "http://user@x.example/",
    "https://",
    "https:x.example",
    "http://[::1",
    "../../etc/passwd",
    "?q=1",
    "asset:paper.css",
    "guide:javascript:alert(1)",
    "guide:x#javascript:alert(1)",
    "guide:../../etc/passwd",
    "guide://x.example",
    "guide:x?q=1",
    "term:x/../y",
    "term:javascript:alert(1)",
    "GUIDE:x",
]
SHAPES = [
    "[x]({})",
    "[x](<{}>)",
    '[x]({} "title")',
    "![x]({})",
    "<{}>",
    "[x][y]\n\n[y]: {}",
    "[![x]({})]({})",
]
TRICKS = [
    '## <img src=x onerror=alert(1)> {#x onclick="alert(1)"}',
    "## </h2><script>alert(1)</script>",
    "::: try <script>alert(1)</script>\nx\n:::",
    '::: watch " onclick="alert(1)\nx\n:::',
    "::: email\nTo: x\nSubject: </a><script>alert(1)</script>\n\n<script>alert(1)</script>\n:::",
    '::: email\nSubject: x" onclick="alert(1)\n\n[" onmouseover="alert(1)]\n:::',
    "Table: <script>alert(1)</script>\n\n| a |\n|---|\n| b |",
    '| <img src=x onerror=alert(1)> | " onclick="x |\n|---|---|\n| <svg/onload=alert(1)> | `</td>` |',
    "- [ ] <script>alert(1)</script>",
    "[S3](javascript:alert(1)) [S3]: javascript:alert(1)",
    "{fact}<script>{advice}</script>",
    "[x](#source-1'onclick='alert(1))",
    '[x](#"><script>alert(1)</script>)',
    "*[x](javascript:alert(1)*)",
    "[a](<javascript:alert(1)\n>)",
    *(
        f"::: {opening}\n{inside}\n:::"
        for opening in (
            "write 4 <script>alert(1)</script>",
            'write 4" onclick="alert(1)',
            "card <img src=x onerror=alert(1)>",
            'card " onmouseover="alert(1)',
            "terms <script>",
            "figure <svg/onload=alert(1)>",
            'figure ten-themes" onclick="alert(1)',
            "figure ../../etc/passwd",
            "figure ten-themes",
        )
        for inside in (
            "<script>alert(1)</script>",
            "**<img src=x onerror=alert(1)>** — <svg/onload=alert(1)>",
            "[x](javascript:alert(1)) ____<script> {= <script>alert(1)</script>}",
            '</figcaption></figure><div class="drawing-room drawing-room--x"><script>alert(1)</script></div>',
        )
    ),
    '____<img src=x onerror=alert(1)>____" onclick="alert(1)',
    "| a |\n|---|\n| {= <script>alert(1)</script> } |",
    '[x](guide:two" onclick="alert(1))',
]
CASES = [*SCRIPTS, *(shape.replace("{}", link) for link in LINKS for shape in SHAPES), *TRICKS]


OURS = re.compile(r"#.*|/guidance/[a-z0-9-]+/(#[a-z0-9-]+)?", re.DOTALL)
# What stands inside a figure is ours; nothing of it comes from the text.
DRAWING = re.compile(r'<div class="drawing-room"[^>]*><svg.*?</svg></div>', re.DOTALL)


class Looker(HTMLParser):
    """Collects whatever is not on the list of what may be shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.foreign.append(tag)
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        self.foreign += [f"{tag} {name}" for name, _ in attrs if name not in allowed]
        href = dict(attrs).get("href")
        if href and not OURS.fullmatch(href) and href.split(":")[0].lower() not in SCHEMES:
            self.foreign.append(f"to {href}")
        if href and "@x.example" in href:
            self.foreign.append(f"credentials in {href}")

    def handle_comment(self, data: str) -> None:
        self.foreign.append("comment")

    def handle_pi(self, data: str) -> None:
        self.foreign.append("instruction")


def foreign(body: str, medium: Medium) -> list[str]:
    text = typeset(body, {"S3": {"text": "x"}}, medium, True)
    looker = Looker()
    looker.feed(DRAWING.sub("", text.opening + text.rest))
    return looker.foreign


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize("medium", [WEB, PAPER], ids=["web", "paper"])
def test_nothing_foreign_comes_through(medium: Medium) -> None:
    through = {case: found for case in CASES if (found := foreign(case, medium))}
    assert through == {}


def test_the_looker_sees_what_is_foreign() -> None:
    looker = Looker()
    looker.feed("<script></script><a href='javascript:x' onclick='x'>x</a><!-- x -->")
    assert looker.foreign == ["script", "a onclick", "to javascript:x", "comment"]


def test_links_that_are_meant_stay() -> None:
    text = typeset("[a](https://a.example/b) [c](mailto:d@e.example) [f](#begin)\n", {}, WEB, True)
    for address in ("https://a.example/b", "mailto:d@e.example", "#begin"):
        assert f'href="{address}" rel="noopener nofollow"' in text.rest


@pytest.mark.parametrize(
    "body",
    [
        ">" * 10_000,
        "[" * 10_000,
        "*" * 10_000,
        "- " * 5_000,
        "`" * 10_000,
        "![[" * 5_000,
        "[a](" * 5_000,
        "::: try\n" * 5_000,
        "_a" * 10_000,
        "|" * 5_000 + "\n" + "|-" * 2_500,
        "[S3] " * 5_000,
        "_" * 10_000,
        "____ " * 5_000,
        "{= " * 5_000,
        "{=" + "B*" * 5_000 + "}",
        "::: write 30 x\n:::\n" * 2_000,
        "::: card x\ny\n:::\n" * 2_000,
        "::: terms\n" + "**a** — b\n\n" * 5_000 + ":::\n",
        "::: figure x\n" * 5_000,
        "[a](guide:a)" * 5_000,
        "[a](guide:" + "a-" * 5_000 + ")",
        "{fact}" * 5_000,
        "\"'" * 5_000,
        'a"' * 5_000,
        "\n".join("  " * depth + "- a" for depth in range(400)),
        "word " * 200_000,
    ],
    ids=lambda body: repr(body[:8]),
)
def test_long_and_nested_text_comes_to_an_end(body: str) -> None:
    """Each of these takes for ever in a parser that goes back over what it has read."""
    text = typeset(body, {"S3": {"text": "x"}}, WEB, True)
    assert len(text.rest) < 20_000_000


def test_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(TooLong):
        typeset("x" * (LONGEST_TEXT + 1), {}, WEB, True)


class Asked(set[str]):
    """Anchors that count how often they are looked up."""

    times = 0

    def __contains__(self, anchor: object) -> bool:
        self.times += 1
        return super().__contains__(anchor)


def test_equal_headings_are_each_looked_up_a_few_times() -> None:
    """8,000 equal headings would be looked up 32 million times if each were counted anew."""
    used, counts, number = Asked(), Counter[str](), 8_000
    for _ in range(number):
        used.add(rules._anchor("The same", used, counts))
    assert len(used) == number
    assert used.times <= 3 * number


def test_anchors_differ_whatever_the_headings_are_called() -> None:
    text = typeset("## A\n\n## A 2\n\n## A\n\n## A\n\n## A 2\n", {}, WEB, numbered=False)
    assert [one.anchor for one in text.sections] == ["a", "a-2", "a-3", "a-4", "a-2-2"]
