"""Checks the identifiers of organisations and people: ODS, ROR, ORCID, UKPRN and postcodes."""

from __future__ import annotations

import re

ODS = re.compile(r"[A-Z0-9]{3,12}")
ROR = re.compile(r"0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}")
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.ASCII)
UKPRN = re.compile(r"1\d{7}", re.ASCII)
POSTCODE = re.compile(r"(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})", re.ASCII)

_BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"


class BadIdentifier(ValueError):
    """The text is not such an identifier; the message says what to enter instead."""


def ods_code(text: str) -> str:
    """V-1: upper case without spaces, 3 to 12 letters and digits. Whether it exists is a look-up's answer."""
    code = re.sub(r"\s", "", text).upper()
    if not ODS.fullmatch(code):
        raise BadIdentifier("Enter an ODS code of 3 to 12 letters and digits, like RJ1")
    return code


def ror_check_digits(first_seven: str) -> str:
    """The two check digits for the first seven characters (lower case) of a ROR id (V-2)."""
    number = 0
    for character in first_seven:
        number = number * 32 + _BASE_32.index(character)
    return f"{98 - (number * 100) % 97:02d}"


def ror_id(text: str) -> str:
    """V-2: the bare nine characters of a ROR id, given bare or as an address, its check digits verified."""
    bare = re.sub(r"^(https?://)?(www\.)?ror\.org/", "", text.strip().lower()).rstrip("/")
    if not ROR.fullmatch(bare):
        raise BadIdentifier(
            "Enter a ROR id of nine characters that starts with 0, like https://ror.org/03yrm5c26"
        )
    if ror_check_digits(bare[:7]) != bare[7:]:
        raise BadIdentifier("Check the ROR id: one of its characters is wrong")
    return bare


def ror_address(bare: str) -> str:
    """How a ROR id is shown."""
    return f"https://ror.org/{bare}" if bare else ""


def orcid_check_character(first_fifteen: str) -> str:
    """The last character of an ORCID iD for its first fifteen digits: ISO 7064 MOD 11-2 (V-5)."""
    total = 0
    for digit in first_fifteen:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "X" if result == 10 else str(result)


def orcid_id(text: str) -> str:
    """V-5: the bare iD with hyphens, given bare, without hyphens or as an address, its last character verified."""
    bare = re.sub(r"^(https?://)?(www\.)?orcid\.org/", "", text.strip(), flags=re.IGNORECASE)
    bare = re.sub(r"[\s-]", "", bare.rstrip("/")).upper()
    grouped = "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))
    if not ORCID.fullmatch(grouped):
        raise BadIdentifier("Enter an ORCID iD of 16 digits, like 0000-0002-1825-0097")
    if orcid_check_character(bare[:15]) != bare[15]:
        raise BadIdentifier("Check the ORCID iD: one of its digits is wrong")
    return grouped


def orcid_address(bare: str) -> str:
    """How an ORCID iD is shown."""
    return f"https://orcid.org/{bare}" if bare else ""


def ukprn(text: str) -> str:
    """A UK provider reference number: eight digits that start with 1."""
    number = re.sub(r"\s", "", text)
    if not UKPRN.fullmatch(number):
        raise BadIdentifier("Enter a UKPRN of eight digits that starts with 1, like 10007784")
    return number


def postcode(text: str) -> str:
    """A UK postcode in its usual form, `SE1 7EH`, from any case and spacing."""
    tight = re.sub(r"\s", "", text).upper()
    spaced = f"{tight[:-3]} {tight[-3:]}"
    if not POSTCODE.fullmatch(spaced):
        raise BadIdentifier("Enter a full UK postcode, like SE1 7EH")
    return spaced
