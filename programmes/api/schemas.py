"""What programs send and are sent, as the description of the API has it."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Final

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema

from programmes.api.reading import A_PAGE
from programmes.entries.days import MOST_A_DAY
from programmes.models import ActivityKind, EarlySign, LateReason, OutputKind, Place, Readers

MOST: Final = 100  # entries a page
LARGEST: Final = 2**63 - 1
RESIDENCY: Final = r"^([a-zA-Z0-9_-]{1,80}/[a-zA-Z0-9._-]{1,40})?$"
BEFORE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,18}$"


def _day(text: str) -> str:
    """ValueError for what is no day as YYYY-MM-DD."""
    if len(text) != 10 or str(datetime.date.fromisoformat(text)) != text:
        raise ValueError("Write a day as 2026-05-03")
    return text


def _place(text: str) -> str:
    """ValueError for what is no `earlier` of ours."""
    _day(text.partition(".")[0])
    return text


def _one_of(choices: Any, *, blank: bool = True) -> dict[str, Any]:
    return {"enum": ([""] if blank else []) + list(choices.values)}


Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Before = Annotated[str, Field(pattern=BEFORE), AfterValidator(_place)]
Number = Annotated[int, Field(ge=1, le=LARGEST)]
Kind = Annotated[str, Field(json_schema_extra=_one_of(ActivityKind, blank=False))]
Where = Annotated[str, Field(json_schema_extra=_one_of(Place))]
Sign = Annotated[str, Field(json_schema_extra=_one_of(EarlySign))]
Output = Annotated[str, Field(json_schema_extra=_one_of(OutputKind))]
Late = Annotated[str, Field(json_schema_extra=_one_of(LateReason))]


class Problem(Schema):
    """What is wrong, said as what to do."""

    where: str = Field(description="The name of the field, or nothing")
    say: str


class Problems(Schema):
    """Every answer that is no success."""

    problems: list[Problem]


class Named(Schema):
    """A host or a project: its number, and what it is called."""

    id: int
    name: str


class EntryOut(Schema):
    """An entry of your own. Whom you met and who asked stay on the pages."""

    id: int
    residency: str = Field(description="programme/code, as in its address")
    date: datetime.date
    minutes: int
    kind: Kind
    what: str = Field(description="What you did; only you read it where readers says only_me")
    readers: str = Field(json_schema_extra=_one_of(Readers, blank=False))
    place: Where
    host: Named | None
    project: Named | None
    output: Output
    sign: Sign
    late_reason: Late


class EntriesOut(Schema):
    """A page of your entries, the latest first."""

    entries: list[EntryOut]
    earlier: str | None = Field(description="Send it as `before` for the page after; null on the last")


class EntriesAsked(Schema):
    """Which of your entries; both days are counted."""

    model_config = ConfigDict(extra="forbid")

    from_: Day = Field(default_factory=str, alias="from")
    to: Day = Field(default_factory=str)
    residency: str = Field("", pattern=RESIDENCY, description="programme/code")
    before: Before = Field(default_factory=str, description="`earlier` of the page before")
    most: int = Field(A_PAGE, ge=1, le=MOST)


class EntryIn(Schema):
    """What is logged. It is read by nobody but you: sharing is done on the pages."""

    model_config = ConfigDict(extra="forbid", strict=True)

    date: Day = Field(description="Today or before")
    minutes: int = Field(ge=1, le=MOST_A_DAY, description="All of one day come to 960 or less")
    kind: Kind
    what: str = ""
    residency: str = Field(
        "", pattern=RESIDENCY, description="programme/code; may be left out where you log in one alone"
    )
    host: Number | None = Field(None, description="Its number, where there are several")
    project: Number | None = Field(None, description="Its number")
    place: Where = ""
    output: Output = ""
    sign: Sign = ""
    late_reason: Late = Field("", description="Needed for a day more than 31 days ago")
