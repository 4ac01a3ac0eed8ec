"""Entries of the log sent from many threads: which were promised to be saved, and which are there."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum

from embedded.audit.models import Event
from embedded.drafts.models import FormKey
from programmes.models import Activity, ActivityMonth
from tests.faults.serving import Answer, Visitor
from tests.logbook.test_log import typed, words_in
from tests.world import World

NUMBERS = itertools.count(1)


@dataclass
class Diarist:
    """A researcher who writes one entry after another, and tries each again until it is taken."""

    visitor: Visitor
    address: str
    promised: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    _form: dict[str, Any] = field(default_factory=dict)

    def write(self) -> Answer:
        """Sends the entry that is due: the same form with the same key as long as it was not acknowledged."""
        self._form = self._form or typed(what=f"Entry {next(NUMBERS)} of many", how_long="1")
        answer = self.visitor.post(self.address, self._form)
        self.answers.append(answer)
        if answer.status == 302:
            assert "/accounts/login" not in answer.led_to
            self.promised.append(self._form["what"])
            self._form = {}
        return answer

    @property
    def failures(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.status != 302]


def diarists(world: World, port: int, number: int) -> list[Diarist]:
    """That many browsers of the researcher."""
    address = world.url("log/")
    return [Diarist(Visitor(port, world.client("researcher")), address) for _ in range(number)]


def nothing_lost_nothing_twice_nothing_half(every: list[Diarist]) -> None:
    """Each acknowledged entry is there once, and each entry has its form key, its audit event and its minutes in the
    sums of its month; what was not acknowledged is there whole or not at all."""
    there = Counter(words_in(activity) for activity in Activity.objects.select_related("person__vault_key"))
    promised = [what for one in every for what in one.promised]
    assert [what for what in promised if there[what] != 1] == []
    assert max(there.values(), default=0) <= 1
    whole = sum(there.values())
    assert FormKey.objects.count() == FormKey.objects.exclude(led_to="").count() == whole
    assert Event.objects.filter(deed="activity.logged").count() == whole
    counted = ActivityMonth.objects.aggregate(Sum("entries"))["entries__sum"] or 0
    assert counted == whole
