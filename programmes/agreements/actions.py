"""The deeds of recorded contracts: record one, correct it, keep the file of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction

from embedded import audit, files
from embedded.accounts.models import Person
from embedded.drafts import check_version
from programmes.models import Agreement, AgreementParty, Organisation, Residency

MOST_FILES: Final = 40  # of one residency
# what the history tells with the value it had and the one it has
_TOLD: Final = ("signed_on", "effective_from", "effective_to", "review_on", "publication")


class Refused(Exception):
    """It cannot be done; the text is an instruction that a page can show."""


@dataclass(frozen=True)
class AgreementWords:
    """What is recorded of a contract (domain.md §3.5). Days are dates; `covers` are AgreementCover values."""

    kind: str
    signed_on: datetime.date
    kept_at: str
    publication: str
    parties: tuple[Organisation, ...] = ()
    other_parties: str = ""
    effective_from: datetime.date | None = None
    effective_to: datetime.date | None = None
    review_on: datetime.date | None = None
    covers: tuple[str, ...] = field(default_factory=tuple)
    publication_notice_days: int | None = None
    publication_words: str = ""
    funder_review_needed: bool = False
    web_address: str = ""

    def columns(self) -> dict[str, object]:
        kept = {name: value for name, value in vars(self).items() if name not in ("parties", "covers")}
        return kept | {"covers": list(self.covers)}


@transaction.atomic
def record_agreement(
    *,
    residency: Residency,
    words: AgreementWords,
    by: Person,
    at: datetime.datetime,
    follows: Agreement | None = None,
    follows_as: str = "",
) -> Agreement:
    """Records a contract. One that changes or takes the place of another names it; the earlier one stays as it is."""
    agreement = Agreement.objects.create(
        residency=residency,
        recorded_by=by,
        recorded_at=at,
        follows=follows,
        follows_as=follows_as if follows else "",
        **words.columns(),
    )
    _name_parties(agreement, words)
    _record(agreement, "agreement.recorded", by)
    return agreement


@transaction.atomic
def change_agreement(*, agreement: Agreement, words: AgreementWords, version: int, by: Person) -> Agreement:
    """Corrects what was recorded. Changed if somebody saved since `version`."""
    check_version(agreement, version)
    before = {name: getattr(agreement, name) for name in _TOLD}
    for name, value in words.columns().items():
        setattr(agreement, name, value)
    agreement.save()
    _name_parties(agreement, words)
    after = {name: getattr(agreement, name) for name in _TOLD}
    changed = [[name, before[name], after[name]] for name in _TOLD if before[name] != after[name]]
    _record(agreement, "agreement.changed", by, {"from_to": changed})
    return agreement


@transaction.atomic
def keep_file(*, agreement: Agreement, content: bytes, name: str, media_type: str, by: Person) -> Agreement:
    """Keeps the file of a contract in place of an earlier one. Refused when there are too many or no room."""
    locked = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    with_files = Agreement.objects.filter(residency=locked.residency, file__isnull=False)
    if locked.file is None and with_files.count() >= MOST_FILES:
        raise Refused(
            f"{MOST_FILES} files are kept here already. Keep this one elsewhere and add a link to it"
        )
    earlier = locked.file
    try:
        locked.file = files.keep(content, name, media_type)
    except files.NoRoom as problem:
        raise Refused(str(problem)) from problem
    locked.save(update_fields=["file"])
    if earlier is not None:
        earlier.delete()  # its bytes are swept once no other row names them
    _record(locked, "agreement.file_kept", by, {"bytes": len(content), "type": media_type})
    return locked


def _name_parties(agreement: Agreement, words: AgreementWords) -> None:
    wanted = {one.pk for one in words.parties}
    agreement.parties.exclude(organisation__in=wanted).delete()
    AgreementParty.objects.bulk_create(
        [AgreementParty(agreement=agreement, organisation=one) for one in words.parties],
        ignore_conflicts=True,
    )


def _record(agreement: Agreement, deed: str, by: Person, more: dict[str, object] | None = None) -> None:
    facts = {
        "signed_on": agreement.signed_on,
        "covers": list(agreement.covers),
        "publication": agreement.publication,
        "follows_as": agreement.follows_as,
    }
    audit.record(by, deed, str(agreement), place_of(agreement.residency), details=facts | (more or {}))


def place_of(residency: Residency) -> str:
    return f"p/{residency.programme.slug}/r/{residency.code}"
