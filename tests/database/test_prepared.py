"""A prepared question gives what the ORM gives, whoever asks and whatever was asked before."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from embedded.accounts.models import Person, User
from embedded.database.prepared import Prepared, PreparedFind
from programmes.access import Scope
from programmes.models import Membership, Programme, Role
from tests.world import TODAY, World, client_of, join, make_person


def held(scope: Scope) -> list[tuple[object, ...]]:
    return [
        tuple(getattr(one, field.attname) for field in Membership._meta.concrete_fields)
        for one in scope.memberships
    ]


def asked_plainly(person: Person, today: datetime.date) -> list[tuple[object, ...]]:
    found = Membership.objects.filter(person=person).live_on(today)
    return [tuple(getattr(one, field.attname) for field in Membership._meta.concrete_fields) for one in found]


def test_every_role_holds_what_the_orm_says(world: World, other_world: World) -> None:
    for person in [*world.people.values(), *other_world.people.values()]:
        scope = Scope(person, TODAY())
        assert held(scope) == asked_plainly(person, TODAY()) != []
        assert [one.programme for one in scope.memberships] == [
            one.programme for one in Membership.objects.filter(person=person)
        ]
        assert scope.memberships[0].programme.topics == []


def test_days_are_asked_anew(world: World) -> None:
    """Both sides of the day on which a membership ends, and of the day on which it begins."""
    person = make_person()
    one = join(person, Role.FUNDER, world.programme, start=TODAY(), end=TODAY() + datetime.timedelta(days=2))
    for days, there in ((-1, []), (0, [one]), (1, [one]), (2, []), (3, [])):
        assert Scope(person, TODAY() + datetime.timedelta(days=days)).memberships == there


def test_one_question_asks_once_and_brings_what_belongs_to_it(world: World) -> None:
    with CaptureQueriesContext(connection) as queries:
        scope = Scope(world.people["programme_lead"], TODAY())
        assert scope.programmes() == [world.programme]
    assert len(queries) == 1


def test_places_are_fetched_where_they_are_named(world: World) -> None:
    scope = Scope(world.people["researcher"], TODAY())
    with CaptureQueriesContext(connection) as queries:
        assert [one.place for one in scope.held] == [world.residency]
    assert len(queries) == 1
    assert [one.place for one in Scope(world.people["host_manager"], TODAY()).held] == [world.host]
    assert [one.place for one in Scope(world.people["programme_lead"], TODAY()).held] == [world.programme]


def test_an_account_by_number_comes_with_its_person(world: World) -> None:
    lead = world.people["programme_lead"]
    assert lead.user is not None
    with CaptureQueriesContext(connection) as queries:
        found = User.objects.get(pk=lead.user.pk)
        assert (found, found.person, found.person.user) == (lead.user, lead, lead.user)
    assert len(queries) == 1
    assert found.email == lead.email and found._state.adding is False


def test_an_account_without_a_person_is_found_too(db: None) -> None:
    user = User.objects.create_user("nobody@people.example")
    found = User.objects.get(pk=user.pk)
    assert found == user
    with pytest.raises(Person.DoesNotExist):
        _ = found.person


@pytest.mark.parametrize("pk", [0, -1, 2_000_000_011, 10**17])
def test_an_account_that_is_not_there_is_not_there(db: None, pk: int) -> None:
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=pk)


def test_a_changed_account_is_seen_at_once(world: World) -> None:
    """Nothing of an answer is kept: switched off is switched off with the next request."""
    lead = world.people["programme_lead"]
    client = client_of(lead)
    assert client.get("/account/").status_code == 200
    User.objects.filter(pk=lead.user_id).update(is_active=False)
    assert client.get("/account/").status_code == 302
    request = RequestFactory().get("/")
    request.session = client.session
    assert not get_user(request).is_authenticated


def test_a_question_must_ask_for_what_it_is_given(db: None) -> None:
    with pytest.raises(ValueError, match="does not ask for person"):
        Prepared(lambda person: User.objects.all(), {"person": 5})(person=1)


def test_a_residency_at_its_address_comes_with_organisations_and_posts(world: World) -> None:
    scope = Scope(world.people["programme_lead"], TODAY())
    with CaptureQueriesContext(connection) as queries:
        found = scope.residency(world.programme.slug, world.residency.code)
        assert (found.lead_host, found.academic_homes) == (world.host, [world.university])
        assert [one.person for one in found.placements.all()] == [world.people["researcher"]]
        assert all(row.residency is found for row in found.organisations.all())
        assert (found.programme, found.theme) == (world.programme, world.programme.themes.get())
    assert len(queries) == 4  # three of ours, and the last line's own


def test_what_was_kept_can_be_narrowed_and_asked_anew(world: World) -> None:
    found = Scope(world.people["programme_lead"], TODAY()).residency(
        world.programme.slug, world.residency.code
    )
    assert [row.organisation for row in found.organisations.filter(part="lead_host")] == [world.host]
    found.placements.all().delete()
    assert not world.residency.placements.exists()


def test_reach_is_what_the_query_of_all_residencies_says(world: World, other_world: World) -> None:
    """Every person of two programmes against every residency of both: 404 exactly where the list leaves it out."""
    for person in [*world.people.values(), *other_world.people.values()]:
        scope = Scope(person, TODAY())
        for one in (world.residency, other_world.residency):
            listed = scope.residencies().filter(pk=one.pk).exists()
            try:
                scope.residency(one.programme.slug, one.code)
            except Http404:
                assert not listed
            else:
                assert listed


def test_what_one_question_finds_narrows_another(world: World, other_world: World) -> None:
    """Asked once inside the other, with the values of this time; nothing found leaves nothing."""
    find = PreparedFind(
        lambda slug: Programme.objects.filter(slug=slug).values_list("pk", flat=True), {"slug": "an-example"}
    )
    for programme in (world.programme, other_world.programme):
        with CaptureQueriesContext(connection) as queries:
            assert list(Programme.objects.filter(find(slug=programme.slug))) == [programme]
        assert len(queries) == 1
    assert not Programme.objects.filter(find(slug="nowhere")).exists()
    assert set(Programme.objects.exclude(find(slug="nowhere"))) >= {world.programme, other_world.programme}
