"""V-1, V-2 and V-5 of the domain, with its own vectors, on both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.registers import identifiers
from programmes.registers.identifiers import BadIdentifier


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("RJ1", "RJ1"),
        (" rj1 ", "RJ1"),
        ("g6v 2s", "G6V2S"),
        ("A12345", "A12345"),
        ("RXF05", "RXF05"),
        ("A" * 12, "A" * 12),
    ],
)
def test_v1_ods_code_is_kept_in_capitals_without_spaces(typed: str, code: str) -> None:
    assert identifiers.ods_code(typed) == code


@pytest.mark.parametrize("typed", ["", "RJ", "R-1", "RJ1!", "A" * 13, "RÄ1", "RJ１"])
def test_v1_other_text_is_no_ods_code(typed: str) -> None:
    with pytest.raises(BadIdentifier, match="Enter an ODS code"):
        identifiers.ods_code(typed)


@pytest.mark.parametrize(
    "typed", ["03yrm5c26", "01k4yrm29", "https://ror.org/03yrm5c26", "ROR.org/03YRM5C26/"]
)
def test_v2_ror_id_passes_bare_or_as_address(typed: str) -> None:
    assert identifiers.ror_id(typed) in ("03yrm5c26", "01k4yrm29")


@pytest.mark.parametrize("typed", ["01k4yrm30", "03yrm5c27", "03yrm5d26"])
def test_v2_ror_id_with_a_wrong_character_is_refused(typed: str) -> None:
    with pytest.raises(BadIdentifier, match="Check the ROR id"):
        identifiers.ror_id(typed)


@pytest.mark.parametrize(
    "typed", ["", "13yrm5c26", "03yrm5c2", "03yrm5c266", "03yrl5c26", "https://example.org/03yrm5c26"]
)
def test_v2_other_text_is_no_ror_id(typed: str) -> None:
    with pytest.raises(BadIdentifier, match="Enter a ROR id"):
        identifiers.ror_id(typed)


@given(st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=6, max_size=6), st.data())
def test_v2_one_changed_character_is_always_seen(core: str, data: st.DataObject) -> None:
    whole = f"0{core}{identifiers.ror_check_digits('0' + core)}"
    assert identifiers.ror_id(whole) == whole
    at = data.draw(st.integers(1, 6))
    other = data.draw(
        st.sampled_from("0123456789abcdefghjkmnpqrstvwxyz").filter(lambda one: one != whole[at])
    )
    with pytest.raises(BadIdentifier):
        identifiers.ror_id(whole[:at] + other + whole[at + 1 :])


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
        ("0000 0002 1694 233x", "0000-0002-1694-233X"),
        ("0000000218250097", "0000-0002-1825-0097"),
    ],
)
def test_v5_orcid_passes_in_every_usual_form(typed: str, bare: str) -> None:
    assert identifiers.orcid_id(typed) == bare
    assert identifiers.orcid_address(bare) == f"https://orcid.org/{bare}"


@pytest.mark.parametrize("typed", ["0000-0002-1825-0098", "0000-0002-1694-2330", "0000-0002-1825-009X"])
def test_v5_orcid_with_a_wrong_digit_is_refused(typed: str) -> None:
    with pytest.raises(BadIdentifier, match="Check the ORCID"):
        identifiers.orcid_id(typed)


@pytest.mark.parametrize(
    "typed", ["", "0000-0002-1825-009", "0000-0002-1825-00977", "X000-0002-1825-0097", "٠000-0002-1825-0097"]
)
def test_v5_other_text_is_no_orcid(typed: str) -> None:
    with pytest.raises(BadIdentifier, match="Enter an ORCID"):
        identifiers.orcid_id(typed)


@pytest.mark.parametrize(
    ("typed", "passes"),
    [("10007784", True), ("1000 7784", True), ("20007784", False), ("1000778", False), ("100077840", False)],
)
def test_ukprn_is_eight_digits_that_start_with_one(typed: str, passes: bool) -> None:
    if passes:
        assert identifiers.ukprn(typed) == "10007784"
    else:
        with pytest.raises(BadIdentifier):
            identifiers.ukprn(typed)


@pytest.mark.parametrize(
    ("typed", "kept"), [("se17eh", "SE1 7EH"), ("M13 9WL", "M13 9WL"), (" ec1v  2pd", "EC1V 2PD")]
)
def test_postcode_is_kept_in_its_usual_form(typed: str, kept: str) -> None:
    assert identifiers.postcode(typed) == kept


@pytest.mark.parametrize("typed", ["", "SE1", "SE1 7E", "12345", "SE1 7EHH", "London"])
def test_other_text_is_no_postcode(typed: str) -> None:
    with pytest.raises(BadIdentifier, match="postcode"):
        identifiers.postcode(typed)
