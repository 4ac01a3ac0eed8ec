"""Reads the shipped editions from guidance/library/, as FORMAT.md says they are written."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from guidance.choices import Audience, Moment, Reader, Topic

LIBRARY = Path(__file__).resolve().parent / "library"
WORDS_A_MINUTE = 200
KEY = re.compile(r"[A-Z][A-Z0-9-]*")
VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")
NEEDED = (
    "slug title version published_on audience readers topics summary review_owner next_review licence changelog"
).split()
OPTIONAL = (
    "moments language reading_minutes one_page word sheet landscape large_print authors sources".split()
)


class NotAnEdition(Exception):
    """A file of the library that does not follow FORMAT.md; the message names the file and the cure."""


@dataclass(frozen=True)
class ShippedEdition:
    """One file of the library. `notes` maps a source key to {"text": …, "url": …}."""

    slug: str
    title: str
    number: tuple[int, int, int]
    published_on: datetime.date
    audience: str
    moments: list[str]
    readers: list[str]
    topics: list[str]
    summary: str
    review_owner: str
    next_review: datetime.date
    licence: str
    changelog: str
    language: str
    reading_minutes: int
    one_page: bool
    word: bool
    sheet: bool
    landscape: bool
    large_print: bool
    authors: str
    notes: dict[str, dict[str, str]]
    body: str
    fingerprint: str


def number_of(version: str) -> tuple[int, int, int]:
    """ "1.2.3" as numbers. Raises ValueError for anything else."""
    match = VERSION.fullmatch(version)
    if not match:
        raise ValueError(f"{version!r} is not a version of three numbers")
    return (int(match[1]), int(match[2]), int(match[3]))


def shipped_editions(library: Path = LIBRARY) -> list[ShippedEdition]:
    """Every edition in the folder, by document and then by version, oldest first."""
    editions = [read_edition(path) for path in sorted(library.glob("*/*.md"))]
    return sorted(editions, key=lambda edition: (edition.slug, edition.language, edition.number))


def read_edition(path: Path) -> ShippedEdition:
    """One file. Raises NotAnEdition."""
    text = path.read_text(encoding="utf-8")
    if "\0" in text:
        raise NotAnEdition(
            f"{path}: save it as plain text again; it holds characters that no text has (NUL)."
        )
    front, body = _split(path, text)
    _check_keys(path, front)
    if front["slug"] != path.parent.name or not path.name.startswith(str(front["version"])):
        raise NotAnEdition(f"{path}: the slug must be the folder's name and the version the file's.")
    return ShippedEdition(
        slug=front["slug"],
        title=_line(path, front, "title"),
        number=_version(path, front),
        published_on=_date(path, front, "published_on"),
        audience=_choice(path, front, "audience", Audience.values),
        moments=_several(path, front, "moments", Moment.values),
        readers=_several(path, front, "readers", Reader.values),
        topics=_several(path, front, "topics", Topic.values),
        summary=_line(path, front, "summary"),
        review_owner=_line(path, front, "review_owner"),
        next_review=_date(path, front, "next_review"),
        licence=_line(path, front, "licence"),
        changelog=_line(path, front, "changelog"),
        language=str(front.get("language", "en-GB")),
        reading_minutes=int(front.get("reading_minutes") or reading_minutes(body)),
        one_page=_yes(path, front, "one_page"),
        word=_yes(path, front, "word"),
        sheet=_yes(path, front, "sheet"),
        landscape=_yes(path, front, "landscape"),
        large_print=_yes(path, front, "large_print"),
        authors=str(front.get("authors", "")),
        notes=_notes(path, front.get("sources") or {}),
        body=body,
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
    )


def reading_minutes(body: str) -> int:
    """Whole minutes at 200 words a minute, at least one."""
    return max(1, round(len(body.split()) / WORDS_A_MINUTE))


def _split(path: Path, text: str) -> tuple[dict[str, Any], str]:
    match = re.match(r"---\n(.*?)\n---\n(.*)", text.replace("\r\n", "\n"), re.DOTALL)
    if not match:
        raise NotAnEdition(f"{path}: begin with the front matter between two lines of three hyphens.")
    try:
        front = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        raise NotAnEdition(f"{path}: the front matter is not YAML: {error}") from error
    if not isinstance(front, dict):
        raise NotAnEdition(f"{path}: write the front matter as lines of `key: value`.")
    return front, match[2].strip() + "\n"


def _check_keys(path: Path, front: Mapping[str, Any]) -> None:
    missing = [key for key in NEEDED if front.get(key) in (None, "", [])]
    unknown = [str(key) for key in front if key not in (*NEEDED, *OPTIONAL)]
    if missing:
        raise NotAnEdition(f"{path}: add {', '.join(missing)} to the front matter.")
    if unknown:
        raise NotAnEdition(f"{path}: the front matter has no key {', '.join(unknown)}.")


def _line(path: Path, front: Mapping[str, Any], key: str) -> str:
    value = front[key]
    if not isinstance(value, str):
        raise NotAnEdition(f"{path}: put {key} between quotation marks.")
    return " ".join(value.split())


def _version(path: Path, front: Mapping[str, Any]) -> tuple[int, int, int]:
    try:
        return number_of(str(front["version"]))
    except ValueError as error:
        raise NotAnEdition(f"{path}: {error}, such as 1.0.0.") from error


def _date(path: Path, front: Mapping[str, Any], key: str) -> datetime.date:
    value = front[key]
    if not isinstance(value, datetime.date):
        raise NotAnEdition(f"{path}: write {key} as year-month-day, such as 2026-11-22.")
    return value


def _choice(path: Path, front: Mapping[str, Any], key: str, choices: list[str]) -> str:
    if front[key] not in choices:
        raise NotAnEdition(f"{path}: {key} must be one of {', '.join(choices)}.")
    return str(front[key])


def _several(path: Path, front: Mapping[str, Any], key: str, choices: list[str]) -> list[str]:
    """The values of a list, each once, in the order of the choices."""
    found = front.get(key) or []
    if not isinstance(found, list):
        raise NotAnEdition(f"{path}: write {key} as a list, such as [{choices[0]}, {choices[1]}].")
    wrong = [str(one) for one in found if one not in choices]
    if wrong:
        raise NotAnEdition(
            f"{path}: {key} has {', '.join(wrong)}; take its values from {', '.join(choices)}."
        )
    return [one for one in choices if one in found]


def _yes(path: Path, front: Mapping[str, Any], key: str) -> bool:
    value = front.get(key, False)
    if not isinstance(value, bool):
        raise NotAnEdition(f"{path}: write {key} as true, or leave it out.")
    return value


def _notes(path: Path, sources: Any) -> dict[str, dict[str, str]]:
    if not isinstance(sources, dict):
        raise NotAnEdition(f"{path}: write the sources as lines of `KEY: text`.")
    notes = {}
    for key, value in sources.items():
        if not KEY.fullmatch(str(key)):
            raise NotAnEdition(f"{path}: the source key {key} must be capitals, digits and hyphens.")
        entry = value if isinstance(value, dict) else {"text": value}
        url = str(entry.get("url", ""))
        if not entry.get("text") or (url and not url.startswith(("https://", "http://"))):
            raise NotAnEdition(
                f"{path}: the source {key} needs a text, and its url must begin with https://."
            )
        notes[str(key)] = {"text": " ".join(str(entry["text"]).split()), "url": url}
    return notes
