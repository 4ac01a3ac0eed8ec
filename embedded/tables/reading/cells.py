"""What stands in one cell, as the value that it means; or, where it means none, the sentence that puts it right."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from embedded.tables.reading.table import Cell

LONDON: Final = ZoneInfo("Europe/London")
FIRST_YEAR, LAST_YEAR = 1990, 2099
LIKE: Final = "Write the day, the month and the whole year, like 1/9/2025 or 2025-09-01"
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACE: Final = re.compile(r"\s+")
_RUNS: Final = re.compile(r"=|[+\-@].*[(|!]")  # what a spreadsheet would take for a formula
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})([T ]\d.*)?", re.ASCII)
_BRITISH: Final = re.compile(
    r"(\d{1,2})\s*[/. -]\s*(\d{1,2}|[a-z]{3,9})\s*[/., -]\s*(\d{2,4})", re.ASCII | re.IGNORECASE
)
_SERIAL: Final = re.compile(r"\d{5}(\.\d+)?", re.ASCII)
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)


class Wrong(Exception):
    """The cell cannot be used; the words say what to write instead."""


@dataclass(frozen=True)
class Reader:
    """How the cells of a sheet are read: what day it is, and from which year its numbers of days count."""

    today: datetime.date
    from_1904: bool = False

    def text(self, cell: Cell, most: int) -> str:
        written = text_in(cell)
        if len(written) > most:
            raise Wrong(f"Shorten it to {most} characters: it has {len(written):,}")
        return written

    def name(self, cell: Cell, most: int) -> str:
        """The name of a person or a thing, in the letters of one alphabet."""
        written = self.text(cell, most)
        if any(len(_alphabets(word)) > 1 for word in written.split()):
            raise Wrong("Type it afresh: it has letters of another alphabet that only look the same")
        return written

    def email(self, cell: Cell) -> str:
        written = text_in(cell).removeprefix("mailto:").replace(" ", "").lower()
        if not written:
            return ""
        if not written.isascii():
            raise Wrong("Type the address afresh: it has a letter that is not a to z")
        try:
            validate_email(written)
        except ValidationError:
            raise Wrong("Write one email address, like name@example.com") from None
        return written

    def one_of(self, cell: Cell, words: Mapping[str, str], offered: str) -> str:
        """The value that the words mean; `offered` is what to write instead."""
        written = _plain(text_in(cell))
        if not written:
            return ""
        if written not in words:
            raise Wrong(f"Write one of: {offered}")
        return words[written]

    def some_of(self, cell: Cell, words: Mapping[str, str], offered: str) -> list[str]:
        """The values of all that stand between semicolons, each once."""
        written = [_plain(one) for one in text_in(cell).split(";")]
        if unknown := next((one for one in written if one and one not in words), ""):
            raise Wrong(
                f"We do not know “{unknown[:60]}”. Write any of these, with a semicolon between them: {offered}"
            )
        return list(dict.fromkeys(words[one] for one in written if one))

    def date(self, cell: Cell) -> datetime.date | None:
        kind, _ = cell
        written = text_in(cell)
        if not written:
            return None
        if kind in ("t", "b"):
            raise Wrong(f"This is no day. {LIKE}")
        day = self._day(written)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Wrong(f"Write a year from {FIRST_YEAR} to {LAST_YEAR}")
        return day

    def past(self, cell: Cell) -> datetime.date | None:
        day = self.date(cell)
        if day and day > self.today:
            raise Wrong("Write a day that is today or in the past")
        return day

    def _day(self, written: str) -> datetime.date:
        if iso := _ISO.fullmatch(written):
            return _moment(written) if iso[4] else _real(iso[1], iso[2], iso[3])
        if british := _BRITISH.fullmatch(written):
            day, month, year = british.groups()
            if len(year) != 4:
                raise Wrong(f"It is not certain which year this is. {LIKE}")
            return _real(year, _month(month), day)
        if _SERIAL.fullmatch(written):
            return self._counted(int(float(written)))
        raise Wrong(LIKE)

    def _counted(self, days: int) -> datetime.date:
        """The day that a spreadsheet keeps as a number."""
        begun = datetime.date(1904, 1, 1) if self.from_1904 else datetime.date(1899, 12, 30)
        return begun + datetime.timedelta(days=days)


def text_in(cell: Cell) -> str:
    """What is written, in one form of its letters and without signs that nobody sees. Formulas are never worked out."""
    kind, written = cell
    if kind == "f":
        raise Wrong("This is a formula. Copy the cell, paste it as a value, and save the file")
    if kind == "e":
        raise Wrong("This is an error of the spreadsheet. Write what should stand here")
    plain = unicodedata.normalize("NFC", _UNSEEN.sub("", written))
    plain = _SPACE.sub(" ", plain).strip()
    if _RUNS.match(plain.removeprefix("'")):
        raise Wrong("A spreadsheet could take this for a formula. Start with a letter or a figure")
    return _figures(plain)


def _plain(written: str) -> str:
    """In small letters, with one space between words."""
    return re.sub(r"[\s_\-]+", " ", written.casefold()).strip(" .")


def _figures(written: str) -> str:
    """Full-width figures and signs become plain ones; figures of other scripts stay as they are."""
    return "".join(unicodedata.normalize("NFKC", one) if "！" <= one <= "～" else one for one in written)


def _alphabets(word: str) -> set[str]:
    names = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return names & {"LATIN", "CYRILLIC", "GREEK"}


def _month(written: str) -> str:
    if written.isdigit():
        return written
    fits = [at for at, month in enumerate(_MONTHS, 1) if month.startswith(written.lower()[:9])]
    if len(fits) != 1:
        raise Wrong(f"There is no month “{written}”. {LIKE}")
    return str(fits[0])


def _real(year: str, month: str, day: str) -> datetime.date:
    if not 1 <= int(month) <= 12:
        raise Wrong(f"There is no month {int(month)}. Write the day first, then the month, like 1/9/2025")
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        if int(year) < 1:
            raise Wrong(f"Write a year from {FIRST_YEAR} to {LAST_YEAR}") from None
        month_named = _MONTHS[int(month) - 1].title()
        raise Wrong(f"There is no {int(day)} {month_named} in {int(year)}. Write the right day") from None


def _moment(written: str) -> datetime.date:
    """The day, in London, of a moment with its time."""
    try:
        moment = datetime.datetime.fromisoformat(written)
    except ValueError:
        raise Wrong(LIKE) from None
    try:
        return (moment.astimezone(LONDON) if moment.tzinfo else moment).date()
    except OverflowError:
        raise Wrong(f"Write a year from {FIRST_YEAR} to {LAST_YEAR}") from None
