"""The empty sheet: its size, its styles, what it says about itself, and its bytes when it is full."""

from __future__ import annotations

import datetime
import hashlib
import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from embedded.word.blocks import plain

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INK: Final = RGBColor(0x21, 0x2B, 0x32)
DEEP_BLUE: Final = RGBColor(0x00, 0x30, 0x87)
LINK_BLUE: Final = RGBColor(0x00, 0x5E, 0xB8)
FONT: Final = "Arial"
POINTS: Final = 11  # of ordinary text
LARGE: Final = 16  # of large print
SIZES: Final = {  # points beside 11 of ordinary text
    "Normal": 11,
    "Heading 1": 22,
    "Heading 2": 15,
    "Heading 3": 12,
    "Caption": 10,
    "Subtitle": 11,
    "Footer": 9,
}


@dataclass(frozen=True)
class About:
    """What a file says about itself. A `made_at` without a time counts as noon; `footer` stands on every page before
    its number."""

    title: str
    made_at: datetime.datetime | datetime.date
    author: str
    subject: str = ""
    language: str = "en-GB"
    footer: str = ""
    landscape: bool = False
    large_print: bool = False


@lru_cache(maxsize=1)
def look() -> str:
    """SHA-256 of all that decides how such a file looks, beside what is in it."""
    rooms = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(room.read_bytes() for room in rooms)).hexdigest()


def empty_sheet(about: About) -> Any:
    """A document of A4 with our styles and nothing in it."""
    paper = docx.Document()
    _cut(paper.sections[0], about.landscape)
    _dress(paper, LARGE / POINTS if about.large_print else 1.0)
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), about.language)
    _tell(paper.core_properties, about)
    if about.footer:
        _add_footer(paper.sections[0].footer.paragraphs[0], about.footer)
    return paper


def style_id(name: str) -> str:
    """How a style is called inside the file. Looking it up by its name takes most of the time of a file."""
    return name.replace(" ", "")


def bytes_of(paper: Any, about: About) -> bytes:
    """The file. The same content at the same time is the same bytes."""
    loose, packed = io.BytesIO(), io.BytesIO()
    paper.save(loose)
    made = max(_made_at(about), datetime.datetime(1980, 1, 1))  # noqa: DTZ001  as zip counts time
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, made.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            file.writestr(entry, parts.read(part))
    return packed.getvalue()


def _cut(section: Any, landscape: bool) -> None:
    sides = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)


def _dress(paper: Any, scale: float) -> None:
    for name, size in SIZES.items():
        style = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(round(size * scale))
        style.font.italic = False
        style.font.color.rgb = DEEP_BLUE if name.startswith("Heading") else INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
    paper.styles["Normal"].paragraph_format.space_after = Pt(6)
    paper.styles["Caption"].paragraph_format.keep_with_next = True
    _add_look(paper, "Hyperlink", LINK_BLUE).underline = WD_UNDERLINE.SINGLE
    mark = _add_look(paper, "Mark", DEEP_BLUE)
    mark.small_caps = mark.bold = True


def _add_look(paper: Any, name: str, colour: RGBColor) -> Any:
    look = paper.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    look.font.color.rgb = colour
    return look.font


def _tell(told: Any, about: About) -> None:
    told.title, told.author = plain(about.title)[:255], plain(about.author)[:255]
    told.subject, told.language, told.last_modified_by = (
        plain(about.subject)[:255],
        about.language,
        told.author,
    )
    told.comments = told.keywords = ""
    told.created = told.modified = _made_at(about)


def _made_at(about: About) -> datetime.datetime:
    """In UTC, without saying so, as such files have it."""
    at = about.made_at
    if not isinstance(at, datetime.datetime):
        return datetime.datetime.combine(at, datetime.time(12))
    return at.astimezone(datetime.UTC).replace(tzinfo=None)


def _add_footer(paragraph: Any, words: str) -> None:
    """The words, and "page 2 of 5", which Word counts."""
    paragraph.style = "Footer"
    paragraph.add_run(f"{plain(words)} · page ")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
