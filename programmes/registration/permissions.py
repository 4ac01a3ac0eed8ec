"""What a registration says of permissions: open questions (V-32), or what is usual while nobody is named."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from embedded.nhsuk.words import start_low
from programmes.access import Scope
from programmes.clearance import advice_for, missing
from programmes.fitting import Question
from programmes.models import AccessItem, Organisation, PermissionAnswer, Placement, Residency
from programmes.questions import Pair, Rules, answers_in, rules_of, shown_questions
from programmes.registration.present import Section


@dataclass(frozen=True)
class AccessSeen:
    """What one reader sees of access: all posts with their items; what hosts say, are asked and have answered."""

    posts: Sequence[Placement]
    hosts: Sequence[Organisation]
    rules: Rules
    answers: Mapping[Pair, PermissionAnswer]
    questions: Mapping[Pair, Question]

    def lacking(self, today: datetime.date) -> list[AccessItem]:
        """What is not in order in the posts that are not over."""
        going_on = [post for post in self.posts if post.end is None or post.end > today]
        return [item for post in going_on for item in missing(post.access_items.all(), today)]


def access_seen(scope: Scope, residency: Residency) -> AccessSeen | None:
    """None for who does not see access."""
    if not scope.can("see_access", residency):
        return None
    hosts = scope.hosts_seen(residency)
    rules = rules_of(residency.programme, hosts)
    if not residency.placements.all():
        return AccessSeen([], hosts, rules, {}, {})
    posts = list(residency.placements.select_related("person", "employer").prefetch_related("access_items"))
    answers = answers_in(residency)
    return AccessSeen(
        posts, hosts, rules, answers, shown_questions(scope, residency, posts, hosts, rules, answers)
    )


def access_section(residency: Residency, seen: AccessSeen | None) -> list[Section]:
    """One section, or none where there is nothing to say."""
    if seen is None:
        return []
    rows = _asked(seen) if seen.posts else _usual(residency, seen)
    return [Section("Permission to be on site", "", rows, "")] if rows else []


def _asked(seen: AccessSeen) -> list[tuple[str, str]]:
    """What is asked of each post at each host, and what hosts have answered."""
    rows = [
        (f"{one.placement.person} at {one.host}", "\n".join(one.sentences)) for one in seen.questions.values()
    ]
    people = {one.pk: one.person for one in seen.posts}
    hosts = {one.pk: one for one in seen.hosts}
    return rows + [
        (f"{people[post]} at {hosts[host]}", f"{hosts[host]} says: {answer.words}")
        for (post, host), answer in seen.answers.items()
        if host in hosts and post in people
    ]


def _usual(residency: Residency, seen: AccessSeen) -> list[tuple[str, str]]:
    """What each host says, else what is usual for whom the academic home would employ; the host decides."""
    home = next(iter(residency.academic_homes), None)
    rows = []
    for host in seen.hosts:
        said = [
            f"{rule.get_case_display()}. {host} says: {rule.words}" for rule in seen.rules[host.pk].values()
        ]
        usual = [f"{row.when}: {start_low(row.usual)}." for row in advice_for(home, host)]
        rows.append((f"What is usual at {host}", "\n".join([*(said or usual), f"{host} decides."])))
    return rows
