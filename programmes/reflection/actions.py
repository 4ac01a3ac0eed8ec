"""The deeds of the monthly three questions: answer, share, take back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import check_version
from embedded.vault import Sealer
from programmes.entries.writing import place_of
from programmes.models import MonthlyPulse, PulseAnswer, Residency
from programmes.reflection.strategies import KEYS

LONGEST = len(json.dumps(dict.fromkeys(KEYS, max(PulseAnswer.values, key=len))))


@transaction.atomic
def answer_pulse(
    *, residency: Residency, month: datetime.date, answers: Mapping[str, str], version: int, by: Person
) -> MonthlyPulse:
    """Keeps the three answers of a month, sealed with the key of `by`; those given for it before are gone. What was
    shared of them is taken back, as it no longer is what was said. embedded.drafts.Changed if another window answered
    since `version` (0: before the first)."""
    text = json.dumps({key: answers[key] for key in KEYS})
    sealed = Sealer(by).seal(text.ljust(LONGEST))  # its length, which is not hidden, is always the same
    pulse, made = MonthlyPulse.objects.get_or_create(
        person=by, residency=residency, month=month, defaults={"answers": sealed}
    )
    if not made:
        check_version(pulse, version)
        MonthlyPulse.objects.filter(pk=pulse.pk).update(answers=sealed, **_plain({}, None))
    record(by=by, deed="pulse.answered", what=f"Pulse {pulse.pk}", place=place_of(residency))
    return pulse


@transaction.atomic
def share_pulse(
    *, pulse: MonthlyPulse, answers: Mapping[str, str], version: int, by: Person, on: datetime.date
) -> None:
    """Puts the three answers beside the sealed ones for the academic supervisors to read. Changed where they are not
    those that `by` saw."""
    check_version(pulse, version)
    MonthlyPulse.objects.filter(pk=pulse.pk).update(**_plain(answers, on))
    record(by=by, deed="pulse.shared", what=f"Pulse {pulse.pk}", place=place_of(pulse.residency))


@transaction.atomic
def take_back_pulse(*, pulse: MonthlyPulse, by: Person) -> None:
    """Shows them to nobody else any more."""
    MonthlyPulse.objects.filter(pk=pulse.pk).update(**_plain({}, None))
    record(by=by, deed="pulse.taken_back", what=f"Pulse {pulse.pk}", place=place_of(pulse.residency))


def _plain(answers: Mapping[str, str], on: datetime.date | None) -> dict[str, object]:
    return {"shared_on": on, **{key: answers.get(key, "") for key in KEYS}}
