"""How dates, times, amounts and numbers are said on every page and paper."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone


def as_date(value: date | datetime) -> date:
    """The London date of a moment; a date stays what it is."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: date | datetime | None) -> str:
    """ "3 May 2026"; an empty text for nothing."""
    return f"{as_date(value).day} {as_date(value):%B %Y}" if value else ""


def month(value: date | datetime | None) -> str:
    """ "May 2026"; an empty text for nothing."""
    return f"{as_date(value):%B %Y}" if value else ""


def moment(value: datetime | None) -> str:
    """ "3 May 2026 at 2:05pm", in London."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    clock = f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
    return f"{day(value)} at {clock}"


def minutes(value: int | None) -> str:
    """Whole minutes as "1 h 30 min", "2 h" or "45 min"; an empty text for nothing."""
    if value is None:
        return ""
    hours, rest = divmod(int(value), 60)
    parts = [f"{hours:,} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return " ".join(part for part in parts if part)


def pounds(value: Decimal | int | None) -> str:
    """ "£1,234" or "£1,234.50"; an empty text for nothing."""
    if value is None:
        return ""
    amount = Decimal(value)
    shown = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return f"-£{shown[1:]}" if shown.startswith("-") else f"£{shown}"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 residency", "3 residencies", "no residencies"."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}" if number else f"no {noun}"


def cut(text: str, most: int = 60) -> str:
    """At most so many characters: whole words and a sign that there is more; within a word where that is the first."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return f"{kept.rpartition(' ')[0] or kept}…"


def start_low(text: str) -> str:
    """The text with a small first letter, unless it starts with an abbreviation such as ODS."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]


def start_high(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
