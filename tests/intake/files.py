"""The files of trust.md §4.1, each made when its test runs: what it is, and what its owner is told.

A file that can be used says which states its rows have; one that cannot, or a row to be put right, says words that
stand on its page.
"""

from __future__ import annotations

import datetime
import random
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from tests.intake.building import (
    BEGUN,
    ENDS,
    HEAD,
    ROW,
    packed,
    row,
    sheet_of,
    table,
    text,
    workbook,
)

CSV, XLSX = "residencies.csv", "residencies.xlsx"
GOOD = ("good",)


@dataclass(frozen=True)
class Case:
    """`says` are words of the page; `rows` the states of its rows, or none where the file as a whole is refused."""

    name: str
    make: Callable[[], bytes]
    says: str = ""
    rows: tuple[str, ...] = ()
    called: str = CSV


CASES: list[Case] = []


def case(name: str, make: Callable[[], bytes], says: str = "", *rows: str, called: str = CSV) -> None:
    CASES.append(Case(name, make, says, rows, called))


def bad(name: str, make: Callable[[], bytes], says: str, called: str = CSV) -> None:
    """One row, to be put right."""
    case(name, make, says, "bad", called=called)


def cell(name: str, says: str, **cells: str) -> None:
    """The usual row with one cell spoilt, or none."""
    case(name, lambda: table(row(**cells)), says, "bad" if says else "good")


def xml(name: str, cells: str, says: str, *rows: str) -> None:
    """A workbook whose second row is this XML."""
    case(
        name,
        lambda: packed(workbook(), sheet_of(f"{XML_HEAD}<row r='2'>{cells}</row>")),
        says,
        *rows,
        called=XLSX,
    )


def inline(at: str, words: str) -> str:
    return f"<c r='{at}' t='inlineStr'><is><t>{words}</t></is></c>"


def xml_row(number: int, words: list[str]) -> str:
    return "".join(inline(f"{chr(65 + at)}{number}", word) for at, word in enumerate(words))


XML_HEAD = f"<row r='1'>{xml_row(1, HEAD)}</row>"
XML_ROW = xml_row(2, ROW)
BOM = b"\xef\xbb\xbf"
EMPTY = "This file is empty"

# nothing, or nothing but a heading
case("empty", lambda: b"", EMPTY)
case("only a mark of its letters", lambda: BOM, EMPTY)
case("only headings", lambda: text(head=HEAD).encode(), "headings and no rows below them")
case("only blanks", lambda: b" \r\n \r\n\t", EMPTY)

# headings
case("headings in capitals", lambda: table(head=[one.upper() for one in HEAD]), "", *GOOD)
case("headings with blanks", lambda: table(head=[f"  {one.replace(' ', '  ')} " for one in HEAD]), "", *GOOD)
case("headings in another order", lambda: table(ROW[::-1], head=HEAD[::-1]), "", *GOOD)
case(
    "a heading twice",
    lambda: table([*ROW, "x"], head=[*HEAD, "Project title"]),
    "The columns A (“Title”) and I",
)
case("a needed column missing", lambda: table(ROW[1:], head=HEAD[1:]), "There is no column headed “Title”")
case("a column more", lambda: table([*ROW, "blue"], head=[*HEAD, "Colour"]), "Column I (Colour)", *GOOD)
case("headings in row 3", lambda: b"Our list\r\n\r\n" + table(), "", *GOOD)
case("no headings", lambda: table(head=None), "We found none of the headings")

