"""What the form of the log shows at first: today, an entry that is changed, what was left as a draft."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from embedded.nhsuk.dates import PARTS, Typed
from embedded.vault import Sealer
from programmes.entries.durations import HALF_DAY, half_days, words_of
from programmes.entries.people_met import names_of
from programmes.entries.waiting import text_planned
from programmes.entries.words import text_of
from programmes.models import FINER, Activity, PlannedEntry, Readers

_LISTS: Final = frozenset({"named"})


def first_values(on: datetime.date, last_kind: str) -> dict[str, Any]:
    """The day, and the kind chosen last."""
    return {"date": on, "kind": plain(last_kind), "readers": Readers.ONLY_ME.value}


def values_of(activity: Activity) -> dict[str, Any]:
    """An entry that is being changed."""
    finer = activity.kind in FINER
    opener = Sealer(activity.person)
    return {
        "pk": activity.pk,
        "what": text_of(activity, opener),
        "readers": activity.readers,
        "named": [str(reader.pk) for reader in activity.named_readers.all()],
        "how_long": how_long(activity.minutes, whole=activity.residency.programme.half_days_only),
        "kind": plain(activity.kind),
        "finer": activity.kind if finer else "",
        "host": activity.host_id and str(activity.host_id),
        "date": activity.date,
        "place": activity.place,
        "project": activity.project_id and str(activity.project_id),
        "asked_by": ", ".join(names_of([activity.requester] if activity.requester else [], opener)),
        "met": ", ".join(names_of(activity.met.order_by("pk"), opener)),
        "sign": activity.sign,
        "output": activity.output,
        "late_reason": activity.late_reason,
    }


def values_planned(planned: PlannedEntry, *, half_days_only: bool) -> dict[str, Any]:
    """What waits for its day, or for its owner to say that it happened."""
    finer = planned.kind in FINER
    return {
        "pk": planned.pk,
        "what": text_planned(planned, Sealer(planned.person)),
        "readers": Readers.ONLY_ME.value,
        "how_long": how_long(planned.minutes or HALF_DAY, whole=half_days_only),
        "kind": plain(planned.kind),
        "finer": planned.kind if finer else "",
        "host": planned.host_id and str(planned.host_id),
        "date": planned.on,
        "place": planned.place,
        "project": planned.project_id and str(planned.project_id),
    }


def values_left(typed: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was left unsaved, as the boxes had it; a draft holds {name: [values]}."""
    values: dict[str, Any] = {
        name: given if name in _LISTS else given[0] for name, given in typed.items() if given
    }
    boxes = [values.pop(f"date_{part}", "") for part in PARTS]
    return values | ({"date": Typed(*boxes)} if any(boxes) else {})


def how_long(minutes: int, *, whole: bool) -> str:
    """As the question shows it: in hours and minutes, or as the nearest half-days in minutes."""
    return str(half_days(minutes) * HALF_DAY) if whole else words_of(minutes)


def plain(kind: str) -> str:
    """The plain kind on the page beneath which a code of A-1 stands."""
    return FINER.get(kind, kind)
