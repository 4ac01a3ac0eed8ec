"""What the tests of registering type."""

from __future__ import annotations

import datetime
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person
from programmes import founding
from programmes.models import Organisation, Programme, Residency

TODAY = timezone.localdate()
START = TODAY + datetime.timedelta(days=60)
END = START + datetime.timedelta(days=700)


def key() -> str:
    return str(uuid4())


def boxes(name: str, day: datetime.date | None) -> dict[str, str]:
    """The three boxes of a date."""
    parts = (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), parts, strict=True))


def chosen(name: str, organisation: Organisation) -> dict[str, str]:
    """An organisation as the page sends it once one was picked."""
    reference = f"{organisation.scheme}:{organisation.code}"
    return {name: organisation.display_name, f"{name}-chosen": reference}


def pages(home: Organisation) -> dict[str, dict[str, str]]:
    """What a first sitting types after the idea, page by page: twelve answers, and nothing optional."""
    return {
        "purpose": {"problem": "Too many falls", "decision": "Whether to keep the clinic"}
        | boxes("decision_by", START),
        "difference": {"difference": "Fewer falls", "how_known": "The ward's own count"},
        "dates": boxes("planned_start", START) | boxes("planned_end", END) | {"days_a_week": "2.5"},
        "people": {
            "host_manager_name": "Mary Manager",
            "academic_supervisor_name": "Ada Academic",
            "researcher_name": "Rae Researcher",
        }
        | chosen("academic_home", home),
    }


def make_idea(
    programme: Programme, host: Organisation, by: Person, title: str = "Falls at night"
) -> Residency:
    return founding.save_idea(programme=programme, title=title, host=host, by=by, on=TODAY)


def fill(client: Client, residency: Residency, home: Organisation) -> None:
    """Types every page."""
    for page, typed in pages(home).items():
        residency.refresh_from_db()
        address = f"/p/{residency.programme.slug}/r/{residency.code}/registration/{page}/"
        response = client.post(address, typed | {"form_key": key(), "version": str(residency.version)})
        assert response.status_code == 302, response.content.decode()
    residency.refresh_from_db()
