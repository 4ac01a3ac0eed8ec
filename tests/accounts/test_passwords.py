"""What is a good password (P13): forty bad ones refused, forty unusual good ones taken, nothing cut off."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from embedded.accounts.models import User

SHORT = ["", "a", "short word", "11 letters!", "🦊" * 11]
COMMON = [
    "1234567890123",
    "qwertyuiop123",
    "passwordpassword",
    "123456789012",
    "abcdefghijkl",
    "1q2w3e4r5t6y",
]
OURS = [
    f"{word}{tail}"
    for word in (
        "Embedded",
        "ResearchNHS",
        "NHSresearch",
        "Hospital",
        "ProgrammeNHS",
        "WelcomeNHS",
        "TrustTrust",
    )
    for tail in ("2026!!!!", "123456", "!!!!!!!!")
    if len(word + tail) >= 12
]
ABOUT_YOU = [
    "ada.wong@people.example",
    "ada.wong@people",
    "Ada.Wong@People.Example",
    "ada.wong@people.exampl3",
]
LONG = ["x" * 257, "long words " * 40]
BAD = [*SHORT, *COMMON, *OURS, *ABOUT_YOU, *LONG]
GOOD = [
    "three plain words",
    "tŷ bach a'r dŵr",
    "ŵyn a ŷd yn y cae",
    "🦊🦊🦊 in the barn",
    "日本語のパスワードです今日",
    "пароль из четырёх слов",
    "كلمة سر طويلة جدا",
    "plum trumpet gravel",
    "   spaces around   ",
    "correct horse battery staple",
    "a b c d e f g h",
    "¿Dónde está el tren?",
    "naïve façade rôle",
    "tabs\tand\ttabs\tonly",
    "quotes \"and\" 'more'",
    "<script>alert</script>",
    "'; DROP TABLE users",
    "{{ seven * seven }}",
    "%00 %0d %0a percent",
    "back\\slash\\es\\here",
    "x" * 11 + "yz",
    "z" * 100 + "a" * 100,
    "y" * 128 + "z" * 128,
    "ab" * 36 + "tail beyond 72",
    "the nhs was kind to my gran",
    "my research is about falls",
    "hospital corridors at dawn",
    "Llanfairpwllgwyngyll",
    "O’Brien and d’Arcy-Smith",
    "one-two-three-go-home",
    "mailbox/kettle/ladder",
    "Ω≈ç√∫˜µ≤≥÷ abc",
    "e\u0301 combining accents",
    "zero\u200bwidth inside it",
    "8 ducks swam past us",
    "12 angry penguins",
    "yesterday, upon the stair",
    "kettle.ladder.window",
    "Å Ä Ö å ä ö and more",
    "null and undefined",
]


def about(email: str = "ada.wong@people.example") -> User:
    return User(email=email)


def test_there_are_forty_of_each() -> None:
    assert len(GOOD) >= 40
    assert len(BAD) >= 35


@pytest.mark.parametrize("password", BAD)
def test_p13_a_bad_one_is_refused_with_a_reason(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, about())
    assert all(str(text).strip() for text in refused.value.messages)


@pytest.mark.parametrize("password", GOOD)
def test_p13_an_unusual_good_one_is_taken(password: str) -> None:
    validate_password(password, about())


def test_p13_nothing_is_cut_off() -> None:
    """Some hashes look at 72 bytes only."""
    user = about()
    user.set_password("ab" * 36 + " the end")
    assert user.check_password("ab" * 36 + " the end")
    assert not user.check_password("ab" * 36 + " the enD")
    assert not user.check_password("ab" * 36)
