"""The files: page, PDF and Word file say the same; the PDF is tagged; what others hand in is looked into (P28)."""

from __future__ import annotations

import io
import re
from html import unescape

import docx
import pytest

from embedded.files import read
from embedded.files.handed_in import ALIVE, BROKEN, EMPTY, LOCKED, MOST, TOO_BIG, WRONG_KIND
from embedded.jobs.models import Job
from programmes.models import JobDescription
from programmes.recruitment.document import Document, Lines, Table, document_of, words_of
from tests.pdf.checking import faults
from tests.pdf.papers import elements, tags
from tests.pdf.papers import read as read_pdf
from tests.recruitment.begun import SMALL_PDF, Sent, approve, begin, hand_in, key, word_file
from tests.workers import run_jobs
from tests.world import World

AT = "job-description/"
committed = pytest.mark.django_db(transaction=True)


def made(description: JobDescription) -> JobDescription:
    run_jobs()
    description.refresh_from_db()
    assert description.pdf and description.word, Job.objects.get(pk=description.job_id).error
    return description


def squeezed(text: str) -> str:
    return "".join(text.split())


def in_order(words: list[str], text: str) -> None:
    """Each of them, one after the other."""
    at = 0
    for one in words:
        found = text.find(squeezed(one), at)
        assert found >= 0, f"{one!r} is missing after {text[max(0, at - 60) : at]!r}"
        at = found + len(squeezed(one))


@committed
@pytest.mark.parametrize("variant", ["university", "nhs"])
def test_page_pdf_and_word_say_the_same(world: World, variant: str) -> None:
    description = made(approve(world, begin(world, variant)))
    words = words_of(document_of(description))
    assert len(words) > 100
    shown = world.client("researcher").get(world.url(AT)).content.decode()
    article = shown[shown.index("<article") : shown.index("</article>")]
    in_order(words, squeezed(unescape(re.sub(r"<[^>]+>", " ", article))))
    assert description.word
    paper = docx.Document(io.BytesIO(read(description.word)))
    in_order(words, squeezed("\n".join(_texts(paper))))
    assert description.pdf
    sheets = read_pdf(read(description.pdf)).pages
    printed = squeezed("\n".join(sheet.extract_text() for sheet in sheets))
    assert not [one for one in words if squeezed(one) not in printed and not _across_pages(one, sheets)]
    last = max(part.start + len(part.lines) - 1 for part in _duties(document_of(description)))
    assert _numbers(sheets) == list(range(1, last + 1))


def _numbers(sheets: list) -> list[int]:  # type: ignore[type-arg]
    """Of the numbered lines: they run on through the groups, as the person specification counts them."""
    text = "\n".join(sheet.extract_text() for sheet in sheets)
    return sorted(int(number) for number in re.findall(r"(?m)^ *(\d+)\. *$", text))


def _duties(document: Document) -> list[Lines]:
    return [part for one in document.sections for part in one.parts if isinstance(part, Lines) and part.start]


def _across_pages(words: str, sheets: list) -> bool:  # type: ignore[type-arg]
    """Whether both ends of it stand in the file, where a page ends in the middle of it."""
    printed = squeezed("\n".join(sheet.extract_text() for sheet in sheets))
    squeezed_words = squeezed(words)
    return squeezed_words[:15] in printed and squeezed_words[-15:] in printed


def _texts(paper: docx.document.Document) -> list[str]:
    """Paragraphs and cells in the order of the file."""
    found: list[str] = []
    for block in paper.iter_inner_content():
        if hasattr(block, "rows"):
            found += [cell.text for row in block.rows for cell in row.cells]
        else:
            found.append(block.text)
    return found


