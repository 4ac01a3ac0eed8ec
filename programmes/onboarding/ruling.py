"""The deeds of what hosts say: a host's own rule for a case, its one line on whether a permission covers work."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from embedded import audit
from embedded.accounts.models import Person
from embedded.drafts import Changed, check_version
from programmes.founding import place_of
from programmes.models import HostRule, Organisation, PermissionAnswer, PermissionCase, Placement, Programme


@dataclass(frozen=True)
class RuleWords:
    """What a host asks for, and who there says so; `asks` is a RuleAsks value, for work that is not research alone."""

    words: str
    said_by_name: str
    asks: str = ""


@transaction.atomic
def state_rule(
    *,
    programme: Programme,
    host: Organisation,
    case: PermissionCase,
    words: RuleWords,
    version: int,
    by: Person,
    on: datetime.date,
) -> HostRule:
    """Keeps the host's rule for the case in place of the one of before; Changed if somebody saved one meanwhile.
    `version` is 0 where there was none."""
    rule = HostRule.objects.filter(programme=programme, host=host, case=case).first()
    if rule is None:
        rule = HostRule(programme=programme, host=host, case=case)
    else:
        check_version(rule, version)
    rule.words, rule.said_by_name, rule.asks = words.words, words.said_by_name, words.asks
    rule.recorded_by, rule.said_on = by, on
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError:  # somebody stated one at the same moment
        raise Changed(rule) from None
    place, details = (
        f"p/{programme.slug}/which-permission/{host.pk}",
        {"case": case.value, "asks": words.asks},
    )
    audit.record(by, "host_rule.stated", f"Rule of {host}", place, details=details)
    return rule


@transaction.atomic
def answer_question(
    *, placement: Placement, host: Organisation, words: str, by: Person, on: datetime.date
) -> PermissionAnswer:
    """Closes the question on a post at a host for good, in somebody's name; the first answer stays (V-32)."""
    answer, is_new = PermissionAnswer.objects.get_or_create(
        placement=placement, host=host, defaults={"words": words, "by": by, "on": on}
    )
    if is_new:
        residency = placement.residency
        audit.record(
            by,
            "access.question_answered",
            f"Permission of a post in {residency.code}",
            place_of(residency),
            details={"placement": placement.pk, "host": host.pk},
        )
    return answer
