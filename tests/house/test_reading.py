"""What a look must not do (P26, F14) and what every answer carries (P24), over one walk of every address."""

from __future__ import annotations

import re

import pytest

from tests.house import tables
from tests.house.crawling import Answer, Crawl

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
# made files: stricter still, for whatever opens them may not run anything
DOWNLOADS = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
DATA = re.compile(r'<script[^>]* type="application/json"')  # is read by a script, and never run
HEADERS = {
    "X-Content-Type-Options": r"nosniff",
    "X-Frame-Options": r"DENY",
    "Referrer-Policy": r"same-origin|no-referrer, strict-origin",
    "Cross-Origin-Opener-Policy": r"same-origin",
    "Permissions-Policy": r".*camera=\(\).*",
    "X-Request-ID": r"[0-9a-f-]{36}",
}


def is_page(answer: Answer) -> bool:
    return answer.headers["Content-Type"].startswith("text/html") and bool(answer.content)


def nonce_in(policy: str) -> str:
    """The nonce of a policy that is exactly ours; empty where the page has no script."""
    if policy == DOWNLOADS:
        return ""
    parts = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    scripts = parts.pop("script-src")
    assert parts == POLICY
    found = re.fullmatch(r"'self'(?: 'nonce-([\w+/=-]{16,})')?", " ".join(scripts))
    assert found, scripts
    return found[1] or ""


def test_p26_reading_changes_nothing(crawl: Crawl) -> None:
    assert len(crawl.answers) > 1_000
    assert not tables.changed(crawl.before, crawl.after)
    left = set(tables.table_names()) - set(crawl.before)
    assert left == tables.WRITTEN_BY_READING


def test_p24_every_answer_carries_every_header(crawl: Crawl) -> None:
    for answer in crawl.answers:
        for name, pattern in HEADERS.items():
            assert re.fullmatch(pattern, answer.headers.get(name, "")), f"{answer}: {name}"


def test_p24_every_policy_is_strict_and_every_nonce_is_new(crawl: Crawl) -> None:
    nonces = [nonce_in(answer.headers["Content-Security-Policy"]) for answer in crawl.answers]
    given = [nonce for nonce in nonces if nonce]
    assert len(set(given)) == len(given) > 900
    for answer, nonce in zip(crawl.answers, nonces, strict=True):
        if is_page(answer):
            page = DATA.sub("", answer.content.decode())
            assert page.count("<script") == page.count(f'nonce="{nonce}"') > 0, str(answer)


def test_nothing_in_a_page_needs_what_the_policy_forbids(crawl: Crawl) -> None:
    for answer in crawl.answers:
        if is_page(answer):
            page = answer.content.decode()
            assert not re.search(r"<[^>]+\s(style|on\w+)=", page), answer
            assert "javascript:" not in page, answer


def test_every_page_has_one_heading_a_language_and_a_title(crawl: Crawl) -> None:
    for answer in crawl.answers:
        if not is_page(answer):
            continue
        page = answer.content.decode()
        assert page.count("<h1") == 1, answer
        assert '<html lang="en-GB"' in page, answer
        assert re.search(r"<title>\s*\S[^<]* – Embedded\s*</title>", page), answer
