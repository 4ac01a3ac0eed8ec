"""The shipped register, loaded once for all tests of a module: each of them still rolls back what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from embedded.audit.models import Event
from programmes.models import Organisation, OrganisationName, RegisterLoad
from programmes.registers.loading import load

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def register_of_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Committed, so that it costs its quarter of a second once; taken away when the module ends."""
    with django_db_blocker.unblock():
        load(at=AT)
    yield
    with django_db_blocker.unblock():
        shipped = Organisation.objects.from_registers()
        Organisation.further_successors.through.objects.filter(from_organisation__in=shipped).delete()
        OrganisationName.objects.filter(organisation__in=shipped).delete()
        shipped.update(successor=None)
        shipped.delete()
        RegisterLoad.objects.all().delete()
        with connection.cursor() as cursor:  # the audit trail refuses anything but this
            cursor.execute(f"TRUNCATE {Event._meta.db_table}")
