"""The script that says a length back reads it as the server does (X-2)."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from programmes.entries.durations import NotADuration, minutes_of

SCRIPT: Final = Path(__file__).parents[2] / "static" / "js" / "durations.js"
_ALL: Final = """
async ([source, texts]) => {
  const script = await import("data:text/javascript," + encodeURIComponent(source));
  return [texts.map(script.minutesOf), ["90", "1,5h", "1½", "2h", "0", "961", "soon", " "].map(script.said),
    ["2", " 8 ", "12", "0", "13", "1.5", "2h", ""].map(script.meantPerhaps)];
}
"""
WORDS: Final = [
    *(
        "",
        " ",
        "x",
        "1:75",
        "-5",
        "1e9h",
        "1:30:00",
        "90 90",
        "NaN",
        "½ h",
        "½h",
        "Half a  day",
        "a day",
        "full day",
    ),
    *(
        "half an hour",
        "1H30",
        "1 h 30 min",
        "1.5 hours",
        "5 m",
        "h",
        "min",
        "1.h",
        ".5",
        "1.675",
        "0.0083333",
        "9" * 12,
    ),
]


def test_script_and_server_read_the_same_length(page: Page) -> None:
    hours, parts, units = (
        ("0", "1", "07", "12"),
        ("", ".5", ",25", ".675", ",0083333"),
        ("", "h", " hrs", " Hour"),
    )
    texts = [*WORDS, *("".join(one) for one in product(hours, parts, units, ("", " 5", "30 min")))]
    texts += [f"{hour}:{minute:02}" for hour in (0, 1, 23) for minute in range(0, 70, 3)]
    texts += [f"{whole}.{part:03}" for whole in (0, 3) for part in range(0, 1000, 5)]
    texts += [
        "".join(one)
        for one in product(("", "0", "2", "1.", "5m", "1h "), ("", " "), "¼½¾", ("", "h", " day"))
    ]
    texts += ["½", "1½", "1½ h", "½½", "½ day", "1:½", "9" * 12 + "½"]
    read, said, meant = page.evaluate(_ALL, [SCRIPT.read_text(), texts])
    assert dict(zip(texts, read, strict=True)) == {text: on_the_server(text) for text in texts}
    out, unknown = "Enter between 1 minute and 16 hours", "Not understood yet. For example 90, 1:30 or 1.5"
    assert said == [*["That is 1 h 30 min"] * 3, "That is 2 h", out, out, unknown, ""]
    assert meant == ["2 h", "8 h", "12 h", "", "", "", "", ""]


def on_the_server(text: str) -> Any:
    try:
        return minutes_of(text)
    except NotADuration:
        return None
