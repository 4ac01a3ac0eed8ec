"""A form that is pressed twice does its deed once (P48)."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from embedded.accounts.models import Person
from embedded.drafts import once
from embedded.drafts.models import FormKey


@pytest.fixture
def rosa() -> Person:
    return Person.objects.create(display_name="Rosa Researcher")


def adding(name: str = "made") -> Callable[[], str]:
    """A deed that leaves a trace: one more person of that name."""
    return lambda: f"/people/{Person.objects.create(display_name=name).pk}/"


def made(name: str = "made") -> int:
    return Person.objects.filter(display_name=name).count()


@pytest.mark.django_db
def test_second_press_does_nothing_and_leads_to_the_same_page(rosa: Person) -> None:
    key = uuid4()
    first = once(key, by=rosa, deed=adding())
    assert once(str(key), by=rosa, deed=adding()) == first
    assert once(str(key).upper(), by=rosa, deed=adding()) == first
    assert made() == 1


@pytest.mark.django_db
def test_another_form_does_its_own_deed(rosa: Person) -> None:
    assert once(uuid4(), by=rosa, deed=adding()) != once(uuid4(), by=rosa, deed=adding())
    assert made() == 2


@pytest.mark.django_db
def test_key_of_somebody_else_counts_as_new_and_does_not_show_their_page(rosa: Person) -> None:
    sam, key = Person.objects.create(display_name="Sam"), uuid4()
    hers = once(key, by=rosa, deed=adding())
    his = once(key, by=sam, deed=adding())
    assert hers != his
    assert once(key, by=None, deed=adding()) not in (hers, his)
    assert made() == 3
    assert once(key, by=rosa, deed=adding()) == hers
    assert once(key, by=sam, deed=adding()) == his


@pytest.mark.django_db
def test_visitor_without_account_presses_once_too() -> None:
    key = uuid4()
    assert once(key, by=None, deed=adding()) == once(key, by=None, deed=adding())
    assert made() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "", "nonsense", "0", "\0", "{", "9" * 400])
def test_spoilt_key_counts_as_new_each_time(key: str | None, rosa: Person) -> None:
    assert once(key, by=rosa, deed=adding()) != once(key, by=rosa, deed=adding())
    assert made() == 2


@pytest.mark.django_db
def test_failed_deed_leaves_no_trace_and_the_key_free(rosa: Person) -> None:
    key = uuid4()

    def failing() -> str:
        Person.objects.create(display_name="made")
        raise RuntimeError("no luck")

    with pytest.raises(RuntimeError, match="no luck"):
        once(key, by=rosa, deed=failing)
    assert (made(), FormKey.objects.count()) == (0, 0)
    once(key, by=rosa, deed=adding())
    assert made() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "people/1/",
        "///e",
    ],
)
def test_deed_leads_only_to_pages_of_ours(url: str, rosa: Person) -> None:
    def straying() -> str:
        Person.objects.create(display_name="made")
        return url

    with pytest.raises(ValueError, match="page of ours"):
        once(uuid4(), by=rosa, deed=straying)
    assert made() == 0


@pytest.mark.django_db
def test_form_gone_back_to_and_changed_is_not_lost_when_its_content_counts(rosa: Person) -> None:
    key = uuid4()
    first = QueryDict("csrfmiddlewaretoken=a&hours=2")
    again = QueryDict("csrfmiddlewaretoken=b&hours=2")
    changed = QueryDict("csrfmiddlewaretoken=a&hours=3")
    led_to = once(key, by=rosa, deed=adding(), content=first)
    assert once(key, by=rosa, deed=adding(), content=again) == led_to
    assert once(key, by=rosa, deed=adding(), content=changed) != led_to
    assert made() == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_have_one_effect_and_one_answer(rosa: Person) -> None:
    key, together, urls = uuid4(), Barrier(20), []

    def press() -> None:
        together.wait(30)
        urls.append(once(key, by=rosa, deed=adding()))
        connection.close()

    run_all([Thread(target=press) for _ in range(20)])
    assert (made(), len(urls), len(set(urls))) == (1, 20, 1)


@pytest.mark.django_db(transaction=True)
def test_press_that_waits_for_one_that_fails_does_the_deed(rosa: Person) -> None:
    key, inside, urls = uuid4(), Barrier(2), []

    def failing() -> str:
        inside.wait(20)
        raise RuntimeError

    def first() -> None:
        with pytest.raises(RuntimeError):
            once(key, by=rosa, deed=failing)
        connection.close()

    def second() -> None:
        inside.wait(20)
        urls.append(once(key, by=rosa, deed=adding()))
        connection.close()

    run_all([Thread(target=first), Thread(target=second)])
    assert (made(), len(urls)) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_key_and_deed_are_kept_or_dropped_together_in_a_wider_transaction(rosa: Person) -> None:
    key = uuid4()
    with transaction.atomic():
        once(key, by=rosa, deed=adding())
        transaction.set_rollback(True)
    assert (made(), FormKey.objects.count()) == (0, 0)


def run_all(threads: list[Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
