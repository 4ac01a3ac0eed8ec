"""Writes small editions into a library folder of the test's own."""

from __future__ import annotations

from pathlib import Path

FRONT = {
    "slug": "a-guide",
    "title": "A guide",
    "version": "1.0.0",
    "published_on": "2026-11-01",
    "audience": "researcher",
    "moments": "[first_100_days]",
    "readers": "[researcher]",
    "topics": "[learning]",
    "summary": "What to do.",
    "review_owner": "Editors",
    "next_review": "2027-11-01",
    "licence": "CC BY 4.0",
    "changelog": "First edition.",
}
BODY = """::: five
1. One
2. Two
3. Three
4. Four
5. Five
:::

## Begin

A sentence. [S3] {fact}

## Who to write to

::: email
To: R&D office
Subject: Hello

Dear [name], hello.
:::
"""


def write(library: Path, body: str = BODY, sources: str = "  S3: A paper, 2023.", **front: str) -> Path:
    """One edition; a front matter key given as "" is left out."""
    keys = FRONT | front
    path = library / keys["slug"] / f"{keys['version']}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}: {value}" for key, value in keys.items() if value]
    if sources:
        lines += ["sources:", sources]
    path.write_text("---\n" + "\n".join(lines) + "\n---\n\n" + body, encoding="utf-8")
    return path
