"""A signed link opens one thing for one purpose while it is live, and nothing made up opens anything (P20, P21)."""

from __future__ import annotations

import random
import string
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from embedded.accounts.models import Person
from embedded.errors import TooMany
from embedded.links import find, issue, renew, revoke, use
from embedded.links.models import LinkTries, SignedLink
from embedded.logs import masked

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def bend(token: str, chance: random.Random) -> str:
    """A token that differs from the given one in one of the ways that people and attackers find."""
    place = chance.randrange(len(token))
    kinds = [
        lambda: token[:place] + chr(ord(token[place]) ^ (1 << chance.randrange(7))) + token[place + 1 :],
        lambda: token[:place],
        lambda: token[place + 1 :],
        lambda: token + chance.choice(["=", "==", ".", " ", "\0", "A", "%00", "\ud800"]),
        lambda: chance.choice([" ", "k1_", "\ufeff", "K"]) + token,
        lambda: token.swapcase() if chance.random() < 0.5 else token[:place] + token[place:].swapcase(),
        lambda: token[:place] + chance.choice(string.ascii_letters + "-_") + token[place + 1 :],
        lambda: token[:place] + token[place:][::-1],
    ]
    return chance.choice(kinds)()


@pytest.mark.django_db
def test_link_is_found_by_its_token_and_keeps_only_the_hash() -> None:
    lena = Person.objects.create(display_name="Lena Lead")
    with time_machine.travel(NOON, tick=False):
        link, token = issue("invitation", "17", by=lena)
        assert find("invitation", token) == link
    assert (link.purpose, link.subject, link.made_by) == ("invitation", "17", lena)
    assert (link.made_at, link.expires_at) == (NOON, NOON + timedelta(days=28))
    assert token not in str(SignedLink.objects.values().get())


@pytest.mark.django_db
def test_ten_thousand_bent_tokens_open_nothing() -> None:
    chance = random.Random(20)  # noqa: S311 - the same bends each time
    own = {issue("invitation", "17")[1], issue("reflection", "17")[1]}
    bent: set[str] = set()
    while len(bent) < 10_000:
        once = bend(chance.choice(sorted(own)), chance)
        bent |= {once, bend(once or "k", chance)} - own
    assert not [token for token in bent if find("invitation", token)]
    assert not LinkTries.objects.exists()


@pytest.mark.django_db
def test_another_purpose_finds_nothing() -> None:
    _, token = issue("invitation", "17")
    for purpose in ("reflection", "Invitation", "invitation ", ""):
        assert find(purpose, token) is None


@pytest.mark.django_db
def test_link_is_live_to_the_last_second_before_it_expires() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        link, token = issue("invitation", "17", timedelta(days=1))
        clock.move_to(NOON + timedelta(days=1) - SECOND)
        assert find("invitation", token) == link
        clock.move_to(NOON + timedelta(days=1))
        assert find("invitation", token) is None


@pytest.mark.django_db
def test_revoked_link_is_as_if_it_had_never_been() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        link, token = issue("invitation", "17")
        revoke(link)
        clock.shift(60)
        revoke(link)
    assert link.revoked_at == NOON
    assert find("invitation", token) is None
    assert not use(link)


@pytest.mark.django_db
def test_renewed_link_opens_and_the_old_one_does_not() -> None:
    lena = Person.objects.create(display_name="Lena Lead")
    old, old_token = issue("invitation", "17")
    new, new_token = renew(old, by=lena)
    assert find("invitation", old_token) is None
    assert find("invitation", new_token) == new
    assert (new.subject, new.made_by) == ("17", lena)
    assert list(SignedLink.objects.about("invitation", "17").order_by("pk")) == [old, new]


@pytest.mark.django_db
def test_expired_link_can_be_renewed() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        link, _ = issue("invitation", "17")
        clock.shift(timedelta(days=40))
        new, token = renew(link)
        assert find("invitation", token) == new


@pytest.mark.django_db
def test_link_is_used_once_and_can_still_be_looked_at() -> None:
    link, token = issue("invitation", "17")
    assert use(link)
    assert link.used_at is not None
    assert not use(link)
    assert find("invitation", token) == link


@pytest.mark.django_db
def test_expired_link_cannot_be_used() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        link, _ = issue("invitation", "17", SECOND)
        clock.shift(1)
        assert not use(link)


@pytest.mark.django_db(transaction=True)
def test_of_eight_uses_at_once_one_counts() -> None:
    link, _ = issue("invitation", "17")
    together, won = Barrier(8), []

    def press() -> None:
        own = SignedLink.objects.get(pk=link.pk)
        together.wait(20)
        with transaction.atomic():
            won.append(use(own))
        connection.close()

    threads = [Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


@pytest.mark.django_db
def test_thirty_tries_a_minute_are_fine_and_the_thirty_first_is_not() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        link, token = issue("invitation", "17")
        _, other = issue("invitation", "18")
        for _ in range(30):
            assert find("invitation", token) == link
        with pytest.raises(TooMany):
            find("invitation", token)
        assert find("invitation", other) is not None
        clock.shift(59)
        with pytest.raises(TooMany):
            find("invitation", token)
        clock.shift(1)
        assert find("invitation", token) == link
        assert LinkTries.objects.get(link=link).times == 1


@pytest.mark.django_db
def test_looking_leaves_the_link_as_it_was() -> None:
    _, token = issue("invitation", "17")
    before = SignedLink.objects.values().get()
    for _ in range(21):
        find("invitation", token)
    assert SignedLink.objects.values().get() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("expires_at = made_at", "link_expires_after_it_is_made"),
        ("purpose = ''", "link_has_a_purpose"),
        ("token_sha256 = 'plain'", "link_token_is_hashed"),
    ],
)
def test_database_refuses_nonsense(change: str, constraint: str) -> None:
    issue("invitation", "17")
    with pytest.raises(IntegrityError, match=constraint):
        connection.cursor().execute(f"UPDATE links_signedlink SET {change}")  # noqa: S608 - our own words


@pytest.mark.django_db
def test_logs_mask_every_token() -> None:
    for number in range(500):
        _, token = issue("invitation", str(number))
        assert token not in masked(f"GET /invitations/{token}/ and ?t={token}")
