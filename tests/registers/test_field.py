"""The field that asks for an organisation, as it works without JavaScript and with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from embedded.accounts.models import Person
from embedded.nhsuk.forms import NhsForm, TextField
from embedded.nhsuk.rendering import error_summary, field
from programmes.models import NameKind, Organisation
from programmes.registers.field import OrganisationField, learn_from

pytestmark = pytest.mark.django_db


class HostForm(NhsForm):
    host = OrganisationField("Host", hint="Type a name", called="the host")
    home = OrganisationField("Academic home", kinds=["hei"], required=False, called="the academic home")
    title = TextField("Title", required=False)


@pytest.fixture(autouse=True)
def _loaded(register: None) -> None:
    """Every form here chooses from the shipped register."""


def sent(**values: str) -> HostForm:
    data = QueryDict(mutable=True)
    data.update({name.replace("__", "-"): value for name, value in values.items()})
    return HostForm(data)


def drawn(form: NhsForm, name: str = "host") -> str:
    return str(field(form[name]))


def chosen(form: HostForm, name: str = "host") -> str:
    assert form.is_valid(), form.errors
    organisation = form.cleaned_data[name]
    assert isinstance(organisation, Organisation)
    return organisation.code


def test_at_first_it_is_a_box_to_type_in() -> None:
    html = drawn(HostForm())
    assert 'name="host"' in html
    assert 'data-organisation="/organisations/"' in html
    assert 'name="host-chosen" value=""' in html
    assert 'autocomplete="off"' in html
    assert "/organisations/?kind=hei" in drawn(HostForm(), "home")


@pytest.mark.parametrize(
    "text",
    ["RJ1", "rj1", "Guy's and St Thomas' NHS Foundation Trust", "guys & st thomas nhs foundation trust"],
)
def test_a_code_or_the_whole_name_is_enough(text: str) -> None:
    assert chosen(sent(host=text)) == "RJ1"


def test_other_text_offers_what_fits_and_keeps_what_was_typed() -> None:
    form = sent(host="addenbrookes", title="Falls")
    assert form.errors["host"] == ["Select the host"]
    html = drawn(form)
    assert 'type="radio" value="ods:RGT"' in html
    assert "Cambridge University Hospitals NHS Foundation Trust" in html
    assert "Includes Addenbrooke&#39;s Hospital" in html
    assert "You typed “addenbrookes”" in html
    assert 'name="host-offered" value="addenbrookes"' in html
    assert "None of these? Look again" in html
    assert "/organisations/add/?name=addenbrookes" in html
    assert 'href="#id_host"' in str(error_summary(form))
    assert 'id="id_host"' in html
    assert 'value="Falls"' in drawn(form, "title")


def test_one_of_the_radios_is_the_answer_and_is_learned_from(ada: Person, ben: Person) -> None:
    for person in (ada, ben):
        form = sent(host="westminster bridge", host__offered="westminster bridge", host__chosen="ods:RJ1")
        assert chosen(form) == "RJ1"
        learn_from(form, by=person)
    names = Organisation.objects.get(code="RJ1").names.filter(kind=NameKind.LEARNED)
    assert [(one.name, one.picked) for one in names] == [("westminster bridge", 2)]


def test_nothing_is_learned_for_an_organisation_that_was_not_the_choice(ada: Person) -> None:
    form = sent(host="RJ1", host__offered="the big house", host__chosen="ods:RGT")
    assert chosen(form) == "RJ1"
    learn_from(form, by=ada)
    assert not Organisation.objects.filter(names__kind=NameKind.LEARNED).exists()


def test_no_radio_chosen_offers_the_same_again() -> None:
    form = sent(host="addenbrookes", host__offered="addenbrookes")
    assert form.errors["host"] == ["Select the host"]
    assert "ods:RGT" in drawn(form)


def test_other_text_beside_the_radios_looks_for_something_else() -> None:
    for chosen_before in ("", "ods:RGT"):
        form = sent(host="wythenshawe", host__offered="addenbrookes", host__chosen=chosen_before)
        assert not form.is_valid()
        html = drawn(form)
        assert "ods:R0A" in html
        assert "ods:RGT" not in html
        assert 'name="host-offered" value="wythenshawe"' in html
    assert chosen(sent(host="RJ1", host__offered="addenbrookes")) == "RJ1"
    assert chosen(sent(host="", host__offered="addenbrookes", host__chosen="ods:RGT")) == "RGT"


@pytest.mark.parametrize("reference", ["ods:XXX", "ods:", ":RJ1", "x", "ods:RJ1:2", "ods:RJ1\x00x", "own:1"])
def test_a_reference_that_is_none_of_ours_is_no_answer(reference: str) -> None:
    form = sent(host="addenbrookes", host__offered="addenbrookes", host__chosen=reference)
    assert not form.is_valid()
    assert "ods:RGT" in drawn(form)


def test_what_was_chosen_while_typing_counts_as_long_as_the_text_is_its_name() -> None:
    name = "Cambridge University Hospitals NHS Foundation Trust"
    assert chosen(sent(host=name, host__chosen="ods:RGT")) == "RGT"
    form = sent(host="wythenshawe", host__chosen="ods:RGT")  # edited afterwards without a script
    assert not form.is_valid()
    assert "ods:R0A" in drawn(form)


def test_text_that_fits_nothing_says_what_to_do() -> None:
    form = sent(host="zzzz qqqq")
    assert form.errors["host"] == [
        "We could not find “zzzz qqqq”. Check the spelling, or add the organisation"
    ]
    html = drawn(form)
    assert 'value="zzzz qqqq"' in html
    assert "/organisations/add/?name=zzzz+qqqq" in html


def test_nothing_typed_is_an_error_only_where_an_answer_is_required() -> None:
    form = sent()
    assert form.errors == {"host": ["Enter the host"]}
    assert sent(host="RJ1").is_valid()
    assert sent(host="RJ1", home__offered="oxford", home="").is_valid()


def test_kinds_bind_whatever_is_sent() -> None:
    assert chosen(sent(host="RJ1", home="University of Oxford"), "home") == "10007774"
    name = "Guy's and St Thomas' NHS Foundation Trust"
    form = sent(host="RJ1", home=name, home__chosen="ods:RJ1")
    assert "home" in form.errors
    form = sent(host="RJ1", home="oxford")
    assert "ods:" not in drawn(form, "home")


def test_a_closed_one_can_be_chosen_and_says_that_it_is_closed() -> None:
    form = sent(host="R1C")
    assert "Closed on 30 September 2024" in drawn(form)
    assert chosen(sent(host="R1C", host__offered="R1C", host__chosen="ods:R1C")) == "R1C"


def test_what_is_saved_stands_in_the_box() -> None:
    host = Organisation.objects.get(code="RJ1")
    html = drawn(HostForm(initial={"host": host}))
    assert "Guy&#39;s and St Thomas&#39; NHS Foundation Trust" in html
    assert 'name="host-chosen" value="ods:RJ1"' in html
    same: dict[str, Any] = {"host": host.display_name, "host-chosen": "ods:RJ1"}
    assert "host" not in HostForm(same, initial={"host": host}).changed_data
    assert "host" in HostForm(same | {"host": "RJZ"}, initial={"host": host}).changed_data


def test_what_is_typed_is_escaped() -> None:
    html = drawn(sent(host='<script>"addenbrookes"'))
    assert "<script>" not in html


def test_made_up_ones_can_be_chosen_only_in_the_demonstration(settings: Any) -> None:
    Organisation.objects.create(
        scheme="own",
        code="DEMO1",
        legal_name="Marrowby Trust",
        display_name="Marrowby Trust",
        kind="nhs_trust",
        nation="england",
        is_made_up=True,
    )
    assert not sent(host="Marrowby Trust", host__chosen="own:DEMO1").is_valid()
    settings.DEMONSTRATION = True
    assert chosen(sent(host="Marrowby Trust", host__chosen="own:DEMO1")) == "DEMO1"
