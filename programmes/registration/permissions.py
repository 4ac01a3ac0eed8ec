"""What a registration says of permissions: open questions (V-32), or what is usual while nobody is named."""

from __future__ import annotations

from collections.abc import Sequence

from embedded.nhsuk.words import start_low
from programmes.access import Scope
from programmes.clearance import advice_for
from programmes.fitting import Question
from programmes.models import Organisation, Residency
from programmes.questions import Pair, Rules, answers_in, rules_of, shown_questions
from programmes.registration.present import Section


def access_section(scope: Scope, residency: Residency) -> list[Section]:
    """One section for who sees access, none for others and where there is nothing to say."""
    if not scope.can("see_access", residency):
        return []
    hosts = scope.hosts_seen(residency)
    rules = rules_of(residency.programme, hosts)
    named = bool(residency.placements.all())
    rows = _asked(scope, residency, hosts, rules) if named else _usual(residency, hosts, rules)
    return [Section("Permission to be on site", "", rows, "")] if rows else []


def open_questions_seen(scope: Scope, residency: Residency) -> int:
    """How many questions on what a permission covers the reader is shown."""
    hosts = scope.hosts_seen(residency)
    return len(_shown(scope, residency, hosts, rules_of(residency.programme, hosts)))


def _shown(
    scope: Scope, residency: Residency, hosts: Sequence[Organisation], rules: Rules
) -> dict[Pair, Question]:
    posts = residency.placements.select_related("person", "employer").prefetch_related("access_items")
    return shown_questions(scope, residency, list(posts), hosts, rules)


def _asked(
    scope: Scope, residency: Residency, hosts: Sequence[Organisation], rules: Rules
) -> list[tuple[str, str]]:
    """What is asked of each post at each host, and what hosts have answered."""
    rows = [
        (f"{one.placement.person} at {one.host}", "\n".join(one.sentences))
        for one in _shown(scope, residency, hosts, rules).values()
    ]
    people = {one.pk: one.person for one in residency.placements.all()}
    seen = {host.pk: host for host in hosts}
    for (post, host), answer in answers_in(residency).items():
        if host in seen and post in people:
            rows.append((f"{people[post]} at {seen[host]}", f"{seen[host]} says: {answer.words}"))
    return rows


def _usual(residency: Residency, hosts: Sequence[Organisation], rules: Rules) -> list[tuple[str, str]]:
    """What each host says, else what is usual for whom the academic home would employ; the host decides."""
    home = next(iter(residency.academic_homes), None)
    rows = []
    for host in hosts:
        said = [f"{host} says: {rule.words}" for rule in rules[host.pk].values()]
        usual = [f"{row.when}: {start_low(row.usual)}." for row in advice_for(home, host)]
        rows.append((f"What is usual at {host}", "\n".join([*(said or usual), f"{host} decides."])))
    return rows