@committed
def test_pdf_is_tagged_titled_and_in_its_language(world: World) -> None:
    """P33: PDF/UA, one main heading, headings in order, header cells, lists."""
    description = made(approve(world, begin(world)))
    assert description.pdf
    assert faults(read(description.pdf)) == []
    pdf = read_pdf(read(description.pdf))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en-GB"
    assert pdf.metadata and str(pdf.metadata.title).startswith("Job description and person specification: ")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    found = tags(pdf)
    assert found.count("/Table") == found.count("/Caption") >= 8
    assert found.count("/TH") >= 4 * 6 + 10
    assert "/L" in found and "/LI" in found
    headings = [int(one["/S"][2:]) for one in elements(pdf) if re.fullmatch(r"/H\d", str(one["/S"]))]
    assert set(headings) == {1, 2, 3}


@committed
def test_word_has_real_headings_lists_and_header_cells(world: World) -> None:
    description = made(approve(world, begin(world)))
    document = document_of(description)
    assert description.word
    paper = docx.Document(io.BytesIO(read(description.word)))
    headings = [
        (one.style.name, one.text) for one in paper.paragraphs if one.style.name.startswith("Heading")
    ]
    assert headings[0] == ("Heading 1", document.title)
    assert headings[1:] == [(f"Heading {one.level}", one.heading) for one in document.sections]
    tables = [part for one in document.sections for part in one.parts if isinstance(part, Table)]
    assert len(paper.tables) == len(tables)
    for table in paper.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert 'w:firstRow="1"' in table._tbl.xml and "w:tblCaption" in table._tbl.xml
    numbered = [one.text for one in paper.paragraphs if one.style.name == "List Number"]
    duties = [
        part for one in document.sections for part in one.parts if isinstance(part, Lines) and part.start
    ]
    assert numbered == [line for part in duties for line in part.lines]
    assert [part.start for part in duties] == [
        1 + sum(len(part.lines) for part in duties[:number]) for number in range(len(duties))
    ]
    assert paper.core_properties.language == "en-GB" and paper.core_properties.title == document.title


@committed
def test_files_are_let_go_when_the_draft_changes_and_never_made_from_what_it_was(world: World) -> None:
    description = begin(world)
    client = world.client("host_manager")
    assert client.post(world.url(f"{AT}{description.pk}/"), {"form_key": key()}).status_code == 302
    typed = {"relational": "One duty", "version": "1", "form_key": key()}
    assert client.post(world.url(f"{AT}change/duties/"), typed).status_code == 302
    run_jobs()
    description.refresh_from_db()
    assert description.pdf is None and description.job is None
    assert client.post(world.url(f"{AT}{description.pk}/"), {"form_key": key()}).status_code == 302
    assert made(description).version == 2
    assert "Download PDF" in client.get(world.url(AT)).content.decode()
    change = typed | {"version": "2", "form_key": key(), "relational": "Another"}
    assert client.post(world.url(f"{AT}change/duties/"), change).status_code == 302
    assert client.get(world.url(f"{AT}{description.pk}/download/pdf/")).status_code == 404


@committed
def test_hostile_words_are_words_in_all_three(world: World) -> None:
    world.residency.problem = "<script>alert(1)</script> {{7*7}} ŵŷ \u202e & “quoted” \ufffe"
    world.residency.save()
    description = made(approve(world, begin(world)))
    assert description.word
    text = "\n".join(_texts(docx.Document(io.BytesIO(read(description.word)))))
    assert "<script>alert(1)</script> {{7*7}} ŵŷ" in text
    shown = world.client("researcher").get(world.url(AT)).content.decode()
    assert "<script>alert(1)" not in shown and "&lt;script&gt;alert(1)" in shown


@committed
def test_downloads_are_saved_never_shown(world: World) -> None:
    description = made(approve(world, begin(world)))
    client = world.client("researcher")
    for kind, ending in (("pdf", ".pdf"), ("word", ".docx")):
        answer = client.get(world.url(f"{AT}{description.pk}/download/{kind}/"))
        assert answer.status_code == 200
        assert (
            answer["Content-Disposition"].startswith("attachment") and ending in answer["Content-Disposition"]
        )
        assert (
            answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
        )
    for kind in ("form", "anything"):
        assert client.get(world.url(f"{AT}{description.pk}/download/{kind}/")).status_code == 404


