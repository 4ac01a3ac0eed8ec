"""How long something took, however it is written (X-2)."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.entries.durations import NotADuration, minutes_of, words_of


@pytest.mark.parametrize(
    "text",
    [
        "90",
        "1:30",
        "1h30",
        "1.5",
        "1,5h",
        "1 h 30 min",
        "1,5",
        " 1:30 ",
        "90 min",
        "1H30",
        "1.5 hours",
        "1½",
        "1 ½",
        "1½h",
        "1½ h",
        " 1½ hours ",
        "1½H",
    ],
)
def test_minutes_of_reads_the_same_length_in_every_writing(text: str) -> None:
    assert minutes_of(text) == 90


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("73", 73),
        ("½ h", 30),
        ("½", 30),
        ("½h", 30),
        ("¾ h", 45),
        ("2¼", 135),
        ("1 h", 60),
        ("half a day", 225),
        ("A day", 450),
        ("0", 0),
        ("2h", 120),
        ("5m", 5),
    ],
)
def test_minutes_of_reads_minutes_as_typed(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "1:75",
        "-5",
        "1e9h",
        "1:30:00",
        "90 90 90",
        "１２x",
        "NaN",
        "inf",
        "½½",
        "1.½",
        "1:½",
        "1h½",
        "5m ½",
    ],
)
def test_minutes_of_refuses_with_an_instruction(text: str) -> None:
    with pytest.raises(NotADuration, match=r"^Enter how long it took"):
        minutes_of(text)


@pytest.mark.parametrize(
    "text", ["9" * 5_000, "9" * 30 + ".5", "1." + "9" * 5_000, "9" * 30 + "h", "1h" + "9" * 5_000]
)
def test_more_figures_than_any_day_has_are_no_duration(text: str) -> None:
    with pytest.raises(NotADuration):
        minutes_of(text)


@given(st.integers(1, 960))
def test_minutes_of_gives_back_what_words_of_shows(minutes: int) -> None:
    assert minutes_of(words_of(minutes)) == minutes


_HOURS = st.sampled_from(["h", "hr", "hrs", "hour", "hours", "H", " Hours"])
_SPACE = st.text(" \t\u00a0", max_size=3)


@given(hours=st.integers(0, 15), minutes=st.integers(0, 59), unit=_HOURS, a=_SPACE, b=_SPACE, c=_SPACE)
def test_hours_and_minutes_mean_the_same_with_any_spaces(
    hours: int, minutes: int, unit: str, a: str, b: str, c: str
) -> None:
    for end in ("", "m", " min", " minutes"):
        assert minutes_of(f"{a}{hours}{b}{unit}{c}{minutes}{end}{a}") == hours * 60 + minutes


@given(hours=st.integers(0, 15), part=st.integers(0, 99), sign=st.sampled_from(".,"), space=_SPACE)
def test_a_point_and_a_comma_are_the_same(hours: int, part: int, sign: str, space: str) -> None:
    exact = hours * 60 + Fraction(part * 60, 100)
    for text in (f"{hours}{sign}{part:02}", f"{space}{hours}{sign}{part:02}{space}h"):
        assert abs(minutes_of(text) - exact) <= Fraction(1, 2)


@given(st.text(max_size=40) | st.text("0123456789.,:hm½day ", max_size=12))
def test_any_text_is_a_length_or_an_instruction(text: str) -> None:
    found = None
    with suppress(NotADuration):
        found = minutes_of(text)
    assert found is None or found >= 0
