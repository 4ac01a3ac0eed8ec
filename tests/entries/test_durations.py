"""How long something took, however it is written (X-2)."""

import pytest

from programmes.entries.durations import NotADuration, minutes_of


@pytest.mark.parametrize(
    "text",
    ["90", "1:30", "1h30", "1.5", "1,5h", "1 h 30 min", "1,5", " 1:30 ", "90 min", "1H30", "1.5 hours"],
)
def test_minutes_of_reads_the_same_length_in_every_writing(text: str) -> None:
    assert minutes_of(text) == 90


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("73", 73),
        ("½ h", 30),
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
    "text", ["", " ", "x", "1:75", "-5", "1e9h", "1:30:00", "90 90 90", "１２x", "NaN", "inf"]
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
