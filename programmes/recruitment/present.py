"""What the pages of a job description say that the records do not: how a version stands, its files, what to mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from embedded.files.models import MadeFile
from embedded.jobs.models import JobState
from embedded.nhsuk.words import counted, day
from programmes.models import JobDescription, Residency
from programmes.recruitment.asking import PAGES
from programmes.recruitment.content import HEADINGS, MOST_LINES, Content, Criterion
from programmes.recruitment.document import Document, document_of, standing


@dataclass(frozen=True)
class Line:
    """One version in the list of versions."""

    number: int
    url: str
    state: str
    colour: str
    note: str
    kind: str
    day: str
    by: str


@dataclass(frozen=True)
class Download:
    words: str
    url: str


@dataclass(frozen=True)
class View:
    """One version as its page shows it."""

    line: Line
    standing: str
    is_newest: bool
    is_own_form: bool
    document: Document | None
    downloads: list[Download]
    files: str  # "none", "waiting", "failed" or "made"
    problem: str
    many_lines: str
    untied: list[Criterion]


def view(description: JobDescription, versions: Sequence[JobDescription]) -> View:
    own_form = description.own_form is not None
    content = Content.from_json(description.content)
    return View(
        line=line(description, versions),
        standing=standing(description),
        is_newest=description.number == versions[0].number,
        is_own_form=own_form,
        document=None if own_form else document_of(description),
        downloads=_downloads(description),
        files=_files(description),
        problem=description.job.error if description.job else "",
        many_lines=_many_lines(content),
        untied=content.untied(),
    )


def line(description: JobDescription, versions: Sequence[JobDescription]) -> Line:
    approved = description.approved_at is not None
    state, colour, note = _state(description, versions)
    return Line(
        number=description.number,
        url=description.get_absolute_url(),
        state=state,
        colour=colour,
        note=note,
        kind=description.get_kind_display(),
        day=day(description.approved_at if approved else description.changed_at),
        by=str(description.approved_by if approved else description.changed_by),
    )


def _state(description: JobDescription, versions: Sequence[JobDescription]) -> tuple[str, str, str]:
    """In words, its colour, and which version took its place. A draft takes no approved version's place."""
    approved = description.approved_at is not None
    later = [
        one.number
        for one in versions
        if one.number > description.number and (one.approved_at is not None or not approved)
    ]
    if later:
        words = "Approved earlier" if approved else "Earlier draft"
        return words, "grey", f"Version {max(later)} has taken its place"
    return ("Approved", "green", "") if approved else ("Draft", "blue", "")


def _downloads(description: JobDescription) -> list[Download]:
    """What there is to download, with kind and size."""
    kept = (("pdf", "PDF", description.pdf), ("word", "Word file", description.word))
    found = [_download(description, kind, words, file) for kind, words, file in kept if file is not None]
    if description.own_form is not None:
        ending = description.own_form.name.rpartition(".")[2].upper()
        found.append(_download(description, "form", f"HR’s own form, {ending}", description.own_form))
    return found


def _download(description: JobDescription, kind: str, words: str, file: MadeFile) -> Download:
    residency = description.residency
    args = [residency.programme.slug, residency.code, description.pk, kind]
    size = f"{max(1, round(file.size / 1000))}\N{NO-BREAK SPACE}KB"
    return Download(f"Download {words} ({size})", reverse("job_description_download", args=args))


def _files(description: JobDescription) -> str:
    if description.own_form is not None or description.pdf is not None:
        return "made"
    if description.job is None:
        return "none"
    return "failed" if description.job.state == JobState.FAILED else "waiting"


def _many_lines(content: Content) -> str:
    """Said, never forbidden."""
    if not content.has_many_lines:
        return ""
    return (
        f"There are {len(content.duties)} lines of duties. More than {MOST_LINES} ask too much of one person: "
        "put some together, or leave some out."
    )


def another_employer(residency: Residency, content: Content) -> str:
    """A sentence where the post is recorded with other employers than the one that is printed; "" otherwise."""
    posts = residency.placements.filter(employer__isnull=False).select_related("employer")
    names = dict.fromkeys(post.employer.display_name for post in posts if post.employer)
    printed = content.texts.get("employer", "")
    if not names or any(name.casefold() in printed.casefold() for name in names):
        return ""
    return (
        f"This says that {printed or 'nobody'} employs the person. The post is recorded with {' and '.join(names)}. "
        "If that is right, change the employer under Post details, or begin a new version and choose who employs."
    )


def ways_to_change(residency: Residency, content: Content) -> list[tuple[str, str, str]]:
    """(text, address, hint) of each page of the texts."""
    hints = {"duties": counted(len(content.duties), "line")}
    slug, code = residency.programme.slug, residency.code
    return [
        (page.title, reverse("job_description_page", args=[slug, code, page.name]), hints.get(page.name, ""))
        for page in PAGES.values()
    ]


def criteria_by_heading(content: Content) -> list[tuple[str, list[Criterion]]]:
    return [
        (heading, asked)
        for name, heading in HEADINGS.items()
        if (asked := [one for one in content.criteria if one.heading == name])
    ]
