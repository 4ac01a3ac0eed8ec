"""The presses of the diary and of what is shared."""

from __future__ import annotations

from programmes.measures.period import closed_months
from programmes.models import Activity
from tests.house.addresses import Things
from tests.house.pressing import WITHOUT_A_DEED, Press, at, press
from tests.registration.filled import TODAY, boxes, key

# looking for words writes nothing, and what was looked for is not kept
WITHOUT_A_DEED.add("diary_find")


@press
def diary(things: Things) -> Press:
    return Press("researcher", at(things, "diary"), written())


@press
def diary_entry(things: Things) -> Press:
    return Press("researcher", at(things, "diary_entry"), written() | {"version": "1"})


@press
def diary_remove(things: Things) -> Press:
    return Press("researcher", at(things, "diary_remove"), {"form_key": key()})


@press
def diary_erase(things: Things) -> Press:
    return Press("researcher", at(things, "diary_erase"), {"kept": "on", "form_key": key()})


@press
def diary_share(things: Things) -> Press:
    version = str(things.more["diary_entry"].version)
    return Press("researcher", at(things, "diary_share"), shared() | {"version": version})


@press
def log_share(things: Things) -> Press:
    version = str(things.activity.version)
    return Press("researcher", at(things, "log_share"), shared() | {"version": version})


@press
def passage_withdraw(things: Things) -> Press:
    return Press("researcher", at(things, "passage_withdraw"), {"form_key": key()})


@press
def entry_withdraw(things: Things) -> Press:
    """Of words that everybody in the residency reads."""
    Activity.objects.filter(pk=things.activity.pk).update(readers="residency", sealed=None, what="Shared")
    return Press("researcher", at(things, "entry_withdraw"), {"form_key": key()})


@press
def comment_passage(things: Things) -> Press:
    passage = things.more["passage"]
    passage.named_readers.add(things.world.people["academic_supervisor"])
    return Press("academic_supervisor", at(things, "comment_passage"), said())


@press
def comment_entry(things: Things) -> Press:
    """To an entry whose words everybody in the residency reads."""
    shared = Activity.objects.filter(pk=things.activity.pk)
    shared.update(what="For all of us", sealed=None, readers="residency")
    return Press("academic_supervisor", at(things, "comment_entry"), said())


@press
def comment_month(things: Things) -> Press:
    month = closed_months(TODAY, 1).start
    return Press("host_manager", at(things, "comment_month"), said() | {"month": month.isoformat()})


def written() -> dict[str, str]:
    return {"text": "A long day, and a good one", "form_key": key()} | boxes("on", TODAY)


def shared() -> dict[str, str]:
    return {"parts": "1", "readers": "residency", "press": "share", "form_key": key()}


def said() -> dict[str, str]:
    return {"text": "That is what we saw too", "form_key": key()}
