"""Takes the shipped register file into the database; what people added and what was learned stays."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from embedded.audit import record
from programmes.models import NameKind, Organisation, OrganisationName, RegisterLoad, Scheme
from programmes.registers.entry import SHIPPED, Entry, read_entries

ONE_AT_A_TIME = 7_310_001  # the advisory lock that keeps two loads apart
_FIELDS = (
    "legal_name",
    "display_name",
    "kind",
    "nation",
    "address",
    "town",
    "postcode",
    "region",
    "icb_code",
    "ods_code",
    "gss_code",
    "ukprn",
    "ror_id",
    "opened",
    "closed",
)

Key = tuple[str, str]


@dataclass
class Loaded:
    """How many organisations one load touched; `was_known` when there was nothing to do."""

    added: int = 0
    renamed: int = 0
    closed: int = 0
    changed: int = 0
    was_known: bool = False


def load(path: Path = SHIPPED, *, at: datetime) -> Loaded:
    """Brings the database up to the file; a file that was the last one loaded costs two queries.

    Nothing is deleted. Raises BadFile, and then nothing has changed.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if _is_loaded(digest):
        return Loaded(was_known=True)
    entries = read_entries(path)
    with transaction.atomic():
        _alone()
        if _is_loaded(digest):
            return Loaded(was_known=True)
        loaded = _take_in(entries, at.date())
        RegisterLoad.objects.create(
            digest=digest,
            loaded_at=at,
            added=loaded.added,
            renamed=loaded.renamed,
            closed=loaded.closed,
            changed=loaded.changed,
        )
        facts = {"added": loaded.added, "renamed": loaded.renamed, "closed": loaded.closed}
        record(None, "register.loaded", f"{len(entries)} organisations", details=facts)
    return loaded


def _is_loaded(digest: str) -> bool:
    last = RegisterLoad.objects.values_list("digest", flat=True).first()
    return last == digest and Organisation.objects.from_registers().exists()


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _take_in(entries: list[Entry], on: date) -> Loaded:
    known = {(one.scheme, one.code): one for one in Organisation.objects.from_registers()}
    loaded = Loaded()
    new, different, renamed = [], [], []
    for entry in entries:
        organisation = known.get(entry.key)
        if organisation is None:
            new.append(Organisation(scheme=entry.scheme, code=entry.code, **_values(entry)))
            continue
        if organisation.legal_name != entry.legal_name:
            renamed.append((organisation, organisation.display_name))
        loaded.closed += entry.closed is not None and organisation.closed is None
        if _differs(organisation, entry):
            different.append(organisation)
    Organisation.objects.bulk_update(different, [*_FIELDS, "successor"], batch_size=200)
    known |= {(one.scheme, one.code): one for one in Organisation.objects.bulk_create(new)}
    _set_successors(entries, known)
    _add_names(entries, known, renamed, on)
    loaded.added, loaded.renamed, loaded.changed = len(new), len(renamed), len(different)
    return loaded


def _values(entry: Entry) -> dict[str, object]:
    values: dict[str, object] = {
        name: getattr(entry, name) for name in _FIELDS if name not in ("ods_code", "ukprn")
    }
    values["ods_code"] = entry.code if entry.scheme == Scheme.ODS else ""
    values["ukprn"] = entry.code if entry.scheme == Scheme.UKPRN else ""
    return values


def _differs(organisation: Organisation, entry: Entry) -> bool:
    """Sets the entry's values and says whether any was another one. One that is open again has no successor."""
    before = [getattr(organisation, name) for name in _FIELDS]
    for name, value in _values(entry).items():
        setattr(organisation, name, value)
    if entry.closed is None and organisation.successor_id:
        organisation.successor = None
        return True
    return before != [getattr(organisation, name) for name in _FIELDS]


def _set_successors(entries: list[Entry], known: dict[Key, Organisation]) -> None:
    """The first successor on the row itself, further ones (a council split in two) beside it."""
    split = set(
        Organisation.further_successors.through.objects.values_list("from_organisation_id", flat=True)
    )
    changed = []
    for entry in entries:
        organisation = known[entry.key]
        after = [known[entry.scheme, code] for code in entry.successors]
        if after and organisation.successor_id != after[0].pk:
            organisation.successor = after[0]
            changed.append(organisation)
        if len(after) > 1 or organisation.pk in split:
            organisation.further_successors.set(after[1:])
    Organisation.objects.bulk_update(changed, ["successor"], batch_size=200)


def _add_names(
    entries: list[Entry],
    known: dict[Key, Organisation],
    renamed: list[tuple[Organisation, str]],
    on: date,
) -> None:
    wanted = [
        OrganisationName(organisation=known[entry.key], name=name, kind=kind, until=until)
        for entry in entries
        for name, kind, until in _names(entry)
    ]
    wanted += [
        OrganisationName(organisation=organisation, name=name, kind=NameKind.FORMER, until=on)
        for organisation, name in renamed
        if name.casefold() != organisation.display_name.casefold()
    ]
    have = {
        (one.organisation_id, one.kind, one.name.lower())
        for one in OrganisationName.objects.exclude(kind=NameKind.LEARNED)
    }
    fresh: dict[tuple[int, str, str], OrganisationName] = {}
    for one in wanted:
        key = (one.organisation_id, one.kind, one.name.lower())
        if key not in have:
            fresh.setdefault(key, one)
    OrganisationName.objects.bulk_create(fresh.values())


def _names(entry: Entry) -> list[tuple[str, str, date | None]]:
    return [
        *((one.name, NameKind.FORMER, one.until) for one in entry.former_names),
        *((name, NameKind.OTHER, None) for name in entry.other_names),
        *((name, NameKind.SITE, None) for name in entry.sites),
    ]
