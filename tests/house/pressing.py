"""One press for every address that takes a POST: who sends what. The drills of writing start from this table.

Each function is named as its address is; it brings the world to where the press is right and gives the press.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models, transaction
from django.test import Client

from tests.house.addresses import Things, address_of

NOBODY = "nobody"


@dataclass(frozen=True)
class Press:
    """A form as the browser of somebody in that role sends it; `lands` is what a good one answers with."""

    who: str
    address: str
    typed: dict[str, Any] = field(default_factory=dict)
    lands: int = 302

    def by(self, things: Things, **options: Any) -> Client:
        """A browser of whoever presses, signed in unless it is nobody."""
        browser = Client(**options)
        if self.who != NOBODY:
            signed_in = things.world.client(self.who)
            browser.cookies = signed_in.cookies
        return browser

    def send(self, browser: Client, **more: Any) -> Any:
        return browser.post(self.address, self.typed | more)

    def typing(self, **typed: Any) -> Press:
        return replace(self, typed=self.typed | typed)


Maker = Callable[[Things], Press]
PRESSES: dict[str, Maker] = {}

# What throws away or signs in is no deed of the work: nothing of ours is written but a session or a parked form.
# Signing in elsewhere is off here, and disconnecting asks for the password first: tests/sso does both.
# Words of one's own log are looked for by what is sent, so that no address holds them.
WITHOUT_A_DEED = {"continue", "demo_people", "log_all", "sso_back", "sso_disconnect", "sso_leave"}


def press(make: Maker) -> Maker:
    """Enters a press under the name of its address."""
    PRESSES[make.__name__] = make
    return make


def at(things: Things, name: str) -> str:
    return address_of(name, things)


@contextmanager
def undone(things: Things) -> Iterator[None]:
    """Whatever happens within has not happened: in the tables, and in the things that were read from them."""
    kept = dict(vars(things))
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    vars(things).update(kept)
    for one in kept.values():
        if isinstance(one, models.Model):
            one.refresh_from_db()
    things.world.residency.refresh_from_db()
