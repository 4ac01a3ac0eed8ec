"""Whether the time of an answer tells who has an account (trust.md P14): tries of known and of unknown people."""

from __future__ import annotations

import math
import statistics
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from tests.benchmarks.client import TOKEN, Browser
from tests.benchmarks.figure import Figure
from tests.benchmarks.people_words import CSRF_COOKIE
from tests.benchmarks.services import Services
from tests.benchmarks.trouble import CannotMeasure

PAIRS: Final = 500
HANDS: Final = 2  # as many as there are workers: nobody stands in a queue
APART: Final = 15.0  # milliseconds
CHANCE: Final = 0.01
WAYS: Final = {
    "password": ("/accounts/login/", lambda email: {"login": email, "password": "wrong password"}),
    "letter": ("/accounts/password/reset/", lambda email: {"email": email}),
}


def discovery(services: Services) -> list[Figure]:
    """Whether the time of a wrong password, or of a letter asked for, tells who has an account."""
    services.data("large")
    emails = services.ask("large", passwords=[PAIRS])["passwords"]
    if len(emails) < PAIRS:
        raise CannotMeasure(f"There are {len(emails)} accounts, and {PAIRS} are needed.")
    found: list[Figure] = []
    with services.web("large", BEHIND_TLS_PROXY="true") as port:
        for way in WAYS:
            with ThreadPoolExecutor(HANDS) as hands:
                pairs = list(hands.map(lambda each: _pair(port, way, *each), enumerate(emails)))  # noqa: B023 (used at once)
            known, unknown = ([pair[side] for pair in pairs] for side in (0, 1))
            apart = abs(statistics.median(known) - statistics.median(unknown))
            note = f"medians of {PAIRS} known and unknown people apart"
            found += [
                Figure(f"discovery-{way}", apart, APART, goal=1, note=note),
                Figure(
                    f"discovery-{way}-chance",
                    CHANCE,
                    mann_whitney(known, unknown),
                    goal=1,
                    unit="",
                    note="limit: the chance that neither tends to be slower (Mann and Whitney)",
                ),
            ]
    return found


def _pair(port: int, way: str, number: int, known: str) -> tuple[float, float]:
    """The milliseconds of somebody known and of somebody unknown, now the one first and now the other."""
    unknown = known.replace("@crowd.", "@cloud.")
    both = (known, unknown) if number % 2 else (unknown, known)
    told = {email: _try(port, way, 2 * number + place, email) for place, email in enumerate(both)}
    return told[known], told[unknown]


def _try(port: int, way: str, number: int, email: str) -> float:
    path, fields = WAYS[way]
    place = f"198.19.{number // 250}.{number % 250 + 1}"
    browser = Browser(port, {CSRF_COOKIE: TOKEN}, {"X-Forwarded-For": place})
    answer = browser.post(path, fields(email))
    browser.close()
    if answer.status >= 400:
        raise CannotMeasure(f"POST {path} was answered with {answer.status}.")
    return answer.seconds * 1000


def mann_whitney(left: list[float], right: list[float]) -> float:
    """Two-sided p that neither tends to be larger, by the normal approximation with its correction for ties."""
    everything = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    rank_sum, ties, place = 0.0, 0.0, 0
    while place < len(everything):
        end = place
        while end < len(everything) and everything[end][0] == everything[place][0]:
            end += 1
        rank = (place + 1 + end) / 2
        rank_sum += rank * sum(1 for _, side in everything[place:end] if side == 0)
        ties += (end - place) ** 3 - (end - place)
        place = end
    n, m = len(left), len(right)
    u, mean = rank_sum - n * (n + 1) / 2, n * m / 2
    spread = math.sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))))
    return math.erfc(abs(u - mean) / spread / math.sqrt(2)) if spread else 1.0