# letters
case("UTF-8 with a mark", lambda: BOM + table(), "", *GOOD)
case("UTF-16 LE", lambda: b"\xff\xfe" + table(encoding="utf-16-le"), "", *GOOD)
case("UTF-16 BE", lambda: b"\xfe\xff" + table(encoding="utf-16-be"), "", *GOOD)
case("UTF-16 without a mark", lambda: table(encoding="utf-16-le"), "", *GOOD)
case("Windows-1252", lambda: table(row(Researcher="Siân Müller"), encoding="cp1252"), "Siân Müller", *GOOD)
case(
    "two ways of writing letters",
    lambda: table(row(Researcher="Siân")) + table(row(Researcher="Zoë"), head=None, encoding="cp1252"),
    "Two ways of writing letters are mixed in this file, first in row 3",
)
case("half a letter", lambda: table().replace(b"Falls", b"F\xed\xa0\x80lls"), "Row 2 holds a broken letter")
case(
    "a letter nobody has",
    lambda: table().replace(b"Falls", b"F\x81lls"),
    "Row 2 holds a letter that we cannot read",
)
case("a NUL byte", lambda: table().replace(b"Falls", b"F\x00lls"), "Row 2 holds a sign that no text has")
case(
    "UTF-16 cut in a letter",
    lambda: b"\xff\xfe" + table(encoding="utf-16-le") + b"\x00",
    "letters of this file are broken",
)

# lines, separators, quotes
case("lines that end in CR", lambda: table(ends="\r"), "", *GOOD)
case("lines that end in LF", lambda: table(ends="\n"), "", *GOOD)
case("semicolons", lambda: table(between=";"), "", *GOOD)
case("tabs", lambda: table(between="\t"), "", *GOOD)
case("a line that names the separator", lambda: b"sep=;\r\n" + table(between=";"), "", *GOOD)
case("a quote never closed", lambda: table().replace(b"\r\nFalls", b'\r\n"Falls'), "is never closed")
case(
    "a quote within a cell",
    lambda: table().replace(b"\r\nFalls", b'\r\n"Falls" on'),
    "quote mark in the middle of a cell",
)
case("a new line within quotes", lambda: table(row(Title="Falls\non the way")), "Falls on the way", *GOOD)
case("50,000 empty rows at the end", lambda: table() + b",,,,,,,\r\n" * 50_000, "", *GOOD)
case("a cell of 1 MB", lambda: table(row(Title="x" * 1_000_000)), "cell of more than 10,000 characters")
case(
    "200,000 columns",
    lambda: table([*ROW, *["x"] * 200_000], head=[*HEAD, *["x"] * 200_000]),
    "more than 100 columns",
)
case("1,000,001 rows", lambda: b"Title,Host,Stage\r\n" + b"a,b\n" * 1_000_001, "more than 2,000 rows")

