"""Two editors, a browser for each, and a library of one small document."""

from __future__ import annotations

import pytest
from django.test import Client

from embedded.accounts.models import Person
from guidance.models import Edition
from tests.world import client_of, make_person


@pytest.fixture
def ruth(db: None) -> Person:
    return make_person("Ruth Reader", edits_library=True)


@pytest.fixture
def tom(db: None) -> Person:
    return make_person("Tom Writer", edits_library=True)


@pytest.fixture
def hers(ruth: Person) -> Client:
    return client_of(ruth)


@pytest.fixture
def his(tom: Person) -> Client:
    return client_of(tom)


@pytest.fixture
def guide(edition: Edition) -> Edition:
    """Version 1.0.0 of "A guide"."""
    return edition
