"""What is sealed opens whole, for its own person, with the right key; otherwise not at all."""

from __future__ import annotations

import random
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from embedded.accounts.models import Person
from embedded.audit.models import Event
from embedded.vault import CannotBeRead, Sealer, destroy_key, make_keys, open_sealed, seal
from embedded.vault.cipher import decrypt, encrypt, new_key
from embedded.vault.models import PersonKey

NOTE = "Canary 7f3a: the ward round was hard today. Ŵyn, 日本語, 🙂"


def somebody(name: str = "Rosa Researcher") -> Person:
    return Person.objects.create(display_name=name)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_cipher_gives_back_what_it_was_given(text: str) -> None:
    key = new_key()
    assert decrypt(key, encrypt(key, text.encode(), "x"), "x").decode() == text


def test_cipher_refuses_another_key_and_another_place() -> None:
    key = new_key()
    blob = encrypt(key, b"text", "here")
    for wrong_key, wrong_place in ((new_key(), "here"), (key, "there"), (b"", "here"), (b"short", "here")):
        with pytest.raises(CannotBeRead):
            decrypt(wrong_key, blob, wrong_place)


@pytest.mark.django_db
def test_sealed_text_opens_for_its_person_and_shows_nothing() -> None:
    rosa = somebody()
    blob = seal(rosa, NOTE)
    assert b"Canary" not in blob
    assert open_sealed(rosa, blob) == NOTE
    assert open_sealed(Person.objects.get(pk=rosa.pk), memoryview(blob)) == NOTE
    assert seal(rosa, NOTE) != blob


@pytest.mark.django_db
def test_a_thousand_bit_flips_are_all_refused() -> None:
    rosa, chance = somebody(), random.Random(7)  # noqa: S311 - the same flips each time
    blob = seal(rosa, NOTE)
    for _ in range(1_000):
        bad = bytearray(blob)
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        with pytest.raises(CannotBeRead):
            open_sealed(rosa, bytes(bad))


@pytest.mark.django_db
def test_every_truncation_is_refused() -> None:
    rosa = somebody()
    blob = seal(rosa, NOTE)
    for length in range(len(blob)):
        with pytest.raises(CannotBeRead):
            open_sealed(rosa, blob[:length])


@pytest.mark.django_db
def test_nobody_else_opens_it_even_with_the_rows_exchanged() -> None:
    rosa, sam = somebody(), somebody("Sam Supervisor")
    blob = seal(rosa, NOTE)
    with pytest.raises(CannotBeRead):
        open_sealed(sam, blob)
    seal(sam, "own")
    with pytest.raises(CannotBeRead):
        open_sealed(sam, blob)
    stolen = PersonKey.objects.get(person=rosa)
    PersonKey.objects.filter(person=sam).update(wrapped_key=stolen.wrapped_key)
    with pytest.raises(CannotBeRead):
        open_sealed(Person.objects.get(pk=sam.pk), blob)


@pytest.mark.django_db
def test_wrong_or_missing_vault_key_is_said_never_garbage(settings: Settings) -> None:
    rosa = somebody()
    blob = seal(rosa, NOTE)
    settings.VAULT_KEY = "another secret, long enough to be one"
    with pytest.raises(CannotBeRead):
        open_sealed(rosa, blob)
    with pytest.raises(CannotBeRead):
        seal(rosa, "more")


@pytest.mark.django_db
def test_destroyed_key_opens_nothing_any_more_and_leaves_an_event() -> None:
    rosa, lena = somebody(), somebody("Lena Lead")
    blob = seal(rosa, NOTE)
    destroy_key(rosa, by=lena)
    for person in (rosa, Person.objects.get(pk=rosa.pk)):
        with pytest.raises(CannotBeRead):
            open_sealed(person, blob)
    assert Event.objects.get().deed == "vault_key.destroyed"
    seal(rosa, "a new start")
    with pytest.raises(CannotBeRead):
        open_sealed(rosa, blob)


@pytest.mark.django_db
def test_a_list_of_sealed_texts_asks_for_the_key_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rosa = somebody()
    blobs = [seal(rosa, str(number)) for number in range(30)]
    fresh = Person.objects.get(pk=rosa.pk)
    with django_assert_num_queries(1):
        assert [open_sealed(fresh, blob) for blob in blobs] == [str(number) for number in range(30)]


@pytest.mark.django_db(transaction=True)
def test_two_first_uses_at_once_end_with_one_key() -> None:
    rosa, together, blobs = somebody(), Barrier(8), []

    def write(number: int) -> None:
        own = Person.objects.get(pk=rosa.pk)
        together.wait(20)
        blobs.append(seal(own, str(number)))
        connection.close()

    threads = [Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fresh = Person.objects.get(pk=rosa.pk)
    assert sorted(open_sealed(fresh, blob) for blob in blobs) == [str(number) for number in range(8)]


def test_a_sealer_seals_and_opens_as_the_vault_does(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person, other = somebody("One"), somebody("Other")
    first = seal(person, "one")
    sealer = Sealer(Person.objects.get(pk=person.pk))
    with django_assert_num_queries(1):
        blobs = [sealer.seal(f"text {number}") for number in range(50)]
        assert [sealer.open(blob) for blob in (first, blobs[7])] == ["one", "text 7"]
    assert open_sealed(person, blobs[0]) == "text 0"
    assert sealer.open_bytes(sealer.seal_bytes(b"\x00\xff")) == b"\x00\xff"
    with pytest.raises(CannotBeRead):
        Sealer(other).open(first)
    assert not PersonKey.objects.filter(person=other).exists()


def test_a_mark_is_the_same_for_the_same_words_of_the_same_person(db: None) -> None:
    person, other = somebody("One"), somebody("Other")
    marks = [Sealer(person).mark("ada bell") for _ in range(2)]
    assert marks[0] == marks[1] and len(marks[0]) == 16
    assert Sealer(person).mark("ada bel") != marks[0] != Sealer(other).mark("ada bell")


def test_first_keys_are_made_for_many_at_once(db: None) -> None:
    people = [somebody(f"Person {number}") for number in range(3)]
    keys = make_keys(people)
    blobs = [Sealer(person, keys[person.pk]).seal("x") for person in people]
    assert [open_sealed(*pair) for pair in zip(people, blobs, strict=True)] == ["x", "x", "x"]