# what it is, and what it is called
case("a web page", lambda: b"<!DOCTYPE html><table><tr><td>Title</td></tr></table>", "This is a web page")
case("a workbook called CSV", lambda: workbook(), "", *GOOD)
case("a PDF", lambda: b"%PDF-1.7\n%\xe2\xe3", "This is a PDF")
case("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "This is a picture")
case("a program", lambda: b"MZ\x90\x00" + bytes(50), "This is a program")
case("noise", lambda: random.Random(4).randbytes(4000), "")  # noqa: S311
case("CSV called XLSX", lambda: table(), "", *GOOD, called=XLSX)
case(
    "old Excel",
    lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "old Excel file (.xls)",
    called="old.xls",
)
case(
    "a workbook with a password",
    lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "protected by a password",
    called=XLSX,
)


def with_part(name: str, content: bytes) -> bytes:
    return packed(workbook(), lambda parts: parts.update({name: content}))


case("macros", lambda: with_part("xl/vbaProject.bin", b"x"), "holds macros", called="residencies.xlsm")
case(
    "OpenDocument",
    lambda: with_part("mimetype", b"application/vnd.oasis"),
    "OpenDocument file",
    called="a.ods",
)
case(
    "a workbook cut in half",
    lambda: workbook()[: len(workbook()) // 2],
    "damaged or was cut off",
    called=XLSX,
)
case("a zip of other things", lambda: zip_of({"readme.txt": b"hello"}), "no Excel workbook", called=XLSX)
case(
    "a name that leads out",
    lambda: with_part("../../etc/passwd", b"x"),
    "no spreadsheet program puts there",
    called=XLSX,
)
case("a link among the parts", lambda: with_link(), "no spreadsheet program puts there", called=XLSX)
case(
    "a zip within the zip",
    lambda: with_part("xl/embeddings/more.zip", zip_of({"a": b"b"})),
    "",
    *GOOD,
    called=XLSX,
)
case("100,000 parts", lambda: zip_of({f"xl/{n}": b"" for n in range(40_000)}), "", called=XLSX)
case(
    "a part that is no XML",
    lambda: with_part("xl/workbook.xml", b"not xml"),
    "damaged or was cut off",
    called=XLSX,
)


def zip_of(parts: dict[str, bytes]) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return held.getvalue()


def with_link() -> bytes:
    held = BytesIO(workbook())
    with zipfile.ZipFile(held, "a") as package:
        entry = zipfile.ZipInfo("xl/link")
        entry.external_attr = 0o120777 << 16
        package.writestr(entry, "/etc/passwd")
    return held.getvalue()


def streamed(name: str, start: bytes, middle: bytes, times: int, end: bytes) -> bytes:
    """A workbook with one huge part, written piece by piece."""
    whole = BytesIO(workbook())
    held = BytesIO()
    with (
        zipfile.ZipFile(whole) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
        with new.open(name, "w", force_zip64=False) as part:
            part.write(start)
            for _ in range(times):
                part.write(middle)
            part.write(end)
    return held.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
OPEN = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"
TOO_LARGE = "too large to read once it is unpacked"


def bomb_of_cells() -> bytes:
    """3,000,000 cells in some hundred kilobytes (F7)."""
    rows = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
    return streamed(SHEET, OPEN, rows * 100, 300, CLOSE)


def lying_bomb() -> bytes:
    """The list of parts says one kilobyte; unpacked it is ninety megabytes."""
    content = streamed(SHEET, OPEN, b"<row><c><v>1</v></c></row>" * 3500, 1000, CLOSE)
    with zipfile.ZipFile(BytesIO(content)) as package:
        size = package.getinfo(SHEET).file_size
    return content.replace(struct.pack("<L", size), struct.pack("<L", 1024))


def declaring(part: str, words: bytes) -> Callable[[], bytes]:
    """A part that declares names of its own."""

    def change(parts: dict[str, bytes]) -> None:
        whole = parts.get(part, b"<?xml version='1.0'?><a/>")
        start = whole.index(b"?>") + 2
        parts[part] = whole[:start] + words + whole[start:]

    return lambda: packed(workbook(), change)


LAUGHS = (
    b"<!DOCTYPE l [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
OUTSIDE = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"

case("3,000,000 cells in a small file", bomb_of_cells, TOO_LARGE, called=XLSX)
case(
    "190 MB in one cell",
    lambda: streamed(SHEET, OPEN + b"<row><c t='str'><v>", b"a" * 10**6, 190, b"</v></c></row>" + CLOSE),
    TOO_LARGE,
    called=XLSX,
)
case(
    "4 GB in some kilobytes", lambda: streamed(SHEET, OPEN, bytes(10**6), 600, CLOSE), TOO_LARGE, called=XLSX
)
case("a list of parts that lies", lying_bomb, "damaged or was cut off", called=XLSX)


def cells_within_bounds(megabytes: int) -> Case:
    """As large as may be opened at all is 28."""
    rows = (b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>") * 20
    return Case(
        f"{megabytes} MB of cells within the bounds",
        lambda: streamed(SHEET, OPEN, rows, megabytes * 32, CLOSE),
        "none of the headings",
        called=XLSX,
    )


CASES.append(cells_within_bounds(7))
xml("one cell at the far corner", f"{XML_ROW}</row><row r='1048576'>{inline('XFD1048576', 'x')}", "", *GOOD)
case(
    "names that multiply in the sheet",
    declaring(SHEET, LAUGHS),
    "no spreadsheet program puts there",
    called=XLSX,
)
case(
    "names that multiply in the texts",
    declaring("xl/sharedStrings.xml", LAUGHS),
    "no spreadsheet program puts there",
    called=XLSX,
)
case(
    "a name from outside in the theme",
    declaring("xl/theme/theme1.xml", OUTSIDE),
    "no spreadsheet program puts there",
    called=XLSX,
)
case(
    "a name from outside in a part of one's own",
    declaring("customXml/item1.xml", OUTSIDE),
    "no spreadsheet program puts there",
    called=XLSX,
)

# formulas and errors are never worked out
FORMULA = "This is a formula. Copy the cell, paste it as a value"
RUNS = "A spreadsheet could take this for a formula"
for words in ('=WEBSERVICE("http://x.example")', '=HYPERLINK("http://x.example","x")', "=1+1"):
    cell(f"text {words[:12]}", RUNS, Title=words)
cell("text that starts a program", RUNS, Title="+cmd|' /C calc'!A0")
cell("text with an at sign", RUNS, Title="@SUM(1+1)*cmd|' /C calc'!A0")
bad(
    "a formula in a workbook",
    lambda: workbook(more=lambda book, sheet: sheet.write_formula(1, 0, '=WEBSERVICE("http://x.example")')),
    FORMULA,
    called=XLSX,
)
xml(
    "a formula to another file",
    f"<c r='A2'><f>[1]Sheet1!A1</f><v>5</v></c>{XML_ROW[XML_ROW.index('<c r=' + chr(39) + 'B2') :]}",
    FORMULA,
    "bad",
)
xml(
    "an error",
    f"<c r='A2' t='e'><v>#REF!</v></c>{XML_ROW[XML_ROW.index('<c r=' + chr(39) + 'B2') :]}",
    "This is an error of the spreadsheet",
    "bad",
)

# days
DATED = datetime.datetime.combine(BEGUN, datetime.time())


def dated(value: Any, form: str = "dd/mm/yyyy", **options: Any) -> bytes:
    def write(book: Any, sheet: Any) -> None:
        sheet.write(1, 3, value, book.add_format({"num_format": form}))

    return workbook(more=write, **options)


SERIAL = (BEGUN - datetime.date(1899, 12, 30)).days
case("a day as a spreadsheet keeps it", lambda: dated(DATED), "", *GOOD, called=XLSX)
case(
    "a day counted from 1904",
    lambda: dated(DATED, date_1904=True),
    f"{BEGUN.day} {BEGUN:%B %Y}",
    *GOOD,
    called=XLSX,
)
case("a day as a bare number", lambda: dated(SERIAL, "0"), f"{BEGUN.day} {BEGUN:%B %Y}", *GOOD, called=XLSX)
bad("a time of day", lambda: dated(0.25, "hh:mm"), "This is no day", called=XLSX)
bad("a yes for a day", lambda: dated(True), "This is no day", called=XLSX)
bad(
    "a number of twelve figures for a day",
    lambda: dated(123456789012, "0"),
    "Write the day, the month",
    called=XLSX,
)
bad("day 60 of 1900", lambda: dated(60, "0"), "Write the day, the month", called=XLSX)
cell("a number for a day in text", "", Start=str(SERIAL))
cell("29 February 1900", "There is no 29 February in 1900", Start="29/02/1900")
cell("31 February", "There is no 31 February in 2025", Start="31/02/2025")
cell("the month first", "There is no month 31. Write the day first", Start="12/31/2024")
cell("a year of two figures", "It is not certain which year this is", Start="01/02/03")
cell("a day with its zone", "", Start=f"{BEGUN}T00:00:00+01:00")
cell("year 0", "Write a year from 1990 to 2099", Start="0000-01-01")
cell("year 9999", "Write a year from 1990 to 2099", End="31/12/9999")
cell("a year of twelve figures", "Write the day, the month", Start="1/1/202500000000")
cell("an end before the start", "Write an end that is after the start", End="1/1/1999")
cell("a start to come of one that runs", "Write a start today or in the past", Start=str(ENDS))
cell("a day in words", "", Start=f"{BEGUN.day} {BEGUN:%b %Y}")

# numbers
for words in ("1e400", "NaN", "inf", "-0", "1,234.5", "٢", "six", "0.25", "5.5", "TRUE"):
    cell(f"days {words}", "Write a number of days from 0.5 to 5", Days_a_week=words)
cell("full-width figures", "", Days_a_week="３")
cell("a decimal comma", "", Days_a_week="2,5")
cell("zeros in front and +44", "", Title="+44 20 and 007")

# sheets
case(
    "a hidden sheet",
    lambda: workbook(more=lambda book, sheet: hidden(book)),
    "which is hidden, was not read",
    *GOOD,
    called=XLSX,
)
case(
    "hidden rows are read",
    lambda: workbook(more=lambda book, sheet: sheet.set_row(1, None, None, {"hidden": True})),
    "",
    *GOOD,
    called=XLSX,
)
bad(
    "merged cells",
    lambda: workbook(
        [*ROW[:1], "", *ROW[2:]], more=lambda book, sheet: sheet.merge_range(1, 0, 1, 1, "Both")
    ),
    "Write the host",
    called=XLSX,
)
case(
    "a filter",
    lambda: workbook(more=lambda book, sheet: sheet.autofilter(0, 0, 1, 7)),
    "",
    *GOOD,
    called=XLSX,
)
case(
    "a protected sheet", lambda: workbook(more=lambda book, sheet: sheet.protect("x")), "", *GOOD, called=XLSX
)
case(
    "two sheets of residencies",
    lambda: workbook(more=lambda book, sheet: second(book)),
    "The sheet “More” was not read",
    *GOOD,
    called=XLSX,
)
case("all sheets hidden", lambda: packed(workbook(), hide_all), "no sheet in sight", called=XLSX)


def hidden(book: Any) -> None:
    book.add_worksheet("Secret").hide()


def second(book: Any) -> None:
    book.add_worksheet("More").write_row(0, 0, HEAD)


def hide_all(parts: dict[str, bytes]) -> None:
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<sheet ", b'<sheet state="hidden" ')


# people and organisations
cell("no such organisation", "We could not find it", Host="Nowhere at all 77")
cell("an organisation nearly spelt", "Do you mean Made Up Trust", Host="Made Up Trusst")
cell(
    "letters of another alphabet in an address",
    "it has a letter that is not a to z",
    Researchers_email="jо@people.example",
)
cell("letters of another alphabet in a name", "letters of another alphabet", Researcher="Jо Bell")
cell("no address at all", "Write one email address", Researchers_email="jo at people")
cell("an address with a plus", "", Researchers_email="jo+file@people.example")
cell("signs without width", "", Researcher="Jo\u200b Bell", Researchers_email="\ufeffjo@people.example")
case(
    "one person in capitals and other forms of letters",
    lambda: table(
        row(Researcher="Zoë Bell"),
        row(Title="B", Researcher="ZOE\u0308 BELL", Researchers_email=ROW[6].upper()),
    ),
    "",
    "good",
    "good",
)
cell("an unknown stage", "Write one of: being planned", Stage="asleep")
cell("words too long", "Shorten it to 200 characters: it has 300", Title="x" * 300)
cell("markup", "", Title="<script>alert(1)</script>")

# what a file is called
for called in ("x" * 4000 + ".csv", "../../x.csv", "con.csv", "gpj.\u202eexe.csv", "a\"b'\r\nX: y.csv"):
    case(f"called {called[:20]!r}", lambda: table(), "", *GOOD, called=called)
case("nobody's ending", lambda: table(), "", *GOOD, called="residencies")
