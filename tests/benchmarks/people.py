"""Runs beside the servers, with the product's settings: signs people in, and says which addresses to ask for."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import django

django.setup()

from django.conf import settings  # noqa: E402 (Django must be set up before models are read)
from django.db import connection  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from embedded.accounts.models import Person, User  # noqa: E402
from programmes.demo import cast  # noqa: E402
from programmes.models import Activity, Membership, Programme, Role, Stage, UseInDecision  # noqa: E402
from tests.benchmarks import own_log as filling  # noqa: E402
from tests.benchmarks.client import TOKEN  # noqa: E402
from tests.benchmarks.people_words import PASSWORD  # noqa: E402

HALF_A_DAY = 480  # minutes of the 960 that V-60 allows
BARE_BACKEND = "tests.benchmarks.bare_backend.PlainBackend"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def cookies_of(person: Person, backend: str = BACKEND) -> dict[str, str]:
    """The cookies of a browser in which this person has signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person.user, backend=backend)  # type: ignore[arg-type]
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: TOKEN}


def lead() -> dict[str, Any]:
    """The programme's lead, and the address of the dashboard with the number of queries that it takes."""
    person, programme = (
        Person.objects.get(email=cast.LEAD.email),
        Programme.objects.get(is_demonstration=True),
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(person.user, backend=BACKEND)  # type: ignore[arg-type]
    address = f"/p/{programme.slug}/"
    return {
        "cookies": cookies_of(person),
        "bare": cookies_of(person, BARE_BACKEND),
        "dashboard": address,
        "queries": _queries(client, address),
        "slug": programme.slug,
    }


def finding() -> dict[str, Any]:
    """The lead with the addresses of the list, of its form and of searches, each with the number of its queries. What
    is searched for is taken from the newest residency that runs: the family name of whoever holds its post, and a
    word of its title, which many others share."""
    person = Person.objects.get(email=cast.LEAD.email)
    programme = Programme.objects.get(is_demonstration=True)
    newest = programme.residencies.running().filter(placements__isnull=False).order_by("-code")[0]
    name = newest.placements.all()[0].person.display_name.split()[-1]
    word = max(newest.title.split(), key=len)
    opening = f"/p/{programme.slug}/residencies/"
    tails = {
        "list": "",
        "filter": "filter/",
        "search": f"?q={quote(name)}",
        "search-common": f"?q={quote(word)}",
        "narrowed": "?stage=running&sort=ends",
    }
    client = Client(headers={"host": "localhost"})
    client.force_login(person.user, backend=BACKEND)  # type: ignore[arg-type]
    asked = {name: _queries(client, opening + tail) for name, tail in tails.items()}
    return {
        "cookies": cookies_of(person),
        "addresses": {name: opening + tail for name, tail in tails.items()},
        "queries": asked,
        "residencies": programme.residencies.count(),
    }


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} was answered with {answer.status_code} instead of 200.")
    return len(queries)


def researchers(count: int) -> list[dict[str, Any]]:
    """People who hold a post in a running residency and have room in their days, each with the address of the log."""
    lately = timezone.localdate() - datetime.timedelta(days=14)
    days = Activity.objects.filter(date__gte=lately).values("person", "date").annotate(spent=Sum("minutes"))
    full = {one["person"] for one in days.filter(spent__gt=HALF_A_DAY)}
    held = Membership.objects.filter(role=Role.RESEARCHER, end=None, residency__stage=Stage.ACTIVE)
    held = held.exclude(person__in=full)
    found = held.select_related("person__user", "residency__programme").order_by("pk")[:count]
    return [
        {"cookies": cookies_of(one.person), "log": f"{one.residency.get_absolute_url()}log/", "home": "/"}  # type: ignore[union-attr]
        for one in found
    ]


def own_log() -> dict[str, Any]:
    """One researcher with 20,000 entries, and addresses of their own log with the number of queries of each."""
    held = filling.keeper()
    filling.fill(held)
    client = Client(headers={"host": "localhost"})
    client.force_login(held.person.user, backend=BACKEND)  # type: ignore[arg-type]
    found = filling.addresses(held)
    asked = {name: _queries(client, address) for name, address in found.items()}
    return {"cookies": cookies_of(held.person), "addresses": found, "queries": asked}


def links(count: int) -> list[str]:
    """Addresses of signed links by which hosts confirm a use."""
    from embedded.links import issue

    uses = UseInDecision.objects.filter(confirm_link=None).order_by("pk")[:count]
    found = []
    for use in uses:
        link, token = issue("use_confirm", str(use.pk))
        UseInDecision.objects.filter(pk=use.pk).update(
            confirm_link=link, confirm_asked_of="host@hosts.example"
        )
        found.append(f"/confirm/{token}/")
    return found


def passwords(count: int) -> list[str]:
    """Addresses of accounts that can sign in with PASSWORD: researchers, who need no second step."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    hashed = make_password(PASSWORD)
    users = list(User.objects.filter(email__endswith="@crowd.example").order_by("pk")[:count])
    User.objects.filter(pk__in=[user.pk for user in users]).update(password=hashed)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users],
        ignore_conflicts=True,
    )
    return [user.email for user in users]


ROOMS: dict[str, Callable[..., Any]] = {
    "finding": finding,
    "lead": lead,
    "researchers": researchers,
    "links": links,
    "own_log": own_log,
    "passwords": passwords,
}

if __name__ == "__main__":
    wanted = json.loads(sys.argv[1])
    json.dump({name: ROOMS[name](*words) for name, words in wanted.items()}, sys.stdout)