# HR's own form

BAD_FILES = {
    "empty": (b"", "form.pdf", EMPTY),
    "too big": (b"%PDF-" + b"x" * MOST, "form.pdf", TOO_BIG),
    "a picture": (b"\x89PNG\r\n\x1a\n", "form.png", WRONG_KIND),
    "a picture called PDF": (b"\x89PNG\r\n\x1a\n", "form.pdf", WRONG_KIND),
    "a page called PDF": (b"<!doctype html><script>1</script>", "form.pdf", WRONG_KIND),
    "a program called DOCX": (b"MZ\x90\x00", "form.docx", WRONG_KIND),
    "a PDF called DOCX": (SMALL_PDF, "form.docx", WRONG_KIND),
    "a PDF with two endings": (SMALL_PDF, "form.pdf.exe", WRONG_KIND),
    "a PDF cut short": (SMALL_PDF[:40], "form.pdf", BROKEN),
    "a PDF with a password": (SMALL_PDF.replace(b"/Root", b"/Encrypt 2 0 R/Root"), "form.pdf", LOCKED),
    "a PDF that does things": (SMALL_PDF.replace(b"/Root", b"/JavaScript(x)/Root"), "form.pdf", ALIVE),
    "an old Word file": (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 99, "form.doc", WRONG_KIND),
    "a Word file with a password": (
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        "form.docx",
        LOCKED,
    ),
    "a Word file with macros": (word_file({"word/vbaProject.bin": b"x"}), "form.docx", ALIVE),
    "a Word file that climbs": (word_file({"../../evil": b"x"}), "form.docx", BROKEN),
    "a Word file cut short": (word_file()[:900], "form.docx", BROKEN),
    "a bomb": (word_file({"word/media/zeros": bytes(61 * 1024 * 1024)}), "form.docx", TOO_BIG),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_p28_a_file_that_is_not_what_it_should_be_is_refused_in_words(world: World, name: str) -> None:
    content, called, words = BAD_FILES[name]
    typed = {"form_key": key(), "file": Sent(content, called)}
    answer = world.client("hr").post(world.url(f"{AT}own-form/"), typed)
    assert answer.status_code == 200
    assert words in unescape(answer.content.decode())
    assert not JobDescription.objects.exists()


@pytest.mark.parametrize(("content", "called"), [(SMALL_PDF, "Ours.PDF"), (word_file(), "../../ours.docx")])
def test_hrs_own_form_is_kept_under_a_name_of_ours(world: World, content: bytes, called: str) -> None:
    typed = {"form_key": key(), "file": Sent(content, called)}
    client = world.client("hr")
    assert client.post(world.url(f"{AT}own-form/"), typed).status_code == 302
    assert client.post(world.url(f"{AT}own-form/"), typed).status_code == 302
    description = JobDescription.objects.get()
    assert description.own_form and read(description.own_form) == content
    answer = client.get(world.url(f"{AT}{description.pk}/download/form/"))
    ending = ".pdf" if content == SMALL_PDF else ".docx"
    named = f'attachment; filename="{world.residency.code}-job-description-form{ending}"'
    assert answer["Content-Disposition"] == named
    assert answer.content == content


def test_another_file_under_the_same_form_is_another_version(world: World) -> None:
    held = {"form_key": key()}
    client = world.client("hr")
    for content in (SMALL_PDF, SMALL_PDF + b"\n"):
        assert client.post(world.url(f"{AT}own-form/"), held | {"file": Sent(content)}).status_code == 302
    assert JobDescription.objects.count() == 2


def test_hrs_own_form_is_approved_without_files_of_ours(world: World) -> None:
    description = approve(world, hand_in(world))
    assert description.approved_at is not None and description.job is None
