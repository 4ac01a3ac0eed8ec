"""What people, scripts and scanners put into a box: written once (trust.md §4.2), for every field of every form."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

Value = str | bytes | list[str]
MEGABYTE: Final = 1_000_000
MARK: Final = "zxq7w9kv"  # stands in whatever tries to become markup, so that a page can be searched for it

BLANK: dict[str, Value] = {
    "nothing": "",
    "spaces": "   ",
    "a tab and new lines": "\t\r\n\n",
    "no-break spaces": "\u00a0\u00a0",
    "signs without width": "\u200b\u200b",
    "joiners": "\u200d\u2060\ufeff",
    "an ideographic space": "\u3000",
    "a Hangul filler": "\u3164",
}
LONG: dict[str, Value] = {
    "41 characters": "a" * 41,
    "251 characters": "b" * 251,
    "a megabyte": "c" * MEGABYTE,
    "a megabyte of new lines": "\n" * MEGABYTE + "x",
    "a megabyte of signs of four bytes": "😀" * (MEGABYTE // 4),
}
SIGNS: dict[str, Value] = {
    "an emoji": "Falls 😀",
    "a family": "👩‍👩‍👧‍👦 group",
    "a flag": "🏴󠁧󠁢󠁷󠁬󠁳󠁿 team",
    "zalgo": "Z" + "\u0335\u0354" * 500,
    "right to left override": "abc\u202egpj.exe",
    "isolates left open": "\u2067\u2066Sam",
    "Welsh": "Gŵyr Ŷstrad, Tŷ Gwyn",
    "Gaelic": "Sìne NicDhòmhnaill",
    "Irish": "Seán Ó Súilleabháin",
    "Arabic": "نظام العمل",
    "Chinese": "王小明",
    "decomposed": "Ame\u0301lie",
    "line separator": "one\u2028two\u2029three",
    "next line": "one\u0085two",
    "an escape sequence": "\x1b[31mred\x07",
    "other control signs": "a\x01\x02\x0b\x0c\x1fb",
    "no character": "a\uffff\ufffeb",
    "private use": "\ue000\U000f0000",
    "a real NUL": "Fa\x00lls",
    "only a NUL": "\x00",
    "percent NUL": "Falls%00.pdf",
    "a lone surrogate": b"Fa\xed\xa0\x80lls",
    "overlong UTF-8": b"\xc0\xaf\xc0\xae Falls",
    "Latin-1": b"Am\xe9lie",
    "half a sign": b"Falls \xf0\x9f\x98",
}
WORDS: dict[str, Value] = {
    "O'Brien": "Sinéad O’Brien-O'Brien",
    "d'Arcy-Smith": "Mary d'Arcy-Smith",
    "one letter": "O",
    "Null": "Null",
    "None": "None",
    "true": "true",
    "undefined": "undefined",
    "braces": "{{7*7}}",
    "a template tag": "{% include 'x' %}{# x #}",
    "a dollar": "${7*7}#{7*7}<%= 7*7 %>",
    "an f-string": "{0.__class__.__mro__}{form.data}",
    "a percent format": "%s %(name)s %n %d 100%",
    "a script": f"<script>{MARK}()</script>",
    "an svg": f'"><svg/onload={MARK}()>',
    "a handler": f"' onmouseover='{MARK}()' x='",
    "a script address": f"javascript:{MARK}()",
    "the end of a box": f"</textarea></title><{MARK}>",
    "a comment": f"<!--{MARK}--><![CDATA[{MARK}",
    "an entity": f"&lt;{MARK}&gt;&amp;&#0;&bogus;",
    "a header": "Sam\r\nBcc: everybody@evil.example\r\n\r\nx",
    "SQL": "'; DROP TABLE accounts_person; --",
    "SQL, too": "1) OR 1=1 -- \\",
    "a like pattern": "%_\\%",
    "a shell": "$(id) `id` | id ; id && id",
    "a path": "../../../../etc/passwd",
    "a formula": '=HYPERLINK("http://evil.example","x")',
    "XML": f'<!DOCTYPE a [<!ENTITY {MARK} SYSTEM "file:///etc/passwd">]>&{MARK};',
    "JNDI": "${jndi:ldap://127.0.0.1/a}",
}
NUMBERS: dict[str, Value] = {
    "nought": "0",
    "below nought": "-1",
    "minus nought": "-0",
    "a fraction": "1.5",
    "a fine fraction": "0.00000000001",
    "24.01": "24.01",
    "24:01": "24:01",
    "huge": "9" * 30,
    "too long to read as a number": "9" * 5_000,
    "beyond a bigint": "9223372036854775808",
    "an exponent": "1e400",
    "a large exponent": "1E+999999999",
    "a small exponent": "1e-999999999",
    "NaN": "NaN",
    "sNaN": "sNaN123",
    "Infinity": "-Infinity",
    "full width": "１２",
    "Arabic digits": "١٢",
    "superscript": "²",
    "a Roman number": "Ⅻ",
    "hexadecimal": "0x10",
    "with commas": "1,2,3",
    "with a point for thousands": "1.000,5",
    "with an underscore": "1_0",
    "with a unit": "£3",
}
LISTS: dict[str, Value] = {
    "a list where one is expected": ["one", "two"],
    "the same twice": ["Falls", "Falls"],
    "nothing last": ["Falls", ""],
    "a choice that is not offered": "no-such-choice",
    "a number of nothing": "999999999",
    "JSON": '{"$ne": null}',
}
VALUES: Final[dict[str, Value]] = BLANK | LONG | SIGNS | WORDS | NUMBERS | LISTS

# Day, month, year. Those that no calendar has, and those that a form may or may not take.
NO_DATES: dict[str, tuple[str, str, str]] = {
    "31 April": ("31", "4", "2026"),
    "29 February 2025": ("29", "2", "2025"),
    "day nought": ("0", "5", "2026"),
    "a day below nought": ("-1", "5", "2026"),
    "month 13": ("1", "13", "2026"),
    "month nought": ("1", "0", "2026"),
    "year nought": ("1", "5", "0000"),
    "two numbers of a year": ("1", "5", "26"),
    "three numbers of a year": ("1", "5", "026"),
    "five numbers of a year": ("1", "5", "20260"),
    "a year too long to read": ("1", "5", "9" * 5_000),
    "a day too long to read": ("9" * 5_000, "5", "2026"),
    "a month too long to read": ("1", "9" * 5_000, "2026"),
    "a fraction of a day": ("1.5", "5", "2026"),
    "full width": ("１", "５", "２０２６"),
    "superscript": ("²", "5", "2026"),
    "words": ("first", "of", "never"),
    "only a year": ("", "", "2026"),
    "no year": ("3", "5", ""),
    "no day": ("", "5", "2026"),
    "the whole date in one box": ("3/5/2026", "", ""),
    "the American way round": ("5", "25", "2026"),
}
STRANGE_DATES: dict[str, tuple[str, str, str]] = {
    "the first day of all": ("1", "1", "0001"),
    "the last day of all": ("31", "12", "9999"),
    "before 1900": ("29", "2", "1896"),
    "a month by its name": ("3", "May", "2026"),
    "a month with a point": ("3", "Sept.", "2026"),
    "29 February 2028": ("29", "2", "2028"),
    "with noughts": ("03", "05", "2026"),
    "the hour that is missing": ("29", "3", "2026"),
    "the hour that comes twice": ("25", "10", "2026"),
}

# Names that people have. Each is taken as it is typed wherever a name is asked for.
GOOD_NAMES: Final = [
    "Nguyễn Thị Minh Khai",
    "Zoë Ó'Néill",
    "Sinéad O’Brien",
    "Mary d'Arcy-Smith",
    "Siân Gŵyr-Ŷstrad",
    "Sìne NicDhòmhnaill",
    "Þórdís Björk Guðmundsdóttir",
    "Łukasz Żółć",
    "Đặng Ngọc Lân",
    "Jürgen Groß",
    "Ángel Núñez y Peña",
    "João Conceição",
    "Çağla Şimşek",
    "İbrahim Işık",
    "Šárka Dvořáková",
    "Ægir Østergård",
    "Ștefan Țurcanu",
    "Александра Иванова",
    "Ελένη Παπαδοπούλου",
    "محمد بن سلمان",
    "יעל כהן",
    "王小明",
    "김민수",
    "さくら 田中",
    "प्रिया शर्मा",
    "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "বিপ্লব দাস",
    "தமிழ்ச்செல்வி",
    "ගයාන් පෙරේරා",
    "สมชาย ใจดี",
    "ꦱꦸꦏꦂꦤ",
    "Nəsrin Əliyeva",
    "Keʻalohi Kānehoalani",
    "!Kung Xoma",
    "Jennifer Null",
    "Sam True",
    "Mx Ó",
    "O",
    "Dr A. B. van der Berg III, MBE (née Smith) & Co. #2",
    "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff senior, Esq., Keeper of the Rolls and of the Great Seal",
]


def encoded(fields: dict[str, Value]) -> str:
    """The body of a form as a browser, or a script, sends it; bytes go as they are."""
    pairs = [
        (name, one)
        for name, value in fields.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return urlencode(
        [
            (name, one if isinstance(one, bytes) else one.encode("utf-8", "surrogatepass"))
            for name, one in pairs
        ]
    )


def arrives_as(value: Value) -> str:
    """What the server makes of it: the last of several, spoilt signs replaced, no control signs, new lines alike."""
    if isinstance(value, list):
        value = value[-1]
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text).replace("\r\n", "\n")
