"""VAULT_KEY can be replaced: reading goes on meanwhile, and the old one can be thrown away afterwards."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from embedded.accounts.models import Person
from embedded.audit.models import Event
from embedded.vault import CannotBeRead, open_sealed, rotation, seal
from embedded.vault.cipher import new_key
from embedded.vault.models import PersonKey
from embedded.vault.sealing import wrapped

pytestmark = pytest.mark.django_db
OLD = "the former secret, long enough to be one"
NEW = "the coming secret, long enough to be one"


@pytest.fixture
def sealed(settings: Settings) -> list[tuple[Person, bytes]]:
    """Five people's texts under OLD; the settings then know NEW, and OLD as the former one."""
    settings.VAULT_KEY = OLD
    people = [Person.objects.create(display_name=f"Person {number}") for number in range(5)]
    texts = [(person, seal(person, person.display_name)) for person in people]
    settings.VAULT_KEY, settings.VAULT_KEY_OLD = NEW, OLD
    return texts


def read_all(sealed: list[tuple[Person, bytes]]) -> list[str]:
    return [open_sealed(Person.objects.get(pk=person.pk), blob) for person, blob in sealed]


def test_both_keys_read_before_rewrap(sealed: list[tuple[Person, bytes]]) -> None:
    assert read_all(sealed) == [person.display_name for person, _ in sealed]


def test_after_rewrap_the_old_key_is_not_needed(
    sealed: list[tuple[Person, bytes]], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    said = StringIO()
    call_command("rewrap", stdout=said)
    assert "5 keys" in said.getvalue()
    settings.VAULT_KEY_OLD = ""
    assert read_all(sealed) == [person.display_name for person, _ in sealed]
    assert Event.objects.get(deed="vault_key.rewrapped").details == {"unreadable": 0}


def test_rewrap_again_has_nothing_to_do(sealed: list[tuple[Person, bytes]]) -> None:
    call_command("rewrap", stdout=StringIO())
    before = list(PersonKey.objects.order_by("pk").values_list("wrapped_key", flat=True))
    assert rotation.rewrap_all().done == 0
    assert [bytes(key) for key in before] == [
        bytes(key) for key in PersonKey.objects.order_by("pk").values_list("wrapped_key", flat=True)
    ]


def test_rewrap_without_the_old_key_changes_nothing_and_says_the_fix(
    sealed: list[tuple[Person, bytes]], settings: Settings
) -> None:
    settings.VAULT_KEY_OLD = ""
    with pytest.raises(CommandError, match="5 keys could not be opened"):
        call_command("rewrap", stdout=StringIO())
    with pytest.raises(CannotBeRead):
        read_all(sealed)
    settings.VAULT_KEY_OLD = OLD
    assert len(read_all(sealed)) == 5


def test_rewrap_passes_over_a_damaged_key_and_does_the_others(sealed: list[tuple[Person, bytes]]) -> None:
    PersonKey.objects.filter(person=sealed[2][0]).update(wrapped_key=b"damaged")
    result = rotation.rewrap_all()
    assert (result.done, result.unreadable) == (4, [sealed[2][0].pk])


def test_rewrap_does_ten_thousand_keys(settings: Settings, times: Callable[[int, int], int]) -> None:
    """P7: none is left with the old key, and one of the last is read with the new one alone."""
    number = times(600, 10_000)  # more than one batch every day
    settings.VAULT_KEY = OLD
    people = Person.objects.bulk_create(Person(display_name=f"Person {n}") for n in range(number))
    rows = ((person, *wrapped(new_key(), person.pk)) for person in people)
    PersonKey.objects.bulk_create(PersonKey(person=p, wrapped_key=k, key_version=v) for p, k, v in rows)
    blob = seal(people[-1], "The last of them")
    settings.VAULT_KEY, settings.VAULT_KEY_OLD = NEW, OLD
    assert rotation.rewrap_all() == rotation.Rotation(number, [])
    settings.VAULT_KEY_OLD = ""
    assert open_sealed(Person.objects.get(pk=people[-1].pk), blob) == "The last of them"
    assert PersonKey.objects.values("key_version").distinct().count() == 1
