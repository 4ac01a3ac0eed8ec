"""A date asked in three boxes: what was typed stays, and the message says which part to put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone

from embedded.nhsuk.fields import Drawn, named
from embedded.nhsuk.words import as_date, day

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MOST_FIGURES = 9  # Python refuses to read a number of thousands of figures
Limit = date | Callable[[], date] | None


class Typed(NamedTuple):
    """The three boxes as they were typed."""

    day: str = ""
    month: str = ""
    year: str = ""


def typed(value: date | datetime | Typed | str | None) -> Typed:
    """What the three boxes show for a date, for what was typed, or for "2026-05-03"."""
    if isinstance(value, Typed):
        return value
    if isinstance(value, str) and value.count("-") == 2:
        year, month, dom = value.split("-")
        return Typed(dom.lstrip("0"), month.lstrip("0"), year)
    if isinstance(value, date):
        plain = as_date(value)
        return Typed(str(plain.day), str(plain.month), str(plain.year))
    return Typed()


class DateWidget(forms.Widget):
    """Reads `<name>_day`, `<name>_month` and `<name>_year`; `<name>` alone may hold 2026-05-03."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        if not any(f"{name}_{part}" in data for part in PARTS):
            return typed(data.get(name, ""))
        return Typed(*(str(data.get(f"{name}_{part}", "")).strip() for part in PARTS))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day"


class DateField(Drawn):
    """Day, month, year; gives a date. `earliest` and `latest` are dates, or functions that give one."""

    macro = "date-input"
    widget = DateWidget

    def __init__(
        self,
        label: str = "",
        *,
        earliest: Limit = None,
        latest: Limit = None,
        birthday: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.earliest, self.latest, self.birthday = earliest, latest, birthday

    def has_changed(self, initial: Any, data: Any) -> bool:
        return typed(initial) != typed(data)

    def clean(self, value: Any) -> date | None:
        boxes = typed(value)
        if not any(boxes):
            if self.required:
                raise self.wrong(str(self.error_messages["required"]), PARTS, "required")
            return None
        self.complete(boxes)
        found = self.real(boxes)
        self.within(found)
        self.run_validators(found)
        return found

    def complete(self, boxes: Typed) -> None:
        """Refuses a date with empty boxes, naming them."""
        empty = [part for part in PARTS if not getattr(boxes, part)]
        if empty:
            raise self.wrong(
                f"{named(self.called)} must include a {' and '.join(empty)}", empty, "incomplete"
            )

    def real(self, boxes: Typed) -> date:
        """The date of three filled boxes; months may be words."""
        dom, month, year = number(boxes.day), month_number(boxes.month), number(boxes.year)
        if boxes.year.isdigit() and len(boxes.year) != 4:
            raise self.wrong(f"{named(self.called)} must have a year with 4 numbers", ["year"], "year")
        limits = {"day": (dom, 31), "month": (month, 12), "year": (year, 9999)}
        off = [part for part, (value, most) in limits.items() if value is None or not 1 <= value <= most]
        try:
            return date(year or 0, month or 0, dom or 0)
        except ValueError:
            text = f"{named(self.called)} must be a real date"
            raise self.wrong(text, off or ["day"], "invalid") from None

    def within(self, found: date) -> None:
        earliest, latest = limit(self.earliest), limit(self.latest)
        name = named(self.called)
        if earliest and found < earliest:
            raise self.wrong(f"{name} must be the same as or after {day(earliest)}", PARTS, "earliest")
        if latest and found > latest:
            near = (
                "today or in the past"
                if latest == timezone.localdate()
                else f"the same as or before {day(latest)}"
            )
            raise self.wrong(f"{name} must be {near}", PARTS, "latest")

    def wrong(self, text: str, parts: Any, code: str) -> ValidationError:
        return ValidationError(text.replace("%", "%%"), code=code, params={"parts": tuple(parts)})

    def wrong_parts(self, bound: BoundField) -> tuple[str, ...]:
        """Which boxes to mark; all three when the whole date is wrong, or a form's own rule said so."""
        if not bound.errors:
            return ()
        first = bound.form.errors.as_data()[bound.name][0]
        return (getattr(first, "params", None) or {}).get("parts", PARTS)

    def first_wrong_id(self, bound: BoundField) -> str:
        return f"{bound.auto_id}_{(self.wrong_parts(bound) or PARTS)[0]}"

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        boxes, wrong = typed(bound.value()), self.wrong_parts(bound)
        return self.shared(bound, options) | {
            "id": bound.auto_id,
            "fieldset": {"legend": self.titled(bound, options)},
            "items": [
                {
                    "id": f"{bound.auto_id}_{part}",
                    "name": f"{bound.html_name}_{part}",
                    "label": part.title(),
                    "value": getattr(boxes, part),
                    "width": 4 if part == "year" else 2,
                    "inputmode": "numeric",
                    "error": part in wrong,
                    "autocomplete": f"bday-{part}" if self.birthday else None,
                }
                for part in PARTS
            ],
        }


def limit(value: Limit) -> date | None:
    return value() if callable(value) else value


def number(text: str) -> int | None:
    """The number of a box; None for anything else, and for more figures than any date has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_FIGURES else None


def month_number(text: str) -> int | None:
    """5, "05", "May" and "may" are all May."""
    if (figures := number(text)) is not None:
        return figures
    short = text.strip(". ").lower()[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else None
